//! The end of signing in: a new session, a known browser, and the way on.

use std::sync::Arc;

use access::log::Actor;
use access::rights::RightsTable;
use axum::http::HeaderMap;
use axum::response::Response;
use store::StoreError;
use web::{Answer, Failure, House, SessionSource, Visit, go_to, way_back};

use super::step;
use crate::accounts::{device, entry, held, store as table};
use crate::facts;
use crate::people::StaffId;
use crate::session::{self, CurrentUser, Method, Sessions, Start};

/// Where a worker begins the day: the first page of the house whose right the worker has. The desk is of those who answer for
/// contacts; the others open it too, but find nothing there. A county may have left rooms out, and then their pages are not there.
const BEGINNINGS: [(&str, &str, &str); 9] = [
    ("contact", "read", "/desk"),
    ("exceptional_review", "approve", "/oversight/exceptional"),
    ("person", "take", "/clients/merges"),
    ("user_admin", "correct", "/admin/people"),
    ("observation", "edit_draft", "/observations"),
    ("publication", "approve", "/publications"),
    ("client_flow", "read", "/flow"),
    ("task", "read", "/desk"),
    ("observation", "create", "/observations/new"),
];
/// Everybody who is signed in may open this.
const ACCOUNT: &str = "/account";

fn beginning(house: &House, may: impl Fn(&str, &str) -> bool) -> &'static str {
    BEGINNINGS
        .iter()
        .find(|(class, action, page)| house.has(page) && may(class, action))
        .map_or(ACCOUNT, |(.., page)| page)
}

/// Where the day of a signed-in worker begins.
pub(crate) fn home(house: &House, user: &CurrentUser) -> &'static str {
    let (table, today) = (RightsTable::built_in(), house.today());
    beginning(house, |class, action| {
        table.may_ever(&user.subject, class, action, today)
    })
}

/// Where the day of the visitor begins; `None` when nobody is signed in.
pub(crate) fn home_of_visit(visit: &Visit) -> Result<Option<&'static str>, Failure> {
    let Some(session) = &visit.session else {
        return Ok(None);
    };
    let sessions = sessions(&visit.house)?;
    let may = |class: &str, action: &str| sessions.may(&visit.house, session, class, action);
    Ok(Some(beginning(&visit.house, may)))
}

/// Where the day of somebody begins whose session is about to begin, with only these tasks when they are told.
pub(crate) async fn home_to_be(
    house: &House,
    staff: StaffId,
    only_tasks: Option<&[String]>,
) -> Result<&'static str, Failure> {
    let now = house.now();
    let subject = house
        .store
        .read(move |tx| facts::subject(tx, staff, now))
        .await?;
    let Some(mut subject) = subject else {
        return Ok(ACCOUNT);
    };
    if let Some(only) = only_tasks {
        session::narrow(&mut subject, |task| only.iter().any(|one| one == task));
    }
    let (table, today) = (RightsTable::built_in(), house.today());
    Ok(beginning(house, |class, action| {
        table.may_ever(&subject, class, action, today)
    }))
}

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

/// Where somebody who has just signed in goes: to a form that waits, else where she was going, else where her day
/// begins.
pub(crate) async fn onward(
    house: &House,
    staff: StaffId,
    next: &str,
    only_tasks: Option<&[String]>,
) -> Result<String, Failure> {
    if let Some(waiting) = held::waiting(house, staff, house.now()).await? {
        return Ok(waiting);
    }
    let home = home_to_be(house, staff, only_tasks).await?;
    Ok(wanted(next, home))
}

/// A path of ours that somebody was going to, without the pages of signing in themselves; `home` when there is none.
pub(crate) fn wanted(next: &str, home: &str) -> String {
    let path = way_back(next);
    let asks = path.starts_with("/sign-in") && !path.starts_with("/sign-in/held/");
    if path == "/" || asks {
        home.to_owned()
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
    let onward = onward(&visit.house, staff, next, None).await?;
    begin(visit, headers, staff, method, go_to(&onward)).await
}
