//! The pages of publications: the staff's bench, and what everybody reads.

mod archive;
mod bench;
mod deeds;
mod forms;
mod head;
mod list;
mod material;
mod public;
mod quotes;
mod section;
mod sheet;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use reporting::acting::{self, Made, editor};
use reporting::store::Editor;
use store::{ReadTx, WriteTx};
use web::{Failure, Form, Guard, House, NavItem, NavPlace, Posted, Route, Visit, drafts};

use crate::Printer;
use crate::domain::PublishError;
use crate::store::PublicationId;
use forms::Act;

const fn publication(action: &'static str) -> Guard {
    Guard::Right {
        class: "publication",
        action,
    }
}

pub(crate) fn routes(printer: Printer) -> Vec<Route> {
    let public = Guard::Public;
    let (read, edits, releases) = (
        publication("read"),
        publication("edit_draft"),
        publication("release"),
    );
    let mut routes = vec![
        Route::get("/{lang}/julkaisut", public, public::list),
        Route::get("/{lang}/julkaisut/{number}", public, public::newest),
        Route::get(
            "/{lang}/julkaisut/{number}/{table}",
            public,
            public::newest_table,
        ),
        Route::get(
            "/{lang}/julkaisut/{number}/v/{version}",
            public,
            public::version,
        ),
        Route::get(
            "/{lang}/julkaisut/{number}/v/{version}/{table}",
            public,
            public::table,
        ),
        Route::get("/{lang}/ehdotukset", public, archive::show),
        Route::get("/publications", read, list::show),
        Route::get("/publications/new", publication("create"), head::show_new),
        Route::post("/publications/new", publication("create"), head::send_new),
        Route::get("/publications/{id}", read, bench::show),
        Route::get("/publications/{id}/preview", read, public::preview),
        Route::post(
            "/publications/{id}/check",
            publication("finish"),
            deeds::check,
        ),
        Route::post(
            "/publications/{id}/review",
            publication("approve"),
            deeds::review,
        ),
        Route::post("/publications/{id}/quotes/remove", edits, quotes::remove),
        Route::get("/publications/{id}/quotes", edits, quotes::show),
        Route::post("/publications/{id}/quotes", edits, quotes::send),
        Route::get(
            "/publications/{id}/sections/{section}",
            edits,
            section::show,
        ),
        Route::post(
            "/publications/{id}/sections/{section}",
            edits,
            section::send,
        ),
    ];
    routes.push(Route::post(
        "/publications/{id}/release",
        releases,
        move |State(house): State<House>,
              visit: Visit,
              user: CurrentUser,
              Path(id): Path<String>,
              posted: Posted| deeds::release(house, visit, user, id, posted, printer),
    ));
    for (path, guard, act) in [
        ("/publications/{id}/about", edits, Act::About),
        ("/publications/{id}/material", edits, Act::Material),
        ("/publications/{id}/back", publication("approve"), Act::Back),
        ("/publications/{id}/withdraw", releases, Act::Withdraw),
        (
            "/publications/{id}/correct",
            publication("create"),
            Act::Correct,
        ),
    ] {
        routes.extend(sheets(path, guard, act));
    }
    routes
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
                  Path(id): Path<String>| forms::show(house, visit, user, id, act),
        ),
        Route::post(
            path,
            guard,
            move |State(house): State<House>,
                  visit: Visit,
                  user: CurrentUser,
                  Path(id): Path<String>,
                  posted: Posted| forms::send(house, visit, user, id, posted, act),
        ),
    ]
}

pub(crate) fn nav() -> Vec<NavItem> {
    let item = |group, order, label, href, right| NavItem {
        group,
        order,
        label,
        href,
        main: false,
        right,
    };
    vec![
        item(
            NavPlace::Public,
            40,
            "public-nav-publications",
            "/julkaisut",
            None,
        ),
        item(
            NavPlace::Public,
            50,
            "public-nav-proposals",
            "/ehdotukset",
            None,
        ),
        item(
            NavPlace::Knowledge,
            40,
            "nav-publications",
            "/publications",
            Some(("publication", "read")),
        ),
    ]
}

/// Reads an id of an address; what is no id is nothing.
fn id(text: &str) -> Result<PublicationId, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// Reads as somebody.
async fn read<T: Send + 'static>(
    house: &House,
    user: &CurrentUser,
    read: impl FnOnce(&mut ReadTx<'_>, &Editor) -> Result<T, PublishError> + Send + 'static,
) -> Result<T, PublishError> {
    acting::read(house, user, read).await
}

/// Acts as somebody; the draft of the form goes with it (`""` for none).
async fn act<T: Send + 'static>(
    house: &House,
    user: &CurrentUser,
    draft: &str,
    act: impl FnOnce(&mut WriteTx<'_>, &Editor, &Made) -> Result<T, PublishError> + Send + 'static,
) -> Result<T, PublishError> {
    acting::act(house, user, draft, act).await
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::Store(error) => error.into(),
            PublishError::NotFound => Self::NotFound,
            error => Self::internal(error),
        }
    }
}

/// Marks a refusal at its field and gives the status of the page that shows it.
///
/// # Errors
/// What no form can tell: no right, no such thing, a seal that does not hold, a fault of the store.
fn refused(form: &mut Form, error: PublishError) -> Result<StatusCode, Failure> {
    match error {
        PublishError::Field(field, sentence) => {
            form.error(field, sentence);
            Ok(StatusCode::UNPROCESSABLE_ENTITY)
        }
        PublishError::Changed => {
            form.error("", "publication-changed");
            Ok(StatusCode::CONFLICT)
        }
        PublishError::State => {
            form.error("", "publication-other-state");
            Ok(StatusCode::CONFLICT)
        }
        PublishError::FourEyes => {
            form.error("", "publication-four-eyes");
            Ok(StatusCode::CONFLICT)
        }
        error => Err(error.into()),
    }
}

/// What was just done, told on the page the browser was led to. Only codes of ours have words.
fn done(visit: &Visit, pairs: &[(String, String)]) -> String {
    const CODES: &[&str] = &[
        "begun",
        "saved",
        "quoted",
        "checked",
        "back",
        "reviewed",
        "released",
        "withdrawn",
        "corrected",
    ];
    pairs
        .iter()
        .find(|(name, _)| name == "done")
        .and_then(|(_, code)| CODES.iter().find(|known| *known == code))
        .map_or_else(String::new, |code| {
            visit.t().get(&format!("publication-done-{code}"))
        })
}

/// The page and name of a draft of this room, for one's own list of drafts.
pub fn draft_name(t: &web::Texts, key: &str) -> Option<drafts::DraftName> {
    forms::draft_name(t, key)
}
