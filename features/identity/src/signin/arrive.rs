//! The end of signing in: a new session, a known browser, and the way on.

use std::sync::Arc;

use access::log::Actor;
use axum::http::HeaderMap;
use axum::response::Response;
use store::StoreError;
use web::{Answer, Failure, House, Visit, go_to, way_back};

use super::step;
use crate::accounts::{device, entry, held, store as table};
use crate::people::StaffId;
use crate::session::{self, Method, Sessions, Start};

/// Where a signed-in worker begins the day.
pub(crate) const DESK: &str = "/desk";

/// The house's sessions.
pub(crate) fn sessions(house: &House) -> Result<Arc<Sessions>, Failure> {
    house
        .extra()
        .ok_or_else(|| Failure::internal("the house has no sessions"))
}

/// Ends the session that the browser brought, if any.
pub(crate) async fn end_own(house: &House, visit: &Visit) -> Result<(), Failure> {
    let Some(held) = &visit.session else {
        return Ok(());
    };
    session::end(house, &*sessions(house)?, held.key).await
}

/// The cookie of a session. It ends with the browser. `Lax`: a link from a mail opens the page signed in, a foreign
/// form does not.
pub(crate) fn session_cookie(house: &House, response: Response, token: &str) -> Answer {
    step::add_cookie(house, response, session::COOKIE, token, "; SameSite=Lax")
}

/// Begins the session of a person who has proved who she is, and writes its cookies into `response`.
pub(crate) async fn begin(
    visit: &Visit,
    headers: &HeaderMap,
    staff: StaffId,
    method: Method,
    response: Response,
) -> Answer {
    begin_narrowed(visit, headers, (staff, method), None, response).await
}

/// As [`begin`], with only those of the person's tasks that the county's directory names.
pub(crate) async fn begin_narrowed(
    visit: &Visit,
    headers: &HeaderMap,
    (staff, method): (StaffId, Method),
    only_tasks: Option<Vec<String>>,
    response: Response,
) -> Answer {
    let house = &visit.house;
    end_own(house, visit).await?;
    let start = Start {
        strong: true,
        only_tasks,
        browser: device::browser(headers),
        client: visit.client,
        ..Start::new(staff, method)
    };
    let token = session::begin_as(house, start).await?;
    let (browser, new) = match device::token(headers) {
        Some(known) => (known, None),
        None => {
            let made = device::new_token(house.chance.as_ref());
            (*blake3::hash(made.as_bytes()).as_bytes(), Some(made))
        }
    };
    let now = house.now();
    house
        .store
        .write(move |tx| {
            device::remember(tx, browser, staff, now)?;
            table::signed_in(tx, staff, now)?;
            let detail = format!("method={}", method.code());
            tx.log(entry(
                now,
                Actor::Staff(staff.bytes()),
                "signin.done",
                detail,
            ))?;
            Ok::<_, StoreError>(())
        })
        .await?;
    let response = session_cookie(house, step::clear(house, response)?, &token)?;
    match new {
        Some(made) => {
            let life = format!("; SameSite=Lax; Max-Age={}", device::KEPT_SECONDS);
            step::add_cookie(house, response, device::COOKIE, &made, &life)
        }
        None => Ok(response),
    }
}

/// Where somebody who has just signed in goes: to a form that waits, else where she was going, else to the desk.
pub(crate) async fn onward(house: &House, staff: StaffId, next: &str) -> Result<String, Failure> {
    let waiting = held::waiting(house, staff, house.now()).await?;
    Ok(waiting.unwrap_or_else(|| wanted(next)))
}

/// A path of ours that somebody was going to, without the pages of signing in themselves.
pub(crate) fn wanted(next: &str) -> String {
    let path = way_back(next);
    let asks = path.starts_with("/sign-in") && !path.starts_with("/sign-in/held/");
    if path == "/" || asks {
        DESK.to_owned()
    } else {
        path
    }
}

/// Signs in and leads on.
pub(crate) async fn arrive(
    visit: &Visit,
    headers: &HeaderMap,
    staff: StaffId,
    method: Method,
    next: &str,
) -> Answer {
    let onward = onward(&visit.house, staff, next).await?;
    begin(visit, headers, staff, method, go_to(&onward)).await
}
