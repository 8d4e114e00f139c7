//! Changes to a unit: its names and lead, its duty list, deputies of its lead.

use axum::extract::{Path, State};
use kernel::time::{Date, Time, day, moment};
use store::StoreError;
use web::{Answer, Failure, Form, House, Posted, Visit, go_to};

use super::notice;
use super::person_acts::read_clock;
use super::staff_list::period;
use super::unit_life::Wrong;
use super::units::open;
use super::{Circumstances, decide, forget, mark, side};
use crate::duty;
use crate::facts::approval::{self, NewDeputy, Refusal};
use crate::facts::record::Acting;
use crate::facts::units_led;
use crate::people::{self, StaffId, Unit, UnitId};
use crate::session::CurrentUser;
use crate::units;

pub(super) const LONGEST_NAME: usize = 120;

pub(super) fn unit_of(id: &str) -> Result<UnitId, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

async fn acting(
    house: &House,
    user: &CurrentUser,
    class: &'static str,
    action: &'static str,
    unit: UnitId,
) -> Result<Acting, Failure> {
    let (reader, now) = (user.staff.id, house.now());
    let (led, known) = house
        .store
        .read(move |tx| {
            let led = units_led(tx, reader, day(now))?;
            let known = units::at_work(tx)?.iter().any(|one| one.id == unit);
            Ok::<_, StoreError>((led, known))
        })
        .await?;
    if !known {
        return Err(Failure::NotFound);
    }
    let about = Circumstances {
        led,
        person: None,
        unit: Some(unit),
    };
    decide(user, class, action, &about, now)
}

/// Codes of municipalities, separated by spaces or commas.
pub(super) fn read_places(form: &mut Form) -> Vec<String> {
    let codes: Vec<String> = form
        .value("places")
        .split([' ', ',', '\n'])
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect();
    let unknown = codes
        .iter()
        .find(|code| kernel::place::municipality(code).is_none());
    if let Some(code) = unknown {
        let code = code.clone();
        form.error_with(
            "places",
            "house-unit-place-unknown",
            vec![("code", code.into())],
        );
    }
    codes
}

/// `POST /admin/units/{id}`
pub async fn change(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let unit = unit_of(&id)?;
    let acting = acting(&house, &user, "configuration", "finish", unit).await?;
    let mut form = posted.form();
    let [name_fi, name_sv, name_en] = ["name_fi", "name_sv", "name_en"]
        .map(|name| form.require(name, "house-unit-name-missing", LONGEST_NAME));
    let phone = form.optional("phone", 40);
    let lead: Option<StaffId> = form.value("lead").parse().ok();
    if lead.is_none() {
        form.error("lead", "house-unit-lead-missing");
    }
    let places = read_places(&mut form);
    let Some(lead) = lead.filter(|_| form.is_valid()) else {
        return open(&house, &visit, &user, unit, Some(form), None).await;
    };
    let wrong = house
        .store
        .write(move |tx| {
            let before = people::list_units(tx)?
                .into_iter()
                .find(|one| one.id == unit);
            let Some(before) = before else {
                return Ok(None);
            };
            if lead != before.lead && !units::may_lead(tx, lead, day(acting.at))? {
                return Ok(Some(Some(Wrong::Lead)));
            }
            let taken = duty::taken_places(tx, unit, &places)?;
            if taken.is_none() {
                let new = Unit {
                    name_fi,
                    name_sv,
                    name_en,
                    phone,
                    lead,
                    ..before
                };
                duty::change_unit(tx, &acting, &new, &places)?;
            }
            Ok::<_, StoreError>(Some(taken.map(Wrong::Place)))
        })
        .await?
        .value
        .ok_or(Failure::NotFound)?;
    if let Some(wrong) = wrong {
        wrong.mark(&mut form);
        return open(&house, &visit, &user, unit, Some(form), None).await;
    }
    Ok(go_to(&format!("/admin/units/{unit}?done=kept")))
}

struct Typed {
    staff: StaffId,
    date: Date,
    from: Time,
    until: Time,
}

fn read_shift(form: &mut Form) -> Option<Typed> {
    let staff: Option<StaffId> = form.value("worker").parse().ok();
    if staff.is_none() {
        form.error("worker", "admin-colleague-missing");
    }
    if form.text("shift_day").is_none() {
        form.error("shift_day", "house-unit-shift-day-missing");
    }
    let date = form.day("shift_day");
    let mut clock = |name: &str| {
        let read = read_clock(form.value(name));
        if read.is_none() {
            form.error(name, "admin-clock-wrong");
        }
        read
    };
    let (from, until) = (clock("shift_from"), clock("shift_until"));
    if from.zip(until).is_some_and(|(from, until)| until <= from) {
        form.error("shift_until", "house-unit-shift-order");
    }
    Some(Typed {
        staff: staff.filter(|_| form.is_valid())?,
        date: date?,
        from: from?,
        until: until?,
    })
}

/// `POST /admin/units/{id}/shifts`
pub async fn add_shift(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let unit = unit_of(&id)?;
    let acting = acting(&house, &user, "configuration", "edit_draft", unit).await?;
    let mut form = posted.form();
    let Some(typed) = read_shift(&mut form) else {
        return open(&house, &visit, &user, unit, Some(form), None).await;
    };
    let id = people::DutyId::new(&*house.clock, &*house.chance);
    let known = house
        .store
        .write(move |tx| {
            // Only somebody who may answer for the unit's contacts.
            let fits = people::lookup_staff(tx, typed.staff)?
                .is_some_and(|one| one.tasks.iter().any(|task| task == "duty_holder"));
            if fits {
                let shift = duty::Shift {
                    id,
                    unit,
                    staff: typed.staff,
                    begins: moment(typed.date, typed.from),
                    ends: moment(typed.date, typed.until),
                };
                duty::add(tx, &acting, &shift)?;
            }
            Ok::<_, StoreError>(fits)
        })
        .await?
        .value;
    if !known {
        form.error("worker", "house-unit-shift-no-task");
        return open(&house, &visit, &user, unit, Some(form), None).await;
    }
    Ok(go_to(&format!("/admin/units/{unit}?done=kept")))
}

/// `POST /admin/units/{id}/shifts/remove`
pub async fn remove_shift(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let unit = unit_of(&id)?;
    let acting = acting(&house, &user, "configuration", "edit_draft", unit).await?;
    let shift = posted
        .value("shift")
        .parse()
        .map_err(|_| Failure::NotFound)?;
    house
        .store
        .write(move |tx| duty::remove(tx, &acting, unit, shift))
        .await?;
    Ok(go_to(&format!("/admin/units/{unit}?done=ended")))
}

/// `POST /admin/units/{id}/deputies`
pub async fn ask_deputy(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let unit = unit_of(&id)?;
    let (acting, side) = (
        acting(&house, &user, "configuration", "edit_draft", unit).await?,
        side(&user),
    );
    let mut form = posted.form();
    let staff: Option<StaffId> = form.value("deputy").parse().ok();
    if staff.is_none() {
        form.error("deputy", "admin-colleague-missing");
    }
    let (from, until) = period(&mut form, "deputy_from", "deputy_until");
    if until.is_none() && form.is_valid() {
        form.error("deputy_until", "admin-until-missing");
    }
    let (Some(staff), Some(begins_on), Some(ends_on), true) = (staff, from, until, form.is_valid())
    else {
        return open(&house, &visit, &user, unit, Some(form), None).await;
    };
    let asked = house
        .store
        .write(move |tx| {
            if people::lookup_staff(tx, staff)?.is_none() {
                return Err(Refusal::Unknown);
            }
            let new = NewDeputy {
                unit,
                staff,
                begins_on,
                ends_on,
            };
            approval::request_deputy(tx, &acting, side, &new)
        })
        .await;
    if let Err(refusal) = asked {
        mark(&mut form, "deputy", refusal, &visit.t())?;
        return open(&house, &visit, &user, unit, Some(form), None).await;
    }
    Ok(go_to(&format!("/admin/units/{unit}?done=asked")))
}

/// `POST /admin/units/{id}/deputies/decide`
pub async fn decide_deputy(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let unit = unit_of(&id)?;
    let acting = acting(&house, &user, "user_admin", "approve", unit).await?;
    let number: i64 = posted
        .value("deputy")
        .parse()
        .map_err(|_| Failure::NotFound)?;
    let approve = posted.value("decision") == "approve";
    let decided = house
        .store
        .write(move |tx| approval::decide_deputy(tx, &acting, number, approve))
        .await;
    let code = match decided {
        Ok(decided) => {
            forget(&house, decided.value);
            if approve { "approved" } else { "refused" }
        }
        Err(refusal) => notice::code(refusal)?,
    };
    Ok(go_to(&format!("/admin/units/{unit}?done={code}")))
}
