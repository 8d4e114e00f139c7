//! What the posted forms ask for.

use casework::domain::ServiceTask;
use clients::ClientId;
use documents::Fields;
use identity::people::StaffId;
use web::{Form, House};

use crate::domain::owner::LONGEST_NAME;
use crate::domain::parts::{Input, PartType, SECTION};
use crate::domain::{
    ActionState, Attained, EndReason, Factor, GoalKind, GoalState, NewAction, NewGoal, Owner,
    Stage, written,
};
use crate::pages::act::What;
use crate::store::actions;
use crate::store::finish::Finishing;
use crate::store::goals;
use crate::store::others::{Coordinator, NewElsewhere};
use crate::store::read::View;
use crate::store::review::{self, GoalReview, NewReview};
use crate::store::texts::{NewSection, SectionOwner};

/// Longest text of a field (characters).
pub const LONG: usize = 8_000;
/// Longest line.
pub const SHORT: usize = 300;
/// Actions that a new goal can bring along.
pub const ACTIONS: usize = 3;

/// What is to be done.
#[derive(Debug, Clone)]
pub enum Wanted {
    Goal(What, i64, NewGoal, Vec<NewAction>),
    GoalEnd(What, GoalState, String),
    /// Away from the draft, as if it had not been written.
    Remove(What),
    Action(What, i64, NewAction),
    ActionEnd(What, ActionState, String),
    Part(What, i64, Fields),
    Section(NewSection),
    Finish(Finishing),
    Change(String),
    Review(Box<NewReview>),
    End(EndReason, String),
    Elsewhere(NewElsewhere),
    Coordinator(Coordinator),
    Ask(StaffId),
    Return(String),
    Void(String),
}

/// The choice of taking something away from a draft, beside where it stands.
pub const REMOVED: &str = "removed";

/// Reads a form; what is wrong stands in it afterwards.
pub fn read(house: &House, what: What, form: &mut Form) -> Option<Wanted> {
    let revision = form.value("revision").parse().unwrap_or(0);
    match what {
        What::GoalNew => {
            let goal = goal(form)?;
            let actions = new_actions(form);
            Some(Wanted::Goal(what, revision, goal, actions))
        }
        What::Goal(_) => Some(Wanted::Goal(what, revision, goal(form)?, Vec::new())),
        What::GoalEnd(_) => goal_end(form, what),
        What::ActionNew(_) | What::Action(_) => {
            action(form, "").map(|new| Wanted::Action(what, revision, new))
        }
        What::ActionEnd(_) => action_end(form, what),
        What::Part(part, _) => Some(Wanted::Part(what, revision, part_fields(form, part))),
        What::Section(_) => Some(Wanted::Part(what, revision, part_fields(form, &SECTION))),
        What::SectionNew => section(form),
        What::Finish => finishing(house, form).map(Wanted::Finish),
        What::Change => {
            let why = form.require("why", "plan-why-missing", SHORT);
            Some(Wanted::Change(why))
        }
        What::Review => review_of(house, form),
        What::End => end(form),
        What::Elsewhere => elsewhere(form),
        What::Coordinator => Some(Wanted::Coordinator(coordinator(form))),
        What::SectionEnd(_) => Some(Wanted::Remove(what)),
        What::Ask => {
            let tutor = form.value("tutor").parse().ok();
            if tutor.is_none() {
                form.error("tutor", "plan-ask-tutor-missing");
            }
            tutor.map(Wanted::Ask)
        }
        What::Return => {
            let words = form.require("words", "plan-return-words-missing", LONG);
            Some(Wanted::Return(words))
        }
        What::Void => {
            let why = form.require("why", "plan-void-why-missing", LONG);
            Some(Wanted::Void(why))
        }
    }
}

/// Whose it is: of nobody alone when nothing is chosen. What is no client is told, and not taken for all.
fn client_of(form: &mut Form) -> Option<ClientId> {
    let client = form.value("whose").parse().ok();
    if client.is_none() && !form.value("whose").is_empty() {
        form.error("whose", "plan-whose-missing");
    }
    client
}

fn goal(form: &mut Form) -> Option<NewGoal> {
    let words = form.require("words", "plan-goal-words-missing", LONG);
    let kind = GoalKind::from_code(form.value("kind"));
    if kind.is_none() {
        form.error("kind", "plan-goal-kind-missing");
    }
    let client = client_of(form);
    let steps = form.optional("steps", LONG).unwrap_or_default();
    let helps = form.optional("helps", LONG).unwrap_or_default();
    let hinders = form.optional("hinders", LONG).unwrap_or_default();
    // A missing kind is told; the rest of the form is read all the same, so that everything wrong is told at once.
    Some(NewGoal {
        client,
        words,
        kind: kind.unwrap_or(GoalKind::Better),
        steps,
        helps,
        hinders,
    })
}

/// Rows of a new goal in which something is written.
fn new_actions(form: &mut Form) -> Vec<NewAction> {
    (1..=ACTIONS)
        .filter_map(|row| {
            let end = format!("-{row}");
            let written = ["what", "due", "name"]
                .iter()
                .any(|name| form.text(&format!("{name}{end}")).is_some());
            if written { action(form, &end) } else { None }
        })
        .collect()
}

fn action(form: &mut Form, end: &str) -> Option<NewAction> {
    let name = |name: &str| format!("{name}{end}");
    let what = form.require_line(&name("what"), "plan-action-what-missing", SHORT);
    let picked = form.value(&name("owner")).to_owned();
    let partner = form
        .optional_line(&name("name"), LONGEST_NAME)
        .unwrap_or_default();
    let owner = Owner::read(&picked, &partner);
    if owner.is_none() {
        if picked == "partner" {
            form.error(&name("name"), "plan-action-partner-missing");
        } else {
            form.error(&name("owner"), "plan-action-owner-missing");
        }
    }
    let due = form.day(&name("due"));
    if form.text(&name("due")).is_none() {
        form.error(&name("due"), "plan-action-due-missing");
    }
    let development = form.has(&name("development"), "yes");
    Some(NewAction {
        what,
        owner: owner?,
        due: due?,
        development,
    })
}

fn goal_end(form: &mut Form, what: What) -> Option<Wanted> {
    if form.has("state", REMOVED) {
        return Some(Wanted::Remove(what));
    }
    let state = GoalState::from_code(form.value("state"));
    if state.is_none() {
        form.error("state", "plan-goal-state-missing");
    }
    let words = if state == Some(GoalState::Dropped) {
        form.require("words", "plan-drop-words-missing", LONG)
    } else {
        form.optional("words", LONG).unwrap_or_default()
    };
    state.map(|state| Wanted::GoalEnd(what, state, words))
}

fn action_end(form: &mut Form, what: What) -> Option<Wanted> {
    if form.has("state", REMOVED) {
        return Some(Wanted::Remove(what));
    }
    let state = ActionState::from_code(form.value("state"));
    if state.is_none() {
        form.error("state", "plan-action-state-missing");
    }
    let words = if state == Some(ActionState::Dropped) {
        form.require("words", "plan-drop-words-missing", LONG)
    } else {
        form.optional("words", LONG).unwrap_or_default()
    };
    state.map(|state| Wanted::ActionEnd(what, state, words))
}

/// The fields of a part as they were posted; codes that nobody knows are left out.
pub fn part_fields(form: &mut Form, part: &PartType) -> Fields {
    let mut fields = Fields::default();
    for field in part.fields {
        match field.input {
            Input::Line => {
                fields.set(
                    field.name,
                    form.optional_line(field.name, SHORT).unwrap_or_default(),
                );
            }
            Input::Text | Input::Own => {
                fields.set(
                    field.name,
                    form.optional(field.name, LONG).unwrap_or_default(),
                );
            }
            Input::Day => {
                if let Some(day) = form.day(field.name) {
                    fields.set(field.name, written(day));
                }
            }
            Input::Tick => {
                if form.has(field.name, "yes") {
                    fields.set(field.name, "yes");
                }
            }
            Input::One(codes) | Input::Codes(codes) => {
                let values = form.values(field.name).to_vec();
                let known = values
                    .into_iter()
                    .filter(|one| codes.contains(&one.as_str()));
                fields.set_all(field.name, known.collect());
            }
        }
    }
    fields
}

fn section(form: &mut Form) -> Option<Wanted> {
    let heading = form.require_line("heading", "plan-section-heading-missing", SHORT);
    let partner = form.optional_line("partner", LONGEST_NAME);
    let task = ServiceTask::from_code(form.value("task"));
    let owner = match (task, partner) {
        (Some(task), None) => Some(SectionOwner::Task(task)),
        (None, Some(name)) => Some(SectionOwner::Partner(name)),
        _ => {
            form.error("task", "plan-section-owner-missing");
            None
        }
    };
    let new = NewSection {
        heading,
        owner: owner?,
        writer: form.value("writer").parse().ok(),
        client: client_of(form),
    };
    Some(Wanted::Section(new))
}

/// When the plan is next reviewed, and whether it was made with the client.
fn finishing(house: &House, form: &mut Form) -> Option<Finishing> {
    let how = form.value("with").to_owned();
    let obstacle = match how.as_str() {
        "yes" => None,
        "no" => Some(form.require("obstacle", "plan-obstacle-missing", LONG)),
        _ => {
            form.error("with", "plan-with-missing");
            None
        }
    };
    let review_on = form.day("review_on");
    if form.text("review_on").is_none() {
        form.error("review_on", "plan-review-day-missing");
    }
    if review_on.is_some_and(|day| day <= house.today()) {
        form.error("review_on", "plan-review-day-past");
    }
    Some(Finishing {
        obstacle,
        review_on: review_on?,
        why: form.optional("why", SHORT),
    })
}

fn review_of(house: &House, form: &mut Form) -> Option<Wanted> {
    let on = form.day("on");
    if form.text("on").is_none() {
        form.error("on", "plan-review-on-missing");
    }
    if on.is_some_and(|day| !review::may_be_reviewed_on(day, house.now())) {
        form.error("on", "plan-review-on-future");
    }
    let mut reviewed = Vec::new();
    for typed in form.values("goal").to_vec() {
        let Ok(goal) = typed.parse() else { continue };
        let name = |field: &str| format!("{field}-{typed}");
        let attained = Attained::from_code(form.value(&name("attained")));
        if attained.is_none() {
            form.error(&name("attained"), "plan-review-attained-missing");
        }
        let words =
            |form: &mut Form, field: &str| form.optional(&name(field), LONG).unwrap_or_default();
        let factors = |form: &Form, field: &str| -> Vec<Factor> {
            let values = form.values(&name(field));
            values
                .iter()
                .filter_map(|code| Factor::from_code(code))
                .collect()
        };
        reviewed.push(GoalReview {
            goal,
            attained: attained.unwrap_or(Attained::Not),
            client_words: words(form, "client"),
            worker_words: words(form, "worker"),
            helped: factors(form, "helped"),
            helped_words: words(form, "helped_words"),
            hindered: factors(form, "hindered"),
            hindered_words: words(form, "hindered_words"),
        });
    }
    let services = form
        .values("services")
        .iter()
        .filter(|code| crate::domain::parts::SERVICES.contains(&code.as_str()))
        .cloned()
        .collect();
    let services_words = form.optional("services_words", LONG).unwrap_or_default();
    let methods = form.optional("methods", LONG).unwrap_or_default();
    let words = form.optional("words", LONG).unwrap_or_default();
    let mut finishing = finishing(house, form)?;
    let on = on?;
    finishing.why = Some(format!("Tarkistus {}", written(on)));
    Some(Wanted::Review(Box::new(NewReview {
        on,
        goals: reviewed,
        services,
        services_words,
        methods,
        words,
        finishing,
    })))
}

fn end(form: &mut Form) -> Option<Wanted> {
    let chosen = [Stage::Draft, Stage::InForce]
        .map(EndReason::chosen)
        .concat();
    let reason =
        EndReason::from_code(form.value("reason")).filter(|reason| chosen.contains(reason));
    if reason.is_none() {
        form.error("reason", "plan-end-reason-missing");
    }
    let words = if matches!(reason, Some(EndReason::Other | EndReason::Declined)) {
        form.require("words", "plan-end-words-missing", LONG)
    } else {
        form.optional("words", LONG).unwrap_or_default()
    };
    reason.map(|reason| Wanted::End(reason, words))
}

fn elsewhere(form: &mut Form) -> Option<Wanted> {
    let client = form.value("whose").parse().ok();
    if client.is_none() {
        form.error("whose", "plan-whose-missing");
    }
    let whose = form.require_line("keeper", "plan-elsewhere-keeper-missing", SHORT);
    let what = form.require("what", "plan-elsewhere-what-missing", LONG);
    let told_by = form.require_line("told_by", "plan-elsewhere-told-missing", SHORT);
    let known_on = form.day("known_on");
    if form.text("known_on").is_none() {
        form.error("known_on", "plan-elsewhere-day-missing");
    }
    Some(Wanted::Elsewhere(NewElsewhere {
        client: client?,
        whose,
        what,
        told_by,
        known_on: known_on?,
    }))
}

fn coordinator(form: &mut Form) -> Coordinator {
    let name = form.optional_line("name", LONGEST_NAME);
    match (form.value("staff").parse().ok(), name) {
        (Some(staff), None) => Coordinator::Worker(staff),
        (None, Some(name)) => Coordinator::Other(name),
        (None, None) => Coordinator::Nobody,
        (Some(_), Some(_)) => {
            form.error("name", "plan-coordinator-two");
            Coordinator::Nobody
        }
    }
}

/// A form as fields, for two texts side by side.
pub fn fields(view: &View, what: What, form: &Form) -> Fields {
    let mut form = form.clone();
    match what {
        What::Part(part, _) => part_fields(&mut form, part),
        What::Section(_) => part_fields(&mut form, &SECTION),
        What::Goal(_) => goal(&mut form).map_or_else(Fields::default, |new| {
            goals::fields(&new.words, new.kind, [&new.steps, &new.helps, &new.hinders])
        }),
        _ => action(&mut form, "").map_or_else(Fields::default, |new| {
            actions::fields(&new.what, &owner_name(view, &new.owner), new.due)
        }),
    }
}

fn owner_name(view: &View, owner: &Owner) -> String {
    match owner {
        Owner::Client(client) => view.name(*client).to_owned(),
        Owner::Worker(staff) => view
            .workers
            .iter()
            .find(|one| one.staff == *staff)
            .map_or_else(String::new, |one| one.name.clone()),
        Owner::Partner(name) => name.as_str().to_owned(),
    }
}
