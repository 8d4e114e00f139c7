//! The table of time limits in adult social work, `data/deadlines.csv`, compiled in.
//!
//! A row is one limit while one wording of the law holds: its key is the id and the first day of
//! validity. A change in law is a new row and a last day on the old one. The row is chosen by the
//! trigger day, because a period that has begun is counted by the law under which it began.

use std::{collections::BTreeMap, sync::LazyLock};

use kernel::{
    language::Language,
    period::Period,
    time::{Date, iso_date},
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::rule::Rule;

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Stable code of the limit, the same over changes in law.
    pub id: String,
    name_fi: String,
    name_sv: Option<String>,
    name_en: String,
    /// Code of the one whose duty it is in law; `presumption` when it is a deemed day.
    pub duty_holder: String,
    /// Code of the event that starts counting.
    pub trigger: String,
    /// How the limit is counted, or what the act says in place of a number.
    pub limit: Limit,
    /// What an overrun means.
    pub hardness: Hardness,
    /// When the limit does not apply, in words; `None` when the law knows no exception.
    pub exceptions: Option<String>,
    /// Section of law.
    pub source: String,
    /// The days on which a trigger falls under this row.
    pub validity: Period,
    /// How well the row has been checked against the text of the law.
    pub status: Status,
}

/// A limit is counted by a rule or told by a soft word, never both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// Counted; the rule is not [`Rule::None`].
    Counted(Rule),
    /// The rule is `NONE`: the act uses a word.
    Soft(SoftCode),
}

/// What the act says when it gives no number of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SoftCode {
    /// Viipymättä, viivytyksettä.
    WithoutDelay,
    /// Ilman aiheetonta viivytystä.
    WithoutUndueDelay,
    /// When there is need.
    AsNeeded,
    /// When somebody asks.
    OnRequest,
    /// Kiireellisenä.
    AsUrgent,
    /// Kohtuullisessa ajassa.
    ReasonableTime,
    /// The authority sets a sufficient time case by case.
    SetByAuthority,
    /// Binds from the first day of validity; nothing is counted.
    StandingDuty,
    /// Quota: at most 178 days in 12 months.
    #[serde(rename = "max_178_days_in_12_months")]
    Max178DaysIn12Months,
    /// Quota: at most 230 days in 12 months.
    #[serde(rename = "max_230_days_in_12_months")]
    Max230DaysIn12Months,
    /// Quota: from one to four days in a calendar week.
    #[serde(rename = "from_1_to_4_days_in_week")]
    From1To4DaysInWeek,
    /// Quota: at least four hours in a day.
    #[serde(rename = "min_4_hours_in_day")]
    Min4HoursInDay,
}

/// What an overrun means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hardness {
    /// Dated: an overrun needs a stored reason, or the late act is not examined.
    Hard,
    /// No legal date: only the county's own target.
    Soft,
    /// A deemed day.
    Presumption,
    /// The earliest or shortest.
    Minimum,
    /// The latest, longest or most.
    Maximum,
    /// Another body's duty.
    Info,
}

/// How well a row has been checked against the text of the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum Status {
    /// Read in a text in force in 2026.
    #[serde(rename = "confirmed")]
    Confirmed,
    /// Read with every amendment up to February 2025.
    #[serde(rename = "to_2025_02")]
    ToFebruary2025,
    /// Only the original text was read.
    #[serde(rename = "original")]
    Original,
    /// A later change is known, its wording or date is not confirmed.
    #[serde(rename = "change_pending")]
    ChangePending,
    /// The act's own text was not read.
    #[serde(rename = "unverified")]
    Unverified,
}

/// No row for an id and a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoDeadline {
    /// No row has the id.
    #[error("no time limit has this id")]
    UnknownId,
    /// The id has rows, but none is in force on the day.
    #[error("the time limit was not in force on that day")]
    NotInForce,
}

/// A table that cannot be trusted; lines are counted from 1, the heading is line 1.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Not a CSV of the right columns and codes.
    #[error("the table cannot be read")]
    Csv(#[from] csv::Error),
    /// A field that the grammar or the rules of the table do not allow.
    #[error("line {line}: {fault}")]
    Row {
        /// The line of the file.
        line: u64,
        /// What is wrong.
        fault: RowFault,
    },
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// The rule is not in the grammar.
    #[error("unknown rule")]
    Rule,
    /// A soft code is there exactly when the rule is `NONE`.
    #[error("a soft code belongs to the rule NONE and to no other")]
    SoftCode,
    /// The days of validity are not days, or end before they begin.
    #[error("impossible days of validity")]
    Validity,
    /// Two rows of one id are in force on the same day.
    #[error("overlaps another row of the same id")]
    Overlap,
    /// A field that may not be empty is.
    #[error("an empty field")]
    Empty,
}

/// All rows, found by id and trigger day.
#[derive(Debug, Clone)]
pub struct DeadlineTable(BTreeMap<String, Vec<Deadline>>);

static IN_FORCE: LazyLock<DeadlineTable> = LazyLock::new(|| {
    DeadlineTable::from_csv(include_str!("../data/deadlines.csv"))
        .expect("a test reads the table that is compiled in")
});

impl DeadlineTable {
    /// The table of the product.
    pub fn of_law() -> &'static Self {
        &IN_FORCE
    }

    /// Reads a table and checks it.
    ///
    /// # Errors
    /// [`TableError`] at the first row that breaks a rule of the table.
    pub fn from_csv(text: &str) -> Result<Self, TableError> {
        let mut table = BTreeMap::<String, Vec<Deadline>>::new();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headers = reader.headers()?.clone();
        for record in reader.records() {
            let record = record?;
            let line = record.position().map_or(0, csv::Position::line);
            let row: Row = record.deserialize(Some(&headers))?;
            let row = row
                .check()
                .map_err(|fault| TableError::Row { line, fault })?;
            let versions = table.entry(row.id.clone()).or_default();
            if versions
                .iter()
                .any(|other| other.validity.overlaps(&row.validity))
            {
                let fault = RowFault::Overlap;
                return Err(TableError::Row { line, fault });
            }
            versions.push(row);
        }
        Ok(Self(table))
    }

    /// The row of an id that is in force on the trigger day.
    ///
    /// # Errors
    /// [`NoDeadline`].
    pub fn lookup(&self, id: &str, trigger: Date) -> Result<&Deadline, NoDeadline> {
        let versions = self.0.get(id).ok_or(NoDeadline::UnknownId)?;
        versions
            .iter()
            .find(|row| row.validity.contains(trigger))
            .ok_or(NoDeadline::NotInForce)
    }

    /// The rows in force on a day whose counting the event starts, in order of ids.
    pub fn find_by_trigger<'a>(
        &'a self,
        event: &'a str,
        day: Date,
    ) -> impl Iterator<Item = &'a Deadline> {
        self.iter()
            .filter(move |row| row.trigger == event && row.validity.contains(day))
    }

    /// Every row, in order of ids.
    pub fn iter(&self) -> impl Iterator<Item = &Deadline> {
        self.0.values().flatten()
    }
}

impl Deadline {
    /// The name in the reader's language; Finnish where the Swedish name is not confirmed.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::Fi | Language::Easy => &self.name_fi,
            Language::Sv => self.name_sv.as_deref().unwrap_or(&self.name_fi),
            Language::En => &self.name_en,
        }
    }
}

impl SoftCode {
    /// The code as the table writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WithoutDelay => "without_delay",
            Self::WithoutUndueDelay => "without_undue_delay",
            Self::AsNeeded => "as_needed",
            Self::OnRequest => "on_request",
            Self::AsUrgent => "as_urgent",
            Self::ReasonableTime => "reasonable_time",
            Self::SetByAuthority => "set_by_authority",
            Self::StandingDuty => "standing_duty",
            Self::Max178DaysIn12Months => "max_178_days_in_12_months",
            Self::Max230DaysIn12Months => "max_230_days_in_12_months",
            Self::From1To4DaysInWeek => "from_1_to_4_days_in_week",
            Self::Min4HoursInDay => "min_4_hours_in_day",
        }
    }
}

/// A line of the file, its codes read but not yet held against each other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    name_fi: String,
    name_sv: Option<String>,
    name_en: String,
    duty_holder: String,
    trigger: String,
    rule: String,
    #[serde(deserialize_with = "filled")]
    soft_code: Option<SoftCode>,
    hardness: Hardness,
    exceptions: Option<String>,
    source: String,
    valid_from: String,
    valid_to: Option<String>,
    status: Status,
}

/// An empty field is none; a filled one must be a known code.
fn filled<'de, D, T>(field: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: DeserializeOwned,
{
    let text = String::deserialize(field)?;
    if text.is_empty() {
        return Ok(None);
    }
    T::deserialize(serde::de::value::StringDeserializer::new(text)).map(Some)
}

impl Row {
    fn check(self) -> Result<Deadline, RowFault> {
        let rule: Rule = self.rule.parse().map_err(|_| RowFault::Rule)?;
        let limit = match (rule, self.soft_code) {
            (Rule::None, Some(code)) => Limit::Soft(code),
            (rule @ Rule::Steps(_), None) => Limit::Counted(rule),
            _ => return Err(RowFault::SoftCode),
        };
        let day = |text: &str| iso_date(text).ok_or(RowFault::Validity);
        let end = self.valid_to.as_deref().map(day).transpose()?;
        let validity = Period::new(day(&self.valid_from)?, end).map_err(|_| RowFault::Validity)?;
        let needed = [
            &self.id,
            &self.name_fi,
            &self.name_en,
            &self.duty_holder,
            &self.trigger,
            &self.source,
        ];
        if needed.into_iter().any(String::is_empty) {
            return Err(RowFault::Empty);
        }
        Ok(Deadline {
            id: self.id,
            name_fi: self.name_fi,
            name_sv: self.name_sv,
            name_en: self.name_en,
            duty_holder: self.duty_holder,
            trigger: self.trigger,
            limit,
            hardness: self.hardness,
            exceptions: self.exceptions,
            source: self.source,
            validity,
            status: self.status,
        })
    }
}
