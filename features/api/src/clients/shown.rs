//! Clients in JSON. Protected contact details are not there at all: a program never proves itself anew, which they ask.

use ::clients::store::details::{Detail, Told};
use ::clients::store::own::Listed;
use ::clients::store::record::Record;
use kernel::time::Date;
use serde_json::{Value, json};

/// A row of the list.
pub fn line(row: &Listed) -> Value {
    json!({
        "id": row.id.to_string(),
        "name": row.name,
        "birthDate": row.birth.map(|day| day.to_string()),
        "relation": row.why,
        "since": row.since.map(|at| at.to_string()),
    })
}

/// The record as it is today.
pub fn whole(record: &Record, today: Date) -> Value {
    let names: Vec<Value> = record
        .names
        .iter()
        .map(|name| {
            json!({
                "kind": name.kind.code(),
                "family": name.family,
                "given": name.given,
                "called": name.called,
            })
        })
        .collect();
    let details: Vec<Value> = record
        .details
        .iter()
        .filter(|detail| detail.holds(today))
        .filter_map(detail)
        .collect();
    let workers: Vec<Value> = record
        .workers
        .iter()
        .map(|worker| {
            json!({ "name": worker.name, "title": worker.title, "relation": worker.kind, "since": worker.from.to_string() })
        })
        .collect();
    json!({
        "id": record.id.to_string(),
        "name": record.display_name,
        "names": names,
        "identityCode": record.code.as_ref().map(|code| code.expose().to_owned()),
        "temporaryIdentifier": record.temporary,
        "birthDate": record.birth.map(|day| day.to_string()),
        "diedOn": record.died_on.map(|day| day.to_string()),
        "sex": record.sex,
        "unit": record.unit.as_ref().map(|(id, name)| json!({ "id": id.to_string(), "name": name })),
        "nonDisclosure": record.hidden,
        "details": details,
        "workers": workers,
        "narrow": record.narrow,
    })
}

fn detail(detail: &Detail) -> Option<Value> {
    let Told::Plain(value) = &detail.value else {
        return None;
    };
    Some(json!({
        "kind": detail.kind,
        "value": value,
        "from": detail.from.map(|day| day.to_string()),
        "to": detail.to.map(|day| day.to_string()),
        "source": detail.source,
    }))
}
