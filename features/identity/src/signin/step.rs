//! What is known between two pages of signing in: sealed in a cookie, kept nowhere.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::time::{SignedDuration, from_millis, millis};
use serde::{Deserialize, Serialize};
use web::{Answer, Failure, House, cookie};

use crate::accounts::store::Account;

const COOKIE: &str = "noste_step";
const PURPOSE: &str = "noste 2026 sign-in step";
/// How long somebody may take for a step: finding the phone, installing an app.
const LIFE: SignedDuration = SignedDuration::from_mins(30);

/// How far somebody has come.
#[derive(Serialize, Deserialize)]
pub(crate) enum Step {
    /// The password was right; the second factor is missing. It holds as long as the password does.
    Code {
        staff: [u8; 16],
        login: String,
        /// [`password_mark`] of the account then.
        password: [u8; 32],
        next: String,
    },
    /// The invitation and the new password are good; the first code of the app is missing. Nothing is stored yet.
    First {
        invitation: [u8; 32],
        staff: [u8; 16],
        login: String,
        password: String,
        secret: Vec<u8>,
    },
    /// A signed-in person takes a new app into use.
    NewApp { staff: [u8; 16], secret: Vec<u8> },
}

/// Which password was right: the digest of its salted hash, other after every change.
pub(crate) fn password_mark(account: &Account) -> [u8; 32] {
    let hash = account.password.as_deref().unwrap_or_default();
    blake3::derive_key("noste 2026 password of a sign-in step", hash.as_bytes())
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    at: i64,
    step: Step,
}

/// Puts a step into the answer's cookie.
pub(crate) fn set(house: &House, response: Response, step: Step) -> Answer {
    let sealed = Sealed {
        at: millis(house.now()),
        step,
    };
    let body = serde_json::to_vec(&sealed).map_err(Failure::internal)?;
    let bytes = house
        .secrets
        .seal(PURPOSE, house.chance.as_ref(), b"", &body);
    let value = URL_SAFE_NO_PAD.encode(bytes);
    add_cookie(house, response, COOKIE, &value, "; SameSite=Strict")
}

/// Takes the step away.
pub(crate) fn clear(house: &House, response: Response) -> Answer {
    add_cookie(house, response, COOKIE, "", "; SameSite=Strict; Max-Age=0")
}

/// The step of a request; `None` when there is none or it took too long.
pub(crate) fn read(house: &House, headers: &HeaderMap) -> Option<Step> {
    let bytes = URL_SAFE_NO_PAD.decode(cookie(headers, COOKIE)?).ok()?;
    let body = house.secrets.open(PURPOSE, b"", &bytes)?;
    let sealed: Sealed = serde_json::from_slice(&body).ok()?;
    let age = house.now().duration_since(from_millis(sealed.at));
    (age < LIFE).then_some(sealed.step)
}

/// Adds a cookie that only the house reads.
pub(crate) fn add_cookie(
    house: &House,
    mut response: Response,
    name: &str,
    value: &str,
    more: &str,
) -> Answer {
    let secure = if house.https { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly{more}{secure}");
    let value = HeaderValue::from_str(&cookie).map_err(Failure::internal)?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(response)
}
