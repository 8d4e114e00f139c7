//! Passwords: what is accepted, and argon2id outside the writer's and the requests' threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use kernel::chance::Chance;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use web::Failure;

/// Fewest characters (NIST SP 800-63B asks for eight; a password beside a second factor is still the first).
pub const SHORTEST: usize = 12;
/// Most characters: whole sentences are welcome, work for nothing is not.
pub const LONGEST: usize = 200;
/// Fewest different characters.
const FEWEST_KINDS: usize = 5;
/// Memory (KiB) and passes: the first choice of OWASP's table for argon2id with little memory.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Hashes made at the same time: two processors, two times 19 MB.
const AT_ONCE: usize = 2;
/// More than these do not wait; they are told to come again in a moment.
const MOST_WAITING: usize = 50;

/// Words of the commonest passwords in Finnish, Swedish and English, one a line.
const COMMON: &str = include_str!("../../data/common_passwords.txt");

/// Why a new password is not good enough: the key of the message at its field.
pub(crate) fn fault(password: &str, login: &str) -> Option<&'static str> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some("account-password-short");
    }
    if length > LONGEST {
        return Some("account-password-long");
    }
    let lower = password.to_lowercase();
    let kinds: std::collections::BTreeSet<char> = lower.chars().collect();
    if kinds.len() < FEWEST_KINDS || is_common(&lower) {
        return Some("account-password-common");
    }
    let mut names = login
        .split(['.', '-', '_', '@'])
        .filter(|part| part.len() > 3);
    let rest = lower.chars().count().saturating_sub(login.chars().count());
    if names.clone().count() > 0 && names.all(|part| lower.contains(part))
        || (lower.contains(login) && rest < SHORTEST)
    {
        return Some("account-password-name");
    }
    None
}

/// Only common words, numbers in a row and signs: nothing is left when they are taken away, or hardly anything.
fn is_common(lower: &str) -> bool {
    let mut rest: String = lower
        .chars()
        .map(|sign| match sign {
            '0' => 'o',
            '1' | '!' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            other => other,
        })
        .collect();
    let mut plain = lower.to_owned();
    for word in COMMON
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        rest = rest.replace(word, "");
        plain = plain.replace(word, "");
    }
    let letters = |text: &str| text.chars().filter(|sign| sign.is_alphabetic()).count();
    letters(&plain).min(letters(&rest)) < 4
}

/// Makes and compares hashes.
pub struct Hasher {
    params: Params,
    room: Arc<Semaphore>,
    waiting: AtomicUsize,
    runs: AtomicU64,
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new(MEMORY, PASSES)
    }
}

impl Hasher {
    /// A hasher of so much memory (KiB) and so many passes. Tests take little.
    pub fn new(memory: u32, passes: u32) -> Self {
        Self {
            params: Params::new(memory, passes, 1, None).unwrap_or_default(),
            room: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: AtomicUsize::new(0),
            runs: AtomicU64::new(0),
        }
    }

    /// How often argon2 has been run: the same for a name that exists and for one that does not.
    pub fn runs(&self) -> u64 {
        self.runs.load(Ordering::Relaxed)
    }

    /// The hash of a new password in its standard text form.
    ///
    /// # Errors
    /// When too many wait.
    pub(crate) async fn hash(
        &self,
        chance: &dyn Chance,
        password: &str,
    ) -> Result<String, Failure> {
        let mut salt = [0; 16];
        chance.fill(&mut salt);
        let (params, password) = (self.params.clone(), normal(password));
        self.run(move || {
            argon2id(params)
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map(|hash| hash.to_string())
        })
        .await?
        .map_err(Failure::internal)
    }

    /// Whether a password is the one behind a hash. Without a hash the same work is done for nothing.
    ///
    /// # Errors
    /// When too many wait.
    pub(crate) async fn matches(
        &self,
        password: &str,
        hash: Option<String>,
    ) -> Result<bool, Failure> {
        let (params, password) = (self.params.clone(), normal(password));
        self.run(move || {
            let argon2 = argon2id(params);
            match hash.as_deref().map(PasswordHash::new) {
                Some(Ok(hash)) => argon2.verify_password(password.as_bytes(), &hash).is_ok(),
                _ => {
                    let mut nowhere = [0; 32];
                    let _ = argon2.hash_password_into(password.as_bytes(), &[7; 16], &mut nowhere);
                    false
                }
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= MOST_WAITING {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Failure::Busy);
        }
        let permit = Arc::clone(&self.room).acquire_owned().await;
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        let permit = permit.map_err(Failure::internal)?;
        self.runs.fetch_add(1, Ordering::Relaxed);
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        })
        .await
        .map_err(Failure::internal)
    }
}

fn argon2id(params: Params) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// One form for letters that can be typed in two ways (RFC 8265, section 4.2).
fn normal(password: &str) -> String {
    password.nfc().collect()
}

#[cfg(test)]
mod tests {
    use kernel::chance::SeededChance;

    use super::*;

    #[test]
    fn short_common_and_own_name_are_refused() {
        let fault = |password| fault(password, "jaana.peltola");
        for good in [
            "kolme harmaata kissaa",
            "Täällä pohjantähden alla",
            "vR7-kk2q-LL0p-x",
            "peltola ajoi traktorilla kotiin",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for (bad, why) in [
            ("lyhyt", "account-password-short"),
            ("elevenchars", "account-password-short"),
            ("salasana1234", "account-password-common"),
            ("S4l4s4na2026!!", "account-password-common"),
            ("kesakuu-2026-kesakuu", "account-password-common"),
            ("passwordpassword", "account-password-common"),
            ("123456789012", "account-password-common"),
            ("aaaaaaaaaaaaaaaa", "account-password-common"),
            ("qwertyuiop123", "account-password-common"),
            ("jaana.peltola1", "account-password-name"),
            ("PeltolaJaana2026", "account-password-name"),
        ] {
            assert_eq!(fault(bad), Some(why), "{bad}");
        }
        assert_eq!(
            fault(&"pitkä sana ".repeat(20)),
            Some("account-password-long")
        );
    }

    #[tokio::test]
    async fn a_hash_is_argon2id_salted_and_of_the_text_as_read() {
        let hasher = Hasher::new(64, 1);
        let chance = SeededChance::new(1);
        let hash = hasher
            .hash(&chance, "p\u{e4}\u{e4}sky ja syksy")
            .await
            .expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
        let again = hasher
            .hash(&chance, "p\u{e4}\u{e4}sky ja syksy")
            .await
            .expect("hashed");
        assert_ne!(hash, again, "salt");
        let matches = |typed: &'static str| hasher.matches(typed, Some(hash.clone()));
        assert!(
            matches("pa\u{308}a\u{308}sky ja syksy")
                .await
                .expect("compared")
        );
        assert!(!matches("pääsky ja kevät").await.expect("compared"));
        assert!(
            !hasher
                .matches("pääsky ja syksy", None)
                .await
                .expect("compared")
        );
        assert!(
            !hasher
                .matches("x", Some("nonsense".to_owned()))
                .await
                .expect("compared")
        );
        assert_eq!(hasher.runs(), 6);
    }

    #[test]
    fn real_hashes_cost_what_the_decision_says() {
        let hasher = Hasher::default();
        assert_eq!(
            (hasher.params.m_cost(), hasher.params.t_cost()),
            (19 * 1024, 2)
        );
    }
}
