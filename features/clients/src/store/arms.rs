//! The statements of the list of one's own clients: one for each way of being related, and one that counts.

use kernel::time::{SignedDuration, Timestamp, day, millis};
use store::{Ask, Value};

use super::details;
use super::own::{Closed, Cursor, Filter, PAGE_SIZE};
use crate::domain::Reader;
use crate::gate::{DAYS_AFTER_DEATH, DEAD_SINCE};
use crate::tutored::counts;

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

/// What the statements ask.
pub(super) struct Arms<'a> {
    reader: &'a Reader,
    closed: &'a Closed,
    filter: &'a Filter,
    /// Kinds of relation with rows of their own.
    own: Vec<&'static str>,
    leads: bool,
    duty: bool,
    now: Timestamp,
}

/// A way of being related.
#[derive(Clone, Copy)]
enum Way {
    Own,
    Lead,
    Duty,
}

impl<'a> Arms<'a> {
    pub fn of(
        reader: &'a Reader,
        closed: &'a Closed,
        filter: &'a Filter,
        kinds: &[&'static str],
        now: Timestamp,
    ) -> Self {
        let of_clients = |kind: &&str| !["unit_lead", "unit_duty"].contains(kind);
        let mut own: Vec<&str> = kinds.iter().copied().filter(of_clients).collect();
        // The closest are the most common, and are compared first.
        own.sort_by_key(|kind| place(kind));
        Self {
            reader,
            closed,
            filter,
            own,
            // A lead sees names and birth dates, so a phone number finds nobody there (457/2024 17 §).
            leads: kinds.contains(&"unit_lead") && filter.phone.is_empty(),
            duty: kinds.contains(&"unit_duty"),
            now,
        }
    }

    fn ways(&self) -> impl Iterator<Item = Way> {
        let own = (!self.own.is_empty()).then_some(Way::Own);
        let lead = self.leads.then_some(Way::Lead);
        let duty = self.duty.then_some(Way::Duty);
        [own, lead, duty].into_iter().flatten()
    }

    /// A page of each way, and last the count unless nobody asks for it.
    pub fn asks(&self) -> Vec<Ask> {
        let mut asks: Vec<Ask> = self.ways().map(|way| self.page(way)).collect();
        if !self.filter.uncounted && !asks.is_empty() {
            asks.push(self.count());
        }
        asks
    }

    /// One row for a client: id, name, birth date, place, closest relation, first moment.
    fn page(&self, way: Way) -> Ask {
        let mut text = Text::default();
        let source = self.source(&mut text, way);
        let conditions = self.conditions(&mut text);
        let cursor = match &self.filter.after {
            Some(after) => text.after(after),
            None => String::new(),
        };
        let most = PAGE_SIZE + 1;
        let sql = format!(
            "select c.id, c.display_name, c.birth_date, c.sort_key, g.why, g.since from {source} where {conditions}{cursor} order by c.sort_key, c.id limit {most}"
        );
        Ask::new(sql, text.values)
    }

    fn count(&self) -> Ask {
        let mut text = Text::default();
        let arms: Vec<String> = self
            .ways()
            .map(|way| {
                let source = self.source(&mut text, way);
                let conditions = self.conditions(&mut text);
                format!("select c.id from {source} where {conditions}")
            })
            .collect();
        let sql = format!("select count(*) from ({}) counted", arms.join(" union "));
        Ask::new(sql, text.values)
    }

    /// The clients `c` of a way with its grounds `g`, one row for each client.
    fn source(&self, text: &mut Text, way: Way) -> String {
        let staff = text.staff(self.reader);
        match way {
            Way::Own => {
                let (now, closest) = (text.now(self.now), closest(&self.own));
                let kinds = quoted(&self.own);
                // Only students have such links; everybody else's question stays as short as it is.
                let counts = match self.own.contains(&"tutor_link") {
                    true => format!(" and {}", counts(&now, &text.today(self.now))),
                    false => String::new(),
                };
                format!(
                    "(select r.client_id as client_id, min({closest}) as why, min(r.began_at) as since from relation r
                    where r.staff_id = {staff} and r.kind in ({kinds}) and r.began_at <= {now} and (r.ends_at is null or r.ends_at > {now}
                        or (r.tail_until > {now} and r.object_id is null and r.kind <> 'substitute')){counts} group by r.client_id) g
                    join client c on c.id = g.client_id"
                )
            }
            Way::Lead => {
                let today = text.today(self.now);
                format!(
                    "(select l.unit_id as unit_id, '9unit_lead' as why, cast(0 as bigint) as since from unit_leader l
                    where l.staff_id = {staff} and l.begins_on <= {today} and l.ends_on >= {today} group by l.unit_id) g
                    join client c on c.responsible_unit = g.unit_id"
                )
            }
            Way::Duty => {
                let now = text.now(self.now);
                format!(
                    "(select d.unit_id as unit_id, '8unit_duty' as why, min(d.begins_at) as since from duty d
                    where d.staff_id = {staff} and d.begins_at <= {now} and d.ends_at > {now} group by d.unit_id) g
                    join client c on c.responsible_unit = g.unit_id"
                )
            }
        }
    }

    /// Conditions on the client `c`, the same in every way.
    fn conditions(&self, text: &mut Text) -> String {
        let (staff, now) = (text.staff(self.reader), text.now(self.now));
        let cut = text.cut(self.now);
        let mut conditions = format!(
            "c.state = 'active' and (c.died_on is null or {DEAD_SINCE} >= {cut})
            and not exists (select 1 from bar b where b.client_id = c.id and b.kind in ('B08', 'B16', 'B19') and (b.staff_id is null or b.staff_id = {staff})
                and b.began_at <= {now} and (b.ends_at is null or b.ends_at > {now}) and not exists (select 1 from bar_exempt x where x.bar_id = b.id and x.staff_id = {staff}))"
        );
        if let Some(clients) = text.list(&self.closed.clients) {
            conditions.push_str(&format!(" and c.id not in ({clients})"));
        }
        if let Some(units) = text.list(&self.closed.units) {
            conditions.push_str(&format!(
                " and (c.responsible_unit is null or c.responsible_unit not in ({units}))"
            ));
        }
        self.narrow(text, &mut conditions);
        conditions
    }

    fn narrow(&self, text: &mut Text, conditions: &mut String) {
        if let Some(birth) = self.filter.birth {
            let birth = text.value(birth.to_string());
            conditions.push_str(&format!(" and c.birth_date = {birth}"));
        }
        for spellings in text::names::question(&self.filter.name) {
            let any: Vec<String> = spellings
                .iter()
                .map(|beginning| {
                    let beginning = text.value(format!("{beginning}%"));
                    format!("n.folded like {beginning}")
                })
                .collect();
            conditions.push_str(&format!(
                " and exists (select 1 from name_part n where n.client_id = c.id and ({}))",
                any.join(" or ")
            ));
        }
        if !self.filter.phone.is_empty() {
            let digits = details::digits(&self.filter.phone).unwrap_or_default();
            let digits = text.value(if digits.is_empty() {
                "-".to_owned()
            } else {
                digits
            });
            let today = text.today(self.now);
            conditions.push_str(&format!(
                " and exists (select 1 from client_detail f where f.client_id = c.id and f.digits = {digits})
                and not exists (select 1 from hidden_client h where h.client_id = c.id and h.begins_on <= {today} and h.ends_on >= {today})"
            ));
        }
    }
}

/// The values of a statement. What several of its parts ask is there once: PostgreSQL must know the type of each.
#[derive(Default)]
struct Text {
    values: Vec<Value>,
    staff: Option<usize>,
    now: Option<usize>,
    today: Option<usize>,
    cut: Option<usize>,
}

impl Text {
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn once(
        &mut self,
        place: impl Fn(&mut Self) -> &mut Option<usize>,
        value: impl FnOnce() -> Value,
    ) -> String {
        let number = match *place(self) {
            Some(number) => number,
            None => {
                self.values.push(value());
                let number = self.values.len();
                *place(self) = Some(number);
                number
            }
        };
        format!("${number}")
    }

    fn staff(&mut self, reader: &Reader) -> String {
        self.once(|text| &mut text.staff, || reader.staff.bytes().into())
    }

    fn now(&mut self, now: Timestamp) -> String {
        self.once(|text| &mut text.now, || millis(now).into())
    }

    fn today(&mut self, now: Timestamp) -> String {
        self.once(|text| &mut text.today, || day(now).to_string().into())
    }

    /// The last day on which somebody died whose record staff does not see any more.
    fn cut(&mut self, now: Timestamp) -> String {
        let today = day(now);
        let cut = today
            .checked_sub(SignedDuration::from_hours(24 * DAYS_AFTER_DEATH))
            .unwrap_or(today);
        self.once(|text| &mut text.cut, || cut.to_string().into())
    }

    /// The values as a list; `None` for no values. The last one stands there again until the length is a power of two,
    /// so that the engines see few different statements.
    fn list(&mut self, values: &[Value]) -> Option<String> {
        let last = values.last()?;
        let length = values.len().next_power_of_two();
        let all = values.iter().chain(std::iter::repeat(last)).take(length);
        let places: Vec<String> = all.map(|value| self.value(value.clone())).collect();
        Some(places.join(", "))
    }

    fn after(&mut self, after: &Cursor) -> String {
        let key = self.value(after.sort_key.as_str());
        let id = self.value(after.id);
        format!(" and (c.sort_key > {key} or (c.sort_key = {key} and c.id > {id}))")
    }
}

/// How close a relation of a kind is: 0 the closest, 7 the most distant of a client's own.
fn place(kind: &str) -> usize {
    let place = CLOSENESS.iter().position(|close| *close == kind);
    place.unwrap_or(7).min(7)
}

/// How close a relation of these kinds is, as a digit before its kind.
fn closest(kinds: &[&str]) -> String {
    let cases: Vec<String> = kinds
        .iter()
        .map(|kind| format!("when '{kind}' then '{}{kind}'", place(kind)))
        .collect();
    format!("case r.kind {} end", cases.join(" "))
}

/// Codes of our own as a list of SQL texts.
pub(super) fn quoted(codes: &[&str]) -> String {
    let quoted: Vec<String> = codes.iter().map(|code| format!("'{code}'")).collect();
    quoted.join(", ")
}
