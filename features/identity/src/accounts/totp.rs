//! Time-based codes (RFC 6238) as the authenticator apps in use make them: SHA-1, six digits, 30 seconds.

use hmac::{Hmac, KeyInit, Mac};
use kernel::chance::Chance;
use kernel::time::{Timestamp, millis};
use qrcodegen::{QrCode, QrCodeEcc};
use sha1::Sha1;

/// Milliseconds of a step.
const STEP: i64 = 30_000;
/// Codes of so many steps before and after are accepted: clocks differ and people type slowly.
const SLACK: i64 = 1;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// Empty modules around a QR code (ISO/IEC 18004).
const MARGIN: i32 = 4;

/// A new secret (RFC 4226 asks for 160 bits).
pub(crate) fn secret(chance: &dyn Chance) -> Vec<u8> {
    let mut bytes = vec![0; 20];
    chance.fill(&mut bytes);
    bytes
}

/// The code of a step.
pub(crate) fn code(secret: &[u8], step: i64) -> String {
    // A key of any length is taken, so there is no failure to tell.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else {
        return String::new();
    };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 0x0f);
    let number = u32::from_be_bytes([hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

/// The step of a moment.
pub(crate) fn step(now: Timestamp) -> i64 {
    millis(now).div_euclid(STEP)
}

/// The step whose code was typed, when it is in time and later than `last`.
pub(crate) fn accepted(secret: &[u8], typed: &str, last: i64, now: Timestamp) -> Option<i64> {
    let typed: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
    let now = step(now);
    // All are compared, so the time tells nothing.
    (now - SLACK..=now + SLACK)
        .filter(|step| same(&code(secret, *step), &typed))
        .filter(|step| *step > last)
        .max()
}

fn same(one: &str, other: &str) -> bool {
    blake3::hash(one.as_bytes()) == blake3::hash(other.as_bytes())
}

/// The secret in groups of four, for typing by hand.
pub(crate) fn written(secret: &[u8]) -> String {
    base32(secret)
        .as_bytes()
        .chunks(4)
        .map(String::from_utf8_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

fn base32(bytes: &[u8]) -> String {
    bytes
        .chunks(5)
        .flat_map(|chunk| {
            let mut five = [0_u8; 8];
            five[3..3 + chunk.len()].copy_from_slice(chunk);
            let bits = u64::from_be_bytes(five);
            let letters = (chunk.len() * 8).div_ceil(5);
            (0..letters)
                .map(move |place| char::from(BASE32[(bits >> (35 - 5 * place)) as usize & 31]))
        })
        .collect()
}

/// What an authenticator app reads.
pub(crate) fn uri(secret: &[u8], login: &str, issuer: &str) -> String {
    // Percent, not plus: apps show a plus as it is.
    let plain = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    let (issuer, login) = (plain(issuer), plain(login));
    format!(
        "otpauth://totp/{issuer}:{login}?secret={}&issuer={issuer}&algorithm=SHA1&digits=6&period=30",
        base32(secret)
    )
}

/// A QR code for a page: the side of its square in modules, and the dark modules as an SVG path.
#[derive(Debug, Clone)]
pub(crate) struct Qr {
    pub side: i32,
    pub path: String,
}

/// The QR code of a text; `None` when it is too long for one.
pub(crate) fn qr(text: &str) -> Option<Qr> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + MARGIN, y + MARGIN));
        }
    }
    Some(Qr {
        side: size + 2 * MARGIN,
        path,
    })
}

#[cfg(test)]
mod tests {
    use kernel::time::from_millis;

    use super::*;

    /// RFC 6238, appendix B (the last six of its eight digits).
    #[test]
    fn the_codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(secret, step(from_millis(seconds * 1000))), expected);
        }
    }

    #[test]
    fn a_code_is_accepted_a_step_early_or_late_and_never_twice() {
        let secret = b"12345678901234567890";
        let now = from_millis(1_773_388_800_000);
        let this = step(now);
        for away in -1..=1 {
            let typed = code(secret, this + away);
            assert_eq!(accepted(secret, &typed, 0, now), Some(this + away));
            assert_eq!(accepted(secret, &typed, this + away, now), None, "used");
        }
        assert_eq!(accepted(secret, &code(secret, this - 2), 0, now), None);
        let spaced = code(secret, this);
        let spaced = format!(" {} {}", &spaced[..3], &spaced[3..]);
        assert_eq!(accepted(secret, &spaced, 0, now), Some(this));
        assert_eq!(accepted(secret, "", 0, now), None);
    }

    /// RFC 4648, section 10.
    #[test]
    fn secrets_are_written_as_the_standard_says() {
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
        assert_eq!(written(b"fooba"), "MZXW 6YTB");
        let uri = uri(b"foob", "jaana.peltola", "Keski-Suomen hyvinvointialue");
        assert!(uri.starts_with(
            "otpauth://totp/Keski-Suomen%20hyvinvointialue:jaana.peltola?secret=MZXW6YQ&"
        ));
        assert!(qr(&uri).is_some_and(|qr| qr.side >= 29 && qr.path.len() > 100));
    }
}
