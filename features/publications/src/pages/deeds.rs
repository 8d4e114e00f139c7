//! The steps of a version that need no form of their own.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use web::{Answer, Form, House, Posted, Visit, go_to};

use super::bench::bench_page;
use super::ready::{Which, hindrances, ready};
use super::{act, id, key, read, refused};
use crate::Printer;
use crate::domain::PublishError;
use crate::domain::content::seal;
use crate::domain::hinder::Hindrance;
use crate::paper_of::{Edition, paper};
use crate::store::steps::Printed;
use crate::store::{PublicationId, read as rows, runs, shown, steps};

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
    let done = checked(&house, &user, wanted, revision(&posted)).await;
    answer(&house, &visit, &user, wanted, done).await
}

async fn checked(
    house: &House,
    user: &CurrentUser,
    wanted: PublicationId,
    revision: i64,
) -> Result<&'static str, PublishError> {
    let ready = ready(house, user, Which::Newest(wanted)).await?;
    let found = hindrances(house, &ready).await?;
    if !found.is_empty() {
        return Err(PublishError::Hindered(found));
    }
    let (key, at, after) = (key(house), ready.draft.at, ready.after);
    let sealed = ready.composed.content.sealed(&key, (at.0.bytes(), at.1));
    let kept: Vec<runs::Kept> = ready
        .composed
        .runs
        .iter()
        .map(|run| runs::Kept::of(run, &key))
        .collect();
    act(house, user, "", move |tx, editor, _| {
        steps::check(tx, editor, (at, revision), &sealed, &kept, after)
    })
    .await?;
    Ok("checked")
}

/// Somebody else has read it whole.
pub(super) async fn review(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(wanted): Path<String>,
    posted: Posted,
) -> Answer {
    let (wanted, revision) = (id(&wanted)?, revision(&posted));
    let key = key(&house);
    let done = act(&house, &user, "", move |tx, editor, _| {
        let draft = rows::newest(tx, editor, wanted)?;
        // What was checked must still be what it was.
        if draft.checked_on.is_some() {
            shown::content(tx, draft.at, &key)?;
        }
        steps::review(tx, editor, (draft.at, revision))
    })
    .await;
    let done = done.map(|()| "reviewed");
    answer(&house, &visit, &user, wanted, done).await
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
    let (wanted, revision) = (id(&wanted)?, revision(&posted));
    let done = released(&house, &user, wanted, revision, printer).await;
    answer(&house, &visit, &user, wanted, done).await
}

async fn released(
    house: &House,
    user: &CurrentUser,
    wanted: PublicationId,
    revision: i64,
    printer: Printer,
) -> Result<&'static str, PublishError> {
    let key_ = key(house);
    let (draft, content) = read(house, user, move |tx, editor| {
        let draft = rows::newest(tx, editor, wanted)?;
        // Refused before anything is printed: the page says which of the two it was.
        if !draft.state.leads_to(crate::domain::VersionState::Released) {
            return Err(PublishError::State);
        }
        let content = shown::content(tx, draft.at, &key_)?;
        Ok((draft, content))
    })
    .await?;
    let edition = Edition {
        number: draft.number,
        version: draft.at.1,
        released_on: house.today(),
    };
    let t = house.texts(content.language);
    let issuer = house.county.name(content.language).to_owned();
    let made = paper(&t, &content, &issuer, Some(&edition));
    let printed = tokio::task::spawn_blocking(move || printer(&made))
        .await
        .map_err(|error| store::StoreError::Config(error.to_string()))?;
    let bytes = printed.map_err(|error| {
        store::StoreError::Config(format!("the publication could not be printed: {error}"))
    })?;
    let at = draft.at;
    let printed = Printed {
        seal: seal(&key_, (at.0.bytes(), at.1), &bytes),
        bytes,
    };
    act(house, user, "", move |tx, editor, _| {
        // Once more, in the transaction that makes it public.
        shown::content(tx, at, &key_)?;
        steps::release(tx, editor, (at, revision), printed)
    })
    .await?;
    Ok("released")
}
