//! What the pages share: opening a plan, telling why an act was refused.

use axum::http::StatusCode;
use clients::Reader;
use documents::DocumentId;
use identity::people::StaffId;
use identity::session::CurrentUser;
use store::Logged;
use web::{Failure, Form, House, Texts, drafts};

use crate::domain::{Owner, PlanError, Stage};
use crate::glue::{casework, log_refusal};
use crate::store::read::{self, View};

/// Reads an id of an address; what is no id is nothing.
pub fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// The address of a plan.
pub fn path(plan: DocumentId) -> String {
    format!("/plans/{plan}")
}

/// The word of a code: the message `<family>-<code>`.
pub fn word(t: &Texts, family: &str, code: &str) -> String {
    t.get(&format!("{family}-{code}"))
}

/// The name of whoever does an action; of a client whom the reader does not see, that there is one (B13).
pub fn who(t: &Texts, name: &str) -> String {
    if name.is_empty() {
        t.get("public-plan-other-client")
    } else {
        name.to_owned()
    }
}

/// Reads a plan and the reader's draft of a form on it; the reading is logged.
///
/// # Errors
/// [`Failure::NotFound`] without a right.
pub async fn open(
    house: &House,
    user: &CurrentUser,
    plan: DocumentId,
    draft: String,
) -> Result<(View, Option<drafts::Draft>, Logged), Failure> {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    let owner = reader.staff.bytes();
    let asked = reader.clone();
    let receipt = house
        .store
        .show(move |tx| {
            let view = read::read(tx, &casework, &asked, plan)?;
            let draft = drafts::load(tx, owner, &draft)?;
            Ok::<_, PlanError>((view, draft))
        })
        .await;
    let receipt = match receipt {
        Err(PlanError::NotFound) => {
            log_refusal(house, &reader, plan).await?;
            return Err(Failure::NotFound);
        }
        receipt => receipt?,
    };
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    Ok((receipt.value.0, receipt.value.1, logged))
}

/// Puts the reason of a refusal into a form; gives the answer's status.
///
/// # Errors
/// What is no refusal: a fault of the store or of a table.
pub fn refuse(form: &mut Form, error: PlanError) -> Result<StatusCode, Failure> {
    if let PlanError::Barred(staff) = error {
        form.error(&named(form, staff), "plan-refused-barred");
        return Ok(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (field, key) = match error {
        PlanError::Store(error) => return Err(error.into()),
        PlanError::Matter(casework::domain::MatterError::Law) => {
            return Err(Failure::internal("a time limit cannot be counted"));
        }
        PlanError::Matter(casework::domain::MatterError::Ended) | PlanError::Ended => {
            ("", "plan-refused-ended")
        }
        PlanError::NotFound | PlanError::Matter(_) => ("", "plan-refused-not-yours"),
        PlanError::Taken { in_force: true, .. } => ("", "plan-refused-in-force"),
        PlanError::Taken { .. } => ("", "plan-refused-being-made"),
        PlanError::NoGoal => ("", "plan-refused-no-goal"),
        PlanError::Obstacle => ("obstacle", "plan-obstacle-missing"),
        PlanError::NotOpen => ("", "plan-refused-not-open"),
        PlanError::ReviewDay => ("review_on", "plan-review-day-past"),
        PlanError::Owner | PlanError::Barred(_) => ("", "plan-refused-owner"),
        PlanError::Coordinator => ("staff", "plan-refused-owner"),
        PlanError::Whose => ("whose", "plan-whose-missing"),
        PlanError::OthersAction => ("whose", "plan-refused-others-action"),
        PlanError::Empty => ("", "plan-refused-empty"),
        PlanError::Agreed => ("state", "plan-refused-agreed"),
        PlanError::Clash(_) | PlanError::Document(_) => ("", "plan-refused-changed"),
    };
    form.error(field, key);
    Ok(StatusCode::CONFLICT)
}

/// The field in which somebody of the staff is chosen.
fn named(form: &Form, staff: StaffId) -> String {
    let id = staff.to_string();
    let owner = Owner::Worker(staff).pick();
    let (field, _) = form
        .fields()
        .find(|(_, value)| *value == id || *value == owner)
        .unwrap_or_default();
    field.to_owned()
}

/// Where a plan stands, in a word and the colour of its tag.
pub fn stage(t: &Texts, stage: Stage) -> (String, &'static str) {
    let color = match stage {
        Stage::Draft => "warning",
        Stage::InForce => "success",
        Stage::Ended => "neutral",
    };
    (word(t, "plan-stage", stage.code()), color)
}
