//! Who may do what to a note. The table decides over each client of the matter; a note is as many notes as it has
//! clients, and a reader gets those over whom she has the right (bar B13).

use access::rights::RightsTable;
use casework::domain::MatterError;
use casework::store::Acting;
use casework::store::facts::Facts;
use clients::{ClientId, Reader};
use documents::{DocError, Document, State};

use super::steps::Step;

/// Class of the rights table.
pub const CLASS: &str = "note";

/// A right to a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    /// Goes to the log as it is.
    pub acting: Acting,
    /// The clients over whom it holds.
    pub clients: Vec<ClientId>,
    /// Only what it is, when and whose: never the text.
    pub title_only: bool,
}

/// What holds of a document besides what the matter tells.
fn tokens(document: &Document, reader: &Reader, action: &str) -> Vec<&'static str> {
    let mut tokens = Vec::new();
    if document.made_by == reader.staff {
        tokens.push("own_entry");
    }
    // The only reason for which voiding is asked: the form offers no other.
    if action == "void" {
        tokens.push("wrong_person_only");
    }
    tokens
}

/// The right over some clients of a matter.
///
/// # Errors
/// [`MatterError::NotFound`] when it holds over none of them, [`MatterError::Ended`] for a change in a matter that has
/// ended.
pub fn over(
    facts: &Facts,
    reader: &Reader,
    action: &str,
    clients: &[ClientId],
) -> Result<Right, MatterError> {
    let mut whole: Vec<(ClientId, Acting)> = Vec::new();
    let mut titles = Vec::new();
    let mut refusal = MatterError::NotFound;
    for client in clients {
        match facts.authorise_over(reader, CLASS, action, *client) {
            Ok(acting) if shows(acting.right, "title_only") => titles.push((*client, acting)),
            Ok(acting) => whole.push((*client, acting)),
            Err(error @ MatterError::Ended) => refusal = error,
            Err(MatterError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let title_only = whole.is_empty();
    let granted = if title_only { titles } else { whole };
    let acting = granted.first().map(|(_, acting)| *acting).ok_or(refusal)?;
    Ok(Right {
        acting,
        clients: granted.into_iter().map(|(client, _)| client).collect(),
        title_only,
    })
}

fn shows(right: &str, token: &str) -> bool {
    RightsTable::built_in()
        .rows()
        .iter()
        .any(|row| row.id == right && row.shows(token))
}

/// The right to an act on a document.
///
/// # Errors
/// As [`over`].
pub fn of(
    facts: &Facts,
    reader: &Reader,
    document: &Document,
    action: &str,
) -> Result<Right, MatterError> {
    let facts = facts.clone().with_given(&tokens(document, reader, action));
    over(&facts, reader, action, &document.clients)
}

/// The tutor's right to answer a student's note: only while it waits for this reader.
///
/// # Errors
/// As [`over`]; [`MatterError::NotFound`] when it waits for nobody, or for somebody else.
pub fn approving(
    facts: &Facts,
    reader: &Reader,
    document: &Document,
) -> Result<Right, MatterError> {
    if document.state != State::Waiting || document.waiting_for != Some(reader.staff) {
        return Err(MatterError::NotFound);
    }
    let right = of(facts, reader, document, "approve")?;
    // A lead approves that a note is voided, and nobody's text (row LE-06).
    if shows(right.acting.right, "void_request") {
        return Err(MatterError::NotFound);
    }
    Ok(right)
}

/// The right of the second pair of eyes: it opens that document and no other, and only while it is `asked` that it be
/// voided (row LE-06).
///
/// # Errors
/// As [`over`]; [`MatterError::NotFound`] when nobody has asked, or for somebody who does not lead the unit.
pub fn voiding(
    facts: &Facts,
    reader: &Reader,
    document: &Document,
    asked: bool,
) -> Result<Right, MatterError> {
    if !facts.leads || !asked {
        return Err(MatterError::NotFound);
    }
    let facts = facts.clone().with_given(&["read_that_document_only"]);
    over(&facts, reader, "approve", &document.clients)
}

/// The right to see it. A draft is its writers': those who may write it, and the tutor for whom it waits. Of the draft
/// of somebody absent or gone, the lead sees that it is there (row LE-05).
///
/// # Errors
/// As [`over`].
pub fn reading(
    facts: &Facts,
    reader: &Reader,
    document: &Document,
    author_away: bool,
) -> Result<Right, MatterError> {
    match document.state {
        State::Voided => Err(MatterError::NotFound),
        State::Finished => of(facts, reader, document, "read"),
        State::Draft | State::Waiting => {
            approving(facts, reader, document)
                .or_else(|_| of(facts, reader, document, "edit_draft"))
                .or_else(|error| match document.version_no {
                    // The finished version stays readable while somebody corrects it.
                    0 => Err(error),
                    _ => of(facts, reader, document, "read"),
                })
                .or_else(|error| {
                    if !author_away {
                        return Err(error);
                    }
                    let away = facts
                        .clone()
                        .with_given(&["draft_of_absent_or_left_worker"]);
                    of(&away, reader, document, "read")
                        .ok()
                        .filter(|right| right.title_only)
                        .ok_or(error)
                })
        }
    }
}

/// Whether a document may be written by this reader now.
///
/// # Errors
/// [`DocError::State`] when it is not open, or as [`over`].
pub fn writing(facts: &Facts, reader: &Reader, document: &Document) -> Result<Right, DocError> {
    match document.state {
        State::Draft => Ok(of(facts, reader, document, "edit_draft")
            .or_else(|error| correcting(facts, reader, document).ok_or(error))?),
        State::Waiting if document.waiting_for == Some(reader.staff) => {
            Ok(approving(facts, reader, document)?)
        }
        State::Waiting | State::Finished => of(facts, reader, document, "read")
            .map_or(Err(DocError::NotFound), |_| Err(DocError::State)),
        State::Voided => Err(DocError::NotFound),
    }
}

/// Whoever may correct a finished note writes its next version too.
fn correcting(facts: &Facts, reader: &Reader, document: &Document) -> Option<Right> {
    document.correcting.as_ref()?;
    of(facts, reader, document, "correct").ok()
}

/// The right to finish it.
///
/// # Errors
/// As [`over`].
pub fn finishing(
    facts: &Facts,
    reader: &Reader,
    document: &Document,
) -> Result<Right, MatterError> {
    of(facts, reader, document, "finish")
        .or_else(|error| correcting(facts, reader, document).ok_or(error))
}

/// Whether somebody may say that a step is done.
#[derive(Debug, Clone)]
pub enum Ending {
    /// By this right.
    Own(Right),
    /// A student's word takes effect through the tutor (457/2024 21 §), but for her own step in a text that is open.
    Tutor,
    No,
}

/// What a reader may say of a step of a note. What is said of a step is a new entry: the tail of a relation does not reach
/// it.
pub fn ending(facts: &Facts, reader: &Reader, document: &Document, step: &Step) -> Ending {
    if document.state == State::Voided || !(step.open || step.done) {
        return Ending::No;
    }
    let concerned = step
        .client
        .map_or_else(|| document.clients.clone(), |client| vec![client]);
    let facts = facts.clone().with_given(&["own_entry"]);
    let Ok(right) = over(&facts, reader, "create", &concerned) else {
        return Ending::No;
    };
    let finishes = over(&facts, reader, "finish", &concerned).is_ok();
    match finishes || (step.staff == Some(reader.staff) && document.is_open()) {
        true => Ending::Own(right),
        false => Ending::Tutor,
    }
}
