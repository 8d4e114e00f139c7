//! An observation: what somebody saw, with nothing that points at a person.

use kernel::language::Language;
use serde::{Deserialize, Serialize};
use text::personal_data::holds_identity_code;

use super::{Cause, Frequency, NEEDS, People, ReportError, ReporterKind, Theme, Valence, Wrong};

/// Longest text, in characters.
pub const LONGEST: usize = 4000;
/// Longest proposal or recipient, in characters.
pub const LONGEST_WISH: usize = 1000;
/// Most themes of one observation.
pub const MOST_THEMES: usize = 5;

/// What is written. Two fields are obligatory: the text, and whether it is good or bad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub kind: ReporterKind,
    pub language: Language,
    pub valence: Valence,
    pub body: String,
    /// A municipality's code; the whole county without.
    pub municipality: Option<String>,
    pub themes: Vec<Theme>,
    /// Codes of [`NEEDS`].
    pub needs: Vec<String>,
    pub frequency: Option<Frequency>,
    pub people: Option<People>,
    pub cause: Option<Cause>,
    /// What the reporter proposes.
    pub proposal: String,
    /// Who the reporter thinks should answer.
    pub wished: String,
}

/// The same as it waits in the box.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Boxed {
    pub kind: String,
    pub language: String,
    pub valence: String,
    pub body: String,
    pub municipality: Option<String>,
    pub themes: Vec<String>,
    pub needs: Vec<String>,
    pub frequency: String,
    pub people: String,
    pub cause: String,
    pub proposal: String,
    pub wished: String,
}

impl Written {
    /// Checks the fields; texts come out trimmed.
    ///
    /// # Errors
    /// [`ReportError::Field`] with the first field that is wrong. An identity code in any text is refused: what is never
    /// taken in cannot leak (invariant b of the domain's 1.6).
    pub fn checked(mut self) -> Result<Self, ReportError> {
        for (field, text, most, needed) in [
            ("body", &mut self.body, LONGEST, true),
            ("proposal", &mut self.proposal, LONGEST_WISH, false),
            ("wished", &mut self.wished, LONGEST_WISH, false),
        ] {
            *text = text.trim().to_owned();
            check_text(field, text, most, needed)?;
        }
        self.themes.sort_unstable();
        self.themes.dedup();
        self.needs.sort_unstable();
        self.needs.dedup();
        if self.themes.len() > MOST_THEMES {
            return Err(ReportError::Field("theme", Wrong::Long));
        }
        if self
            .needs
            .iter()
            .any(|need| !NEEDS.contains(&need.as_str()))
        {
            return Err(ReportError::Field("need", Wrong::Choice));
        }
        let is_code = |code: &String| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit());
        if self
            .municipality
            .as_ref()
            .is_some_and(|code| !is_code(code))
        {
            return Err(ReportError::Field("area", Wrong::Choice));
        }
        Ok(self)
    }

    pub(crate) fn boxed(&self) -> Boxed {
        Boxed {
            kind: self.kind.code().to_owned(),
            language: self.language.code().to_owned(),
            valence: self.valence.code().to_owned(),
            body: self.body.clone(),
            municipality: self.municipality.clone(),
            themes: self
                .themes
                .iter()
                .map(|one| one.code().to_owned())
                .collect(),
            needs: self.needs.clone(),
            frequency: self.frequency.map_or("", Frequency::code).to_owned(),
            people: self.people.map_or("", People::code).to_owned(),
            cause: self.cause.map_or("", Cause::code).to_owned(),
            proposal: self.proposal.clone(),
            wished: self.wished.clone(),
        }
    }
}

/// Checks a text of anybody: there when it must be, not too long, without an identity code.
///
/// # Errors
/// [`ReportError::Field`] with the field's name.
pub fn check_text(
    field: &'static str,
    text: &str,
    most: usize,
    needed: bool,
) -> Result<(), ReportError> {
    let wrong = if needed && text.is_empty() {
        Some(Wrong::Missing)
    } else if text.chars().count() > most {
        Some(Wrong::Long)
    } else if holds_identity_code(text) {
        Some(Wrong::Person)
    } else {
        None
    };
    wrong.map_or(Ok(()), |wrong| Err(ReportError::Field(field, wrong)))
}
