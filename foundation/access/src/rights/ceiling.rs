//! The ceiling of decree 457/2024 (10-24 §): what a work task may at most open. No row may exceed it;
//! a county may narrow rows and never widen them over it.
//!
//! The decree speaks of seeing, so actions that show nothing (writing down, handing over, approving a
//! step) are held only to the classes that a task may touch at all.

use super::Row;

/// Data of the client and of the client relation, open to every client task (12-18 §).
const BASICS: [&str; 2] = ["client_basics", "client_relation"];

/// What is recorded of a client's matters.
const RECORDS: [&str; 10] = [
    "matter",
    "assessment",
    "plan",
    "note",
    "decision",
    "payment",
    "service_doc",
    "service_order",
    "measure_result",
    "application",
];

/// What passes between people: contacts and their answers, messages, appointments, offers.
const WORK: [&str; 11] = [
    "contact",
    "offer",
    "message",
    "chat",
    "appointment",
    "attachment",
    "partner_item",
    "group",
    "advice",
    "complaint",
    "disclosure_permit",
];

/// Actions that let somebody see what the object holds.
const SHOWING: [&str; 10] = [
    "read",
    "see_basics",
    "see_own_worker",
    "print",
    "export",
    "edit_draft",
    "finish",
    "correct",
    "sign",
    "decide",
];

/// Filters that leave the content of a record out (17 § needs no more than these).
const WITHOUT_CONTENT: [&str; 9] = [
    "title_state_unit",
    "title_only",
    "no_content",
    "money_or_dispatch",
    "allocation_view",
    "name_and_birth_date",
    "free_busy_and_safety",
    "dates_and_states_only",
    "read_that_document_only",
];

/// Which section of the decree, or which other rule, is the ceiling of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    /// Broad responsibility for the client, 12 §.
    Broad,
    /// Arranging services, 13 §.
    Arranging,
    /// Carrying out a service, 15 §.
    CarryingOut,
    /// Private services, 16 §.
    Private,
    /// Administration, 17 §.
    Administration,
    /// Health professionals, 18 §.
    Health,
    /// Students, 21 §, and those who guide them.
    Student,
    /// Technical support, 22 §.
    Support,
    /// Archives, 23 §.
    Archive,
    /// Management in an opened case, 24 §.
    Management,
    /// Rectification, SHL 50 §.
    Rectification,
    /// Tasks without any client data.
    NoContent,
    /// Partners outside the house: only what was shared (703/2023 48 §).
    Partner,
    /// The client and those who act for the client (703/2023 11, 49-51 §).
    Client,
    /// Other programs: the rights of the person they act for.
    Token,
    /// The program itself.
    Job,
}

fn section(task: &str) -> Option<Section> {
    Some(match task {
        "broad_responsibility" | "emergency_duty" | "leading_sw" => Section::Broad,
        "arranging" | "front_door" | "duty_holder" | "centre_social" => Section::Arranging,
        "carrying_out" | "co_leader" | "experience_guide" => Section::CarryingOut,
        "private_arranging" | "private_carrying_out" | "private_admin" => Section::Private,
        "administration" | "data_steward" | "service_manager" | "lead" => Section::Administration,
        "centre_health" | "health_limited" => Section::Health,
        "student" | "tutor" => Section::Student,
        "ict_support" => Section::Support,
        "archive" => Section::Archive,
        "management" => Section::Management,
        "rectification_body" => Section::Rectification,
        "staff"
        | "structural_editor"
        | "structural_publisher"
        | "manager_reports"
        | "dpo"
        | "user_admin"
        | "config_admin" => Section::NoContent,
        "client" | "guardian_minor" | "legal_guardian" | "proxy" | "close_person" | "sender" => {
            Section::Client
        }
        "api_token" => Section::Token,
        task if task.starts_with("partner_") => Section::Partner,
        task if task.starts_with("job_") => Section::Job,
        _ => return None,
    })
}

/// Why the row exceeds the ceiling of one of its tasks; `None` when it stays under.
pub(super) fn breach(row: &Row) -> Option<String> {
    row.tasks.iter().find_map(|task| {
        let Some(section) = section(task) else {
            return Some(format!("no ceiling is known for the task {task}"));
        };
        row.classes
            .iter()
            .find(|class| !permits(section, task, row, class))
            .map(|class| {
                format!("{class} is over the ceiling of decree 457/2024 for {task} ({section:?})")
            })
    })
}

fn permits(section: Section, task: &str, row: &Row, class: &str) -> bool {
    let has = |tokens: &[&str]| tokens.iter().any(|token| row.shows(token));
    let shows = row
        .actions
        .iter()
        .any(|own| SHOWING.contains(&own.as_str()));
    match class {
        "restricted_class" | "mediation" | "shelter" | "therapeutic" | "examination" => false,
        "therapeutic_note" => {
            section == Section::CarryingOut
                && row.service_task == "own_service"
                && row.shows("same_service")
                && row.shows("class_enabled")
        }
        "contact_details_secret" => {
            has(&["secret_right", "life_or_safety"])
                || (section == Section::Client && row.relation == "self")
                || task == "job_letter"
        }
        // Patient data that social care has received, 19 §.
        "patient_data" => match section {
            Section::Broad | Section::Arranging | Section::CarryingOut => {
                row.relation == "joint_service"
                    || has(&[
                        "authority_right",
                        "authority_right_or_permit",
                        "joint_or_permit",
                    ])
            }
            _ => section == Section::Job && !shows,
        },
        "exceptional_set" => row.service_task == "working_age",
        class if is_client_data(class) => {
            if section == Section::NoContent {
                return false;
            }
            !shows || opens(section, row, class)
        }
        _ => true,
    }
}

fn is_client_data(class: &str) -> bool {
    BASICS.contains(&class) || RECORDS.contains(&class) || WORK.contains(&class)
}

/// Whether a task of the section may see client data of the class over the row.
fn opens(section: Section, row: &Row, class: &str) -> bool {
    let over = |relations: &[&str]| relations.contains(&row.relation.as_str());
    let column = |columns: &[&str]| columns.contains(&row.service_task.as_str());
    let basics = BASICS.contains(&class);
    match section {
        Section::Broad => true,
        Section::Arranging => basics || class == "disclosure_permit" || arranging(row),
        Section::CarryingOut => basics || carrying_out(row, class),
        Section::Private => over(&["provider_order"]) && column(&["own_service", "own_task"]),
        Section::Administration => basics || administration(row, class),
        Section::Health => health(row, class),
        Section::Student => {
            over(&["tutor_link"]) && column(&["as_tutor"]) && row.shows("placement_period")
                || over(&["tutor_of"]) && column(&["as_own"])
        }
        Section::Support => {
            over(&["support_ticket"])
                && row.shows("ticket_by_entitled_user")
                && row.shows("named_object")
        }
        Section::Archive => over(&["archive_request"]),
        Section::Management => over(&["complaint_handler"]),
        Section::Rectification => over(&["rectification_case"]),
        Section::Partner => {
            over(&["partner_share"])
                && (!RECORDS.contains(&class)
                    || row.shows("consent")
                    || row.shows("consent_or_kutyl_12"))
        }
        Section::Client => over(&[
            "self",
            "ward",
            "ward_party",
            "guardianship",
            "mandate",
            "close_49",
            "receipt_code",
        ]),
        Section::Token => row.shows("acts_for_user") && row.shows("user_rights_only"),
        Section::Job => {
            over(&["job_run"])
                && ([
                    "dates_and_states_only",
                    "coded_fields_only",
                    "finished_only",
                ]
                .iter()
                .any(|filter| row.shows(filter)))
        }
        Section::NoContent => false,
    }
}

/// Families, working-age and older people; other service tasks only when working in them (13 §).
fn arranging(row: &Row) -> bool {
    match row.service_task.as_str() {
        "working_age" | "fwo" | "na" | "own_service" => true,
        "own_task" => row.shows("task_of_employment"),
        _ => false,
    }
}

/// Plans and assessments of the service task; decisions and records of the service given and those
/// linked to it; of five services everywhere (15 §).
fn carrying_out(row: &Row, class: &str) -> bool {
    let column = row.service_task.as_str();
    match class {
        "plan" | "assessment" => ["working_age", "own_task", "own_service"].contains(&column),
        "matter" => {
            column == "own_service" || (column == "working_age" && row.shows("title_state_unit"))
        }
        class if RECORDS.contains(&class) => {
            column == "own_service" || (column == "all" && row.shows("service_in_15_2"))
        }
        _ => ["working_age", "own_service", "na"].contains(&column),
    }
}

/// What the administrative task needs (17 §): no narrative. A lead who is a professional and answers
/// for a contact by name arranges services, 13 §.
fn administration(row: &Row, class: &str) -> bool {
    let named = ["contact_holder", "former_holder"].contains(&row.relation.as_str())
        || row.shows("own_entry");
    if named && row.qualifications == ["prof"] && WORK.contains(&class) {
        return arranging(row);
    }
    let narrowed = WITHOUT_CONTENT.iter().any(|filter| row.shows(filter));
    let narrative = ["assessment", "plan", "note"].contains(&class);
    narrowed || (row.relation == "admin_task" && !narrative)
}

/// Assessments, plans and narrative over a joint service or a permit; decisions of the joint service
/// itself; otherwise only what was written down or agreed there (18 §; 703/2023 46 §, 53 §).
fn health(row: &Row, class: &str) -> bool {
    let joint = [
        "joint_service",
        "permit_53_3",
        "incapable_53_6",
        "invited_expert",
    ]
    .contains(&row.relation.as_str());
    let tasks =
        ["six", "working_age", "own_service", "linked_tasks"].contains(&row.service_task.as_str());
    match class {
        "decision" => joint && row.shows("this_joint_service_only"),
        "assessment" | "plan" | "note" | "measure_result" => joint && tasks,
        class if BASICS.contains(&class) => joint && tasks,
        class if WORK.contains(&class) => row.shows("own_entry") || row.shows("joint_named"),
        _ => false,
    }
}
