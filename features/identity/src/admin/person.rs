//! The page of one employee.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use kernel::time::{Timestamp, day};
use web::{Answer, Choice, Failure, Form, House, Page, Visit};

use super::account::{AccountView, Fresh};
use super::notice::{self, Notice, Pairs};
use super::person_view::{
    Facts, Line, Request, TaskLine, right_choices, service_choices, task_choices,
};
use super::requests::Asked;
use super::staff_list::{kind_choices, unit_choices, unit_name};
use super::unit_life::lead_choices;
use super::{AllHoldings, Circumstances, Held, decide, holdings, side};
use crate::accounts;
use crate::facts::approval::{self, may_approve};
use crate::facts::record::{self, Acting};
use crate::facts::{self, declare, requests};
use crate::numbers;
use crate::people::{self, StaffId};
use crate::session::CurrentUser;
use crate::succession;

#[derive(Template)]
#[template(path = "admin/person.html")]
struct PersonPage {
    page: Page,
    form: Form,
    notice: Option<Notice>,
    /// Address of the page.
    here: String,
    lead: String,
    today: String,
    gone: bool,
    employments: Vec<Line>,
    requests: Vec<Request>,
    asked: Vec<Asked>,
    tasks: Vec<TaskLine>,
    rights: Vec<Line>,
    away: Vec<String>,
    /// The number at work, told to clients; empty when there is none.
    number: String,
    held: Vec<String>,
    /// Posts that are filled on other pages: units led, substitutions.
    posts: Vec<String>,
    code: String,
    account: AccountView,
    may: May,
    choices: Choices,
    leads: bool,
}

/// What the reader may do on this page.
struct May {
    correct: bool,
    close: bool,
    ask: bool,
    hand_over: bool,
}

struct Choices {
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    tasks: Vec<Choice>,
    services: Vec<Choice>,
    rights: Vec<Choice>,
    colleagues: Vec<Choice>,
    /// Who may lead after the employee; empty for whoever leads no unit.
    successors: Vec<Choice>,
}

/// Reads an id of an address; what is none does not exist.
pub fn id_of(text: &str) -> Result<StaffId, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// The circumstances of an act about an employee, and the employee.
///
/// # Errors
/// [`Failure::NotFound`] when there is no such employee.
pub fn about(
    query: &mut impl store::Query,
    user: &CurrentUser,
    person: StaffId,
    at: Timestamp,
) -> Result<Circumstances, Failure> {
    let found = people::lookup_staff(query, person)?.ok_or(Failure::NotFound)?;
    Ok(Circumstances {
        led: facts::units_led(query, user.staff.id, day(at))?,
        person: Some(person),
        unit: Some(found.unit),
    })
}

/// Decides an act about an employee inside a transaction.
///
/// # Errors
/// [`Failure::NotFound`] when there is no such employee, or no row allows.
pub fn acting(
    query: &mut impl store::Query,
    user: &CurrentUser,
    action: &str,
    person: StaffId,
    at: Timestamp,
) -> Result<Acting, Failure> {
    let about = about(query, user, person, at)?;
    decide(user, "user_admin", action, &about, at)
}

/// `GET /admin/people/{id}`
pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let notice = notice::of(&pairs, &visit.t());
    open(&house, &visit, &user, id_of(&id)?, Form::new(), notice).await
}

/// Shows the page, with what was typed when a form was refused.
pub async fn open(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    person: StaffId,
    form: Form,
    notice: Option<Notice>,
) -> Answer {
    let told = Told {
        form,
        notice,
        fresh: None,
    };
    answer(house, visit, user, person, told).await
}

/// Shows the page with a code made just now, this once.
pub async fn open_fresh(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    person: StaffId,
    fresh: Fresh,
) -> Answer {
    let told = Told {
        form: Form::new(),
        notice: None,
        fresh: Some(fresh),
    };
    answer(house, visit, user, person, told).await
}

/// What the page tells besides the facts.
struct Told {
    form: Form,
    notice: Option<Notice>,
    fresh: Option<Fresh>,
}

async fn answer(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    person: StaffId,
    mut told: Told,
) -> Answer {
    let now = house.now();
    let (reader, all) = (user.clone(), holdings(house));
    let (facts, about) = house
        .store
        .show(move |tx| {
            let about = about(tx, &reader, person, now)?;
            let acting = decide(&reader, "user_admin", "read", &about, now)?;
            acting.log(tx, "admin.read", format!("staff={person}"))?;
            Ok::<_, Failure>((read(tx, person, now, &all)?, about))
        })
        .await?
        .value;
    let status = if told.form.has_errors() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    if !told.form.has_errors() {
        told.form.set("number", facts.number.clone());
    }
    let template = person_page(visit, user, &facts, &about, told, now);
    Ok(web::page_with_status(status, template))
}

fn read(
    tx: &mut impl store::Query,
    person: StaffId,
    now: Timestamp,
    all: &AllHoldings,
) -> Result<Facts, Failure> {
    let mut held = Vec::new();
    for one in &all.0 {
        held.extend(one.held(tx, person)?);
    }
    held.retain(|one| one.count > 0);
    Ok(Facts {
        person: people::lookup_staff(tx, person)?.ok_or(Failure::NotFound)?,
        number: numbers::of(tx, person)?.unwrap_or_default(),
        everybody: people::list_all(tx)?,
        units: people::list_units(tx)?,
        employments: facts::employments(tx, person)?,
        tasks: facts::tasks(tx, Some(person))?
            .into_iter()
            .map(|(_, task)| task)
            .collect(),
        rights: facts::rights(tx, person)?,
        absences: facts::absences(tx, person)?,
        substitutions: facts::substitutions(tx, person)?,
        asked: requests::list(tx, Some(person), now)?,
        leads: succession::units_of(tx, person, now)?.len(),
        leads_own_unit: requests::leads_own_unit(tx, person, now)?,
        has_code: record::identity_hash(tx, person)?.is_some(),
        account: accounts::overview(tx, person, now)?,
        declared: declare::own(tx, person)?.len(),
        subject: facts::subject(tx, person, now)?,
        held,
        posts: posts(facts::posts(tx, person, day(now))?),
    })
}

fn posts(held: facts::Posts) -> Vec<Held> {
    let mut posts = vec![
        Held {
            label: "held-units",
            count: held.units,
        },
        Held {
            label: "held-deputies",
            count: held.deputies,
        },
        Held {
            label: "held-substitutions",
            count: held.substitutions,
        },
    ];
    posts.retain(|one| one.count > 0);
    posts
}

fn held_lines(held: &[Held], t: &web::Texts) -> Vec<String> {
    held.iter()
        .map(|one| t.with(one.label, &[("count", one.count.into())]))
        .collect()
}

fn person_page(
    visit: &Visit,
    user: &CurrentUser,
    facts: &Facts,
    about: &Circumstances,
    told: Told,
    now: Timestamp,
) -> PersonPage {
    let page = visit.page_titled(facts.person.name.clone());
    let (t, today) = (page.t.clone(), day(now));
    let may = |action: &str| decide(user, "user_admin", action, about, now).is_ok();
    let may_decide = |one: &facts::TaskLine, by: StaffId| {
        let request = approval::Request {
            task: &one.task,
            person: facts.person.id,
            by,
            side: if one.by_admin {
                approval::Side::Administrator
            } else {
                approval::Side::Lead
            },
        };
        may("approve") && may_approve(&request, user.staff.id, side(user)).is_ok()
    };
    let title = t.get(&format!("title-{}", facts.person.title));
    let unit = unit_name(&facts.units, facts.person.unit, visit);
    let code = match (facts.has_code, facts.declared) {
        (false, _) => t.get("admin-code-missing"),
        (true, declared) => t.with("admin-code-known", &[("count", declared.into())]),
    };
    PersonPage {
        here: format!("/admin/people/{}", facts.person.id),
        lead: format!("{title}, {unit}"),
        today: facts.today(&t),
        gone: facts.subject.is_none() && facts.person.began_on <= today,
        employments: facts.employment_lines(visit, &t, now),
        requests: facts.requests(&t, may_decide),
        asked: facts
            .asked
            .iter()
            .map(|one| {
                let reader = may("approve").then(|| (user.staff.id, side(user)));
                Asked::new(
                    one,
                    &facts.name(one.by),
                    reader,
                    facts.leads_own_unit,
                    &t,
                    now,
                )
            })
            .collect(),
        tasks: facts.task_lines(visit, &t, today),
        rights: facts.right_lines(&t, now),
        away: facts.absence_lines(&t),
        number: facts.number.clone(),
        held: held_lines(&facts.held, &t),
        posts: held_lines(&facts.posts, &t),
        code,
        account: AccountView::new(facts.account.as_ref(), told.fresh.as_ref(), &t, now),
        may: May {
            correct: may("correct"),
            close: may("finish"),
            ask: may("edit_draft"),
            hand_over: may("hand_over"),
        },
        choices: Choices {
            kinds: kind_choices(&t),
            units: unit_choices(&facts.units, visit),
            tasks: task_choices(&t),
            services: service_choices(&t),
            rights: right_choices(&t),
            colleagues: facts.colleagues(today, &t),
            successors: if facts.leads > 0 {
                let mut leads = lead_choices(&facts.everybody, None, today);
                leads.retain(|one| one.value != facts.person.id.to_string());
                leads
            } else {
                Vec::new()
            },
        },
        leads: facts.leads > 0,
        page,
        form: told.form,
        notice: told.notice,
    }
}
