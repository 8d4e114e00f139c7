//! What every handler of a client does: finds the desk, reads ids, tells a refusal.

use std::sync::Arc;

use axum::response::Response;
use identity::session::CurrentUser;
use kernel::identity_code::IdentityCode;
use store::{Logged, Receipt};
use web::{Answer, Failure, House, Texts, go_to};

use crate::domain::{ClientError, ClientId, Reader};
use crate::gate;
use crate::store::Desk;
use crate::store::search::{self, Occasion};

/// What the acts need, put into the house by `app`.
pub fn desk(house: &House) -> Result<Arc<Desk>, Failure> {
    house
        .extra::<Desk>()
        .ok_or_else(|| Failure::internal("the house has no desk of clients"))
}

/// Reads an id of an address; what is no id is nothing.
pub fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// The token of the log entry that a page with client data needs.
pub fn logged<T>(receipt: Receipt<T>) -> Result<(T, Logged), Failure> {
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    Ok((receipt.value, logged))
}

/// Before a page tells that a code is another client's: the telling counts and leaves its trace.
pub async fn told_taken(
    house: &House,
    user: &CurrentUser,
    code: Option<IdentityCode>,
) -> Result<(), Failure> {
    let Some(code) = code else {
        return Ok(());
    };
    let (desk, reader) = (desk(house)?, Reader::from(user));
    house
        .store
        .write(move |tx| search::by_code(tx, &desk, &reader, &code, Occasion::Taken))
        .await?;
    Ok(())
}

/// A refusal of a client: what one may not see does not exist, and the attempt leaves a trace.
pub async fn refused(
    house: &House,
    user: &CurrentUser,
    client: ClientId,
    error: ClientError,
) -> Failure {
    if !matches!(error, ClientError::NotFound | ClientError::ExceptionalOnly) {
        return error.into();
    }
    let (reader, now) = (Reader::from(user), house.now());
    let written = house
        .store
        .write(move |tx| gate::log_refusal(tx, &reader, now, client, None))
        .await;
    match written {
        Ok(_) => Failure::NotFound,
        Err(error) => error.into(),
    }
}

/// A reading that was refused: the door of exceptional access is shown to those who have one, on the client's own
/// address; anybody else meets the page of what is not there.
pub async fn refused_page(
    house: &House,
    user: &CurrentUser,
    client: ClientId,
    error: ClientError,
) -> Answer {
    if matches!(error, ClientError::ExceptionalOnly) {
        return Ok(go_to(&format!("/clients/{client}/exceptional")));
    }
    Err(refused(house, user, client, error).await)
}

/// Leads to a page of the client with a word about what was done.
pub fn done(path: &str, code: &str) -> Response {
    go_to(&format!("{path}?done={code}"))
}

/// Codes of `done` in addresses.
const DONE: [&str; 24] = [
    "created",
    "saved",
    "unchanged",
    "related",
    "related-ended",
    "nondisclosure",
    "nondisclosure-ended",
    "secret-given",
    "secret-ended",
    "restricted",
    "unrestricted",
    "restriction-asked",
    "disqualified",
    "requalified",
    "relation-opened",
    "relation-ended",
    "dead",
    "merge-asked",
    "merged",
    "refused",
    "unmerged",
    "wrong",
    "mistake",
    "mistake-back",
];

/// What was just done, told on the page the browser was led to. Only codes of ours have words.
pub fn told(t: &Texts, pairs: &[(String, String)]) -> String {
    pairs
        .iter()
        .find(|(name, _)| name == "done")
        .and_then(|(_, code)| DONE.iter().find(|known| *known == code))
        .map_or_else(String::new, |code| t.get(&format!("client-done-{code}")))
}

/// A parameter of the address.
pub fn value<'p>(pairs: &'p [(String, String)], name: &str) -> Option<&'p str> {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}
