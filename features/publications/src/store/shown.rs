//! What everybody may read: released versions, as they were sealed. No account, no draft, no name of anybody.

use kernel::time::Date;
use store::{Query, Row, StoreError, params};

use super::read::span;
use super::{At, PublicationId, runs, unreadable};
use crate::domain::content::{Content, holds};
use crate::domain::{Kind, PublishError, Span, VersionState};

/// Publications of a list at most.
const MOST: usize = 1000;

/// The newest public version of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub number: i64,
    pub version: i64,
    pub kind: Kind,
    pub state: VersionState,
    pub language: String,
    pub title: String,
    pub span: Span,
    pub released_on: Date,
}

const OUT: &str = "('released', 'corrected', 'withdrawn')";

/// Every publication that has been released, the newest first; withdrawn ones too, since their address stays.
///
/// # Errors
/// As the store fails.
pub fn list(query: &mut impl Query) -> Result<Vec<Line>, PublishError> {
    let rows = query.query(
        &format!("select p.number, v.version, p.kind, v.state, p.language, v.title, v.from_quarter, v.to_quarter, v.released_on from publication p join publication_version v on v.publication_id = p.id where v.version = (select max(version) from publication_version where publication_id = p.id and state in {OUT}) order by v.released_on desc, p.number desc limit {MOST}"),
        &[],
    )?;
    rows.iter().map(|row| Ok(line(row)?)).collect()
}

fn line(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        number: row.get(0)?,
        version: row.get(1)?,
        kind: Kind::from_code(row.text(2)?).ok_or_else(unreadable)?,
        state: VersionState::from_code(row.text(3)?).ok_or_else(unreadable)?,
        language: row.get(4)?,
        title: row.get(5)?,
        span: span(row, 6)?,
        released_on: row.get(8)?,
    })
}

/// One public version: how it stands, and what it says while it may be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub at: At,
    pub line: Line,
    pub ended_on: Option<Date>,
    pub ended_reason: String,
    /// Why there is this version.
    pub reason: String,
    /// `None` when it was withdrawn: nothing of it is read then.
    pub content: Option<Content>,
    /// Every public version: number, state, day.
    pub versions: Vec<(i64, VersionState, Date)>,
}

/// The version of a number, or the newest public one. Three statements; one less for a withdrawn one.
///
/// # Errors
/// [`PublishError::NotFound`] when there is none that was released, [`PublishError::Seal`] when it was changed outside the
/// program: then nothing of it is shown.
pub fn version(
    query: &mut impl Query,
    number: i64,
    wanted: Option<i64>,
    key: &[u8; 32],
) -> Result<Shown, PublishError> {
    let rows = query.query(
        &format!("select p.number, v.version, p.kind, v.state, p.language, v.title, v.from_quarter, v.to_quarter, v.released_on, v.publication_id, v.ended_on, v.ended_reason, v.reason from publication p join publication_version v on v.publication_id = p.id where p.number = $1 and v.state in {OUT} order by v.version desc"),
        &params![number],
    )?;
    let versions = rows
        .iter()
        .map(|row| {
            let one = line(row)?;
            Ok((one.version, one.state, one.released_on))
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let place = match wanted {
        None => 0,
        Some(wanted) => versions
            .iter()
            .position(|(version, _, _)| *version == wanted)
            .ok_or(PublishError::NotFound)?,
    };
    let row = rows.get(place).ok_or(PublishError::NotFound)?;
    let line = line(row)?;
    let at = (PublicationId::from_bytes(row.get(9)?), line.version);
    let content = if line.state.is_public() {
        Some(content(query, at, key)?)
    } else {
        None
    };
    Ok(Shown {
        at,
        ended_on: row.get(10)?,
        ended_reason: row.get::<Option<String>>(11)?.unwrap_or_default(),
        reason: row.get(12)?,
        line,
        content,
        versions,
    })
}

/// What a checked version says, opened from its seal.
///
/// # Errors
/// [`PublishError::NotFound`] when it has not been checked, [`PublishError::Seal`].
pub fn content(query: &mut impl Query, at: At, key: &[u8; 32]) -> Result<Content, PublishError> {
    let (body, seal) = super::steps::body(query, at)?;
    let runs = runs::sealed(query, at)?;
    Content::open(&body, &seal, key, (at.0.bytes(), at.1), &runs)
}

/// The printed version, when it may be read.
///
/// # Errors
/// [`PublishError::NotFound`], [`PublishError::Seal`].
pub fn printed(query: &mut impl Query, at: At, key: &[u8; 32]) -> Result<Vec<u8>, PublishError> {
    let row = query
        .query_optional(
            "select pdf, pdf_seal from publication_version where publication_id = $1 and version = $2 and state in ('released', 'corrected')",
            &params![at.0.bytes(), at.1],
        )?
        .ok_or(PublishError::NotFound)?;
    let (bytes, seal): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
    if holds(key, (at.0.bytes(), at.1), &bytes, &seal) {
        Ok(bytes)
    } else {
        Err(PublishError::Seal)
    }
}
