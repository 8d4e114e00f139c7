//! Who works for the client, on the client's page: the one name and number, own workers by period with the reasons for
//! naming nobody, and what was agreed to be followed up.

use clients::ClientId;
use clients::panels::{Answerer, Around, Cell, Line, Panel};
use kernel::language::Language;
use kernel::time::{Date, Timestamp, day};
use store::{ShowTx, StoreError};
use web::Texts;

use crate::pages::{capital, matter_name, word};
use crate::store::facts::narrows;
use crate::store::follow_up::{self, FollowUp};
use crate::store::one_number::{self, OneNumber, Way};
use crate::store::own_worker::{self, Period, Waiver};

/// Section of law for naming an own worker, and for naming none.
const NAMING: (&str, &str) = ("SHL 42 §", "SVL 42 §");

fn law(t: &Texts) -> String {
    match t.language() {
        Language::Sv => NAMING.1,
        _ => NAMING.0,
    }
    .to_owned()
}

/// Whom the client calls now.
///
/// # Errors
/// When the engine fails.
pub fn one_number(
    tx: &mut ShowTx<'_, '_>,
    t: &Texts,
    client: ClientId,
    now: Timestamp,
) -> Result<Option<Answerer>, StoreError> {
    let found = one_number::of(tx, &[client], now)?.remove(&client);
    Ok(found.map(|one| answerer(t, one)))
}

/// The one number in words.
pub(crate) fn answerer(t: &Texts, one: OneNumber) -> Answerer {
    Answerer {
        what: word(t, "number-way", one.way.code()),
        own_worker: one.way == Way::OwnWorker,
        name: one.name,
        phone: one.phone.unwrap_or_default(),
    }
}

/// Own workers and substitutes by period, and the reasons for naming nobody (SHL 42 §).
///
/// # Errors
/// When the engine fails.
pub fn own_workers(
    tx: &mut ShowTx<'_, '_>,
    around: &Around<'_>,
) -> Result<Option<Panel>, StoreError> {
    let (t, gate) = (around.t, around.gate);
    let may = |action| gate.decide("client_relation", action, "working_age", None, &[]);
    let Some(row) = may("read").row() else {
        return Ok(None);
    };
    let content = !narrows(row);
    let (periods, waivers) = own_worker::history(tx, gate.client(), around.now)?;
    let mut rows: Vec<Line> = waivers
        .iter()
        .filter(|one| one.ended.is_none())
        .map(|one| waived(t, one, content))
        .collect();
    rows.extend(periods.iter().map(|one| period(t, one, content)));
    rows.extend(
        waivers
            .iter()
            .filter(|one| one.ended.is_some())
            .map(|one| waived(t, one, content)),
    );
    Ok(Some(Panel {
        id: "own-worker".to_owned(),
        heading: t.get("panel-own-worker"),
        caption: t.get("panel-own-worker-caption"),
        columns: ["who", "when", "more", "law"]
            .map(|column| t.get(&format!("panel-own-worker-{column}")))
            .to_vec(),
        rows,
        empty: t.get("panel-own-worker-empty"),
        ..Panel::default()
    }))
}

fn span(t: &Texts, from: Date, to: Option<Date>) -> String {
    let to = to.map_or_else(String::new, |to| t.full_day(to));
    format!("{}–{to}", t.full_day(from))
}

fn period(t: &Texts, one: &Period, content: bool) -> Line {
    let what = if one.substitute {
        "panel-own-worker-substitute"
    } else if one.now {
        "panel-own-worker-now"
    } else {
        "panel-own-worker-own"
    };
    let mut more = Vec::new();
    if one.left && one.now {
        more.push(t.get("panel-own-worker-left"));
    }
    more.extend(
        one.pair
            .iter()
            .map(|name| t.with("panel-own-worker-pair", &[("name", name.as_str().into())])),
    );
    let message = Some(&one.message).filter(|message| content && !message.is_empty());
    Line {
        title: one.name.clone(),
        sub: t.get(what),
        cells: vec![
            Cell::text(span(t, one.from, one.to)),
            Cell {
                text: more.join(". "),
                sub: message.cloned().unwrap_or_default(),
                ..Cell::default()
            },
            Cell {
                text: law(t),
                law: true,
                ..Cell::default()
            },
        ],
        ..Line::default()
    }
}

fn waived(t: &Texts, one: &Waiver, content: bool) -> Line {
    Line {
        title: t.get("panel-own-worker-waived"),
        sub: capital(&word(t, "no-own-worker", &one.reason)),
        cells: vec![
            Cell::text(span(t, day(one.at), one.ended.map(day))),
            Cell {
                text: if content {
                    one.words.clone()
                } else {
                    String::new()
                },
                sub: t.with(
                    "panel-own-worker-waived-by",
                    &[("name", one.by.as_str().into())],
                ),
                ..Cell::default()
            },
            Cell {
                text: law(t),
                law: true,
                ..Cell::default()
            },
        ],
        ..Line::default()
    }
}

/// After-follow-ups, when there are any.
///
/// # Errors
/// When the engine fails.
pub fn follow_ups(
    tx: &mut ShowTx<'_, '_>,
    around: &Around<'_>,
) -> Result<Option<Panel>, StoreError> {
    let (t, gate) = (around.t, around.gate);
    let decided = gate.decide("client_relation", "read", "working_age", None, &[]);
    let Some(row) = decided.row().filter(|row| !narrows(row)) else {
        return Ok(None);
    };
    let _ = row;
    let found = follow_up::of_client(tx, gate.client())?;
    if found.is_empty() {
        return Ok(None);
    }
    let open = found.iter().filter(|one| one.done.is_none()).count();
    Ok(Some(Panel {
        id: "follow-up".to_owned(),
        heading: t.get("panel-follow-up"),
        count: open.to_string(),
        caption: t.get("panel-follow-up-caption"),
        columns: ["what", "who", "when", "how"]
            .map(|column| t.get(&format!("panel-follow-up-{column}")))
            .to_vec(),
        rows: found
            .iter()
            .map(|one| followed(t, one, around.reader.staff == one.staff, day(around.now)))
            .collect(),
        ..Panel::default()
    }))
}

fn followed(t: &Texts, one: &FollowUp, own: bool, today: Date) -> Line {
    let open = one.done.is_none();
    Line {
        href: if own && open {
            format!("/follow-ups/{}", one.id)
        } else {
            String::new()
        },
        title: one.what.clone(),
        sub: matter_name(t, one.name_code, one.name_text.as_deref()),
        cells: vec![
            Cell::text(one.worker.clone()),
            Cell {
                text: t.near_day(one.on, today),
                color: if open && one.on < today { "danger" } else { "" }.to_owned(),
                iso: one.on.to_string(),
                ..Cell::default()
            },
            Cell::text(
                one.done
                    .as_ref()
                    .map_or_else(|| t.get("panel-follow-up-open"), |(_, how)| how.clone()),
            ),
        ],
    }
}
