//! "Suunnitelma" on the client's page and on the matter's: the next steps, who and when.

use std::collections::HashMap;

use casework::panels::MatterAround;
use casework::store::facts::Facts;
use clients::panels::{Around, Cell, Line, Panel};
use clients::{ClientId, Reader};
use documents::DocumentId;
use kernel::time::{Timestamp, day};
use store::{ShowTx, StoreError};
use web::Texts;

use crate::domain::{Skip, Stage};
use crate::pages::{color, path, who, word};
use crate::store::begin::MADE;
use crate::store::lists::{self, Listed, Step, Waiver};

/// Most steps on another page: the rest are on the plan's own.
const MOST: usize = 6;

/// The plan of a client.
///
/// # Errors
/// When the engine fails.
pub fn client(tx: &mut ShowTx<'_, '_>, around: &Around<'_>) -> Result<Option<Panel>, StoreError> {
    let (t, reader, client) = (around.t, around.reader, around.gate.client());
    let plans = lists::of_client(tx, client)?;
    let matters: Vec<_> = plans.iter().map(|one| one.matter).collect();
    let facts = Facts::load_many(tx, reader, &matters, around.now)?;
    let sees: HashMap<DocumentId, Vec<ClientId>> = plans
        .iter()
        .filter_map(|plan| {
            let facts = facts.iter().find(|facts| facts.id == plan.matter)?;
            Some((plan.plan, sees(facts, reader)))
        })
        .collect();
    let seen: Vec<Listed> = plans
        .iter()
        .filter(|plan| sees.get(&plan.plan).is_some_and(|of| of.contains(&client)))
        .cloned()
        .collect();
    if seen.is_empty() {
        let may_read = around
            .gate
            .decide("plan", "read", "working_age", None, &[])
            .allowed();
        let waivers = lists::waivers(tx, &[client])?;
        return Ok((may_read && plans.is_empty()).then(|| without(t, &waivers, String::new())));
    }
    let mut steps = lists::steps(tx, &ids(&seen))?;
    for step in &mut steps {
        let of = sees.get(&step.action.plan);
        step.action.show_to(of.map_or(&[], Vec::as_slice));
    }
    let shown = steps
        .into_iter()
        .filter(|step| step.goal_client.is_none_or(|whose| whose == client));
    Ok(Some(with(t, &seen, shown.collect(), around.now)))
}

/// The plans of a matter.
///
/// # Errors
/// When the engine fails.
pub fn matter(
    tx: &mut ShowTx<'_, '_>,
    around: &MatterAround<'_>,
) -> Result<Option<Panel>, StoreError> {
    let (t, reader, facts) = (around.t, around.reader, around.facts);
    let sees = sees(facts, reader);
    if sees.is_empty() {
        return Ok(None);
    }
    let plans: Vec<Listed> = lists::of_matter(tx, facts.id)?
        .into_iter()
        .filter(|plan| plan.stage != Stage::Ended)
        .collect();
    let members = lists::members(tx, &ids(&plans))?;
    let seen: Vec<Listed> = plans
        .iter()
        .filter(|plan| {
            let of = members.get(&plan.plan);
            of.is_some_and(|of| of.iter().any(|(client, _)| sees.contains(client)))
        })
        .cloned()
        .collect();
    if seen.is_empty() {
        let open = facts.life.holder().is_some();
        let may = open
            && facts
                .clone()
                .with_given(MADE)
                .authorise(reader, "plan", "create")
                .is_ok();
        let add = if may {
            format!("/matters/{}/plans/new", facts.id)
        } else {
            String::new()
        };
        let waivers = lists::waivers(tx, &sees)?;
        return Ok((plans.is_empty() && (may || open)).then(|| without(t, &waivers, add)));
    }
    let mut steps = lists::steps(tx, &ids(&seen))?;
    for step in &mut steps {
        step.action.show_to(&sees);
    }
    let shown = steps
        .into_iter()
        .filter(|step| step.goal_client.is_none_or(|client| sees.contains(&client)));
    Ok(Some(with(t, &seen, shown.collect(), around.now)))
}

/// The clients of a matter whose part of a plan the reader sees.
fn sees(facts: &Facts, reader: &Reader) -> Vec<ClientId> {
    facts
        .right(reader, "plan", "read")
        .map_or_else(|_| Vec::new(), |(_, seen)| seen.content)
}

fn ids(plans: &[Listed]) -> Vec<DocumentId> {
    plans.iter().map(|one| one.plan).collect()
}

fn panel(t: &Texts) -> Panel {
    Panel {
        id: "plan".to_owned(),
        heading: t.get("plan-panel"),
        caption: t.get("plan-panel-caption"),
        columns: vec![
            t.get("plan-col-step"),
            t.get("plan-col-who"),
            t.get("plan-col-when"),
        ],
        ..Panel::default()
    }
}

/// No plan: why not, when that is known, and the way to make one.
fn without(t: &Texts, waivers: &[Waiver], add: String) -> Panel {
    let why = waivers.first().map(|one| {
        let reason = Skip::from_code(&one.reason).map_or("", Skip::code);
        t.with(
            "plan-panel-skipped",
            &[
                ("reason", word(t, "plan-skip", reason).into()),
                (
                    "words",
                    one.own_words.as_deref().unwrap_or(&one.words).into(),
                ),
            ],
        )
    });
    Panel {
        add_label: t.get("plan-panel-new"),
        add_href: add,
        empty: why.unwrap_or_else(|| t.get("plan-panel-none")),
        ..panel(t)
    }
}

fn with(t: &Texts, plans: &[Listed], steps: Vec<Step>, now: Timestamp) -> Panel {
    let today = day(now);
    let label = plans
        .first()
        .map_or_else(String::new, |plan| match (plan.stage, plan.review_on) {
            (Stage::InForce, Some(on)) => t.with(
                "plan-panel-open",
                &[
                    ("version", plan.version.into()),
                    ("day", t.near_day(on, today).into()),
                ],
            ),
            _ => t.get("plan-panel-draft"),
        });
    Panel {
        add_href: plans
            .first()
            .map(|plan| path(plan.plan))
            .unwrap_or_default(),
        add_label: label,
        rows: steps
            .into_iter()
            .take(MOST)
            .map(|step| line(t, step, now))
            .collect(),
        empty: t.get("plan-panel-no-steps"),
        ..panel(t)
    }
}

fn line(t: &Texts, step: Step, now: Timestamp) -> Line {
    let today = day(now);
    let due = step.action.due;
    Line {
        href: String::new(),
        title: step.action.what,
        sub: format!("”{}”", step.goal_words),
        cells: vec![
            Cell::text(who(t, &step.action.who)),
            Cell {
                text: t.near_day(due, today),
                color: color(due, today).to_owned(),
                iso: due.to_string(),
                ..Cell::default()
            },
        ],
    }
}
