//! Two cookies of the public pages, both kept by the sender's browser only.
//!
//! - The receipt: the code of one contact, covered and signed, for thirty minutes after the last
//!   look. The code itself can be read from no stored cookie, and stands in no address and no log.
//! - The device: a random number without meaning, so that the same form sent twice is known as one.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use kernel::time::{SignedDuration, Timestamp, from_millis, millis};
use web::receipt::ReceiptCode;
use web::{Failure, House, cookie};

const RECEIPT: &str = "noste_receipt";
const DEVICE: &str = "noste_form";
const SIGN: &str = "noste 2026 receipt cookie";
const COVER: &str = "noste 2026 receipt cookie cover";
/// How long the code is kept after the last look.
const IDLE: SignedDuration = SignedDuration::from_mins(30);

/// Head of a sealed receipt: the moment and a nonce.
const HEAD: usize = 24;
/// A code as shown: three groups of four and two hyphens.
const SHOWN: usize = 14;

/// The code kept by the browser, if it was kept and looked at within thirty minutes.
pub fn receipt(house: &House, headers: &HeaderMap) -> Option<ReceiptCode> {
    open(house, house.now(), cookie(headers, RECEIPT)?)
}

/// Keeps the code in the browser for another thirty minutes.
///
/// # Errors
/// Never with codes of ours.
pub fn keep_receipt(
    house: &House,
    response: &mut Response,
    code: &ReceiptCode,
) -> Result<(), Failure> {
    let sealed = seal(house, house.now(), code);
    set(
        house,
        response,
        RECEIPT,
        &sealed,
        &format!("; Max-Age={}", IDLE.as_secs()),
    )
}

/// Forgets the code and the device.
///
/// # Errors
/// Never.
pub fn forget(house: &House, response: &mut Response) -> Result<(), Failure> {
    set(house, response, RECEIPT, "", "; Max-Age=0")?;
    set(house, response, DEVICE, "", "; Max-Age=0")
}

/// The number of the browser, if it takes cookies and has been here before.
pub fn device(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, DEVICE)
        .filter(|value| value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Gives the browser a number until it is closed, unless it has one.
///
/// # Errors
/// Never.
pub fn ensure_device(
    house: &House,
    headers: &HeaderMap,
    response: &mut Response,
) -> Result<(), Failure> {
    if device(headers).is_some() {
        return Ok(());
    }
    let mut bytes = [0; 16];
    house.chance.fill(&mut bytes);
    let number: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    set(house, response, DEVICE, &number, "")
}

fn set(
    house: &House,
    response: &mut Response,
    name: &str,
    value: &str,
    life: &str,
) -> Result<(), Failure> {
    let secure = if house.https { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{life}{secure}");
    let value = HeaderValue::from_str(&text).map_err(Failure::internal)?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(())
}

/// Covers the code with the digest of a nonce and signs the whole.
fn seal(house: &House, now: Timestamp, code: &ReceiptCode) -> String {
    let mut bytes = vec![0; HEAD];
    bytes[..8].copy_from_slice(&millis(now).to_be_bytes());
    house.chance.fill(&mut bytes[8..]);
    let cover = house.secrets.digest(COVER, &bytes);
    bytes.extend(
        code.shown()
            .bytes()
            .zip(cover.as_bytes())
            .map(|(letter, cover)| letter ^ cover),
    );
    house.secrets.sign(SIGN, &bytes)
}

fn open(house: &House, now: Timestamp, sealed: &str) -> Option<ReceiptCode> {
    let bytes = house.secrets.verify(SIGN, sealed)?;
    let (head, covered) = bytes.split_at_checked(HEAD)?;
    let seen = from_millis(i64::from_be_bytes(*head.first_chunk::<8>()?));
    if covered.len() != SHOWN || now.duration_since(seen) > IDLE {
        return None;
    }
    let cover = house.secrets.digest(COVER, head);
    let shown: Vec<u8> = covered
        .iter()
        .zip(cover.as_bytes())
        .map(|(letter, cover)| letter ^ cover)
        .collect();
    ReceiptCode::parse(std::str::from_utf8(&shown).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::TestHouse;

    #[test]
    fn a_sealed_code_opens_for_thirty_minutes_and_shows_nothing() {
        let test = TestHouse::new();
        let house = &test.house;
        let code = ReceiptCode::parse("2345-6789-ABCD").expect("a code");
        let now = house.now();
        let sealed = seal(house, now, &code);
        assert!(
            open(house, now + SignedDuration::from_mins(29), &sealed)
                .is_some_and(|read| read == code)
        );
        assert!(open(house, now + SignedDuration::from_mins(31), &sealed).is_none());
        assert!(
            seal(house, now, &code) != sealed,
            "each sealing looks different"
        );
        let changed = sealed.replacen(
            &sealed[60..61],
            if &sealed[60..61] == "A" { "B" } else { "A" },
            1,
        );
        assert!(open(house, now, &changed).is_none());
        assert!(open(house, now, "").is_none() && open(house, now, "AAAA").is_none());
    }
}
