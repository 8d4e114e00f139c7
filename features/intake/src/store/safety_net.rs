//! Safety net (perälauta): what nobody has touched by the county's limit rises to the lead by itself.

use identity::people::StaffId;
use kernel::time::{SignedDuration, Timestamp, from_millis, millis};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::{ContactId, IntakeError};
use crate::store::{By, Desk, add_event, log, state_title};

/// The kind of the recurring job.
pub const SAFETY_NET_JOB: &str = "intake.safety_net";

/// Most rows raised in one transaction, so that the job never holds up the workers' writes.
const AT_ONCE: i64 = 200;

/// Raises untouched contacts and unkept promises. Safe to run at any time and twice; returns how
/// many rose.
///
/// # Errors
/// When the engine fails.
pub fn raise(tx: &mut WriteTx<'_>, desk: &Desk) -> Result<usize, IntakeError> {
    let now = desk.now();
    let limit = now - SignedDuration::from_hours(desk.settings.untouched_limit_hours);
    let urgent = now - SignedDuration::from_mins(desk.settings.untouched_limit_urgent_minutes);
    let contacts = tx.query(
        "select id from contact where state = 'open' and raised_at is null and (touched_at < $1 or (urgency_rank = 0 and touched_at < $2)) order by touched_at, id limit $3",
        &params![millis(limit), millis(urgent), AT_ONCE],
    )?;
    for row in &contacts {
        let contact = ContactId::from_bytes(row.get(0)?);
        tx.execute(
            "update contact set raised_at = $2 where id = $1",
            &params![contact.bytes(), millis(now)],
        )?;
        add_event(tx, desk, &By::Job, contact, "raised", "")?;
        log(tx, &By::Job, now, "contact.raised", contact, "", None)?;
    }
    // A promise rises when its own time has run out; the clock of a promise is the promise itself.
    let tasks = tx.execute(
        "update task set raised_at = $1 where done_at is null and raised_at is null and due_at < $2",
        &params![millis(now), millis(now - SignedDuration::from_hours(1))],
    )?;
    Ok(contacts.len() + usize::try_from(tasks).unwrap_or(usize::MAX))
}

/// A row of the lead's lists: dates and states, not the person's words (457/2024 17 §).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadRow {
    pub contact: ContactId,
    pub number: String,
    pub title: String,
    pub since: Timestamp,
    pub holder: String,
    pub by_duty: bool,
    /// The holder is absent or departed: the lead may take over.
    pub holder_away: bool,
    /// To whom it was offered by name (unanswered offers), or the number of holders met.
    pub other: Option<String>,
    /// False for a contact that a unit of somebody else's answers for, as of an offer that nobody answered here.
    pub opens: bool,
}

/// What a lead sees of the units led.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadLists {
    /// Untouched over the limit.
    pub raised: Vec<LeadRow>,
    /// Offers that nobody answered in time; shown to both leads.
    pub unanswered: Vec<LeadRow>,
    /// Holders who are away.
    pub away: Vec<LeadRow>,
    /// Ended as not reached, not yet seen.
    pub not_reached: Vec<LeadRow>,
    /// Contacts that met more holders than the target.
    pub many_holders: Vec<LeadRow>,
}

impl LeadLists {
    fn each(&self) -> [&Vec<LeadRow>; 5] {
        let Self {
            raised,
            unanswered,
            away,
            not_reached,
            many_holders,
        } = self;
        [raised, unanswered, away, not_reached, many_holders]
    }

    /// The rows of every list.
    pub fn all(&self) -> impl Iterator<Item = &LeadRow> {
        self.each().into_iter().flatten()
    }

    /// Leaves out rows from every list.
    pub fn retain(&mut self, keep: impl Fn(&LeadRow) -> bool) {
        for list in [
            &mut self.raised,
            &mut self.unanswered,
            &mut self.away,
            &mut self.not_reached,
            &mut self.many_holders,
        ] {
            list.retain(&keep);
        }
    }
}

const COLUMNS: &str = concat!(
    "select c.id, c.number, c.title, $SINCE, coalesce(s.name, d.name), case when c.holder_staff is null then 1 else 0 end, case when s.ended_on < $2 or s.left_at <= $3 or exists (select 1 from absence a where a.staff_id = s.id and a.begins_on <= $2 and a.ends_on >= $2) then 1 else 0 end, $OTHER, case when ",
    led!("c.holder_unit", "$2"),
    " then 1 else 0 end from contact c join unit u on u.id = c.holder_unit left join staff s on s.id = c.holder_staff join staff d on d.id = coalesce((select y.staff_id from duty y where y.unit_id = u.id and y.begins_at <= $3 and y.ends_at > $3 order by y.begins_at desc, y.id limit 1), u.lead_id)"
);

fn select(since: &str, other: &str, rest: &str) -> String {
    format!(
        "{} {rest}",
        COLUMNS.replace("$SINCE", since).replace("$OTHER", other)
    )
}

/// The lead's lists, each at most 50 rows, longest waiting first.
///
/// # Errors
/// When the engine fails.
pub fn lead_lists(
    query: &mut impl Query,
    lead: StaffId,
    now: Timestamp,
    holders_target: i64,
) -> Result<LeadLists, StoreError> {
    let today = kernel::time::day(now).to_string();
    let recent = millis(now - SignedDuration::from_hours(30 * 24));
    let mut list = |since: &str, other: &str, rest: &str, fourth: i64| {
        query
            .query(
                &select(since, other, rest),
                &params![lead.bytes(), today.as_str(), millis(now), fourth],
            )?
            .iter()
            .map(|row| {
                Ok(LeadRow {
                    contact: ContactId::from_bytes(row.get(0)?),
                    number: row.get(1)?,
                    title: state_title(row.get(2)?, row.get(1)?),
                    since: from_millis(row.get(3)?),
                    holder: row.get(4)?,
                    by_duty: row.get(5)?,
                    holder_away: row.get(6)?,
                    other: row.get(7)?,
                    opens: row.get(8)?,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()
    };
    Ok(LeadLists {
        raised: list(
            "c.touched_at",
            "cast(null as text)",
            concat!(
                "where c.state = 'open' and c.raised_at is not null and ",
                led!("c.holder_unit", "$2"),
                " and $4 > 0 order by c.touched_at, c.id limit 50"
            ),
            1,
        )?,
        unanswered: list(
            "o.made_at",
            "r.name",
            concat!(
                "join offer o on o.contact_id = c.id and o.state = 'unanswered' left join staff r on r.id = o.to_staff where c.state = 'open' and (",
                led!("o.from_unit", "$2"),
                " or ",
                led!("o.to_unit", "$2"),
                ") and o.answered_at > $4 and not exists (select 1 from offer later where later.contact_id = o.contact_id and later.made_at > o.made_at) order by o.made_at, o.id limit 50"
            ),
            recent,
        )?,
        away: list(
            "c.holder_since",
            "cast(null as text)",
            concat!(
                "where c.state = 'open' and ",
                led!("c.holder_unit", "$2"),
                " and $4 > 0 and (s.ended_on < $2 or s.left_at <= $3 or exists (select 1 from absence a where a.staff_id = s.id and a.begins_on <= $2 and a.ends_on >= $2)) order by c.holder_since, c.id limit 50"
            ),
            1,
        )?,
        not_reached: list(
            "e.at",
            "cast(null as text)",
            concat!(
                "join ending e on e.contact_id = c.id and e.kind = 'not_reached' and e.seen_at is null where ",
                led!("c.holder_unit", "$2"),
                " and $4 > 0 order by e.at, c.id limit 50"
            ),
            1,
        )?,
        many_holders: list(
            "c.arrived_at",
            "cast(c.holders_met as text)",
            concat!(
                "where c.state = 'open' and ",
                led!("c.holder_unit", "$2"),
                " and c.holders_met > $4 order by c.holders_met desc, c.id limit 50"
            ),
            holders_target,
        )?,
    })
}

/// Figures of the units that a lead leads, about contacts, never about workers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadFigures {
    pub untaken: i64,
    pub oldest_untaken: Option<Timestamp>,
    pub open: i64,
    pub offers_open: i64,
    /// Mean number of holders of contacts ended in the last 30 days, in hundredths.
    pub holders_mean_hundredths: Option<i64>,
}

/// Reads the figures.
///
/// # Errors
/// When the engine fails.
pub fn lead_figures(
    query: &mut impl Query,
    lead: StaffId,
    now: Timestamp,
) -> Result<LeadFigures, StoreError> {
    let recent = millis(now - SignedDuration::from_hours(30 * 24));
    let row = query.query_one(
        concat!("select count(*) filter (where c.state = 'open' and c.holder_kind = 'duty'), min(case when c.state = 'open' and c.holder_kind = 'duty' then c.arrived_at end), count(*) filter (where c.state = 'open'), cast(coalesce(sum(case when c.state = 'ended' and c.ended_at > $2 then c.holders_met end), 0) as bigint), count(*) filter (where c.state = 'ended' and c.ended_at > $2), (select count(*) from offer o where o.state = 'open' and ", led!("o.from_unit", "$3"), ") from contact c where (c.state = 'open' or (c.state = 'ended' and c.ended_at > $2)) and ", led!("c.holder_unit", "$3")),
        &params![lead.bytes(), recent, kernel::time::day(now).to_string()],
    )?;
    let (sum, ended): (i64, i64) = (row.get(3)?, row.get(4)?);
    Ok(LeadFigures {
        untaken: row.get(0)?,
        oldest_untaken: row.get::<Option<i64>>(1)?.map(from_millis),
        open: row.get(2)?,
        offers_open: row.get(5)?,
        holders_mean_hundredths: (ended > 0).then(|| sum * 100 / ended),
    })
}
