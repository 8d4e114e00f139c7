//! Units and their duty lists.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use kernel::time::{Date, SignedDuration, Time, Timestamp, day, moment};
use store::Query;
use web::{Answer, Choice, Failure, Form, House, Page, Texts, Visit};

use super::notice::{self, Notice, Pairs};
use super::person_view::span;
use super::staff_list::unit_name;
use super::unit_life::lead_choices;
use super::{Circumstances, decide};
use crate::duty::{self, Shift};
use crate::facts::{self, DeputyLine};
use crate::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use crate::session::CurrentUser;
use crate::units::{self, Closed};

/// Days of a duty list shown ahead.
const DAYS: i64 = 21;

/// A line of the list of units.
pub struct UnitLine {
    pub href: String,
    pub name: String,
    pub lead: String,
    pub phone: String,
    pub places: String,
    /// Working days of the next three weeks without a shift, in words; empty when there are none.
    pub gaps: String,
}

#[derive(Template)]
#[template(path = "admin/units.html")]
struct UnitsPage {
    page: Page,
    notice: Option<Notice>,
    units: Vec<UnitLine>,
    /// Units that have closed, in words.
    closed: Vec<String>,
    may_found: bool,
    /// No unit of advice is at work: what comes without a municipality goes to another unit, or is refused.
    no_advice: bool,
}

/// A shift, or a day without one.
pub struct ShiftLine {
    pub id: String,
    pub day: String,
    pub who: String,
    pub clock: String,
    pub gap: bool,
}

/// A deputy or a request for one.
pub struct Deputy {
    pub id: i64,
    pub who: String,
    pub when: String,
    pub about: String,
    pub waits: bool,
    pub mine: bool,
}

#[derive(Template)]
#[template(path = "admin/unit.html")]
struct UnitPage {
    page: Page,
    form: Form,
    notice: Option<Notice>,
    here: String,
    lead: String,
    places: String,
    shifts: Vec<ShiftLine>,
    gaps: String,
    /// A deputy waits for an approval.
    waits: bool,
    deputies: Vec<Deputy>,
    staff: Vec<Choice>,
    leads: Vec<Choice>,
    code: String,
    workers: Vec<Choice>,
    may_change: bool,
}

struct Found {
    units: Vec<Unit>,
    staff: Vec<Staff>,
    shifts: Vec<Shift>,
    places: Vec<(String, UnitId)>,
    deputies: Vec<DeputyLine>,
    led: Vec<UnitId>,
    closed: Vec<Closed>,
}

fn read(query: &mut impl Query, user: &CurrentUser, now: Timestamp) -> Result<Found, Failure> {
    let today = day(now);
    Ok(Found {
        units: people::list_units(query)?,
        staff: people::list_all(query)?,
        shifts: duty::list(query, start(today), end(today))?,
        places: duty::municipalities(query)?,
        deputies: facts::deputies(query, today)?,
        led: facts::units_led(query, user.staff.id, today)?,
        closed: units::closed(query)?,
    })
}

fn start(today: Date) -> Timestamp {
    moment(today, Time::constant(0, 0, 0, 0))
}

fn end(today: Date) -> Timestamp {
    start(today) + SignedDuration::from_hours(24 * DAYS)
}

/// Whether the reader may keep the lists of every unit, or those led only.
fn everywhere(user: &CurrentUser, now: Timestamp) -> bool {
    decide(
        user,
        "configuration",
        "finish",
        &Circumstances::default(),
        now,
    )
    .is_ok()
}

impl Found {
    fn is_closed(&self, unit: UnitId) -> bool {
        self.closed.iter().any(|one| one.unit == unit)
    }

    /// When a unit closed, and who goes on with its work.
    fn closed_words(&self, one: Closed, visit: &Visit) -> String {
        let t = visit.t();
        let day = t.full_day(one.on);
        let name = unit_name(&self.units, one.unit, visit);
        let next = one
            .followed_by
            .map_or_else(String::new, |next| unit_name(&self.units, next, visit));
        let args = [
            ("unit", name.into()),
            ("day", day.into()),
            ("next", next.into()),
        ];
        t.with("units-closed-line", &args)
    }

    fn name(&self, id: StaffId) -> String {
        self.staff
            .iter()
            .find(|one| one.id == id)
            .map_or_else(String::new, |one| one.name.clone())
    }

    fn places(&self, unit: UnitId, visit: &Visit) -> String {
        let names: Vec<&str> = self
            .places
            .iter()
            .filter(|(_, own)| *own == unit)
            .filter_map(|(code, _)| kernel::place::municipality(code))
            .map(|place| match visit.language {
                kernel::language::Language::Sv => place.name_sv,
                _ => place.name_fi,
            })
            .collect();
        names.join(", ")
    }

    /// Working days ahead in whose office hours nobody is on duty: then the lead answers.
    fn gaps(&self, unit: UnitId, today: Date) -> Vec<Date> {
        let calendar = duty::Office::new();
        (0..DAYS)
            .filter_map(|ahead| {
                today
                    .checked_add(SignedDuration::from_hours(24 * ahead))
                    .ok()
            })
            .filter(|date| calendar.is_open(*date))
            .filter(|date| {
                let noon = moment(*date, Time::constant(12, 0, 0, 0));
                !self
                    .shifts
                    .iter()
                    .any(|one| one.unit == unit && one.begins <= noon && one.ends > noon)
            })
            .collect()
    }

    fn gap_words(&self, unit: UnitId, today: Date, t: &Texts) -> String {
        let gaps = self.gaps(unit, today);
        if gaps.is_empty() {
            return String::new();
        }
        let days: Vec<String> = gaps.iter().take(5).map(|date| t.day(*date)).collect();
        t.with(
            "units-gaps",
            &[
                ("count", gaps.len().into()),
                ("days", days.join(", ").into()),
            ],
        )
    }
}

/// `GET /admin/units`
pub async fn list(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    pairs: Pairs,
) -> Answer {
    let now = house.now();
    let reader = user.clone();
    let found = house.store.read(move |tx| read(tx, &reader, now)).await?;
    let page = visit.page("units-title");
    let (t, today, all) = (page.t.clone(), day(now), everywhere(&user, now));
    let units = found
        .units
        .iter()
        .filter(|unit| all || found.led.contains(&unit.id))
        .filter(|unit| !found.is_closed(unit.id))
        .map(|unit| UnitLine {
            href: format!("/admin/units/{}", unit.id),
            name: unit.name(visit.language).to_owned(),
            lead: found.name(unit.lead),
            phone: unit.phone.clone().unwrap_or_default(),
            places: found.places(unit.id, &visit),
            gaps: found.gap_words(unit.id, today, &t),
        })
        .collect();
    let closed = found.closed.iter().filter(|_| all);
    let none = Circumstances::default();
    Ok(web::page(UnitsPage {
        notice: notice::of(&pairs, &t),
        page,
        units,
        closed: closed.map(|one| found.closed_words(*one, &visit)).collect(),
        may_found: decide(&user, "configuration", "create", &none, now).is_ok(),
        no_advice: !found
            .units
            .iter()
            .any(|one| one.kind == UnitKind::Advice && !found.is_closed(one.id)),
    }))
}

/// `GET /admin/units/{id}`
pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let unit = id.parse().map_err(|_| Failure::NotFound)?;
    let notice = notice::of(&pairs, &visit.t());
    open(&house, &visit, &user, unit, None, notice).await
}

/// Shows the page of one unit, with what was typed when a form was refused.
pub async fn open(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    unit: UnitId,
    typed: Option<Form>,
    notice: Option<Notice>,
) -> Answer {
    let now = house.now();
    let reader = user.clone();
    let found = house.store.read(move |tx| read(tx, &reader, now)).await?;
    let about = Circumstances {
        led: found.led.clone(),
        person: None,
        unit: Some(unit),
    };
    decide(user, "configuration", "edit_draft", &about, now)?;
    let own = found
        .units
        .iter()
        .find(|one| one.id == unit && !found.is_closed(unit))
        .ok_or(Failure::NotFound)?;
    let page = visit.page_titled(unit_name(&found.units, unit, visit));
    let (t, today) = (page.t.clone(), day(now));
    let status = if typed.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = UnitPage {
        here: format!("/admin/units/{unit}"),
        lead: t.with("house-unit-lead", &[("who", found.name(own.lead).into())]),
        places: found.places(unit, visit),
        shifts: shift_lines(&found, unit, &t, today),
        gaps: found.gap_words(unit, today, &t),
        waits: found
            .deputies
            .iter()
            .any(|one| one.unit == unit && !one.approved && !one.refused),
        deputies: deputies(&found, user, unit, &t),
        staff: staff_choices(&found, None, today),
        leads: lead_choices(&found.staff, Some(own.lead), today),
        code: t.with("unit-code", &[("code", own.code.as_str().into())]),
        workers: staff_choices(&found, Some(unit), today),
        may_change: everywhere(user, now),
        form: typed.unwrap_or_else(|| filled(own, &found)),
        page,
        notice,
    };
    Ok(web::page_with_status(status, template))
}

/// The form of a unit with what is known.
fn filled(unit: &Unit, found: &Found) -> Form {
    let mut form = Form::new();
    let codes: Vec<&str> = found
        .places
        .iter()
        .filter(|(_, own)| *own == unit.id)
        .map(|(code, _)| code.as_str())
        .collect();
    for (name, value) in [
        ("name_fi", unit.name_fi.as_str()),
        ("name_sv", &unit.name_sv),
        ("name_en", &unit.name_en),
        ("phone", unit.phone.as_deref().unwrap_or_default()),
        ("lead", &unit.lead.to_string()),
        ("places", &codes.join(" ")),
        ("shift_from", "8.00"),
        ("shift_until", "16.00"),
    ] {
        form.set(name, value);
    }
    form
}

fn staff_choices(found: &Found, unit: Option<UnitId>, today: Date) -> Vec<Choice> {
    found
        .staff
        .iter()
        .filter(|one| one.ended_on.is_none_or(|last| last >= today) && one.began_on <= today)
        .filter(|one| unit.is_none_or(|unit| one.unit == unit))
        .map(|one| Choice::new(one.id.to_string(), one.name.clone()))
        .collect()
}

/// Shifts and gaps by day.
fn shift_lines(found: &Found, unit: UnitId, t: &Texts, today: Date) -> Vec<ShiftLine> {
    let mut lines: Vec<(Timestamp, ShiftLine)> = found
        .shifts
        .iter()
        .filter(|one| one.unit == unit)
        .map(|one| {
            let line = ShiftLine {
                id: one.id.to_string(),
                day: t.day(day(one.begins)),
                who: found.name(one.staff),
                clock: shift_clock(t, one),
                gap: false,
            };
            (one.begins, line)
        })
        .collect();
    for date in found.gaps(unit, today) {
        let line = ShiftLine {
            id: String::new(),
            day: t.day(date),
            who: t.get("units-gap"),
            clock: String::new(),
            gap: true,
        };
        lines.push((moment(date, Time::constant(8, 0, 0, 0)), line));
    }
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn shift_clock(t: &Texts, one: &Shift) -> String {
    if day(one.begins) == day(one.ends) {
        format!(
            "{}–{}",
            t.clock(one.begins),
            t.clock(one.ends)
                .trim_start_matches(|c: char| !c.is_ascii_digit())
        )
    } else {
        format!(
            "{}–{} {}",
            t.clock(one.begins),
            t.day(day(one.ends)),
            t.clock(one.ends)
        )
    }
}

fn deputies(found: &Found, user: &CurrentUser, unit: UnitId, t: &Texts) -> Vec<Deputy> {
    found
        .deputies
        .iter()
        .filter(|one| one.unit == unit && !one.refused)
        .map(|one| Deputy {
            id: one.id,
            who: found.name(one.staff),
            when: span(t, one.begins_on, Some(one.ends_on)),
            about: t.with(
                "house-unit-deputy-by",
                &[("who", found.name(one.requested_by).into())],
            ),
            waits: !one.approved,
            mine: one.requested_by != user.staff.id
                && one.staff != user.staff.id
                && user.subject.tasks.contains("user_admin"),
        })
        .collect()
}
