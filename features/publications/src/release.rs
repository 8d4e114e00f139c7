//! The steps of a version from its draft to what everybody reads: check, review, release. Four eyes: who edits does not publish.

use reporting::acting::{act_as, read_as};
use reporting::store::Editor;
use web::House;

use crate::Printer;
use crate::domain::content::seal;
use crate::domain::{PublishError, VersionState};
use crate::key;
use crate::paper_of::{Edition, paper};
use crate::ready::{Which, hindrances, ready};
use crate::store::steps::Printed;
use crate::store::{PublicationId, read as rows, runs, shown, steps};

/// Puts the version together, runs disclosure control, looks for personal data, and freezes what was found good.
///
/// # Errors
/// [`PublishError::Hindered`] with everything in the way, and as [`steps::check`].
pub async fn check(
    house: &House,
    editor: &Editor,
    (wanted, revision): (PublicationId, i64),
) -> Result<(), PublishError> {
    let ready = ready(house, editor, Which::Newest(wanted)).await?;
    let found = hindrances(house, &ready).await?;
    if !found.is_empty() {
        return Err(PublishError::Hindered(found));
    }
    let (key, at, after) = (key(house), ready.draft.at, ready.after);
    let sealed = ready.composed.content.sealed(&key, (at.0.bytes(), at.1));
    let kept: Vec<runs::Kept> = ready
        .composed
        .runs
        .iter()
        .map(|run| runs::Kept::of(run, &key))
        .collect();
    act_as(house, editor.clone(), move |tx, editor, _| {
        steps::check(tx, editor, (at, revision), &sealed, &kept, after)
    })
    .await
}

/// Somebody else has read it whole.
///
/// # Errors
/// As [`steps::review`], and [`PublishError::Seal`] when what was checked was changed outside the program.
pub async fn review(
    house: &House,
    editor: &Editor,
    (wanted, revision): (PublicationId, i64),
) -> Result<(), PublishError> {
    let key = key(house);
    act_as(house, editor.clone(), move |tx, editor, _| {
        let draft = rows::newest(tx, editor, wanted)?;
        // What was checked must still be what it was.
        if draft.checked_on.is_some() {
            shown::content(tx, draft.at, &key)?;
        }
        steps::review(tx, editor, (draft.at, revision))
    })
    .await
}

/// Prints the sealed content, and makes it public with its PDF.
///
/// # Errors
/// As [`steps::release`], and what the printer says.
pub async fn release(
    house: &House,
    editor: &Editor,
    (wanted, revision): (PublicationId, i64),
    printer: Printer,
) -> Result<(), PublishError> {
    let key_ = key(house);
    let (draft, content) = read_as(house, editor.clone(), move |tx, editor| {
        let draft = rows::newest(tx, editor, wanted)?;
        // Refused before anything is printed: the page says which of the two it was.
        if !draft.state.leads_to(VersionState::Released) {
            return Err(PublishError::State);
        }
        let content = shown::content(tx, draft.at, &key_)?;
        Ok((draft, content))
    })
    .await?;
    let edition = Edition {
        number: draft.number,
        version: draft.at.1,
        released_on: house.today(),
    };
    let t = house.texts(content.language);
    let made = paper(&t, &content, &house.county, Some(&edition));
    let printed = tokio::task::spawn_blocking(move || printer(&made))
        .await
        .map_err(|error| store::StoreError::Config(error.to_string()))?;
    let bytes = printed.map_err(|error| {
        store::StoreError::Config(format!("the publication could not be printed: {error}"))
    })?;
    let at = draft.at;
    let printed = Printed {
        seal: seal(&key_, (at.0.bytes(), at.1), &bytes),
        bytes,
    };
    act_as(house, editor.clone(), move |tx, editor, _| {
        // Once more, in the transaction that makes it public.
        shown::content(tx, at, &key_)?;
        steps::release(tx, editor, (at, revision), printed, &key_)
    })
    .await
}
