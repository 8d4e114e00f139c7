//! How a contact ends: four ways, each with fields of its own. "Given a number" is not among them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::people::{StaffId, list_units};
use identity::session::CurrentUser;
use store::Logged;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Visit, client_page_with_status, drafts,
    go_to, page_with_status,
};

use crate::domain::ContactId;
use crate::domain::ending::Ending;
use crate::glue::desk;
use crate::pages::acts::run;
use crate::pages::detail::{self, Line};
use crate::pages::labels::{capital, joined, word};
use crate::pages::may::May;
use crate::pages::past::rule_in_words;
use crate::pages::people::{self, Colleague, Group};
use crate::pages::typed::{Head, draft_key, open};
use crate::pages::{id, refusal};
use crate::store::Worker;
use crate::store::ending::{end, has_code};
use crate::store::facts::Facts;
use crate::store::view::ContactView;

/// Longest text, characters.
const LONGEST: usize = 4_000;

/// The endings in the order of the page: the usual one first.
const ENDINGS: [&str; 4] = ["next_step", "not_wanted", "not_reached", "unknown_caller"];

#[derive(Template)]
#[template(path = "contact-end.html")]
struct EndPage {
    page: Page,
    form: Form,
    action: String,
    back: String,
    head: Option<Head>,
    endings: Vec<Choice>,
    doers: Vec<Group>,
    attempts: Vec<Line>,
    rule: String,
    /// The sender reads the ending with a receipt code.
    has_code: bool,
    draft: String,
    restored: String,
}

struct Around {
    colleagues: Vec<Colleague>,
    doers: Vec<Group>,
    /// The sender reads the ending with a receipt code, so it is told in any case.
    has_code: bool,
}

async fn around(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    contact: ContactId,
) -> Result<Around, Failure> {
    let (now, worker) = (house.now(), Worker::from(user));
    let (units, colleagues, has_code) = house
        .store
        .read(move |tx| {
            Ok::<_, store::StoreError>((
                list_units(tx)?,
                people::colleagues(tx, now)?,
                // Whoever may not end the contact learns nothing of it here either.
                Facts::load_for(tx, &worker, contact, now)
                    .and_then(|facts| facts.authorise(&worker, "contact", "finish", now))
                    .is_ok()
                    && has_code(tx, contact)?,
            ))
        })
        .await?;
    let doers = people::doers(&visit.t(), &units, &colleagues);
    Ok(Around {
        colleagues,
        doers,
        has_code,
    })
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
) -> Answer {
    let contact: ContactId = id(&contact)?;
    let (view, draft, logged) = open(&house, &user, contact, draft_key(contact, "end")).await?;
    let desk = desk(&house)?;
    if !May::of(&view, &Worker::from(&user), &desk.settings, house.now()).end {
        return Ok(go_to(&detail::contact_path(contact)));
    }
    let mut form = Form::new();
    form.set("ending", ENDINGS[0]);
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let around = around(&house, &visit, &user, contact).await?;
    end_page(
        &house,
        &visit,
        contact,
        form,
        around,
        Some((&view, logged)),
        restored,
        StatusCode::OK,
    )
}

#[expect(
    clippy::too_many_arguments,
    reason = "everything the page shows, from callers beside"
)]
fn end_page(
    house: &House,
    visit: &Visit,
    contact: ContactId,
    form: Form,
    around: Around,
    seen: Option<(&ContactView, Logged)>,
    restored: String,
    status: StatusCode,
) -> Answer {
    let t = visit.t();
    let desk = desk(house)?;
    let view = seen.as_ref().map(|(view, _)| *view);
    let channels: Vec<_> = view
        .map(|view| {
            view.attempts
                .iter()
                .map(|attempt| attempt.channel)
                .collect()
        })
        .unwrap_or_default();
    let attempts = view
        .map(|view| attempts(&t, house, view))
        .unwrap_or_default();
    let template = EndPage {
        page: visit.page("end-title"),
        form,
        action: format!("/contacts/{contact}/end"),
        back: detail::contact_path(contact),
        head: view.map(|view| Head::of(&t, view)),
        endings: ENDINGS
            .iter()
            .map(|code| {
                Choice::new(*code, t.get(&format!("end-{code}")))
                    .hint(t.get(&format!("end-{code}-hint")))
            })
            .collect(),
        doers: around.doers,
        attempts,
        rule: rule_in_words(&t, &desk.settings, &channels),
        has_code: around.has_code,
        draft: draft_key(contact, "end"),
        restored,
    };
    Ok(match seen {
        Some((_, logged)) => client_page_with_status(status, template, logged),
        None => page_with_status(status, template),
    })
}

fn attempts(t: &web::Texts, house: &House, view: &ContactView) -> Vec<Line> {
    view.attempts
        .iter()
        .map(|attempt| Line {
            at: t.when(attempt.at, house.now()),
            iso: attempt.at.to_string(),
            head: joined([
                capital(&word(t, "channel", attempt.channel.code())).as_str(),
                attempt.staff.as_str(),
            ]),
            body: attempt.body.clone(),
            own: false,
        })
        .collect()
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    posted: Posted,
) -> Answer {
    let contact: ContactId = id(&contact)?;
    let mut form = posted.form();
    let around = around(&house, &visit, &user, contact).await?;
    let ending = read_ending(&mut form, &around, house.today());
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Some(ending) = ending.filter(|_| form.is_valid()) {
        let key = draft_key(contact, "end");
        let ended = run(&house, &user, move |tx, desk, worker| {
            end(tx, desk, worker, contact, &ending)?;
            drafts::delete(tx, worker.staff.bytes(), &key)?;
            Ok(())
        })
        .await?;
        match ended {
            Ok(()) => return Ok(go_to(&format!("/contacts/{contact}?done=ended"))),
            Err(error) => {
                let refusal = refusal::of(&house, &visit.t(), Some(contact), error).await?;
                form.error_with("", refusal.key, refusal.args);
                status = StatusCode::CONFLICT;
            }
        }
    }
    match open(&house, &user, contact, String::new()).await {
        Ok((view, _, logged)) => end_page(
            &house,
            &visit,
            contact,
            form,
            around,
            Some((&view, logged)),
            String::new(),
            status,
        ),
        Err(Failure::NotFound) => end_page(
            &house,
            &visit,
            contact,
            form,
            around,
            None,
            String::new(),
            status,
        ),
        Err(failure) => Err(failure),
    }
}

/// Reads the chosen ending and checks its own fields only; what is wrong is marked in the form.
fn read_ending(form: &mut Form, around: &Around, today: kernel::time::Date) -> Option<Ending> {
    match form.value("ending") {
        "next_step" => read_next_step(form, around, today),
        "not_wanted" => {
            let own_words = form.require("own_words", "end-own-words-missing", LONGEST);
            Some(Ending::NotWanted { own_words })
        }
        "not_reached" => Some(Ending::NotReached {
            tried: form.require("tried", "end-tried-missing", LONGEST),
        }),
        "unknown_caller" => Some(Ending::UnknownCaller {
            advised: form.require("advised", "end-advised-missing", LONGEST),
        }),
        _ => {
            form.error("ending", "end-missing");
            None
        }
    }
}

fn read_next_step(form: &mut Form, around: &Around, today: kernel::time::Date) -> Option<Ending> {
    let what = form.require("what", "end-what-missing", LONGEST);
    let (who, who_staff) = read_doer(form, around);
    let by = form.day("by");
    match by {
        Some(by) if by < today => form.error("by", "end-by-past"),
        Some(_) => {}
        None if form.text("by").is_none() => form.error("by", "end-by-missing"),
        // A mistyped day is marked already.
        None => {}
    }
    let told = form.has("told", "yes");
    if !told && !around.has_code {
        form.error("told", "end-told-missing");
    }
    Some(Ending::NextStep {
        what,
        who,
        who_staff,
        by: by?,
        told,
    })
}

/// One doer: a colleague, or somebody outside by name.
fn read_doer(form: &mut Form, around: &Around) -> (String, Option<StaffId>) {
    let partner = form.optional("who_partner", 200);
    let staff = form.text("who_staff").map(str::to_owned);
    match (staff, partner) {
        (Some(_), Some(_)) => {
            form.error("who_staff", "end-who-one");
            (String::new(), None)
        }
        (Some(value), None) => {
            let chosen = people::chosen(&around.doers, &value)
                .and_then(|pick| pick.value.parse::<StaffId>().ok())
                .and_then(|id| around.colleagues.iter().find(|one| one.id == id));
            if let Some(colleague) = chosen {
                return (colleague.name.clone(), Some(colleague.id));
            }
            form.error("who_staff", "end-who-away");
            (String::new(), None)
        }
        (None, Some(name)) => (name, None),
        (None, None) => {
            form.error("who_staff", "end-who-missing");
            (String::new(), None)
        }
    }
}
