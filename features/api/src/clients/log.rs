//! The log of one client: who has looked and why, for whoever may see it.

use ::clients::store::known;
use ::clients::{ClientId, Gate, Reader, gate};
use access::log::{Actor, Position};
use axum::extract::{Path, RawQuery, State};
use identity::people::StaffId;
use kernel::time::{Timestamp, from_millis, millis};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::HashMap;
use store::{Query, Recorded, SubjectFilter};
use web::House;

use super::told;
use crate::answer;
use crate::cursor;
use crate::place::{self, ONE_MORE, Place};
use crate::refusal::{Refusal, Reply};
use crate::tokens::Caller;

const LIST: &str = "client-log";
/// Purpose of exceptional access: some readers see its entries alone.
const EXCEPTIONAL: &str = "P17";

/// Whose log may be read, and how.
struct Opened {
    ids: Vec<[u8; 16]>,
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
    let before: Option<[u8; 16]> = Place::read(&query)?.after(&house, LIST, caller.token())?;
    let (reader, now) = (caller.reader()?, house.now());
    let opened = caller
        .show(&house, move |tx| open(tx, &reader, id, now))
        .await;
    let (opened, logged) = told(&house, &caller, id, opened).await?;
    let filter = SubjectFilter {
        purpose: opened.exceptional_only.then_some(EXCEPTIONAL),
        before: before.and_then(after),
        ..SubjectFilter::new(opened.ids, usize::try_from(ONE_MORE).unwrap_or(usize::MAX))
    };
    let entries = house.store.subjects_log(filter).await?;
    let names = names(&house, &entries).await?;
    let body = place::page(
        &entries,
        |entry| line(entry, &names),
        |last| cursor::make(&house.secrets, LIST, caller.token(), &place_of(last)),
    );
    answer::list(&body, logged)
}

/// Where a page ended: the last entry's moment and position.
fn place_of(last: &Recorded) -> [u8; 16] {
    let mut place = [0; 16];
    place[..8].copy_from_slice(&millis(last.header.at).to_be_bytes());
    place[8..].copy_from_slice(&last.position.to_i64().to_be_bytes());
    place
}

fn after(place: [u8; 16]) -> Option<(Timestamp, Position)> {
    let (at, position) = place.split_at(8);
    let at = i64::from_be_bytes(at.try_into().ok()?);
    let position = Position::from_i64(i64::from_be_bytes(position.try_into().ok()?))?;
    Some((from_millis(at), position))
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
    // The officer's right to logs is not one to open whichever client's: a program reads hers for who works with her.
    gate.acting("client_basics", "see_basics", "working_age", None, &[])?;
    let client = gate.client();
    let ids = known::ids(tx, client)?;
    let shown = gate::Shown {
        detail: Cow::Borrowed(""),
        ..gate::Shown::of("client.log_read", client)
    };
    gate::log(tx, reader, &granted, now, &shown)?;
    Ok(Opened {
        ids,
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
