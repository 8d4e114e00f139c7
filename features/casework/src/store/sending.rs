//! A matter goes to another county's queue: an explicit package in the outbox. How it leaves is told in `outbox`; nothing
//! is sent over a network from here.

use clients::{Gate, Reader};
use identity::people;
use kernel::time::{Timestamp, from_millis, millis};
use law::clock::Target;
use store::{Query, StoreError, WriteTx, params, places};

use crate::domain::transfer::{
    ClientPart, ClockPart, InitiationPart, MatterPart, NewTransfer, OutsidePart, Package, Part,
};
use crate::domain::{MatterError, MatterId, Step};
use crate::store::facts::Facts;
use crate::store::{
    By, Casework, add_event, clocks, ending, log, outbox, relation, timeline, unreadable,
};

/// Transfers a matter: the package is kept as it was sent, and the matter ends here.
///
/// # Errors
/// [`MatterError::LateReason`] when a limit in law has run out and no reason is given, [`MatterError::Ended`], and
/// [`MatterError::NotFound`] without a right.
pub fn transfer(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    from_county: &str,
    new: &NewTransfer,
    late_reason: Option<&str>,
) -> Result<(), MatterError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    let (acting, seen) = facts.right(reader, "matter", "transfer")?;
    let by = By::Worker(acting);
    let life = facts.life.after(Step::Transfer { at: now })?;
    // Only the parts of clients whom the sender sees are sent (B13).
    let sent: Vec<&Gate> = facts
        .sides
        .iter()
        .filter(|gate| seen.content.contains(&gate.client()))
        .collect();
    let package = pack(tx, casework, reader, matter, from_county, new, &sent)?;
    let text = serde_json::to_string(&package).map_err(|_| unreadable())?;
    clocks::end_all(tx, matter, "matter_transferred", now, late_reason, |_| true)?;
    ending::end(
        tx,
        casework,
        &facts,
        life,
        new.ground.code(),
        &new.ground_words,
    )?;
    let outbox = casework.row_id();
    tx.execute(
        "insert into county_outbox (id, matter_id, to_county, receiver, ground, package, digest, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![
            outbox,
            matter.bytes(),
            new.county.as_str(),
            new.receiver.as_str(),
            new.ground.code(),
            text.as_str(),
            *blake3::hash(text.as_bytes()).as_bytes(),
            millis(now),
            reader.staff.bytes()
        ],
    )?;
    for gate in &facts.sides {
        let seen = seen.content.contains(&gate.client());
        let sets = sets_of(&package, &new.parts, gate, seen);
        tx.execute(
            "insert into county_outbox_client (outbox_id, client_id, sets) values ($1, $2, $3)",
            &params![outbox, gate.client().bytes(), joined(&sets)],
        )?;
    }
    tx.enqueue_job(outbox::DELIVER_JOB, &matter.to_string(), now)?;
    add_event(tx, casework, &by, matter, None, "transferred", &new.county)?;
    let parts: Vec<_> = new.parts.iter().map(|part| part.code()).collect();
    let detail = format!("{} {} {}", new.county, new.ground.code(), parts.join(" "));
    log(
        tx,
        &by,
        now,
        "matter.transfer",
        &facts.clients(),
        &detail,
        Some(&text),
    )?;
    for client in facts.clients() {
        timeline::put(tx, casework, &by, matter, client)?;
    }
    Ok(())
}

/// What of one client went along. Of a client whom the sender does not see only what the matter itself tells.
fn sets_of(package: &Package, picked: &[Part], gate: &Gate, seen: bool) -> Vec<Part> {
    let entry = package.initiation.as_ref();
    picked
        .iter()
        .copied()
        .filter(|part| match part {
            Part::Basics | Part::Languages => seen,
            // The phone of a client under non-disclosure is never sent.
            Part::Contact => seen && !gate.is_hidden(),
            Part::Initiation => entry.is_some(),
            Part::Outside => entry.is_some_and(|entry| entry.outside.is_some()),
            Part::Clocks => !package.clocks.is_empty(),
        })
        .collect()
}

/// What an older package holds of its clients together.
fn sets_in(package: &Package) -> Vec<Part> {
    let any = |has: fn(&ClientPart) -> bool| package.clients.iter().any(has);
    let entry = package.initiation.as_ref();
    Part::ALL
        .iter()
        .copied()
        .filter(|part| match part {
            Part::Basics => any(|client| client.name.is_some()),
            Part::Languages => any(|client| !client.languages.is_empty()),
            Part::Contact => any(|client| !client.phones.is_empty()),
            Part::Initiation => entry.is_some(),
            Part::Outside => entry.is_some_and(|entry| entry.outside.is_some()),
            Part::Clocks => !package.clocks.is_empty(),
        })
        .collect()
}

fn joined(sets: &[Part]) -> String {
    let codes: Vec<&str> = sets.iter().map(|part| part.code()).collect();
    // A mark for nothing, so that it is no older row.
    if codes.is_empty() {
        "-".to_owned()
    } else {
        codes.join(" ")
    }
}

/// Data of a client that was given to another county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    pub at: Timestamp,
    /// Code of the county.
    pub county: String,
    /// Unit or service there, in words.
    pub receiver: String,
    pub ground: String,
    /// The matter's number.
    pub matter: String,
    pub sets: Vec<Part>,
}

/// What has been given of a client known under these ids, newest first (703/2023 11 §). The caller has the right to
/// the client's log, and writes the entry.
///
/// # Errors
/// When the engine fails, or a package cannot be read.
pub fn disclosures(
    query: &mut impl Query,
    client: &[[u8; 16]],
) -> Result<Vec<Disclosure>, MatterError> {
    if client.is_empty() {
        return Ok(Vec::new());
    }
    let values: Vec<store::Value> = client.iter().map(|id| (*id).into()).collect();
    let sql = format!(
        "select o.made_at, o.to_county, o.receiver, o.ground, m.number, d.sets, case when d.sets = '' then o.package else '' end from county_outbox_client d join county_outbox o on o.id = d.outbox_id join matter m on m.id = o.matter_id where d.client_id in ({}) order by o.made_at desc, o.id",
        places(client.len(), 0)
    );
    query.query(&sql, &values)?.iter().map(disclosure).collect()
}

fn disclosure(row: &store::Row) -> Result<Disclosure, MatterError> {
    let (sets, package): (String, String) = (row.get(5)?, row.get(6)?);
    Ok(Disclosure {
        at: from_millis(row.get(0)?),
        county: row.get(1)?,
        receiver: row.get(2)?,
        ground: row.get(3)?,
        matter: row.get(4)?,
        sets: if sets.is_empty() {
            sets_in(&serde_json::from_str(&package).map_err(|_| unreadable())?)
        } else {
            sets.split(' ').filter_map(Part::from_code).collect()
        },
    })
}

fn pack(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    from_county: &str,
    new: &NewTransfer,
    sent: &[&Gate],
) -> Result<Package, MatterError> {
    let picked = |part| new.parts.contains(&part);
    let row = tx.query_one(
        "select number, name_code, name_text, service_task, pending_at, kind, way, initiator, initiator_name, reasons, own_words from matter where id = $1",
        &params![matter.bytes()],
    )?;
    let outside = if picked(Part::Outside) {
        outside(tx, matter)?
    } else {
        None
    };
    let initiation = if picked(Part::Initiation) {
        Some(InitiationPart {
            kind: row.get(5)?,
            way: row.get(6)?,
            initiator: row.get(7)?,
            initiator_name: row.get(8)?,
            reasons: row.get(9)?,
            own_words: row.get(10)?,
            outside,
        })
    } else {
        None
    };
    let running = if picked(Part::Clocks) {
        running(tx, matter)?
    } else {
        Vec::new()
    };
    let mut clients = Vec::new();
    for gate in sent {
        clients.push(relation::client_part(tx, gate, &new.parts, casework.now())?);
    }
    let made_by =
        people::lookup_staff(tx, reader.staff)?.map_or_else(String::new, |staff| staff.name);
    Ok(Package {
        from_county: from_county.to_owned(),
        to_county: new.county.clone(),
        receiver: new.receiver.clone(),
        urgency: Some(new.urgency.code().to_owned()),
        ground: new.ground.code().to_owned(),
        ground_words: new.ground_words.clone(),
        cover: new.cover.clone(),
        matter: MatterPart {
            number: row.get(0)?,
            name_code: row.get(1)?,
            name_text: row.get(2)?,
            service_task: row.get(3)?,
            pending_at: row.get(4)?,
        },
        clients,
        initiation,
        clocks: running,
        made_at: millis(casework.now()),
        made_by,
    })
}

fn outside(query: &mut impl Query, matter: MatterId) -> Result<Option<OutsidePart>, StoreError> {
    query
        .query_optional(
            "select what, from_whom, got_on, ground from matter_source where matter_id = $1 order by recorded_at limit 1",
            &params![matter.bytes()],
        )?
        .map(|row| {
            Ok(OutsidePart {
                what: row.get(0)?,
                from_whom: row.get(1)?,
                got_on: row.get(2)?,
                ground: row.get(3)?,
            })
        })
        .transpose()
}

fn running(query: &mut impl Query, matter: MatterId) -> Result<Vec<ClockPart>, StoreError> {
    Ok(clocks::of_matter(query, matter)?
        .into_iter()
        .filter(|row| row.clock.ended.is_none())
        .map(|row| ClockPart {
            code: row.clock.basis.code().to_owned(),
            trigger_at: millis(row.clock.trigger_at),
            due_on: match row.clock.target {
                Target::Day(due) => Some(due.date.to_string()),
                Target::Soft(_) => None,
            },
        })
        .collect())
}
