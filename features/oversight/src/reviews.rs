//! Review of exceptional access by the lead, and by the data protection officer what has waited too long; and of what
//! the rules about searching noticed. A rule punishes nobody: a person looks and says what was found.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use clients::domain::RowId;
use clients::pages::told::{self, ToldRow};
use clients::store::exceptional::{self, Access, Outcome};
use clients::store::watch::{self, Hit};
use clients::{ClientError, Reader};
use identity::session::CurrentUser;
use kernel::time::{Timestamp, day};
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Secrets, Texts, Visit,
    client_page_with_status, go_to,
};

use crate::lines;
use crate::store::{self as own, OversightError};

/// Longest note of a reviewer, in characters.
const LONGEST: usize = 1000;
/// What a look at a hit may find.
const FOUND: [&str; 3] = ["fine", "talked", "incident"];

/// An exceptional access as the reviewer sees it.
pub struct AccessRow {
    pub id: String,
    pub action: String,
    pub who: String,
    pub client: String,
    pub when: String,
    pub reason: String,
    pub words: String,
    pub due: String,
    pub due_color: &'static str,
    pub escalated: bool,
    /// What was found, empty while it waits.
    pub outcome: String,
    pub note: String,
    /// The form of this row came back to be corrected.
    pub typed: bool,
}

/// Something that a rule noticed.
pub struct HitRow {
    pub action: String,
    pub rule: String,
    pub who: String,
    pub when: String,
}

#[derive(Template)]
#[template(path = "reviews.html")]
pub struct ReviewsPage {
    pub page: Page,
    pub form: Form,
    pub empty: Form,
    pub done: String,
    /// What was told to the reader and not yet seen.
    pub clients_told: Vec<ToldRow>,
    pub outcomes: Vec<Choice>,
    pub waiting: Vec<AccessRow>,
    pub reviewed: Vec<AccessRow>,
    /// Only for the data protection officer.
    pub officer: bool,
    pub found: Vec<Choice>,
    pub hits: Vec<HitRow>,
}

/// What the page tells after an act.
pub type Pairs = Query<Vec<(String, String)>>;

/// `GET /oversight/exceptional`.
pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Pairs,
) -> Answer {
    let done = pairs
        .iter()
        .find(|(name, _)| name == "done")
        .map_or("", |(_, code)| code.as_str());
    open_page(&house, &visit, &user, None, done).await
}

struct Seen {
    waiting: Vec<Access>,
    reviewed: Vec<Access>,
    hits: Vec<Hit>,
    officer: bool,
    /// Clients with an open case, whom the officer is told by name.
    cases: BTreeSet<[u8; 16]>,
}

impl Seen {
    /// The client's name for the lead of the unit and in an open case; a mark for anybody else.
    fn client(&self, access: &Access, secrets: &Secrets) -> String {
        let client = access.client.bytes();
        if access.led || self.cases.contains(&client) {
            access.client_name.clone()
        } else {
            lines::mark(secrets, client)
        }
    }
}

async fn open_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    typed: Option<(RowId, Form)>,
    done: &str,
) -> Answer {
    let (reader, now) = (Reader::from(user), house.now());
    let receipt = house.store.show(move |tx| read(tx, &reader, now)).await?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("reviews were read without an entry"))?;
    let seen = receipt.value;
    let page = visit.page("reviews-title");
    let t = page.t.clone();
    let returned = typed.as_ref().map(|(id, _)| *id);
    let rows = |accesses: &[Access]| -> Vec<AccessRow> {
        accesses
            .iter()
            .map(|access| {
                let client = seen.client(access, &house.secrets);
                row(&t, access, client, now, returned == Some(access.id))
            })
            .collect()
    };
    let status = match typed {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let shown = ReviewsPage {
        waiting: rows(&seen.waiting),
        reviewed: rows(&seen.reviewed),
        outcomes: Outcome::ALL
            .iter()
            .map(|outcome| choice(&t, "review-outcome", outcome.code()))
            .collect(),
        found: FOUND
            .iter()
            .map(|code| choice(&t, "watch-found", code))
            .collect(),
        hits: seen.hits.iter().map(|hit| hit_row(&t, hit, now)).collect(),
        officer: seen.officer,
        done: match done {
            "notice" => t.get("reviews-notice-seen"),
            "" => String::new(),
            _ => t.get("reviews-done"),
        },
        clients_told: told::unseen(house, user, &t, "reviews").await?,
        form: typed.map_or_else(Form::new, |(_, form)| form),
        empty: Form::new(),
        page,
    };
    Ok(client_page_with_status(status, shown, logged))
}

fn choice(t: &Texts, family: &str, code: &str) -> Choice {
    Choice::new(code, t.get(&format!("{family}-{}", code.replace('_', "-"))))
}

fn read(
    tx: &mut impl ::store::Show,
    reader: &Reader,
    now: Timestamp,
) -> Result<Seen, OversightError> {
    let today = day(now);
    let officer = own::right(reader, "exceptional_review", "approve", &[], &[], today).ok();
    let leads = !own::led_units(tx, reader.staff, today)?.is_empty();
    let relations: &[&str] = if leads { &["unit_lead"] } else { &[] };
    let given = &["not_own_access"];
    let row = own::right(
        reader,
        "exceptional_review",
        "approve",
        relations,
        given,
        today,
    )?;
    let waiting = exceptional::waiting(tx, reader, now)?;
    let reviewed = exceptional::reviewed(tx, reader, now)?;
    let hits = match officer {
        Some(_) => watch::open_hits(tx)?,
        None => Vec::new(),
    };
    let subjects: Vec<[u8; 16]> = waiting
        .iter()
        .chain(&reviewed)
        .map(|access| access.client.bytes())
        .collect();
    let cases = own::open_cases(tx, &subjects)?;
    let entry = own::entry(
        reader,
        row,
        now,
        "exceptional.list",
        subjects,
        String::new(),
    );
    ::store::Log::log(tx, entry)?;
    Ok(Seen {
        waiting,
        reviewed,
        hits,
        officer: officer.is_some(),
        cases,
    })
}

fn row(t: &Texts, access: &Access, client: String, now: Timestamp, typed: bool) -> AccessRow {
    let today = day(now);
    let (outcome, note) = match &access.reviewed {
        None => (String::new(), String::new()),
        Some((_, outcome, note)) => {
            let key = format!("review-outcome-{}", outcome.code().replace('_', "-"));
            (t.get(&key), note.clone())
        }
    };
    let reason = access.reason_code.code().replace('_', "-");
    AccessRow {
        id: access.id.to_string(),
        action: format!("/oversight/exceptional/{}", access.id),
        who: access.staff_name.clone(),
        client,
        when: t.when(access.opened_at, now),
        reason: t.get(&format!("review-reason-{reason}")),
        words: access.reason.clone(),
        due: t.near_day(access.due_on, today),
        due_color: match access.due_on {
            due if due < today => "danger",
            due if due == today => "warning",
            _ => "",
        },
        escalated: access.escalated,
        outcome,
        note,
        typed,
    }
}

fn hit_row(t: &Texts, hit: &Hit, now: Timestamp) -> HitRow {
    HitRow {
        action: format!("/oversight/searches/{}", hit.id),
        rule: t.get(&format!("watch-rule-{}", hit.rule.replace('_', "-"))),
        who: hit.staff_name.clone(),
        when: t.when(hit.at, now),
    }
}

/// `POST /oversight/exceptional/{id}`: what the reviewer found.
pub async fn review(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let id: RowId = crate::id(&id)?;
    let mut form = posted.form();
    let outcome = Outcome::from_code(form.value("outcome"));
    if outcome.is_none() {
        form.error("outcome", "review-outcome-missing");
    }
    let note = form.optional("note", LONGEST).unwrap_or_default();
    if outcome == Some(Outcome::NotJustified) && note.is_empty() {
        form.error("note", "review-note-missing");
    }
    let (Some(outcome), true) = (outcome, form.is_valid()) else {
        return open_page(&house, &visit, &user, Some((id, form)), "").await;
    };
    let (reader, desk) = (Reader::from(&user), crate::desk(&house)?);
    let reviewed = house
        .store
        .write(move |tx| exceptional::review(tx, &desk, &reader, id, outcome, &note))
        .await;
    match reviewed {
        // A second press finds it reviewed: it is as was asked.
        Ok(_) | Err(ClientError::Ended) => Ok(go_to("/oversight/exceptional?done=reviewed")),
        Err(error) => Err(error.into()),
    }
}

/// `POST /oversight/searches/{id}`: what a look at a hit found. Only for the data protection officer.
pub async fn judge(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let id: RowId = crate::id(&id)?;
    let Some(found) = FOUND
        .into_iter()
        .find(|code| *code == posted.value("found"))
    else {
        return Err(Failure::BadRequest);
    };
    let (reader, desk, now) = (Reader::from(&user), crate::desk(&house)?, house.now());
    house
        .store
        .write(move |tx| {
            let row = own::right(&reader, "exceptional_review", "approve", &[], &[], day(now))?;
            if watch::judge(tx, &desk, reader.staff, id, found)? {
                let detail = format!("hit {id} {found}");
                tx.log(own::entry(
                    &reader,
                    row,
                    now,
                    "search.judge",
                    Vec::new(),
                    detail,
                ))?;
            }
            Ok::<_, OversightError>(())
        })
        .await?;
    Ok(go_to("/oversight/exceptional?done=judged"))
}
