//! Administration: people and their facts, units and duty lists, delegation, tokens of machine clients, and
//! one's own bars. Nothing here shows, counts by name or searches clients.

mod account;
mod bars;
mod delegations;
mod leaving;
mod notice;
mod person;
mod person_acts;
mod person_view;
mod requests;
mod staff_list;
mod tokens;
mod unit_life;
mod units;
mod units_acts;

use std::sync::Arc;

use access::rights::{Question, RightsTable};
use kernel::time::{Timestamp, day};
use store::{Query, StoreError, WriteTx};
use web::{Failure, Feature, Form, Guard, House, MessageSet, NavItem, NavPlace, Route};

use crate::facts::approval::{Refusal, Side};
use crate::facts::record::{self, Acting};
use crate::people::{StaffId, UnitId};
use crate::session::{CurrentUser, Sessions};

/// What an employee answers for in another room. A room that lets people hold something gives one to the
/// house, so that nothing stays with somebody who has left.
pub trait Holdings: Send + Sync {
    /// How much the employee holds, by kinds: numbers only, never whose.
    ///
    /// # Errors
    /// When the engine fails.
    fn held(&self, query: &mut dyn Query, staff: StaffId) -> Result<Vec<Held>, StoreError>;

    /// Gives all that this lead may give of it to a named person; how much that was. Until the person has
    /// accepted, somebody present answers for it.
    ///
    /// # Errors
    /// When the engine fails.
    fn transfer(
        &self,
        tx: &mut WriteTx<'_>,
        lead: &CurrentUser,
        from: StaffId,
        to: StaffId,
        reason: &str,
    ) -> Result<usize, StoreError>;

    /// What stands open in a unit, by kinds: numbers only, never whose. A unit closes when there is nothing.
    ///
    /// # Errors
    /// When the engine fails.
    fn of_unit(&self, _query: &mut dyn Query, _unit: UnitId) -> Result<Vec<Held>, StoreError> {
        Ok(Vec::new())
    }

    /// Lets what rests on a unit that closes go to the one that follows it.
    ///
    /// # Errors
    /// When the engine fails.
    fn follow(&self, _tx: &mut WriteTx<'_>, _from: UnitId, _to: UnitId) -> Result<(), StoreError> {
        Ok(())
    }
}

/// One kind of what somebody holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Message key with a variable `count`.
    pub label: &'static str,
    pub count: i64,
}

/// All rooms that let people hold something; `app` collects them into the house.
#[derive(Default)]
pub struct AllHoldings(pub Vec<Arc<dyn Holdings>>);

/// The house's holdings; none in a house without any.
fn holdings(house: &House) -> Arc<AllHoldings> {
    house.extra::<AllHoldings>().unwrap_or_default()
}

/// Pages of administration. They stand beside [`crate::feature`], whose tables and messages they use.
pub fn feature() -> Feature {
    Feature {
        name: "administration",
        routes: routes(),
        migrations: &[],
        nav: nav(),
        jobs: crate::register_job::jobs(),
        messages: MessageSet {
            room: "administration",
            fi: "",
            sv: "",
            en: "",
            easy: "",
        },
        events: record::EVENTS,
        checks: &[],
    }
}

fn routes() -> Vec<Route> {
    let right = |class, action| Guard::Right { class, action };
    let person = |action| right("user_admin", action);
    let house = |action| right("configuration", action);
    let delegation = |action| right("delegation", action);
    let token = |action| right("api_token", action);
    let bar = |action| right("bar_register", action);
    vec![
        Route::get("/admin/people", person("read"), staff_list::show),
        Route::get("/admin/people/new", person("create"), staff_list::blank),
        Route::post("/admin/people/new", person("create"), staff_list::add),
        Route::get("/admin/people/{id}", person("read"), person::show),
        Route::post(
            "/admin/people/{id}/employments",
            person("correct"),
            person_acts::employ,
        ),
        Route::post(
            "/admin/people/{id}/number",
            person("correct"),
            person_acts::number,
        ),
        Route::post("/admin/people/{id}/end", person("correct"), leaving::end),
        Route::post(
            "/admin/people/{id}/rights",
            person("correct"),
            person_acts::right,
        ),
        Route::post(
            "/admin/people/{id}/identity",
            person("correct"),
            person_acts::identity,
        ),
        Route::post(
            "/admin/people/{id}/invitation",
            person("correct"),
            account::invite,
        ),
        Route::post(
            "/admin/people/{id}/account/close",
            person("finish"),
            account::close,
        ),
        Route::post(
            "/admin/people/{id}/tasks",
            person("edit_draft"),
            person_acts::ask_task,
        ),
        Route::post(
            "/admin/people/{id}/absences",
            person("edit_draft"),
            person_acts::absence,
        ),
        Route::post(
            "/admin/people/{id}/substitutes",
            person("edit_draft"),
            person_acts::substitute,
        ),
        Route::post(
            "/admin/people/{id}/transfer",
            person("hand_over"),
            leaving::transfer,
        ),
        Route::post(
            "/admin/requests/{id}/approve",
            person("approve"),
            requests::approve,
        ),
        Route::post(
            "/admin/requests/{id}/refuse",
            person("approve"),
            requests::refuse,
        ),
        Route::post(
            "/admin/tasks/{id}/approve",
            person("approve"),
            person_acts::approve_task,
        ),
        Route::post(
            "/admin/tasks/{id}/refuse",
            person("approve"),
            person_acts::refuse_task,
        ),
        Route::post(
            "/admin/tasks/{id}/end",
            person("edit_draft"),
            person_acts::end_task,
        ),
        Route::get("/admin/units", house("edit_draft"), units::list),
        Route::get("/admin/units/new", house("create"), unit_life::blank),
        Route::post("/admin/units/new", house("create"), unit_life::found),
        Route::get("/admin/units/{id}", house("edit_draft"), units::show),
        Route::post("/admin/units/{id}", house("finish"), units_acts::change),
        Route::get("/admin/units/{id}/close", house("finish"), unit_life::ask),
        Route::post("/admin/units/{id}/close", house("finish"), unit_life::close),
        Route::post(
            "/admin/units/{id}/shifts",
            house("edit_draft"),
            units_acts::add_shift,
        ),
        Route::post(
            "/admin/units/{id}/shifts/remove",
            house("edit_draft"),
            units_acts::remove_shift,
        ),
        Route::post(
            "/admin/units/{id}/deputies",
            house("edit_draft"),
            units_acts::ask_deputy,
        ),
        Route::post(
            "/admin/units/{id}/deputies/decide",
            person("approve"),
            units_acts::decide_deputy,
        ),
        Route::get("/admin/delegations", delegation("read"), delegations::show),
        Route::post(
            "/admin/delegations",
            delegation("create"),
            delegations::enter,
        ),
        Route::post(
            "/admin/delegations/{id}/decide",
            delegation("approve"),
            delegations::decide,
        ),
        Route::post(
            "/admin/delegations/{id}/end",
            delegation("correct"),
            delegations::end,
        ),
        Route::get("/admin/tokens", token("read"), tokens::show),
        Route::post("/admin/tokens", token("create"), tokens::create),
        Route::post(
            "/admin/tokens/{id}/approve",
            token("approve"),
            tokens::approve,
        ),
        Route::post("/admin/tokens/{id}/revoke", token("void"), tokens::revoke),
        Route::get("/own/bars", bar("create"), bars::show),
        Route::post("/own/bars", bar("create"), bars::declare),
        Route::post("/own/bars/confirm", bar("correct"), bars::confirm),
        Route::post("/own/bars/{id}/withdraw", bar("correct"), bars::withdraw),
    ]
}

fn nav() -> Vec<NavItem> {
    let item = |order, label, href, right| NavItem {
        group: NavPlace::Administration,
        order,
        label,
        href,
        main: false,
        right: Some(right),
    };
    vec![
        NavItem {
            group: NavPlace::Own,
            ..item(90, "nav-bars", "/own/bars", ("bar_register", "create"))
        },
        item(10, "nav-people", "/admin/people", ("user_admin", "read")),
        item(
            20,
            "nav-units",
            "/admin/units",
            ("configuration", "edit_draft"),
        ),
        item(
            30,
            "nav-delegations",
            "/admin/delegations",
            ("delegation", "read"),
        ),
        item(40, "nav-tokens", "/admin/tokens", ("api_token", "read")),
    ]
}

/// What the house knows about the actor and the employee or unit of an act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Circumstances {
    /// Units that the actor leads today, as lead or deputy.
    pub led: Vec<UnitId>,
    /// Whom the act is about.
    pub person: Option<StaffId>,
    /// The unit that it is about.
    pub unit: Option<UnitId>,
}

/// Decides an act of administration by the rights table.
///
/// # Errors
/// [`Failure::NotFound`] when no row allows.
pub(crate) fn decide(
    user: &CurrentUser,
    class: &str,
    action: &str,
    about: &Circumstances,
    at: Timestamp,
) -> Result<Acting, Failure> {
    let mut relations = Vec::new();
    if about.unit.is_some_and(|unit| about.led.contains(&unit)) {
        relations.push("unit_lead");
    }
    // The rest of what these rows ask is refused by the acts themselves: a named owner, an end within
    // twelve months, another second person.
    let mut given = vec![
        "own_declaration",
        "named_owner",
        "expiry_max_12m",
        "no_client_data",
    ];
    if about.person != Some(user.staff.id) {
        given.push("not_self");
    }
    let question = Question {
        subject: &user.subject,
        class,
        action,
        service_task: "na",
        relations: &relations,
        given: &given,
        bars: &[],
        on: day(at),
    };
    let row = RightsTable::built_in()
        .decide(&question)
        .row()
        .ok_or(Failure::NotFound)?;
    Ok(Acting {
        staff: user.staff.id,
        at,
        right: row.id.as_str().into(),
        purpose: row.purpose.as_str(),
    })
}

/// On which side of a request the actor stands: administrators decide as administrators.
pub(crate) fn side(user: &CurrentUser) -> Side {
    if user.subject.tasks.contains("user_admin") {
        Side::Administrator
    } else {
        Side::Lead
    }
}

/// The message key of a refusal, and its argument; a failure when it is none to be told.
pub(crate) fn refusal_key(refusal: Refusal) -> Result<(&'static str, String), Failure> {
    let key = match refusal {
        Refusal::Store(error) => return Err(error.into()),
        Refusal::Unknown => return Err(Failure::NotFound),
        Refusal::Own => "admin-refused-own",
        Refusal::SameTwice => "admin-refused-same",
        Refusal::TwoAdministrators => "admin-refused-two",
        Refusal::OtherSide => "admin-refused-side",
        Refusal::Decided => "admin-refused-decided",
        Refusal::Clash(task) => return Ok(("admin-refused-clash", task)),
        Refusal::Period => "admin-refused-period",
        Refusal::NoLead => "unit-lead-no-task",
        Refusal::NameTaken => "admin-account-login-taken",
        Refusal::CodeTaken => "admin-code-taken",
        Refusal::Differs => "admin-code-differs",
        Refusal::LeadApproves => "admin-refused-lead",
        Refusal::Owner => "token-owner-apart",
        Refusal::NothingMoved => "admin-refused-nothing-moved",
    };
    Ok((key, String::new()))
}

/// Marks a form with a refusal, in the words of the page.
pub(crate) fn mark(
    form: &mut Form,
    field: &str,
    refusal: Refusal,
    t: &web::Texts,
) -> Result<(), Failure> {
    let (key, task) = refusal_key(refusal)?;
    if task.is_empty() {
        form.error(field, key);
    } else {
        let name = t.get(&format!("task-name-{task}"));
        form.error_with(field, key, vec![("task", name.into())]);
    }
    Ok(())
}

/// Forgets what the house remembers of an employee's sessions, so that a change counts at once.
pub(crate) fn forget(house: &House, staff: StaffId) {
    if let Some(sessions) = house.extra::<Sessions>() {
        sessions.forget_staff(staff);
    }
}

/// Whether one of these fields is wrong: then the form that holds it stands open.
pub(crate) fn any_wrong<'n>(form: &Form, fields: &(impl AsRef<[&'n str]> + ?Sized)) -> bool {
    form.errors()
        .iter()
        .any(|error| fields.as_ref().contains(&error.field.as_str()))
}
