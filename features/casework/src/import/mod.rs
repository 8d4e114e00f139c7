//! Clients and open matters from another system, from a file of rows (`docs/import.md`).
//!
//! Reading is pure and comes first: a row is right or is refused with its line and reason, and nothing of a refused row is
//! written. Writing is in [`write`].

mod orders;
pub mod write;

use kernel::identity_code::IdentityCode;
use kernel::time::{Date, iso_date};

use crate::domain::{MatterName, NameCode, ServiceTask};

pub use orders::ImportOrder;

use orders::Orders;

/// Columns in the order of the documentation; a file may have them in any order, and may leave out those not needed.
pub const COLUMNS: [&str; 16] = [
    "client_id",
    "identity_code",
    "birth_date",
    "family_name",
    "given_names",
    "phone",
    "municipality",
    "language",
    "non_disclosure_until",
    "unit",
    "matter_id",
    "matter_name",
    "matter_text",
    "service_task",
    "pending_on",
    "reasons",
];

/// Columns without which no row can be right.
const NEEDED: [&str; 3] = ["client_id", "family_name", "unit"];
/// Longest field, characters; reasons may be longer.
const LONGEST: usize = 200;
const LONGEST_REASONS: usize = 8_000;
/// Largest file, bytes.
pub const LARGEST: u64 = 256 * 1024 * 1024;

/// A person and perhaps a matter of hers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Line of the file, from 1; the heading is line 1.
    pub line: u64,
    pub client_id: String,
    pub code: Option<IdentityCode>,
    pub birth: Option<Date>,
    pub family: String,
    pub given: String,
    pub details: Vec<(&'static str, String)>,
    /// Non-disclosure for safety; of a client with several rows, what any of them says.
    pub order: Option<ImportOrder>,
    /// Code of the unit that answers.
    pub unit: String,
    pub matter: Option<ImportMatter>,
}

/// An open matter of the other system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportMatter {
    pub matter_id: String,
    pub name: MatterName,
    pub service_task: ServiceTask,
    pub pending_on: Date,
    pub reasons: String,
}

/// A row that is not brought in, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub line: u64,
    pub why: String,
}

/// A file that cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    #[error("the file is not UTF-8: save it again as UTF-8 (byte {0})")]
    Encoding(usize),
    #[error("the file is larger than {LARGEST} bytes: divide it")]
    Large,
    #[error("the heading has no column {0}")]
    NoColumn(&'static str),
    #[error("the heading has an unknown column {0}")]
    UnknownColumn(String),
    #[error("the heading has the column {0} twice")]
    Twice(String),
}

/// Reads a file: right rows and refused ones.
///
/// # Errors
/// [`FileError`] when no row can be read.
pub fn read(bytes: &[u8]) -> Result<(Vec<ImportRow>, Vec<Refusal>), FileError> {
    if bytes.len() as u64 > LARGEST {
        return Err(FileError::Large);
    }
    // A byte order mark is what spreadsheets put first.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text =
        std::str::from_utf8(bytes).map_err(|error| FileError::Encoding(error.valid_up_to()))?;
    let heading = text.lines().next().unwrap_or_default();
    let semicolons = heading.matches(';').count() > heading.matches(',').count();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .flexible(true)
        .from_reader(text.as_bytes());
    let heading: Vec<String> = reader
        .headers()
        .map(|row| row.iter().map(|name| name.trim().to_lowercase()).collect())
        .unwrap_or_default();
    check_heading(&heading)?;
    let (mut rows, mut refused, mut orders) = (Vec::new(), Vec::new(), Orders::default());
    for record in reader.records() {
        let outcome = match record {
            Err(error) => Err(Refusal {
                line: error.position().map_or(0, csv::Position::line),
                why: "the row cannot be read: a quotation mark is missing?".to_owned(),
            }),
            Ok(record) => {
                let fields = Fields {
                    heading: &heading,
                    line: record.position().map_or(0, csv::Position::line),
                    record: &record,
                };
                orders.note(&fields);
                fields.row()
            }
        };
        match outcome {
            Ok(row) => rows.push(row),
            Err(refusal) => refused.push(refusal),
        }
    }
    rows.retain_mut(|row| match orders.protect(row) {
        Ok(()) => true,
        Err(refusal) => {
            refused.push(refusal);
            false
        }
    });
    Ok((rows, refused))
}

fn check_heading(heading: &[String]) -> Result<(), FileError> {
    for (index, name) in heading.iter().enumerate() {
        if !COLUMNS.contains(&name.as_str()) {
            return Err(FileError::UnknownColumn(name.clone()));
        }
        if heading[..index].contains(name) {
            return Err(FileError::Twice(name.clone()));
        }
    }
    match NEEDED
        .into_iter()
        .find(|needed| !heading.iter().any(|name| name == needed))
    {
        Some(missing) => Err(FileError::NoColumn(missing)),
        None => Ok(()),
    }
}

struct Fields<'a> {
    heading: &'a [String],
    line: u64,
    record: &'a csv::StringRecord,
}

impl Fields<'_> {
    fn refuse(&self, why: impl Into<String>) -> Refusal {
        Refusal {
            line: self.line,
            why: why.into(),
        }
    }

    /// A field without white space around it. A formula, a control character and a text too long are refused.
    fn text(&self, name: &str, longest: usize) -> Result<Option<String>, Refusal> {
        let Some(at) = self.heading.iter().position(|column| column == name) else {
            return Ok(None);
        };
        let text = self.record.get(at).unwrap_or_default().trim();
        if text.is_empty() {
            return Ok(None);
        }
        if text.chars().count() > longest {
            return Err(self.refuse(format!("{name} is longer than {longest} characters")));
        }
        if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        {
            return Err(self.refuse(format!("{name} holds a control character")));
        }
        let formula =
            text.starts_with(['=', '@']) || (name != "phone" && text.starts_with(['+', '-']));
        if formula {
            return Err(self.refuse(format!("{name} begins like a formula")));
        }
        Ok(Some(text.to_owned()))
    }

    fn needed(&self, name: &str, longest: usize) -> Result<String, Refusal> {
        self.text(name, longest)?
            .ok_or_else(|| self.refuse(format!("{name} is missing")))
    }

    fn day(&self, name: &str) -> Result<Option<Date>, Refusal> {
        self.text(name, LONGEST)?
            .map(|text| {
                iso_date(&text)
                    .or_else(|| web::read_day(&text).ok())
                    .ok_or_else(|| self.refuse(format!("{name} is no day")))
            })
            .transpose()
    }

    fn row(&self) -> Result<ImportRow, Refusal> {
        if self.record.len() != self.heading.len() {
            return Err(self.refuse(format!(
                "the row has {} fields and the heading {}",
                self.record.len(),
                self.heading.len()
            )));
        }
        let code = self
            .text("identity_code", LONGEST)?
            .map(|text| {
                IdentityCode::from_input(&text)
                    .map_err(|error| self.refuse(format!("identity_code: {}", error.code())))
            })
            .transpose()?;
        let birth = self.day("birth_date")?;
        match (&code, birth) {
            (Some(code), Some(birth)) if code.birth_date() != birth => {
                return Err(self.refuse("birth_date is not the one in identity_code"));
            }
            (None, None) => return Err(self.refuse("identity_code or birth_date is missing")),
            _ => {}
        }
        Ok(ImportRow {
            line: self.line,
            client_id: self.needed("client_id", LONGEST)?,
            birth: code.as_ref().map(IdentityCode::birth_date).or(birth),
            code,
            family: self.needed("family_name", LONGEST)?,
            given: self.text("given_names", LONGEST)?.unwrap_or_default(),
            details: self.details()?,
            order: self.order()?,
            unit: self.needed("unit", LONGEST)?,
            matter: self.matter()?,
        })
    }

    fn details(&self) -> Result<Vec<(&'static str, String)>, Refusal> {
        let mut details = Vec::new();
        if let Some(phone) = self.text("phone", 40)? {
            if phone.chars().filter(char::is_ascii_digit).count() < 5 {
                return Err(self.refuse("phone is no number"));
            }
            details.push(("phone", phone));
        }
        if let Some(code) = self.text("municipality", LONGEST)? {
            if kernel::place::municipality(&code).is_none() {
                return Err(self.refuse("municipality is no code of a municipality"));
            }
            details.push(("home_municipality", code));
        }
        if let Some(language) = self.text("language", LONGEST)? {
            let language = language.to_lowercase();
            if !matches!(language.as_str(), "fi" | "sv") {
                return Err(self.refuse("language is not fi or sv"));
            }
            details.push(("service_language", language));
        }
        Ok(details)
    }

    fn order(&self) -> Result<Option<ImportOrder>, Refusal> {
        let Some(text) = self.text("non_disclosure_until", LONGEST)? else {
            return Ok(None);
        };
        if text.eq_ignore_ascii_case("unknown") {
            return Ok(Some(ImportOrder::Unknown));
        }
        iso_date(&text)
            .or_else(|| web::read_day(&text).ok())
            .map(|day| Some(ImportOrder::Until(day)))
            .ok_or_else(|| self.refuse("non_disclosure_until is no day, nor unknown"))
    }

    fn matter(&self) -> Result<Option<ImportMatter>, Refusal> {
        let Some(matter_id) = self.text("matter_id", LONGEST)? else {
            return Ok(None);
        };
        let code = self.needed("matter_name", LONGEST)?;
        let text = self.text("matter_text", LONGEST)?;
        let code = NameCode::from_code(&code)
            .ok_or_else(|| self.refuse("matter_name is no code of a matter"))?;
        let name = MatterName::new(code, text.as_deref())
            .map_err(|_| self.refuse("matter_text is missing for the name 99"))?;
        let service_task = match self.text("service_task", LONGEST)? {
            None => ServiceTask::WorkingAge,
            Some(code) => ServiceTask::from_code(&code)
                .ok_or_else(|| self.refuse("service_task is no code of a service task"))?,
        };
        let pending_on = self
            .day("pending_on")?
            .ok_or_else(|| self.refuse("pending_on is missing"))?;
        Ok(Some(ImportMatter {
            matter_id,
            name,
            service_task,
            pending_on,
            reasons: self.needed("reasons", LONGEST_REASONS)?,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "client_id;identity_code;birth_date;family_name;given_names;phone;unit;matter_id;matter_name;matter_text;pending_on;reasons\n";

    fn one(row: &str) -> Result<ImportRow, String> {
        let (rows, refused) = read(format!("{HEAD}{row}\n").as_bytes()).unwrap();
        assert_eq!(rows.len() + refused.len(), 1);
        rows.into_iter().next().ok_or_else(|| {
            assert_eq!(refused[0].line, 2);
            refused[0].why.clone()
        })
    }

    #[test]
    fn a_person_with_and_without_a_matter() {
        let row = one("7;;4.5.1980;Virtanen;Leena;+358 40 000 0001;pohj;;;;;").unwrap();
        assert_eq!(row.birth, Some(Date::constant(1980, 5, 4)));
        assert_eq!(row.details, [("phone", "+358 40 000 0001".to_owned())]);
        assert_eq!(row.matter, None);
        let row = one("7;;1980-05-04;Virtanen;Leena;;pohj;m1;99;Postit;2026-02-01;Apua").unwrap();
        assert_eq!(row.matter.unwrap().name.text(), Some("Postit"));
    }

    #[test]
    fn every_refused_row_tells_its_line_and_reason() {
        for (row, why) in [
            (";;1980-05-04;V;L;;pohj;;;;;", "client_id is missing"),
            (
                "7;;;V;L;;pohj;;;;;",
                "identity_code or birth_date is missing",
            ),
            ("7;;31.2.1980;V;L;;pohj;;;;;", "birth_date is no day"),
            (
                "7;;1980-05-04;=1+1;L;;pohj;;;;;",
                "family_name begins like a formula",
            ),
            (
                "7;;1980-05-04;@SUM(A1);L;;pohj;;;;;",
                "family_name begins like a formula",
            ),
            (
                "7;;1980-05-04;V;-x;;pohj;;;;;",
                "given_names begins like a formula",
            ),
            ("7;;1980-05-04;V;L;abc;pohj;;;;;", "phone is no number"),
            (
                "7;;1980-05-04;V\u{7}x;L;;pohj;;;;;",
                "family_name holds a control character",
            ),
            (
                "7;;1980-05-04;V;L;;pohj;m;x;;2026-02-01;A",
                "matter_name is no code of a matter",
            ),
            (
                "7;;1980-05-04;V;L;;pohj;m;99;;2026-02-01;A",
                "matter_text is missing for the name 99",
            ),
            (
                "7;;1980-05-04;V;L;;pohj;m;housing;;;A",
                "pending_on is missing",
            ),
            (
                "7;;1980-05-04;V;L;;pohj",
                "the row has 7 fields and the heading 12",
            ),
        ] {
            assert_eq!(one(row), Err(why.to_owned()), "{row}");
        }
        let long = format!("7;;1980-05-04;{};L;;pohj;;;;;", "a".repeat(201));
        assert_eq!(
            one(&long),
            Err("family_name is longer than 200 characters".to_owned())
        );
    }

    #[test]
    fn marks_separators_and_encodings_of_spreadsheets() {
        let commas = "client_id,birth_date,family_name,unit\n1,1980-05-04,Ä,u\n";
        for text in [
            commas.to_owned(),
            format!("\u{feff}{commas}"),
            commas.replace(',', ";"),
        ] {
            let (rows, refused) = read(text.as_bytes()).unwrap();
            assert_eq!((rows.len(), refused.len()), (1, 0));
            assert_eq!(rows[0].family, "Ä");
        }
        assert_eq!(read(b"client_id,\xe4\n"), Err(FileError::Encoding(10)));
        assert_eq!(
            read(b"client_id,unit\n1,u\n"),
            Err(FileError::NoColumn("family_name"))
        );
        assert_eq!(
            read(b"client_id,unit,family_name,shoe\n"),
            Err(FileError::UnknownColumn("shoe".to_owned()))
        );
        assert_eq!(
            read(b"client_id,unit,unit,family_name\n"),
            Err(FileError::Twice("unit".to_owned()))
        );
    }
}
