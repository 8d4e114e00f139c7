//! The delegation of decisions: read by leads, kept by two.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use kernel::money::Money;
use kernel::time::day;
use store::StoreError;
use web::{Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit, go_to};

use super::notice::{self, Notice, Pairs};
use super::person_view::span;
use super::staff_list::{period, title_choices, unit_choices, unit_name};
use super::{Circumstances, decide as right, mark};
use crate::delegation::{self, Delegation, Holder, Kind, NewDelegation};
use crate::facts::approval;
use crate::people::{self, Staff, StaffId, Unit, UnitId};
use crate::session::CurrentUser;

const LONGEST_RULING: usize = 200;

/// A row of the table in words.
pub struct Line {
    pub id: i64,
    pub holder: String,
    pub unit: String,
    pub limits: String,
    pub when: String,
    pub ruling: String,
    pub waits: bool,
    /// The reader is the second person who may decide it.
    pub mine: bool,
    pub open: bool,
}

/// Rows of one kind.
pub struct Group {
    pub code: &'static str,
    pub name: String,
    pub lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "admin/delegations.html")]
struct DelegationsPage {
    page: Page,
    form: Form,
    notice: Option<Notice>,
    groups: Vec<Group>,
    may_enter: bool,
    kinds: Vec<Choice>,
    titles: Vec<Choice>,
    staff: Vec<Choice>,
    units: Vec<Choice>,
}

struct Found {
    rows: Vec<Delegation>,
    staff: Vec<Staff>,
    units: Vec<Unit>,
}

fn may(user: &CurrentUser, action: &str, house: &House) -> bool {
    right(
        user,
        "delegation",
        action,
        &Circumstances::default(),
        house.now(),
    )
    .is_ok()
}

/// `GET /admin/delegations`
pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    pairs: Pairs,
) -> Answer {
    let notice = notice::of(&pairs, &visit.t());
    open(&house, &visit, &user, Form::new(), notice).await
}

async fn open(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    form: Form,
    notice: Option<Notice>,
) -> Answer {
    let today = house.today();
    let found = house
        .store
        .read(move |tx| {
            Ok::<_, StoreError>(Found {
                rows: delegation::list(tx, today)?,
                staff: people::list_staff(tx, today)?,
                units: people::list_units(tx)?,
            })
        })
        .await?;
    let page = visit.page("delegation-title");
    let t = page.t.clone();
    let may_decide = may(user, "approve", house);
    let groups = Kind::ALL
        .iter()
        .map(|kind| Group {
            code: kind.code(),
            name: t.get(&kind_key(*kind)),
            lines: found
                .rows
                .iter()
                .filter(|row| row.kind == *kind)
                .map(|row| line(row, &found, visit, &t, user, may_decide))
                .collect(),
        })
        .filter(|group| !group.lines.is_empty())
        .collect();
    let status = if form.has_errors() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = DelegationsPage {
        groups,
        may_enter: may(user, "create", house),
        kinds: kind_choices(&t),
        titles: title_choices(&t),
        staff: staff_choices(&found.staff),
        units: unit_choices(&found.units, visit),
        page,
        form,
        notice,
    };
    Ok(web::page_with_status(status, template))
}

fn kind_key(kind: Kind) -> String {
    format!("decision-{}", kind.code().to_lowercase())
}

fn kind_choices(t: &Texts) -> Vec<Choice> {
    Kind::ALL
        .iter()
        .filter(|kind| **kind != Kind::Negative)
        .map(|kind| {
            let name = t.get(&kind_key(*kind));
            Choice::new(kind.code(), format!("{} {name}", kind.code()))
        })
        .collect()
}

/// People in service as options.
pub fn staff_choices(staff: &[Staff]) -> Vec<Choice> {
    staff
        .iter()
        .map(|one| Choice::new(one.id.to_string(), one.name.clone()))
        .collect()
}

fn line(
    row: &Delegation,
    found: &Found,
    visit: &Visit,
    t: &Texts,
    user: &CurrentUser,
    may_decide: bool,
) -> Line {
    let holder = match (&row.title, row.staff) {
        (Some(title), _) => t.get(&format!("title-{title}")),
        (None, Some(person)) => found
            .staff
            .iter()
            .find(|one| one.id == person)
            .map_or_else(|| t.get("delegation-gone"), |one| one.name.clone()),
        (None, None) => String::new(),
    };
    let mut limits = Vec::new();
    if let Some(amount) = row.max_amount {
        limits.push(t.with(
            "delegation-amount",
            &[("amount", amount.format(visit.language).into())],
        ));
    }
    if let Some(months) = row.max_months {
        limits.push(t.with("delegation-months", &[("count", months.into())]));
    }
    limits.push(t.get(if row.also_negative {
        "delegation-both"
    } else {
        "delegation-positive"
    }));
    Line {
        id: row.id,
        holder,
        unit: row
            .unit
            .map_or_else(String::new, |unit| unit_name(&found.units, unit, visit)),
        limits: limits.join(", "),
        when: span(t, row.valid_from, row.valid_to),
        ruling: row.ruling.clone(),
        waits: !row.approved,
        mine: may_decide && row.entered_by != user.staff.id && row.staff != Some(user.staff.id),
        open: row.approved && may_decide,
    }
}

fn read(form: &mut Form, language: kernel::language::Language) -> Option<NewDelegation> {
    let kind = Kind::from_code(form.value("kind")).filter(|kind| *kind != Kind::Negative);
    if kind.is_none() {
        form.error("kind", "delegation-kind-missing");
    }
    let person: Option<StaffId> = form.value("person").parse().ok();
    let title = super::staff_list::TITLES
        .into_iter()
        .find(|code| *code == form.value("title"));
    let holder = match (title, person) {
        (Some(title), None) => Some(Holder::Title(title.to_owned())),
        (None, Some(person)) => Some(Holder::Person(person)),
        _ => {
            form.error("title", "delegation-holder-one");
            None
        }
    };
    let max_amount = form.text("amount").map(|text| Money::parse(text, language));
    if matches!(max_amount, Some(Err(_)))
        || max_amount.is_some_and(|amount| amount.is_ok_and(|amount| amount < Money::ZERO))
    {
        form.error("amount", "delegation-amount-wrong");
    }
    let months: Option<Option<u32>> = form.text("months").map(|text| {
        text.parse()
            .ok()
            .filter(|months| (1..=600).contains(months))
    });
    if months == Some(None) {
        form.error("months", "delegation-months-wrong");
    }
    let (from, until) = period(form, "valid_from", "valid_to");
    let ruling = form.require("ruling", "delegation-ruling-missing", LONGEST_RULING);
    let unit: Option<UnitId> = form.value("unit").parse().ok();
    Some(NewDelegation {
        kind: kind.filter(|_| form.is_valid())?,
        holder: holder?,
        unit,
        max_amount: max_amount.and_then(Result::ok),
        max_months: months.flatten(),
        also_negative: form.has("negative", "yes"),
        valid_from: from?,
        valid_to: until,
        ruling,
    })
}

/// `POST /admin/delegations`
pub async fn enter(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let acting = right(
        &user,
        "delegation",
        "create",
        &Circumstances::default(),
        house.now(),
    )?;
    let mut form = posted.form();
    let Some(new) = read(&mut form, visit.language) else {
        return open(&house, &visit, &user, form, None).await;
    };
    let entered = house
        .store
        .write(move |tx| {
            let known_person = match new.holder {
                Holder::Person(person) => people::lookup_staff(tx, person)?.is_some(),
                Holder::Title(_) => true,
            };
            let units = people::list_units(tx)?;
            let known_unit = new
                .unit
                .is_none_or(|id| units.iter().any(|unit| unit.id == id));
            if !known_person || !known_unit {
                return Err(approval::Refusal::Unknown);
            }
            delegation::enter(tx, &acting, &new)
        })
        .await;
    if let Err(refusal) = entered {
        mark(&mut form, "title", refusal, &visit.t())?;
        return open(&house, &visit, &user, form, None).await;
    }
    Ok(go_to("/admin/delegations?done=asked"))
}

/// `POST /admin/delegations/{id}/decide`
pub async fn decide(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let number: i64 = id.parse().map_err(|_| Failure::NotFound)?;
    let acting = right(
        &user,
        "delegation",
        "approve",
        &Circumstances::default(),
        house.now(),
    )?;
    let approve = posted.value("decision") == "approve";
    let decided = house
        .store
        .write(move |tx| delegation::decide(tx, &acting, number, approve))
        .await;
    let code = match (decided, approve) {
        (Ok(_), true) => "approved",
        (Ok(_), false) => "refused",
        (Err(refusal), _) => notice::code(refusal)?,
    };
    Ok(go_to(&format!("/admin/delegations?done={code}")))
}

/// `POST /admin/delegations/{id}/end`: the last day is today, so that what is decided today stands.
pub async fn end(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    _: Posted,
) -> Answer {
    let number: i64 = id.parse().map_err(|_| Failure::NotFound)?;
    let now = house.now();
    let acting = right(
        &user,
        "delegation",
        "correct",
        &Circumstances::default(),
        now,
    )?;
    let ended = house
        .store
        .write(move |tx| delegation::end(tx, &acting, number, day(now)))
        .await;
    let code = match ended {
        Ok(_) => "ended",
        Err(refusal) => notice::code(refusal)?,
    };
    Ok(go_to(&format!("/admin/delegations?done={code}")))
}
