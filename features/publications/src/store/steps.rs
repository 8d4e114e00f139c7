//! The steps of a version: checked, sent back, reviewed, released, recalled.

use kernel::time::Date;
use reporting::store::Editor;
use store::{Query, WriteTx, params};

use super::read::Draft;
use super::write::{Head, stands, start};
use super::{
    At, EVIDENCE, HandPart, NOT_EDITOR, PublicationId, detail, hand_of, runs, sealed, take_part,
};
use crate::domain::content::Sealed;
use crate::domain::{LONGEST_REASON, PublishError, Recheck, VersionState};

/// A reason that somebody is told.
fn reasoned(reason: &str) -> Result<&str, PublishError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(PublishError::Field("reason", "publication-field-missing"));
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(PublishError::Field("reason", "publication-field-long"));
    }
    if text::personal_data::holds_identity_code(reason) {
        return Err(PublishError::Field("reason", "publication-field-person"));
    }
    Ok(reason)
}

/// Checks that a step may be taken from where a version stands.
fn may_step(
    query: &mut impl Query,
    (at, revision): (At, i64),
    next: VersionState,
) -> Result<(), PublishError> {
    let (state, now, _) = stands(query, at)?;
    if !state.leads_to(next) {
        return Err(PublishError::State);
    }
    if now != revision {
        return Err(PublishError::Changed);
    }
    Ok(())
}

/// The right of somebody who has not edited the version, or the refusal that says why.
fn publisher(
    query: &mut impl Query,
    editor: &Editor,
    at: At,
    action: &str,
) -> Result<&'static access::rights::Row, PublishError> {
    let row = editor.right("publication", action, NOT_EDITOR)?;
    if hand_of(query, at, editor.staff.bytes())? == Some(HandPart::Edits) {
        return Err(PublishError::FourEyes);
    }
    Ok(row)
}

/// Keeps what was checked: the content as it will be shown and the runs it stands on. `after` is how many versions had been
/// released when the content was read.
///
/// # Errors
/// [`PublishError::State`], [`PublishError::Changed`], [`PublishError::FourEyes`].
pub fn check(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (at, revision): (At, i64),
    sealed: &Sealed,
    kept: &[runs::Kept],
    after: i64,
) -> Result<(), PublishError> {
    let row = editor.right("publication", "finish", EVIDENCE)?;
    may_step(tx, (at, revision), VersionState::DisclosureChecked)?;
    take_part(tx, at, editor, HandPart::Edits)?;
    runs::keep(tx, at, kept, &editor.today().to_string())?;
    let touched = tx.execute(
        "update publication_version set state = 'disclosure_checked', body = $4, body_seal = $5, checked_on = $6, checked_after = $7, returned = null, revision = revision + 1 where publication_id = $1 and version = $2 and revision = $3 and state = 'draft'",
        &params![
            at.0.bytes(),
            at.1,
            revision,
            sealed.body.as_str(),
            sealed.seal,
            editor.today(),
            after
        ],
    )?;
    one(touched)?;
    editor.log(tx, row, "publication.check", detail(at))?;
    Ok(())
}

fn one(touched: u64) -> Result<(), PublishError> {
    if touched == 1 {
        Ok(())
    } else {
        Err(PublishError::Changed)
    }
}

/// Sends a version back to be worked on, with a reason.
///
/// # Errors
/// [`PublishError::Field`] without a reason, [`PublishError::State`], [`PublishError::Changed`], [`PublishError::FourEyes`].
pub fn send_back(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (at, revision): (At, i64),
    reason: &str,
) -> Result<(), PublishError> {
    let row = publisher(tx, editor, at, "approve")?;
    let reason = reasoned(reason)?;
    may_step(tx, (at, revision), VersionState::Draft)?;
    let touched = tx.execute(
        "update publication_version set state = 'draft', body = null, body_seal = null, checked_on = null, checked_after = null, reviewed_on = null, reviewed_by = null, returned = $4, revision = revision + 1 where publication_id = $1 and version = $2 and revision = $3 and state in ('disclosure_checked', 'reviewed')",
        &params![at.0.bytes(), at.1, revision, reason],
    )?;
    one(touched)?;
    runs::forget(tx, at)?;
    editor.log(tx, row, "publication.send_back", detail(at))?;
    Ok(())
}

/// Reviews a version: somebody who has not edited it has read it whole.
///
/// # Errors
/// [`PublishError::State`], [`PublishError::Changed`], [`PublishError::FourEyes`].
pub fn review(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (at, revision): (At, i64),
) -> Result<(), PublishError> {
    let row = publisher(tx, editor, at, "approve")?;
    may_step(tx, (at, revision), VersionState::Reviewed)?;
    take_part(tx, at, editor, HandPart::Publishes)?;
    let touched = tx.execute(
        "update publication_version set state = 'reviewed', reviewed_on = $4, reviewed_by = $5, revision = revision + 1 where publication_id = $1 and version = $2 and revision = $3 and state = 'disclosure_checked'",
        &params![at.0.bytes(), at.1, revision, editor.today(), editor.staff.bytes()],
    )?;
    one(touched)?;
    editor.log(tx, row, "publication.review", detail(at))?;
    Ok(())
}

/// The printed version and its seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub bytes: Vec<u8>,
    pub seal: [u8; 32],
}

/// Releases a version; the one in force before becomes a corrected one, and stays. Both are sealed as they stand then.
///
/// # Errors
/// [`PublishError::FourEyes`] for whoever has edited it, [`PublishError::State`] before its review, [`PublishError::Changed`],
/// and [`PublishError::Field`] when another release has told more since it was checked.
pub fn release(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (at, revision): (At, i64),
    printed: Printed,
    key: &[u8; 32],
) -> Result<(), PublishError> {
    let row = publisher(tx, editor, at, "release")?;
    may_step(tx, (at, revision), VersionState::Released)?;
    take_part(tx, at, editor, HandPart::Publishes)?;
    // Releases go one after another, in whatever program: each takes into account what those before it have told.
    tx.execute(
        "update publication set number = number where number = (select min(number) from publication)",
        &[],
    )?;
    let checked = tx.query_one(
        "select checked_after, reason from publication_version where publication_id = $1 and version = $2",
        &params![at.0.bytes(), at.1],
    )?;
    if checked.get::<Option<i64>>(0)? != Some(runs::releases(tx)?) {
        return Err(PublishError::Field("", "publication-stale"));
    }
    let (_, _, kind) = stands(tx, at)?;
    let phenomena = super::read::phenomena(tx, at)?;
    let there = reporting::store::gather::resolved(tx, &phenomena)?;
    if !crate::compose::share::lacking(tx, kind, &there)?.is_empty() {
        return Err(PublishError::Field("", "publication-unheard"));
    }
    let (today, me) = (editor.today(), editor.staff.bytes());
    if let Some(before) = in_force(tx, at.0)? {
        let corrected = params![before.0.bytes(), before.1, today, me, checked.text(1)?];
        sealed::through(tx, before, key, |tx| {
            tx.execute(
                "update publication_version set state = 'corrected', ended_on = $3, ended_by = $4, ended_reason = $5, revision = revision + 1 where publication_id = $1 and version = $2 and state = 'released'",
                &corrected,
            )?;
            Ok(())
        })?;
    }
    let touched = tx.execute(
        "update publication_version set state = 'released', released_on = $4, released_by = $5, pdf = $6, pdf_seal = $7, revision = revision + 1 where publication_id = $1 and version = $2 and revision = $3 and state = 'reviewed'",
        &params![at.0.bytes(), at.1, revision, today, me, printed.bytes, printed.seal],
    )?;
    one(touched)?;
    sealed::first(tx, at, key)?;
    editor.log(tx, row, "publication.release", detail(at))?;
    Ok(())
}

/// The version that is in force.
fn in_force(query: &mut impl Query, id: PublicationId) -> Result<Option<At>, PublishError> {
    let row = query.query_optional(
        "select version from publication_version where publication_id = $1 and state = 'released'",
        &params![id.bytes()],
    )?;
    Ok(row
        .map(|row| row.get::<i64>(0))
        .transpose()?
        .map(|version| (id, version)))
}

/// Withdraws a version: its address stays and says so, its figures are gone.
///
/// # Errors
/// [`PublishError::Field`] without a reason, [`PublishError::State`], [`PublishError::Changed`], [`PublishError::FourEyes`].
pub fn withdraw(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (at, revision): (At, i64),
    reason: &str,
    recheck: Recheck,
    key: &[u8; 32],
) -> Result<(), PublishError> {
    // Whoever sees that too much was told may stop it, also when she has written it herself.
    let row = editor.right("publication", "release", NOT_EDITOR)?;
    let reason = reasoned(reason)?;
    may_step(tx, (at, revision), VersionState::Withdrawn)?;
    // What was changed outside the program is all the more to be withdrawn; it gets no seal that holds from that.
    sealed::through(tx, at, key, |tx| {
        let touched = tx.execute(
        "update publication_version set state = 'withdrawn', ended_on = $4, ended_by = $5, ended_reason = $6, recheck = $7, revision = revision + 1 where publication_id = $1 and version = $2 and revision = $3 and state in ('released', 'corrected')",
        &params![
            at.0.bytes(),
            at.1,
            revision,
            editor.today(),
            editor.staff.bytes(),
            reason,
            recheck.code()
        ],
    )?;
        one(touched)
    })?;
    editor.log(tx, row, "publication.withdraw", detail(at))?;
    Ok(())
}

/// Begins a new version from the newest: the old one stays as it is until the new one is released. Whoever edited the old
/// one has edited the new one too, since her words are in it.
///
/// # Errors
/// [`PublishError::Field`] without a reason, [`PublishError::State`] when a version is being worked on,
/// [`PublishError::Changed`].
pub fn correct(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (old, revision): (&Draft, i64),
    reason: &str,
    recheck: Recheck,
    key: &[u8; 32],
) -> Result<At, PublishError> {
    let row = editor.right("publication", "create", EVIDENCE)?;
    let reason = reasoned(reason)?;
    let (state, now, _) = stands(tx, old.at)?;
    if state.is_open() {
        return Err(PublishError::State);
    }
    if now != revision {
        return Err(PublishError::Changed);
    }
    let (id, before) = old.at;
    let at = (id, before + 1);
    let newest: i64 = tx
        .query_one(
            "select max(version) from publication_version where publication_id = $1",
            &params![id.bytes()],
        )?
        .get(0)?;
    if newest != before {
        return Err(PublishError::Changed);
    }
    let of = params![id.bytes(), before, at.1];
    tx.execute(
        "insert into publication_hand (publication_id, version, staff_id, part) select publication_id, $3, staff_id, part from publication_hand where publication_id = $1 and version = $2 and part = 'edits'",
        &of,
    )?;
    let head = Head {
        title: old.title.clone(),
        span: old.span,
        municipality: old.municipality.clone(),
        unit: old.unit,
    };
    start(tx, editor, at, &head, reason)?;
    copy(tx, at, before)?;
    sealed::through(tx, old.at, key, |tx| {
        tx.execute(
            "update publication_version set recheck = $3, revision = revision + 1 where publication_id = $1 and version = $2",
            &params![id.bytes(), before, recheck.code()],
        )?;
        Ok(())
    })?;
    editor.log(tx, row, "publication.correct", detail(at))?;
    Ok(at)
}

/// Copies texts, choices and quotes of the version before.
fn copy(tx: &mut WriteTx<'_>, at: At, before: i64) -> Result<(), PublishError> {
    let of = params![at.0.bytes(), before, at.1];
    tx.execute(
        "insert into publication_section (publication_id, version, section, words, revision, edited_on, edited_by, edits) select publication_id, $3, section, words, 1, edited_on, edited_by, edits from publication_section where publication_id = $1 and version = $2",
        &of,
    )?;
    for (table, column) in [
        ("publication_phenomenon", "phenomenon_id"),
        ("publication_statistic", "indicator_id"),
        ("publication_own_figure", "code"),
    ] {
        tx.execute(
            &format!("insert into {table} (publication_id, version, {column}, place) select publication_id, $3, {column}, place from {table} where publication_id = $1 and version = $2"),
            &of,
        )?;
    }
    // A quote has an id of its own in each version.
    let quotes = tx.query(
        "select phenomenon_id, words, released_on, released_by, id from publication_quote where publication_id = $1 and version = $2",
        &params![at.0.bytes(), before],
    )?;
    for row in &quotes {
        let id: [u8; 16] = row.get(4)?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&id).update(&at.1.to_le_bytes());
        let mut copied = [0; 16];
        hasher.finalize_xof().fill(&mut copied);
        tx.execute(
            "insert into publication_quote (id, publication_id, version, phenomenon_id, words, released_on, released_by, edits) values ($1, $2, $3, $4, $5, $6, $7, 'edits')",
            &params![
                copied,
                at.0.bytes(),
                at.1,
                row.get::<[u8; 16]>(0)?,
                row.text(1)?,
                row.get::<Date>(2)?,
                row.get::<[u8; 16]>(3)?
            ],
        )?;
    }
    Ok(())
}

/// What a version stands on, for whoever opens or prints it: the sealed body and its seal.
///
/// # Errors
/// [`PublishError::NotFound`] when it has not been checked.
pub fn body(query: &mut impl Query, at: At) -> Result<(String, Vec<u8>), PublishError> {
    let row = query.query_optional(
        "select body, body_seal from publication_version where publication_id = $1 and version = $2 and body is not null",
        &params![at.0.bytes(), at.1],
    )?;
    let row = row.ok_or(PublishError::NotFound)?;
    Ok((row.get(0)?, row.get(1)?))
}

/// The publication of a public number.
///
/// # Errors
/// As the store fails.
pub fn of_number(
    query: &mut impl Query,
    number: i64,
) -> Result<Option<PublicationId>, PublishError> {
    let row = query.query_optional(
        "select id from publication where number = $1",
        &params![number],
    )?;
    Ok(row
        .map(|row| row.get(0).map(PublicationId::from_bytes))
        .transpose()?)
}
