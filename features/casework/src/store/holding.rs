//! Who answers for a matter, and how that changes: taken, accepted, taken over by a lead.

use clients::Reader;
use identity::people::{self, StaffId};
use kernel::time::{Timestamp, from_millis, millis};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::{Holder, Life, MatterError, MatterId, Step};
use crate::store::facts::Facts;
use crate::store::{By, Casework, add_event, log, offers, relation};

/// Opens a row in the history of holders. The unique index refuses a second open row.
pub(crate) fn begin(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    matter: MatterId,
    holder: Holder,
    how: &str,
) -> Result<(), StoreError> {
    let now = casework.now();
    let staff = match holder {
        Holder::Person { staff, .. } => staff,
        Holder::Duty(unit) => people::duty_holder(tx, unit, now)?,
    };
    tx.execute(
        "insert into matter_holding (id, matter_id, kind, unit_id, staff_id, how, began_at) values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            casework.row_id(),
            matter.bytes(),
            holder.kind(),
            holder.unit().bytes(),
            staff.bytes(),
            how,
            millis(now)
        ],
    )?;
    Ok(())
}

/// Closes the open row of the history, when the matter changes hands or ends.
pub(crate) fn end(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    matter: MatterId,
) -> Result<(), StoreError> {
    tx.execute(
        "update matter_holding set ended_at = $2 where matter_id = $1 and ended_at is null",
        &params![matter.bytes(), millis(casework.now())],
    )?;
    Ok(())
}

/// Moves the matter to a named person, and begins the client relation when handling begins (SHL 34 § 2).
fn change(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    facts: &Facts,
    by: &By,
    step: Step,
    how: &'static str,
) -> Result<(), MatterError> {
    let life = facts.life.after(step)?;
    pass(tx, casework, facts, life, how)?;
    for client in facts.clients() {
        relation::begin_client_relation(tx, casework, by, client, facts.unit())?;
    }
    Ok(())
}

/// Moves the matter to the holder that its new state has: the history, the row, the relation facts of both.
pub(crate) fn pass(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    facts: &Facts,
    life: Life,
    how: &'static str,
) -> Result<(), MatterError> {
    let holder = life.holder().ok_or(MatterError::Ended)?;
    let (now, staff) = (casework.now(), holder.staff());
    offers::withdraw_open(tx, casework, facts.id)?;
    end(tx, casework, facts.id)?;
    begin(tx, casework, facts.id, holder, how)?;
    tx.execute(
        "update matter set state = $2, holder_kind = $3, holder_unit = $4, holder_staff = $5, holder_since = $6, first_taken_at = case when $3 = 'person' then coalesce(first_taken_at, $6) else first_taken_at end, version = version + 1 where id = $1",
        &params![
            facts.id.bytes(),
            life.stage().code(),
            holder.kind(),
            holder.unit().bytes(),
            staff.map(|staff| staff.bytes()),
            millis(now)
        ],
    )?;
    for client in facts.clients() {
        if let Some(before) = facts.holder().staff().filter(|one| Some(*one) != staff) {
            relation::leave_matter(tx, casework, client, before, facts.id)?;
        }
        if let Some(staff) = staff {
            relation::hold(tx, casework, client, staff, facts.id, how)?;
        }
    }
    Ok(())
}

/// "Otan kopin": a worker takes a pending matter in the worker's own name.
///
/// # Errors
/// [`MatterError::AlreadyHeld`] when somebody was first; [`MatterError::Ended`]; and [`MatterError::NotFound`] without
/// a right.
pub fn take(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
) -> Result<(), MatterError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    if let Life::Open {
        holder: Holder::Person { staff, .. },
    } = facts.life
    {
        // Who may read it is told who was first; others learn nothing.
        facts.authorise(reader, "matter", "read")?;
        return Err(MatterError::AlreadyHeld { by: staff });
    }
    let acting = facts.authorise(reader, "matter", "take")?;
    let by = By::Worker(acting);
    let step = Step::Take {
        staff: reader.staff,
        unit: reader.unit,
    };
    change(tx, casework, &facts, &by, step, "taken")?;
    add_event(tx, casework, &by, matter, None, "taken", "")?;
    log(tx, &by, now, "matter.take", &facts.clients(), "", None)?;
    Ok(())
}

/// A person accepts an offer by name; the right has been checked against the offer.
pub(crate) fn accept(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    facts: &Facts,
    by: &By,
) -> Result<(), MatterError> {
    let step = Step::Accept {
        staff: reader.staff,
        unit: reader.unit,
    };
    change(tx, casework, facts, by, step, "accepted")
}

/// A lead takes over from an absent or departed holder, in the lead's own name, with a reason.
///
/// # Errors
/// [`MatterError::HolderPresent`] when the holder is at work, [`MatterError::Ended`], and [`MatterError::NotFound`]
/// without a right.
pub fn take_over(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    reason: &str,
) -> Result<(), MatterError> {
    let now = casework.now();
    let facts = Facts::load(tx, reader, matter, now)?;
    let holder = facts.life.holder().ok_or(MatterError::Ended)?;
    if facts.leads && holder.staff().is_some() && !facts.holder_away {
        return Err(MatterError::HolderPresent);
    }
    let acting = facts.authorise(reader, "matter", "take_over")?;
    let by = By::Worker(acting);
    // The matter stays the unit's, also when its deputy comes from another.
    let step = Step::Accept {
        staff: reader.staff,
        unit: facts.unit(),
    };
    change(tx, casework, &facts, &by, step, "taken_over")?;
    add_event(tx, casework, &by, matter, None, "taken_over", reason)?;
    log(
        tx,
        &by,
        now,
        "matter.take_over",
        &facts.clients(),
        "",
        Some(reason),
    )?;
    Ok(())
}

/// Who answers for a matter by name and since when, for telling somebody who came second.
///
/// # Errors
/// When the engine fails.
pub fn named_holder(
    query: &mut impl Query,
    matter: MatterId,
) -> Result<Option<(String, Timestamp)>, StoreError> {
    query
        .query_optional(
            "select s.name, m.holder_since from matter m join staff s on s.id = m.holder_staff where m.id = $1",
            &params![matter.bytes()],
        )?
        .map(|row| Ok((row.get(0)?, from_millis(row.get(1)?))))
        .transpose()
}

/// Who answers for a matter by its history: the check that invariant I1 is tested with.
///
/// # Errors
/// When the engine fails.
pub fn open_holdings(
    query: &mut impl Query,
    matter: MatterId,
) -> Result<Vec<(String, StaffId)>, StoreError> {
    query
        .query(
            "select kind, staff_id from matter_holding where matter_id = $1 and ended_at is null",
            &params![matter.bytes()],
        )?
        .iter()
        .map(|row| Ok((row.get(0)?, StaffId::from_bytes(row.get(1)?))))
        .collect()
}
