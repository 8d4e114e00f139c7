//! What the forms of notes do.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use documents::DocumentId;
use identity::session::CurrentUser;
use web::{Answer, Form, House, Posted, Visit, drafts, go_to};

use super::common::{casework, id, refusal, run};
use super::reading;
use super::sheet::{self, Place};
use crate::domain::FormId;
use crate::store::keep::{self, Act, KeepError, Target};
use crate::store::phrases;

type Pairs = Query<Vec<(String, String)>>;

pub(super) async fn show_new(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
    Query(pairs): Pairs,
) -> Answer {
    sheet::show(&house, &visit, &user, Place::New(id(&matter)?), &pairs).await
}

pub(super) async fn show_edit(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(note): Path<String>,
) -> Answer {
    sheet::show(&house, &visit, &user, Place::Note(id(&note)?), &[]).await
}

pub(super) async fn show_approval(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(note): Path<String>,
) -> Answer {
    sheet::show(&house, &visit, &user, Place::Approval(id(&note)?), &[]).await
}

pub(super) async fn send_new(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
    posted: Posted,
) -> Answer {
    send(house, visit, user, Place::New(id(&matter)?), posted).await
}

pub(super) async fn send_edit(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(note): Path<String>,
    posted: Posted,
) -> Answer {
    send(house, visit, user, Place::Note(id(&note)?), posted).await
}

pub(super) async fn send_approval(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(note): Path<String>,
    posted: Posted,
) -> Answer {
    send(house, visit, user, Place::Approval(id(&note)?), posted).await
}

/// What the pressed button says is done.
fn act(form: &mut Form, place: Place) -> Option<Act> {
    let approval = matches!(place, Place::Approval(_));
    Some(match form.value("act") {
        "draft" if !approval => Act::Keep,
        "ask" if !approval => match form.value("tutor").parse() {
            Ok(tutor) => Act::Ask(tutor),
            Err(_) => {
                form.error("tutor", "note-tutor-missing");
                return None;
            }
        },
        "return" if approval => Act::SendBack(form.require("words", "note-words-missing", 4_000)),
        _ if approval => Act::Approve,
        _ => Act::Finish,
    })
}

async fn send(
    house: House,
    visit: Visit,
    user: CurrentUser,
    place: Place,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    if !form.value("insert").is_empty() {
        return insert(&house, &visit, &user, place, form).await;
    }
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let act = act(&mut form, place);
    let whole = !matches!(act, Some(Act::Keep | Act::SendBack(_)));
    let read = reading::read(&mut form, whole, house.now());
    let target = target(&form, place);
    let (Some(act), Some(read), Some(target)) = (act, read, target) else {
        return sheet::again(&house, &visit, &user, place, form, wrong, None).await;
    };
    let written = read.written.clone();
    let analysers = casework(&house)?.analysers.clone();
    let sent = read.sent(&form, target, act.clone(), visit.language, &analysers);
    let key = place.draft_key(form.value("form"));
    let saved = run(&house, &user, move |tx, casework, reader| {
        let id = keep::save(tx, casework, reader, &sent)?;
        drafts::delete(tx, reader.staff.bytes(), &key)?;
        Ok::<_, KeepError>(id)
    })
    .await?;
    match saved {
        Ok(note) => return Ok(after(note, &act)),
        Err(KeepError::Clash(clashed)) => {
            let view = sheet::clash_view(&visit.t(), &mut form, &written, &clashed, house.now());
            // A new form that met a note of its own page goes on as that note.
            let place = match place {
                Place::New(_) => Place::Note(clashed.document),
                place => place,
            };
            let status = StatusCode::CONFLICT;
            return sheet::again(&house, &visit, &user, place, form, status, Some(view)).await;
        }
        Err(KeepError::Doer(no)) => {
            form.error(&format!("who-{no}"), "note-who-not-here");
            return sheet::again(&house, &visit, &user, place, form, wrong, None).await;
        }
        Err(KeepError::Elsewhere) => {
            form.error("", "note-refused-elsewhere");
            // Sent again it is a note of its own.
            let fresh = FormId::new(&*house.clock, &*house.chance).to_string();
            form.set("form", fresh);
        }
        Err(KeepError::Whose) => form.error("", "note-refused-whose"),
        Err(KeepError::Doc(error)) => form.error("", refusal(error)?),
    }
    let status = StatusCode::CONFLICT;
    sheet::again(&house, &visit, &user, place, form, status, None).await
}

fn target(form: &Form, place: Place) -> Option<Target> {
    match place {
        Place::Note(id) | Place::Approval(id) => Some(Target::Note(id)),
        Place::New(matter) => Some(Target::New {
            matter,
            form: form.value("form").parse().ok()?,
        }),
    }
}

/// Where one is led.
fn after(note: DocumentId, act: &Act) -> Response {
    go_to(&match act {
        Act::Keep => "/notes?done=draft".to_owned(),
        Act::Finish => format!("/notes/{note}?done=finished"),
        Act::Ask(_) => format!("/notes/{note}?done=asked"),
        Act::Approve => format!("/notes/{note}?done=approved"),
        Act::SendBack(_) => "/notes?done=returned".to_owned(),
    })
}

/// A phrase was pressed without script: the form comes back with it.
async fn insert(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    place: Place,
    mut form: Form,
) -> Answer {
    let offered = house.store.read(|tx| phrases::offered(tx)).await?;
    let wanted = form.value("insert").to_owned();
    if let Some(phrase) = offered
        .iter()
        .find(|phrase| phrase.id.to_string() == wanted)
    {
        sheet::insert(&mut form, phrase.in_language(visit.language).1);
    }
    sheet::again(house, visit, user, place, form, StatusCode::OK, None).await
}
