//! Founding a unit, and closing one. Of what stands open in a unit only numbers are seen.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use kernel::time::{Date, day};
use store::{Query, StoreError};
use web::{Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit, go_to};

use super::staff_list::{unit_choices, unit_name};
use super::units_acts::{LONGEST_NAME, read_places, unit_of};
use super::{AllHoldings, Circumstances, Held, decide, holdings};
use crate::duty;
use crate::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use crate::session::CurrentUser;
use crate::units::{self, Hindrance};

/// Kinds of unit, in the order of the form.
const KINDS: [UnitKind; 3] = [UnitKind::SocialWork, UnitKind::Advice, UnitKind::Centre];

#[derive(Template)]
#[template(path = "admin/unit-new.html")]
struct NewPage {
    page: Page,
    form: Form,
    kinds: Vec<Choice>,
    leads: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "admin/unit-close.html")]
struct ClosePage {
    page: Page,
    form: Form,
    here: String,
    name: String,
    /// What must be moved first; empty when the unit can close.
    hinders: Vec<String>,
    next: Vec<Choice>,
}

fn status(form: &Form) -> StatusCode {
    if form.has_errors() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    }
}

/// People who may lead a unit today, and whoever leads it already.
pub fn lead_choices(staff: &[Staff], now: Option<StaffId>, today: Date) -> Vec<Choice> {
    staff
        .iter()
        .filter(|one| units::leads(one, today) || now == Some(one.id))
        .map(|one| Choice::new(one.id.to_string(), one.name.clone()))
        .collect()
}

async fn new_page(house: &House, visit: &Visit, form: Form) -> Answer {
    let staff = house.store.read(|tx| people::list_all(tx)).await?;
    let page = visit.page("unit-new-title");
    let t = page.t.clone();
    let template = NewPage {
        kinds: KINDS
            .iter()
            .map(|kind| Choice::new(kind.code(), t.get(&format!("unit-kind-{}", kind.code()))))
            .collect(),
        leads: lead_choices(&staff, None, house.today()),
        page,
        form,
    };
    let status = status(&template.form);
    Ok(web::page_with_status(status, template))
}

/// `GET /admin/units/new`
pub async fn blank(State(house): State<House>, visit: Visit, user: CurrentUser) -> Answer {
    let none = Circumstances::default();
    decide(&user, "configuration", "create", &none, house.now())?;
    let mut form = Form::new();
    form.set("kind", UnitKind::SocialWork.code());
    new_page(&house, &visit, form).await
}

struct Typed {
    unit: Unit,
    places: Vec<String>,
}

fn read(form: &mut Form, id: UnitId) -> Option<Typed> {
    let kind = UnitKind::from_code(form.value("kind"));
    if kind.is_none() {
        form.error("kind", "unit-kind-missing");
    }
    let [name_fi, name_sv, name_en] = ["name_fi", "name_sv", "name_en"]
        .map(|name| form.require(name, "house-unit-name-missing", LONGEST_NAME));
    let phone = form.optional("phone", 40);
    let lead: Option<StaffId> = form.value("lead").parse().ok();
    if lead.is_none() {
        form.error("lead", "house-unit-lead-missing");
    }
    let places = read_places(form);
    let unit = Unit {
        id,
        code: String::new(),
        kind: kind?,
        name_fi,
        name_sv,
        name_en,
        phone,
        lead: lead?,
    };
    form.is_valid().then_some(Typed { unit, places })
}

/// What was wrong with a unit that was typed.
pub(super) enum Wrong {
    /// The chosen person has no task of a lead, or is not at work.
    Lead,
    /// Another unit answers for the municipality.
    Place(String),
}

impl Wrong {
    pub(super) fn mark(self, form: &mut Form) {
        match self {
            Self::Lead => form.error("lead", "unit-lead-no-task"),
            Self::Place(code) => form.error_with(
                "places",
                "house-unit-place-taken",
                vec![("code", code.into())],
            ),
        }
    }
}

/// `POST /admin/units/new`
pub async fn found(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let none = Circumstances::default();
    let by = decide(&user, "configuration", "create", &none, house.now())?;
    let mut form = posted.form();
    let id = UnitId::new(&*house.clock, &*house.chance);
    let Some(Typed { mut unit, places }) = read(&mut form, id) else {
        return new_page(&house, &visit, form).await;
    };
    let wrong = house
        .store
        .write(move |tx| {
            if !units::may_lead(tx, unit.lead, day(by.at))? {
                return Ok(Some(Wrong::Lead));
            }
            if let Some(code) = duty::taken_places(tx, id, &places)? {
                return Ok(Some(Wrong::Place(code)));
            }
            unit.code = units::free_code(tx, &unit.name_fi)?;
            units::found(tx, &by, &unit, &places)?;
            Ok::<_, StoreError>(None)
        })
        .await?
        .value;
    if let Some(wrong) = wrong {
        wrong.mark(&mut form);
        return new_page(&house, &visit, form).await;
    }
    Ok(go_to(&format!("/admin/units/{id}?done=founded")))
}

/// A unit that may be closed, and what stands in the way.
struct Standing {
    units: Vec<Unit>,
    hinders: Vec<Hindrance>,
    held: Vec<Held>,
}

fn standing(
    query: &mut impl Query,
    all: &AllHoldings,
    unit: UnitId,
    today: Date,
) -> Result<Option<Standing>, StoreError> {
    let units = units::at_work(query)?;
    if !units.iter().any(|one| one.id == unit) {
        return Ok(None);
    }
    let mut held = Vec::new();
    for room in &all.0 {
        held.extend(room.of_unit(query, unit)?);
    }
    held.retain(|one| one.count > 0);
    Ok(Some(Standing {
        hinders: units::hindrances(query, unit, today)?,
        units,
        held,
    }))
}

impl Standing {
    fn words(&self, t: &Texts) -> Vec<String> {
        let own = self.hinders.iter().map(|one| match one {
            Hindrance::Staff(count) => t.with("unit-close-staff", &[("count", (*count).into())]),
            Hindrance::LastAdvice => t.get("unit-close-last-advice"),
        });
        let held = self
            .held
            .iter()
            .map(|one| t.with(one.label, &[("count", one.count.into())]));
        own.chain(held).collect()
    }

    fn is_free(&self) -> bool {
        self.hinders.is_empty() && self.held.is_empty()
    }
}

async fn close_page(house: &House, visit: &Visit, unit: UnitId, form: Form) -> Answer {
    let (all, today) = (holdings(house), house.today());
    let standing = house
        .store
        .read(move |tx| standing(tx, &all, unit, today))
        .await?
        .ok_or(Failure::NotFound)?;
    let page = visit.page("unit-close-title");
    let others: Vec<Unit> = standing
        .units
        .iter()
        .filter(|one| one.id != unit)
        .cloned()
        .collect();
    let template = ClosePage {
        here: format!("/admin/units/{unit}"),
        name: unit_name(&standing.units, unit, visit),
        hinders: standing.words(&page.t),
        next: unit_choices(&others, visit),
        page,
        form,
    };
    let status = status(&template.form);
    Ok(web::page_with_status(status, template))
}

/// `GET /admin/units/{id}/close`
pub async fn ask(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
) -> Answer {
    let none = Circumstances::default();
    decide(&user, "configuration", "finish", &none, house.now())?;
    close_page(&house, &visit, unit_of(&id)?, Form::new()).await
}

/// `POST /admin/units/{id}/close`
pub async fn close(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let none = Circumstances::default();
    let by = decide(&user, "configuration", "finish", &none, house.now())?;
    let unit = unit_of(&id)?;
    let mut form = posted.form();
    let Ok(next) = form.value("next").parse::<UnitId>() else {
        form.error("next", "unit-close-next-missing");
        return close_page(&house, &visit, unit, form).await;
    };
    let all = holdings(&house);
    let closed = house
        .store
        .write(move |tx| {
            let Some(standing) = standing(tx, &all, unit, day(by.at))? else {
                return Ok(None);
            };
            let known = next != unit && standing.units.iter().any(|one| one.id == next);
            if !known || !standing.is_free() {
                return Ok(Some(false));
            }
            for room in &all.0 {
                room.follow(tx, unit, next)?;
            }
            units::close(tx, &by, unit, next)?;
            Ok::<_, StoreError>(Some(true))
        })
        .await?
        .value
        .ok_or(Failure::NotFound)?;
    if !closed {
        form.error("next", "unit-close-hindered");
        return close_page(&house, &visit, unit, form).await;
    }
    Ok(go_to("/admin/units?done=unit-closed"))
}
