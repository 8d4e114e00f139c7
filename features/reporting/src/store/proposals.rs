//! Proposals: to somebody named, by a day; answered here or by a signed link; followed.

use kernel::chance::Chance;
use kernel::clock::Clock;
use kernel::time::Date;
use store::{Query, Row, StoreError, WriteTx, params};

pub use super::links::Link;
use super::links::{self, Ended};
use super::observe::date;
use super::{ActionId, Editor, PhenomenonId, ProposalId, changed, handed, random_id, unreadable};
use crate::domain::{
    ActionState, Effect, LONGEST_NAME, LONGEST_PROPOSAL, Level, NewProposal, NewResponse, Owed,
    PhenomenonState, ProposalState, ReportError, Wrong, check_text, owed,
};

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub id: ProposalId,
    pub phenomenon: PhenomenonId,
    pub words: String,
    pub level: Level,
    pub recipient: String,
    pub recipient_role: String,
    pub due_on: Date,
    pub state: ProposalState,
    pub sent_on: Option<Date>,
    pub revision: i64,
}

pub(super) const PROPOSAL: &str = "select id, phenomenon_id, words, level, recipient, recipient_role, due_on, state, sent_on, revision from proposal";

pub(super) fn from_row(row: &Row) -> Result<Proposal, StoreError> {
    Ok(Proposal {
        id: ProposalId::from_bytes(row.get(0)?),
        phenomenon: PhenomenonId::from_bytes(row.get(1)?),
        words: row.get(2)?,
        level: Level::from_code(&row.get::<String>(3)?).ok_or_else(unreadable)?,
        recipient: row.get(4)?,
        recipient_role: row.get(5)?,
        due_on: date(&row.get::<String>(6)?)?,
        state: ProposalState::from_code(&row.get::<String>(7)?).ok_or_else(unreadable)?,
        sent_on: row
            .get::<Option<String>>(8)?
            .map(|text| date(&text))
            .transpose()?,
        revision: row.get(9)?,
    })
}

/// Drafts a proposal.
///
/// # Errors
/// [`ReportError::Field`], [`ReportError::State`] when the phenomenon is closed.
pub fn draft(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (clock, chance): (&dyn Clock, &dyn Chance),
    phenomenon: PhenomenonId,
    new: NewProposal,
) -> Result<ProposalId, ReportError> {
    let row = editor.right("publication", "create", super::EVIDENCE)?;
    if super::phenomena::state(tx, phenomenon)? == PhenomenonState::Closed {
        return Err(ReportError::State);
    }
    let new = new.checked(editor.today())?;
    let id = ProposalId::new(clock, chance);
    tx.execute(
        "insert into proposal (id, phenomenon_id, words, level, recipient, recipient_role, due_on, state, made_by, revision) values ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, 1)",
        &params![
            id.bytes(),
            phenomenon.bytes(),
            new.words.as_str(),
            new.level.code(),
            new.recipient.as_str(),
            new.recipient_role.as_str(),
            new.due_on.to_string(),
            editor.staff.bytes()
        ],
    )?;
    editor.log(tx, row, "proposal.draft", id.to_string())?;
    Ok(id)
}

/// One proposal.
///
/// # Errors
/// [`ReportError::NotFound`] without the right, or when there is none.
pub fn one(
    query: &mut impl Query,
    editor: &Editor,
    id: ProposalId,
) -> Result<Proposal, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let row = query.query_optional(&format!("{PROPOSAL} where id = $1"), &params![id.bytes()])?;
    Ok(from_row(&row.ok_or(ReportError::NotFound)?)?)
}

/// Sends a proposal: from now on its recipient owes an answer. It needs a statement that stands on evidence, and its day
/// must still be to come. What it rests on is kept as it stands. `link` is the digest of the recipient's link.
///
/// # Errors
/// [`ReportError::Field`] with [`Wrong::Evidence`] when nothing is stated yet, or [`Wrong::Past`].
pub fn send(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (id, revision): (ProposalId, i64),
    link: [u8; 32],
) -> Result<(), ReportError> {
    let row = editor.right("publication", "finish", super::EVIDENCE)?;
    let proposal = one(tx, editor, id)?;
    if !proposal.state.leads_to(ProposalState::Sent) {
        return Err(ReportError::State);
    }
    if proposal.due_on <= editor.today() {
        return Err(ReportError::Field("due_on", Wrong::Past));
    }
    let stated = tx.query(
        "select 1 from phenomenon_statement where phenomenon_id = $1 limit 1",
        &params![proposal.phenomenon.bytes()],
    )?;
    if stated.is_empty() {
        return Err(ReportError::Field("evidence", Wrong::Evidence));
    }
    let touched = tx.execute(
        "update proposal set state = 'sent', sent_on = $3, link = $4, link_made_on = $3, revision = revision + 1 where id = $1 and revision = $2",
        &params![id.bytes(), revision, editor.today().to_string(), link.to_vec()],
    )?;
    changed(tx, "proposal", id.bytes(), touched)?;
    handed::keep(tx, id, proposal.phenomenon)?;
    editor.log(tx, row, "proposal.send", id.to_string())?;
    Ok(())
}

/// Who writes an answer down.
#[derive(Debug)]
pub enum Answerer<'a> {
    /// A member of staff, from what came by other ways.
    Staff(&'a Editor),
    /// The recipient herself, by the link with this digest.
    Link([u8; 32]),
}

/// Takes an answer. Everybody behind the phenomenon is told by it; the link opens nothing any more.
///
/// # Errors
/// [`ReportError::State`] when the proposal was never sent or has been evaluated or the link's last day has passed,
/// [`ReportError::NotFound`] for another's link, [`ReportError::Field`].
pub fn answer(
    tx: &mut WriteTx<'_>,
    (clock, chance): (&dyn Clock, &dyn Chance),
    by: &Answerer<'_>,
    id: ProposalId,
    response: NewResponse,
    today: Date,
) -> Result<(), ReportError> {
    let (proposal, by_link) = match by {
        Answerer::Staff(editor) => (one(tx, editor, id)?, false),
        Answerer::Link(link) => (links::by_link(tx, *link, today)?, true),
    };
    if proposal.id != id {
        return Err(ReportError::NotFound);
    }
    if !proposal.state.leads_to(ProposalState::Decided) {
        return Err(ReportError::State);
    }
    let response = response.checked()?;
    // First of all, since it locks the row: another process may be taking an answer by the same link.
    let touched = tx.execute(
        "update proposal set state = 'decided', revision = revision + 1 where id = $1 and revision = $2",
        &params![id.bytes(), proposal.revision],
    )?;
    changed(tx, "proposal", id.bytes(), touched)?;
    links::end(tx, &proposal, Ended::Answered, today)?;
    tx.execute(
        "update proposal set link = null, link_made_on = null where id = $1",
        &params![id.bytes()],
    )?;
    tx.execute(
        "insert into proposal_response (id, proposal_id, received_on, kind, reason, decided_by_role, minutes, by_link) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            kernel::id::new_id_bytes(clock, chance),
            id.bytes(),
            today.to_string(),
            response.kind.code(),
            response.reason.as_str(),
            response.decided_by_role.as_str(),
            response.minutes.as_str(),
            by_link
        ],
    )?;
    tx.execute(
        "update observation set state = 'answered', revision = revision + 1 where state = 'grouped' and id in (select observation_id from phenomenon_observation where phenomenon_id = $1)",
        &params![proposal.phenomenon.bytes()],
    )?;
    if let Answerer::Staff(editor) = by {
        let row = editor.right("publication", "edit_draft", super::EVIDENCE)?;
        editor.log(tx, row, "proposal.answer", id.to_string())?;
    }
    Ok(())
}

/// Notes that the recipient has it in hand. Nothing else changes: the answer is owed by the same day.
///
/// # Errors
/// [`ReportError::State`] when it was answered or noted already or the link's last day has passed, [`ReportError::NotFound`] for
/// another's link.
pub fn receive(
    tx: &mut WriteTx<'_>,
    by: &Answerer<'_>,
    id: ProposalId,
    today: Date,
) -> Result<(), ReportError> {
    let proposal = match by {
        Answerer::Staff(editor) => one(tx, editor, id)?,
        Answerer::Link(link) => links::by_link(tx, *link, today)?,
    };
    if proposal.id != id {
        return Err(ReportError::NotFound);
    }
    if !proposal.state.leads_to(ProposalState::Received) {
        return Err(ReportError::State);
    }
    let touched = tx.execute(
        "update proposal set state = 'received', revision = revision + 1 where id = $1 and revision = $2",
        &params![id.bytes(), proposal.revision],
    )?;
    changed(tx, "proposal", id.bytes(), touched)?;
    if let Answerer::Staff(editor) = by {
        let row = editor.right("publication", "edit_draft", super::EVIDENCE)?;
        editor.log(tx, row, "proposal.receive", id.to_string())?;
    }
    Ok(())
}

/// Ends a proposal: what was answered has been done or dropped, and what came of it is written down.
///
/// # Errors
/// [`ReportError::State`] before an answer or while an action goes on, [`ReportError::Changed`].
pub fn evaluate(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (id, revision): (ProposalId, i64),
) -> Result<(), ReportError> {
    let row = editor.right("publication", "edit_draft", super::EVIDENCE)?;
    let proposal = one(tx, editor, id)?;
    let going = tx.query_optional(
        "select 1 from response_action where proposal_id = $1 and state in ('planned', 'running') limit 1",
        &params![id.bytes()],
    )?;
    if !proposal.state.leads_to(ProposalState::Evaluated) || going.is_some() {
        return Err(ReportError::State);
    }
    let touched = tx.execute(
        "update proposal set state = 'evaluated', revision = revision + 1 where id = $1 and revision = $2",
        &params![id.bytes(), revision],
    )?;
    changed(tx, "proposal", id.bytes(), touched)?;
    editor.log(tx, row, "proposal.evaluate", id.to_string())?;
    Ok(())
}

/// A sent proposal and how its answer stands.
pub type OwedProposal = (Proposal, Owed);

/// Answers that are owed, the longest waiting first.
///
/// # Errors
/// [`ReportError::NotFound`] without the right.
pub fn owed_answers(
    query: &mut impl Query,
    editor: &Editor,
) -> Result<Vec<OwedProposal>, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let today = editor.today();
    let rows = query.query(
        &format!("{PROPOSAL} where state in ('sent', 'received') order by due_on, id"),
        &[],
    )?;
    rows.iter()
        .map(|row| {
            let proposal = from_row(row)?;
            let stands = owed(proposal.state, proposal.due_on, today);
            Ok((proposal, stands))
        })
        .collect()
}

/// An action that an answer led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAction {
    pub words: String,
    pub responsible_role: String,
    pub ends_on: Date,
    /// The indicator by which one sees whether it helped; may be empty.
    pub target: String,
}

/// Adds an action to an answered proposal.
///
/// # Errors
/// [`ReportError::State`] when nothing has been answered, [`ReportError::Field`].
pub fn act(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    chance: &dyn Chance,
    id: ProposalId,
    new: &NewAction,
) -> Result<ActionId, ReportError> {
    let row = editor.right("publication", "edit_draft", super::EVIDENCE)?;
    let proposal = one(tx, editor, id)?;
    if !proposal.state.leads_to(ProposalState::InAction) {
        return Err(ReportError::State);
    }
    for (field, text, most, needed) in [
        ("words", &new.words, LONGEST_PROPOSAL, true),
        (
            "responsible_role",
            &new.responsible_role,
            LONGEST_NAME,
            true,
        ),
        ("target", &new.target, LONGEST_NAME, false),
    ] {
        check_text(field, text.trim(), most, needed)?;
    }
    if new.ends_on <= editor.today() {
        return Err(ReportError::Field("ends_on", Wrong::Past));
    }
    let touched = tx.execute(
        "update proposal set state = 'in_action', revision = revision + 1 where id = $1 and revision = $2",
        &params![id.bytes(), proposal.revision],
    )?;
    changed(tx, "proposal", id.bytes(), touched)?;
    let action = ActionId::from_bytes(random_id(chance));
    tx.execute(
        "insert into response_action (id, proposal_id, words, responsible_role, ends_on, target, state, effect, effect_words, revision) values ($1, $2, $3, $4, $5, $6, 'planned', '', '', 1)",
        &params![
            action.bytes(),
            id.bytes(),
            new.words.trim(),
            new.responsible_role.trim(),
            new.ends_on.to_string(),
            new.target.trim()
        ],
    )?;
    editor.log(tx, row, "proposal.act", id.to_string())?;
    Ok(action)
}

/// Notes how an action went and what came of it.
///
/// # Errors
/// [`ReportError::Field`] when an ended action has no effect told, [`ReportError::Changed`].
pub fn follow(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (id, revision): (ActionId, i64),
    (state, effect): (ActionState, Option<Effect>),
    words: &str,
) -> Result<(), ReportError> {
    let row = editor.right("publication", "edit_draft", super::EVIDENCE)?;
    let words = words.trim();
    let ended = matches!(state, ActionState::Done | ActionState::Dropped);
    if ended && effect.is_none() {
        return Err(ReportError::Field("effect", Wrong::Missing));
    }
    check_text("words", words, LONGEST_PROPOSAL, ended)?;
    let touched = tx.execute(
        "update response_action set state = $3, effect = $4, effect_words = $5, revision = revision + 1 where id = $1 and revision = $2",
        &params![
            id.bytes(),
            revision,
            state.code(),
            effect.map_or("", Effect::code),
            words
        ],
    )?;
    changed(tx, "response_action", id.bytes(), touched)?;
    editor.log(tx, row, "proposal.follow", id.to_string())?;
    Ok(())
}
