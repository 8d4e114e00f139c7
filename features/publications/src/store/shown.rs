//! What everybody may read: released versions, as they were sealed. No account, no draft, no name of anybody.

use kernel::time::Date;
use store::{Query, Row, StoreError, params};

use super::read::span;
use super::sealed::{self, FROM, place};
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

/// Every publication that has been released, the newest first; withdrawn ones too, since their address stays. One whose seal
/// does not hold is left out: the program's own log tells which, and `noste verify` names it.
///
/// # Errors
/// As the store fails.
pub fn list(query: &mut impl Query, key: &[u8; 32]) -> Result<Vec<Line>, PublishError> {
    let columns = sealed::columns();
    let rows = query.query(
        &format!("select {columns} from {FROM} where v.version = (select max(version) from publication_version where publication_id = p.id and state in {OUT}) order by v.released_on desc, p.number desc limit {MOST}"),
        &[],
    )?;
    rows.iter()
        .filter(|row| holds_or_told(row, key))
        .map(|row| Ok(line(row)?))
        .collect()
}

/// Whether a row is as it was sealed; of another the program's log is told.
fn holds_or_told(row: &Row, key: &[u8; 32]) -> bool {
    let holds = sealed::holds(row, key);
    if !holds {
        let number = row.get::<i64>(place::NUMBER).unwrap_or_default();
        let version = row.get::<i64>(place::VERSION).unwrap_or_default();
        tracing::error!(
            number,
            version,
            "a publication is not shown: how it stands is not what was sealed"
        );
    }
    holds
}

fn line(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        number: row.get(place::NUMBER)?,
        version: row.get(place::VERSION)?,
        kind: Kind::from_code(row.text(place::KIND)?).ok_or_else(unreadable)?,
        state: VersionState::from_code(row.text(place::STATE)?).ok_or_else(unreadable)?,
        language: row.get(place::LANGUAGE)?,
        title: row.get(place::TITLE)?,
        span: span(row, place::SPAN)?,
        released_on: row.get(place::RELEASED_ON)?,
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
/// program: then nothing of it is shown, its title and its end neither. Among the other versions it is left out.
pub fn version(
    query: &mut impl Query,
    number: i64,
    wanted: Option<i64>,
    key: &[u8; 32],
) -> Result<Shown, PublishError> {
    let columns = sealed::columns();
    let rows = query.query(
        &format!("select {columns} from {FROM} where p.number = $1 and v.state in {OUT} order by v.version desc"),
        &params![number],
    )?;
    let is_wanted = |row: &&Row| {
        wanted.is_none_or(|wanted| row.get(place::VERSION).is_ok_and(|is: i64| is == wanted))
    };
    let row = rows.iter().find(is_wanted).ok_or(PublishError::NotFound)?;
    if !holds_or_told(row, key) {
        return Err(PublishError::Seal);
    }
    let versions = rows
        .iter()
        .filter(|row| sealed::holds(row, key))
        .map(|row| {
            let one = line(row)?;
            Ok((one.version, one.state, one.released_on))
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let line = line(row)?;
    let at = (PublicationId::from_bytes(row.get(place::ID)?), line.version);
    let content = if line.state.is_public() {
        Some(opened(query, at, key, Some(row.bytes(place::RUNS)?))?)
    } else {
        None
    };
    Ok(Shown {
        at,
        ended_on: row.get(place::ENDED_ON)?,
        ended_reason: row
            .get::<Option<String>>(place::ENDED_REASON)?
            .unwrap_or_default(),
        reason: row.get(place::REASON)?,
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
    opened(query, at, key, None)
}

/// The same; of a public version its runs must also be those of its release.
fn opened(
    query: &mut impl Query,
    at: At,
    key: &[u8; 32],
    released: Option<&[u8]>,
) -> Result<Content, PublishError> {
    let (body, seal) = super::steps::body(query, at)?;
    let runs = runs::sealed(query, at)?;
    if released.is_some_and(|told| told != runs::digest(&runs)) {
        return Err(PublishError::Seal);
    }
    Content::open(&body, &seal, key, (at.0.bytes(), at.1), &runs)
}

/// The printed version, when it may be read.
///
/// # Errors
/// [`PublishError::NotFound`], [`PublishError::Seal`].
pub fn printed(query: &mut impl Query, at: At, key: &[u8; 32]) -> Result<Vec<u8>, PublishError> {
    let row = query
        .query_optional(
            &format!("select {}, v.pdf, v.pdf_seal from {FROM} where v.publication_id = $1 and v.version = $2 and v.state in ('released', 'corrected')", sealed::columns()),
            &params![at.0.bytes(), at.1],
        )?
        .ok_or(PublishError::NotFound)?;
    let (bytes, seal) = (
        row.get::<Vec<u8>>(place::SEAL + 1)?,
        row.bytes(place::SEAL + 2)?,
    );
    if sealed::holds(&row, key) && holds(key, (at.0.bytes(), at.1), &bytes, seal) {
        Ok(bytes)
    } else {
        Err(PublishError::Seal)
    }
}
