//! The clients in whose work one takes part, by name: two statements however many there are, and never a row
//! that the gate refuses.

use std::borrow::Cow;

use access::rights::RightsTable;
use kernel::time::{Date, SignedDuration, Timestamp, day, from_millis, millis};
use store::{Query, Row, Show, StoreError, Value, params};

use super::details;
use crate::domain::{ClientId, Reader};
use crate::gate::{self, COLLEAGUE_PASSES, DAYS_AFTER_DEATH, Granted, Shown, facts};
use crate::relations;
use crate::visibility;

/// Rows of one page.
pub const PAGE_SIZE: usize = 50;

/// What the list is narrowed to. Empty fields ask nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Beginnings of any parts of any name.
    pub name: String,
    pub birth: Option<Date>,
    pub phone: String,
    /// The last row of the page before.
    pub after: Option<Cursor>,
}

/// A place in the list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Cursor {
    pub sort_key: String,
    pub id: [u8; 16],
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub id: ClientId,
    pub name: String,
    pub birth: Option<Date>,
    /// The relation by which the reader sees the client, the closest of them.
    pub why: &'static str,
    pub since: Option<Timestamp>,
    pub cursor: Cursor,
}

/// A page of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<Listed>,
    /// How many there are without the cursor.
    pub count: i64,
    pub more: bool,
}

/// Relations from the closest to the most distant; what is not named comes last.
const CLOSENESS: [&str; 9] = [
    "own_worker",
    "own_team",
    "substitute",
    "matter_holder",
    "assessor",
    "matter_participant",
    "contact_holder",
    "recorder",
    "unit_duty",
];

/// Lists one's own clients and says in the log whose names were shown.
///
/// # Errors
/// When the engine fails.
pub fn list(
    tx: &mut impl Show,
    reader: &Reader,
    filter: &Filter,
    now: Timestamp,
) -> Result<Page, StoreError> {
    let page = read(tx, reader, filter, now)?;
    let kinds: Vec<&str> = page.rows.iter().map(|row| row.why).collect();
    let granted = RightsTable::built_in()
        .granting(
            &reader.subject,
            "client_basics",
            "see_basics",
            "working_age",
            day(now),
        )
        .find(|row| kinds.first().is_none_or(|kind| row.relation == *kind))
        .map(Granted::from);
    if let Some(granted) = granted {
        let shown = Shown {
            event: "client.list",
            clients: page.rows.iter().map(|row| row.id).collect(),
            detail: Cow::Owned(format!("count={}", page.rows.len())),
            content: None,
        };
        gate::log(tx, reader, &granted, now, &shown)?;
    }
    Ok(page)
}

/// Reads a page. The caller writes the log entry.
///
/// # Errors
/// When the engine fails.
pub fn read(
    tx: &mut impl Query,
    reader: &Reader,
    filter: &Filter,
    now: Timestamp,
) -> Result<Page, StoreError> {
    let kinds = visibility::kinds(&reader.subject, "client_basics", "see_basics", day(now));
    // A text without a letter names nobody, and must not list everybody.
    let nameless = !filter.name.trim().is_empty() && text::names::question(&filter.name).is_empty();
    if kinds.is_empty() || nameless {
        return Ok(Page::default());
    }
    let closed = Closed::read(tx, reader, now)?;
    if closed.long_away {
        // Away for long: the substitute holds the relations (bar B06).
        return Ok(Page::default());
    }
    let mut question = Question::new(reader, &closed, now);
    let arms = question.arms(&kinds, filter);
    if arms.is_empty() {
        return Ok(Page::default());
    }
    let sql = question.page(&arms, filter.after.as_ref());
    let found = tx.query(&sql, &question.values)?;
    let count = found.first().map_or(Ok(0), |row| row.get(6))?;
    let mut rows = found.iter().map(listed).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() > PAGE_SIZE;
    rows.truncate(PAGE_SIZE);
    Ok(Page { rows, count, more })
}

/// What is closed to the reader whatever the relation. Few rows, read first: the engines then need not guess
/// how many they are.
#[derive(Default)]
struct Closed {
    /// Oneself and relatives (B01, B02).
    kin: Vec<Value>,
    /// Colleagues (B03).
    colleagues: Vec<Value>,
    /// Restricted units that are not the reader's (B08).
    units: Vec<Value>,
    long_away: bool,
}

impl Closed {
    fn read(tx: &mut impl Query, reader: &Reader, now: Timestamp) -> Result<Self, StoreError> {
        let rows = tx.query(
            "select k.bar, k.client_id, '', '' from kin_bar k where k.staff_id = $1 and k.begins_on <= $3 and k.ends_on >= $3
            union all select 'unit', b.unit_id, '', '' from bar b where b.unit_id is not null and b.client_id is null and b.began_at <= $2 and (b.ends_at is null or b.ends_at > $2)
                and not exists (select 1 from staff s where s.id = $1 and s.unit_id = b.unit_id) and not exists (select 1 from bar_exempt x where x.bar_id = b.id and x.staff_id = $1)
            union all select 'away', a.staff_id, a.begins_on, a.ends_on from absence a where a.staff_id = $1 and a.begins_on <= $3 and a.ends_on >= $3",
            &params![reader.staff.bytes(), millis(now), day(now).to_string()],
        )?;
        let mut closed = Self::default();
        for row in rows {
            let id: Value = row.get(1)?;
            match row.get::<String>(0)?.as_str() {
                "B03" => closed.colleagues.push(id),
                "unit" => closed.units.push(id),
                "away" => closed.long_away |= facts::is_long(row.get(2)?, row.get(3)?),
                _ => closed.kin.push(id),
            }
        }
        Ok(closed)
    }
}

fn listed(row: &Row) -> Result<Listed, StoreError> {
    let why: String = row.get(4)?;
    let kind = why.get(1..).and_then(relations::kind);
    let id: [u8; 16] = row.get(0)?;
    Ok(Listed {
        id: ClientId::from_bytes(id),
        name: row.get(1)?,
        birth: row.get(2)?,
        why: kind.ok_or_else(|| StoreError::Decode("a relation of another version".to_owned()))?,
        since: Some(row.get::<i64>(5)?)
            .filter(|since| *since > 0)
            .map(from_millis),
        cursor: Cursor {
            sort_key: row.get(3)?,
            id,
        },
    })
}

/// The statement as it is put together, with its values.
struct Question {
    values: Vec<Value>,
    /// Conditions on the client `c`, the same in every arm.
    common: String,
}

impl Question {
    fn new(reader: &Reader, closed: &Closed, now: Timestamp) -> Self {
        let today = day(now);
        let cut = today
            .checked_sub(SignedDuration::from_hours(24 * DAYS_AFTER_DEATH))
            .unwrap_or(today);
        let mut question = Self {
            values: params![
                reader.staff.bytes(),
                millis(now),
                today.to_string(),
                cut.to_string()
            ],
            // Every statement uses every value: PostgreSQL must know the type of each.
            common: "c.state = 'active' and $3 <> '' and (c.died_on is null or c.died_on >= $4)
                and not exists (select 1 from bar b where b.client_id = c.id and b.kind in ('B08', 'B16', 'B19') and (b.staff_id is null or b.staff_id = $1)
                    and b.began_at <= $2 and (b.ends_at is null or b.ends_at > $2) and not exists (select 1 from bar_exempt x where x.bar_id = b.id and x.staff_id = $1))"
                .to_owned(),
        };
        if let Some(kin) = question.list(&closed.kin) {
            question
                .common
                .push_str(&format!(" and c.id not in ({kin})"));
        }
        if let Some(colleagues) = question.list(&closed.colleagues) {
            let passes = quoted(&COLLEAGUE_PASSES);
            question.common.push_str(&format!(
                " and (c.id not in ({colleagues}) or exists (select 1 from relation p where p.client_id = c.id and p.staff_id = $1 and p.kind in ({passes}) and p.began_at <= $2 and (p.ends_at is null or p.ends_at > $2)))"
            ));
        }
        if let Some(units) = question.list(&closed.units) {
            question.common.push_str(&format!(
                " and (c.responsible_unit is null or c.responsible_unit not in ({units}))"
            ));
        }
        question
    }

    /// The values as a list; `None` for no values.
    fn list(&mut self, values: &[Value]) -> Option<String> {
        let places: Vec<String> = values
            .iter()
            .map(|value| format!("${}", self.value(value.clone())))
            .collect();
        (!places.is_empty()).then(|| places.join(", "))
    }

    fn value(&mut self, value: impl Into<Value>) -> usize {
        self.values.push(value.into());
        self.values.len()
    }

    /// The sources of rows, one for each way of being related; each with its conditions.
    fn arms(&mut self, kinds: &[&'static str], filter: &Filter) -> Vec<String> {
        self.narrow(filter);
        let own: Vec<&str> = kinds
            .iter()
            .copied()
            .filter(|kind| !["unit_lead", "unit_duty"].contains(kind))
            .collect();
        let mut arms = Vec::new();
        let columns =
            "c.id as id, c.display_name as name, c.birth_date as birth, c.sort_key as sort_key";
        let common = &self.common;
        if !own.is_empty() {
            arms.push(format!(
                "select {columns}, {} || r.kind as why, r.began_at as since from relation r join client c on c.id = r.client_id
                where r.staff_id = $1 and r.kind in ({}) and r.began_at <= $2 and (r.ends_at is null or r.ends_at > $2
                    or (r.tail_until > $2 and r.object_id is null and r.kind <> 'substitute')) and {common}",
                closeness("r.kind"),
                quoted(&own)
            ));
        }
        // A lead sees names and birth dates, so a phone number finds nobody there (457/2024 17 §).
        if kinds.contains(&"unit_lead") && filter.phone.is_empty() {
            arms.push(format!(
                "select {columns}, '9unit_lead' as why, cast(0 as bigint) as since from unit_leader l join client c on c.responsible_unit = l.unit_id
                where l.staff_id = $1 and l.begins_on <= $3 and l.ends_on >= $3 and {common}"
            ));
        }
        if kinds.contains(&"unit_duty") {
            arms.push(format!(
                "select {columns}, '8unit_duty' as why, d.begins_at as since from duty d join client c on c.responsible_unit = d.unit_id
                where d.staff_id = $1 and d.begins_at <= $2 and d.ends_at > $2 and {common}"
            ));
        }
        arms
    }

    fn narrow(&mut self, filter: &Filter) {
        if let Some(birth) = filter.birth {
            let place = self.value(birth.to_string());
            self.common
                .push_str(&format!(" and c.birth_date = ${place}"));
        }
        for spellings in text::names::question(&filter.name) {
            let any: Vec<String> = spellings
                .iter()
                .map(|beginning| {
                    let place = self.value(format!("{beginning}%"));
                    format!("n.folded like ${place}")
                })
                .collect();
            self.common.push_str(&format!(
                " and exists (select 1 from name_part n where n.client_id = c.id and ({}))",
                any.join(" or ")
            ));
        }
        if !filter.phone.is_empty() {
            let digits = details::digits(&filter.phone).unwrap_or_default();
            let place = self.value(if digits.is_empty() {
                "-".to_owned()
            } else {
                digits
            });
            self.common.push_str(&format!(
                " and exists (select 1 from client_detail f where f.client_id = c.id and f.digits = ${place})
                and not exists (select 1 from hidden_client h where h.client_id = c.id and h.begins_on <= $3 and h.ends_on >= $3)"
            ));
        }
    }

    fn page(&mut self, arms: &[String], after: Option<&Cursor>) -> String {
        let cursor = after.map_or_else(String::new, |after| {
            let key = self.value(after.sort_key.as_str());
            let id = self.value(after.id);
            format!(" and (c.sort_key > ${key} or (c.sort_key = ${key} and c.id > ${id}))")
        });
        let most = PAGE_SIZE + 1;
        let all = arms.join(" union all ");
        // Rows of a unit are as many as its clients: each arm gives no more than a page of them.
        let arms: Vec<String> = arms
            .iter()
            .enumerate()
            .map(|(place, arm)| {
                let limit = if arm.contains(" from relation r ") {
                    String::new()
                } else {
                    format!(" order by c.sort_key, c.id limit {most}")
                };
                format!("select * from ({arm}{cursor}{limit}) arm{place}")
            })
            .collect();
        format!(
            "select x.id, x.name, x.birth, x.sort_key, min(x.why), min(x.since), (select count(distinct y.id) from ({all}) y) from ({}) x group by x.id, x.name, x.birth, x.sort_key order by x.sort_key, x.id limit {most}",
            arms.join(" union all ")
        )
    }
}

fn closeness(column: &str) -> String {
    let cases: Vec<String> = CLOSENESS
        .iter()
        .enumerate()
        .map(|(place, kind)| format!("when '{kind}' then '{}'", place.min(7)))
        .collect();
    format!("case {column} {} else '7' end", cases.join(" "))
}

/// Codes of our own as a list of SQL texts.
fn quoted(codes: &[&str]) -> String {
    let quoted: Vec<String> = codes.iter().map(|code| format!("'{code}'")).collect();
    quoted.join(", ")
}
