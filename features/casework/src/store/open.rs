//! A matter begins: it has a client, a holder, its time limits and its initiation entry from its first second.

use clients::{ClientId, Reader};
use kernel::time::{Date, millis, wall_time};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::{
    Holder, Initiation, InitiationKind, Life, MatterError, MatterId, MatterName, OutsideSource,
    ServiceTask, clocks,
};
use crate::store::{
    By, Casework, add_event, clocks as clock_rows, holding, log, relation, timeline,
};

/// A matter to be opened. Texts are trimmed and checked by the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMatter {
    pub name: MatterName,
    pub service_task: ServiceTask,
    pub holder: Holder,
    pub initiation: Initiation,
}

/// What was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub id: MatterId,
    /// Human-readable number, for example `A-2026-000123`.
    pub number: String,
}

/// Opens a matter for a client. Without a holder by name it waits in the unit's queue, and the duty holder answers.
///
/// # Errors
/// [`MatterError::NotFound`] when the reader may not open a matter for this client, [`MatterError::Law`], and what the
/// room of clients refuses.
pub fn open(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    client: ClientId,
    new: &NewMatter,
) -> Result<Opened, MatterError> {
    let by = By::Worker(relation::may_open(
        tx,
        casework,
        reader,
        client,
        new.service_task,
    )?);
    write(tx, casework, &by, client, new)
}

/// Writes a matter whose right has been checked: by [`open`], or by an import.
///
/// # Errors
/// [`MatterError::Law`], and when the engine fails.
pub(crate) fn write(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &By,
    client: ClientId,
    new: &NewMatter,
) -> Result<Opened, MatterError> {
    let now = casework.now();
    let id = MatterId::new(&*casework.clock, &*casework.chance);
    let number = next_number(tx, wall_time(now).year())?;
    let born: Option<Date> = relation::born(tx, client)?;
    let started = clocks::starting(&new.initiation, born, &casework.calendar)?;
    insert(tx, casework, by, id, &number, new, born)?;
    let how = if new.holder.staff().is_some() {
        "opened"
    } else {
        "queued"
    };
    holding::begin(tx, casework, id, new.holder, how)?;
    put_client(tx, casework, by, id, client)?;
    for clock in &started {
        clock_rows::start(tx, casework, id, clock)?;
    }
    if let Some(source) = &new.initiation.outside {
        put_source(tx, casework, by, id, source)?;
    }
    relation::answered_by(tx, client, new.holder.unit())?;
    if let Some(staff) = new.holder.staff() {
        relation::hold(tx, casework, client, staff, id, "opened")?;
    }
    // The client relation begins by an application, and otherwise when handling begins (SHL 34 § 2).
    if new.initiation.kind == InitiationKind::Application || new.holder.staff().is_some() {
        relation::begin_client_relation(tx, casework, by, client, new.holder.unit())?;
    }
    add_event(tx, casework, by, id, None, how, new.initiation.way.code())?;
    log(
        tx,
        by,
        now,
        "matter.create",
        &[client],
        new.initiation.kind.code(),
        Some(&new.initiation.reasons),
    )?;
    timeline::put(tx, casework, by, id, client)?;
    Ok(Opened { id, number })
}

fn insert(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &By,
    id: MatterId,
    number: &str,
    new: &NewMatter,
    born: Option<Date>,
) -> Result<(), StoreError> {
    let now = millis(casework.now());
    let entry = &new.initiation;
    tx.execute(
        "insert into matter (id, number, name_code, name_text, service_task, state, joint, kind, way, initiator, initiator_name, pending_at, contact_at, reasons, own_words, seven_days, made_at, made_by, holder_kind, holder_unit, holder_staff, holder_since, first_taken_at, version) values ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $16, $21, 1)",
        &params![
            id.bytes(),
            number,
            new.name.code().code(),
            new.name.text().map(str::to_owned),
            new.service_task.code(),
            Life::begin(new.holder).stage().code(),
            entry.kind.code(),
            entry.way.code(),
            entry.initiator.code(),
            entry.initiator_name.clone(),
            millis(entry.pending_at),
            millis(entry.contact_at),
            entry.reasons.as_str(),
            entry.own_words.clone(),
            entry.seven_days_for(born).map(|why| why.code()),
            now,
            by.staff().map(|staff| staff.bytes()),
            new.holder.kind(),
            new.holder.unit().bytes(),
            new.holder.staff().map(|staff| staff.bytes()),
            new.holder.staff().map(|_| now)
        ],
    )?;
    Ok(())
}

/// Makes a client a client of the matter.
pub(crate) fn put_client(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &By,
    matter: MatterId,
    client: ClientId,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into matter_client (id, matter_id, client_id, joined_at, joined_by) values ($1, $2, $3, $4, $5)",
        &params![
            casework.row_id(),
            matter.bytes(),
            client.bytes(),
            millis(casework.now()),
            by.staff().map(|staff| staff.bytes())
        ],
    )?;
    if let Some(staff) = by.staff() {
        // The searches that found her led somewhere.
        clients::store::watch::note_entry(tx, staff, Some(client), casework.now())?;
    }
    Ok(())
}

fn put_source(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &By,
    matter: MatterId,
    source: &OutsideSource,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into matter_source (id, matter_id, what, from_whom, got_on, asked_by, ground, purpose, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            casework.row_id(),
            matter.bytes(),
            source.what.as_str(),
            source.from_whom.as_str(),
            source.got_on.to_string(),
            source.asked_by.clone(),
            source.ground.code(),
            source.purpose.as_str(),
            millis(casework.now()),
            by.staff().map(|staff| staff.bytes())
        ],
    )?;
    Ok(())
}

fn next_number(tx: &mut WriteTx<'_>, year: i16) -> Result<String, StoreError> {
    let row = tx.query_one(
        "insert into matter_counter (name, value) values ($1, 1) on conflict (name) do update set value = matter_counter.value + 1 returning value",
        &params![format!("matter-{year}")],
    )?;
    Ok(format!("A-{year}-{:06}", row.get::<i64>(0)?))
}

/// The matter that this worker has just opened for the client with the same name and reasons: a form sent twice makes one.
///
/// # Errors
/// When the engine fails.
pub fn opened_again(
    query: &mut impl Query,
    reader: &Reader,
    client: ClientId,
    new: &NewMatter,
    since: kernel::time::Timestamp,
) -> Result<Option<Opened>, StoreError> {
    query
        .query_optional(
            "select m.id, m.number from matter m join matter_client mc on mc.matter_id = m.id where mc.client_id = $1 and m.made_by = $2 and m.made_at >= $3 and m.reasons = $4 and m.name_code = $5 and m.service_task = $6 order by m.made_at desc, m.id desc limit 1",
            &params![
                client.bytes(),
                reader.staff.bytes(),
                millis(since),
                new.initiation.reasons.as_str(),
                new.name.code().code(),
                new.service_task.code()
            ],
        )?
        .map(|row| Ok(Opened { id: MatterId::from_bytes(row.get(0)?), number: row.get(1)? }))
        .transpose()
}
