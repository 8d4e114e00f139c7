//! Form tokens: proof that a posted form came from a page of ours.
//!
//! A token holds the moment the page was made, a nonce and a keyed digest bound to the session, or to nobody on
//! public pages, where it needs no cookie. The moment doubles as the time trap of the spam guard.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{
    chance::Chance,
    time::{SignedDuration, Timestamp, from_millis, millis},
};

use crate::Secrets;

const PURPOSE: &str = "noste 2026 form token";
/// How long a page may stay open before it is sent.
const LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Name of the hidden field (and of the request header, for scripts) that carries the token.
pub const TOKEN_FIELD: &str = "_token";

/// A new token for a page made at `now`; `bound_to` is the session's key, empty on public pages.
pub fn issue(secrets: &Secrets, chance: &dyn Chance, now: Timestamp, bound_to: &[u8]) -> String {
    let mut head = [0; 16];
    chance.fill(&mut head[8..]);
    head[..8].copy_from_slice(&millis(now).to_be_bytes());
    let digest = digest(secrets, &head, bound_to);
    let mut bytes = head.to_vec();
    bytes.extend_from_slice(digest.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// When the page of the token was made; `None` for a token that is forged, of another session or too old.
pub fn check(secrets: &Secrets, now: Timestamp, token: &str, bound_to: &[u8]) -> Option<Timestamp> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (head, rest) = bytes.split_first_chunk::<16>()?;
    let given = blake3::Hash::from_bytes(rest.try_into().ok()?);
    if digest(secrets, head, bound_to) != given {
        return None;
    }
    let issued = from_millis(i64::from_be_bytes(*head.first_chunk::<8>()?));
    // A clock that was set back a little must not refuse every open page.
    let age = now.duration_since(issued);
    (age > -SignedDuration::from_mins(5) && age < LIFE).then_some(issued)
}

fn digest(secrets: &Secrets, head: &[u8; 16], bound_to: &[u8]) -> blake3::Hash {
    let mut message = head.to_vec();
    message.extend_from_slice(bound_to);
    secrets.digest(PURPOSE, &message)
}

#[cfg(test)]
mod tests {
    use kernel::chance::SeededChance;
    use proptest::prelude::*;

    use super::*;

    const NOW: i64 = 1_773_388_800_000;

    #[test]
    fn a_token_lives_a_day_and_belongs_to_one_session() {
        let secrets = Secrets::new([1; 32]);
        let now = from_millis(NOW);
        let token = issue(&secrets, &SeededChance::new(1), now, b"session");
        assert_eq!(check(&secrets, now, &token, b"session"), Some(now));
        assert_eq!(
            check(
                &secrets,
                now + SignedDuration::from_mins(1439),
                &token,
                b"session"
            ),
            Some(now)
        );
        assert_eq!(check(&secrets, now + LIFE, &token, b"session"), None);
        assert_eq!(
            check(
                &secrets,
                now - SignedDuration::from_mins(6),
                &token,
                b"session"
            ),
            None
        );
        assert_eq!(check(&secrets, now, &token, b"other"), None);
        assert_eq!(check(&secrets, now, &token, b""), None);
        assert_eq!(check(&Secrets::new([2; 32]), now, &token, b"session"), None);
    }

    proptest! {
        #[test]
        fn a_changed_token_is_refused(at in 0_usize..64, change in 1_u8..64) {
            let secrets = Secrets::new([1; 32]);
            let now = from_millis(NOW);
            let token = issue(&secrets, &SeededChance::new(1), now, b"s");
            let mut bytes = URL_SAFE_NO_PAD.decode(&token).unwrap();
            let place = at % bytes.len();
            bytes[place] ^= change;
            prop_assert_eq!(check(&secrets, now, &URL_SAFE_NO_PAD.encode(bytes), b"s"), None);
        }

        #[test]
        fn any_text_is_looked_at_calmly(text in ".*") {
            prop_assert_eq!(check(&Secrets::new([1; 32]), from_millis(NOW), &text, b""), None);
        }
    }
}
