//! Codes that people type: invitations and recovery codes. Kept as digests, shown once.

use kernel::chance::Chance;
use web::Secrets;

/// Without letters that look like digits (Crockford's alphabet): what is misread is read right all the same.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Recovery codes of one person.
pub(crate) const RECOVERY_CODES: usize = 10;
/// Letters of a recovery code: 60 bits.
const RECOVERY: usize = 12;
/// Letters of an invitation: 100 bits, so that its digest needs no key of the house.
const INVITATION: usize = 20;

fn make(chance: &dyn Chance, letters: usize) -> String {
    let mut bytes = vec![0; letters];
    chance.fill(&mut bytes);
    let letters: Vec<char> = bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte & 31)]))
        .collect();
    letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

/// A new invitation code.
pub(crate) fn invitation(chance: &dyn Chance) -> String {
    make(chance, INVITATION)
}

/// New recovery codes.
pub(crate) fn recovery(chance: &dyn Chance) -> Vec<String> {
    (0..RECOVERY_CODES)
        .map(|_| make(chance, RECOVERY))
        .collect()
}

/// A typed code as it was made: without spaces and hyphens, with look-alikes put right.
fn folded(typed: &str) -> String {
    typed
        .chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|sign| match sign {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect()
}

/// The digest by which an invitation is found.
pub(crate) fn invitation_hash(typed: &str) -> [u8; 32] {
    blake3::derive_key("noste 2026 invitation code", folded(typed).as_bytes())
}

/// The digest by which one person's recovery code is found.
pub(crate) fn recovery_hash(secrets: &Secrets, staff: [u8; 16], typed: &str) -> [u8; 32] {
    let text = folded(typed);
    *secrets
        .digest(
            "noste 2026 recovery code",
            &[&staff[..], text.as_bytes()].concat(),
        )
        .as_bytes()
}

/// Whether what was typed has the length of a recovery code, and not of a code of an app.
pub(crate) fn looks_like_recovery(typed: &str) -> bool {
    folded(typed).chars().count() == RECOVERY
}

#[cfg(test)]
mod tests {
    use kernel::chance::SeededChance;

    use super::*;

    #[test]
    fn codes_are_read_as_people_write_them() {
        let chance = SeededChance::new(1);
        let code = invitation(&chance);
        assert_eq!(code.len(), 24, "{code}");
        assert_ne!(code, invitation(&chance));
        let typed = format!(
            " {} ",
            code.to_uppercase()
                .replace('-', " ")
                .replace('0', "O")
                .replace('1', "l")
        );
        assert_eq!(invitation_hash(&typed), invitation_hash(&code));
        let (secrets, other) = (Secrets::new([1; 32]), Secrets::new([2; 32]));
        let codes = recovery(&chance);
        assert_eq!(codes.len(), RECOVERY_CODES);
        assert!(codes.iter().all(|code| looks_like_recovery(code)));
        assert!(!looks_like_recovery("123 456"));
        let hash = recovery_hash(&secrets, [1; 16], &codes[0]);
        assert_eq!(
            hash,
            recovery_hash(&secrets, [1; 16], &codes[0].to_uppercase())
        );
        assert_ne!(hash, recovery_hash(&secrets, [2; 16], &codes[0]));
        assert_ne!(hash, recovery_hash(&other, [1; 16], &codes[0]));
    }
}
