//! Details of a person, each with a period and a source. A value is never written over: it is ended and
//! succeeded by another, and the old one stays readable.

use identity::people::StaffId;
use kernel::time::{Date, Timestamp, day, millis};
use store::{Query, Row, StoreError, WriteTx, params};

use super::mistake::{self, Link, Mistake};
use super::{By, Desk, check_version, touch};
use crate::domain::guarded::Guarded;
use crate::domain::{ClientError, ClientId, RowId};
use crate::gate::Gate;

/// Kinds of detail.
pub const KINDS: [&str; 16] = [
    "phone",
    "email",
    "address",
    "temporary_address",
    "postal_address",
    "home_municipality",
    "mother_tongue",
    "service_language",
    "interpreter",
    "easy_language",
    "homelessness",
    "safe_number",
    "safe_hours",
    "contact_wish",
    "special_support",
    "safety",
];

/// Kinds of which a person may have several at once.
const MANY: [&str; 2] = ["phone", "email"];

/// Kinds that non-disclosure for safety hides (661/2009 36 §). The safe number and hours stay: they are
/// given for being used.
pub const HIDDEN: [&str; 6] = [
    "phone",
    "email",
    "address",
    "temporary_address",
    "postal_address",
    "home_municipality",
];

/// The kind of a code.
pub fn kind(code: &str) -> Option<&'static str> {
    KINDS.into_iter().find(|kind| *kind == code)
}

/// A value as it may be told: a protected one needs a grant of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    Plain(String),
    Protected(Guarded<String>),
}

impl Told {
    /// The value, unless it is protected.
    pub fn plain(&self) -> Option<&str> {
        match self {
            Self::Plain(value) => Some(value),
            Self::Protected(_) => None,
        }
    }
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Plain(value) => f.write_str(value),
            Self::Protected(value) => write!(f, "{value}"),
        }
    }
}

/// A detail of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    pub id: RowId,
    pub kind: &'static str,
    pub value: Told,
    /// Marked by a worker to be kept secret, whether or not non-disclosure is in force.
    pub marked: bool,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub source: String,
    pub recorded_at: Timestamp,
    pub recorded_by: Option<String>,
    /// The earlier value that holds again when this one is taken back as a mistake.
    pub earlier: Option<RowId>,
}

impl Detail {
    /// Whether the value holds on a day.
    pub fn holds(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }
}

/// A value that is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDetail {
    pub kind: &'static str,
    pub value: String,
    pub protect: bool,
    /// Today when not told.
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub source: String,
    /// The row that this one succeeds; otherwise the one of the kind in force, when there can be one only.
    pub follows: Option<RowId>,
}

/// Writes a value down and ends the one it succeeds on the day before. The same value again changes nothing:
/// `false`.
///
/// # Errors
/// [`ClientError::NotFound`] without a right to correct the basics, or for a row that is not there;
/// [`ClientError::Changed`] when the record is not that of `version` any more.
pub fn change(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    new: &NewDetail,
    version: Option<i64>,
) -> Result<bool, ClientError> {
    let by = gate.by("client_basics", "correct", desk.now())?;
    check_version(tx, gate.client(), version)?;
    if new.value.trim().is_empty() {
        return Err(ClientError::Missing("value"));
    }
    if new.from.zip(new.to).is_some_and(|(from, to)| to < from) {
        return Err(ClientError::Day("to"));
    }
    let earlier = in_force(tx, gate.client(), new)?;
    if let Some((_, value, protected)) = &earlier
        && value == new.value.trim()
        && (*protected || !new.protect)
        && new.to.is_none()
    {
        return Ok(false);
    }
    // What was kept secret stays so until somebody with the right opens it.
    let protect = new.protect || earlier.as_ref().is_some_and(|(_, _, protected)| *protected);
    if let Some((row, _, _)) = &earlier {
        end_row(tx, &by, *row, new.from.unwrap_or(day(by.now)))?;
    }
    let follows = earlier.map(|(row, _, _)| row);
    put(
        tx,
        desk,
        gate.client(),
        &NewDetail {
            protect,
            follows,
            ..new.clone()
        },
        Some(&by),
    )?;
    touch(tx, gate.client())?;
    by.log(
        tx,
        "client.detail",
        gate.client(),
        new.kind,
        Some(&new.value),
    )?;
    Ok(true)
}

/// Ends a value without another: it holds no more from the day `from`.
///
/// # Errors
/// As [`change`].
pub fn end(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    row: RowId,
    from: Option<Date>,
    version: Option<i64>,
) -> Result<(), ClientError> {
    let by = gate.by("client_basics", "correct", desk.now())?;
    check_version(tx, gate.client(), version)?;
    let kind: String = tx
        .query_optional(
            "select kind from client_detail where id = $1 and client_id = $2 and ended_at is null and voided_at is null",
            &params![row.bytes(), gate.client().bytes()],
        )?
        .ok_or(ClientError::NotFound)?
        .get(0)?;
    end_row(tx, &by, row, from.unwrap_or(day(by.now)))?;
    touch(tx, gate.client())?;
    by.log(tx, "client.detail_end", gate.client(), &kind, None)?;
    Ok(())
}

/// The row that a new value succeeds: its value, and whether it is protected.
fn in_force(
    tx: &mut impl Query,
    client: ClientId,
    new: &NewDetail,
) -> Result<Option<(RowId, String, bool)>, ClientError> {
    let rows = match new.follows {
        Some(row) => tx.query(
            "select id, value, protected from client_detail where id = $1 and client_id = $2 and kind = $3 and ended_at is null",
            &params![row.bytes(), client.bytes(), new.kind],
        )?,
        None if MANY.contains(&new.kind) => tx.query(
            "select id, value, protected from client_detail where client_id = $1 and kind = $2 and value = $3 and ended_at is null",
            &params![client.bytes(), new.kind, new.value.trim()],
        )?,
        None => tx.query(
            "select id, value, protected from client_detail where client_id = $1 and kind = $2 and ended_at is null order by recorded_at desc, id desc",
            &params![client.bytes(), new.kind],
        )?,
    };
    if new.follows.is_some() && rows.is_empty() {
        return Err(ClientError::Changed);
    }
    rows.first()
        .map(|row| Ok((RowId::from_bytes(row.get(0)?), row.get(1)?, row.get(2)?)))
        .transpose()
}

/// The last day of a value that holds no more from `from`; one that began that day or later never held.
fn end_row(tx: &mut WriteTx<'_>, by: &By<'_>, row: RowId, from: Date) -> Result<(), ClientError> {
    let last = from.yesterday().map_err(|_| ClientError::Day("from"))?;
    tx.execute(
        "update client_detail set valid_to = $2, digits = null, ended_at = $3, ended_by = $4 where id = $1",
        &params![row.bytes(), last.to_string(), by.now, by.staff().bytes()],
    )?;
    Ok(())
}

/// Tells on the client's page what another room has judged: that it holds from a day, or no more. The judgement, its right
/// and its log entry are that room's.
///
/// # Errors
/// When the client is unknown, or the engine fails.
pub fn tell(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    client: ClientId,
    kind: &'static str,
    from: Option<Date>,
    by: StaffId,
) -> Result<(), StoreError> {
    let now = desk.now();
    let until = from.unwrap_or(day(now)).yesterday().unwrap_or(Date::MIN);
    tx.execute(
        "update client_detail set valid_to = $3, ended_at = $4, ended_by = $5 where client_id = $1 and kind = $2 and ended_at is null",
        &params![client.bytes(), kind, until.to_string(), now, by.bytes()],
    )?;
    if let Some(from) = from {
        tx.execute(
            "insert into client_detail (id, client_id, kind, value, protected, valid_from, source, recorded_at, recorded_by) values ($1, $2, $3, 'yes', 0, $4, 'worker', $5, $6)",
            &params![
                desk.row_id(),
                client.bytes(),
                kind,
                from.to_string(),
                millis(now),
                by.bytes()
            ],
        )?;
    }
    touch(tx, client)
}

/// Writes the row of a detail.
pub(crate) fn put(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    client: ClientId,
    new: &NewDetail,
    by: Option<&By<'_>>,
) -> Result<(), StoreError> {
    let now = by.map_or_else(|| desk.now(), |by| by.now);
    let digits = (matches!(new.kind, "phone" | "safe_number") && !new.protect)
        .then(|| digits(&new.value))
        .flatten();
    tx.execute(
        "insert into client_detail (id, client_id, kind, value, digits, protected, valid_from, valid_to, source, recorded_at, recorded_by, follows) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &params![
            desk.row_id(),
            client.bytes(),
            new.kind,
            new.value.trim(),
            digits,
            new.protect,
            new.from.unwrap_or(day(now)).to_string(),
            new.to.map(|day| day.to_string()),
            new.source.as_str(),
            millis(now),
            by.map(|by| by.staff().bytes()),
            new.follows.map(|row| row.bytes())
        ],
    )?;
    Ok(())
}

/// A phone number as its digits in the national form, however it was written: `+358 40 123 4567` and
/// `040-1234567` are the same.
pub fn digits(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let national = digits
        .strip_prefix("00358")
        .or_else(|| {
            phone
                .trim()
                .starts_with('+')
                .then(|| digits.strip_prefix("358"))
                .flatten()
        })
        .map(|rest| format!("0{}", rest.trim_start_matches('0')));
    let digits = national.unwrap_or(digits);
    (digits.len() >= 5).then_some(digits)
}

/// All details of a client, by kind, newest first, and those taken back as mistakes. `hidden`: non-disclosure is
/// in force.
pub(crate) fn all(
    tx: &mut impl Query,
    client: ClientId,
    hidden: bool,
) -> Result<(Vec<Detail>, Vec<Mistake>), ClientError> {
    let rows = tx.query(
        "select d.id, d.kind, d.value, d.protected, d.valid_from, d.valid_to, d.source, d.recorded_at, s.name, d.follows, d.ended_at, d.voided_at, v.name, d.voided_why, d.void_reason from client_detail d left join staff s on s.id = d.recorded_by left join staff v on v.id = d.voided_by where d.client_id = $1 order by d.kind, d.recorded_at desc, d.id desc",
        &params![client.bytes()],
    )?;
    let links = rows.iter().map(link).collect::<Result<Vec<_>, _>>()?;
    let (mut details, mut mistakes) = (Vec::new(), Vec::new());
    for (row, link) in rows.iter().zip(&links) {
        let kind = kind(&row.get::<String>(1)?).ok_or(ClientError::Unreadable)?;
        let (value, marked): (String, bool) = (row.get(2)?, row.get(3)?);
        let protected = marked || (hidden && HIDDEN.contains(&kind));
        let value = if protected {
            Told::Protected(Guarded::new(client, value))
        } else {
            Told::Plain(value)
        };
        let detail = Detail {
            id: link.id,
            kind,
            value,
            marked,
            from: row.get(4)?,
            to: row.get(5)?,
            source: row.get(6)?,
            recorded_at: link.recorded_at,
            recorded_by: row.get(8)?,
            earlier: mistake::earlier(&links, link.id),
        };
        if link.voided {
            mistakes.push(Mistake::read(row, detail)?);
        } else {
            details.push(detail);
        }
    }
    Ok((details, mistakes))
}

fn link(row: &Row) -> Result<Link, StoreError> {
    Ok(Link {
        id: RowId::from_bytes(row.get(0)?),
        recorded_at: row.get(7)?,
        follows: row.get::<Option<[u8; 16]>>(9)?.map(RowId::from_bytes),
        ended_at: row.get(10)?,
        voided: row.get::<Option<i64>>(11)?.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        for same in [
            "040 123 4567",
            "+358 40 123 4567",
            "00358401234567",
            "+358(0)40-1234567",
        ] {
            assert_eq!(digits(same).as_deref(), Some("0401234567"), "{same}");
        }
        assert_eq!(digits("+46 70 123 4567").as_deref(), Some("46701234567"));
        assert_eq!(digits("ei ole"), None);
        assert_eq!(digits("12"), None);
    }
}
