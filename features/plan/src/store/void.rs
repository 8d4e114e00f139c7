//! A plan made by mistake is voided by two: one asks, the lead reads that plan and voids it, or refuses (rows OW-12, N-244, LE-06).

use casework::store::facts::Facts;
use casework::store::{Acting, Casework};
use clients::{Reader, timeline};
use documents::store as docs;
use documents::voiding::{Answer, Second};
use documents::waiting::TO_VOID;
use documents::{Body, DocumentId, Kind};
use store::{Query, Show, WriteTx, params};

use crate::domain::{EndReason, PlanError, body};
use crate::store::read::{self, View};
use crate::store::{Member, Opened, Seen, finish, history, plan_row};

/// Asks that a plan be voided.
///
/// # Errors
/// [`PlanError::NotFound`] without the right over every client of it; [`PlanError::NotOpen`] when that was asked already.
pub fn ask(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    reason: &str,
) -> Result<(), PlanError> {
    let opened = Opened::load(tx, reader, plan, casework.now())?;
    let by = opened.voiding(reader)?;
    docs::ask_void(tx, casework, &by, plan, reason)?;
    Ok(())
}

/// Reads what is asked to be voided, that plan and no other, or how that was answered.
///
/// # Errors
/// [`PlanError::NotFound`] when nobody has asked, or without the right over every client of it.
pub fn second(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
) -> Result<Second<(View, Body)>, PlanError> {
    let now = casework.now();
    let (opened, by) = answering(tx, casework, reader, plan)?;
    let document = opened.document.clone();
    docs::log_read(tx, &by, &document, &opened.subjects(None), now)?;
    let wish = docs::void_wish(tx, &document, now)?.ok_or(PlanError::NotFound)?;
    let seen = Seen {
        acting: by,
        members: opened.plan.members.clone(),
        hidden: false,
    };
    let view = read::view_of(tx, reader, opened, seen, now)?;
    let people = view.people.iter().map(|one| one.name.clone()).collect();
    let text = if wish.is_open() {
        let body = match document.version_no {
            0 => body::shown(&finish::body(tx, &view.opened)?, &view.seen.numbers()),
            no => {
                history::one(tx, reader, &view, no)?
                    .ok_or(PlanError::NotFound)?
                    .body
            }
        };
        Some((view, body))
    } else {
        None
    };
    Ok(Second {
        document,
        people,
        wish,
        text,
    })
}

/// The plan, even when it is voided, and the right to answer a wish to void it: over every client of it.
fn answering(
    query: &mut impl Query,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
) -> Result<(Opened, Acting), PlanError> {
    let document = docs::load(query, Kind::Plan, plan)?;
    let facts = Facts::load(query, reader, document.matter, casework.now())?;
    // The lead of the unit is the second person; a tutor approves what students write.
    if !facts.leads {
        return Err(PlanError::NotFound);
    }
    let opened = Opened {
        plan: plan_row(query, plan)?,
        document,
        facts,
    };
    let by = opened.acting_over_all(reader, "approve", &TO_VOID)?;
    Ok((opened, by))
}

/// The second person answers.
///
/// # Errors
/// [`PlanError::NotFound`] without the right; [`PlanError::NotOpen`] when nobody has asked or it is voided; a document's
/// refusal when the same worker asked.
pub fn answer(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    answer: &Answer,
) -> Result<(), PlanError> {
    let (opened, by) = answering(tx, casework, reader, plan)?;
    match answer {
        Answer::Void => void(tx, casework, &opened, &by),
        Answer::Refuse(words) => Ok(docs::refuse_void(tx, casework, &by, plan, words)?),
    }
}

/// Nobody reads it any more, the clients are free for another plan, and it stays as a trace.
fn void(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    opened: &Opened,
    by: &Acting,
) -> Result<(), PlanError> {
    let (plan, now) = (opened.id(), casework.now());
    docs::void(tx, casework, by, plan)?;
    if opened.plan.ended_at.is_none() {
        tx.execute(
            "update plan set state = 'ended', ended_at = $2, ended_by = $3, end_reason = $4 where document_id = $1",
            &params![
                plan.bytes(),
                now,
                by.staff.bytes(),
                EndReason::Voided.code()
            ],
        )?;
    }
    tx.execute(
        "update plan_client set state = 'ended', ended_at = $2 where document_id = $1 and state <> 'ended'",
        &params![plan.bytes(), now],
    )?;
    for Member { no, client, .. } in &opened.plan.members {
        finish::adopt(tx, *client)?;
        let row = finish::member_row(tx, plan, *no)?;
        timeline::hide(tx, timeline::id_of("plan_client", row, "version"), now)?;
    }
    Ok(())
}
