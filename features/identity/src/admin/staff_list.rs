//! The people of the house: a list with a search, and adding one.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use kernel::time::{Date, Timestamp, day};
use store::{Query, StoreError};
use web::{Answer, Choice, Failure, Form, House, Page, Posted, Visit, go_to};

use super::notice::{self, Notice, Pairs};
use super::{Circumstances, decide};
use crate::facts::record::NewEmployment;
use crate::facts::{self, EmploymentKind, record, requests};
use crate::notices;
use crate::people::{self, Staff, StaffId, Unit, UnitId};
use crate::session::CurrentUser;
use crate::units;

/// Rows shown at once; a search narrows the rest.
const SHOWN: usize = 100;
/// Titles by which employees are called, and which delegations name.
pub const TITLES: [&str; 11] = [
    "front_door",
    "counsellor",
    "social_worker",
    "lead",
    "centre",
    "user_admin",
    "dpo",
    "data_steward",
    "student",
    "structural",
    "publisher",
];
const LONGEST_NAME: usize = 120;

/// A line of the list.
pub struct Line {
    /// Empty for oneself: one does not administer oneself.
    pub href: String,
    pub name: String,
    pub title: String,
    pub unit: String,
    pub state: String,
    pub color: &'static str,
    pub waiting: bool,
}

#[derive(Template)]
#[template(path = "admin/people.html")]
struct PeoplePage {
    page: Page,
    notice: Option<Notice>,
    search: String,
    tab: &'static str,
    tabs: Vec<(String, String, bool)>,
    lines: Vec<Line>,
    summary: String,
    may_add: bool,
    told: Vec<notices::Line>,
}

#[derive(Template)]
#[template(path = "admin/person-new.html")]
struct NewPersonPage {
    page: Page,
    form: Form,
    titles: Vec<Choice>,
    units: Vec<Choice>,
    kinds: Vec<Choice>,
}

/// Everything that the list needs, in a fixed number of statements.
struct Everybody {
    staff: Vec<Staff>,
    units: Vec<Unit>,
    led: Vec<UnitId>,
    waiting: Vec<StaffId>,
    told: Vec<notices::Notice>,
}

/// Of whom requests beside tasks wait.
fn asked(query: &mut impl Query, now: Timestamp) -> Result<Vec<StaffId>, StoreError> {
    let all = requests::list(query, None, now)?;
    Ok(all.into_iter().map(|one| one.person).collect())
}

/// Whether the reader sees everybody, or only the people of the units led.
fn sees_all(user: &CurrentUser) -> bool {
    ["user_admin", "dpo"]
        .iter()
        .any(|task| user.subject.tasks.contains(*task))
}

/// `GET /admin/people`
pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    pairs: Pairs,
) -> Answer {
    let now = house.now();
    let reader = user.clone();
    let found = house
        .store
        .show(move |tx| {
            let led = facts::units_led(tx, reader.staff.id, day(now))?;
            let about = Circumstances {
                unit: led.first().copied(),
                led: led.clone(),
                person: None,
            };
            let acting = decide(&reader, "user_admin", "read", &about, now)?;
            acting.log(tx, "admin.read", "people".to_owned())?;
            Ok::<_, Failure>(Everybody {
                staff: people::list_all(tx)?,
                units: people::list_units(tx)?,
                waiting: facts::tasks(tx, None)?
                    .into_iter()
                    .map(|(staff, _)| staff)
                    .chain(asked(tx, now)?)
                    .collect(),
                told: notices::unseen(tx, reader.staff.id, now)?,
                led,
            })
        })
        .await?
        .value;
    Ok(web::page(list_page(&visit, &user, &found, &pairs, now)))
}

fn list_page(
    visit: &Visit,
    user: &CurrentUser,
    found: &Everybody,
    pairs: &Pairs,
    now: Timestamp,
) -> PeoplePage {
    let page = visit.page("admin-people");
    let t = page.t.clone();
    let today = day(now);
    let all = sees_all(user);
    let search = notice::value(pairs, "q").trim().to_lowercase();
    let tab = ["waiting", "left"]
        .into_iter()
        .find(|known| *known == notice::value(pairs, "tab"))
        .unwrap_or("service");
    let is_left = |one: &Staff| one.ended_on.is_some_and(|last| last < today);
    let own: Vec<&Staff> = found
        .staff
        .iter()
        .filter(|one| all || found.led.contains(&one.unit))
        .collect();
    let of_tab = |one: &Staff, tab: &str| match tab {
        "waiting" => found.waiting.contains(&one.id),
        "left" => is_left(one),
        _ => !is_left(one),
    };
    let matching: Vec<&&Staff> = own
        .iter()
        .filter(|one| of_tab(one, tab))
        .filter(|one| one.name.to_lowercase().contains(&search))
        .collect();
    let name_of = |unit: UnitId| unit_name(&found.units, unit, visit);
    let lines = matching
        .iter()
        .take(SHOWN)
        .map(|one| line(&t, user, one, name_of(one.unit), today, found))
        .collect();
    let summary = t.with("admin-people-count", &[("count", matching.len().into())]);
    let tabs = ["service", "waiting", "left"]
        .into_iter()
        .map(|code| {
            let count = own.iter().filter(|one| of_tab(one, code)).count();
            let label = t.with(&format!("admin-tab-{code}"), &[("count", count.into())]);
            (format!("/admin/people?tab={code}"), label, code == tab)
        })
        .collect();
    PeoplePage {
        notice: notice::of(pairs, &t),
        page,
        search: notice::value(pairs, "q").trim().to_owned(),
        tab,
        tabs,
        told: notices::lines(&found.told, &t, now),
        lines,
        summary,
        may_add: decide(user, "user_admin", "create", &Circumstances::default(), now).is_ok(),
    }
}

fn line(
    t: &web::Texts,
    user: &CurrentUser,
    one: &Staff,
    unit: String,
    today: Date,
    found: &Everybody,
) -> Line {
    let (state, color) = match one.ended_on {
        Some(last) if last < today => (
            t.with("admin-state-left", &[("day", t.full_day(last).into())]),
            "neutral",
        ),
        Some(last) => (
            t.with("admin-state-leaving", &[("day", t.full_day(last).into())]),
            "warning",
        ),
        None if one.began_on > today => (
            t.with(
                "admin-state-coming",
                &[("day", t.full_day(one.began_on).into())],
            ),
            "info",
        ),
        None => (String::new(), "neutral"),
    };
    Line {
        href: if one.id == user.staff.id {
            String::new()
        } else {
            format!("/admin/people/{}", one.id)
        },
        name: one.name.clone(),
        title: t.get(&format!("title-{}", one.title)),
        unit,
        state,
        color,
        waiting: found.waiting.contains(&one.id),
    }
}

/// The name of a unit in the reader's language.
pub fn unit_name(units: &[Unit], id: UnitId, visit: &Visit) -> String {
    units
        .iter()
        .find(|unit| unit.id == id)
        .map_or_else(String::new, |unit| unit.name(visit.language).to_owned())
}

/// Units as options.
pub fn unit_choices(units: &[Unit], visit: &Visit) -> Vec<Choice> {
    units
        .iter()
        .map(|unit| Choice::new(unit.id.to_string(), unit.name(visit.language)))
        .collect()
}

/// Titles as options.
pub fn title_choices(t: &web::Texts) -> Vec<Choice> {
    TITLES
        .iter()
        .map(|code| Choice::new(*code, t.get(&format!("title-{code}"))))
        .collect()
}

/// Kinds of employment as options.
pub fn kind_choices(t: &web::Texts) -> Vec<Choice> {
    EmploymentKind::ALL
        .iter()
        .map(|kind| {
            Choice::new(
                kind.code(),
                t.get(&format!("employment-kind-{}", kind.code())),
            )
        })
        .collect()
}

/// `GET /admin/people/new`
pub async fn blank(State(house): State<House>, visit: Visit, user: CurrentUser) -> Answer {
    decide(
        &user,
        "user_admin",
        "create",
        &Circumstances::default(),
        house.now(),
    )?;
    form_page(&house, &visit, Form::new()).await
}

async fn form_page(house: &House, visit: &Visit, form: Form) -> Answer {
    let units = house.store.read(|tx| units::at_work(tx)).await?;
    let page = visit.page("admin-person-new");
    let status = if form.has_errors() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let t = page.t.clone();
    let template = NewPersonPage {
        titles: title_choices(&t),
        units: unit_choices(&units, visit),
        kinds: kind_choices(&t),
        page,
        form,
    };
    Ok(web::page_with_status(status, template))
}

struct NewPerson {
    name: String,
    title: &'static str,
    employment: NewEmployment,
}

fn read(form: &mut Form) -> Option<NewPerson> {
    let name = form.require("name", "admin-name-missing", LONGEST_NAME);
    if !name.is_empty() && name.split_whitespace().count() < 2 {
        form.error("name", "admin-name-two");
    }
    let title = TITLES.into_iter().find(|code| *code == form.value("title"));
    if title.is_none() {
        form.error("title", "admin-title-missing");
    }
    let employment = read_employment(form);
    Some(NewPerson {
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        title: title.filter(|_| form.is_valid())?,
        employment: employment?,
    })
}

/// Fields `kind`, `unit`, `from` and `until` of an employment.
pub fn read_employment(form: &mut Form) -> Option<NewEmployment> {
    let kind = EmploymentKind::from_code(form.value("kind"));
    if kind.is_none() {
        form.error("kind", "admin-kind-missing");
    }
    let unit: Option<UnitId> = form.value("unit").parse().ok();
    if unit.is_none() {
        form.error("unit", "admin-unit-missing");
    }
    let (from, until) = period(form, "from", "until");
    Some(NewEmployment {
        kind: kind.filter(|_| form.is_valid())?,
        unit: unit?,
        begins_on: from?,
        last_day: until,
    })
}

/// A first day that must be given and a last day that may; marks what is wrong.
pub fn period(form: &mut Form, first: &str, last: &str) -> (Option<Date>, Option<Date>) {
    if form.text(first).is_none() {
        form.error(first, "admin-from-missing");
    }
    let (from, until) = (form.day(first), form.day(last));
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        form.error(last, "admin-refused-period");
    }
    (from, until)
}

/// `POST /admin/people/new`
pub async fn add(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let now = house.now();
    let acting = decide(
        &user,
        "user_admin",
        "create",
        &Circumstances::default(),
        now,
    )?;
    let mut form = posted.form();
    let Some(new) = read(&mut form) else {
        return form_page(&house, &visit, form).await;
    };
    let id = StaffId::new(&*house.clock, &*house.chance);
    let known = house
        .store
        .write(move |tx| {
            let units = units::at_work(tx)?;
            if !units.iter().any(|unit| unit.id == new.employment.unit) {
                return Ok(false);
            }
            people::insert_staff(
                tx,
                &Staff {
                    id,
                    sort_key: people::sort_key(&new.name),
                    name: new.name,
                    title: new.title.to_owned(),
                    tasks: Vec::new(),
                    qualifications: vec!["other".to_owned()],
                    unit: new.employment.unit,
                    began_on: new.employment.begins_on,
                    ended_on: new.employment.last_day,
                    demo_role: None,
                },
            )?;
            acting.log(tx, "admin.person_add", format!("staff={id}"))?;
            record::begin_employment(tx, &acting, id, &new.employment)?;
            Ok::<_, StoreError>(true)
        })
        .await?
        .value;
    if !known {
        form.error("unit", "admin-unit-missing");
        return form_page(&house, &visit, form).await;
    }
    Ok(go_to(&format!("/admin/people/{id}?done=kept")))
}
