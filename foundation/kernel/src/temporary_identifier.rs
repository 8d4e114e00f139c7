//! Temporary identifier (tilapäinen yksilöintitunnus): for a client whose personal identity code
//! is not known or does not exist.
//!
//! Every client block of the national document structures carries either this or the personal
//! identity code. It is an OID that the organisation gives from its own node (the exact form of
//! the arcs below the node is not confirmed by a published text, so the branch is a setting). A
//! made-up text that looks like a personal identity code is never used as a key. When the real
//! code becomes known, the two are linked and both are kept.

use std::{fmt, str::FromStr};

use crate::oid::{InvalidOid, ORGANISATIONS, Oid};

/// A temporary identifier: an OID below an organisation's node. It stands for one person, so
/// `Debug` hides it as it hides the personal identity code.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TemporaryIdentifier(Oid);

/// Text that is not a temporary identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a temporary identifier is an OID below the node of an organisation")]
pub struct InvalidTemporaryIdentifier;

impl TemporaryIdentifier {
    /// The identifier number `running` of a year: `<organisation>.<branch>.<year>.<running>`.
    /// The caller keeps the counter in the transaction that stores the client: no number twice.
    ///
    /// # Errors
    /// [`InvalidTemporaryIdentifier`] when the organisation is no node of [`ORGANISATIONS`] or the
    /// result is longer than an OID may be.
    pub fn issue(
        organisation: &Oid,
        branch: u32,
        year: u16,
        running: u64,
    ) -> Result<Self, InvalidTemporaryIdentifier> {
        let oid = [u64::from(branch), u64::from(year), running]
            .into_iter()
            .try_fold(organisation.clone(), |node, arc| node.child(arc))
            .map_err(|InvalidOid| InvalidTemporaryIdentifier)?;
        Self::from_oid(oid)
    }

    /// Reads the dotted form.
    ///
    /// # Errors
    /// [`InvalidTemporaryIdentifier`] for any text that is not an OID below an organisation.
    pub fn parse(text: &str) -> Result<Self, InvalidTemporaryIdentifier> {
        Oid::parse(text)
            .map_err(|InvalidOid| InvalidTemporaryIdentifier)
            .and_then(Self::from_oid)
    }

    fn from_oid(oid: Oid) -> Result<Self, InvalidTemporaryIdentifier> {
        // One arc below the root is the organisation itself, which is nobody's identifier.
        let below = oid
            .as_str()
            .strip_prefix(ORGANISATIONS)
            .and_then(|rest| rest.strip_prefix('.'));
        if below.is_some_and(|rest| rest.contains('.')) {
            Ok(Self(oid))
        } else {
            Err(InvalidTemporaryIdentifier)
        }
    }

    /// Whether the organisation gave this identifier.
    pub fn is_issued_by(&self, organisation: &Oid) -> bool {
        self.0.is_under(organisation)
    }

    /// The whole identifier: for the store, for documents and for a reader with the right.
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for TemporaryIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TemporaryIdentifier(hidden)")
    }
}

impl FromStr for TemporaryIdentifier {
    type Err = InvalidTemporaryIdentifier;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::business_id::BusinessId;

    #[test]
    fn an_organisation_gives_identifiers_of_its_own() {
        let county = Oid::of_organisation(&BusinessId::parse("1234567-1").unwrap());
        let other = Oid::of_organisation(&BusinessId::parse("7654321-2").unwrap());
        let given = TemporaryIdentifier::issue(&county, 22, 2026, 7).unwrap();
        assert_eq!(given.expose(), "1.2.246.10.12345671.22.2026.7");
        assert!(given.is_issued_by(&county) && !given.is_issued_by(&other));
        assert_eq!(
            TemporaryIdentifier::parse(given.expose()),
            Ok(given.clone())
        );
        assert_eq!(format!("{given:?}"), "TemporaryIdentifier(hidden)");
    }

    #[test]
    fn other_texts_are_refused() {
        for bad in [
            "",
            "010190-901R",
            "1.2.246.10",
            "1.2.246.10.12345671",
            "1.2.246.21.5.5",
            "1.2.246.100.5.5",
        ] {
            assert_eq!(
                TemporaryIdentifier::parse(bad),
                Err(InvalidTemporaryIdentifier),
                "{bad}"
            );
        }
        let elsewhere = Oid::parse("1.2.246.537.6").unwrap();
        assert!(TemporaryIdentifier::issue(&elsewhere, 1, 2026, 1).is_err());
    }
}
