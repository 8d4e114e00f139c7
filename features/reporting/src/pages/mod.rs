//! The pages of reporting.

mod answer;
mod bench;
mod bench_one;
mod beside;
mod chart;
mod deed;
mod fields;
mod handed;
mod labels;
mod link;
mod list;
pub(crate) mod named;
mod observe;
mod once;
mod phenomenon;
mod proposal;
mod public;
mod reading;
mod rising;
mod sheet;
mod themes;
mod work;
mod written;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use store::{ReadTx, WriteTx};
use web::{
    Failure, Form, GUESSES, Guard, House, Job, Limit, NavItem, NavPlace, Posted, Route, Visit,
    drafts,
};

use crate::acting::{self, Made, editor};
use crate::domain::{ReportError, Wrong};
use crate::store::{Editor, observe as store_observe};
use work::Act;

/// Observations of people without an account: a library may have one address for many.
const LIMIT_OBSERVE: Limit = Limit {
    name: "observation",
    burst: 20,
    per_hour: 60,
};
/// Trying receipt codes and links.
const LIMIT_CODE: Limit = Limit {
    name: GUESSES,
    burst: 20,
    per_hour: 60,
};
/// How often the box of observations is looked into. An observation that has waited over a night goes out with the others
/// of its day, so nothing of its hour is left.
const LOOK: Duration = Duration::from_secs(15 * 60);

const fn observation(action: &'static str) -> Guard {
    Guard::Right {
        class: "observation",
        action,
    }
}

const fn publication(action: &'static str) -> Guard {
    Guard::Right {
        class: "publication",
        action,
    }
}

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = Vec::from(public_routes());
    routes.extend([
        Route::get("/observations/new", observation("create"), observe::show),
        // Nothing of who wrote it is kept, not even when her session has ended (I11).
        Route::post("/observations/new", observation("create"), observe::send)
            .unkept("/{lang}/havainto"),
        Route::get("/observations/mine", observation("create"), observe::mine),
        Route::get(
            "/observations/forget",
            observation("create"),
            observe::ask_forget,
        ),
        Route::post(
            "/observations/forget",
            observation("create"),
            observe::forget,
        ),
        Route::get("/observations", observation("edit_draft"), bench::list),
        Route::post("/observations/group", observation("merge"), bench::group),
        Route::get(
            "/observations/rising",
            observation("edit_draft"),
            rising::show,
        ),
        Route::get(
            "/observations/{id}",
            observation("edit_draft"),
            bench_one::show,
        ),
        Route::post(
            "/observations/{id}/accept",
            observation("edit_draft"),
            bench_one::accept,
        ),
        Route::post(
            "/observations/{id}/aside",
            observation("edit_draft"),
            bench_one::aside,
        ),
        Route::post(
            "/observations/{id}/out",
            observation("merge"),
            bench_one::take_out,
        ),
        Route::get("/phenomena", observation("read"), list::show),
        Route::get("/phenomena/new", publication("create"), work::show_new),
        Route::post("/phenomena/new", publication("create"), work::send_new),
        Route::get("/phenomena/{id}", observation("read"), phenomenon::show),
        Route::post(
            "/phenomena/{id}/step",
            publication("edit_draft"),
            phenomenon::step,
        ),
        Route::get("/proposals/{id}", observation("read"), proposal::show),
        Route::post("/proposals/{id}/send", publication("finish"), link::send),
    ]);
    routes.extend([
        Route::get("/themes", observation("read"), themes::list),
        Route::get("/themes/{code}", publication("edit_draft"), themes::show),
        Route::post("/themes/{code}", publication("edit_draft"), themes::send),
        Route::post(
            "/proposals/{id}/received",
            publication("edit_draft"),
            proposal::received,
        ),
        Route::post("/proposals/{id}/link", publication("finish"), link::anew),
        Route::post(
            "/proposals/{id}/unlink",
            publication("finish"),
            link::withdraw,
        ),
        Route::post(
            "/proposals/{id}/evaluate",
            publication("edit_draft"),
            proposal::evaluate,
        ),
    ]);
    let edits = publication("edit_draft");
    for (path, guard, act) in [
        ("/phenomena/{id}/edit", edits, Act::Describe),
        ("/phenomena/{id}/close", edits, Act::Close),
        ("/phenomena/{id}/merge", observation("merge"), Act::Merge),
        ("/phenomena/{id}/split", observation("merge"), Act::Split),
        ("/phenomena/{id}/evidence", edits, Act::Evidence),
        ("/phenomena/{id}/statements", edits, Act::Statement),
        ("/phenomena/{id}/influence", edits, Act::Influence),
        ("/influences/{id}", edits, Act::Outcome),
        (
            "/phenomena/{id}/proposals/new",
            publication("create"),
            Act::Propose,
        ),
        ("/proposals/{id}/answer", edits, Act::Answer),
        ("/proposals/{id}/actions", edits, Act::Action),
        ("/proposal-actions/{id}", edits, Act::Follow),
    ] {
        routes.extend(sheets(path, guard, act));
    }
    routes
}

fn public_routes() -> [Route; 7] {
    let public = Guard::Public;
    [
        Route::get("/{lang}/havainto", public, public::show),
        Route::post("/{lang}/havainto", public, public::send).limit(LIMIT_OBSERVE),
        Route::get("/{lang}/havainto/tunnus", public, public::ask),
        Route::post("/{lang}/havainto/tunnus", public, public::steps).limit(LIMIT_CODE),
        Route::get("/{lang}/vastaus/{link}", public, answer::show).limit(LIMIT_CODE),
        Route::post("/{lang}/vastaus/{link}", public, answer::send).limit(LIMIT_CODE),
        Route::post("/{lang}/vastaus/{link}/saatu", public, answer::received).limit(LIMIT_CODE),
    ]
}

/// A form of the staff at an address: its page and its sending.
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

pub(crate) fn nav() -> Vec<NavItem> {
    let item = |group, order, label, href, action| NavItem {
        group,
        order,
        label,
        href,
        main: false,
        right: Some(("observation", action)),
    };
    vec![
        NavItem {
            right: None,
            ..item(
                NavPlace::Public,
                10,
                "public-nav-observation",
                "/havainto",
                "create",
            )
        },
        NavItem {
            right: None,
            ..item(
                NavPlace::Public,
                20,
                "public-nav-observation-code",
                "/havainto/tunnus",
                "create",
            )
        },
        item(
            NavPlace::Own,
            90,
            "nav-observation-new",
            "/observations/new",
            "create",
        ),
        item(
            NavPlace::Knowledge,
            10,
            "nav-phenomena",
            "/phenomena",
            "read",
        ),
        item(
            NavPlace::Knowledge,
            20,
            "nav-observations",
            "/observations",
            "edit_draft",
        ),
        item(
            NavPlace::Knowledge,
            60,
            "nav-themes",
            "/themes",
            "edit_draft",
        ),
    ]
}

pub(crate) fn jobs() -> Vec<Job> {
    vec![Job::new(
        "reporting.box",
        Some(LOOK),
        |house, _| async move {
            let (chance, today) = (Arc::clone(&house.chance), house.today());
            house
                .store
                .write(move |tx| store_observe::empty_box(tx, &*chance, today))
                .await?;
            Ok(())
        },
    )]
}

/// Reads an id of an address; what is no id is nothing.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// Reads as somebody.
async fn read<T: Send + 'static>(
    house: &House,
    user: &CurrentUser,
    read: impl FnOnce(&mut ReadTx<'_>, &Editor) -> Result<T, ReportError> + Send + 'static,
) -> Result<T, ReportError> {
    acting::read(house, user, read).await
}

/// Acts as somebody; the draft of the form goes with it (`""` for none).
async fn act<T: Send + 'static>(
    house: &House,
    user: &CurrentUser,
    draft: &str,
    act: impl FnOnce(&mut WriteTx<'_>, &Editor, &Made) -> Result<T, ReportError> + Send + 'static,
) -> Result<T, ReportError> {
    acting::act(house, user, draft, act).await
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Store(error) => error.into(),
            ReportError::NotFound => Self::NotFound,
            error => Self::internal(error),
        }
    }
}

/// Marks a refusal at its field and gives the status of the page that shows it.
///
/// # Errors
/// What no form can tell: no right, no such thing, a fault of the store.
fn refused(form: &mut Form, error: ReportError) -> Result<StatusCode, Failure> {
    match error {
        ReportError::Field(field, wrong) => {
            form.error(field, said(wrong));
            Ok(StatusCode::UNPROCESSABLE_ENTITY)
        }
        ReportError::Changed => {
            form.error("", "reporting-changed");
            Ok(StatusCode::CONFLICT)
        }
        ReportError::State => {
            form.error("", "public-reporting-state");
            Ok(StatusCode::CONFLICT)
        }
        error => Err(error.into()),
    }
}

const fn said(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Missing => "public-reporting-missing",
        Wrong::Long => "public-reporting-long",
        Wrong::Choice => "public-reporting-choice",
        Wrong::Person => "public-reporting-person",
        Wrong::Past => "reporting-past",
        Wrong::Evidence => "reporting-evidence-needed",
    }
}

/// What was just done, told on the page the browser was led to. Only codes of ours have words.
fn done(visit: &Visit, pairs: &[(String, String)]) -> String {
    const CODES: &[&str] = &[
        "sent",
        "forgotten",
        "accepted",
        "aside",
        "grouped",
        "out",
        "opened",
        "saved",
        "stepped",
        "merged",
        "split",
        "drafted",
        "answered",
        "followed",
        "received",
        "unlinked",
        "evaluated",
    ];
    pairs
        .iter()
        .find(|(name, _)| name == "done")
        .and_then(|(_, code)| CODES.iter().find(|known| *known == code))
        .map_or_else(String::new, |code| {
            visit.t().get(&format!("reporting-done-{code}"))
        })
}

/// The page and name of a draft of this room, for one's own list of drafts.
pub fn draft_name(t: &web::Texts, key: &str) -> Option<drafts::DraftName> {
    work::draft_name(t, key)
}
