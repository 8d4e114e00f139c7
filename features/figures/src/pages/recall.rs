//! `POST /figures/{id}/recall`: a release is made again, to see whether the same comes out.

use axum::extract::{Path, State};
use identity::session::CurrentUser;
use kernel::id::new_id_bytes;
use web::{Answer, Failure, House, Posted, go_to};

use super::{entry, granted};
use crate::release::{Works, recall};
use crate::store::FiguresError;
use crate::store::releases::{ReleaseId, keep_recall};

pub async fn again(
    State(house): State<House>,
    user: CurrentUser,
    Path(code): Path<String>,
    posted: Posted,
) -> Answer {
    let (reader, right) = granted(&house, &user, "approve")?;
    let id: ReleaseId = posted
        .value("release")
        .parse()
        .map_err(|_| Failure::NotFound)?;
    let works = Works::of(&house);
    let (meta, found) = tokio::task::spawn_blocking(move || recall(&works, id))
        .await
        .map_err(Failure::internal)??;
    if meta.code != code {
        return Err(Failure::NotFound);
    }
    let row = new_id_bytes(&*house.clock, &*house.chance);
    let detail = format!("{} {}", meta.code, meta.year);
    let entry = entry(house.now(), &reader, &right, "figures.recall", detail);
    let by = reader.staff;
    house
        .store
        .write(move |tx| {
            keep_recall(tx, row, id, by, found, entry)?;
            Ok::<_, FiguresError>(())
        })
        .await?;
    Ok(go_to(&format!(
        "/figures/{id}?year={}&told=recall",
        meta.year
    )))
}
