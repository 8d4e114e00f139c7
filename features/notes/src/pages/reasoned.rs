//! Acts on a finished note that ask a reason: a correction, and the wish that it be voided.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use documents::{DocError, DocumentId};
use identity::session::CurrentUser;
use web::{Answer, Form, House, Page, Posted, Visit, client_page_with_status, drafts, go_to};

use super::common::{id, refusal, run};
use super::labels;
use super::note::{lead, open};
use crate::store::keep;
use crate::store::read::May;

#[derive(Template)]
#[template(path = "note-act.html")]
struct ActPage {
    page: Page,
    form: Form,
    heading: String,
    lead: String,
    reason_label: String,
    hint: String,
    save: String,
    back: String,
    action: String,
    draft: String,
    restored: String,
    about: String,
}

/// An act that asks a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reasoned {
    Correct,
    Void,
}

impl Reasoned {
    const fn code(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Void => "void",
        }
    }

    const fn open_to(self, may: May) -> bool {
        match self {
            Self::Correct => may.correct,
            Self::Void => may.ask_void,
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "two callers beside")]
async fn act_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    note: DocumentId,
    act: Reasoned,
    mut form: Form,
    fresh: bool,
    status: StatusCode,
) -> Answer {
    let (shown, logged) = open(house, user, note).await?;
    if fresh && !act.open_to(shown.may) {
        return Ok(go_to(&format!("/notes/{note}")));
    }
    let key = format!("note-{note}-{}", act.code());
    let mut restored = String::new();
    if fresh {
        let (owner, asked) = (user.staff.id.bytes(), key.clone());
        let draft = house
            .store
            .read(move |tx| drafts::load(tx, owner, &asked))
            .await?;
        if let Some(draft) = draft {
            draft.fill(&mut form);
            restored = visit.t().when(draft.saved_at, house.now());
        }
    }
    let t = visit.t();
    let code = act.code();
    let template = ActPage {
        page: visit.page(&format!("note-{code}-title")),
        heading: t.get(&format!("note-{code}-title")),
        lead: t.get(&format!("note-{code}-lead")),
        reason_label: t.get(&format!("note-{code}-reason")),
        hint: t.get(&format!("note-{code}-hint")),
        save: t.get(&format!("note-{code}-save")),
        back: format!("/notes/{note}"),
        action: format!("/notes/{note}/{code}"),
        draft: key,
        restored,
        about: format!(
            "{}, {}",
            labels::what(&t, shown.head.what),
            lead(&t, &shown)
        ),
        form,
    };
    Ok(client_page_with_status(status, template, logged))
}

macro_rules! reasoned {
    ($($show:ident, $send:ident, $act:ident;)+) => {$(
        pub(super) async fn $show(State(house): State<House>, visit: Visit, user: CurrentUser, Path(note): Path<String>) -> Answer {
            act_page(&house, &visit, &user, id(&note)?, Reasoned::$act, Form::new(), true, StatusCode::OK).await
        }
        pub(super) async fn $send(State(house): State<House>, visit: Visit, user: CurrentUser, Path(note): Path<String>, posted: Posted) -> Answer {
            send_reason(&house, &visit, &user, id(&note)?, Reasoned::$act, posted).await
        }
    )+};
}

reasoned! {
    show_correct, send_correct, Correct;
    show_void, send_void, Void;
}

async fn send_reason(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    note: DocumentId,
    act: Reasoned,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let reason = form.require("reason", "note-reason-missing", 2_000);
    if !form.is_valid() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return act_page(house, visit, user, note, act, form, false, status).await;
    }
    let key = format!("note-{note}-{}", act.code());
    let done = run(house, user, move |tx, casework, reader| {
        match act {
            Reasoned::Correct => keep::correct(tx, casework, reader, note, &reason)?,
            Reasoned::Void => keep::ask_void(tx, casework, reader, note, &reason)?,
        }
        drafts::delete(tx, reader.staff.bytes(), &key)?;
        Ok::<_, DocError>(())
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to(&match act {
            Reasoned::Correct => format!("/notes/{note}/edit"),
            Reasoned::Void => format!("/notes/{note}?done=void"),
        })),
        Err(error) => {
            form.error("", refusal(error)?);
            act_page(
                house,
                visit,
                user,
                note,
                act,
                form,
                false,
                StatusCode::CONFLICT,
            )
            .await
        }
    }
}
