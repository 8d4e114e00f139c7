//! A plan begins, or it is written down why none is made.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use casework::domain::MatterId;
use casework::store::view::{self, Shown};
use clients::{ClientId, Reader};
use documents::DocumentId;
use identity::session::CurrentUser;
use kernel::language::Language;
use store::Logged;
use web::{Answer, Choice, Failure, Form, House, Posted, Texts, Visit, drafts, go_to};

use crate::domain::place::Known;
use crate::domain::{PlanError, Skip, Stage};
use crate::glue::{casework, run};
use crate::pages::act_read::LONG;
use crate::pages::ask::{self, Ask, Block, Frame, Told};
use crate::pages::common::{id, path, refuse, word};
use crate::store::begin::{self, NewWaiver};
use crate::store::lists::{self, Waiver};
use crate::store::others::{self, Elsewhere};
use crate::store::{Opened, known};

/// Which of the two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    New,
    Skip,
}

impl Which {
    const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Skip => "skip",
        }
    }

    fn draft(self, matter: MatterId) -> String {
        format!("plan-{matter}-{}", self.code())
    }
}

/// A matter as these forms need it.
struct Ground {
    shown: Shown,
    /// Clients over whom the reader may make a plan.
    clients: Vec<(ClientId, String)>,
    /// Their plans, and whether the reader may see each.
    known: Vec<(Known, bool)>,
    elsewhere: Vec<Elsewhere>,
    waivers: Vec<Waiver>,
}

async fn open(
    house: &House,
    user: &CurrentUser,
    matter: MatterId,
    draft: String,
) -> Result<(Ground, Option<drafts::Draft>, Logged), Failure> {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    let (asked, now) = (reader.clone(), house.now());
    let receipt = house
        .store
        .show(move |tx| {
            let shown = view::read(tx, &casework, &asked, matter)?;
            let facts = shown.view.facts.clone().with_given(begin::MADE);
            let clients: Vec<(ClientId, String)> = shown
                .view
                .clients
                .iter()
                .filter(|card| {
                    facts
                        .authorise_over(&asked, "plan", "create", card.id)
                        .is_ok()
                })
                .map(|card| (card.id, card.name.clone()))
                .collect();
            let ids: Vec<ClientId> = clients.iter().map(|(id, _)| *id).collect();
            let mut plans = Vec::new();
            for one in known(tx, &ids)? {
                let seen = match Opened::load(tx, &asked, one.plan, now) {
                    Ok(opened) => opened.seen(&asked).is_ok(),
                    Err(PlanError::NotFound) => false,
                    Err(error) => return Err(error),
                };
                plans.push((one, seen));
            }
            let ground = Ground {
                clients,
                known: plans,
                elsewhere: others::elsewhere(tx, &ids)?,
                waivers: lists::waivers(tx, &ids)?,
                shown,
            };
            let draft = drafts::load(tx, asked.staff.bytes(), &draft)?;
            Ok::<_, PlanError>((ground, draft))
        })
        .await;
    let receipt = match receipt {
        Err(PlanError::NotFound) => {
            casework::glue::log_refusal(house, &reader, matter).await?;
            return Err(Failure::NotFound);
        }
        receipt => receipt?,
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    if receipt.value.0.clients.is_empty() {
        return Err(Failure::NotFound);
    }
    Ok((receipt.value.0, receipt.value.1, logged))
}

fn frame(visit: &Visit, matter: MatterId, which: Which, ground: Option<&Ground>) -> Frame {
    let t = visit.t();
    let code = which.code();
    Frame {
        heading: word(&t, "plan", &format!("{code}-title")),
        lead: word(&t, "plan", &format!("{code}-lead")),
        law: match which {
            Which::New => "SHL 39 §".to_owned(),
            Which::Skip => "SHL 39 § 1 mom., AsL 7 ja 8 §".to_owned(),
        },
        action: format!("/matters/{matter}/plans/{code}"),
        back: format!("/matters/{matter}"),
        back_label: t.get("plan-back-matter"),
        save: word(&t, "plan", &format!("{code}-save")),
        draft: which.draft(matter),
        people: ground.map_or_else(Vec::new, |ground| {
            ground
                .clients
                .iter()
                .map(|(_, name)| name.clone())
                .collect()
        }),
        told: ground.map_or_else(Vec::new, |ground| told(&t, matter, which, ground)),
        blocks: vec![match which {
            Which::New => new_block(&t, ground),
            Which::Skip => skip_block(&t, ground),
        }],
        ..Frame::default()
    }
}

/// What is to be known first: a plan that is there, a plan elsewhere, a reason why none was made, and the way to say so.
fn told(t: &Texts, matter: MatterId, which: Which, ground: &Ground) -> Vec<Told> {
    let name = |client: ClientId| {
        ground
            .clients
            .iter()
            .find(|(id, _)| *id == client)
            .map_or("", |(_, name)| name.as_str())
    };
    let mut told = Vec::new();
    for (one, seen) in &ground.known {
        let key = match one.stage {
            Stage::InForce => "plan-told-in-force",
            _ => "plan-told-being-made",
        };
        told.push(Told {
            href: if *seen { path(one.plan) } else { String::new() },
            text: t.with(key, &[("name", name(one.client).into())]),
        });
    }
    for one in &ground.elsewhere {
        told.push(Told {
            href: String::new(),
            text: t.with(
                "plan-told-elsewhere",
                &[
                    ("name", name(one.client).into()),
                    ("keeper", one.whose.as_str().into()),
                    ("day", t.day(one.known_on).into()),
                ],
            ),
        });
    }
    for one in &ground.waivers {
        told.push(Told {
            href: String::new(),
            text: t.with(
                "plan-told-skipped",
                &[
                    ("name", name(one.client).into()),
                    ("reason", word(t, "plan-skip", &one.reason).into()),
                    (
                        "words",
                        one.own_words.as_deref().unwrap_or(&one.words).into(),
                    ),
                ],
            ),
        });
    }
    if which == Which::New && ground.known.is_empty() {
        told.push(Told {
            href: format!("/matters/{matter}/plans/skip"),
            text: t.get("plan-skip-open"),
        });
    }
    told
}

fn people(ground: Option<&Ground>) -> Vec<Choice> {
    ground.map_or_else(Vec::new, |ground| {
        ground
            .clients
            .iter()
            .map(|(id, name)| Choice::new(id.to_string(), name.clone()))
            .collect()
    })
}

fn new_block(t: &Texts, ground: Option<&Ground>) -> Block {
    let people = people(ground);
    let mut asks = match &people[..] {
        [one] => vec![Ask::hidden("whose", &one.value)],
        _ => vec![
            Ask::checks("whose", t.get("plan-new-whose"), people)
                .hint(t.get("plan-new-whose-hint")),
        ],
    };
    let languages = ["fi", "sv", "en"]
        .into_iter()
        .map(|code| Choice::new(code, word(t, "plan-language", code)))
        .collect();
    asks.push(Ask::radios("language", t.get("plan-language"), languages));
    Block::plain(asks)
}

fn skip_block(t: &Texts, ground: Option<&Ground>) -> Block {
    let people = people(ground);
    let mut asks = match &people[..] {
        [one] => vec![Ask::hidden("whose", &one.value)],
        _ => vec![Ask::radios("whose", t.get("plan-whose"), people)],
    };
    let reasons = Skip::ALL
        .iter()
        .map(|one| Choice::new(one.code(), word(t, "plan-skip", one.code())))
        .collect();
    asks.extend([
        Ask::radios("reason", t.get("plan-skip-reason"), reasons),
        Ask::text("words", t.get("plan-skip-words")),
        Ask::text("own_words", t.get("plan-skip-own-words"))
            .hint(t.get("plan-skip-own-words-hint"))
            .optional(),
    ]);
    Block::plain(asks)
}

async fn show(house: House, visit: Visit, user: CurrentUser, matter: &str, which: Which) -> Answer {
    let matter: MatterId = id(matter)?;
    let (ground, draft, logged) = open(&house, &user, matter, which.draft(matter)).await?;
    if ground.shown.view.facts.life.holder().is_none() {
        return Ok(go_to(&format!("/matters/{matter}")));
    }
    let mut form = Form::new();
    form.set("language", visit.t().language().code());
    for (client, _) in &ground.clients {
        form.add("whose", client.to_string());
    }
    let mut f = frame(&visit, matter, which, Some(&ground));
    if let Some(draft) = draft {
        draft.fill(&mut form);
        f.restored = visit.t().when(draft.saved_at, house.now());
    }
    ask::show(&visit, f, form, None, StatusCode::OK, Some(logged))
}

async fn again(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    (matter, which): (MatterId, Which),
    form: Form,
    status: StatusCode,
) -> Answer {
    match open(house, user, matter, String::new()).await {
        Ok((ground, _, logged)) => {
            let f = frame(visit, matter, which, Some(&ground));
            ask::show(visit, f, form, None, status, Some(logged))
        }
        Err(Failure::NotFound) => {
            let f = frame(visit, matter, which, None);
            ask::show(visit, f, form, None, status, None)
        }
        Err(failure) => Err(failure),
    }
}

pub(super) async fn show_new(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
) -> Answer {
    show(house, visit, user, &matter, Which::New).await
}

pub(super) async fn show_skip(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
) -> Answer {
    show(house, visit, user, &matter, Which::Skip).await
}

/// `POST /matters/{id}/plans/new`.
pub(super) async fn send_new(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
    posted: Posted,
) -> Answer {
    let at: (MatterId, Which) = (id(&matter)?, Which::New);
    let mut form = posted.form();
    let clients: Vec<ClientId> = form
        .values("whose")
        .iter()
        .filter_map(|one| one.parse().ok())
        .collect();
    if clients.is_empty() {
        form.error("whose", "plan-whose-missing");
    }
    let language = Language::from_code(form.value("language")).filter(|one| *one != Language::Easy);
    if language.is_none() {
        form.error("language", "plan-language-missing");
    }
    let Some(language) = language.filter(|_| form.is_valid()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return again(&house, &visit, &user, at, form, status).await;
    };
    let key = at.1.draft(at.0);
    let begun = run(&house, &user, move |tx, casework, reader| {
        let plan = begin::begin(tx, casework, reader, at.0, &clients, language)?;
        drafts::delete(tx, reader.staff.bytes(), &key)?;
        Ok::<DocumentId, PlanError>(plan)
    })
    .await?;
    match begun {
        Ok(plan) => Ok(go_to(&format!("{}?done=begun", path(plan)))),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            again(&house, &visit, &user, at, form, status).await
        }
    }
}

/// `POST /matters/{id}/plans/skip`.
pub(super) async fn send_skip(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
    posted: Posted,
) -> Answer {
    let at: (MatterId, Which) = (id(&matter)?, Which::Skip);
    let mut form = posted.form();
    let Some(new) = read_skip(&mut form).filter(|_| form.is_valid()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return again(&house, &visit, &user, at, form, status).await;
    };
    let key = at.1.draft(at.0);
    let done = run(&house, &user, move |tx, casework, reader| {
        begin::waive(tx, casework, reader, at.0, &new)?;
        drafts::delete(tx, reader.staff.bytes(), &key)?;
        Ok(())
    })
    .await?;
    match done {
        Ok(()) => Ok(go_to(&format!("/matters/{}", at.0))),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            again(&house, &visit, &user, at, form, status).await
        }
    }
}

fn read_skip(form: &mut Form) -> Option<NewWaiver> {
    let client = form.value("whose").parse().ok();
    if client.is_none() {
        form.error("whose", "plan-whose-missing");
    }
    let reason = Skip::from_code(form.value("reason"));
    if reason.is_none() {
        form.error("reason", "plan-skip-reason-missing");
    }
    let words = form.require("words", "plan-skip-words-missing", LONG);
    let own_words = if reason == Some(Skip::Declined) {
        Some(form.require("own_words", "plan-skip-own-words-missing", LONG))
    } else {
        form.optional("own_words", LONG)
    };
    Some(NewWaiver {
        client: client?,
        reason: reason?,
        words,
        own_words,
    })
}
