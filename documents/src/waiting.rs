//! Rows of the desk for assessments and plans: what the lead is asked to void, what the lead did not void, what a tutor is
//! asked to approve, what a tutor sent back. Notes have rows of their own, with what a note is about.

use casework::domain::MatterId;
use casework::store::facts::Facts;
use casework::work::Work;
use clients::{ClientId, Reader};
use kernel::time::{Timestamp, day};
use store::{ShowTx, StoreError};
use web::Texts;

use crate::domain::{Document, Kind, State};
use crate::store::{refused_to, sent_back_to, to_void, waiting_for};
use crate::unfinished::{address, names};
use crate::voiding;

const KINDS: [Kind; 2] = [Kind::Assessment, Kind::Plan];

/// Conditions under which a wish to void opens that document and no other (row LE-06).
pub const TO_VOID: [&str; 2] = ["wrong_person_only", "read_that_document_only"];

/// Why a document waits.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Why {
    Void,
    /// The reader's own wish to void was refused, with these words.
    Refused(String),
    Approve,
    SentBack,
}

impl Why {
    /// The right by which the reader does what is asked, and what holds besides.
    const fn right(&self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Void => ("approve", &TO_VOID),
            Self::Refused(_) => ("read", &[]),
            Self::Approve => ("approve", &[]),
            Self::SentBack => ("edit_draft", &["approved_by_tutor", "section_only"]),
        }
    }
}

/// The rows. Only what the reader's rights open, in statements whose number does not grow with the rows.
///
/// # Errors
/// When the engine fails.
pub fn works(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Work>, StoreError> {
    let mut found: Vec<(Why, Document)> = Vec::new();
    for kind in KINDS {
        for one in to_void(tx, kind, reader.staff, day(now))? {
            found.push((Why::Void, one));
        }
        for (one, words) in refused_to(tx, kind, reader.staff, now)? {
            found.push((Why::Refused(words), one));
        }
        for one in sent_back_to(tx, kind, reader.staff)? {
            found.push((Why::SentBack, one));
        }
    }
    let asked = waiting_for(tx, reader.staff)?;
    let asked = asked.into_iter().filter(|one| KINDS.contains(&one.kind));
    found.extend(asked.map(|one| (Why::Approve, one)));
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let seen = opened(tx, reader, found, now)?;
    let whose: Vec<(&Document, Vec<ClientId>)> = seen
        .iter()
        .map(|(_, one, clients)| (one, clients.clone()))
        .collect();
    let names = names(tx, &whose)?;
    Ok(seen
        .into_iter()
        .map(|(why, one, clients)| {
            let who: Vec<&str> = clients
                .iter()
                .filter_map(|client| names.get(client).map(String::as_str))
                .collect();
            row(t, why, &one, who.join(", "), clients)
        })
        .collect())
}

/// Those that the reader may answer, with the clients over whom.
fn opened(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    found: Vec<(Why, Document)>,
    now: Timestamp,
) -> Result<Vec<(Why, Document, Vec<ClientId>)>, StoreError> {
    let mut matters: Vec<MatterId> = found.iter().map(|(_, one)| one.matter).collect();
    matters.sort_unstable();
    matters.dedup();
    let facts = Facts::load_many(tx, reader, &matters, now)?;
    Ok(found
        .into_iter()
        .filter(|(why, one)| *why != Why::Void || one.state != State::Voided)
        .filter_map(|(why, one)| {
            let facts = facts.iter().find(|facts| facts.id == one.matter)?;
            let (action, given) = why.right();
            let facts = facts.clone().with_given(given);
            let mut clients = one.clients.clone();
            clients.retain(|client| {
                let over = facts.authorise_over(reader, one.kind.code(), action, *client);
                over.is_ok()
            });
            (!clients.is_empty()).then_some((why, one, clients))
        })
        .collect())
}

fn row(t: &Texts, why: Why, one: &Document, who: String, clients: Vec<ClientId>) -> Work {
    let kind = one.kind.code();
    let at = address(one);
    let (what, law, href, button) = match why {
        Why::Void => (
            t.get(&format!("document-work-void-{kind}")),
            "703/2023 22 §",
            voiding::path(&at),
            "document-work-void-do",
        ),
        Why::Approve => {
            let writer = one.asker.as_deref().unwrap_or(&one.author);
            let key = format!("document-work-approve-{kind}");
            (
                t.with(&key, &[("who", writer.into())]),
                "457/2024 21 §",
                at,
                "document-work-approve-do",
            )
        }
        Why::Refused(words) => {
            let key = format!("document-work-refused-{kind}");
            (
                t.with(&key, &[("words", words.into())]),
                "703/2023 22 §",
                at,
                "document-work-refused-do",
            )
        }
        Why::SentBack => {
            let words = one.sent_back.as_deref().unwrap_or_default();
            let key = format!("document-work-sent-back-{kind}");
            (
                t.with(&key, &[("words", words.into())]),
                "457/2024 21 §",
                at,
                "document-work-write-do",
            )
        }
    };
    Work {
        due: None,
        clients,
        who,
        what,
        law: law.to_owned(),
        href,
        button: t.get(button),
        waiting: true,
    }
}
