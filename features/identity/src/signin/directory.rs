//! Sign-in through the county's directory: there and back.

use std::sync::Arc;

use access::log::Actor;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::time::{SignedDuration, from_millis, millis};
use serde::{Deserialize, Serialize};
use store::StoreError;
use web::{Answer, Failure, Form, House, Visit, cookie, go_to, page_with_status};

use super::arrive;
use super::enter::SignInPage;
use super::step::add_cookie;
use crate::accounts::{entry, failed};
use crate::directory::{CountyDirectory, Identified, Kept, staff_of};
use crate::session::Method;

const COOKIE: &str = "noste_directory";
const PURPOSE: &str = "noste 2026 directory sign-in";
/// How long somebody may stay at the directory.
const LIFE: SignedDuration = SignedDuration::from_mins(15);

/// The county's directory, when it has one.
pub(super) fn directory(house: &House) -> Option<Arc<CountyDirectory>> {
    house.extra::<CountyDirectory>()
}

/// The way to the directory and from there to `next`.
pub(super) fn way(next: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    format!("/sign-in/directory?{query}")
}

#[derive(Serialize, Deserialize)]
struct Away {
    at: i64,
    kept: Kept,
    next: String,
}

/// Where somebody was going.
#[derive(Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in/directory`: to the directory.
pub(super) async fn go(visit: Visit, headers: HeaderMap, Query(query): Query<Next>) -> Answer {
    let house = visit.house.clone();
    let directory = directory(&house).ok_or(Failure::NotFound)?;
    let kept = Kept {
        state: random(&house),
        nonce: random(&house),
        verifier: random(&house),
    };
    let url = match directory.protocol.begin(kept.clone(), house.now()).await {
        Ok(url) => url,
        Err(silence) => {
            tracing::warn!(%silence, "sign-in through the directory");
            return refused(&visit, &headers, "signin-directory-down", &query.next);
        }
    };
    let away = Away {
        at: millis(house.now()),
        kept,
        next: query.next,
    };
    let body = serde_json::to_vec(&away).map_err(Failure::internal)?;
    let sealed = house
        .secrets
        .seal(PURPOSE, house.chance.as_ref(), b"", &body);
    let value = URL_SAFE_NO_PAD.encode(sealed);
    // `Lax`: the browser comes back by a link from the directory.
    add_cookie(
        &house,
        go_to(&url),
        COOKIE,
        &value,
        "; SameSite=Lax; Max-Age=900",
    )
}

/// 32 random bytes as hexadecimal.
fn random(house: &House) -> String {
    let mut bytes = [0; 32];
    house.chance.fill(&mut bytes);
    blake3::Hash::from_bytes(bytes).to_hex().to_string()
}

/// What the directory sends back.
#[derive(Deserialize)]
pub(super) struct Brought {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    error: String,
}

/// `GET /sign-in/directory/back`: from the directory.
pub(super) async fn back(
    visit: Visit,
    headers: HeaderMap,
    Query(brought): Query<Brought>,
) -> Answer {
    let house = visit.house.clone();
    let directory = directory(&house).ok_or(Failure::NotFound)?;
    let Some(away) = away(&house, &headers) else {
        return refused(&visit, &headers, "signin-directory-late", "");
    };
    if !brought.error.is_empty() || brought.code.is_empty() {
        return refused(&visit, &headers, "signin-directory-refused", &away.next);
    }
    let told = directory
        .protocol
        .finish(brought.code, brought.state, away.kept, house.now())
        .await;
    let told = match told {
        Ok(told) => told,
        Err(silence) => {
            tracing::warn!(%silence, "sign-in through the directory");
            note_failure(&visit, "").await?;
            return refused(&visit, &headers, "signin-directory-refused", &away.next);
        }
    };
    let tasks = directory.tasks(&told.groups);
    if tasks.as_ref().is_some_and(Vec::is_empty) {
        note_failure(&visit, &told.login).await?;
        return refused(&visit, &headers, "signin-directory-no-task", &away.next);
    }
    let login = told.login.clone();
    match person(&house, told).await? {
        Some(staff) => {
            let onward = arrive::onward(&house, staff, &away.next, tasks.as_deref()).await?;
            let answer = arrive::begin_narrowed(
                &visit,
                &headers,
                (staff, Method::Directory),
                tasks,
                go_to(&onward),
            )
            .await?;
            add_cookie(&house, answer, COOKIE, "", "; SameSite=Lax; Max-Age=0")
        }
        None => {
            note_failure(&visit, &login).await?;
            refused(&visit, &headers, "signin-directory-unknown", &away.next)
        }
    }
}

fn away(house: &House, headers: &HeaderMap) -> Option<Away> {
    let bytes = URL_SAFE_NO_PAD.decode(cookie(headers, COOKIE)?).ok()?;
    let body = house.secrets.open(PURPOSE, b"", &bytes)?;
    let away: Away = serde_json::from_slice(&body).ok()?;
    let age = house.now().duration_since(from_millis(away.at));
    (age < LIFE && age >= SignedDuration::ZERO).then_some(away)
}

async fn person(
    house: &House,
    told: Identified,
) -> Result<Option<crate::people::StaffId>, Failure> {
    let now = house.now();
    let receipt = house
        .store
        .write(move |tx| {
            let staff = staff_of(tx, &told, now)?;
            if let Some(staff) = staff {
                tx.log(entry(
                    now,
                    Actor::Staff(staff.bytes()),
                    "signin.directory",
                    String::new(),
                ))?;
            }
            Ok::<_, StoreError>(staff)
        })
        .await?;
    Ok(receipt.value)
}

/// A failure is logged as the other ones are: with a keyed digest of the name.
async fn note_failure(visit: &Visit, login: &str) -> Result<(), Failure> {
    let logged = failed(&visit.house.secrets, visit.house.now(), login, "directory");
    visit.house.store.log(logged).await?;
    Ok(())
}

fn refused(visit: &Visit, headers: &HeaderMap, key: &str, next: &str) -> Answer {
    let mut form = Form::new();
    form.error("", key);
    let page = SignInPage::new(visit, headers, form, next);
    Ok(page_with_status(StatusCode::UNAUTHORIZED, page))
}
