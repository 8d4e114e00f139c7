//! What the staff sees: the list, and one version with its parts, in a fixed number of statements.

use std::collections::BTreeMap;

use identity::people::{StaffId, UnitId};
use kernel::language::Language;
use kernel::time::Date;
use reporting::store::{Editor, PhenomenonId};
use statistics::domain::IndicatorId;
use store::{Query, Row, StoreError, params};

use super::{At, EVIDENCE, HandPart, NOT_EDITOR, PublicationId, QuoteId, hand_of, unreadable};
use crate::compose::language;
use crate::domain::{Kind, PublishError, Recheck, Section, Span, VersionState};

/// Most lines of the list.
const MOST: usize = 500;

/// A line of the list: the newest version of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub at: At,
    pub number: i64,
    pub kind: Kind,
    pub state: VersionState,
    pub title: String,
    pub span: Span,
    pub started_on: Date,
    pub released_on: Option<Date>,
    pub returned: bool,
}

/// Whether she may write into publications, or else only reads those that were checked.
///
/// # Errors
/// [`PublishError::NotFound`] when she may neither.
fn writes(editor: &Editor) -> Result<bool, PublishError> {
    if editor.right("publication", "edit_draft", EVIDENCE).is_ok() {
        return Ok(true);
    }
    editor.right("publication", "read", NOT_EDITOR)?;
    Ok(false)
}

/// Publications, the newest first; drafts only for those who write.
///
/// # Errors
/// [`PublishError::NotFound`] without the right.
pub fn list(query: &mut impl Query, editor: &Editor) -> Result<Vec<Line>, PublishError> {
    let writes = writes(editor)?;
    // Whoever does not write sees the newest version that is no draft.
    let seen = if writes { "" } else { "and state <> 'draft'" };
    let rows = query.query(
        &format!("select p.id, v.version, p.number, p.kind, v.state, v.title, v.from_quarter, v.to_quarter, v.started_on, v.released_on, v.returned from publication p join publication_version v on v.publication_id = p.id where v.version = (select max(version) from publication_version where publication_id = p.id {seen}) order by p.number desc limit {MOST}"),
        &[],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Line {
                at: (PublicationId::from_bytes(row.get(0)?), row.get(1)?),
                number: row.get(2)?,
                kind: Kind::from_code(row.text(3)?).ok_or_else(unreadable)?,
                state: VersionState::from_code(row.text(4)?).ok_or_else(unreadable)?,
                title: row.get(5)?,
                span: span(row, 6)?,
                started_on: row.get(8)?,
                released_on: row.get(9)?,
                returned: row.get::<Option<String>>(10)?.is_some(),
            })
        })
        .collect()
}

pub(super) fn span(row: &Row, from: usize) -> Result<Span, StoreError> {
    format!("{}..{}", row.text(from)?, row.text(from + 1)?)
        .parse()
        .map_err(|()| unreadable())
}

/// A text of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub words: String,
    pub revision: i64,
    pub edited_on: Date,
    pub edited_by: StaffId,
}

/// A quote that an editor has released for this version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub id: QuoteId,
    pub phenomenon: PhenomenonId,
    pub words: String,
}

/// A version with what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub at: At,
    pub number: i64,
    pub kind: Kind,
    pub language: Language,
    pub state: VersionState,
    pub title: String,
    pub span: Span,
    /// A municipality's code; empty for the whole county.
    pub municipality: String,
    pub unit: Option<UnitId>,
    /// Why there is a new version; empty for the first.
    pub reason: String,
    pub revision: i64,
    pub checked_on: Option<Date>,
    pub returned: Option<String>,
    pub reviewed_on: Option<Date>,
    pub reviewed_by: Option<StaffId>,
    pub released_on: Option<Date>,
    pub released_by: Option<StaffId>,
    pub ended_on: Option<Date>,
    pub ended_reason: Option<String>,
    pub recheck: Option<Recheck>,
    pub sections: BTreeMap<Section, Words>,
    pub phenomena: Vec<PhenomenonId>,
    pub statistics: Vec<IndicatorId>,
    /// Codes of own figures.
    pub own: Vec<String>,
    pub quotes: Vec<Quote>,
    /// What the reader herself does in this version.
    pub hand: Option<HandPart>,
}

impl Draft {
    /// The text of a section, empty before it is written.
    pub fn words(&self, section: Section) -> &str {
        self.sections
            .get(&section)
            .map_or("", |one| one.words.as_str())
    }
}

const HEAD: &str = "select p.number, p.kind, p.language, v.state, v.title, v.from_quarter, v.to_quarter, v.municipality, v.unit_id, v.reason, v.revision, v.checked_on, v.returned, v.reviewed_on, v.reviewed_by, v.released_on, v.released_by, v.ended_on, v.ended_reason, v.recheck from publication_version v join publication p on p.id = v.publication_id where v.publication_id = $1 and v.version = $2";

/// One version. Eight statements.
///
/// # Errors
/// [`PublishError::NotFound`] without the right, or when there is none.
pub fn version(query: &mut impl Query, editor: &Editor, at: At) -> Result<Draft, PublishError> {
    let writes = writes(editor)?;
    let of = params![at.0.bytes(), at.1];
    let row = query
        .query_optional(HEAD, &of)?
        .ok_or(PublishError::NotFound)?;
    let state = VersionState::from_code(row.text(3)?).ok_or_else(unreadable)?;
    if state == VersionState::Draft && !writes {
        return Err(PublishError::NotFound);
    }
    let staff = |column| -> Result<Option<StaffId>, StoreError> {
        Ok(row
            .get::<Option<[u8; 16]>>(column)?
            .map(StaffId::from_bytes))
    };
    let recheck: Option<String> = row.get(19)?;
    Ok(Draft {
        at,
        number: row.get(0)?,
        kind: Kind::from_code(row.text(1)?).ok_or_else(unreadable)?,
        language: language(row.text(2)?).ok_or_else(unreadable)?,
        state,
        title: row.get(4)?,
        span: span(&row, 5)?,
        municipality: row.get(7)?,
        unit: row.get::<Option<[u8; 16]>>(8)?.map(UnitId::from_bytes),
        reason: row.get(9)?,
        revision: row.get(10)?,
        checked_on: row.get(11)?,
        returned: row.get(12)?,
        reviewed_on: row.get(13)?,
        reviewed_by: staff(14)?,
        released_on: row.get(15)?,
        released_by: staff(16)?,
        ended_on: row.get(17)?,
        ended_reason: row.get(18)?,
        recheck: recheck.and_then(|code| Recheck::from_code(&code)),
        sections: sections(query, at)?,
        phenomena: phenomena(query, at)?,
        statistics: statistics(query, at)?,
        own: own(query, at)?,
        quotes: quotes(query, at)?,
        hand: hand_of(query, at, editor.staff.bytes())?,
    })
}

/// The newest version that she may see.
///
/// # Errors
/// [`PublishError::NotFound`] without the right, or when there is none.
pub fn newest(
    query: &mut impl Query,
    editor: &Editor,
    id: PublicationId,
) -> Result<Draft, PublishError> {
    let seen = if writes(editor)? {
        ""
    } else {
        "and state <> 'draft'"
    };
    let row = query.query_one(
        &format!("select max(version) from publication_version where publication_id = $1 {seen}"),
        &params![id.bytes()],
    )?;
    let version_number: Option<i64> = row.get(0)?;
    version(
        query,
        editor,
        (id, version_number.ok_or(PublishError::NotFound)?),
    )
}

/// The versions of a publication, the newest first.
///
/// # Errors
/// As the store fails.
pub fn versions(
    query: &mut impl Query,
    id: PublicationId,
) -> Result<Vec<(i64, VersionState, Option<Date>)>, PublishError> {
    let rows = query.query(
        "select version, state, released_on from publication_version where publication_id = $1 order by version desc",
        &params![id.bytes()],
    )?;
    rows.iter()
        .map(|row| {
            let state = VersionState::from_code(row.text(1)?).ok_or_else(unreadable)?;
            Ok((row.get(0)?, state, row.get(2)?))
        })
        .collect()
}

fn sections(query: &mut impl Query, at: At) -> Result<BTreeMap<Section, Words>, StoreError> {
    query
        .query(
            "select section, words, revision, edited_on, edited_by from publication_section where publication_id = $1 and version = $2",
            &params![at.0.bytes(), at.1],
        )?
        .iter()
        .map(|row| {
            let section = Section::from_code(row.text(0)?).ok_or_else(unreadable)?;
            let words = Words {
                words: row.get(1)?,
                revision: row.get(2)?,
                edited_on: row.get(3)?,
                edited_by: StaffId::from_bytes(row.get(4)?),
            };
            Ok((section, words))
        })
        .collect()
}

pub(super) fn phenomena(query: &mut impl Query, at: At) -> Result<Vec<PhenomenonId>, StoreError> {
    query
        .query(
            "select phenomenon_id from publication_phenomenon where publication_id = $1 and version = $2 order by place, phenomenon_id",
            &params![at.0.bytes(), at.1],
        )?
        .iter()
        .map(|row| Ok(PhenomenonId::from_bytes(row.get(0)?)))
        .collect()
}

fn statistics(query: &mut impl Query, at: At) -> Result<Vec<IndicatorId>, StoreError> {
    query
        .query(
            "select indicator_id from publication_statistic where publication_id = $1 and version = $2 order by place, indicator_id",
            &params![at.0.bytes(), at.1],
        )?
        .iter()
        .map(|row| Ok(IndicatorId::from_bytes(row.get(0)?)))
        .collect()
}

fn own(query: &mut impl Query, at: At) -> Result<Vec<String>, StoreError> {
    query
        .query(
            "select code from publication_own_figure where publication_id = $1 and version = $2 order by place, code",
            &params![at.0.bytes(), at.1],
        )?
        .iter()
        .map(|row| row.get(0))
        .collect()
}

fn quotes(query: &mut impl Query, at: At) -> Result<Vec<Quote>, StoreError> {
    query
        .query(
            "select id, phenomenon_id, words from publication_quote where publication_id = $1 and version = $2 order by id",
            &params![at.0.bytes(), at.1],
        )?
        .iter()
        .map(|row| {
            Ok(Quote {
                id: QuoteId::from_bytes(row.get(0)?),
                phenomenon: PhenomenonId::from_bytes(row.get(1)?),
                words: row.get(2)?,
            })
        })
        .collect()
}
