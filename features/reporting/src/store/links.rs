//! The link by which a recipient without an account answers: made, made anew, withdrawn, ended.
//!
//! A link is a secret of 256 bits, and the store knows keyed digests alone, of those that work and of those that did. Nobody finds one
//! by trying, and how long a look-up takes tells nothing of any other.

use kernel::chance::Chance;
use kernel::time::Date;
use store::{Query, StoreError, WriteTx, params};

use super::observe::date;
use super::proposals::{self, PROPOSAL, Proposal, from_row};
use super::{Editor, ProposalId, changed, handed, unreadable};
use crate::domain::{Handed, ReportError, link_ends};

/// What a recipient without an account opens her page with. Shown once, kept as a digest.
#[derive(Clone, PartialEq, Eq)]
pub struct Link([u8; 32]);

impl Link {
    /// A new one.
    pub fn new(chance: &dyn Chance) -> Self {
        let mut bytes = [0; 32];
        chance.fill(&mut bytes);
        Self(bytes)
    }

    /// Reads one out of an address.
    pub fn parse(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text)
            .ok()
            .map(|hash| Self(*hash.as_bytes()))
    }

    /// As it stands in an address.
    pub fn shown(&self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().to_string()
    }

    /// What the store keeps.
    pub fn digest(&self, key: &[u8; 32]) -> [u8; 32] {
        *blake3::keyed_hash(key, &self.0).as_bytes()
    }
}

/// How a link came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The proposal was answered, by the link or by another way.
    Answered,
    Withdrawn,
    /// A newer one took its place.
    Replaced,
    /// Its last day has passed.
    Expired,
}

impl Ended {
    const KEPT: [(Self, &'static str); 3] = [
        (Self::Answered, "answered"),
        (Self::Withdrawn, "withdrawn"),
        (Self::Replaced, "replaced"),
    ];

    fn code(self) -> &'static str {
        let kept = Self::KEPT.iter().find(|(one, _)| *one == self);
        kept.map_or("", |(_, code)| code)
    }

    fn from_code(code: &str) -> Option<Self> {
        let kept = Self::KEPT.iter().find(|(_, own)| *own == code);
        kept.map(|(one, _)| *one)
    }
}

/// What a recipient decides on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    pub proposal: Proposal,
    /// What the proposal rests on.
    pub handed: Handed,
    /// The last day of the link.
    pub until: Date,
}

/// Where a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// To a proposal that waits for its answer.
    Open(Box<Invited>),
    /// To nothing any more: how it ended and when. An expired one ended on the last day that it worked.
    Ended(Ended, Date),
}

/// What a link opens on a day.
///
/// # Errors
/// [`ReportError::NotFound`] for a link that never was.
pub fn open(query: &mut impl Query, link: [u8; 32], today: Date) -> Result<Opened, ReportError> {
    if let Some(proposal) = find(query, link)? {
        let until = ends_on(query, &proposal)?;
        if today > until {
            return Ok(Opened::Ended(Ended::Expired, until));
        }
        let handed = handed::of(query, proposal.id)?;
        return Ok(Opened::Open(Box::new(Invited {
            proposal,
            handed,
            until,
        })));
    }
    let row = query
        .query_optional(
            "select e.how, e.ended_on, (select max(r.received_on) from proposal_response r where r.proposal_id = e.proposal_id) from proposal_link_ended e where e.link = $1",
            &params![link.to_vec()],
        )?
        .ok_or(ReportError::NotFound)?;
    let how = Ended::from_code(&row.get::<String>(0)?).ok_or_else(unreadable)?;
    let ended_on = date(&row.get::<String>(1)?)?;
    // Whoever comes by an older link is not sent to ask for a new one when there is an answer already.
    match row.get::<Option<String>>(2)? {
        Some(answered) if how != Ended::Answered => {
            Ok(Opened::Ended(Ended::Answered, date(&answered)?))
        }
        _ => Ok(Opened::Ended(how, ended_on)),
    }
}

fn find(query: &mut impl Query, link: [u8; 32]) -> Result<Option<Proposal>, StoreError> {
    let row = query.query_optional(
        &format!("{PROPOSAL} where link = $1"),
        &params![link.to_vec()],
    )?;
    row.as_ref().map(from_row).transpose()
}

/// The proposal that a link opens, while an answer may still be given by it.
///
/// # Errors
/// [`ReportError::NotFound`] for a link that opens nothing, [`ReportError::State`] after its last day.
pub(super) fn by_link(
    query: &mut impl Query,
    link: [u8; 32],
    today: Date,
) -> Result<Proposal, ReportError> {
    let proposal = find(query, link)?.ok_or(ReportError::NotFound)?;
    if today > ends_on(query, &proposal)? {
        return Err(ReportError::State);
    }
    Ok(proposal)
}

/// The digest of a proposal's link, with the day on which it was made; none when it has no link.
fn kept(query: &mut impl Query, of: &Proposal) -> Result<Option<([u8; 32], Date)>, StoreError> {
    let row = query.query_one(
        "select link, link_made_on from proposal where id = $1",
        &params![of.id.bytes()],
    )?;
    let Some(link) = row.get::<Option<[u8; 32]>>(0)? else {
        return Ok(None);
    };
    // A link that an earlier version made has no day of its own: it was made when the proposal was sent.
    let made_on = match row.get::<Option<String>>(1)? {
        Some(day) => date(&day)?,
        None => of.sent_on.unwrap_or(of.due_on),
    };
    Ok(Some((link, made_on)))
}

fn ends_on(query: &mut impl Query, of: &Proposal) -> Result<Date, StoreError> {
    let made_on = kept(query, of)?.map_or(of.due_on, |(_, made_on)| made_on);
    Ok(link_ends(of.due_on, made_on))
}

/// How the link of a proposal that waits for its answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkStands {
    /// It works from a day to another; the last may have passed.
    Made { on: Date, until: Date },
    /// It was withdrawn on a day.
    Withdrawn(Date),
    /// There is none.
    Never,
}

/// How a proposal's link stands.
///
/// # Errors
/// [`ReportError::NotFound`] without the right, or when there is no such proposal.
pub fn stands(
    query: &mut impl Query,
    editor: &Editor,
    id: ProposalId,
) -> Result<LinkStands, ReportError> {
    let proposal = proposals::one(query, editor, id)?;
    if let Some((_, on)) = kept(query, &proposal)? {
        let until = link_ends(proposal.due_on, on);
        return Ok(LinkStands::Made { on, until });
    }
    let row = query.query_optional(
        "select max(ended_on) from proposal_link_ended where proposal_id = $1 and how = 'withdrawn'",
        &params![id.bytes()],
    )?;
    let day = match row {
        Some(row) => row.get::<Option<String>>(0)?,
        None => None,
    };
    Ok(match day {
        Some(day) => LinkStands::Withdrawn(date(&day)?),
        None => LinkStands::Never,
    })
}

/// Remembers that the link of a proposal has ended; whether it had one.
pub(super) fn end(
    tx: &mut WriteTx<'_>,
    of: &Proposal,
    how: Ended,
    today: Date,
) -> Result<bool, StoreError> {
    let Some((link, _)) = kept(tx, of)? else {
        return Ok(false);
    };
    tx.execute(
        "insert into proposal_link_ended (link, proposal_id, ended_on, how) values ($1, $2, $3, $4)",
        &params![link.to_vec(), of.id.bytes(), today.to_string(), how.code()],
    )?;
    Ok(true)
}

/// Locks a proposal that waits for its answer, while it is as it was seen.
fn waiting(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    (id, revision): (ProposalId, i64),
) -> Result<Proposal, ReportError> {
    let touched = tx.execute(
        "update proposal set revision = revision + 1 where id = $1 and revision = $2",
        &params![id.bytes(), revision],
    )?;
    changed(tx, "proposal", id.bytes(), touched)?;
    let proposal = proposals::one(tx, editor, id)?;
    if !proposal.state.waits() {
        return Err(ReportError::State);
    }
    Ok(proposal)
}

/// Gives a proposal that waits for its answer a new link: the one before opens nothing from now on. `link` is its digest.
///
/// # Errors
/// [`ReportError::State`] when no answer is waited for, [`ReportError::Changed`], [`ReportError::NotFound`] without the right.
pub fn relink(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    at: (ProposalId, i64),
    link: [u8; 32],
) -> Result<(), ReportError> {
    let row = editor.right("publication", "finish", super::EVIDENCE)?;
    let proposal = waiting(tx, editor, at)?;
    end(tx, &proposal, Ended::Replaced, editor.today())?;
    tx.execute(
        "update proposal set link = $2, link_made_on = $3 where id = $1",
        &params![
            proposal.id.bytes(),
            link.to_vec(),
            editor.today().to_string()
        ],
    )?;
    editor.log(tx, row, "proposal.relink", proposal.id.to_string())?;
    Ok(())
}

/// Withdraws the link of a proposal that waits for its answer: the proposal stays as it is, and an answer can be written down.
///
/// # Errors
/// As [`relink`]; [`ReportError::State`] also when it has no link.
pub fn unlink(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    at: (ProposalId, i64),
) -> Result<(), ReportError> {
    let row = editor.right("publication", "finish", super::EVIDENCE)?;
    let proposal = waiting(tx, editor, at)?;
    if !end(tx, &proposal, Ended::Withdrawn, editor.today())? {
        return Err(ReportError::State);
    }
    tx.execute(
        "update proposal set link = null, link_made_on = null where id = $1",
        &params![proposal.id.bytes()],
    )?;
    editor.log(tx, row, "proposal.unlink", proposal.id.to_string())?;
    Ok(())
}
