//! Changes to one employee's facts. What a form cannot be accepted with is said on the same page.

use axum::extract::{Path, State};
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, Time};
use store::{StoreError, WriteTx};
use web::{Answer, Failure, Form, House, Posted, Visit, go_to};

use super::person::{acting, id_of, open};
use super::person_view::SERVICE_TASKS;
use super::staff_list::{period, read_employment};
use super::{forget, mark, notice, side};
use crate::IdentityKey;
use crate::facts::RightKind;
use crate::facts::approval::{self, NewTask, Refusal};
use crate::facts::record::{self, Acting, NewRight};
use crate::facts::requests;
use crate::numbers;
use crate::people::{self, StaffId};
use crate::session::CurrentUser;

/// Longest restriction and reason, in characters.
pub(super) const LONGEST: usize = 400;

/// A refusal that belongs to a field, or a failure.
pub(super) enum Outcome {
    Refused(Refusal),
    Failed(Failure),
}

impl From<StoreError> for Outcome {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Failure> for Outcome {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Refusal> for Outcome {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What every act on an employee has.
pub(super) struct Call {
    pub(super) house: House,
    pub(super) visit: Visit,
    pub(super) user: CurrentUser,
    pub(super) person: StaffId,
    pub(super) form: Form,
}

impl Call {
    pub(super) fn new(
        house: House,
        visit: Visit,
        user: CurrentUser,
        id: &str,
        posted: &Posted,
    ) -> Result<Self, Failure> {
        Ok(Self {
            house,
            visit,
            user,
            person: id_of(id)?,
            form: posted.form(),
        })
    }

    /// Carries out an act whose right is decided first, and leads back to the page; a refusal is shown at
    /// `field` with everything typed.
    pub(super) async fn carry(
        mut self,
        action: &'static str,
        done: &'static str,
        field: &'static str,
        act: impl FnOnce(&mut WriteTx<'_>, &Acting) -> Result<(), Outcome> + Send + 'static,
    ) -> Answer {
        let (user, person, now) = (self.user.clone(), self.person, self.house.now());
        if self.form.has_errors() {
            return self.page().await;
        }
        let carried = self
            .house
            .store
            .write(move |tx| {
                let acting = acting(tx, &user, action, person, now)?;
                act(tx, &acting)
            })
            .await;
        match carried {
            Ok(_) => {
                forget(&self.house, person);
                Ok(go_to(&format!("/admin/people/{person}?done={done}")))
            }
            Err(Outcome::Failed(failure)) => Err(failure),
            Err(Outcome::Refused(refusal)) => {
                // Told at its own field, whatever the act.
                let field = match refusal {
                    Refusal::NoLead => "successor",
                    _ => field,
                };
                mark(&mut self.form, field, refusal, &self.visit.t())?;
                self.page().await
            }
        }
    }

    async fn page(self) -> Answer {
        open(
            &self.house,
            &self.visit,
            &self.user,
            self.person,
            self.form,
            None,
        )
        .await
    }
}

/// `POST /admin/people/{id}/employments`
pub async fn employ(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let mut call = Call::new(house, visit, user, &id, &posted)?;
    let new = read_employment(&mut call.form);
    let person = call.person;
    call.carry("correct", "kept", "unit", move |tx, by| {
        let new = new.ok_or(Refusal::Unknown)?;
        if !crate::units::at_work(tx)?
            .iter()
            .any(|unit| unit.id == new.unit)
        {
            return Err(Refusal::Unknown.into());
        }
        Ok(record::begin_employment(tx, by, person, &new)?)
    })
    .await
}

/// `POST /admin/people/{id}/number`
pub async fn number(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let mut call = Call::new(house, visit, user, &id, &posted)?;
    let number = numbers::read(&mut call.form);
    let person = call.person;
    call.carry("correct", "kept", "number", move |tx, by| {
        Ok(numbers::set(tx, by, person, number.as_deref())?)
    })
    .await
}

/// A clock typed as "14.30" or "14:30".
pub fn read_clock(text: &str) -> Option<Time> {
    let (hours, minutes) = text.split_once(['.', ':'])?;
    Time::new(
        hours.trim().parse().ok()?,
        minutes.trim().parse().ok()?,
        0,
        0,
    )
    .ok()
}

/// `POST /admin/people/{id}/rights`
pub async fn right(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let mut call = Call::new(house, visit, user, &id, &posted)?;
    let form = &mut call.form;
    let kind = RightKind::from_code(form.value("right"));
    if kind.is_none() {
        form.error("right", "right-kind-missing");
    }
    let number = form.optional("number", 40);
    let restriction = form.optional("restriction", LONGEST);
    let (from, until) = period(form, "right_from", "right_until");
    let (drops_code, temporary) = (form.has("drops", "yes"), form.has("temporary", "yes"));
    if temporary && until.is_none() {
        form.error("right_until", "right-temporary-end");
    }
    let person = call.person;
    call.carry("correct", "kept", "right", move |tx, by| {
        let new = NewRight {
            kind: kind.ok_or(Refusal::Unknown)?,
            register_number: number,
            valid_from: from.ok_or(Refusal::Unknown)?,
            valid_until: until,
            restriction: restriction.unwrap_or_default(),
            drops_code,
            temporary,
        };
        Ok(record::record_right(tx, by, person, &new)?)
    })
    .await
}

/// `POST /admin/people/{id}/identity`: asks for it; a second person types the same ([`super::requests`]). The code itself
/// is forgotten with the request.
pub async fn identity(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let mut call = Call::new(house, visit, user, &id, &posted)?;
    let typed = call.form.value("identity_code").to_owned();
    // Not even shown back.
    call.form.set("identity_code", "");
    let hash = match IdentityCode::from_input(&typed) {
        Ok(code) => Some(IdentityKey::of(&call.house.secrets).hash(&code)),
        Err(_) => {
            call.form.error("identity_code", "admin-code-wrong");
            None
        }
    };
    let person = call.person;
    call.carry("correct", "asked", "identity_code", move |tx, by| {
        let hash = hash.ok_or(Refusal::Unknown)?;
        Ok(requests::ask_identity(tx, by, person, hash)?)
    })
    .await
}

/// `POST /admin/people/{id}/tasks`
pub async fn ask_task(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let side = side(&user);
    let mut call = Call::new(house, visit, user, &id, &posted)?;
    let form = &mut call.form;
    let task = form.value("task").to_owned();
    if !approval::is_task(&task) {
        form.error("task", "admin-task-missing");
    }
    let service = SERVICE_TASKS
        .into_iter()
        .find(|code| *code == form.value("service"));
    if service.is_none() {
        form.error("service", "admin-service-missing");
    }
    let (from, until) = period(form, "task_from", "task_until");
    let person = call.person;
    call.carry("edit_draft", "asked", "task", move |tx, by| {
        let unit = people::lookup_staff(tx, person)?.map(|one| one.unit);
        let new = NewTask {
            task,
            service_task: service.unwrap_or("na").to_owned(),
            unit,
            begins_on: from.ok_or(Refusal::Unknown)?,
            ends_on: until,
        };
        approval::request_task(tx, by, side, person, &new)?;
        Ok(())
    })
    .await
}

/// Decides a request or ends a task: buttons, so a refusal is told by the page that they lead to.
async fn on_task(
    house: &House,
    user: &CurrentUser,
    id: &str,
    action: &'static str,
    done: &'static str,
    act: impl FnOnce(&mut WriteTx<'_>, &Acting, i64) -> Result<StaffId, Refusal> + Send + 'static,
) -> Answer {
    let number: i64 = id.parse().map_err(|_| Failure::NotFound)?;
    let (reader, now) = (user.clone(), house.now());
    let person = house
        .store
        .read(move |tx| approval::person_of_task(tx, number))
        .await?
        .ok_or(Failure::NotFound)?;
    let acted = house
        .store
        .write(move |tx| {
            let by = acting(tx, &reader, action, person, now)?;
            Ok::<_, Outcome>(act(tx, &by, number)?)
        })
        .await;
    let code = match acted {
        Ok(_) => done,
        Err(Outcome::Failed(failure)) => return Err(failure),
        Err(Outcome::Refused(refusal)) => notice::code(refusal)?,
    };
    forget(house, person);
    Ok(go_to(&format!("/admin/people/{person}?done={code}")))
}

/// `POST /admin/tasks/{id}/approve`
pub async fn approve_task(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    _: Posted,
) -> Answer {
    let side = side(&user);
    on_task(
        &house,
        &user,
        &id,
        "approve",
        "approved",
        move |tx, by, number| approval::approve_task(tx, by, side, number),
    )
    .await
}

/// `POST /admin/tasks/{id}/refuse`
pub async fn refuse_task(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    _: Posted,
) -> Answer {
    on_task(
        &house,
        &user,
        &id,
        "approve",
        "refused",
        approval::refuse_task,
    )
    .await
}

/// `POST /admin/tasks/{id}/end`: stops at once.
pub async fn end_task(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    _: Posted,
) -> Answer {
    on_task(
        &house,
        &user,
        &id,
        "edit_draft",
        "ended",
        |tx, by, number| {
            let last: Date = approval::yesterday(by.at)?;
            approval::end_task(tx, by, number, last)
        },
    )
    .await
}

/// `POST /admin/people/{id}/absences`
pub async fn absence(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let mut call = Call::new(house, visit, user, &id, &posted)?;
    let (from, until) = period(&mut call.form, "away_from", "away_until");
    if until.is_none() && call.form.is_valid() {
        call.form.error("away_until", "admin-until-missing");
    }
    let person = call.person;
    call.carry("edit_draft", "kept", "away_from", move |tx, by| {
        let (from, until) = (
            from.ok_or(Refusal::Unknown)?,
            until.ok_or(Refusal::Unknown)?,
        );
        record::add_absence(tx, by, person, from, until)?;
        Ok(())
    })
    .await
}

/// `POST /admin/people/{id}/substitutes`
pub async fn substitute(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let mut call = Call::new(house, visit, user, &id, &posted)?;
    let stands: Option<StaffId> = call.form.value("substitute").parse().ok();
    let stands = stands.filter(|stands| *stands != call.person);
    if stands.is_none() {
        call.form.error("substitute", "admin-colleague-missing");
    }
    let (from, until) = period(&mut call.form, "sub_from", "sub_until");
    if until.is_none() && call.form.is_valid() {
        call.form.error("sub_until", "admin-until-missing");
    }
    let person = call.person;
    call.carry("edit_draft", "kept", "substitute", move |tx, by| {
        let stands = stands.ok_or(Refusal::Unknown)?;
        let (from, until) = (
            from.ok_or(Refusal::Unknown)?,
            until.ok_or(Refusal::Unknown)?,
        );
        if people::lookup_staff(tx, stands)?.is_none() {
            return Err(Refusal::Unknown.into());
        }
        record::add_substitution(tx, by, person, stands, from, until)?;
        Ok(())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_as_people_write_them() {
        for (typed, expected) in [("14.30", Some((14, 30))), ("8:05", Some((8, 5)))] {
            let time = read_clock(typed).map(|time| (time.hour(), time.minute()));
            assert_eq!(time, expected, "{typed}");
        }
        for bad in ["", "14", "25.00", "8.61", "kello kaksi"] {
            assert_eq!(read_clock(bad), None, "{bad}");
        }
    }
}
