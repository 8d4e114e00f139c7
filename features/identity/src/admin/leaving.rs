//! What is settled when somebody leaves: the end of the employment, who leads after a lead, and to whom goes what was
//! held.

use axum::extract::{Path, State};
use kernel::time::{Timestamp, day, moment};
use web::{Answer, Form, House, Posted, Visit};

use super::holdings;
use super::person_acts::{Call, LONGEST, read_clock};
use crate::facts::approval::Refusal;
use crate::facts::record;
use crate::people::{self, StaffId};
use crate::session::CurrentUser;
use crate::{succession, units};

/// The minute of an ending: the day at the clock, or the end of the day.
fn ending(form: &mut Form) -> Option<Timestamp> {
    if form.text("end_day").is_none() {
        form.error("end_day", "admin-end-missing");
    }
    let date = form.day("end_day")?;
    match form.text("end_clock").map(read_clock) {
        None => Some(record::after(date)),
        Some(Some(clock)) => Some(moment(date, clock)),
        Some(None) => {
            form.error("end_clock", "admin-clock-wrong");
            None
        }
    }
}

/// `POST /admin/people/{id}/end`
pub async fn end(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let mut call = Call::new(house, visit, user, &id, &posted)?;
    let at = ending(&mut call.form);
    let (person, now) = (call.person, call.house.now());
    let next: Option<StaffId> = call.form.value("successor").parse().ok();
    let leads = call
        .house
        .store
        .read(move |tx| succession::units_of(tx, person, now))
        .await?;
    if !leads.is_empty() && next.is_none_or(|next| next == person) {
        call.form.error("successor", "admin-end-successor-missing");
    }
    call.carry("correct", "ended", "end_day", move |tx, by| {
        let at = at.ok_or(Refusal::Unknown)?;
        let began = people::lookup_staff(tx, person)?.map(|one| one.began_on);
        if began.is_some_and(|began| day(at) < began) {
            return Err(Refusal::Period.into());
        }
        // No unit is left without somebody who leads it, not even one that was given a lead meanwhile.
        if !succession::units_of(tx, person, by.at)?.is_empty() {
            let next = next.filter(|next| *next != person).ok_or(Refusal::NoLead)?;
            if !units::may_lead(tx, next, day(at.max(by.at)))? {
                return Err(Refusal::NoLead.into());
            }
            succession::name(tx, by, (person, next), at)?;
        }
        Ok(record::end_employment(tx, by, person, at)?)
    })
    .await
}

/// `POST /admin/people/{id}/transfer`: the lead gives what a leaver holds to a named person.
pub async fn transfer(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let (lead, all) = (user.clone(), holdings(&house));
    let mut call = Call::new(house, visit, user, &id, &posted)?;
    let to: Option<StaffId> = call.form.value("receiver").parse().ok();
    if to.is_none() {
        call.form.error("receiver", "admin-colleague-missing");
    }
    let reason = call.form.require("reason", "admin-reason-missing", LONGEST);
    let person = call.person;
    call.carry("hand_over", "moved", "receiver", move |tx, by| {
        let to = to.filter(|to| *to != person).ok_or(Refusal::Unknown)?;
        if people::lookup_staff(tx, to)?.is_none() || people::is_away(tx, to, by.at)? {
            return Err(Refusal::Period.into());
        }
        let mut moved = 0;
        for one in &all.0 {
            moved += one.transfer(tx, &lead, person, to, &reason)?;
        }
        if moved == 0 {
            return Err(Refusal::NothingMoved.into());
        }
        Ok(by.log(
            tx,
            "admin.holdings_transfer",
            format!("from={person} to={to} count={moved}"),
        )?)
    })
    .await
}
