//! The worker's own people: whose day comes next, and the counts by which work is shared out.

use std::collections::HashMap;

use casework::sources::{MyClient, Share};
use casework::work::Work;
use clients::ClientId;
use kernel::time::{Date, Timestamp, day};
use web::Texts;

use crate::words::{self, Due};

/// So many of one's own clients stand on the desk; the list of clients has all.
const SHOWN: usize = 8;

/// A client of one's own.
pub struct MineRow {
    pub href: String,
    pub name: String,
    /// What the worker is to the client.
    pub what: String,
    pub next: Due,
}

/// One's own clients on the desk.
#[derive(Default)]
pub struct Mine {
    pub rows: Vec<MineRow>,
    pub total: usize,
    pub share: Vec<ShareLine>,
}

/// One count and how it is made.
pub struct ShareLine {
    pub name: String,
    pub value: i64,
    pub how: String,
}

/// Those who stand on the desk: first those whose day comes first, then the others by name.
pub fn shown(mut clients: Vec<MyClient>, works: &[Work]) -> Vec<MyClient> {
    let days = next_days(works);
    clients.sort_by_key(|one| days.get(&one.client).copied().unwrap_or(Date::MAX));
    clients.truncate(SHOWN);
    clients
}

/// One's own clients in words.
pub fn mine(
    t: &Texts,
    (clients, total): (&[MyClient], usize),
    works: &[Work],
    share: Option<(&Share, i64)>,
    now: Timestamp,
) -> Mine {
    let days = next_days(works);
    let next = |client: &ClientId| days.get(client).copied();
    Mine {
        total,
        rows: clients
            .iter()
            .map(|one| row(t, one, next(&one.client), now))
            .collect(),
        share: share.map_or_else(Vec::new, |(share, contacts)| lines(t, share, contacts)),
    }
}

/// The first day of each client among all that is to be done.
fn next_days(works: &[Work]) -> HashMap<ClientId, Date> {
    let mut days: HashMap<ClientId, Date> = HashMap::new();
    for work in works {
        for client in &work.clients {
            if let Some(due) = work.due {
                let first = days.entry(*client).or_insert(due);
                *first = due.min(*first);
            }
        }
    }
    days
}

fn row(t: &Texts, one: &MyClient, next: Option<Date>, now: Timestamp) -> MineRow {
    let kind = one.kinds.iter().map(String::as_str);
    let rank = |kind: &str| match kind {
        "own_worker" => 0,
        "substitute" => 1,
        "own_team" => 2,
        _ => 3,
    };
    let first = kind.min_by_key(|kind| rank(kind)).unwrap_or_default();
    MineRow {
        href: format!("/clients/{}", one.client),
        name: one.name.clone(),
        what: t.get(&format!("desk-mine-{first}")),
        next: next.map_or_else(
            || Due {
                text: t.get("desk-mine-no-day"),
                color: "",
                iso: String::new(),
            },
            |next| words::due_on(t, next, day(now)),
        ),
    }
}

/// The counts of a worker line by line, each with how it is made. They are never put together into one figure.
fn lines(t: &Texts, share: &Share, contacts: i64) -> Vec<ShareLine> {
    [
        ("own", share.own),
        ("substitutes", share.substitutes),
        ("matters", share.matters),
        ("clocks", share.clocks),
        ("contacts", contacts),
    ]
    .into_iter()
    .map(|(code, value)| ShareLine {
        name: t.get(&format!("desk-share-{code}")),
        value,
        how: t.get(&format!("desk-share-how-{code}")),
    })
    .collect()
}
