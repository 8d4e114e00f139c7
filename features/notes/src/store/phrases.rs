//! The county's phrases: short texts that begin a note. They hold no client data; the county's main user keeps them.

use casework::store::{Acting, Casework};
use documents::DocError;
use store::{Query, Row, StoreError, WriteTx, params};

use super::{log, unreadable};
use crate::domain::{PhraseId, What};

/// A phrase in both languages of the county's notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    pub id: PhraseId,
    /// The kind in which it is offered; `None` for all.
    pub what: Option<What>,
    pub title_fi: String,
    pub title_sv: String,
    pub text_fi: String,
    pub text_sv: String,
    pub active: bool,
}

impl Phrase {
    /// Title and text in a language: Swedish where it is written, otherwise Finnish.
    pub fn in_language(&self, language: kernel::language::Language) -> (&str, &str) {
        if language == kernel::language::Language::Sv && !self.text_sv.is_empty() {
            (&self.title_sv, &self.text_sv)
        } else {
            (&self.title_fi, &self.text_fi)
        }
    }
}

fn from_row(row: &Row) -> Result<Phrase, StoreError> {
    let what: String = row.get(1)?;
    Ok(Phrase {
        id: PhraseId::from_bytes(row.get(0)?),
        what: match what.as_str() {
            "" => None,
            code => Some(What::from_code(code).ok_or_else(unreadable)?),
        },
        title_fi: row.get(2)?,
        title_sv: row.get(3)?,
        text_fi: row.get(4)?,
        text_sv: row.get(5)?,
        active: row.get(6)?,
    })
}

/// Every phrase, by title.
///
/// # Errors
/// When the engine fails.
pub fn all(query: &mut impl Query) -> Result<Vec<Phrase>, StoreError> {
    query
        .query(
            "select id, what, title_fi, title_sv, text_fi, text_sv, active from note_phrase order by title_fi, id",
            &[],
        )?
        .iter()
        .map(from_row)
        .collect()
}

/// The phrases that are offered.
///
/// # Errors
/// When the engine fails.
pub fn offered(query: &mut impl Query) -> Result<Vec<Phrase>, StoreError> {
    Ok(all(query)?
        .into_iter()
        .filter(|phrase| phrase.active)
        .collect())
}

/// Writes a phrase down, or changes one.
///
/// # Errors
/// When the engine fails.
pub fn put(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &Acting,
    phrase: &Phrase,
) -> Result<(), DocError> {
    let now = casework.now();
    tx.execute(
        "insert into note_phrase (id, what, title_fi, title_sv, text_fi, text_sv, active, changed_at, changed_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do update set what = excluded.what, title_fi = excluded.title_fi, title_sv = excluded.title_sv, text_fi = excluded.text_fi, text_sv = excluded.text_sv, active = excluded.active, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
        &params![
            phrase.id.bytes(),
            phrase.what.map_or("", What::code),
            &phrase.title_fi,
            &phrase.title_sv,
            &phrase.text_fi,
            &phrase.text_sv,
            phrase.active,
            now,
            by.staff.bytes()
        ],
    )?;
    log(tx, by, now, "phrase.save", &[], &phrase.id.to_string())?;
    Ok(())
}
