//! A detail that was written by mistake is taken back: it counts and is found no more, what it had ended holds
//! again, and the row stays with who took it back and why (703/2023 22 §).

use kernel::time::Timestamp;
use store::{Query, Row, StoreError, WriteTx, params};

use super::details::{self, Detail, digits};
use super::names::{self, Name, NameKind};
use super::{By, Desk, add_event, touch};
use crate::domain::{ClientError, ClientId, RowId};
use crate::gate::Gate;

/// Why a detail is a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is about this client, but was written wrongly.
    WrittenWrong,
    /// It is about somebody else: it is shown on this record no more.
    OtherPerson,
}

impl Why {
    /// Both.
    pub const ALL: [Self; 2] = [Self::WrittenWrong, Self::OtherPerson];

    /// Code in forms, in the store and in the log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrittenWrong => "written_wrong",
            Self::OtherPerson => "other_person",
        }
    }

    /// The reason of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// A detail that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Without its value when it was about somebody else.
    pub detail: Option<Detail>,
    /// The same of a name; the kind is then `name`.
    pub name: Option<Name>,
    pub kind: &'static str,
    pub why: Why,
    pub reason: String,
    pub at: Timestamp,
    pub by: Option<String>,
}

impl Mistake {
    /// The mistake of a row of [`details::all`].
    pub(crate) fn read(row: &Row, detail: Detail) -> Result<Self, StoreError> {
        // Rows from before the reason was asked were all taken back as another person's.
        let why = row
            .get::<Option<String>>(13)?
            .and_then(|code| Why::of(&code))
            .unwrap_or(Why::OtherPerson);
        Ok(Self {
            kind: detail.kind,
            detail: (why == Why::WrittenWrong).then_some(detail),
            name: None,
            why,
            reason: row.get::<Option<String>>(14)?.unwrap_or_default(),
            at: row.get(11)?,
            by: row.get(12)?,
        })
    }
}

/// Names of a client that were taken back.
pub(crate) fn of_names(tx: &mut impl Query, client: ClientId) -> Result<Vec<Mistake>, ClientError> {
    tx.query(
        "select n.id, n.family, n.given, n.called, n.valid_from, n.valid_to, n.source, n.recorded_at, s.name, n.voided_at, v.name, n.voided_why, n.void_reason from client_name n left join staff s on s.id = n.recorded_by left join staff v on v.id = n.voided_by where n.client_id = $1 and n.voided_at is not null order by n.voided_at desc, n.id",
        &params![client.bytes()],
    )?
    .iter()
    .map(|row| {
        let why = row
            .get::<Option<String>>(11)?
            .and_then(|code| Why::of(&code))
            .unwrap_or(Why::OtherPerson);
        let name = Name {
            id: RowId::from_bytes(row.get(0)?),
            kind: NameKind::Former,
            family: row.get(1)?,
            given: row.get(2)?,
            called: row.get(3)?,
            from: row.get(4)?,
            to: row.get(5)?,
            source: row.get(6)?,
            recorded_at: row.get(7)?,
            recorded_by: row.get(8)?,
        };
        Ok(Mistake {
            detail: None,
            name: (why == Why::WrittenWrong).then_some(name),
            kind: "name",
            why,
            reason: row.get::<Option<String>>(12)?.unwrap_or_default(),
            at: row.get(9)?,
            by: row.get(10)?,
        })
    })
    .collect()
}

/// The right to correct, and the reason that every correction has.
fn correcting<'a>(
    desk: &Desk,
    gate: &'a Gate,
    reason: &'a str,
) -> Result<(By<'a>, &'a str), ClientError> {
    let by = gate.by("client_basics", "correct", desk.now())?;
    match reason.trim() {
        "" => Err(ClientError::Missing("reason")),
        reason => Ok((by, reason)),
    }
}

/// What a row that is not among those that stand is: taken back before, or not of this client.
fn not_standing(
    tx: &mut impl Query,
    table: &str,
    client: ClientId,
    row: RowId,
) -> Result<ClientError, StoreError> {
    let there = tx.query_optional(
        &format!("select 1 from {table} where id = $1 and client_id = $2"),
        &params![row.bytes(), client.bytes()],
    )?;
    Ok(there.map_or(ClientError::NotFound, |_| ClientError::Already))
}

/// The name that is current again when the current one is taken back: the one that it ended the day before it began.
pub fn name_before<'n>(names: &'n [Name], current: &Name) -> Option<&'n Name> {
    let last = current.from?.yesterday().ok()?;
    names
        .iter()
        .find(|one| one.kind == NameKind::Former && one.to == Some(last))
}

/// Takes back a name and tells whether an earlier one is current again. Nobody is found by it any more.
///
/// # Errors
/// As [`void`]; [`ClientError::Missing`] for the only name that she has: the right one is written first.
pub fn void_name(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    row: RowId,
    why: Why,
    reason: &str,
) -> Result<bool, ClientError> {
    let (by, reason) = correcting(desk, gate, reason)?;
    let client = gate.client();
    let names = names::all(tx, client)?;
    let Some(name) = names.iter().find(|name| name.id == row) else {
        return Err(not_standing(tx, "client_name", client, row)?);
    };
    let earlier = match name.kind {
        NameKind::Current => Some(name_before(&names, name).ok_or(ClientError::Missing("name"))?),
        NameKind::Former | NameKind::Called => None,
    };
    // Kept as a former one: nothing that looks for the current name meets it.
    tx.execute(
        "update client_name set kind = 'former', voided_at = $2, voided_by = $3, voided_why = $4, void_reason = $5 where id = $1",
        &params![row.bytes(), by.now, by.staff().bytes(), why.code(), reason],
    )?;
    tx.execute(
        "delete from name_part where name_id = $1",
        &params![row.bytes()],
    )?;
    if let Some(earlier) = earlier {
        names::hold_again(tx, client, earlier)?;
    }
    touch(tx, client)?;
    add_event(tx, desk, client, Some(by.staff()), "name_void", reason)?;
    by.log(tx, "client.name_void", client, why.code(), Some(reason))?;
    Ok(earlier.is_some())
}

/// What ties a detail to the one that it succeeded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link {
    pub id: RowId,
    pub follows: Option<RowId>,
    pub recorded_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub voided: bool,
}

/// The value that holds again when `row` is taken back: the one that writing it down ended, past others that were
/// mistakes themselves. None when the row holds no more, or ended nothing.
pub(crate) fn earlier(links: &[Link], row: RowId) -> Option<RowId> {
    let of = |id: RowId| links.iter().find(|link| link.id == id);
    let mut later = of(row).filter(|link| link.ended_at.is_none() && !link.voided)?;
    // A chain is at most as long as there are rows, also if the rows should point in a ring.
    for _ in 0..links.len() {
        let before = of(later.follows?)?;
        if before.ended_at != Some(later.recorded_at) {
            return None;
        }
        if !before.voided {
            return Some(before.id);
        }
        later = before;
    }
    None
}

/// Takes back a detail and tells whether an earlier one holds again.
///
/// # Errors
/// [`ClientError::NotFound`] without a right to correct the basics, or for a row that is not there;
/// [`ClientError::Missing`] without a reason; [`ClientError::Already`] when it has been taken back.
pub fn void(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    row: RowId,
    why: Why,
    reason: &str,
) -> Result<bool, ClientError> {
    let (by, reason) = correcting(desk, gate, reason)?;
    let client = gate.client();
    let (details, _) = details::all(tx, client, gate.is_hidden())?;
    let Some(detail) = details.iter().find(|detail| detail.id == row) else {
        return Err(not_standing(tx, "client_detail", client, row)?);
    };
    tx.execute(
        "update client_detail set voided_at = $2, voided_by = $3, voided_why = $4, void_reason = $5, digits = null, ended_at = coalesce(ended_at, $2), ended_by = coalesce(ended_by, $3) where id = $1",
        &params![row.bytes(), by.now, by.staff().bytes(), why.code(), reason],
    )?;
    if let Some(earlier) = detail.earlier {
        hold_again(tx, earlier)?;
    }
    touch(tx, client)?;
    add_event(tx, desk, client, Some(by.staff()), "detail_void", reason)?;
    let said = format!("{} {}", detail.kind, why.code());
    by.log(tx, "client.detail_void", client, &said, Some(reason))?;
    Ok(detail.earlier.is_some())
}

/// Opens the end of a value that was ended by a mistake.
fn hold_again(tx: &mut WriteTx<'_>, row: RowId) -> Result<(), StoreError> {
    let found = tx.query_one(
        "select kind, value, protected from client_detail where id = $1",
        &params![row.bytes()],
    )?;
    let (kind, value, protected): (String, String, bool) =
        (found.get(0)?, found.get(1)?, found.get(2)?);
    let digits = (matches!(kind.as_str(), "phone" | "safe_number") && !protected)
        .then(|| digits(&value))
        .flatten();
    tx.execute(
        "update client_detail set valid_to = null, ended_at = null, ended_by = null, digits = $2 where id = $1",
        &params![row.bytes(), digits],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kernel::time::from_millis;

    use super::*;

    fn link(id: u8, follows: Option<u8>, recorded: i64, ended: Option<i64>, voided: bool) -> Link {
        let row = |id: u8| RowId::from_bytes([id; 16]);
        Link {
            id: row(id),
            follows: follows.map(row),
            recorded_at: from_millis(recorded),
            ended_at: ended.map(from_millis),
            voided,
        }
    }

    #[test]
    fn only_what_the_mistake_ended_holds_again() {
        let row = |id: u8| RowId::from_bytes([id; 16]);
        let first = link(1, None, 10, Some(20), false);
        let second = link(2, Some(1), 20, None, false);
        assert_eq!(earlier(&[first, second], row(2)), Some(row(1)));
        assert_eq!(earlier(&[first, second], row(1)), None, "it has ended");
        assert_eq!(earlier(&[second], row(2)), None, "the first is not there");
        let parted = link(1, None, 10, Some(15), false);
        assert_eq!(earlier(&[parted, second], row(2)), None, "ended by itself");
    }

    #[test]
    fn mistakes_between_are_passed() {
        let row = |id: u8| RowId::from_bytes([id; 16]);
        let first = link(1, None, 10, Some(20), false);
        let wrong = link(2, Some(1), 20, Some(30), true);
        let last = link(3, Some(2), 30, None, false);
        assert_eq!(earlier(&[first, wrong, last], row(3)), Some(row(1)));
        let (ring, other) = (
            link(1, Some(2), 10, Some(10), true),
            link(2, Some(1), 10, Some(10), true),
        );
        let end = link(3, Some(1), 10, None, false);
        assert_eq!(earlier(&[ring, other, end], row(3)), None, "a ring ends");
    }
}
