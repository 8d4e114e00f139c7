//! The log of one client: who has looked and why, for whoever may see it.

use ::clients::{ClientId, Gate, Reader, gate};
use access::log::Actor;
use axum::extract::{Path, RawQuery, State};
use identity::people::StaffId;
use kernel::time::Timestamp;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::HashMap;
use store::{Query, Recorded, params};
use web::House;

use super::told;
use crate::answer;
use crate::cursor;
use crate::place::{self, ONE_MORE, Place};
use crate::refusal::{Refusal, Reply};
use crate::tokens::Caller;

const LIST: &str = "client-log";
/// The newest entries that can be asked for.
pub const MOST: usize = 1_000;
/// Purpose of exceptional access: some readers see its entries alone.
const EXCEPTIONAL: &str = "P17";

/// Whose log may be read, and how.
struct Opened {
    ids: Vec<[u8; 16]>,
    client: ClientId,
    exceptional_only: bool,
}

/// `GET /api/v1/clients/{id}/log`
pub async fn log(
    State(house): State<House>,
    caller: Caller,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Reply {
    let id: ClientId = place::id(&id)?;
    let before: Option<[u8; 8]> = Place::read(&query)?.after(&house, LIST, caller.token())?;
    let (reader, now) = (caller.reader()?, house.now());
    let opened = caller
        .show(&house, move |tx| open(tx, &reader, id, now))
        .await;
    let (opened, logged) = told(&house, &caller, id, opened).await?;
    let mut entries = Vec::new();
    for id in &opened.ids {
        entries.extend(house.store.subject_log(*id, MOST).await?);
    }
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.header.at, entry.position)));
    entries.dedup_by_key(|entry| entry.position);
    if opened.exceptional_only {
        entries.retain(|entry| entry.header.purpose == EXCEPTIONAL);
    }
    if let Some(before) = before {
        let before = i64::from_be_bytes(before);
        let place = entries
            .iter()
            .position(|entry| entry.position.to_i64() == before);
        let place =
            place.ok_or_else(|| Refusal::parameter("The place that the cursor held is gone."))?;
        entries.drain(..=place);
    }
    entries.truncate(usize::try_from(ONE_MORE).unwrap_or(usize::MAX));
    let names = names(&house, &entries).await?;
    let body = place::page(
        &entries,
        |entry| line(entry, &names),
        |last| {
            let place = last.position.to_i64().to_be_bytes();
            cursor::make(&house.secrets, LIST, caller.token(), &place)
        },
    );
    let _ = opened.client;
    Ok(answer::list(&body, logged))
}

fn open(
    tx: &mut impl store::Show,
    reader: &Reader,
    id: ClientId,
    now: Timestamp,
) -> Result<Opened, Refusal> {
    let gate = Gate::open(tx, reader, id, now)?;
    let granted = gate
        .acting("use_log", "see_log", "na", None, &[])
        .or_else(|_| gate.acting("use_log", "see_log", "working_age", None, &[]))?;
    let client = gate.client();
    let rows = tx.query(
        "select id from client where id = $1 or merged_into = $1",
        &params![client.bytes()],
    )?;
    let ids = rows
        .iter()
        .map(|row| row.get(0))
        .collect::<Result<Vec<[u8; 16]>, _>>()?;
    let shown = gate::Shown {
        detail: Cow::Borrowed(""),
        ..gate::Shown::of("client.log_read", client)
    };
    gate::log(tx, reader, &granted, now, &shown)?;
    Ok(Opened {
        ids,
        client,
        exceptional_only: granted.row.shows("exceptional_only"),
    })
}

/// The names of the workers who acted, in one statement.
async fn names(house: &House, entries: &[Recorded]) -> Result<HashMap<StaffId, String>, Refusal> {
    let mut ids: Vec<[u8; 16]> = entries
        .iter()
        .filter_map(|entry| match entry.header.actor {
            Actor::Staff(id) => Some(id),
            _ => None,
        })
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    let list = if places.is_empty() {
        "null".to_owned()
    } else {
        places.join(", ")
    };
    house
        .store
        .read(move |tx| {
            let values: Vec<store::Value> = ids.iter().map(|id| (*id).into()).collect();
            let rows = tx.query(
                &format!("select id, name from staff where id in ({list})"),
                &values,
            )?;
            rows.iter()
                .map(|row| Ok((StaffId::from_bytes(row.get(0)?), row.get(1)?)))
                .collect::<Result<HashMap<_, _>, Refusal>>()
        })
        .await
}

fn line(entry: &Recorded, names: &HashMap<StaffId, String>) -> Value {
    let (kind, id, name) = match entry.header.actor {
        Actor::Staff(id) => {
            let id = StaffId::from_bytes(id);
            ("staff", Some(id.to_string()), names.get(&id).cloned())
        }
        Actor::Token(id) => ("token", Some(StaffId::from_bytes(id).to_string()), None),
        Actor::Sender => ("sender", None, None),
        Actor::System => ("system", None, None),
    };
    json!({
        "at": entry.header.at.to_string(),
        "actor": { "kind": kind, "id": id, "name": name },
        "event": entry.header.event,
        "right": entry.header.right,
        "purpose": entry.header.purpose,
    })
}
