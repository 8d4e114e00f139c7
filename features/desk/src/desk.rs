//! `GET /desk`: what this worker has promised, holds and is asked.

use askama::Template;
use axum::extract::State;
use clients::pages::told::{self, ToldRow};
use identity::notices;
use identity::session::CurrentUser;
use intake::domain::urgency::Urgency;
use intake::domain::{ContactId, IntakeError};
use intake::glue;
use intake::store::Worker;
use intake::store::facts::{WRITTEN, authorise};
use intake::store::view::OfferToMe;
use intake::store::worklist::{self, Held, MOST_HELD, Worklist};
use kernel::time::{Timestamp, day};
use store::{Query, StoreError, params};
use web::{Answer, Failure, House, Page, Texts, Visit, client_page};

use crate::board::{Board, board};
use crate::notice::{self, Notice, Pairs};
use crate::words::{self, Due};

/// An offer waiting for this worker's answer.
pub struct OfferBox {
    pub accept: String,
    pub refuse: String,
    /// Element id of the heading.
    pub id: String,
    pub heading: String,
    pub reason: String,
    pub meta: String,
    pub warm: bool,
}

/// A contact that the worker answers for.
pub struct HeldRow {
    pub href: String,
    pub title: String,
    pub who: String,
    /// The urgency's word when it is "now"; empty otherwise.
    pub urgent: String,
    /// That a hand-over offer waits for its answer; empty otherwise.
    pub offered: String,
    pub due: Due,
}

/// Text that waits to be finished.
pub struct DraftRow {
    pub href: String,
    pub label: String,
    pub saved: String,
}

#[derive(Template)]
#[template(path = "desk.html")]
pub struct DeskPage {
    pub page: Page,
    pub lead: String,
    pub notice: Option<Notice>,
    /// What the worker is told of her own keys and bars, and of her people's.
    pub told: Vec<notices::Line>,
    /// What the worker was told at once about her clients.
    pub clients_told: Vec<ToldRow>,
    pub board: Board,
    pub offers: Vec<OfferBox>,
    pub held: Vec<HeldRow>,
    /// More contacts are held than the desk shows.
    pub more_held: bool,
    pub drafts: Vec<DraftRow>,
    pub may_write_contacts: bool,
    pub may_advise: bool,
}

pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    pairs: Pairs,
) -> Answer {
    let desk = glue::desk(&house)?;
    let worker = Worker::from(&user);
    let may = |class, action| authorise(&worker, class, action, &[], WRITTEN, desk.now()).is_ok();
    let rights = (may("contact", "create"), may("advice", "create"));
    let receipt = house
        .store
        .show(move |tx| {
            let list = worklist::read(tx, &desk, &worker)?;
            let drafts = drafts(tx, worker.staff.bytes())?;
            let told = notices::unseen(tx, worker.staff, desk.now())?;
            Ok::<_, IntakeError>((list, drafts, told))
        })
        .await?;
    let (list, drafts, told) = receipt.value;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading of the desk without a log entry"))?;
    let notice = notice::of(&pairs, &visit.t());
    let mut page = page_of(visit.page("desk-title"), &list, &drafts, notice, rights);
    page.told = notices::lines(&told, &visit.t(), page.page.now);
    page.clients_told = told::unseen(&house, &user, &visit.t(), "desk").await?;
    Ok(client_page(page, logged))
}

/// A row of the drafts' table.
pub struct SavedDraft {
    pub key: String,
    pub saved_at: Timestamp,
}

fn drafts(query: &mut impl Query, owner: [u8; 16]) -> Result<Vec<SavedDraft>, StoreError> {
    query
        .query("select form_key, saved_at from draft where owner = $1 order by saved_at desc, form_key limit 20", &params![owner])?
        .iter()
        .map(|row| Ok(SavedDraft { key: row.get(0)?, saved_at: row.get(1)? }))
        .collect()
}

/// Builds the page. Pure.
pub fn page_of(
    page: Page,
    list: &Worklist,
    drafts: &[SavedDraft],
    notice: Option<Notice>,
    (may_write_contacts, may_advise): (bool, bool),
) -> DeskPage {
    let (t, now) = (page.t.clone(), page.now);
    let board = board(list, &t, now);
    DeskPage {
        lead: lead(&t, now, &board),
        notice,
        told: Vec::new(),
        clients_told: Vec::new(),
        offers: list
            .offers
            .iter()
            .map(|offer| offer_box(&t, offer, now))
            .collect(),
        held: list
            .held
            .iter()
            .map(|held| held_row(&t, held, now))
            .collect(),
        more_held: i64::try_from(list.held.len()).is_ok_and(|count| count >= MOST_HELD),
        drafts: drafts
            .iter()
            .filter_map(|draft| draft_row(&t, list, draft, now))
            .collect(),
        board,
        page,
        may_write_contacts,
        may_advise,
    }
}

fn lead(t: &Texts, now: Timestamp, board: &Board) -> String {
    t.with(
        "desk-lead",
        &[
            ("date", words::today(t, day(now)).into()),
            (
                "late",
                t.with("desk-lead-late", &[("count", board.late.into())])
                    .into(),
            ),
            (
                "today",
                t.with("desk-lead-today", &[("count", board.today.into())])
                    .into(),
            ),
        ],
    )
}

fn offer_box(t: &Texts, offer: &OfferToMe, now: Timestamp) -> OfferBox {
    let from = if offer.to_me {
        "desk-offer-meta"
    } else {
        "desk-offer-meta-unit"
    };
    let until = t.when(offer.answer_by, now);
    let heading = match &offer.person {
        Some(person) => t.with(
            "desk-offer-of",
            &[("person", person.into()), ("title", (&offer.title).into())],
        ),
        None => t.with("desk-offer-nameless", &[("title", (&offer.title).into())]),
    };
    OfferBox {
        accept: format!("/offers/{}/accept", offer.id),
        refuse: format!("/offers/{}/refuse", offer.id),
        id: format!("offer-{}", offer.id),
        heading,
        reason: offer.reason.clone(),
        meta: t.with(
            from,
            &[("from", (&offer.from).into()), ("until", until.into())],
        ),
        warm: offer.warm,
    }
}

fn held_row(t: &Texts, held: &Held, now: Timestamp) -> HeldRow {
    let due = if held.answered {
        Due {
            text: t.get("desk-answered"),
            color: "",
            iso: String::new(),
        }
    } else {
        words::due_on(t, held.answer_due, day(now))
    };
    HeldRow {
        href: format!("/contacts/{}", held.id),
        title: held.title.clone(),
        who: words::person(t, held.person.as_deref()),
        urgent: if held.urgency == Urgency::Now {
            words::word(t, "urgency", held.urgency.code())
        } else {
            String::new()
        },
        offered: if held.offered {
            t.get("desk-offer-open")
        } else {
            String::new()
        },
        due,
    }
}

/// A draft's page and name by its key; a key of no page of ours is left out.
fn draft_row(t: &Texts, list: &Worklist, draft: &SavedDraft, now: Timestamp) -> Option<DraftRow> {
    let (href, label) = match draft.key.as_str() {
        "contact-new" => ("/contacts/new".to_owned(), t.get("desk-draft-contact")),
        crate::advice::DRAFT => ("/advice".to_owned(), t.get("desk-draft-advice")),
        key => {
            let (room, rest) = key.split_once('-')?;
            let id = rest.get(..36)?;
            let form = rest.get(36..).unwrap_or_default().trim_start_matches('-');
            match room {
                "task" => (format!("/tasks/{id}"), t.get("desk-draft-task")),
                "contact" => {
                    let contact: ContactId = id.parse().ok()?;
                    let title = title_of(list, contact)
                        .map_or_else(|| t.get("desk-draft-other"), str::to_owned);
                    (
                        contact_form(id, form),
                        t.with("desk-draft-of", &[("title", title.into())]),
                    )
                }
                _ => return None,
            }
        }
    };
    Some(DraftRow {
        href,
        label,
        saved: t.when(draft.saved_at, now),
    })
}

/// Forms of a contact have pages of their own.
fn contact_form(id: &str, form: &str) -> String {
    const FORMS: [&str; 9] = [
        "note",
        "attempt",
        "call",
        "urgency",
        "message",
        "offer",
        "end",
        "reopen",
        "take-over",
    ];
    if FORMS.contains(&form) {
        format!("/contacts/{id}/{form}")
    } else {
        format!("/contacts/{id}")
    }
}

/// The title, when the contact is on this desk anyway.
fn title_of(list: &Worklist, contact: ContactId) -> Option<&str> {
    let held = list
        .held
        .iter()
        .find(|held| held.id == contact)
        .map(|held| held.title.as_str());
    let task = || {
        list.tasks
            .iter()
            .find(|task| task.contact == contact)
            .map(|task| task.title.as_str())
    };
    let offer = || {
        list.offers
            .iter()
            .find(|offer| offer.contact == contact)
            .map(|offer| offer.title.as_str())
    };
    held.or_else(task).or_else(offer)
}
