//! The client's own worker (omatyöntekijä, SHL 42 §): named for the time of the client relation, with the social worker
//! who answers beside when special support asks for one, or the recorded reason for naming nobody.

use access::rights::Subject;
use clients::{ClientId, Reader};
use identity::people::{self, Staff, StaffId};
use kernel::time::{Date, SignedDuration, Timestamp, day, from_millis, millis};
use store::{Query, StoreError, WriteTx, params, places};

use crate::domain::{MatterError, MatterId, NoOwnWorker};
use crate::store::facts::Facts;
use crate::store::workers::{at_work, could_open, naming_of};
use crate::store::{Casework, add_event, log, relation, special_support, unreadable};

/// A naming of the own worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWorker {
    pub staff: StaffId,
    pub from: Date,
    /// For the duration of the client relation when empty.
    pub to: Option<Date>,
    /// The social worker who answers for the client's support together with the own worker (SHL 42 § 3).
    pub pair: Option<StaffId>,
    /// Saattava viesti: what the next worker needs to know first. Empty for none.
    pub message: String,
}

impl OwnWorker {
    /// A naming for the duration of the client relation, with nobody beside and no message.
    pub const fn new(staff: StaffId, from: Date) -> Self {
        Self {
            staff,
            from,
            to: None,
            pair: None,
            message: String::new(),
        }
    }
}

/// Names the client's own worker; the former one's period ends the day before, and a reason for naming nobody ends.
///
/// # Errors
/// [`MatterError::NotProfessional`] (SHL 42 § 2, 817/2015 3 §), [`MatterError::ReceiverAway`], [`MatterError::LastDay`]
/// when the naming would go on after the person's last known day, [`MatterError::PairMissing`] and
/// [`MatterError::PairUnfit`] (SHL 42 § 3), [`MatterError::FirstDay`], [`MatterError::Ended`], and [`MatterError::NotFound`] without a right.
pub fn name_own_worker(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    client: ClientId,
    named: &OwnWorker,
) -> Result<(), MatterError> {
    let now = casework.now();
    let (facts, by) = naming_of(tx, casework, reader, matter, Some(client))?;
    let person = at_work(tx, named.staff, now)?;
    if !may_be_own_worker(&person) {
        return Err(MatterError::NotProfessional);
    }
    could_open(tx, &facts, named.staff, "own_worker", &[client], now)?;
    if !is_lawful_first_day(tx, &facts, client, named.from, now)? {
        return Err(MatterError::FirstDay);
    }
    if let Some(last) = last_day(tx, named.staff, now)?
        && named.to.is_none_or(|to| to > last)
    {
        return Err(MatterError::LastDay(last));
    }
    let pair = pair(tx, &facts, client, &person, named.pair, now)?;
    let former = former_pair(tx, client)?;
    relation::replace_own_worker(tx, casework, client, named)?;
    if let Some(former) = former.filter(|former| Some(*former) != pair) {
        relation::end_pair(tx, casework, client, former, named.from)?;
    }
    if let Some(pair) = pair {
        relation::pair_with(tx, casework, client, pair, named)?;
    }
    end_waivers(tx, client, now)?;
    tx.execute(
        "insert into own_worker_naming (id, client_id, matter_id, staff_id, from_on, to_on, pair_id, message, named_at, named_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            casework.row_id(),
            client.bytes(),
            matter.bytes(),
            named.staff.bytes(),
            named.from.to_string(),
            named.to.map(|to| to.to_string()),
            pair.map(|staff| staff.bytes()),
            named.message.as_str(),
            millis(now),
            reader.staff.bytes()
        ],
    )?;
    relation::begin_client_relation(tx, casework, &by, client, facts.unit())?;
    add_event(
        tx,
        casework,
        &by,
        matter,
        Some(client),
        "own_worker",
        &person.name,
    )?;
    let detail = pair.map_or_else(
        || named.staff.to_string(),
        |pair| format!("{} with={pair}", named.staff),
    );
    let content = Some(named.message.as_str()).filter(|message| !message.is_empty());
    log(
        tx,
        &by,
        now,
        "client.own_worker",
        &[client],
        &detail,
        content,
    )?;
    Ok(())
}

/// Days ahead that a naming may begin.
const DAYS_AHEAD: i64 = 366;

/// Whether an own worker may be named from the day: the matter or the client relation has begun by then, and it is a year
/// ahead at most.
fn is_lawful_first_day(
    query: &mut impl Query,
    facts: &Facts,
    client: ClientId,
    from: Date,
    now: Timestamp,
) -> Result<bool, MatterError> {
    let today = day(now);
    if from > today.saturating_add(SignedDuration::from_hours(24 * DAYS_AHEAD)) {
        return Ok(false);
    }
    let row = query.query_one(
        "select m.pending_at, (select min(r.began_on) from client_relation r where r.client_id = $2) from matter m where m.id = $1",
        &params![facts.id.bytes(), client.bytes()],
    )?;
    let pending = day(from_millis(row.get(0)?));
    let relation: Option<Date> = row
        .get::<Option<String>>(1)?
        .map(|text| text.parse().map_err(|_| unreadable()))
        .transpose()?;
    Ok(from >= today || from >= relation.map_or(pending, |began| began.min(pending)))
}

/// Whether the person is a professional who may be an own worker.
pub fn may_be_own_worker(person: &Staff) -> bool {
    ["prof", "hp"]
        .iter()
        .any(|code| subject(person).qualifies(code))
}

/// Whether the person is a social worker in public office, who answers for special support (SHL 42 § 3).
pub fn is_social_worker_in_office(person: &Staff) -> bool {
    subject(person).qualifies("sw+office")
}

fn subject(person: &Staff) -> Subject {
    Subject::employee([], person.qualifications.iter().map(String::as_str))
}

/// The last day on which the person can be an own worker, when it is known: the end of the employment, or of a temporary
/// right to work as a social worker (817/2015 12 §).
fn last_day(
    query: &mut impl Query,
    staff: StaffId,
    now: Timestamp,
) -> Result<Option<Date>, StoreError> {
    let row = query.query_one(
        "select s.ended_on, (select max(p.valid_until) from professional_right p where p.staff_id = s.id and p.temporary = 1 and p.replaced_at is null and p.valid_until >= $2 and not exists (select 1 from professional_right q where q.staff_id = s.id and q.temporary = 0 and q.replaced_at is null and q.drops_code = 0 and coalesce(q.valid_until, '9999-12-31') > p.valid_until)) from staff s where s.id = $1",
        &params![staff.bytes(), day(now).to_string()],
    )?;
    let read = |index: usize| -> Result<Option<Date>, StoreError> {
        row.get::<Option<String>>(index)?
            .map(|text| text.parse().map_err(|_| unreadable()))
            .transpose()
    };
    Ok([read(0)?, read(1)?].into_iter().flatten().min())
}

/// Whether the client needs special support (SHL 3 § 1 item 3): as the basics or a finished assessment tell it.
///
/// # Errors
/// When the engine fails.
pub fn needs_special_support(
    query: &mut impl Query,
    client: ClientId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    if special_support::of(query, client, now)?.is_some() {
        return Ok(true);
    }
    let found = query.query_optional(
        "select 1 from client_detail where client_id = $1 and kind = 'special_support' and ended_at is null and coalesce(valid_from, '0001-01-01') <= $2 and coalesce(valid_to, '9999-12-31') >= $2 limit 1",
        &params![client.bytes(), day(now).to_string()],
    )?;
    Ok(found.is_some())
}

/// Who answers beside the own worker: nobody has to when the own worker is a social worker in public office, or the
/// client needs no special support; whoever is named is kept in any case.
fn pair(
    tx: &mut WriteTx<'_>,
    facts: &Facts,
    client: ClientId,
    own: &Staff,
    named: Option<StaffId>,
    now: Timestamp,
) -> Result<Option<StaffId>, MatterError> {
    if let Some(staff) = named.filter(|staff| *staff != own.id) {
        let person = people::lookup_staff(tx, staff)?.ok_or(MatterError::NotFound)?;
        if !is_social_worker_in_office(&person) || people::is_away(tx, staff, now)? {
            return Err(MatterError::PairUnfit);
        }
        could_open(tx, facts, staff, "own_team", &[client], now).map_err(|error| match error {
            MatterError::ReceiverAway => MatterError::PairUnfit,
            error => error,
        })?;
        return Ok(Some(staff));
    }
    if is_social_worker_in_office(own) || !needs_special_support(tx, client, now)? {
        return Ok(None);
    }
    Err(MatterError::PairMissing)
}

/// The pair of the latest naming.
fn former_pair(query: &mut impl Query, client: ClientId) -> Result<Option<StaffId>, StoreError> {
    let row = query.query_optional(
        "select pair_id from own_worker_naming where client_id = $1 order by named_at desc, id desc limit 1",
        &params![client.bytes()],
    )?;
    match row {
        None => Ok(None),
        Some(row) => Ok(row.get::<Option<[u8; 16]>>(0)?.map(StaffId::from_bytes)),
    }
}

fn end_waivers(tx: &mut WriteTx<'_>, client: ClientId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "update own_worker_waiver set ended_at = $2 where client_id = $1 and ended_at is null",
        &params![client.bytes(), millis(now)],
    )?;
    Ok(())
}

/// Records why no own worker is named (SHL 42 § 1). A reason recorded before ends.
///
/// # Errors
/// [`MatterError::Ended`], and [`MatterError::NotFound`] without a right.
pub fn waive_own_worker(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    client: ClientId,
    reason: NoOwnWorker,
    words: &str,
) -> Result<(), MatterError> {
    let now = casework.now();
    let (_, by) = naming_of(tx, casework, reader, matter, Some(client))?;
    end_waivers(tx, client, now)?;
    tx.execute(
        "insert into own_worker_waiver (id, client_id, reason, words, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6)",
        &params![
            casework.row_id(),
            client.bytes(),
            reason.code(),
            words,
            millis(now),
            reader.staff.bytes()
        ],
    )?;
    add_event(
        tx,
        casework,
        &by,
        matter,
        Some(client),
        "own_worker_waived",
        reason.code(),
    )?;
    log(
        tx,
        &by,
        now,
        "client.own_worker",
        &[client],
        reason.code(),
        Some(words),
    )?;
    Ok(())
}

/// A period of somebody who is or was own worker or substitute of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    pub staff: StaffId,
    pub name: String,
    pub title: String,
    pub substitute: bool,
    pub from: Date,
    /// The last day; `None` when no end is known.
    pub to: Option<Date>,
    pub now: bool,
    /// No longer in service.
    pub left: bool,
    /// Who answers beside.
    pub pair: Option<String>,
    /// What went along when this person was named.
    pub message: String,
}

/// A recorded reason for naming nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    pub reason: String,
    pub words: String,
    pub at: Timestamp,
    pub ended: Option<Timestamp>,
    pub by: String,
}

/// Own workers and substitutes of a client by period, the present first, and the reasons for naming nobody.
///
/// # Errors
/// When the engine fails.
pub fn history(
    query: &mut impl Query,
    client: ClientId,
    now: Timestamp,
) -> Result<(Vec<Period>, Vec<Waiver>), StoreError> {
    let periods = query
        .query(
            "select s.id, s.name, s.title, r.kind, r.began_at, r.ends_at, case when s.ended_on < $3 or s.left_at <= $2 then 1 else 0 end, (select p.name from own_worker_naming n join staff p on p.id = n.pair_id where n.client_id = r.client_id and n.staff_id = r.staff_id and n.named_at <= r.recorded_at order by n.named_at desc limit 1), (select n.message from own_worker_naming n where n.client_id = r.client_id and n.staff_id = r.staff_id and n.named_at <= r.recorded_at order by n.named_at desc limit 1) from relation r join staff s on s.id = r.staff_id where r.client_id = $1 and r.kind in ('own_worker', 'substitute') and (r.ends_at is null or r.ends_at > r.began_at) order by r.began_at desc, r.kind, s.sort_key limit 40",
            &params![client.bytes(), millis(now), day(now).to_string()],
        )?
        .iter()
        .map(|row| {
            let kind: String = row.get(3)?;
            let (began, ends): (i64, Option<i64>) = (row.get(4)?, row.get(5)?);
            let substitute = kind == "substitute";
            Ok(Period {
                staff: StaffId::from_bytes(row.get(0)?),
                name: row.get(1)?,
                title: row.get(2)?,
                substitute,
                from: day(from_millis(began)),
                // The last minute of the period: its day is the last.
                to: ends.map(|ends| day(from_millis(ends - 1))),
                now: began <= millis(now) && ends.is_none_or(|ends| ends > millis(now)),
                left: row.get(6)?,
                pair: if substitute { None } else { row.get(7)? },
                message: if substitute {
                    String::new()
                } else {
                    row.get::<Option<String>>(8)?.unwrap_or_default()
                },
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let waivers = query
        .query(
            "select w.reason, w.words, w.recorded_at, w.ended_at, s.name from own_worker_waiver w join staff s on s.id = w.recorded_by where w.client_id = $1 order by w.recorded_at desc limit 20",
            &params![client.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(Waiver {
                reason: row.get(0)?,
                words: row.get(1)?,
                at: from_millis(row.get(2)?),
                ended: row.get::<Option<i64>>(3)?.map(from_millis),
                by: row.get(4)?,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok((periods, waivers))
}

/// Names given to a member of staff lately: who was given, when, and the message that came along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenToMe {
    pub client: ClientId,
    pub from: Date,
    pub message: String,
    pub by: String,
}

/// Those of whom somebody was named own worker by another since a moment, one for each client.
///
/// # Errors
/// When the engine fails.
pub fn given_since(
    query: &mut impl Query,
    staff: StaffId,
    since: Timestamp,
    now: Timestamp,
) -> Result<Vec<GivenToMe>, StoreError> {
    query
        .query(
            "select n.client_id, n.from_on, n.message, b.name from own_worker_naming n join staff b on b.id = n.named_by where n.staff_id = $1 and n.named_by <> $1 and n.named_at >= $2 and exists (select 1 from relation r where r.client_id = n.client_id and r.staff_id = $1 and r.kind = 'own_worker' and (r.ends_at is null or r.ends_at > $3)) and not exists (select 1 from own_worker_naming m where m.client_id = n.client_id and m.named_at > n.named_at) order by n.named_at, n.id limit 50",
            &params![staff.bytes(), millis(since), millis(now)],
        )?
        .iter()
        .map(|row| {
            Ok(GivenToMe {
                client: ClientId::from_bytes(row.get(0)?),
                from: row.get::<String>(1)?.parse().map_err(|_| unreadable())?,
                message: row.get(2)?,
                by: row.get(3)?,
            })
        })
        .collect()
}

/// Names of clients for ready words; the caller has asked the right to each.
pub(crate) fn names_of(
    query: &mut impl Query,
    clients: &[ClientId],
) -> Result<std::collections::HashMap<ClientId, String>, StoreError> {
    if clients.is_empty() {
        return Ok(std::collections::HashMap::new());
    }
    let list = places(clients.len(), 0);
    let values: Vec<_> = clients.iter().map(|client| client.bytes().into()).collect();
    query
        .query(
            &format!("select id, display_name from client where id in ({list})"),
            &values,
        )?
        .iter()
        .map(|row| Ok((ClientId::from_bytes(row.get(0)?), row.get(1)?)))
        .collect()
}
