//! Who may decide: the county's delegation of decisions as a dated table (hyvinvointialuelaki 611/2021
//! 95-96 §; kinds D01-D19 of the domain).
//!
//! An empty table means that nobody decides. A delegation is never enough alone: public power needs a public
//! office in force (92 §), and most kinds a professional right. The product ships no limits of its own.

use kernel::money::Money;
use kernel::time::{Date, Timestamp, day, millis};
use store::{Query, Row, StoreError, WriteTx, params};

use crate::facts::approval::Refusal;
use crate::facts::record::{Acting, next};
use crate::facts::{self, EmploymentKind, register};
use crate::people::{self, StaffId, UnitId, unreadable};

kernel::coded! {
    /// What is decided.
    Kind {
        /// Working-age service: guidance, social work, rehabilitation.
        Service = "D01",
        SupplementaryAssistance = "D02",
        PreventiveAssistance = "D03",
        PaymentCommitment = "D04",
        MoneyManagement = "D05",
        Voucher = "D06",
        RehabilitativeWork = "D07",
        FeeReduction = "D08",
        Housing = "D09",
        Urgent = "D10",
        /// Negative decisions follow the delegation of the positive one, which says so itself.
        Negative = "D11",
        EndOfService = "D12",
        DataRefusal = "D13",
        BankRequest = "D14",
        MinorsBanRefusal = "D15",
        Rectification = "D16",
        Recovery = "D17",
        Correction = "D18",
        Disclosure = "D19",
    }
}

/// The least qualification of a kind, beside the public office (design; section 9.2 of the domain).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Least {
    /// A social counsellor or a social worker.
    Professional,
    SocialWorker,
    /// Whoever the ruling names.
    Office,
}

impl Kind {
    const fn least(self) -> Least {
        match self {
            Self::Service
            | Self::SupplementaryAssistance
            | Self::PreventiveAssistance
            | Self::PaymentCommitment
            | Self::Voucher
            | Self::RehabilitativeWork
            | Self::EndOfService => Least::Professional,
            Self::MoneyManagement
            | Self::Housing
            | Self::Urgent
            | Self::MinorsBanRefusal
            | Self::Disclosure => Least::SocialWorker,
            Self::FeeReduction
            | Self::Negative
            | Self::DataRefusal
            | Self::BankRequest
            | Self::Rectification
            | Self::Recovery
            | Self::Correction => Least::Office,
        }
    }
}

/// What somebody is about to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub kind: Kind,
    /// Unit whose matter it is.
    pub unit: Option<UnitId>,
    /// The sum of this decision, when it gives money.
    pub amount: Option<Money>,
    /// Open decisions of the same kind and month for the same client, which count to the limit.
    pub earlier: Money,
    /// Months for which it is made.
    pub months: Option<u32>,
    pub negative: bool,
}

impl Wanted {
    /// A positive decision without a sum or a period.
    pub const fn new(kind: Kind) -> Self {
        Self {
            kind,
            unit: None,
            amount: None,
            earlier: Money::ZERO,
            months: None,
            negative: false,
        }
    }
}

/// Why somebody may not decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotMay {
    /// No public office in force.
    NoOffice,
    /// The kind needs a professional right that is not in force.
    NoRight,
    /// The register of professionals has not been asked for seven days (bar B04).
    NotChecked,
    /// No delegation of the kind in force.
    NoDelegation,
    /// There is one, but only for positive decisions.
    OnlyPositive,
    /// Over the limit of euros; the largest limit.
    OverAmount(Money),
    /// Over the longest period; in months.
    OverPeriod(u32),
}

/// The answer, with the delegation that allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    May { delegation: i64, ruling: String },
    MayNot(NotMay),
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    pub id: i64,
    pub kind: Kind,
    /// The office by its title code, or one person.
    pub title: Option<String>,
    pub staff: Option<StaffId>,
    pub unit: Option<UnitId>,
    pub max_amount: Option<Money>,
    pub max_months: Option<u32>,
    pub also_negative: bool,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    /// The administrative rule or the ruling, for example "Hallintosääntö 35 §".
    pub ruling: String,
    pub entered_by: StaffId,
    pub approved: bool,
}

impl Delegation {
    /// What of this row is too small for what is wanted.
    fn limits(&self, wanted: &Wanted) -> Result<(), NotMay> {
        if wanted.negative && !self.also_negative {
            return Err(NotMay::OnlyPositive);
        }
        if let (Some(limit), Some(amount)) = (self.max_amount, wanted.amount) {
            // A sum that cannot be counted is over any limit.
            let within = amount
                .checked_add(wanted.earlier)
                .is_some_and(|all| all <= limit);
            if !within {
                return Err(NotMay::OverAmount(limit));
            }
        }
        if let Some(limit) = self.max_months {
            // A decision without an end is longer than any limit.
            if wanted.months.is_none_or(|months| months > limit) {
                return Err(NotMay::OverPeriod(limit));
            }
        }
        Ok(())
    }
}

/// Whether an employee may decide, by the table and the facts in force at the moment.
///
/// # Errors
/// When the engine fails.
pub fn may_decide(
    query: &mut impl Query,
    staff: StaffId,
    wanted: &Wanted,
    at: Timestamp,
) -> Result<Answer, StoreError> {
    let standing = facts::standing(query, staff)?;
    if !standing
        .employments(at)
        .contains(&EmploymentKind::PublicOffice)
    {
        return Ok(Answer::MayNot(NotMay::NoOffice));
    }
    let has = |code: &str| {
        standing
            .subject(at)
            .is_some_and(|subject| subject.qualifications.contains(code))
    };
    let qualified = match wanted.kind.least() {
        Least::Office => true,
        Least::Professional => has("sw") || has("sc"),
        Least::SocialWorker => has("sw"),
    };
    if !qualified {
        return Ok(Answer::MayNot(NotMay::NoRight));
    }
    if wanted.kind.least() != Least::Office && !register::is_trusted(query, staff, at)? {
        return Ok(Answer::MayNot(NotMay::NotChecked));
    }
    let rows = in_force(query, staff, wanted, day(at))?;
    Ok(choose(&rows, wanted))
}

/// The row that allows, or the reason nearest to allowing.
fn choose(rows: &[Delegation], wanted: &Wanted) -> Answer {
    let mut nearest = NotMay::NoDelegation;
    for row in rows {
        match (row.limits(wanted), nearest) {
            (Ok(()), _) => {
                return Answer::May {
                    delegation: row.id,
                    ruling: row.ruling.clone(),
                };
            }
            (Err(NotMay::OverAmount(limit)), NotMay::OverAmount(other)) if limit <= other => {}
            (Err(NotMay::OverPeriod(limit)), NotMay::OverPeriod(other)) if limit <= other => {}
            (Err(NotMay::OnlyPositive), NotMay::OverAmount(_) | NotMay::OverPeriod(_)) => {}
            (Err(why), _) => nearest = why,
        }
    }
    Answer::MayNot(nearest)
}

const COLUMNS: &str = "select g.id, g.kind, g.title, g.staff_id, g.unit_id, g.max_cents, g.max_months, g.also_negative, g.valid_from, g.valid_to, g.ruling, g.entered_by, case when g.approved_at is null then 0 else 1 end from delegation g";

/// Delegations of the kind to this person or to the person's office, in the person's unit and in the unit
/// whose matter it is.
fn in_force(
    query: &mut impl Query,
    staff: StaffId,
    wanted: &Wanted,
    on: Date,
) -> Result<Vec<Delegation>, StoreError> {
    let Some(person) = people::lookup_staff(query, staff)? else {
        return Ok(Vec::new());
    };
    let unit = wanted.unit.unwrap_or(person.unit);
    query
        .query(
            &format!("{COLUMNS} where g.kind = $1 and g.approved_at is not null and g.valid_from <= $2 and (g.valid_to is null or g.valid_to >= $2) and (g.staff_id = $3 or g.title = $4) and (g.unit_id is null or g.unit_id = $5) order by g.id"),
            &params![
                wanted.kind.code(),
                on.to_string(),
                staff.bytes(),
                person.title.as_str(),
                unit.bytes()
            ],
        )?
        .iter()
        .map(read)
        .collect()
}

fn read(row: &Row) -> Result<Delegation, StoreError> {
    Ok(Delegation {
        id: row.get(0)?,
        kind: Kind::from_code(&row.get::<String>(1)?).ok_or_else(unreadable)?,
        title: row.get(2)?,
        staff: row.get::<Option<[u8; 16]>>(3)?.map(StaffId::from_bytes),
        unit: row.get::<Option<[u8; 16]>>(4)?.map(UnitId::from_bytes),
        max_amount: row.get::<Option<i64>>(5)?.map(Money::from_cents),
        max_months: row
            .get::<Option<i64>>(6)?
            .and_then(|months| u32::try_from(months).ok()),
        also_negative: row.get(7)?,
        valid_from: row.get(8)?,
        valid_to: row.get(9)?,
        ruling: row.get(10)?,
        entered_by: StaffId::from_bytes(row.get(11)?),
        approved: row.get(12)?,
    })
}

/// Every delegation that is asked for or has not ended before a day, by kind.
///
/// # Errors
/// When the engine fails.
pub fn list(query: &mut impl Query, since: Date) -> Result<Vec<Delegation>, StoreError> {
    query
        .query(
            &format!("{COLUMNS} where g.refused_at is null and (g.valid_to is null or g.valid_to >= $1) order by g.kind, g.valid_from, g.id"),
            &params![since.to_string()],
        )?
        .iter()
        .map(read)
        .collect()
}

/// A delegation to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelegation {
    pub kind: Kind,
    pub holder: Holder,
    pub unit: Option<UnitId>,
    pub max_amount: Option<Money>,
    pub max_months: Option<u32>,
    pub also_negative: bool,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub ruling: String,
}

/// To whom a decision is delegated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// Everybody with this title code.
    Title(String),
    Person(StaffId),
}

/// Enters a delegation; it is in force only when somebody else has approved it.
///
/// # Errors
/// [`Refusal::Own`] for a delegation to oneself, [`Refusal::Period`], and what the engine refuses.
pub fn enter(tx: &mut WriteTx<'_>, by: &Acting, new: &NewDelegation) -> Result<i64, Refusal> {
    let (title, person) = match &new.holder {
        Holder::Title(title) => (Some(title.as_str()), None),
        Holder::Person(staff) => (None, Some(*staff)),
    };
    if person == Some(by.staff) {
        return Err(Refusal::Own);
    }
    if new.kind == Kind::Negative {
        return Err(Refusal::Unknown);
    }
    if new.valid_to.is_some_and(|last| last < new.valid_from) {
        return Err(Refusal::Period);
    }
    let id = next(tx, "delegation")?;
    tx.execute(
        "insert into delegation (id, kind, title, staff_id, unit_id, max_cents, max_months, also_negative, valid_from, valid_to, ruling, entered_at, entered_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        &params![
            id,
            new.kind.code(),
            title,
            person.map(|staff| staff.bytes()),
            new.unit.map(|unit| unit.bytes()),
            new.max_amount.map(Money::cents),
            new.max_months.map(i64::from),
            new.also_negative,
            new.valid_from.to_string(),
            new.valid_to.map(|last| last.to_string()),
            new.ruling.as_str(),
            millis(by.at),
            by.staff.bytes()
        ],
    )?;
    by.log(
        tx,
        "admin.delegation_request",
        format!("delegation={id} kind={}", new.kind.code()),
    )?;
    Ok(id)
}

/// Approves or refuses what somebody else has entered.
///
/// # Errors
/// [`Refusal::SameTwice`], [`Refusal::Own`], [`Refusal::Decided`].
pub fn decide(tx: &mut WriteTx<'_>, by: &Acting, id: i64, approve: bool) -> Result<(), Refusal> {
    let row = tx
        .query_optional(
            "select entered_by, staff_id from delegation where id = $1 and approved_at is null and refused_at is null",
            &params![id],
        )?
        .ok_or(Refusal::Decided)?;
    let entered_by = StaffId::from_bytes(row.get(0)?);
    if !approve {
        tx.execute(
            "update delegation set refused_at = $2 where id = $1",
            &params![id, millis(by.at)],
        )?;
        return Ok(by.log(tx, "admin.delegation_refuse", format!("delegation={id}"))?);
    }
    if entered_by == by.staff {
        return Err(Refusal::SameTwice);
    }
    if row.get::<Option<[u8; 16]>>(1)? == Some(by.staff.bytes()) {
        return Err(Refusal::Own);
    }
    tx.execute(
        "update delegation set approved_at = $2, approved_by = $3 where id = $1",
        &params![id, millis(by.at), by.staff.bytes()],
    )?;
    Ok(by.log(tx, "admin.delegation_approve", format!("delegation={id}"))?)
}

/// Ends a delegation after a day.
///
/// # Errors
/// [`Refusal::Decided`] when it has ended already, [`Refusal::Period`] before its first day.
pub fn end(tx: &mut WriteTx<'_>, by: &Acting, id: i64, last: Date) -> Result<(), Refusal> {
    let ended = tx.execute(
        "update delegation set valid_to = $2 where id = $1 and approved_at is not null and valid_from <= $2 and (valid_to is null or valid_to > $2)",
        &params![id, last.to_string()],
    )?;
    if ended == 0 {
        return Err(Refusal::Decided);
    }
    Ok(by.log(
        tx,
        "admin.delegation_end",
        format!("delegation={id} last={last}"),
    )?)
}
