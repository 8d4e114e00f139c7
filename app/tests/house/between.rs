//! What stands between a worker and a client or a matter: by its name in the rights table, and as facts of a county.

use clients::ClientId;
use identity::people::{StaffId, UnitId};
use kernel::time::{SignedDuration, Timestamp};
use store::{StoreError, WriteTx, params};

use crate::actors::{Cast, Units, fresh};

/// What holds between the worker and the client, or the worker and the client's matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    Nothing,
    /// A relation to the client as a whole.
    Kind(&'static str),
    /// Named in the matter.
    Matter,
    /// Answers for the matter by name.
    Holder,
    /// The matter is offered to the worker.
    Offered,
    /// Leads the unit of the client and of the matter, whose holder is at work.
    UnitLead,
    /// As before, and the holder is away.
    LeadAway,
    /// On duty in the unit of the client, where the matter waits for somebody to take it.
    OnDuty,
    /// The matter waits in the worker's own unit.
    Queue,
    /// Was the own worker until yesterday.
    Tail,
    /// Was the own worker; the tail has ended too.
    Expired,
    Exceptional,
}

/// Everything that can stand between: the relations for which the table has rows about clients and matters.
pub const BETWEEN: [Between; 23] = [
    Between::Nothing,
    Between::Kind("contact_holder"),
    Between::Kind("recorder"),
    Between::Kind("own_worker"),
    Between::Kind("own_team"),
    Between::Kind("substitute"),
    Between::Kind("assessor"),
    Between::Kind("decision_maker"),
    Between::Kind("consulted"),
    Between::Kind("invited_expert"),
    Between::Kind("emergency_event"),
    Between::Kind("admin_task"),
    Between::Kind("log_request"),
    Between::Matter,
    Between::Holder,
    Between::Offered,
    Between::UnitLead,
    Between::LeadAway,
    Between::OnDuty,
    Between::Queue,
    Between::Tail,
    Between::Expired,
    Between::Exceptional,
];

/// Relations of guiding a student.
pub const MORE_BETWEEN: [Between; 2] = [Between::Kind("tutor_link"), Between::Kind("tutor_of")];

impl Between {
    /// The relation by the name that the table has for it. What stands over the matter alone is none to the client.
    pub const fn relation(self, over_matter: bool) -> Option<&'static str> {
        match self {
            Self::Nothing | Self::Expired => None,
            Self::Kind(kind) => Some(kind),
            Self::Matter => Some("matter_participant"),
            Self::Holder => Some("matter_holder"),
            Self::Offered if over_matter => Some("offer_receiver"),
            Self::Queue if over_matter => Some("unit_queue"),
            Self::Offered | Self::Queue => None,
            Self::UnitLead | Self::LeadAway => Some("unit_lead"),
            Self::OnDuty => Some("unit_duty"),
            Self::Tail => Some("own_worker"),
            Self::Exceptional => Some("exceptional"),
        }
    }

    /// Whether the worker says where the matter goes: whoever answers for it, the own worker, the lead, the duty holder
    /// meanwhile.
    pub fn disposes(self) -> bool {
        matches!(
            self,
            Self::Holder
                | Self::UnitLead
                | Self::LeadAway
                | Self::OnDuty
                | Self::Kind("own_worker")
        )
    }

    /// Conditions that the matter meets.
    pub fn of_matter(self) -> &'static [&'static str] {
        match self {
            Self::Holder => &["open_only", "taken_over_in_own_name"],
            Self::LeadAway => &[
                "open_only",
                "unassigned_or_absent",
                "holder_absent_or_departed",
            ],
            Self::OnDuty | Self::Queue => &[
                "open_only",
                "untaken_only",
                "unassigned_or_absent",
                "holder_absent_or_departed",
            ],
            _ => &["open_only"],
        }
    }
}

/// A client with a matter in a relation to a worker: copies of a model, without anybody else's relations.
pub fn pair(
    tx: &mut WriteTx<'_>,
    model: (ClientId, [u8; 16]),
    (actor, units): (StaffId, Units),
    cast: &Cast,
    between: Between,
    now: Timestamp,
) -> Result<(ClientId, [u8; 16]), StoreError> {
    let both = copy(tx, model, now)?;
    let (client, matter) = both;
    let (unit, holder) = match between {
        Between::Holder => (units.own, Some(actor)),
        Between::UnitLead => (units.led, Some(cast.other)),
        Between::LeadAway => (units.led, Some(cast.absent)),
        Between::OnDuty => (units.on_duty, None),
        Between::Queue => (units.own, None),
        _ => (cast.foreign, Some(cast.other)),
    };
    let (state, kind) = if holder.is_some() {
        ("open", "person")
    } else {
        ("initiated", "duty")
    };
    tx.execute(
        "update matter set state = $2, holder_kind = $3, holder_unit = $4, holder_staff = $5, made_by = $6 where id = $1",
        &params![
            matter,
            state,
            kind,
            unit.bytes(),
            holder.map(|staff| staff.bytes()),
            cast.other.bytes()
        ],
    )?;
    match between {
        Between::Offered => {
            let to = (actor, units.own);
            offer(tx, matter, (cast.third, cast.foreign), to, now)?;
        }
        Between::OnDuty => answers(tx, client, units.on_duty)?,
        Between::Kind("tutor_link") => {
            // A student works with a client under a tutor who works with her.
            let own = Between::Kind("own_team");
            relate(tx, both, cast.third, cast.foreign, own, now)?;
            link(tx, client, (actor, cast.third), now)?;
        }
        Between::LeadAway => answers(tx, client, units.led)?,
        _ => relate(tx, both, actor, units.led, between, now)?,
    }
    Ok(both)
}

/// An open offer of a matter.
pub fn offer(
    tx: &mut WriteTx<'_>,
    matter: [u8; 16],
    (from, sender): (StaffId, UnitId),
    (to, receiver): (StaffId, UnitId),
    now: Timestamp,
) -> Result<[u8; 16], StoreError> {
    let id = fresh();
    let hour = SignedDuration::from_hours(1);
    tx.execute(
        "insert into matter_offer (id, matter_id, from_staff, from_unit, to_staff, to_unit, reason, warm, made_at, answer_by, state) values ($1, $2, $3, $4, $5, $6, 'Syy', 0, $7, $8, 'open')",
        &params![
            id,
            matter,
            from.bytes(),
            sender.bytes(),
            to.bytes(),
            receiver.bytes(),
            now - hour,
            now + hour
        ],
    )?;
    Ok(id)
}

fn answers(tx: &mut WriteTx<'_>, client: ClientId, unit: UnitId) -> Result<(), StoreError> {
    tx.execute(
        "update client set responsible_unit = $2 where id = $1",
        &params![client.bytes(), unit.bytes()],
    )?;
    Ok(())
}

/// The same client and matter under new ids, without anybody's relations.
pub fn copy(
    tx: &mut WriteTx<'_>,
    (client, matter): (ClientId, [u8; 16]),
    now: Timestamp,
) -> Result<(ClientId, [u8; 16]), StoreError> {
    let (own, its, member) = (fresh(), fresh(), fresh());
    tx.execute(
        "insert into client (id, created_at, created_by, source, state, birth_date, display_name, sort_key, responsible_unit, version) select $2, created_at, created_by, source, state, birth_date, display_name, sort_key, null, version from client where id = $1",
        &params![client.bytes(), own],
    )?;
    let columns = columns(tx, "matter")?;
    let kept: Vec<&str> = columns
        .iter()
        .map(String::as_str)
        .filter(|column| !["id", "number"].contains(column))
        .collect();
    let list = kept.join(", ");
    tx.execute(
        &format!("insert into matter (id, number, {list}) select $2, number || '-' || hex($2), {list} from matter where id = $1"),
        &params![matter, its],
    )?;
    tx.execute(
        "insert into matter_client (id, matter_id, client_id, joined_at, joined_by) select $3, $4, $2, $5, joined_by from matter_client where matter_id = $1 limit 1",
        &params![matter, own, member, its, now],
    )?;
    Ok((ClientId::from_bytes(own), its))
}

fn columns(tx: &mut WriteTx<'_>, table: &str) -> Result<Vec<String>, StoreError> {
    store::Query::query(
        tx,
        &format!("select name from pragma_table_info('{table}')"),
        &[],
    )?
    .iter()
    .map(|row| row.get(0))
    .collect()
}

/// A tutor has named a student for a client.
pub fn link(
    tx: &mut WriteTx<'_>,
    client: ClientId,
    (student, tutor): (StaffId, StaffId),
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into relation (id, client_id, staff_id, kind, object_kind, object_id, began_at, made_by, recorded_at) values ($1, $2, $3, 'tutor_link', 'tutor', $4, $5, 'test', $5)",
        &params![
            fresh(),
            client.bytes(),
            student.bytes(),
            tutor.bytes(),
            now - SignedDuration::from_hours(24 * 60)
        ],
    )?;
    Ok(())
}

/// Makes the facts of what holds between a worker and a client.
pub fn relate(
    tx: &mut WriteTx<'_>,
    (client, matter): (ClientId, [u8; 16]),
    staff: StaffId,
    unit: UnitId,
    between: Between,
    now: Timestamp,
) -> Result<(), StoreError> {
    let days = |days: i64| SignedDuration::from_hours(24 * days);
    let (kind, object, ends, tail) = match between {
        Between::Nothing | Between::Offered | Between::Queue | Between::OnDuty => return Ok(()),
        Between::UnitLead | Between::LeadAway => return answers(tx, client, unit),
        Between::Exceptional => {
            tx.execute(
                "insert into exceptional_access (id, client_id, staff_id, unit_id, reason_code, reason, right_row, opened_at, ends_at, due_on, escalates_at) values ($1, $2, $3, $4, 'other', 'Syy', 'x', $5, $6, '2026-03-20', $6)",
                &params![matter, client.bytes(), staff.bytes(), unit.bytes(), now - days(1), now + days(1)],
            )?;
            return Ok(());
        }
        Between::Kind("substitute") => (
            "substitute",
            false,
            Some(now + days(3)),
            Some(now + days(10)),
        ),
        Between::Kind("tutor_of") => {
            // Whoever guides a student with a client works with the client herself.
            let own = Between::Kind("own_team");
            relate(tx, (client, matter), staff, unit, own, now)?;
            ("tutor_of", false, None, None)
        }
        Between::Kind(kind) => (kind, false, None, None),
        Between::Matter => ("matter_participant", true, None, None),
        Between::Holder => ("matter_holder", true, None, None),
        Between::Tail => (
            "own_worker",
            false,
            Some(now - days(1)),
            Some(now + days(29)),
        ),
        Between::Expired => (
            "own_worker",
            false,
            Some(now - days(31)),
            Some(now - days(1)),
        ),
    };
    let id = fresh();
    tx.execute(
        "insert into relation (id, client_id, staff_id, kind, object_kind, object_id, began_at, ends_at, tail_until, made_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'test', $7)",
        &params![
            id,
            client.bytes(),
            staff.bytes(),
            kind,
            object.then_some("matter"),
            object.then_some(matter),
            now - days(60),
            ends,
            tail
        ],
    )?;
    Ok(())
}
