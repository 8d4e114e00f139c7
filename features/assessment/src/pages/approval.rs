//! A student asks the tutor for the approval, or takes it back.

use axum::extract::{Path, State};
use documents::DocumentId;
use identity::session::CurrentUser;
use web::{Answer, House, Posted, Visit};

use crate::pages::glue::{id, run};
use crate::pages::show::after;
use crate::store::tutored;

/// `POST /assessments/{id}/approval`: a student asks the tutor.
pub(super) async fn ask_approval(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
    posted: Posted,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let tutor = id(posted.form().value("tutor"))?;
    let done = run(&house, &user, move |tx, casework, reader| {
        tutored::ask(tx, casework, reader, doc, tutor)
    })
    .await?;
    after(&house, &visit, &user, doc, done, "approval").await
}

/// `POST /assessments/{id}/withdraw`: the student takes it back.
pub(super) async fn withdraw(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
    _: Posted,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let done = run(&house, &user, move |tx, casework, reader| {
        tutored::withdraw(tx, casework, reader, doc)
    })
    .await?;
    after(&house, &visit, &user, doc, done, "withdraw").await
}
