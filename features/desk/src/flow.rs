//! `GET /flow`: client flow (asiakasvirta), how contacts and matters moved between units in a chosen time. Counts of moves
//! and waits, nobody's data; small counts are told only to the lead of a unit that they are of.

use std::collections::HashMap;

use access::log::{Actor, LogEntry};
use askama::Template;
use axum::extract::{Query as Pairs, State};
use casework::store::flow::{Move, Way};
use clients::Reader;
use clients::gate::general;
use identity::people::{self, UnitId};
use identity::session::CurrentUser;
use intake::domain::IntakeError;
use kernel::time::{Date, SignedDuration, Time, day, moment};
use store::{Log, Query, StoreError};
use web::{Answer, Failure, House, Page, Texts, Visit, client_page};

/// Counts under this are told only of one's own unit.
pub const SMALL: i64 = 5;
/// Days shown when none are chosen.
const USUAL_DAYS: i64 = 90;

/// A pair of units.
pub struct MoveRow {
    pub from: String,
    pub to: String,
    pub count: String,
    /// Width of the bar in the drawing's own units of 240; empty where the count is not told.
    pub width: String,
}

/// A unit.
pub struct WayRow {
    pub unit: String,
    pub begun: String,
    pub taken: String,
    pub wait: String,
    pub many: String,
}

/// Contacts, or matters.
pub struct Part {
    pub id: &'static str,
    pub moves_heading: String,
    pub ways_heading: String,
    pub moves: Vec<MoveRow>,
    pub ways: Vec<WayRow>,
}

#[derive(Template)]
#[template(path = "flow.html")]
struct FlowPage {
    page: Page,
    lead: String,
    wrong: String,
    from: String,
    to: String,
    parts: Vec<Part>,
}

/// What was asked of the address: days only.
struct Period {
    from: Date,
    to: Date,
    wrong: &'static str,
}

impl Period {
    fn read(pairs: &[(String, String)], today: Date) -> Self {
        let usual = Self {
            from: today.saturating_sub(SignedDuration::from_hours(24 * USUAL_DAYS)),
            to: today,
            wrong: "",
        };
        let typed = |name: &str| {
            let found = pairs.iter().find(|(key, _)| key == name);
            found
                .map(|(_, value)| value.trim())
                .filter(|value| !value.is_empty())
        };
        let (Some(from), Some(to)) = (typed("from"), typed("to")) else {
            return usual;
        };
        match (web::read_day(from), web::read_day(to)) {
            (Ok(from), Ok(to)) if from <= to => Self {
                from,
                to,
                wrong: "",
            },
            (Ok(_), Ok(_)) => Self {
                wrong: "flow-order",
                ..usual
            },
            _ => Self {
                wrong: "flow-bad-day",
                ..usual
            },
        }
    }
}

/// What the counts are made of.
struct Seen {
    units: HashMap<UnitId, String>,
    led: Vec<UnitId>,
    contacts: (Vec<Move>, Vec<Way>),
    matters: (Vec<Move>, Vec<Way>),
}

pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Pairs(pairs): Pairs<Vec<(String, String)>>,
) -> Answer {
    let (t, now) = (visit.t(), house.now());
    let reader = Reader::from(&user);
    let granted = general(
        &reader,
        "client_flow",
        "read",
        day(now),
        &["disclosure_control"],
    )
    .map_err(|_| Failure::NotFound)?;
    let period = Period::read(&pairs, day(now));
    let from = moment(period.from, Time::midnight());
    let until = period
        .to
        .tomorrow()
        .map_or(now, |next| moment(next, Time::midnight()));
    let words = t.clone();
    let receipt = house
        .store
        .show(move |tx| {
            let seen = Seen {
                units: units(tx, &words)?,
                led: casework::sources::led(tx, &reader, now)?,
                contacts: (
                    intake::store::flow::moves(tx, from, until)?,
                    intake::store::flow::ways(tx, from, until)?,
                ),
                matters: (
                    casework::store::flow::moves(tx, from, until)?,
                    casework::store::flow::ways(tx, from, until)?,
                ),
            };
            tx.log(LogEntry {
                at: now,
                actor: Actor::Staff(reader.staff.bytes()),
                event: "flow.read",
                right: granted.right.into(),
                purpose: granted.purpose,
                subjects: Vec::new(),
                detail: String::new(),
                digest: None,
            })?;
            Ok::<_, IntakeError>(seen)
        })
        .await?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading of the flow without a log entry"))?;
    let seen = receipt.value;
    let page = FlowPage {
        page: visit.page("flow-title"),
        lead: t.with(
            "flow-lead",
            &[
                ("from", t.full_day(period.from).into()),
                ("to", t.full_day(period.to).into()),
            ],
        ),
        wrong: if period.wrong.is_empty() {
            String::new()
        } else {
            t.get(period.wrong)
        },
        from: t.full_day(period.from),
        to: t.full_day(period.to),
        parts: vec![
            part(&t, &seen, "contacts", &seen.contacts),
            part(&t, &seen, "matters", &seen.matters),
        ],
    };
    Ok(client_page(page, logged))
}

fn units(query: &mut impl Query, t: &Texts) -> Result<HashMap<UnitId, String>, StoreError> {
    Ok(people::list_units(query)?
        .into_iter()
        .map(|unit| (unit.id, unit.name(t.language()).to_owned()))
        .collect())
}

fn part(t: &Texts, seen: &Seen, id: &'static str, (moves, ways): &(Vec<Move>, Vec<Way>)) -> Part {
    let greatest = moves.iter().map(|one| one.count).max().unwrap_or(1).max(1);
    let name = |unit: &UnitId| seen.units.get(unit).cloned().unwrap_or_default();
    let own = |unit: &UnitId| seen.led.contains(unit);
    Part {
        id,
        moves_heading: t.get(&format!("flow-{id}")),
        ways_heading: t.get(&format!("flow-ways-{id}")),
        moves: moves
            .iter()
            .map(|one| {
                let told = one.count >= SMALL || own(&one.from) || own(&one.to);
                MoveRow {
                    from: name(&one.from),
                    to: name(&one.to),
                    count: told_count(t, one.count, told),
                    width: if told {
                        format!("{:.1}", one.count as f64 / greatest as f64 * 240.0)
                    } else {
                        String::new()
                    },
                }
            })
            .collect(),
        ways: ways
            .iter()
            .map(|one| way(t, one, name(&one.unit), own(&one.unit)))
            .collect(),
    }
}

/// The count, or that it is small.
fn told_count(t: &Texts, count: i64, told: bool) -> String {
    if told {
        count.to_string()
    } else {
        t.get("flow-small")
    }
}

/// A share or a mean of a few would tell of each, and the difference of two counts would too.
fn way(t: &Texts, one: &Way, unit: String, own: bool) -> WayRow {
    let told = own || one.begun >= SMALL;
    let taken_told = own || (one.taken >= SMALL && hides_none(one.begun - one.taken));
    let many_told =
        own || (one.begun >= SMALL && hides_none(one.many) && one.begun - one.many >= SMALL);
    WayRow {
        unit,
        begun: told_count(t, one.begun, told),
        taken: told_count(t, one.taken, taken_told),
        wait: if taken_told && one.taken > 0 {
            t.with(
                "flow-hours",
                &[("hours", (one.waited_hours / one.taken).into())],
            )
        } else {
            String::new()
        },
        many: if many_told && one.begun > 0 {
            t.with(
                "flow-share",
                &[("percent", (one.many * 100 / one.begun).into())],
            )
        } else {
            t.get("flow-small")
        },
    }
}

/// Nobody, or enough not to be told apart.
const fn hides_none(count: i64) -> bool {
    count == 0 || count >= SMALL
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(led: &[UnitId], count: i64) -> Seen {
        let (a, b) = (UnitId::from_bytes([1; 16]), UnitId::from_bytes([2; 16]));
        let moved = Move {
            from: a,
            to: b,
            count,
        };
        let way = Way {
            unit: b,
            begun: count,
            taken: count,
            waited_hours: 2 * count,
            many: 1,
        };
        Seen {
            units: HashMap::from([(a, "A".to_owned()), (b, "B".to_owned())]),
            led: led.to_vec(),
            contacts: (vec![moved], vec![way]),
            matters: (Vec::new(), Vec::new()),
        }
    }

    #[test]
    fn a_small_count_is_told_to_the_lead_of_its_unit_alone() {
        let t = crate::words::fixture();
        let (a, b, c) = (
            UnitId::from_bytes([1; 16]),
            UnitId::from_bytes([2; 16]),
            UnitId::from_bytes([3; 16]),
        );
        for (led, count, told) in [
            (vec![], 4, false),
            (vec![c], 4, false),
            (vec![a], 4, true),
            (vec![b], 4, true),
            (vec![], 5, true),
        ] {
            let seen = seen(&led, count);
            let part = part(&t, &seen, "contacts", &seen.contacts);
            let small = t.get("flow-small");
            assert_eq!(part.moves[0].count != small, told, "{led:?} {count}");
            assert_eq!(part.moves[0].width.is_empty(), !told);
            let own = led.contains(&b);
            assert_eq!(part.ways[0].begun != small, own || count >= SMALL);
            assert_eq!(part.ways[0].many != small, own, "one of a few is somebody");
        }
    }
}
