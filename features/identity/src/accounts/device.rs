//! Browsers in which a person has signed in before, and what a browser is called.

use axum::http::{HeaderMap, header};
use kernel::chance::Chance;
use kernel::time::{Timestamp, millis};
use store::{Query, StoreError, WriteTx, params};
use web::cookie;

use crate::people::StaffId;

/// Cookie by which a browser is known again. It opens nothing.
pub(crate) const COOKIE: &str = "noste_device";
/// Seconds the cookie is kept, and milliseconds after its last use when the house forgets it: a year.
pub(crate) const KEPT_SECONDS: i64 = 365 * 24 * 60 * 60;
/// Browsers of one person; the longest unused goes first.
const MOST: i64 = 10;

/// The digest of the browser's token, when it has one that looks like one.
pub(crate) fn token(headers: &HeaderMap) -> Option<[u8; 32]> {
    cookie(headers, COOKIE)
        .filter(|token| token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .map(|token| *blake3::hash(token.as_bytes()).as_bytes())
}

/// A new token.
pub(crate) fn new_token(chance: &dyn Chance) -> String {
    let mut bytes = [0; 32];
    chance.fill(&mut bytes);
    blake3::Hash::from_bytes(bytes).to_hex().to_string()
}

/// Whether the person has signed in with this browser.
pub(crate) fn is_known(
    query: &mut impl Query,
    token: [u8; 32],
    staff: StaffId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let since = millis(now) - KEPT_SECONDS * 1000;
    Ok(query
        .query_optional(
            "select 1 from known_device where token_hash = $1 and staff_id = $2 and used_at > $3",
            &params![token, staff.bytes(), since],
        )?
        .is_some())
}

/// Notes that the person has signed in with this browser.
pub(crate) fn remember(
    tx: &mut WriteTx<'_>,
    token: [u8; 32],
    staff: StaffId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into known_device (token_hash, staff_id, since, used_at) values ($1, $2, $3, $3) on conflict (token_hash, staff_id) do update set used_at = excluded.used_at",
        &params![token, staff.bytes(), millis(now)],
    )?;
    tx.execute(
        "delete from known_device where staff_id = $1 and token_hash in (select token_hash from known_device where staff_id = $1 order by used_at desc, token_hash limit 1000 offset $2)",
        &params![staff.bytes(), MOST],
    )?;
    Ok(())
}

/// Forgets every browser of a person.
pub(crate) fn forget_all(tx: &mut WriteTx<'_>, staff: StaffId) -> Result<(), StoreError> {
    tx.execute(
        "delete from known_device where staff_id = $1",
        &params![staff.bytes()],
    )?;
    Ok(())
}

/// The browser's family and system in a few words, "Firefox, Windows"; empty when it does not tell. Never the whole
/// text that the browser sends: that could tell one person from another.
pub(crate) fn browser(headers: &HeaderMap) -> String {
    let told = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    // Each claims to be those after it.
    let pick = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(sign, _)| told.contains(sign))
            .map(|(_, name)| *name)
    };
    let family = pick(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = pick(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Macintosh", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    [family, system]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named_by_family_alone() {
        for (told, name) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
                "Firefox, Linux",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            ("curl/8.0", ""),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, told.parse().expect("a header"));
            assert_eq!(browser(&headers), name);
        }
    }
}
