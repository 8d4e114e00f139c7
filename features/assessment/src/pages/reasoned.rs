//! Acts that ask a reason: what is finished is corrected, somebody asks that it be voided, a tutor sends it back.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use documents::DocumentId;
use identity::session::CurrentUser;
use web::{
    Answer, Form, House, Page, Posted, Texts, Visit, client_page_with_status, drafts, go_to,
};

use crate::domain::Refusal;
use crate::pages::glue::{self, Opened, id, open, path, run};
use crate::store::view::May;
use crate::store::{acts, tutored, void};

/// Longest reason.
const LONG: usize = 2_000;

/// What is done; the messages are `assessment-<code>-title`, `-lead`, `-reason`, `-hint`, `-save`, `-missing`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Correct,
    Void,
    Return,
}

impl Act {
    pub const ALL: [Self; 3] = [Self::Correct, Self::Void, Self::Return];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Void => "void",
            Self::Return => "return",
        }
    }

    const fn is_open_to(self, may: May, asked: bool) -> bool {
        match self {
            Self::Correct => may.correct,
            Self::Void => may.void && !asked,
            Self::Return => may.approve,
        }
    }

    const fn law(self) -> &'static str {
        match self {
            Self::Correct | Self::Void => "703/2023 22 §",
            Self::Return => "457/2024 21 §",
        }
    }

    const fn missing(self) -> &'static str {
        match self {
            Self::Correct => "assessment-correct-missing",
            Self::Void => "assessment-void-missing",
            Self::Return => "assessment-return-missing",
        }
    }
}

#[derive(Template)]
#[template(path = "assessment-act.html")]
struct ActPage {
    page: Page,
    form: Form,
    lead: String,
    law: &'static str,
    reason_label: String,
    hint: String,
    save: String,
    action: String,
    back: String,
    draft: String,
    restored: String,
    clients: Vec<String>,
}

/// The key of the draft of an act's reason.
fn key(doc: DocumentId, act: Act) -> String {
    format!("assessment-{doc}-{}", act.code())
}

fn page(visit: &Visit, opened: &Opened, act: Act, form: Form, restored: String) -> ActPage {
    let t: Texts = visit.t();
    let (doc, code) = (opened.view.document.id, act.code());
    let word = |end: &str| t.get(&format!("assessment-{code}-{end}"));
    ActPage {
        page: visit.page_titled(word("title")),
        form,
        lead: word("lead"),
        law: act.law(),
        reason_label: word("reason"),
        hint: word("hint"),
        save: word("save"),
        action: format!("{}/{code}", path(doc)),
        back: path(doc),
        draft: key(doc, act),
        restored,
        clients: opened
            .view
            .clients
            .iter()
            .map(|(_, name)| name.clone())
            .collect(),
    }
}

async fn show(house: House, visit: Visit, user: CurrentUser, doc: String, act: Act) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let opened = open(&house, &user, doc, key(doc, act)).await?;
    if !act.is_open_to(opened.view.may, opened.view.is_void_asked()) {
        return Ok(go_to(&path(doc)));
    }
    let mut form = Form::new();
    let mut restored = String::new();
    if let Some(draft) = &opened.draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let page = page(&visit, &opened, act, form, restored);
    Ok(client_page_with_status(StatusCode::OK, page, opened.logged))
}

async fn send(
    house: House,
    visit: Visit,
    user: CurrentUser,
    doc: String,
    act: Act,
    posted: Posted,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let mut form = posted.form();
    let reason = form.require("reason", act.missing(), LONG);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if form.is_valid() {
        let key = key(doc, act);
        let done = run(&house, &user, move |tx, casework, reader| {
            match act {
                Act::Correct => acts::correct(tx, casework, reader, doc, &reason)?,
                Act::Void => void::ask(tx, casework, reader, doc, &reason)?,
                Act::Return => tutored::send_back(tx, casework, reader, doc, &reason)?,
            }
            drafts::delete(tx, reader.staff.bytes(), &key)?;
            Ok::<_, Refusal>(())
        })
        .await?;
        match done {
            Ok(()) => return Ok(go_to(&format!("{}?done={}", path(doc), act.code()))),
            Err(refusal) => {
                let (field, key) = glue::told(&refusal);
                form.error(field, key);
                status = StatusCode::CONFLICT;
            }
        }
    }
    let opened = open(&house, &user, doc, String::new()).await?;
    let page = page(&visit, &opened, act, form, String::new());
    Ok(client_page_with_status(status, page, opened.logged))
}

macro_rules! reasoned {
    ($($show:ident $send:ident $act:ident;)+) => {$(
        pub(super) async fn $show(State(house): State<House>, visit: Visit, user: CurrentUser, Path(doc): Path<String>) -> Answer {
            show(house, visit, user, doc, Act::$act).await
        }
        pub(super) async fn $send(State(house): State<House>, visit: Visit, user: CurrentUser, Path(doc): Path<String>, posted: Posted) -> Answer {
            send(house, visit, user, doc, Act::$act, posted).await
        }
    )+};
}

reasoned! {
    show_correct send_correct Correct;
    show_void send_void Void;
    show_return send_return Return;
}
