//! "Arvioinnit" on the page of a matter and of a client, and what the desk tells of assessments.

use casework::domain::MatterId;
use casework::panels::MatterAround;
use casework::store::facts::Facts;
use casework::store::special_support::{self, SpecialSupport};
use casework::work::Work;
use clients::panels::{Around, Cell, Line, Panel};
use clients::{ClientId, Reader};
use documents::store as docs;
use documents::{Document, Kind, State};
use kernel::time::{Date, SignedDuration, Timestamp, day};
use store::{ShowTx, StoreError};
use web::Texts;

use crate::domain::Eviction;
use crate::pages::glue::{arg, path};
use crate::pages::words;
use crate::store::lists::{self, Row};
use crate::store::view;

/// Days before a review of special support from which the desk tells of it.
const REVIEW_AHEAD: i64 = 14;

/// On the page of a matter.
///
/// # Errors
/// When the engine fails.
pub fn of_matter(
    tx: &mut ShowTx<'_, '_>,
    around: &MatterAround<'_>,
) -> Result<Option<Panel>, StoreError> {
    let (t, facts, reader) = (around.t, around.facts, around.reader);
    let documents = docs::of_matter(tx, Kind::Assessment, facts.id)?;
    let rows = lists::rows(tx, reader, documents, around.now)?;
    let begins = facts.life.holder().is_some()
        && facts.authorise(reader, "matter", "edit_draft").is_ok()
        && facts
            .right(reader, "matter", "read")
            .is_ok_and(|(_, seen)| !seen.content.is_empty())
        && !rows.iter().any(|row| row.document.is_open());
    if rows.is_empty() && !begins {
        return Ok(None);
    }
    let add = if begins {
        format!("/matters/{}/assessments/new", facts.id)
    } else {
        String::new()
    };
    Ok(Some(panel(t, &rows, around.now, add)))
}

/// On the page of a client: those of all her matters that the reader sees.
///
/// # Errors
/// When the engine fails.
pub fn of_client(
    tx: &mut ShowTx<'_, '_>,
    around: &Around<'_>,
) -> Result<Option<Panel>, StoreError> {
    let documents = docs::of_client(tx, Kind::Assessment, around.gate.client())?;
    let rows = lists::rows(tx, around.reader, documents, around.now)?;
    if rows.is_empty() {
        return Ok(None);
    }
    Ok(Some(panel(around.t, &rows, around.now, String::new())))
}

fn panel(t: &Texts, rows: &[Row], now: Timestamp, add_href: String) -> Panel {
    Panel {
        id: "assessments".to_owned(),
        heading: t.get("panel-assessments"),
        count: rows.len().to_string(),
        add_href,
        add_label: t.get("panel-assessments-add"),
        caption: t.get("panel-assessments-caption"),
        columns: vec![
            t.get("panel-assessments-what"),
            t.get("panel-assessments-state"),
            t.get("panel-assessments-home"),
        ],
        rows: rows.iter().map(|row| line(t, row, now)).collect(),
        empty: t.get("panel-assessments-empty"),
    }
}

fn line(t: &Texts, row: &Row, now: Timestamp) -> Line {
    let document = &row.document;
    let key = match document.state {
        State::Finished => "assessment-state-finished",
        _ if document.version_no > 0 => "assessment-state-correcting",
        _ => "assessment-state-draft",
    };
    let sub = match document.finished_at {
        Some(at) if document.state == State::Finished => t.full_day(day(at)),
        _ if row.awaited > 0 => t.with(
            "panel-assessments-awaited",
            &[("count", i64::try_from(row.awaited).unwrap_or(0).into())],
        ),
        _ => String::new(),
    };
    let (home, color, iso) = risk(t, row.risk, document.is_open(), day(now));
    Line {
        href: path(document.id),
        title: t.get("assessment-title"),
        sub: t.with(
            "panel-assessments-begun",
            &[
                ("day", t.full_day(day(document.made_at)).into()),
                ("name", arg(&document.author)),
            ],
        ),
        cells: vec![
            Cell {
                text: t.get(key),
                sub,
                ..Cell::default()
            },
            Cell {
                text: home,
                color: color.to_owned(),
                iso,
                ..Cell::default()
            },
        ],
    }
}

/// How far the loss of the home has come, in words, with its colour and its day.
fn risk(
    t: &Texts,
    risk: Option<(Eviction, Option<Date>)>,
    open: bool,
    today: Date,
) -> (String, &'static str, String) {
    let Some((stage, due)) = risk else {
        return (String::new(), "", String::new());
    };
    let words = words::eviction(t, stage);
    match due {
        Some(due) => (
            format!("{words}, {}", t.near_day(due, today)),
            if stage.is_current(open, Some(due), today) {
                "danger"
            } else {
                ""
            },
            due.to_string(),
        ),
        None => (words, "", String::new()),
    }
}

/// Rows of the desk: sections and requests that wait, unfinished ones, homes at risk, reviews of special support.
///
/// # Errors
/// When the engine fails.
pub fn work(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Work>, StoreError> {
    let today = day(now);
    let desk = lists::desk(tx, reader, today, now)?;
    let until = today.saturating_add(SignedDuration::from_hours(24 * REVIEW_AHEAD));
    let reviews = special_support::reviews_of(tx, reader.staff, until, now)?;
    let mut clients: Vec<ClientId> = Vec::new();
    for document in desk
        .drafts
        .iter()
        .chain(&desk.asked)
        .chain(desk.sections.iter().map(|(_, document)| document))
        .chain(desk.risks.iter().map(|(document, ..)| document))
    {
        clients.extend(&document.clients);
    }
    let judged: Vec<ClientId> = reviews.iter().map(|one| one.client).collect();
    clients.extend(&judged);
    clients.sort_unstable();
    clients.dedup();
    let names = view::names(tx, &clients)?;
    // A name is shown to whoever may see it: an expert sees it beside her section.
    let open: Vec<ClientId> = clients::Gate::open_many(tx, reader, &clients, now)?
        .into_iter()
        .filter(|gate| {
            gate.acting(
                "client_basics",
                "see_basics",
                "working_age",
                None,
                &["section_only"],
            )
            .is_ok()
        })
        .map(|gate| gate.client())
        .collect();
    let who = |of: &[ClientId]| -> String {
        of.iter()
            .filter(|client| open.contains(client))
            .filter_map(|client| names.iter().find(|(id, _)| id == client))
            .map(|(_, name)| name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let row = |document: &Document, what: String, button: &str| Work {
        clients: document.clients.clone(),
        who: who(&document.clients),
        what,
        href: path(document.id),
        button: t.get(button),
        ..Work::default()
    };
    let mut work = Vec::new();
    for (section, document) in &desk.sections {
        let code = crate::domain::parts::expert_part(section.id);
        let what = t.with(
            "work-assessment-section",
            &[("name", arg(&section.asked_by))],
        );
        work.push(Work {
            due: Some(section.due_on),
            law: "SHL 41 §".to_owned(),
            href: format!("{}/parts/{code}", path(document.id)),
            waiting: true,
            ..row(document, what, "assessment-write")
        });
    }
    for document in &desk.asked {
        let what = t.get("work-assessment-asked");
        work.push(Work {
            law: "SHL 36 § 5 mom.".to_owned(),
            waiting: true,
            ..row(document, what, "work-assessment-look")
        });
    }
    for (document, stage, due) in &desk.risks {
        let stage = words::eviction(t, *stage);
        let what = t.with("work-assessment-risk", &[("stage", stage.into())]);
        work.push(Work {
            due: *due,
            law: "SHL 36 § 1 mom.".to_owned(),
            ..row(document, what, "work-assessment-look")
        });
    }
    for document in &desk.drafts {
        let what = t.with(
            "work-assessment-draft",
            &[("day", t.full_day(day(document.made_at)).into())],
        );
        work.push(Work {
            law: "SHL 36 § 2 mom.".to_owned(),
            ..row(document, what, "assessment-go-on")
        });
    }
    let places = judged_where(tx, reader, &reviews, now)?;
    for one in reviews.iter().filter(|one| open.contains(&one.client)) {
        work.push(Work {
            due: Some(one.judgement.review_on),
            clients: vec![one.client],
            who: who(&[one.client]),
            what: t.get("work-support-review"),
            law: "SHL 3 §".to_owned(),
            href: if places.contains(&(one.matter, one.client)) {
                format!(
                    "/matters/{}/special-support?client={}",
                    one.matter, one.client
                )
            } else {
                format!("/clients/{}", one.client)
            },
            button: t.get("work-support-look"),
            waiting: false,
        });
    }
    Ok(work)
}

/// The matters in which the reader may judge again; a matter that has ended is no place for it.
fn judged_where(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    reviews: &[SpecialSupport],
    now: Timestamp,
) -> Result<Vec<(MatterId, ClientId)>, StoreError> {
    let mut matters: Vec<MatterId> = reviews.iter().map(|one| one.matter).collect();
    matters.sort_unstable();
    matters.dedup();
    if matters.is_empty() {
        return Ok(Vec::new());
    }
    let facts = Facts::load_many(tx, reader, &matters, now)?;
    Ok(reviews
        .iter()
        .filter(|one| {
            facts.iter().any(|facts| {
                facts.id == one.matter && special_support::may_judge(facts, reader, one.client)
            })
        })
        .map(|one| (one.matter, one.client))
        .collect())
}
