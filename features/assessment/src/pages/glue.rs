//! Between the store and the pages: an assessment is opened, an act is run, a refusal is put into words.

use axum::http::StatusCode;
use casework::domain::{MatterError, MatterId};
use casework::glue::{casework, log_refusal};
use casework::store::Casework;
use clients::Reader;
use documents::{DocError, DocumentId};
use identity::session::CurrentUser;
use store::{Logged, WriteTx};
use web::{Arg, Failure, House, Texts, drafts};

use crate::domain::Refusal;
use crate::store::known::{self, Earlier};
use crate::store::view::{self, View};

/// An assessment with the reader's draft of one form on it.
pub struct Opened {
    pub view: View,
    pub draft: Option<drafts::Draft>,
    /// The same client's earlier assessment.
    pub earlier: Option<Earlier>,
    pub logged: Logged,
}

/// The address of an assessment.
pub fn path(id: DocumentId) -> String {
    format!("/assessments/{id}")
}

/// Reads an id of an address; what is no id is nothing.
pub fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// Whether nothing is told to this reader: no right, or no such thing.
pub const fn is_hidden(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Doc(
            DocError::NotFound | DocError::Matter(MatterError::NotFound | MatterError::Client(_))
        )
    )
}

/// Reads an assessment and logs the reading; `key` is the draft of a form, empty for none.
///
/// # Errors
/// [`Failure::NotFound`] without a right; the refusal is logged.
pub async fn open(
    house: &House,
    user: &CurrentUser,
    id: DocumentId,
    key: String,
) -> Result<Opened, Failure> {
    let casework = casework(house)?;
    let reader = Reader::of(user, house.now());
    let asked = reader.clone();
    let receipt = house
        .store
        .show(move |tx| {
            let view = view::read(tx, &casework, &asked, id)?;
            let draft = drafts::load(tx, asked.staff.bytes(), &key)?;
            let earlier = match view.may.edit {
                true => known::earlier(tx, &asked, &view.document, casework.now())?,
                false => None,
            };
            Ok::<_, Refusal>((view, draft, earlier))
        })
        .await;
    let receipt = match receipt {
        Err(refusal) if is_hidden(&refusal) => {
            log_refusal(house, &reader, MatterId::from_bytes(id.bytes())).await?;
            return Err(Failure::NotFound);
        }
        receipt => receipt.map_err(fault)?,
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let (view, draft, earlier) = receipt.value;
    Ok(Opened {
        view,
        draft,
        earlier,
        logged,
    })
}

/// A refusal where there is no form to say it at.
pub fn fault(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::Doc(DocError::Store(error) | DocError::Matter(MatterError::Store(error))) => {
            error.into()
        }
        Refusal::Doc(DocError::Matter(error)) => error.into(),
        Refusal::Doc(DocError::NotFound) => Failure::NotFound,
        Refusal::Strong => Failure::Confirm,
        _ => Failure::BadRequest,
    }
}

/// Runs an act in one transaction; a refusal that has a place on a page comes back inside.
///
/// # Errors
/// A fault of the store; [`Failure::NotFound`] without a right; [`Failure::Confirm`] when a fresh proof is needed.
pub async fn run<T: Send + 'static>(
    house: &House,
    user: &CurrentUser,
    act: impl FnOnce(&mut WriteTx<'_>, &Casework, &Reader) -> Result<T, Refusal> + Send + 'static,
) -> Result<Result<T, Refusal>, Failure> {
    let casework = casework(house)?;
    let reader = Reader::of(user, house.now());
    let asked = reader.clone();
    match house
        .store
        .write(move |tx| act(tx, &casework, &asked))
        .await
    {
        Ok(receipt) => {
            house.live.tell(casework::glue::LIVE_TOPIC);
            Ok(Ok(receipt.value))
        }
        Err(refusal) => match refusal {
            Refusal::Strong
            | Refusal::Doc(DocError::Store(_) | DocError::Matter(MatterError::Store(_))) => {
                Err(fault(refusal))
            }
            refusal if is_hidden(&refusal) => {
                log_refusal(house, &reader, MatterId::from_bytes([0; 16])).await?;
                Err(Failure::NotFound)
            }
            refusal => Ok(Err(refusal)),
        },
    }
}

/// Where a refusal stands on a form, and its message.
pub fn told(refusal: &Refusal) -> (&'static str, &'static str) {
    match refusal {
        Refusal::OpenAlready(_) => ("", "assessment-refused-open"),
        Refusal::NotReady => ("", "assessment-refused-not-ready"),
        Refusal::SpecialSupport => ("", "assessment-refused-special"),
        Refusal::Supervised => ("", "assessment-refused-supervised"),
        Refusal::SectionClosed => ("", "assessment-refused-section"),
        Refusal::Already(_) | Refusal::Doc(DocError::Matter(MatterError::WorkerAlready)) => {
            ("staff", "assessment-refused-already")
        }
        Refusal::CannotTakePart | Refusal::Doc(DocError::Matter(MatterError::ReceiverAway)) => {
            ("staff", "assessment-refused-cannot")
        }
        Refusal::PermitMissing => ("permit", "assessment-permit-missing"),
        Refusal::Doc(DocError::State) => ("", "assessment-refused-state"),
        Refusal::Doc(DocError::Empty) => ("", "assessment-refused-empty"),
        Refusal::Doc(DocError::Matter(MatterError::LateReason)) => {
            ("late_reason", "assessment-refused-late")
        }
        Refusal::Doc(DocError::Matter(MatterError::ClockEnded)) => ("", "assessment-refused-clock"),
        Refusal::Doc(DocError::Matter(MatterError::Ended)) => ("", "assessment-refused-ended"),
        _ => ("", "assessment-refused-changed"),
    }
}

/// The status of a form with a refusal: somebody who cannot take part is a wrong choice, anything else has come between.
pub const fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::CannotTakePart | Refusal::NotReady => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    }
}

/// The sentence of a refusal.
pub fn sentence(t: &Texts, refusal: &Refusal) -> String {
    t.get(told(refusal).1)
}

/// An argument that is a text of ours.
pub fn arg(text: &str) -> Arg<'static> {
    text.to_owned().into()
}
