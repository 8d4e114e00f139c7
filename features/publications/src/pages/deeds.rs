//! The steps of a version that need no form of their own.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use reporting::acting::editor;
use web::{Answer, Form, House, Posted, Visit, go_to};

use super::bench::bench_page;
use super::{id, refused};
use crate::Printer;
use crate::domain::PublishError;
use crate::domain::hinder::Hindrance;
use crate::release;
use crate::store::PublicationId;

async fn answer(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    wanted: PublicationId,
    done: Result<&'static str, PublishError>,
) -> Answer {
    let mut form = Form::new();
    let (status, hindrances): (StatusCode, Vec<Hindrance>) = match done {
        Ok(code) => return Ok(go_to(&format!("/publications/{wanted}?done={code}"))),
        Err(PublishError::Hindered(all)) => {
            form.error("", "publication-hindered");
            (StatusCode::UNPROCESSABLE_ENTITY, all)
        }
        Err(PublishError::Seal) => {
            form.error("", "publication-seal");
            (StatusCode::CONFLICT, Vec::new())
        }
        Err(error) => (refused(&mut form, error)?, Vec::new()),
    };
    let notice = String::new();
    bench_page(
        house,
        visit,
        user,
        wanted,
        form,
        &hindrances,
        notice,
        status,
    )
    .await
}

fn revision(posted: &Posted) -> i64 {
    posted.value("revision").parse().unwrap_or(0)
}

/// Puts the version together, runs disclosure control, looks for personal data, and freezes what was found good.
pub(super) async fn check(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(wanted): Path<String>,
    posted: Posted,
) -> Answer {
    let wanted = id(&wanted)?;
    let at = (wanted, revision(&posted));
    let done = release::check(&house, &editor(&house, &user), at).await;
    answer(&house, &visit, &user, wanted, done.map(|()| "checked")).await
}

/// Somebody else has read it whole.
pub(super) async fn review(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(wanted): Path<String>,
    posted: Posted,
) -> Answer {
    let wanted = id(&wanted)?;
    let at = (wanted, revision(&posted));
    let done = release::review(&house, &editor(&house, &user), at).await;
    answer(&house, &visit, &user, wanted, done.map(|()| "reviewed")).await
}

/// Releases: prints the sealed content, and makes it public with its PDF.
pub(super) async fn release(
    house: House,
    visit: Visit,
    user: CurrentUser,
    wanted: String,
    posted: Posted,
    printer: Printer,
) -> Answer {
    let wanted = id(&wanted)?;
    let at = (wanted, revision(&posted));
    let done = release::release(&house, &editor(&house, &user), at, printer).await;
    answer(&house, &visit, &user, wanted, done.map(|()| "released")).await
}
