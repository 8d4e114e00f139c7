//! What the staff's rights rest on: identity codes of the artificial range, professional rights from a
//! stand-in of the national register, a substitute, and a delegation of decisions with made-up limits.

use std::fmt::Write;

use identity::delegation::{self, Holder, Kind, NewDelegation};
use identity::facts::record::{self, Acting};
use identity::facts::register;
use identity::people::StaffId;
use kernel::identity_code::IdentityCode;
use kernel::money::Money;
use kernel::time::{Date, SignedDuration, Timestamp, day};
use store::{WriteTx, params};

use crate::staffing::{Role, Staffing};
use crate::{Plan, SynthError};

/// What is odd about a professional right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Odd {
    No,
    /// Ended five days ago: the qualification is gone (B04).
    Expired,
    /// A restriction that takes the qualification away.
    Dropped,
    /// A restriction that leaves the qualification.
    Supervised,
    /// A temporary social worker.
    Temporary,
}

/// Oddities, by the order in which the staff were made, long after the demo's own people.
const ODD: [(usize, Odd); 4] = [
    (18, Odd::Expired),
    (19, Odd::Supervised),
    (26, Odd::Dropped),
    (27, Odd::Temporary),
];

/// Makes the facts. Demo people and whoever the history needs keep their qualifications.
pub fn make(
    tx: &mut WriteTx<'_>,
    staffing: &Staffing,
    plan: &Plan,
    began: Timestamp,
) -> Result<(), SynthError> {
    let mut file = format!("{}\n", register::COLUMNS);
    for (index, (staff, _, role)) in staffing.all.iter().enumerate() {
        let Some(code) = code(index) else { continue };
        record::set_identity_hash(tx, *staff, plan.identity_key.hash(&code))?;
        let odd = ODD
            .iter()
            .find(|(at, _)| *at == index)
            .map_or(Odd::No, |(_, odd)| *odd);
        line(&mut file, &code, *role, odd, index, plan.now);
    }
    let entries = register::read(&file, &plan.identity_key)
        .map_err(|bad| std::io::Error::other(bad.to_string()))?;
    let done = register::refresh(tx, &entries, plan.now)?;
    register::log(tx, &done, began)?;
    if let Some(path) = &plan.register {
        std::fs::write(path, file)?;
    }
    bars_checked(tx, plan.now)?;
    substitute(tx, staffing, plan.now)?;
    delegate(tx, staffing, began)
}

/// Everybody looked at the own bars some months ago (the yearly reminder of bar B02).
fn bars_checked(tx: &mut WriteTx<'_>, now: Timestamp) -> Result<(), SynthError> {
    let at = now - SignedDuration::from_hours(24 * 120);
    tx.execute(
        "update staff set bars_confirmed_at = $1",
        &params![kernel::time::millis(at)],
    )?;
    Ok(())
}

/// An artificial code of somebody between 27 and 63; 900 + serial belongs to no living person.
fn code(index: usize) -> Option<IdentityCode> {
    let number = i16::try_from(index).ok()?;
    let month = i8::try_from(index % 12).ok()? + 1;
    let born = Date::new(
        1963 + (number * 7) % 36,
        month,
        i8::try_from(index % 27).ok()? + 1,
    )
    .ok()?;
    IdentityCode::artificial(born, u16::try_from(index % 100).ok()?)
}

/// The register's line of one professional; nothing for those without a profession of the register.
fn line(
    file: &mut String,
    code: &IdentityCode,
    role: Role,
    odd: Odd,
    index: usize,
    now: Timestamp,
) {
    let kind = match role {
        Role::FrontDoor | Role::Counsellor => "social_counsellor",
        Role::SocialWorker | Role::Lead | Role::Structural => "social_worker",
        Role::Centre => "health_professional",
        Role::Administrator
        | Role::DataProtectionOfficer
        | Role::DataSteward
        | Role::Student
        | Role::Publisher => return,
    };
    let shifted = |days: i64| day(now + SignedDuration::from_hours(24 * days)).to_string();
    let (until, restriction, drops, temporary) = match odd {
        Odd::No => (String::new(), "", 0, 0),
        Odd::Expired => (shifted(-5), "", 0, 0),
        Odd::Dropped => (
            String::new(),
            "Kielletty toistaiseksi toimimasta ammatissa",
            1,
            0,
        ),
        Odd::Supervised => (String::new(), "Saa toimia vain toisen valvonnassa", 0, 0),
        Odd::Temporary => (shifted(200), "", 0, 1),
    };
    let kind = if odd == Odd::Temporary {
        "social_worker"
    } else {
        kind
    };
    // Writing to a string cannot fail.
    let _ = writeln!(
        file,
        "{};{kind};{};2016-03-01;{until};{restriction};{drops};{temporary}",
        code.expose(),
        70_000_000 + index * 137
    );
}

/// The demo lead has named who does the work of the one on leave.
fn substitute(tx: &mut WriteTx<'_>, staffing: &Staffing, now: Timestamp) -> Result<(), SynthError> {
    let lead = staffing.all.iter().find(|(_, _, role)| *role == Role::Lead);
    let ((_, workers), Some(absent), Some((lead, _, _))) = (
        match staffing.social.first() {
            Some(first) => first,
            None => return Ok(()),
        },
        staffing.absent,
        lead,
    ) else {
        return Ok(());
    };
    let shift = |days: i64| day(now + SignedDuration::from_hours(days * 24)).to_string();
    tx.execute(
        "insert into substitution (id, absent_id, substitute_id, begins_on, ends_on, recorded_at, recorded_by) values (1, $1, $2, $3, $4, $5, $6)",
        &params![
            absent.bytes(),
            workers[2].bytes(),
            shift(-3),
            shift(11),
            kernel::time::millis(now),
            lead.bytes()
        ],
    )?;
    Ok(())
}

/// Limits from no county: the product ships none.
fn delegate(tx: &mut WriteTx<'_>, staffing: &Staffing, at: Timestamp) -> Result<(), SynthError> {
    let [one, other] = staffing.administrators[..] else {
        return Ok(());
    };
    let acting = |staff: StaffId| Acting {
        staff,
        at,
        right: "N-122".into(),
        purpose: record::PURPOSE,
    };
    for (kind, title, euros, months) in [
        (Kind::Service, "counsellor", None, Some(12)),
        (Kind::Service, "social_worker", None, Some(12)),
        (
            Kind::SupplementaryAssistance,
            "counsellor",
            Some(500),
            Some(1),
        ),
        (
            Kind::SupplementaryAssistance,
            "social_worker",
            Some(1_000),
            Some(1),
        ),
        (Kind::PreventiveAssistance, "counsellor", Some(300), None),
        (
            Kind::PreventiveAssistance,
            "social_worker",
            Some(1_500),
            None,
        ),
        (Kind::PreventiveAssistance, "lead", Some(5_000), None),
        (Kind::Housing, "social_worker", None, Some(6)),
        (Kind::Urgent, "social_worker", None, None),
        (Kind::EndOfService, "social_worker", None, None),
    ] {
        let new = NewDelegation {
            kind,
            holder: Holder::Title(title.to_owned()),
            unit: None,
            max_amount: euros.and_then(Money::from_euros),
            max_months: months,
            also_negative: true,
            valid_from: day(at),
            valid_to: None,
            ruling: "Keksitty hallintosääntö 35 §".to_owned(),
        };
        let id = delegation::enter(tx, &acting(one), &new)?;
        delegation::decide(tx, &acting(other), id, true)?;
    }
    Ok(())
}
