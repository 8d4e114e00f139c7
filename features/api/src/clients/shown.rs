//! Clients in JSON. Protected contact details are not there at all: a program never proves itself anew, which they ask.

use std::fmt::Display;

use ::clients::store::card::{Card, CardDetail, CardName, CardWorker};
use ::clients::store::own::Listed;
use kernel::time::{Date, Timestamp};
use serde::{Serialize, Serializer};

/// Written as its text, straight into the answer.
#[derive(Debug)]
struct Text<T>(T);

impl<T: Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

/// A page of the list.
#[derive(Serialize)]
pub struct Lines<'a> {
    items: Vec<Line<'a>>,
    next: Option<String>,
}

/// A row of the list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    id: Text<::clients::ClientId>,
    name: &'a str,
    birth_date: Option<Text<Date>>,
    relation: &'static str,
    since: Option<Text<Timestamp>>,
}

impl<'a> Lines<'a> {
    /// The rows, and the cursor of the page after them.
    pub fn of(rows: &'a [Listed], next: Option<String>) -> Self {
        let items = rows
            .iter()
            .map(|row| Line {
                id: Text(row.id),
                name: &row.name,
                birth_date: row.birth.map(Text),
                relation: row.why,
                since: row.since.map(Text),
            })
            .collect();
        Self { items, next }
    }
}

/// The record as it is today.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Whole<'a> {
    id: Text<::clients::ClientId>,
    name: &'a str,
    names: Vec<Name<'a>>,
    identity_code: Option<&'a str>,
    temporary_identifier: Option<&'a str>,
    birth_date: Option<Text<Date>>,
    died_on: Option<Text<Date>>,
    sex: Option<&'a str>,
    unit: Option<Unit<'a>>,
    non_disclosure: bool,
    details: Vec<Detail<'a>>,
    workers: Vec<Worker<'a>>,
    narrow: bool,
}

#[derive(Serialize)]
struct Unit<'a> {
    id: Text<identity::people::UnitId>,
    name: &'a str,
}

#[derive(Serialize)]
struct Name<'a> {
    kind: &'static str,
    family: &'a str,
    given: &'a str,
    called: Option<&'a str>,
}

#[derive(Serialize)]
struct Detail<'a> {
    kind: &'static str,
    value: &'a str,
    from: Option<Text<Date>>,
    to: Option<Text<Date>>,
    source: &'a str,
}

#[derive(Serialize)]
struct Worker<'a> {
    name: &'a str,
    title: &'a str,
    relation: &'static str,
    since: Text<Timestamp>,
}

/// The whole card.
pub fn whole(card: &Card) -> Whole<'_> {
    Whole {
        id: Text(card.id),
        name: &card.name,
        names: card.names.iter().map(name).collect(),
        identity_code: card.code.as_ref().map(|code| code.expose()),
        temporary_identifier: card.temporary.as_deref(),
        birth_date: card.birth.map(Text),
        died_on: card.died_on.map(Text),
        sex: card.sex.as_deref(),
        unit: card.unit.as_ref().map(|(id, name)| Unit {
            id: Text(*id),
            name,
        }),
        non_disclosure: card.hidden,
        details: card.details.iter().map(detail).collect(),
        workers: card.workers.iter().map(worker).collect(),
        narrow: card.narrow,
    }
}

fn name(name: &CardName) -> Name<'_> {
    Name {
        kind: name.kind.code(),
        family: &name.family,
        given: &name.given,
        called: name.called.as_deref(),
    }
}

fn detail(detail: &CardDetail) -> Detail<'_> {
    Detail {
        kind: detail.kind,
        value: &detail.value,
        from: detail.from.map(Text),
        to: detail.to.map(Text),
        source: &detail.source,
    }
}

fn worker(worker: &CardWorker) -> Worker<'_> {
    Worker {
        name: &worker.name,
        title: &worker.title,
        relation: worker.kind,
        since: Text(worker.from),
    }
}
