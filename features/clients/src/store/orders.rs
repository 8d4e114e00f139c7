//! Orders of non-disclosure for safety (turvakielto, 661/2009 36-37 §). There may be several, such as one in force and
//! its renewal: the client is protected on every day of any of them. Writing one never takes protection away, but for
//! somebody with the right to end it, who tells why.

use kernel::time::{Date, Timestamp, day};
use store::{Query, StoreError, WriteTx, params};

use super::{By, Desk, add_event, lapse, touch};
use crate::domain::{ClientError, ClientId, RowId};
use crate::gate::Gate;

/// Source of an order that came with an import.
const BROUGHT: &str = "import";

/// An order of non-disclosure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NonDisclosure {
    pub id: RowId,
    pub from: Date,
    pub to: Option<Date>,
    pub source: String,
    pub recorded_at: Timestamp,
    pub recorded_by: Option<String>,
    /// When it was ended: by an entry, by another that took its place, or on the day after its last.
    pub ended_at: Option<Timestamp>,
}

impl NonDisclosure {
    /// Whether it protects: from its day until it has been ended, whatever its last day was.
    pub fn in_force(&self, on: Date) -> bool {
        self.ended_at.is_none() && self.from <= on
    }

    /// Whether it is recorded for a day to come.
    pub fn is_to_come(&self, on: Date) -> bool {
        self.ended_at.is_none() && self.from > on
    }
}

/// An order as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrder<'a> {
    pub from: Date,
    /// Its last day; `None` when none is known.
    pub to: Option<Date>,
    pub source: &'a str,
    /// The order in whose place it comes; others stay.
    pub replaces: Option<RowId>,
    /// Why protection ends earlier than it was going to; needed only then.
    pub reason: Option<&'a str>,
}

/// Days of protection, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    from: Date,
    to: Date,
}

/// An order that has not been ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    id: RowId,
    pub(super) from: Date,
    pub(super) to: Option<Date>,
}

impl Open {
    /// The days that it still protects; `None` when its last day has passed.
    fn rest(&self, today: Date) -> Option<Span> {
        let span = Span {
            from: self.from.max(today),
            to: self.to.unwrap_or(Date::MAX),
        };
        (span.from <= span.to).then_some(span)
    }
}

/// What becomes of an open order when another is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stays,
    Ends,
    /// It holds until this day, when the new one begins.
    Until(Date),
}

fn fate(order: &Open, new: &NewOrder<'_>, today: Date) -> Fate {
    let rest = order.rest(today);
    let to = new.to.unwrap_or(Date::MAX);
    if rest.is_some_and(|rest| new.from <= rest.from && rest.to <= to) {
        return Fate::Ends;
    }
    if new.replaces != Some(order.id) {
        return Fate::Stays;
    }
    let before = new.from.yesterday().unwrap_or(new.from);
    if new.from > today && order.from <= before {
        return Fate::Until(order.to.map_or(before, |to| to.min(before)));
    }
    Fate::Ends
}

/// Whether the spans together hold every day of one.
fn covers(spans: &[Span], one: Span) -> bool {
    let mut next = one.from;
    loop {
        let reach = spans
            .iter()
            .filter(|span| span.from <= next && next <= span.to)
            .map(|span| span.to)
            .max();
        match reach {
            None => return false,
            Some(reach) if reach >= one.to => return true,
            Some(reach) => next = reach.tomorrow().unwrap_or(reach),
        }
    }
}

/// Whether a day from today on that was protected no longer is.
fn shrinks(open: &[Open], new: &NewOrder<'_>, today: Date) -> bool {
    let mut after: Vec<Span> = open
        .iter()
        .filter_map(|order| match fate(order, new, today) {
            Fate::Ends => None,
            Fate::Stays => order.rest(today),
            Fate::Until(to) => Open {
                to: Some(to),
                ..*order
            }
            .rest(today),
        })
        .collect();
    after.push(Span {
        from: new.from,
        to: new.to.unwrap_or(Date::MAX),
    });
    open.iter()
        .filter_map(|order| order.rest(today))
        .any(|rest| !covers(&after, rest))
}

/// Marks non-disclosure: protecting is for everybody who keeps the basics. Orders there are stay, but for one whose days
/// this one holds.
///
/// # Errors
/// As [`write_order`].
pub fn set_non_disclosure(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    (from, to): (Date, Option<Date>),
    source: &str,
) -> Result<(), ClientError> {
    let new = NewOrder {
        from,
        to,
        source,
        replaces: None,
        reason: None,
    };
    write_order(tx, desk, gate, &new)
}

/// Writes an order down, in place of another or beside it. When the new one begins later, the old one holds until the
/// day before. When any day would lose its protection, or the order is of the past alone, this is an end: it needs the
/// right and the reason of one, and the details stay protected one by one.
///
/// # Errors
/// [`ClientError::NotFound`] without a right to correct the basics; [`ClientError::Day`] when it would end before it
/// begins; [`ClientError::Changed`] when the one to be replaced has ended meanwhile; [`ClientError::Unprotects`] and
/// [`ClientError::Missing`] for an end without the right or the reason.
pub fn write_order(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    new: &NewOrder<'_>,
) -> Result<(), ClientError> {
    let mut by = gate.by("client_basics", "correct", desk.now())?;
    if new.to.is_some_and(|to| to < new.from) {
        return Err(ClientError::Day("to"));
    }
    let (client, today) = (gate.client(), day(by.now));
    let open = open(tx, client)?;
    if new
        .replaces
        .is_some_and(|id| open.iter().all(|order| order.id != id))
    {
        return Err(ClientError::Changed);
    }
    let past = new.to.is_some_and(|to| to < today);
    let ends = past || shrinks(&open, new, today);
    let reason = new.reason.map(str::trim).filter(|text| !text.is_empty());
    if ends {
        by = gate
            .by("contact_details_secret", "correct", desk.now())
            .map_err(|_| ClientError::Unprotects)?;
        if reason.is_none() {
            return Err(ClientError::Missing("reason"));
        }
        lapse::protect_with_household(tx, client)?;
    }
    for order in &open {
        match fate(order, new, today) {
            Fate::Stays => {}
            Fate::Ends => end_one(tx, &by, order.id)?,
            Fate::Until(to) => {
                tx.execute(
                    "update non_disclosure set ends_on = $2 where id = $1",
                    &params![order.id.bytes(), to.to_string()],
                )?;
            }
        }
    }
    let row = insert(tx, desk, client, new, Some(&by))?;
    if past {
        end_one(tx, &by, row)?;
    }
    let reason = reason.filter(|_| ends);
    let (event, detail) = if ends {
        ("non_disclosure_end", "shorten")
    } else {
        ("non_disclosure", "set")
    };
    let staff = Some(by.staff());
    add_event(tx, desk, client, staff, event, reason.unwrap_or_default())?;
    by.log(tx, "client.non_disclosure", client, detail, reason)?;
    Ok(())
}

/// Writes the row of an order for whoever has checked the right.
fn insert(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    client: ClientId,
    new: &NewOrder<'_>,
    by: Option<&By<'_>>,
) -> Result<RowId, ClientError> {
    let id = RowId::from_bytes(desk.row_id());
    tx.execute(
        "insert into non_disclosure (id, client_id, begins_on, ends_on, source, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            id.bytes(),
            client.bytes(),
            new.from.to_string(),
            new.to.map(|day| day.to_string()),
            new.source,
            desk.now(),
            by.map(|by| by.staff().bytes())
        ],
    )?;
    touch(tx, client)?;
    Ok(id)
}

/// Whether an order until a day, as another system tells it, adds to the protection of a client: not when orders in
/// force hold its days, nor when the same one was brought before, which somebody here may have ended since.
///
/// # Errors
/// When the engine fails.
pub fn adds(
    tx: &mut impl Query,
    desk: &Desk,
    client: ClientId,
    until: Option<Date>,
) -> Result<bool, ClientError> {
    let today = day(desk.now());
    let brought = non_disclosures(tx, client)?
        .iter()
        .any(|order| order.source == BROUGHT && order.to == until);
    let spans: Vec<Span> = open(tx, client)?
        .iter()
        .filter_map(|order| order.rest(today))
        .collect();
    let asked = Span {
        from: today,
        to: until.unwrap_or(Date::MAX),
    };
    Ok(!brought && !covers(&spans, asked))
}

/// Writes down an order that came with a client from another system, from today. The caller writes the log entry.
///
/// # Errors
/// [`ClientError::Day`] when its last day has passed.
pub fn bring(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    client: ClientId,
    until: Option<Date>,
) -> Result<(), ClientError> {
    let today = day(desk.now());
    if until.is_some_and(|until| until < today) {
        return Err(ClientError::Day("until"));
    }
    let new = NewOrder {
        from: today,
        to: until,
        source: BROUGHT,
        replaces: None,
        reason: None,
    };
    insert(tx, desk, client, &new, None)?;
    add_event(tx, desk, client, None, "non_disclosure", BROUGHT)?;
    Ok(())
}

fn end_one(tx: &mut WriteTx<'_>, by: &By<'_>, order: RowId) -> Result<(), StoreError> {
    tx.execute(
        "update non_disclosure set ended_at = $2, ended_by = $3 where id = $1",
        &params![order.bytes(), by.now, by.staff().bytes()],
    )?;
    Ok(())
}

/// Ends non-disclosure, orders to come included. The details that were hidden, hers and of her household, stay
/// protected one by one until somebody with the right opens each: an end recorded by mistake must not show an address.
///
/// # Errors
/// [`ClientError::NotFound`] without a right to correct protected details; [`ClientError::Missing`] without
/// what the end is known from; [`ClientError::Ended`] when none is in force.
pub fn end_non_disclosure(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    reason: &str,
) -> Result<(), ClientError> {
    let by = gate.by("contact_details_secret", "correct", desk.now())?;
    if reason.trim().is_empty() {
        return Err(ClientError::Missing("reason"));
    }
    let client = gate.client();
    let open = open(tx, client)?;
    if open.is_empty() {
        return Err(ClientError::Ended);
    }
    for order in open {
        end_one(tx, &by, order.id)?;
    }
    lapse::protect_with_household(tx, client)?;
    touch(tx, client)?;
    let staff = Some(by.staff());
    add_event(tx, desk, client, staff, "non_disclosure_end", reason)?;
    by.log(tx, "client.non_disclosure", client, "end", Some(reason))?;
    Ok(())
}

/// The orders of a client that have not been ended.
pub(super) fn open(tx: &mut impl Query, client: ClientId) -> Result<Vec<Open>, StoreError> {
    tx.query(
        "select id, begins_on, ends_on from non_disclosure where client_id = $1 and ended_at is null order by begins_on, id",
        &params![client.bytes()],
    )?
    .iter()
    .map(|row| {
        Ok(Open {
            id: RowId::from_bytes(row.get(0)?),
            from: row.get(1)?,
            to: row.get(2)?,
        })
    })
    .collect()
}

/// All orders of a client: of those not ended the one that protects longest first, then the newest.
pub(crate) fn non_disclosures(
    tx: &mut impl Query,
    client: ClientId,
) -> Result<Vec<NonDisclosure>, ClientError> {
    tx.query(
        "select n.id, n.begins_on, n.ends_on, n.source, n.recorded_at, s.name, n.ended_at from non_disclosure n left join staff s on s.id = n.recorded_by where n.client_id = $1 order by case when n.ended_at is null then coalesce(n.ends_on, '9999-12-31') else '' end desc, n.recorded_at desc, n.id desc",
        &params![client.bytes()],
    )?
    .iter()
    .map(|row| {
        Ok(NonDisclosure {
            id: RowId::from_bytes(row.get(0)?),
            from: row.get(1)?,
            to: row.get(2)?,
            source: row.get(3)?,
            recorded_at: row.get(4)?,
            recorded_by: row.get(5)?,
            ended_at: row.get(6)?,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 3, 13);

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn order(id: u8, from: &str, to: Option<&str>) -> Open {
        Open {
            id: RowId::from_bytes([id; 16]),
            from: date(from),
            to: to.map(date),
        }
    }

    fn new(from: &str, to: Option<&str>, replaces: Option<u8>) -> NewOrder<'static> {
        NewOrder {
            from: date(from),
            to: to.map(date),
            source: "register",
            replaces: replaces.map(|id| RowId::from_bytes([id; 16])),
            reason: None,
        }
    }

    #[test]
    fn an_old_order_gives_way_only_to_one_that_holds_its_days() {
        let old = order(1, "2026-01-01", Some("2028-01-01"));
        let fate = |new: &NewOrder<'_>| fate(&old, new, TODAY);
        assert_eq!(fate(&new("2026-03-13", None, None)), Fate::Ends);
        assert_eq!(
            fate(&new("2026-03-13", Some("2027-01-01"), None)),
            Fate::Stays
        );
        assert_eq!(
            fate(&new("2026-03-13", Some("2027-01-01"), Some(1))),
            Fate::Ends
        );
        assert_eq!(fate(&new("2026-04-01", None, None)), Fate::Stays);
        assert_eq!(
            fate(&new("2026-04-01", None, Some(1))),
            Fate::Until(date("2026-03-31"))
        );
        assert_eq!(
            fate(&new("2029-01-01", None, Some(1))),
            Fate::Until(date("2028-01-01"))
        );
        assert_eq!(
            fate(&new("2025-01-01", Some("2025-02-01"), Some(1))),
            Fate::Ends
        );
    }

    #[test]
    fn a_day_that_loses_its_protection_is_noticed() {
        let old = [order(1, "2026-01-01", Some("2028-01-01"))];
        let both = [old[0], order(2, "2028-01-02", Some("2030-01-01"))];
        let lost = |open: &[Open], from, to, id| shrinks(open, &new(from, to, id), TODAY);
        // A renewal from the day after, from a day before the end, and one that holds everything.
        assert!(!lost(&old, "2028-01-02", Some("2030-01-01"), Some(1)));
        assert!(!lost(&old, "2027-06-01", Some("2030-01-01"), Some(1)));
        assert!(!lost(&old, "2026-03-13", None, Some(1)));
        // A day more in the past, the same days again, and another order beside.
        assert!(!lost(&old, "2026-02-01", Some("2028-01-01"), Some(1)));
        assert!(!lost(&both, "2026-01-01", Some("2028-01-01"), Some(1)));
        assert!(!lost(&old, "2027-01-01", Some("2027-02-01"), None));
        // Shortened, of the past, or ahead and shorter than the old one.
        assert!(lost(&old, "2026-01-01", Some("2027-12-31"), Some(1)));
        assert!(lost(&old, "2025-01-01", Some("2025-02-01"), Some(1)));
        assert!(lost(&old, "2027-01-01", Some("2027-02-01"), Some(1)));
        assert!(lost(&both, "2026-01-01", Some("2027-12-31"), Some(1)));
        assert!(lost(
            &[order(1, "2026-01-01", None)],
            "2026-01-01",
            Some("2031-01-01"),
            Some(1)
        ));
        // The days of the first are the second's too.
        let over = [old[0], order(2, "2026-06-01", None)];
        assert!(!lost(&over, "2026-01-01", Some("2026-05-31"), Some(1)));
        assert!(lost(&over, "2026-01-01", Some("2026-05-30"), Some(1)));
        // What has passed protects nothing any more.
        assert!(!lost(
            &[order(1, "2020-01-01", Some("2026-03-12"))],
            "2026-04-01",
            None,
            Some(1)
        ));
    }
}
