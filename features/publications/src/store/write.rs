//! Writing a version: begun, described, its texts, what is drawn in, quotes. Every change leaves the hand of whoever made it,
//! and takes a version that was checked back to a draft.

use access::rights::Row;
use identity::people::UnitId;
use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::language::Language;
use reporting::store::{Editor, ObservationId, PhenomenonId, gather, pages};
use statistics::domain::IndicatorId;
use store::{Query, WriteTx, params};
use text::personal_data::holds_identity_code;
use text::screening::Screener;

use super::{At, EVIDENCE, HandPart, PublicationId, QuoteId, detail, runs, take_part, unreadable};
use crate::domain::{
    Kind, LONGEST_REASON, LONGEST_SECTION, LONGEST_TITLE, MOST_QUOTES, MOST_STATISTICS,
    PublishError, Section, Span, VersionState,
};

/// What a version is called and about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub title: String,
    pub span: Span,
    /// A municipality's code; empty for the whole county.
    pub municipality: String,
    /// Whom a summary is given to.
    pub unit: Option<UnitId>,
}

fn check(field: &'static str, words: &str, most: usize, needed: bool) -> Result<(), PublishError> {
    let wrong = if needed && words.trim().is_empty() {
        Some("publication-field-missing")
    } else if words.chars().count() > most {
        Some("publication-field-long")
    } else if holds_identity_code(words) {
        Some("publication-field-person")
    } else {
        None
    };
    wrong.map_or(Ok(()), |key| Err(PublishError::Field(field, key)))
}

impl Head {
    fn checked(mut self, kind: Kind) -> Result<Self, PublishError> {
        self.title = self.title.trim().to_owned();
        check("title", &self.title, LONGEST_TITLE, true)?;
        let known = kernel::place::municipality(&self.municipality).is_some();
        if kind == Kind::Hyte && !known {
            return Err(PublishError::Field(
                "municipality",
                "publication-municipality-needed",
            ));
        }
        if !self.municipality.is_empty() && !known {
            return Err(PublishError::Field(
                "municipality",
                "publication-field-choice",
            ));
        }
        if kind == Kind::UnitSummary && self.unit.is_none() {
            return Err(PublishError::Field("unit", "publication-unit-needed"));
        }
        Ok(self)
    }
}

/// Begins a publication with its first version.
///
/// # Errors
/// [`PublishError::Field`], [`PublishError::NotFound`] without the right; [`PublishError::Changed`] when somebody else took
/// the number at the same moment.
pub fn begin(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (clock, chance): (&dyn Clock, &dyn Chance),
    (kind, language): (Kind, Language),
    head: Head,
) -> Result<PublicationId, PublishError> {
    let row = editor.right("publication", "create", EVIDENCE)?;
    let head = head.checked(kind)?;
    if language == Language::Easy {
        return Err(PublishError::Field("language", "publication-field-choice"));
    }
    let id = PublicationId::new(clock, chance);
    let number: i64 = tx
        .query_one("select coalesce(max(number), 0) + 1 from publication", &[])?
        .get(0)?;
    let added = tx.execute(
        "insert into publication (id, number, kind, language, made_on, made_by) values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        &params![
            id.bytes(),
            number,
            kind.code(),
            language.code(),
            editor.today(),
            editor.staff.bytes()
        ],
    )?;
    if added == 0 {
        return Err(PublishError::Changed);
    }
    start(tx, editor, (id, 1), &head, "")?;
    editor.log(tx, row, "publication.begin", detail((id, 1)))?;
    Ok(id)
}

/// Adds the row of a version with the hand of whoever begins it.
pub(super) fn start(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    at: At,
    head: &Head,
    reason: &str,
) -> Result<(), PublishError> {
    take_part(tx, at, editor, HandPart::Edits)?;
    tx.execute(
        "insert into publication_version (publication_id, version, state, title, from_quarter, to_quarter, municipality, unit_id, reason, revision, started_on, started_by, edits, publishes) values ($1, $2, 'draft', $3, $4, $5, $6, $7, $8, 1, $9, $10, 'edits', 'publishes')",
        &params![
            at.0.bytes(),
            at.1,
            head.title.as_str(),
            head.span.first().to_string(),
            head.span.last().to_string(),
            head.municipality.as_str(),
            head.unit.map(|unit| unit.bytes()),
            reason,
            editor.today(),
            editor.staff.bytes()
        ],
    )?;
    Ok(())
}

/// The state of a version, its revision and the kind.
pub(super) fn stands(
    query: &mut impl Query,
    at: At,
) -> Result<(VersionState, i64, Kind), PublishError> {
    let row = query
        .query_optional(
            "select v.state, v.revision, p.kind from publication_version v join publication p on p.id = v.publication_id where v.publication_id = $1 and v.version = $2",
            &params![at.0.bytes(), at.1],
        )?
        .ok_or(PublishError::NotFound)?;
    let state = VersionState::from_code(row.text(0)?).ok_or_else(unreadable)?;
    let kind = Kind::from_code(row.text(2)?).ok_or_else(unreadable)?;
    Ok((state, row.get(1)?, kind))
}

/// Every change of a version begins here: the right, the hand, the way back to a draft, one revision more. `revision` is what
/// the writer saw; `None` where the part has a revision of its own.
fn touch(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    at: At,
    revision: Option<i64>,
) -> Result<(&'static Row, Kind), PublishError> {
    let row = editor.right("publication", "edit_draft", EVIDENCE)?;
    let (state, now, kind) = stands(tx, at)?;
    if !state.is_open() {
        return Err(PublishError::State);
    }
    if revision.is_some_and(|seen| seen != now) {
        return Err(PublishError::Changed);
    }
    take_part(tx, at, editor, HandPart::Edits)?;
    let touched = tx.execute(
        "update publication_version set state = 'draft', revision = revision + 1, body = null, body_seal = null, checked_on = null, checked_after = null, reviewed_on = null, reviewed_by = null where publication_id = $1 and version = $2 and revision = $3 and state in ('draft', 'disclosure_checked', 'reviewed')",
        &params![at.0.bytes(), at.1, now],
    )?;
    if touched != 1 {
        return Err(PublishError::Changed);
    }
    runs::forget(tx, at)?;
    Ok((row, kind))
}

/// Changes what it is called and about.
///
/// # Errors
/// [`PublishError::Field`], [`PublishError::Changed`], [`PublishError::State`] when it has been released,
/// [`PublishError::FourEyes`].
pub fn describe(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (at, revision): (At, i64),
    head: Head,
) -> Result<(), PublishError> {
    let (row, kind) = touch(tx, editor, at, Some(revision))?;
    let head = head.checked(kind)?;
    tx.execute(
        "update publication_version set title = $3, from_quarter = $4, to_quarter = $5, municipality = $6, unit_id = $7 where publication_id = $1 and version = $2",
        &params![
            at.0.bytes(),
            at.1,
            head.title.as_str(),
            head.span.first().to_string(),
            head.span.last().to_string(),
            head.municipality.as_str(),
            head.unit.map(|unit| unit.bytes())
        ],
    )?;
    editor.log(tx, row, "publication.edit", detail(at))?;
    Ok(())
}

/// Writes the text of a section; `revision` is that of the section, 0 before it was written.
///
/// # Errors
/// [`PublishError::Changed`] when somebody else wrote it meanwhile, [`PublishError::Field`], [`PublishError::State`],
/// [`PublishError::FourEyes`].
pub fn set_section(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    at: At,
    (section, revision): (Section, i64),
    words: &str,
) -> Result<(), PublishError> {
    let words = words.trim();
    check("words", words, LONGEST_SECTION, false)?;
    let (row, kind) = touch(tx, editor, at, None)?;
    if !kind.outline().contains(&section) {
        return Err(PublishError::NotFound);
    }
    let (key, today) = (section.code(), editor.today());
    let values = params![
        at.0.bytes(),
        at.1,
        key,
        words,
        today,
        editor.staff.bytes(),
        revision
    ];
    let touched = if revision == 0 {
        tx.execute(
            "insert into publication_section (publication_id, version, section, words, revision, edited_on, edited_by, edits) values ($1, $2, $3, $4, cast($7 as bigint) + 1, $5, $6, 'edits') on conflict do nothing",
            &values,
        )?
    } else {
        tx.execute(
            "update publication_section set words = $4, revision = revision + 1, edited_on = $5, edited_by = $6 where publication_id = $1 and version = $2 and section = $3 and revision = $7",
            &values,
        )?
    };
    if touched != 1 {
        return Err(PublishError::Changed);
    }
    editor.log(tx, row, "publication.edit", detail(at))?;
    Ok(())
}

/// Chooses the phenomena and the open statistics that are drawn in.
///
/// # Errors
/// [`PublishError::Field`] for too many or one that is not there, [`PublishError::Changed`], [`PublishError::State`],
/// [`PublishError::FourEyes`].
pub fn set_material(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (at, revision): (At, i64),
    phenomena: &[PhenomenonId],
    indicators: &[IndicatorId],
) -> Result<(), PublishError> {
    let (row, kind) = touch(tx, editor, at, Some(revision))?;
    if phenomena.len() > kind.most_phenomena() {
        return Err(PublishError::Field(
            "phenomenon",
            "publication-phenomena-many",
        ));
    }
    if indicators.len() > MOST_STATISTICS {
        return Err(PublishError::Field(
            "statistic",
            "publication-statistics-many",
        ));
    }
    let there = gather::resolved(tx, phenomena)?;
    if there.len() != phenomena.len() {
        return Err(PublishError::Field(
            "phenomenon",
            "publication-field-choice",
        ));
    }
    for (table, column, ids) in [
        (
            "publication_phenomenon",
            "phenomenon_id",
            there.iter().map(PhenomenonId::bytes).collect::<Vec<_>>(),
        ),
        (
            "publication_statistic",
            "indicator_id",
            indicators.iter().map(IndicatorId::bytes).collect(),
        ),
    ] {
        tx.execute(
            &format!("delete from {table} where publication_id = $1 and version = $2"),
            &params![at.0.bytes(), at.1],
        )?;
        for (place, id) in (1_i64..).zip(ids) {
            tx.execute(
                &format!("insert into {table} (publication_id, version, {column}, place) values ($1, $2, $3, $4) on conflict do nothing"),
                &params![at.0.bytes(), at.1, id, place],
            )?;
        }
    }
    // A quote of a phenomenon that is not in it any more goes with it.
    tx.execute(
        "delete from publication_quote where publication_id = $1 and version = $2 and phenomenon_id not in (select phenomenon_id from publication_phenomenon where publication_id = $1 and version = $2)",
        &params![at.0.bytes(), at.1],
    )?;
    editor.log(tx, row, "publication.edit", detail(at))?;
    Ok(())
}

/// Chooses the own figures that are drawn in, by the codes of their definitions.
///
/// # Errors
/// [`PublishError::Field`] for too many or one that no definition has, [`PublishError::State`], [`PublishError::FourEyes`].
pub fn set_own(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    at: At,
    codes: &[String],
) -> Result<(), PublishError> {
    let (row, _) = touch(tx, editor, at, None)?;
    if codes.len() > MOST_STATISTICS {
        return Err(PublishError::Field("own", "publication-statistics-many"));
    }
    if codes
        .iter()
        .any(|code| figures::dictionary::find(code).is_none())
    {
        return Err(PublishError::Field("own", "publication-field-choice"));
    }
    tx.execute(
        "delete from publication_own_figure where publication_id = $1 and version = $2",
        &params![at.0.bytes(), at.1],
    )?;
    for (place, code) in (1_i64..).zip(codes) {
        tx.execute(
            "insert into publication_own_figure (publication_id, version, code, place) values ($1, $2, $3, $4) on conflict do nothing",
            &params![at.0.bytes(), at.1, code.as_str(), place],
        )?;
    }
    editor.log(tx, row, "publication.edit", detail(at))?;
    Ok(())
}

/// Words in which nothing was found that tells who somebody is. Made by looking, and by nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean(String);

impl Clean {
    /// Looks through words that are to be quoted. Not inside a transaction: it takes its time.
    ///
    /// # Errors
    /// [`PublishError::Field`] when anything is found, even perhaps, or there are no words.
    pub fn of(words: &str, screener: &Screener) -> Result<Self, PublishError> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        check("words", &words, LONGEST_REASON, true)?;
        if text::few::tells_few(&words) {
            return Err(PublishError::Field("words", "publication-quote-few"));
        }
        if screener.find(&words).is_empty() {
            Ok(Self(words))
        } else {
            Err(PublishError::Field("words", "publication-quote-person"))
        }
    }
}

/// Releases words of an observation for this version: a piece of what the observation says, with nothing put in. Which
/// observation it was is not kept.
///
/// # Errors
/// [`PublishError::Field`] when the words are not the observation's or are too many, [`PublishError::NotFound`] when the
/// observation is not part of the phenomenon or the phenomenon not part of the version.
pub fn add_quote(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (clock, chance): (&dyn Clock, &dyn Chance),
    at: At,
    (phenomenon, observation): (PhenomenonId, ObservationId),
    Clean(words): &Clean,
) -> Result<(), PublishError> {
    let (row, _) = touch(tx, editor, at, None)?;
    let counted = tx.query_one(
        "select count(*) from publication_quote where publication_id = $1 and version = $2",
        &params![at.0.bytes(), at.1],
    )?;
    if counted.get::<i64>(0)? >= MOST_QUOTES as i64 {
        return Err(PublishError::Field("words", "publication-quotes-many"));
    }
    let chosen = tx.query_optional(
        "select 1 from publication_phenomenon where publication_id = $1 and version = $2 and phenomenon_id = $3",
        &params![at.0.bytes(), at.1, phenomenon.bytes()],
    )?;
    let members = pages::members(tx, editor, phenomenon)?;
    let said = members
        .into_iter()
        .find(|(id, _, _)| *id == observation)
        .filter(|_| chosen.is_some())
        .ok_or(PublishError::NotFound)?
        .2;
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    if !said.contains(words.as_str()) {
        return Err(PublishError::Field("words", "publication-quote-other"));
    }
    tx.execute(
        "insert into publication_quote (id, publication_id, version, phenomenon_id, words, released_on, released_by, edits) values ($1, $2, $3, $4, $5, $6, $7, 'edits') on conflict do nothing",
        &params![
            QuoteId::new(clock, chance).bytes(),
            at.0.bytes(),
            at.1,
            phenomenon.bytes(),
            words.as_str(),
            editor.today(),
            editor.staff.bytes()
        ],
    )?;
    editor.log(tx, row, "publication.quote", detail(at))?;
    Ok(())
}

/// Takes a quote out.
///
/// # Errors
/// As every change.
pub fn remove_quote(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    at: At,
    quote: QuoteId,
) -> Result<(), PublishError> {
    let (row, _) = touch(tx, editor, at, None)?;
    tx.execute(
        "delete from publication_quote where publication_id = $1 and version = $2 and id = $3",
        &params![at.0.bytes(), at.1, quote.bytes()],
    )?;
    editor.log(tx, row, "publication.edit", detail(at))?;
    Ok(())
}
