//! The pages of participation.

mod bikva;
mod cycle;
mod deed;
mod fields;
mod gathering;
mod ground;
pub(crate) mod labels;
mod list;
mod pack;
mod public;
mod screen;
mod sheet;
mod work;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use reporting::acting::{self, Made, editor};
use reporting::store::Editor;
use store::{ReadTx, WriteTx};
use web::{Failure, Form, Guard, House, Limit, NavItem, NavPlace, Posted, Route, Visit, drafts};

use crate::domain::{PartError, Wrong};
use work::Act;

/// Reading the public list: a library may have one address for many.
const LIMIT_PUBLIC: Limit = Limit {
    name: "gatherings",
    burst: 120,
    per_hour: 3_600,
};

const fn right(class: &'static str, action: &'static str) -> Guard {
    Guard::Right { class, action }
}

const READ: Guard = right("participation", "read");
const EDIT: Guard = right("participation", "edit_draft");
const FURTHER: Guard = right("publication", "edit_draft");
const OBSERVE: Guard = right("observation", "read");
const CYCLE: Guard = right("yearly_cycle", "read");

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/{lang}/tapaamiset", Guard::Public, public::show).limit(LIMIT_PUBLIC),
        Route::get("/participation", READ, list::show),
        Route::get("/participation/{id}", READ, gathering::show),
        Route::post("/participation/{id}/cancel", EDIT, gathering::cancel),
        Route::get("/participation/themes.csv", READ, pack::themes),
        Route::get("/participation/bikva/{id}", OBSERVE, bikva::show),
        Route::get("/participation/cycle", CYCLE, cycle::show),
        Route::get("/participation/cycle.ics", CYCLE, cycle::calendar),
        Route::get("/participation/cycle.csv", CYCLE, cycle::table),
        Route::post(
            "/participation/cycle/adopt",
            right("yearly_cycle", "create"),
            cycle::adopt,
        ),
        Route::post(
            "/participation/cycle/{id}/done",
            right("yearly_cycle", "finish"),
            cycle::finish,
        ),
        Route::get("/participation/pack", OBSERVE, pack::show),
    ];
    for (path, guard, act) in [
        ("/participation/{id}/edit", EDIT, Act::Change),
        ("/participation/{id}/outcome", EDIT, Act::Hold),
        ("/participation/{id}/told", EDIT, Act::Tell),
        ("/participation/{id}/proposals", EDIT, Act::Say),
        ("/participation/{id}/phenomena", FURTHER, Act::Link),
        ("/participation/proposals/{id}", FURTHER, Act::Feed),
        (
            "/participation/bikva/{id}/answer",
            FURTHER,
            Act::BikvaAnswer,
        ),
        (
            "/participation/cycle/{id}",
            right("yearly_cycle", "edit_draft"),
            Act::StepChange,
        ),
        (
            "/participation/pack/{id}/decisions",
            right("yearly_cycle", "create"),
            Act::Decide,
        ),
        (
            "/participation/decisions/{id}",
            right("yearly_cycle", "finish"),
            Act::Follow,
        ),
    ] {
        routes.extend(sheets(path, guard, act));
    }
    for (path, guard, act) in [
        (
            "/participation/new",
            right("participation", "create"),
            Act::New,
        ),
        ("/participation/bikva/new", FURTHER, Act::BikvaNew),
        (
            "/participation/cycle/new",
            right("yearly_cycle", "create"),
            Act::StepNew,
        ),
        (
            "/participation/rules",
            right("participation_rule", "edit_draft"),
            Act::Rules,
        ),
    ] {
        routes.extend(new_sheets(path, guard, act));
    }
    routes
}

/// A form about something at an address: its page and its sending.
fn sheets(path: &'static str, guard: Guard, act: Act) -> [Route; 2] {
    [
        Route::get(
            path,
            guard,
            move |State(house): State<House>,
                  visit: Visit,
                  user: CurrentUser,
                  Path(id): Path<String>| work::show(house, visit, user, id, act),
        ),
        Route::post(
            path,
            guard,
            move |State(house): State<House>,
                  visit: Visit,
                  user: CurrentUser,
                  Path(id): Path<String>,
                  posted: Posted| work::send(house, visit, user, id, posted, act),
        ),
    ]
}

/// A form about nothing that is there yet.
fn new_sheets(path: &'static str, guard: Guard, act: Act) -> [Route; 2] {
    [
        Route::get(
            path,
            guard,
            move |State(house): State<House>, visit: Visit, user: CurrentUser| {
                work::show(house, visit, user, String::new(), act)
            },
        ),
        Route::post(
            path,
            guard,
            move |State(house): State<House>, visit: Visit, user: CurrentUser, posted: Posted| {
                work::send(house, visit, user, String::new(), posted, act)
            },
        ),
    ]
}

pub(crate) fn nav() -> Vec<NavItem> {
    let item = |order, label, href, class| NavItem {
        group: NavPlace::Knowledge,
        order,
        label,
        href,
        main: false,
        right: Some((class, "read")),
    };
    vec![
        NavItem {
            group: NavPlace::Public,
            right: None,
            ..item(30, "public-nav-gatherings", "/tapaamiset", "participation")
        },
        item(30, "nav-participation", "/participation", "participation"),
        item(40, "nav-cycle", "/participation/cycle", "yearly_cycle"),
    ]
}

/// Reads an id of an address; what is no id is nothing.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, PartError> {
    text.parse().map_err(|_| PartError::NotFound)
}

/// Whether she may.
fn may(house: &House, user: &CurrentUser, class: &str, action: &str, given: &[&str]) -> bool {
    editor(house, user).right(class, action, given).is_ok()
}

/// Reads as somebody.
async fn read<T: Send + 'static>(
    house: &House,
    user: &CurrentUser,
    read: impl FnOnce(&mut ReadTx<'_>, &Editor) -> Result<T, PartError> + Send + 'static,
) -> Result<T, PartError> {
    acting::read(house, user, read).await
}

/// Acts as somebody; the draft of the form goes with it (`""` for none).
async fn act<T: Send + 'static>(
    house: &House,
    user: &CurrentUser,
    draft: &str,
    act: impl FnOnce(&mut WriteTx<'_>, &Editor, &Made) -> Result<T, PartError> + Send + 'static,
) -> Result<T, PartError> {
    acting::act(house, user, draft, act).await
}

impl From<PartError> for Failure {
    fn from(error: PartError) -> Self {
        match error {
            PartError::Store(error) => error.into(),
            PartError::NotFound => Self::NotFound,
            error => Self::internal(error),
        }
    }
}

/// Marks a refusal at its field and gives the status of the page that shows it.
///
/// # Errors
/// What no form can tell: no right, no such thing, a fault of the store.
fn refused(form: &mut Form, error: PartError) -> Result<StatusCode, Failure> {
    match error {
        PartError::Field(field, wrong) => {
            form.error(field, said(wrong));
            Ok(StatusCode::UNPROCESSABLE_ENTITY)
        }
        PartError::Changed => {
            form.error("", "participation-changed");
            Ok(StatusCode::CONFLICT)
        }
        PartError::State => {
            form.error("", "participation-state-moved");
            Ok(StatusCode::CONFLICT)
        }
        error => Err(error.into()),
    }
}

const fn said(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Missing => "participation-missing",
        Wrong::Long => "participation-long",
        Wrong::Choice => "participation-choose-one",
        Wrong::Person => "participation-person",
        Wrong::Past => "participation-past",
        Wrong::Future => "participation-future",
        Wrong::Number => "participation-number",
        Wrong::TooMany => "participation-too-many",
        Wrong::Day => "participation-no-day",
    }
}

/// What was just done, told on the page the browser was led to. Only codes of ours have words.
fn done(visit: &Visit, pairs: &[(String, String)]) -> String {
    const CODES: &[&str] = &[
        "written",
        "saved",
        "held",
        "cancelled",
        "told",
        "said",
        "linked",
        "fed",
        "opened",
        "answered",
        "adopted",
        "added",
        "finished",
        "decided",
        "followed",
        "ruled",
    ];
    pairs
        .iter()
        .find(|(name, _)| name == "done")
        .and_then(|(_, code)| CODES.iter().find(|known| *known == code))
        .map_or_else(String::new, |code| {
            visit.t().get(&format!("participation-done-{code}"))
        })
}

/// The value of a pair of an address.
fn asked<'p>(pairs: &'p [(String, String)], name: &str) -> &'p str {
    pairs
        .iter()
        .find(|(own, _)| own == name)
        .map_or("", |(_, value)| value)
}

/// The page and name of a draft of this room, for one's own list of drafts.
pub fn draft_name(t: &web::Texts, key: &str) -> Option<drafts::DraftName> {
    work::draft_name(t, key)
}
