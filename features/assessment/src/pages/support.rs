//! Whether a client needs special support (SHL 3 § 1 item 3): the judgement with its grounds, its review, its end.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use casework::domain::special_support::{
    DecidesWho, Judgement, JudgementFault, SupportGround, usual_review,
};
use casework::domain::{MatterError, MatterId, RowId};
use casework::glue::{casework, log_refusal};
use casework::pages::{capital, word};
use casework::store::special_support::{self, SpecialSupport, SupportError};
use casework::store::view;
use clients::{ClientId, Reader};
use documents::DocumentId;
use identity::session::CurrentUser;
use store::Logged;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit, client_page_with_status,
    drafts, go_to,
};

use crate::pages::glue::{self, id};
use crate::pages::words::written;

/// Longest text.
const LONG: usize = 4_000;

/// An earlier judgement in words.
struct Past {
    line: String,
    meta: String,
    words: String,
}

#[derive(Template)]
#[template(path = "special-support.html")]
struct SupportPage {
    page: Page,
    form: Form,
    action: String,
    back: String,
    draft: String,
    restored: String,
    name: String,
    client: String,
    grounds: Vec<Choice>,
    decides: Vec<Choice>,
    current: Option<Past>,
    based_on: String,
    past: Vec<Past>,
    from: String,
}

fn draft_key(client: ClientId) -> String {
    format!("special-support-{client}")
}

struct Read {
    client: ClientId,
    name: String,
    history: Vec<SpecialSupport>,
    draft: Option<drafts::Draft>,
}

async fn look(
    house: &House,
    user: &CurrentUser,
    matter: MatterId,
    client: Option<ClientId>,
) -> Result<(Read, Logged), Failure> {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    let asked = reader.clone();
    let receipt = house
        .store
        .show(move |tx| {
            let shown = view::read(tx, &casework, &asked, matter)?;
            // The only client of a matter needs no naming.
            let card = match (client, shown.view.clients.as_slice()) {
                (None, [only]) => Some(only),
                (None, _) => None,
                (Some(client), cards) => cards.iter().find(|card| card.id == client),
            };
            let card = card.ok_or(MatterError::NotFound)?;
            let (client, name) = (card.id, card.name.clone());
            if !special_support::may_judge(&shown.view.facts, &asked, client) {
                return Err(MatterError::NotFound);
            }
            let history = special_support::history(tx, client)?;
            let draft = drafts::load(tx, asked.staff.bytes(), &draft_key(client))?;
            Ok::<_, MatterError>(Read {
                client,
                name,
                history,
                draft,
            })
        })
        .await;
    let receipt = match receipt {
        Err(MatterError::NotFound) => {
            log_refusal(house, &reader, matter).await?;
            return Err(Failure::NotFound);
        }
        receipt => receipt?,
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    Ok((receipt.value, logged))
}

fn pair_value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs
        .iter()
        .find(|(own, _)| own == name)
        .map_or("", |(_, value)| value.as_str())
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let matter: MatterId = id(&matter)?;
    let named = pair_value(&pairs, "client");
    let client = if named.is_empty() {
        None
    } else {
        Some(id(named)?)
    };
    let (read, logged) = look(&house, &user, matter, client).await?;
    let client = read.client;
    let mut form = Form::new();
    let today = house.today();
    form.set("decides", DecidesWho::SocialWorker.code());
    form.set("assessed_on", written(&today.to_string()));
    form.set("review_on", written(&usual_review(today).to_string()));
    form.set("from", pair_value(&pairs, "from"));
    if let Some(current) = in_force(&read.history) {
        for ground in &current.judgement.grounds {
            form.add("grounds", ground.code());
        }
        form.set("words", current.judgement.words.as_str());
        form.set("decides", current.judgement.decides.code());
        form.set("decides_words", current.judgement.decides_words.as_str());
    }
    let mut restored = String::new();
    if let Some(draft) = &read.draft {
        form = Form::new();
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let page = page_of(&visit, matter, client, &read, form, restored);
    Ok(client_page_with_status(StatusCode::OK, page, logged))
}

fn in_force(history: &[SpecialSupport]) -> Option<&SpecialSupport> {
    history.iter().find(|one| one.ended.is_none())
}

fn past(t: &Texts, one: &SpecialSupport) -> Past {
    let grounds: Vec<_> = one
        .judgement
        .grounds
        .iter()
        .map(|ground| word(t, "support-ground", ground.code()))
        .collect();
    let meta = t.with(
        "assessment-support-meta",
        &[
            ("name", glue::arg(&one.assessor)),
            ("day", t.full_day(one.judgement.assessed_on).into()),
            ("review", t.full_day(one.judgement.review_on).into()),
        ],
    );
    let words = match &one.ended {
        Some(end) if end.over => {
            let day = t.full_day(kernel::time::day(end.at));
            let over = t.with(
                "support-over",
                &[("day", day.into()), ("words", glue::arg(&end.words))],
            );
            format!("{}\n{over}", one.judgement.words)
        }
        _ => one.judgement.words.clone(),
    };
    Past {
        line: capital(&grounds.join(", ")),
        meta,
        words,
    }
}

fn back(form: &Form, matter: MatterId) -> String {
    form.value("from")
        .parse::<DocumentId>()
        .map_or_else(|_| format!("/matters/{matter}"), glue::path)
}

fn page_of(
    visit: &Visit,
    matter: MatterId,
    client: ClientId,
    read: &Read,
    form: Form,
    restored: String,
) -> SupportPage {
    let t = visit.t();
    let current = in_force(&read.history);
    let choice = |family: &str, code: &str| Choice::new(code, capital(&word(&t, family, code)));
    SupportPage {
        page: visit.page("support-title"),
        action: format!("/matters/{matter}/special-support"),
        back: back(&form, matter),
        draft: draft_key(client),
        restored,
        name: read.name.clone(),
        client: client.to_string(),
        grounds: SupportGround::ALL
            .iter()
            .map(|ground| choice("support-ground", ground.code()))
            .collect(),
        decides: DecidesWho::ALL
            .iter()
            .map(|who| choice("support-decides", who.code()))
            .collect(),
        current: current.map(|one| past(&t, one)),
        based_on: current.map_or_else(String::new, |one| one.id.to_string()),
        past: read
            .history
            .iter()
            .filter(|one| one.ended.is_some())
            .map(|one| past(&t, one))
            .collect(),
        from: form.value("from").to_owned(),
        form,
    }
}

/// What the form asks for.
enum Wanted {
    Record(Judgement, Option<RowId>),
    End(RowId, String),
}

fn read_form(form: &mut Form) -> Option<Wanted> {
    let based_on: Option<RowId> = form.value("based_on").parse().ok();
    if form.value("act") == "end" {
        let words = form.require("end_words", "support-end-missing", LONG);
        return based_on.map(|row| Wanted::End(row, words));
    }
    let grounds = SupportGround::ALL
        .iter()
        .copied()
        .filter(|ground| form.has("grounds", ground.code()))
        .collect();
    let words = form.optional("words", LONG).unwrap_or_default();
    let decides_words = form.optional("decides_words", LONG).unwrap_or_default();
    let (assessed_on, review_on) = (form.day("assessed_on"), form.day("review_on"));
    for (day, name) in [(assessed_on, "assessed_on"), (review_on, "review_on")] {
        if day.is_none() && form.text(name).is_none() {
            form.error(name, "support-day-missing");
        }
    }
    let decides = DecidesWho::from_code(form.value("decides"));
    if decides.is_none() {
        form.error("decides", "support-decides-missing");
    }
    let judgement = Judgement {
        grounds,
        words,
        decides: decides?,
        decides_words,
        assessed_on: assessed_on?,
        review_on: review_on?,
    };
    Some(Wanted::Record(judgement, based_on))
}

/// Where a fault of a judgement stands.
const fn fault(fault: JudgementFault) -> (&'static str, &'static str) {
    match fault {
        JudgementFault::Grounds => ("grounds", "support-grounds-missing"),
        JudgementFault::Words => ("words", "support-words-missing"),
        JudgementFault::DecidesWords => ("decides_words", "support-decides-words-missing"),
        JudgementFault::AssessedOn => ("assessed_on", "support-assessed-wrong"),
        JudgementFault::ReviewOn => ("review_on", "support-review-wrong"),
    }
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
    posted: Posted,
) -> Answer {
    let matter: MatterId = id(&matter)?;
    let mut form = posted.form();
    let client: ClientId = id(form.value("client"))?;
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let wanted = read_form(&mut form);
    if let Wanted::Record(judgement, _) = wanted
        .as_ref()
        .unwrap_or(&Wanted::End(RowId::from_bytes([0; 16]), String::new()))
        && form.is_valid()
        && let Err(missing) = judgement.check(house.today())
    {
        let (field, key) = fault(missing);
        form.error(field, key);
    }
    if let Some(wanted) = wanted.filter(|_| form.is_valid()) {
        let (casework, reader) = (casework(&house)?, Reader::from(&user));
        let key = draft_key(client);
        let done = house
            .store
            .write(move |tx| {
                let about = (matter, client);
                match wanted {
                    Wanted::Record(judgement, based_on) => {
                        special_support::record(
                            tx, &casework, &reader, about, &judgement, based_on,
                        )?;
                    }
                    Wanted::End(based_on, words) => {
                        special_support::end(tx, &casework, &reader, about, based_on, &words)?;
                    }
                }
                drafts::delete(tx, reader.staff.bytes(), &key)?;
                Ok::<_, SupportError>(())
            })
            .await;
        match done {
            Ok(_) => {
                let back = back(&form, matter);
                let done = if back.starts_with("/assessments/") {
                    "?done=support"
                } else {
                    ""
                };
                return Ok(go_to(&format!("{back}{done}")));
            }
            Err(SupportError::Fault(missing)) => {
                let (field, key) = fault(missing);
                form.error(field, key);
            }
            Err(SupportError::Changed) => {
                form.error("", "support-changed");
                status = StatusCode::CONFLICT;
            }
            Err(SupportError::Matter(MatterError::Ended)) => {
                form.error("", "assessment-refused-ended");
                status = StatusCode::CONFLICT;
            }
            Err(SupportError::Matter(MatterError::NotFound)) => {
                log_refusal(&house, &Reader::from(&user), matter).await?;
                return Err(Failure::NotFound);
            }
            Err(SupportError::Matter(error)) => return Err(error.into()),
        }
    }
    let (read, logged) = look(&house, &user, matter, Some(client)).await?;
    let page = page_of(&visit, matter, client, &read, form, String::new());
    Ok(client_page_with_status(status, page, logged))
}
