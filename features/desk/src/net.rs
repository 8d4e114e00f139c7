//! The safety net and the sharing of work on the lead's page.

use std::collections::{BTreeSet, HashMap};

use casework::alerts::{Alert, Alerts};
use casework::sources::{self, Share, WaitingOffer};
use casework::{domain::MatterSettings, net_sources};
use clients::{ClientId, Reader};
use identity::people::{StaffId, UnitId};
use kernel::time::{Date, Timestamp, day};
use store::{ShowTx, StoreError};
use web::Texts;

use crate::days::{self, DayChart};
use crate::words::Due;

/// What other rooms and the matters of the units tell.
#[derive(Default)]
pub struct Net {
    pub alerts: Vec<Alert>,
    pub shares: Vec<Share>,
    pub contacts: HashMap<StaffId, i64>,
    pub offers: Vec<WaitingOffer>,
    pub ahead: Vec<(Date, i64)>,
}

impl Net {
    /// Reads it for the units that the reader leads. The number of statements follows the units, not the rows.
    pub fn read(
        tx: &mut ShowTx<'_, '_>,
        sources: Option<&Alerts>,
        settings: &MatterSettings,
        reader: &Reader,
        t: &Texts,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let mut alerts = Vec::new();
        for unit in sources::led(tx, reader, now)? {
            alerts.extend(of_unit(tx, sources, settings, reader, unit, t, now)?);
        }
        let shares = sources::shares(tx, reader, now)?;
        let staff: Vec<StaffId> = shares.iter().map(|one| one.staff).collect();
        Ok(Self {
            contacts: intake::store::lead::held_by(tx, &staff)?,
            offers: sources::offers_waiting(tx, reader, t, now)?,
            ahead: sources::days_ahead(tx, reader, days::DAYS - 1, now)?,
            alerts,
            shares,
        })
    }

    /// Whose rows these are, for the log.
    pub fn clients(&self) -> BTreeSet<ClientId> {
        let alerts = self.alerts.iter().flat_map(|one| one.clients.clone());
        let offers = self.offers.iter().flat_map(|one| one.clients.clone());
        alerts.chain(offers).collect()
    }
}

fn of_unit(
    tx: &mut ShowTx<'_, '_>,
    sources: Option<&Alerts>,
    settings: &MatterSettings,
    reader: &Reader,
    unit: UnitId,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Alert>, StoreError> {
    let mut alerts = Vec::new();
    for source in sources.iter().flat_map(|alerts| &alerts.0) {
        alerts.extend(source(tx, reader, unit, t, now)?);
    }
    let days = settings.dormant_days;
    alerts.extend(net_sources::dormant(tx, reader, unit, days, t, now)?);
    Ok(alerts)
}

/// Alerts of one kind.
pub struct AlertGroup {
    pub heading: String,
    pub rows: Vec<AlertRow>,
}

impl AlertGroup {
    /// How many are seen at once.
    pub fn first(&self) -> usize {
        const FIRST: usize = 6;
        self.rows.len().min(FIRST)
    }

    /// What the rest is of, read after "show the rest".
    pub fn about(&self) -> String {
        format!(": {}", self.heading)
    }
}

/// One alert.
pub struct AlertRow {
    pub since: Due,
    pub href: String,
    pub who: String,
    pub what: String,
}

/// Kinds in the order of the page; any other room's kind comes after them.
const ORDER: [&str; 11] = [
    "own_worker_left",
    "own_worker_away",
    "own_worker_unnamed",
    "follow_up",
    "review_passed",
    "service_ended",
    "note_missing",
    "unreached",
    "dormant",
    "ended",
    "other",
];

/// The alerts by kind.
pub fn groups(t: &Texts, alerts: &[Alert]) -> Vec<AlertGroup> {
    let place = |kind: &str| ORDER.iter().position(|one| *one == kind);
    let mut kinds: Vec<&'static str> = alerts.iter().map(|one| one.kind).collect();
    kinds.sort_by_key(|kind| (place(kind).unwrap_or(ORDER.len()), *kind));
    kinds.dedup();
    kinds
        .into_iter()
        .map(|kind| {
            let key = format!("unit-alert-{kind}");
            let key = if t.has(&key) {
                key
            } else {
                "unit-alert-other".to_owned()
            };
            AlertGroup {
                heading: t.get(&key),
                rows: alerts
                    .iter()
                    .filter(|one| one.kind == kind)
                    .map(|one| row(t, one))
                    .collect(),
            }
        })
        .collect()
}

fn row(t: &Texts, one: &Alert) -> AlertRow {
    AlertRow {
        since: Due {
            text: one
                .since
                .map_or_else(String::new, |since| t.full_day(since)),
            color: "",
            iso: one
                .since
                .map_or_else(String::new, |since| since.to_string()),
        },
        href: one.href.clone(),
        who: one.who.clone(),
        what: one.what.clone(),
    }
}

/// Somebody's counts in a row.
pub struct ShareRow {
    pub name: String,
    pub title: String,
    pub own: i64,
    pub matters: i64,
    pub clocks: i64,
    pub contacts: i64,
    /// "poissa", "lähtenyt", "sijaistaa 4".
    pub note: String,
}

/// The counts by name: never by size, never added together.
pub fn share_rows(t: &Texts, net: &Net) -> Vec<ShareRow> {
    let works = |one: &Share, contacts: i64| {
        one.own + one.matters + one.substitutes + contacts > 0
            || matches!(one.title.as_str(), "social_worker" | "counsellor")
    };
    net.shares
        .iter()
        .map(|one| {
            (
                one,
                net.contacts.get(&one.staff).copied().unwrap_or_default(),
            )
        })
        .filter(|(one, contacts)| works(one, *contacts))
        .map(|(one, contacts)| ShareRow {
            name: one.name.clone(),
            title: t.get(&format!("title-{}", one.title)),
            own: one.own,
            matters: one.matters,
            clocks: one.clocks,
            contacts,
            note: if one.left {
                t.get("unit-left")
            } else if one.away {
                t.get("unit-away")
            } else if one.substitutes > 0 {
                t.with(
                    "unit-share-substitutes",
                    &[("count", one.substitutes.into())],
                )
            } else {
                String::new()
            },
        })
        .collect()
}

/// The chart of days in law.
pub fn chart(t: &Texts, net: &Net, now: Timestamp) -> DayChart {
    days::draw(t, &net.ahead, day(now))
}
