//! `GET /desk`: what this worker has promised, holds and is asked.

use std::collections::BTreeSet;
use std::sync::Arc;

use access::rights::RightsTable;
use askama::Template;
use axum::extract::State;
use casework::sources::{self, MyClient, OfferedMatter, Share};
use casework::work::{Done, Dones, Draft, Drafts, Work, Works};
use clients::pages::told::{self, ToldRow};
use clients::{ClientId, Reader};
use identity::notices;
use identity::session::CurrentUser;
use intake::domain::IntakeError;
use intake::domain::urgency::Urgency;
use intake::glue;
use intake::store::Worker;
use intake::store::facts::{WRITTEN, authorise};
use intake::store::view::OfferToMe;
use intake::store::worklist::{self, Held, MOST_HELD, Worklist};
use kernel::time::{Timestamp, day};
use store::{Query, ShowTx, StoreError};
use web::drafts::DraftNames;
use web::{Answer, Choice, Failure, Form, House, Page, Texts, Visit, client_page};

use crate::board::{Board, board};
use crate::done::{self, DoneRow};
use crate::drafts::{self, DraftRow, SavedDraft};
use crate::mine::{self, Mine};
use crate::notice::{self, Notice, Pairs};
use crate::words::{self, Due};

/// Late rows at first sight.
const MOST_LATE: usize = 12;

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
    /// What an empty board says to whoever has these tasks.
    pub empty: &'static str,
    /// And an empty list of one's own clients.
    pub mine_empty: &'static str,
    /// Late rows behind a link.
    pub more_late: usize,
    /// What was done today; `None` until it is asked for.
    pub done: Option<Vec<DoneRow>>,
    pub offers: Vec<OfferBox>,
    pub held: Vec<HeldRow>,
    /// More contacts are held than the desk shows.
    pub more_held: bool,
    pub drafts: Vec<DraftRow>,
    pub mine: Mine,
    /// Clients for the quick note; empty for whoever writes no notes.
    pub note_for: Vec<Choice>,
    /// What was typed into the quick note before it could not be begun.
    pub quick: Form,
    pub may_write_contacts: bool,
    pub may_advise: bool,
    /// The worker's tasks answer for contacts.
    pub may_hold: bool,
    /// Something may be offered to the worker.
    pub may_be_offered: bool,
    /// The worker's tasks make somebody's own worker, substitute or holder.
    pub may_have_clients: bool,
}

/// What the worker's tasks open at all: the parts of the desk.
#[derive(Debug, Clone, Copy)]
pub struct Rights {
    pub contacts: bool,
    pub advice: bool,
    pub hold: bool,
    pub offers: bool,
    pub share: bool,
    pub clients: bool,
    pub notes: bool,
    /// What one writes goes to a tutor.
    pub tutored: bool,
    pub leads: bool,
}

impl Rights {
    /// The message of a desk without work: where the next work of this worker comes from.
    const fn empty(self) -> &'static str {
        if self.tutored {
            "desk-work-empty-tutored"
        } else if self.leads {
            "desk-work-empty-lead"
        } else if self.hold {
            "desk-work-empty"
        } else if self.clients {
            "desk-work-empty-clients"
        } else {
            "desk-work-empty-other"
        }
    }
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
    let ever = |class, action| {
        RightsTable::built_in().may_ever(&worker.subject, class, action, day(desk.now()))
    };
    let rights = Rights {
        contacts: may("contact", "create"),
        advice: may("advice", "create"),
        hold: ever("contact", "finish"),
        offers: ever("offer", "approve"),
        share: ever("matter", "finish"),
        clients: ever("matter", "read"),
        notes: ever("note", "create"),
        tutored: ever("note", "create") && !ever("note", "finish"),
        leads: ever("contact", "take_over"),
    };
    let (t, now) = (visit.t(), desk.now());
    let (sources, more) = (house.extra::<Works>(), house.extra::<Drafts>());
    let (finished, with_done) = (house.extra::<Dones>(), asks(&pairs, "with", "done"));
    let asked = t.clone();
    let receipt = house
        .store
        .show(move |tx| {
            let reader = Reader::from(&worker);
            let works = works(tx, &sources, &reader, &asked, now)?;
            let since = with_done.then(|| done::since(now));
            let mine = sources::my_clients(tx, &reader, now)?;
            let seen = Seen {
                matters: sources::offered(tx, &reader, &asked, now)?,
                total: mine.len(),
                mine: mine::shown(mine, &works),
                works,
                share: sources::own_share(tx, &reader, now)?,
                documents: documents(tx, more.as_deref(), &reader, &asked, now)?,
                saved: drafts::saved(tx, worker.staff.bytes())?,
                told: notices::unseen(tx, worker.staff, now)?,
                quick: quick(tx, worker.staff.bytes())?,
                done: done::read(tx, finished.as_deref(), &reader, &asked, (since, now))?,
                list: Worklist::default(),
            };
            let list = worklist::read_with(tx, &desk, &worker, &seen.clients(), since)?;
            Ok::<_, IntakeError>(Seen { list, ..seen })
        })
        .await?;
    let seen = receipt.value;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading of the desk without a log entry"))?;
    let notice = notice::of(&pairs, &t);
    let names = house.extra::<DraftNames>().unwrap_or_default();
    let mut page = page_of(visit.page("desk-title"), &seen, &names, notice, rights);
    page.done = with_done.then(|| done::rows(&t, &seen.list.kept, &seen.done));
    if !pairs.iter().any(|(name, _)| name == "late") {
        page.more_late = page.board.shorten(MOST_LATE);
    }
    page.told = notices::lines(&seen.told, &t, page.page.now);
    page.clients_told = told::unseen(&house, &user, &t, "desk").await?;
    Ok(client_page(page, logged))
}

/// Whether an address asks for something more.
fn asks(pairs: &Pairs, name: &str, what: &str) -> bool {
    pairs
        .iter()
        .any(|(own, value)| own == name && value == what)
}

/// Everything that the desk is made from.
pub struct Seen {
    pub list: Worklist,
    pub works: Vec<Work>,
    pub matters: Vec<OfferedMatter>,
    /// Those of one's own clients who stand on the desk.
    pub mine: Vec<MyClient>,
    /// How many there are.
    pub total: usize,
    pub share: Share,
    pub documents: Vec<Draft>,
    pub done: Vec<Done>,
    pub saved: Vec<SavedDraft>,
    pub told: Vec<notices::Notice>,
    pub quick: Form,
}

/// The draft of the three fields, which the room of notes keeps when no note can be begun from them.
fn quick(tx: &mut impl Query, owner: [u8; 16]) -> Result<Form, StoreError> {
    let mut form = Form::new();
    if let Some(draft) = web::drafts::load(tx, owner, "quick-note")? {
        draft.fill(&mut form);
    }
    Ok(form)
}

impl Seen {
    /// The clients whom rows of other rooms show.
    fn clients(&self) -> BTreeSet<ClientId> {
        let works = self.works.iter().flat_map(|one| one.clients.clone());
        let offered = self.matters.iter().flat_map(|one| one.clients.clone());
        let drafts = self.documents.iter().flat_map(|one| one.clients.clone());
        let mine = self.mine.iter().map(|one| one.client);
        let done = self.done.iter().flat_map(|one| one.clients.clone());
        let shown = works.chain(offered).chain(drafts);
        shown.chain(mine).chain(done).collect()
    }
}

/// The rows of every room.
pub(crate) fn works(
    tx: &mut ShowTx<'_, '_>,
    sources: &Option<Arc<Works>>,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Work>, StoreError> {
    let mut works = Vec::new();
    for source in sources.iter().flat_map(|works| &works.0) {
        works.extend(source(tx, reader, t, now)?);
    }
    Ok(works)
}

fn documents(
    tx: &mut ShowTx<'_, '_>,
    sources: Option<&Drafts>,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Draft>, StoreError> {
    let mut drafts = Vec::new();
    for source in sources.iter().flat_map(|drafts| &drafts.0) {
        drafts.extend(source(tx, reader, t, now)?);
    }
    Ok(drafts)
}

/// Builds the page. Pure.
pub fn page_of(
    page: Page,
    seen: &Seen,
    names: &DraftNames,
    notice: Option<Notice>,
    may: Rights,
) -> DeskPage {
    let (t, now) = (page.t.clone(), page.now);
    let list = &seen.list;
    let board = board(list, &seen.works, &t, now);
    let contacts = i64::try_from(list.held.len()).unwrap_or(i64::MAX);
    let matters = seen.matters.iter().map(|one| matter_box(&t, one, now));
    DeskPage {
        lead: lead(&t, now, &board),
        notice,
        told: Vec::new(),
        clients_told: Vec::new(),
        offers: list
            .offers
            .iter()
            .map(|offer| offer_box(&t, offer, now))
            .chain(matters)
            .collect(),
        held: list
            .held
            .iter()
            .map(|held| held_row(&t, held, now))
            .collect(),
        more_held: i64::try_from(list.held.len()).is_ok_and(|count| count >= MOST_HELD),
        drafts: drafts::rows(&t, list, names, &seen.saved, &seen.documents, now),
        mine: mine::mine(
            &t,
            (&seen.mine, seen.total),
            &seen.works,
            may.share.then_some((&seen.share, contacts)),
            now,
        ),
        note_for: if may.notes {
            let clients = seen.mine.iter();
            clients
                .map(|one| Choice::new(one.client.to_string(), one.name.clone()))
                .collect()
        } else {
            Vec::new()
        },
        quick: seen.quick.clone(),
        may_hold: may.hold,
        may_be_offered: may.offers,
        may_have_clients: may.clients,
        board,
        empty: may.empty(),
        mine_empty: if may.tutored {
            "desk-mine-empty-tutored"
        } else {
            "desk-mine-empty"
        },
        more_late: 0,
        done: None,
        page,
        may_write_contacts: may.contacts,
        may_advise: may.advice,
    }
}

/// An offer of a matter, beside those of contacts.
fn matter_box(t: &Texts, one: &OfferedMatter, now: Timestamp) -> OfferBox {
    let from = if one.to_me {
        "desk-offer-meta"
    } else {
        "desk-offer-meta-unit"
    };
    let until = t.when(one.answer_by, now);
    OfferBox {
        accept: one.accept.clone(),
        refuse: one.refuse.clone(),
        id: format!("matter-offer-{}", one.id),
        heading: t.with(
            "desk-offer-of",
            &[
                ("person", one.who.as_str().into()),
                ("title", one.title.as_str().into()),
            ],
        ),
        reason: one.reason.clone(),
        meta: t.with(
            from,
            &[("from", one.from.as_str().into()), ("until", until.into())],
        ),
        warm: false,
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
