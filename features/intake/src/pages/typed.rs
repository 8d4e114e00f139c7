//! Acts with something to write: note, attempt, message, call, urgency, take-over, reopening.
//!
//! All have one shape: a page with a form whose draft is kept, an act in one transaction that also
//! throws the draft away, and on a refusal the same form with its text and the reason.

use askama::Template;
use axum::http::StatusCode;
use identity::session::CurrentUser;
use store::WriteTx;
use web::{
    Answer, Choice, Failure, Form, House, Page, Texts, Visit, client_page_with_status, drafts,
    go_to, page_with_status,
};

use crate::domain::urgency::Signs;
use crate::domain::{ContactId, IntakeError};
use crate::glue::{desk, log_refusal};
use crate::pages::acts::run;
use crate::pages::may::May;
use crate::pages::past::rule_in_words;
use crate::pages::suggest::suggestion;
use crate::pages::{detail, id, labels, refusal};
use crate::store::view::ContactView;
use crate::store::{Desk, Worker, view};

/// An act with a form of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Note,
    Attempt,
    Message,
    Call,
    Urgency,
    TakeOver,
    Reopen,
    Unlink,
}

impl Act {
    /// Last part of the address, and of the message keys and the draft's key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Attempt => "attempt",
            Self::Message => "message",
            Self::Call => "call",
            Self::Urgency => "urgency",
            Self::TakeOver => "take-over",
            Self::Reopen => "reopen",
            Self::Unlink => "unlink",
        }
    }

    const fn done(self) -> &'static str {
        match self {
            Self::Note => "noted",
            Self::Attempt => "tried",
            Self::Message => "messaged",
            Self::Call => "called",
            Self::Urgency => "judged",
            Self::TakeOver => "taken-over",
            Self::Reopen => "reopened",
            Self::Unlink => "unlinked",
        }
    }

    const fn open_to(self, may: May) -> bool {
        match self {
            Self::Note | Self::Attempt | Self::Call | Self::Urgency => may.write,
            Self::Message => may.message,
            Self::TakeOver => may.take_over,
            Self::Reopen => may.reopen,
            Self::Unlink => may.unlink,
        }
    }
}

/// What stands over a form about a contact: which one it is.
#[derive(Debug, Clone)]
pub struct Head {
    pub title: String,
    pub person: String,
    pub quote: String,
}

impl Head {
    /// The head of a contact that the reader sees.
    pub fn of(t: &Texts, view: &ContactView) -> Self {
        let person = match (&view.person, view.anonymous) {
            (Some(name), _) => name.clone(),
            (None, true) => t.get("person-anonymous"),
            (None, false) => String::new(),
        };
        Self {
            title: view.title.clone(),
            person,
            quote: view.own_words.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "contact-act.html")]
struct ActPage {
    page: Page,
    form: Form,
    act: &'static str,
    action: String,
    back: String,
    head: Option<Head>,
    draft: String,
    /// When the draft that was put back was saved; empty when there was none.
    restored: String,
    lead: String,
    channels: Vec<Choice>,
    yes_no: Vec<Choice>,
    urgencies: Vec<Choice>,
    suggestion: String,
    heading: String,
    save: String,
}

/// The key of a draft that belongs to one contact.
pub fn draft_key(contact: ContactId, act: &str) -> String {
    format!("contact-{contact}-{act}")
}

/// Reads a contact and the reader's draft of a form on it; the reading is logged.
///
/// # Errors
/// [`Failure::NotFound`] without a right.
pub async fn open(
    house: &House,
    user: &CurrentUser,
    contact: ContactId,
    draft: String,
) -> Result<(ContactView, Option<drafts::Draft>, store::Logged), Failure> {
    let desk = desk(house)?;
    let worker = Worker::from(user);
    let receipt = house
        .store
        .show(move |tx| {
            let view = view::read(tx, &desk, &worker, contact)?;
            let draft = drafts::load(tx, worker.staff.bytes(), &draft)?;
            Ok::<_, IntakeError>((view, draft))
        })
        .await;
    let receipt = match receipt {
        Err(IntakeError::NotFound) => {
            log_refusal(house, &Worker::from(user), contact).await?;
            return Err(Failure::NotFound);
        }
        receipt => receipt?,
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    Ok((receipt.value.0, receipt.value.1, logged))
}

pub(super) async fn show(
    house: House,
    visit: Visit,
    user: CurrentUser,
    contact: &str,
    act: Act,
    preset: &[(&str, &str)],
) -> Answer {
    let contact: ContactId = id(contact)?;
    let (view, draft, logged) =
        open(&house, &user, contact, draft_key(contact, act.code())).await?;
    let desk = desk(&house)?;
    if !act.open_to(May::of(
        &view,
        &Worker::from(&user),
        &desk.settings,
        house.now(),
    )) {
        return Ok(go_to(&detail::contact_path(contact)));
    }
    let mut form = Form::new();
    if act == Act::Urgency {
        form.set("urgency", view.urgency.code());
        if view.housing_risk {
            form.set("housing_risk", "yes");
        }
        if view.child_in_household {
            form.set("child", "yes");
        }
    }
    for (field, value) in preset {
        form.set(field, *value);
    }
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let template = page_of(
        &house,
        &visit,
        &desk,
        contact,
        act,
        form,
        Some(&view),
        restored,
    );
    Ok(client_page_with_status(StatusCode::OK, template, logged))
}

#[expect(
    clippy::too_many_arguments,
    reason = "everything the page shows, from two callers beside"
)]
fn page_of(
    house: &House,
    visit: &Visit,
    desk: &Desk,
    contact: ContactId,
    act: Act,
    form: Form,
    view: Option<&ContactView>,
    restored: String,
) -> ActPage {
    let t = visit.t();
    let code = act.code();
    let lead = match (act, view) {
        (Act::Attempt, Some(view)) => {
            let channels: Vec<_> = view
                .attempts
                .iter()
                .map(|attempt| attempt.channel)
                .collect();
            rule_in_words(&t, &desk.settings, &channels)
        }
        (Act::TakeOver, Some(view)) => t.with(
            "act-take-over-lead",
            &[("name", view.holder_name.as_str().into())],
        ),
        (Act::Unlink, Some(view)) => unlink_lead(&t, view),
        (Act::Call, _) => t.with(
            "act-call-lead",
            &[("hours", desk.settings.call_back_hours.into())],
        ),
        _ => t.get(&format!("act-{code}-lead")),
    };
    let suggestion = match (act, view) {
        (Act::Urgency, Some(view)) => {
            let ticked = Signs {
                wish: view.wish,
                ..Signs::default()
            };
            suggestion(house, &t, &view.own_words, view.language, ticked).sentence
        }
        _ => String::new(),
    };
    let heading = t.get(&format!("act-{code}-title"));
    ActPage {
        page: visit.page_titled(heading.clone()),
        form,
        act: code,
        action: format!("/contacts/{contact}/{code}"),
        back: detail::contact_path(contact),
        head: view.map(|view| Head::of(&t, view)),
        draft: draft_key(contact, code),
        restored,
        lead,
        channels: labels::channels(&t),
        yes_no: vec![
            Choice::new("yes", t.get("attempt-was-reached")),
            Choice::new("no", t.get("attempt-was-missed")),
        ],
        urgencies: labels::urgencies(&t),
        suggestion,
        save: t.get(&format!("act-{code}-save")),
        heading,
    }
}

/// What freeing a contact means, and for the matter that it led to.
fn unlink_lead(t: &Texts, view: &ContactView) -> String {
    let name = view.link.as_ref().map_or("", |link| link.name.as_str());
    let means = t.with("act-unlink-lead", &[("name", name.into())]);
    match view.link.as_ref().and_then(|link| link.matter.as_ref()) {
        Some((_, number)) => {
            let stays = t.with("act-unlink-matter", &[("number", number.as_str().into())]);
            format!("{means} {stays}")
        }
        None => means,
    }
}

/// The form again with what was typed and why it was not accepted.
async fn again(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    contact: ContactId,
    act: Act,
    form: Form,
    status: StatusCode,
) -> Answer {
    let desk = desk(house)?;
    match open(house, user, contact, String::new()).await {
        Ok((view, _, logged)) => {
            let template = page_of(
                house,
                visit,
                &desk,
                contact,
                act,
                form,
                Some(&view),
                String::new(),
            );
            Ok(client_page_with_status(status, template, logged))
        }
        // The contact is no longer this worker's to see, but the text is the worker's own.
        Err(Failure::NotFound) => {
            let template = page_of(house, visit, &desk, contact, act, form, None, String::new());
            Ok(page_with_status(status, template))
        }
        Err(failure) => Err(failure),
    }
}

pub(super) async fn send<F>(
    house: House,
    visit: Visit,
    user: CurrentUser,
    contact: &str,
    act: Act,
    mut form: Form,
    write: F,
) -> Answer
where
    F: FnOnce(&mut WriteTx<'_>, &Desk, &Worker, ContactId) -> Result<(), IntakeError>
        + Send
        + 'static,
{
    let contact: ContactId = id(contact)?;
    if form.has_errors() {
        return again(
            &house,
            &visit,
            &user,
            contact,
            act,
            form,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    }
    let key = draft_key(contact, act.code());
    let done = run(&house, &user, move |tx, desk, worker| {
        write(tx, desk, worker, contact)?;
        drafts::delete(tx, worker.staff.bytes(), &key)?;
        Ok(())
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to(&format!("/contacts/{contact}?done={}", act.done()))),
        Err(error) => {
            let t = visit.t();
            let refusal = refusal::of(&house, &t, Some(contact), error).await?;
            form.error_with("", refusal.key, refusal.args);
            again(
                &house,
                &visit,
                &user,
                contact,
                act,
                form,
                StatusCode::CONFLICT,
            )
            .await
        }
    }
}
