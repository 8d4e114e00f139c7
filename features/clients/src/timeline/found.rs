//! Words looked for across clients: in what the reader may open, and nowhere else.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use access::rights::{Question, RightsTable, SERVICE_TASKS};
use kernel::language::Language;
use kernel::time::{SignedDuration, Timestamp, day, millis};
use store::{Query, Row, Show, StoreError, Value, params};

use crate::domain::{ClientError, ClientId, Reader};
use crate::gate::{self, COLLEAGUE_PASSES, DAYS_AFTER_DEATH, DEAD_SINCE, Gate, Granted};
use crate::timeline::list::Shown;
use crate::timeline::openings::{self, View};
use crate::timeline::words::{self, Words};

/// Classes that stand in a timeline.
const CLASSES: [&str; 12] = [
    "contact",
    "matter",
    "client_relation",
    "assessment",
    "plan",
    "note",
    "decision",
    "payment",
    "service_doc",
    "measure_result",
    "message",
    "appointment",
];
/// Items that are looked at for one answer.
const MOST_ITEMS: usize = 200;
/// Clients of one answer.
const MOST_CLIENTS: usize = 20;
/// Items shown of one client; the rest are on her own page.
const SHOWN_EACH: usize = 3;

/// What was met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// By the newest item that was met.
    pub clients: Vec<ClientHits>,
    /// There is more than what is shown: the words are too common.
    pub more: bool,
}

/// What was met of one client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientHits {
    pub client: ClientId,
    pub name: String,
    /// The newest items, at most three.
    pub items: Vec<Shown>,
    /// How many were met.
    pub count: usize,
}

/// Looks for words in what the reader may open now, and logs whose data was shown. `terms` is a keyed
/// digest of the words: the log tells the same search again, not what it was. The number of statements
/// does not grow with what is met.
///
/// # Errors
/// [`ClientError::NotFound`] when no row of the table could show the reader any client.
pub fn find(
    tx: &mut impl Show,
    reader: &Reader,
    words: &Words,
    terms: &[u8; 32],
    now: Timestamp,
) -> Result<Found, ClientError> {
    let general = RightsTable::built_in()
        .granting(
            &reader.subject,
            "client_basics",
            "see_basics",
            "working_age",
            day(now),
        )
        .next()
        .map(Granted::from)
        .ok_or(ClientError::NotFound)?;
    let arms = arms(reader, now);
    let rows = match arms.is_empty() {
        true => Vec::new(),
        false => rows(tx, reader, words, &arms, now)?,
    };
    let more = rows.len() > MOST_ITEMS;
    let mut hits = rows
        .iter()
        .take(MOST_ITEMS)
        .map(Hit::read)
        .collect::<Result<Vec<_>, _>>()?;
    let mut clients: Vec<ClientId> = Vec::new();
    for hit in &hits {
        if !clients.contains(&hit.client) {
            clients.push(hit.client);
        }
    }
    let more = more || clients.len() > MOST_CLIENTS;
    clients.truncate(MOST_CLIENTS);
    hits.retain(|hit| clients.contains(&hit.client));
    let found = through_gates(tx, reader, &clients, hits, words, now)?;
    let found = Found {
        clients: found,
        more,
    };
    log(tx, reader, &found, general, terms, now)?;
    Ok(found)
}

/// A row of the table as a condition: over a relation of this kind it opens these items.
type Arms = BTreeMap<(View, BTreeSet<&'static str>), Vec<String>>;

/// What the table grants for reading whole items, by the relation that it needs.
fn arms(reader: &Reader, now: Timestamp) -> Arms {
    let mut of_pair: BTreeMap<(View, String), BTreeSet<&'static str>> = BTreeMap::new();
    for class in CLASSES {
        for task in SERVICE_TASKS {
            let kinds: BTreeSet<&'static str> = RightsTable::built_in()
                .granting(&reader.subject, class, "read", task, day(now))
                .filter_map(|row| crate::relations::kind(&row.relation))
                .collect();
            for kind in kinds {
                // Where only titles are shown, a search would tell the text.
                if let Some(view) = over(reader, kind, class, task, now)
                    && !view.title_only
                {
                    let pair = of_pair.entry((view, format!("{class} {task}")));
                    pair.or_default().insert(kind);
                }
            }
        }
    }
    let mut arms: Arms = BTreeMap::new();
    for ((view, pair), kinds) in of_pair {
        arms.entry((view, kinds)).or_default().push(pair);
    }
    arms
}

/// What one relation alone shows of a class; bars are conditions of the statement.
fn over(
    reader: &Reader,
    kind: &'static str,
    class: &str,
    service_task: &str,
    now: Timestamp,
) -> Option<View> {
    for own_only in [false, true] {
        let mut given = gate::tokens_of(kind, class).to_vec();
        given.push("not_restricted");
        if own_only {
            given.push("own_entry");
        }
        let decision = RightsTable::built_in().decide(&Question {
            subject: &reader.subject,
            class,
            action: "read",
            service_task,
            relations: &[kind],
            given: &given,
            bars: &[],
            on: day(now),
        });
        let view = decision
            .row()
            .and_then(|row| openings::view(row, class, own_only, now));
        if view.is_some() {
            return view;
        }
    }
    None
}

fn rows(
    tx: &mut impl Query,
    reader: &Reader,
    words: &Words,
    arms: &Arms,
    now: Timestamp,
) -> Result<Vec<Row>, StoreError> {
    let today = day(now);
    let alive = today
        .checked_sub(SignedDuration::from_hours(24 * DAYS_AFTER_DEATH))
        .unwrap_or(today);
    let me = reader.staff.bytes();
    let mut values = params![me, millis(now), today.to_string(), alive.to_string()];
    let met = words.question().condition(tx, "i.id", &mut values);
    let opened: Vec<String> = arms
        .iter()
        .map(|((view, kinds), pairs)| arm(view, kinds, pairs, me, &mut values))
        .collect();
    let sql = format!(
        "select i.id, i.at, i.class, i.service_task, i.object_kind, i.object_id, i.kind, i.language, i.title,
            i.body, i.href, s.name, i.client_id, c.display_name, i.author
         from timeline_item i join client c on c.id = i.client_id left join staff s on s.id = i.author
         where {met} and i.hidden_at is null and i.restricted is null and {} and ({})
         order by i.at desc, i.id limit {}",
        not_barred(),
        opened.join(" or "),
        MOST_ITEMS + 1
    );
    tx.query(&sql, &values)
}

/// The items of some classes over some kinds of relation. Kinds, classes and tasks are constants of the
/// program, so they stand in the text.
fn arm(
    view: &View,
    kinds: &BTreeSet<&'static str>,
    pairs: &[String],
    me: [u8; 16],
    values: &mut Vec<Value>,
) -> String {
    let quoted = |codes: Vec<&str>| format!("'{}'", codes.join("', '"));
    let narrowed = openings::view_condition(view, me, &mut |value| {
        values.push(value);
        format!("${}", values.len())
    });
    format!(
        "(i.class || ' ' || i.service_task in ({}){narrowed} and exists (
            select 1 from held_relation h where h.client_id = i.client_id and h.staff_id = $1 and h.kind in ({})
            and h.began_at <= $2 and h.begins_on <= $3 and h.ends_on >= $3
            and (h.object_id is null or i.object_kind = 'client' or h.object_id = i.object_id)
            and (h.ends > $2 or (h.until_at > $2 and i.at <= h.ends and h.kind not in ('unit_duty', 'substitute')
                and (h.object_id is null or h.object_id = i.object_id)))))",
        quoted(pairs.iter().map(String::as_str).collect()),
        quoted(kinds.iter().copied().collect()),
    )
}

/// The client `c` is in use and no bar stands between her and the reader.
fn not_barred() -> String {
    let passes = COLLEAGUE_PASSES.join("', '");
    format!(
        "c.state = 'active' and (c.died_on is null or {DEAD_SINCE} >= $4)
         and not exists (select 1 from kin_bar k where k.staff_id = $1 and k.client_id = c.id and k.begins_on <= $3 and k.ends_on >= $3
            and (k.bar <> 'B03' or not exists (select 1 from relation p where p.client_id = c.id
                and p.staff_id = $1 and p.kind in ('{passes}') and p.began_at <= $2
                and (p.ends_at is null or p.ends_at > $2))))
         and not exists (select 1 from bar b where (b.client_id = c.id
                or (b.client_id is null and b.unit_id = c.responsible_unit))
            and (b.staff_id is null or b.staff_id = $1)
            and b.began_at <= $2 and (b.ends_at is null or b.ends_at > $2)
            and not exists (select 1 from bar_exempt x where x.bar_id = b.id and x.staff_id = $1)
            and not (b.client_id is null
                and exists (select 1 from staff u where u.id = $1 and u.unit_id = b.unit_id)))"
    )
}

/// An item as it was met, before its gate.
struct Hit {
    client: ClientId,
    name: String,
    id: [u8; 16],
    at: Timestamp,
    class: String,
    task: String,
    object: Option<(&'static str, [u8; 16])>,
    kind: String,
    language: Language,
    title: String,
    body: String,
    href: String,
    author: Option<[u8; 16]>,
    author_name: Option<String>,
}

impl Hit {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let object = row.get(5)?;
        let kind: String = row.get(4)?;
        Ok(Self {
            client: ClientId::from_bytes(row.get(12)?),
            name: row.get(13)?,
            id: row.get(0)?,
            at: row.get(1)?,
            class: row.get(2)?,
            task: row.get(3)?,
            object: openings::object_kind(&kind).map(|kind| (kind, object)),
            kind: row.get(6)?,
            language: Language::from_code(&row.get::<String>(7)?).unwrap_or(Language::Fi),
            title: row.get(8)?,
            body: row.get(9)?,
            href: row.get(10)?,
            author: row.get(14)?,
            author_name: row.get(11)?,
        })
    }

    /// The item as its gate shows it; `None` when it does not.
    fn through(&self, gate: &Gate, words: &Words, now: Timestamp) -> Option<Shown> {
        let (view, granted) = openings::decide(gate, &self.class, &self.task, self.object, now)?;
        let late = gate.seen_until().is_some_and(|until| self.at > until);
        let old = view.since.is_some_and(|since| millis(self.at) < since);
        let others = view.own_only && self.author != Some(gate.reader().staff.bytes());
        if late || old || others || view.title_only {
            return None;
        }
        Some(Shown {
            id: self.id,
            at: self.at,
            class: self.class.clone(),
            kind: self.kind.clone(),
            object: self
                .object
                .map_or_else(|| self.client.bytes(), |(_, id)| id),
            title: words::marked(Some(words), self.language, &self.title),
            body: words::excerpt(Some(words), self.language, &self.body),
            author: self.author_name.clone(),
            href: self.href.clone(),
            granted,
        })
    }
}

/// The gate of each client decides again: the statement above is a filter, the gate is the rule.
fn through_gates(
    tx: &mut impl Query,
    reader: &Reader,
    clients: &[ClientId],
    hits: Vec<Hit>,
    words: &Words,
    now: Timestamp,
) -> Result<Vec<ClientHits>, StoreError> {
    let gates: HashMap<ClientId, Gate> = Gate::open_many(tx, reader, clients, now)?
        .into_iter()
        .map(|gate| (gate.client(), gate))
        .collect();
    let mut found: Vec<ClientHits> = Vec::new();
    for hit in hits {
        let Some(shown) = gates
            .get(&hit.client)
            .and_then(|gate| hit.through(gate, words, now))
        else {
            continue;
        };
        let place = match found.iter().position(|own| own.client == hit.client) {
            Some(place) => place,
            None => {
                found.push(ClientHits {
                    client: hit.client,
                    name: hit.name,
                    items: Vec::new(),
                    count: 0,
                });
                found.len() - 1
            }
        };
        let own = &mut found[place];
        own.count += 1;
        if own.items.len() < SHOWN_EACH {
            own.items.push(shown);
        }
    }
    Ok(found)
}

/// One entry for each row of the table that opened something, with the clients it opened; one without
/// clients when nothing was met.
fn log(
    tx: &mut impl Show,
    reader: &Reader,
    found: &Found,
    general: Granted,
    terms: &[u8; 32],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut by_right: BTreeMap<&'static str, (Granted, BTreeSet<ClientId>, usize)> =
        BTreeMap::new();
    for client in &found.clients {
        for item in &client.items {
            let entry =
                by_right
                    .entry(item.granted.right)
                    .or_insert((item.granted, BTreeSet::new(), 0));
            entry.1.insert(client.client);
            entry.2 += 1;
        }
    }
    if by_right.is_empty() {
        by_right.insert(general.right, (general, BTreeSet::new(), 0));
    }
    for (granted, clients, items) in by_right.into_values() {
        let shown = gate::Shown {
            event: "client.words",
            clients: clients.into_iter().collect::<Vec<_>>().into(),
            detail: Cow::Owned(format!("items={items} terms={}", short(terms))),
            content: None,
        };
        gate::log(tx, reader, &granted, now, &shown)?;
    }
    Ok(())
}

/// The beginning of a digest: enough to tell the same search again.
pub(super) fn short(terms: &[u8; 32]) -> String {
    terms[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
