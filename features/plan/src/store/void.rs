//! A plan made by mistake is voided by two: one asks, the lead reads that plan and voids it (rows OW-12, N-244, LE-06).

use casework::store::{Acting, Casework};
use clients::{Reader, timeline};
use documents::store as docs;
use documents::store::{VoidRequest, Voided};
use documents::waiting::TO_VOID;
use documents::{Body, Document, DocumentId, Kind, State};
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

/// What the second person sees.
#[derive(Debug, Clone)]
pub enum Second {
    /// The newest text, to be read before it is voided.
    Asked {
        request: VoidRequest,
        view: Box<View>,
        body: Body,
    },
    /// It was voided: that and no text.
    Voided {
        document: Box<Document>,
        voided: Voided,
        people: Vec<String>,
    },
}

/// Reads what is asked to be voided, that plan and no other.
///
/// # Errors
/// [`PlanError::NotFound`] when nobody has asked, or without the right over every client of it.
pub fn second(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
) -> Result<Second, PlanError> {
    let now = casework.now();
    let document = docs::load(tx, documents::Kind::Plan, plan)?;
    if document.kind != Kind::Plan {
        return Err(PlanError::NotFound);
    }
    let opened = opened(tx, casework, reader, document.clone())?;
    let by = answering(&opened, reader)?;
    let clients = opened.subjects(None);
    if document.state == State::Voided {
        let voided = docs::voided(tx, plan)?.ok_or(PlanError::NotFound)?;
        docs::log_read(tx, &by, &document, &clients, now)?;
        let people = names(tx, &opened, by, reader, now)?;
        return Ok(Second::Voided {
            document: Box::new(document),
            voided,
            people,
        });
    }
    let request = docs::void_request(tx, plan)?.ok_or(PlanError::NotFound)?;
    let seen = whole(&opened, by);
    let view = read::view_of(tx, reader, opened, seen, now)?;
    let body = match document.version_no {
        0 => body::shown(&finish::body(tx, &view.opened)?, &view.seen.numbers()),
        no => {
            history::one(tx, reader, &view, no)?
                .ok_or(PlanError::NotFound)?
                .body
        }
    };
    docs::log_read(tx, &by, &document, &clients, now)?;
    Ok(Second::Asked {
        request,
        view: Box::new(view),
        body,
    })
}

/// The plan even when it is voided.
fn opened(
    query: &mut impl Query,
    casework: &Casework,
    reader: &Reader,
    document: Document,
) -> Result<Opened, PlanError> {
    let facts =
        casework::store::facts::Facts::load(query, reader, document.matter, casework.now())?;
    let plan = plan_row(query, document.id)?;
    Ok(Opened {
        document,
        plan,
        facts,
    })
}

/// The right to answer a wish to void: over every client of the plan.
fn answering(opened: &Opened, reader: &Reader) -> Result<Acting, PlanError> {
    // The lead of the unit is the second person; a tutor approves what students write.
    if !opened.facts.leads {
        return Err(PlanError::NotFound);
    }
    let facts = opened.facts.clone().with_given(&TO_VOID);
    let mut acting = Err(PlanError::NotFound);
    for member in &opened.plan.members {
        acting = Ok(facts.authorise_over(reader, "plan", "approve", member.client)?);
    }
    acting
}

fn whole(opened: &Opened, acting: Acting) -> Seen {
    Seen {
        acting,
        members: opened.plan.members.clone(),
        hidden: false,
    }
}

fn names(
    query: &mut impl Query,
    opened: &Opened,
    by: Acting,
    reader: &Reader,
    now: kernel::time::Timestamp,
) -> Result<Vec<String>, PlanError> {
    let seen = whole(opened, by);
    let view = read::view_of(query, reader, opened.clone(), seen, now)?;
    Ok(view.people.into_iter().map(|one| one.name).collect())
}

/// The second person voids it: nobody reads it any more, the clients are free for another plan, and it stays as a trace.
///
/// # Errors
/// [`PlanError::NotFound`] without the right; [`PlanError::NotOpen`] when nobody has asked or it is voided; a document's
/// refusal when the same worker asked.
pub fn void(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
) -> Result<(), PlanError> {
    let now = casework.now();
    let document = docs::load(tx, documents::Kind::Plan, plan)?;
    if document.kind != Kind::Plan {
        return Err(PlanError::NotFound);
    }
    let opened = opened(tx, casework, reader, document)?;
    let by = answering(&opened, reader)?;
    docs::void(tx, casework, &by, plan)?;
    if opened.plan.ended_at.is_none() {
        tx.execute(
            "update plan set state = 'ended', ended_at = $2, ended_by = $3, end_reason = $4 where document_id = $1",
            &params![
                plan.bytes(),
                now,
                reader.staff.bytes(),
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
