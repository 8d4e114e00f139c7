//! What notes give to the desk and to the safety net of a unit.

use casework::alerts::Alert;
use casework::work::{Done, Work};
use clients::Reader;
use documents::State;
use identity::people::UnitId;
use kernel::time::{SignedDuration, Timestamp, day};
use store::{ShowTx, StoreError};
use web::Texts;

use crate::pages::labels;
use crate::store::lists::{self, Listed};
use crate::store::unfinished_days;

/// The moment before which a visit without a finished note is noticed.
fn limit(days: i64, now: Timestamp) -> Timestamp {
    now - SignedDuration::from_hours(24 * days)
}

/// Rows of the desk: agreed steps, notes that wait for an approval, those sent back, and visits without a finished note.
///
/// # Errors
/// When the engine fails.
pub fn works(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Work>, StoreError> {
    let days = unfinished_days(tx)?;
    let mut works: Vec<Work> = lists::own_steps(tx, reader, now)?
        .into_iter()
        .map(|own| Work {
            due: Some(own.step.due),
            clients: own.clients,
            who: own.names.join(", "),
            what: own.step.what,
            law: t.get("note-work-agreed"),
            href: format!("/notes/{}", own.step.document),
            button: t.get("note-work-open"),
            ..Work::default()
        })
        .collect();
    for row in lists::to_void(tx, reader, now)? {
        works.push(Work {
            clients: row.right.clients.clone(),
            who: row.clients.join(", "),
            what: t.with(
                "note-work-void",
                &[("what", labels::what(t, row.head.what).into())],
            ),
            law: "703/2023 22 §".to_owned(),
            href: format!("/notes/{}", row.document.id),
            button: t.get("note-work-open"),
            waiting: true,
            ..Work::default()
        });
    }
    for row in lists::waiting(tx, reader, limit(days, now), now)? {
        works.push(of_note(t, reader, &row, days));
    }
    Ok(works)
}

/// What the reader has done since a moment: notes finished, and steps pressed done.
///
/// # Errors
/// When the engine fails.
pub fn done(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    t: &Texts,
    since: Timestamp,
    now: Timestamp,
) -> Result<Vec<Done>, StoreError> {
    let mut done: Vec<Done> = lists::finished_since(tx, reader, since, now)?
        .into_iter()
        .map(|row| Done {
            at: row.document.finished_at.unwrap_or(row.head.at),
            what: t.with(
                "note-work-written",
                &[("what", labels::what(t, row.head.what).into())],
            ),
            href: format!("/notes/{}", row.document.id),
            who: row.clients.join(", "),
            clients: row.right.clients,
        })
        .collect();
    for own in lists::done_steps(tx, reader, since, now)? {
        done.push(Done {
            at: own.step.ended_at.unwrap_or(since),
            what: own.step.what,
            href: format!("/notes/{}", own.step.document),
            who: own.names.join(", "),
            clients: own.clients,
        });
    }
    Ok(done)
}

fn of_note(t: &Texts, reader: &Reader, row: &Listed, days: i64) -> Work {
    let what = labels::what(t, row.head.what);
    let on = day(row.head.at);
    let due = (on.to_zoned(kernel::time::finland()).ok())
        .map(|start| day(start.timestamp() + SignedDuration::from_hours(24 * days + 12)));
    let document = &row.document;
    let approval = document.state == State::Waiting && document.made_by != reader.staff;
    let (key, law, button) = if approval {
        (
            "note-work-approve",
            "457/2024 21 §".to_owned(),
            "note-work-approve-button",
        )
    } else if document.sent_back.is_some() {
        (
            "note-work-sent-back",
            "457/2024 21 §".to_owned(),
            "note-work-write",
        )
    } else {
        (
            "note-work-unfinished",
            "703/2023 17 §".to_owned(),
            "note-work-write",
        )
    };
    let page = if approval { "approve" } else { "edit" };
    Work {
        due: if approval { None } else { due },
        clients: row.right.clients.clone(),
        who: row.clients.join(", "),
        what: t.with(
            key,
            &[
                ("what", what.into()),
                ("day", t.day(on).into()),
                ("author", document.author.as_str().into()),
            ],
        ),
        law,
        href: format!("/notes/{}/{page}", document.id),
        button: t.get(button),
        waiting: approval || document.sent_back.is_some(),
    }
}

/// Rows of the safety net: visits of which there is no finished note. The lead sees that the note is missing and in which
/// matter; never its text, and no count of anybody.
///
/// # Errors
/// When the engine fails.
pub fn alerts(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    unit: UnitId,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Alert>, StoreError> {
    let days = unfinished_days(tx)?;
    Ok(lists::unfinished(tx, reader, unit, limit(days, now), now)?
        .into_iter()
        .map(|one| Alert {
            kind: "note_missing",
            clients: one.clients,
            who: one.names.join(", "),
            since: Some(day(one.head.at)),
            what: t.with(
                "note-alert-missing",
                &[("what", labels::what(t, one.head.what).into())],
            ),
            href: format!("/matters/{}", one.matter),
        })
        .collect())
}

/// The page and name of a text that was kept while it was written.
pub fn draft_name(t: &Texts, key: &str) -> Option<web::drafts::DraftName> {
    let rest = key.strip_prefix("note-")?;
    let (href, label) = if let Some(rest) = rest.strip_prefix("new-") {
        let (matter, form) = rest.split_at_checked(36)?;
        let form = form.strip_prefix('-')?;
        (
            format!("/matters/{matter}/notes/new?text={form}"),
            t.get("note-new-title"),
        )
    } else {
        let (note, act) = rest.split_at_checked(36)?;
        let key = match act {
            "-edit" => "note-edit-title",
            "-approve" => "note-approve-title",
            "-correct" => "note-correct-title",
            "-void" => "note-void-title",
            _ => return None,
        };
        (format!("/notes/{note}/{}", &act[1..]), t.get(key))
    };
    Some(web::drafts::DraftName { href, label })
}
