//! Form tokens: proof that a posted form came from a page of ours.
//!
//! A token holds the moment the page was made, a nonce and a keyed digest bound to the session, or to nobody on
//! public pages, where it needs no cookie. The moment doubles as the time trap of the spam guard.
//!
//! On a signed-in person's page it also carries a mark of whose page it was, readable by nobody else: so a form that
//! is sent after its session has ended can be kept for its writer, and shown to nobody else ([`Mark`]).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{
    chance::Chance,
    time::{SignedDuration, Timestamp, from_millis, millis},
};

use crate::Secrets;

const PURPOSE: &str = "noste 2026 form token";
/// How long a page may stay open before it is sent.
const LIFE: SignedDuration = SignedDuration::from_hours(24);

const OWNER: &str = "noste 2026 form owner";

/// Whose page a form was on, as its token tells. Proves itself only to the house, and names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Moment and nonce of the page: no two pages have the same.
    pub head: [u8; 16],
    owner: [u8; 16],
}

impl Mark {
    /// The mark with its head, as bytes to be kept.
    pub fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..16].copy_from_slice(&self.head);
        bytes[16..].copy_from_slice(&self.owner);
        bytes
    }

    /// The mark of [`Mark::bytes`].
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        let mut mark = Self {
            head: [0; 16],
            owner: [0; 16],
        };
        mark.head.copy_from_slice(&bytes[..16]);
        mark.owner.copy_from_slice(&bytes[16..]);
        mark
    }

    /// Whether the page was this person's.
    pub fn is_of(&self, secrets: &Secrets, owner: [u8; 16]) -> bool {
        blake3::Hash::from_bytes(widen(owner_of(secrets, &self.head, owner)))
            == blake3::Hash::from_bytes(widen(self.owner))
    }
}

/// So that the comparison is the one of blake3, which takes the same time whatever differs.
fn widen(short: [u8; 16]) -> [u8; 32] {
    let mut wide = [0; 32];
    wide[..16].copy_from_slice(&short);
    wide
}

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

/// A new token for a page of a signed-in person, whose form can be kept when the session ends before it is sent.
pub fn issue_for(
    secrets: &Secrets,
    chance: &dyn Chance,
    now: Timestamp,
    session: &[u8],
    owner: [u8; 16],
) -> String {
    let mut bytes = URL_SAFE_NO_PAD
        .decode(issue(secrets, chance, now, session))
        .unwrap_or_default();
    if let Some(head) = bytes.first_chunk::<16>() {
        let mark = Mark {
            head: *head,
            owner: owner_of(secrets, head, owner),
        };
        bytes.extend_from_slice(&mark.owner);
        bytes.extend_from_slice(&proof(secrets, &mark));
    }
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Whose page a token was made for; `None` when it names nobody, is forged or too old. Says nothing of the session.
pub fn mark(secrets: &Secrets, now: Timestamp, token: &str) -> Option<Mark> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (head, rest) = bytes.split_first_chunk::<16>()?;
    let (_session, rest) = rest.split_first_chunk::<32>()?;
    let (owner, proven) = rest.split_first_chunk::<16>()?;
    let mark = Mark {
        head: *head,
        owner: *owner,
    };
    let proven: [u8; 16] = proven.try_into().ok()?;
    let holds = blake3::Hash::from_bytes(widen(proof(secrets, &mark)))
        == blake3::Hash::from_bytes(widen(proven));
    (holds && in_time(head, now).is_some()).then_some(mark)
}

fn owner_of(secrets: &Secrets, head: &[u8; 16], owner: [u8; 16]) -> [u8; 16] {
    short(&secrets.digest(OWNER, &[&head[..], &owner].concat()))
}

fn proof(secrets: &Secrets, mark: &Mark) -> [u8; 16] {
    short(&secrets.digest(OWNER, &[b"mark", &mark.bytes()[..]].concat()))
}

fn short(hash: &blake3::Hash) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&hash.as_bytes()[..16]);
    short
}

/// When the page of the token was made; `None` for a token that is forged, of another session or too old.
pub fn check(secrets: &Secrets, now: Timestamp, token: &str, bound_to: &[u8]) -> Option<Timestamp> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (head, rest) = bytes.split_first_chunk::<16>()?;
    // What follows is the mark of whose page it was: see `mark`.
    let (given, _) = rest.split_first_chunk::<32>()?;
    if digest(secrets, head, bound_to) != blake3::Hash::from_bytes(*given) {
        return None;
    }
    in_time(head, now)
}

fn in_time(head: &[u8; 16], now: Timestamp) -> Option<Timestamp> {
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

    #[test]
    fn a_mark_tells_its_owner_to_the_house_alone() {
        let secrets = Secrets::new([1; 32]);
        let now = from_millis(NOW);
        let chance = SeededChance::new(1);
        let token = issue_for(&secrets, &chance, now, b"session", [7; 16]);
        assert_eq!(check(&secrets, now, &token, b"session"), Some(now));
        assert_eq!(check(&secrets, now, &token, b"other"), None);
        let mark = mark(&secrets, now, &token).unwrap();
        assert!(mark.is_of(&secrets, [7; 16]) && !mark.is_of(&secrets, [8; 16]));
        assert_eq!(Mark::from_bytes(&mark.bytes()), mark);
        assert_eq!(super::mark(&secrets, now + LIFE, &token), None);
        assert_eq!(super::mark(&Secrets::new([2; 32]), now, &token), None);
        let nobodys = issue(&secrets, &chance, now, b"");
        assert_eq!(super::mark(&secrets, now, &nobodys), None);
        let bytes = URL_SAFE_NO_PAD.decode(&token).unwrap();
        for place in (0..16).chain(48..bytes.len()) {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            let changed = URL_SAFE_NO_PAD.encode(changed);
            assert_eq!(super::mark(&secrets, now, &changed), None, "{place}");
        }
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
