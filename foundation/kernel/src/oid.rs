//! Object identifiers (OID, ISO/IEC 9834-1, ITU-T X.660) as health and social care uses them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::business_id::BusinessId;

/// HL7 fields hold no more characters.
const LONGEST: usize = 64;
const URN: &str = "urn:oid:";

/// Text that is not an OID of at most 64 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an OID: numbers with dots between, the first one 0, 1 or 2, at most 64 characters")]
pub struct InvalidOid;

/// A valid OID: arcs without leading zeros, at least two, at most 64 characters.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Oid(String);

/// Finland's organisations; an organisation's own node is this and its business id.
pub const ORGANISATIONS: &str = "1.2.246.10";
/// The system of personal identity codes.
pub const PERSONAL_IDENTITY_CODE: &str = "1.2.246.21";
/// The national node of social and health care.
pub const SOCIAL_AND_HEALTH_CARE: &str = "1.2.246.537";

impl Oid {
    /// Reads the dotted form.
    ///
    /// # Errors
    /// [`InvalidOid`] for any other text.
    pub fn parse(text: &str) -> Result<Self, InvalidOid> {
        if text.len() > LONGEST {
            return Err(InvalidOid);
        }
        let mut arcs = text.split('.');
        let first = arcs
            .next()
            .filter(|arc| matches!(*arc, "0" | "1" | "2"))
            .ok_or(InvalidOid)?;
        let second = arcs.next().filter(|arc| is_arc(arc)).ok_or(InvalidOid)?;
        // Under 0 and 1 the second arc is at most 39 (X.660), which keeps the binary form unique.
        let crowded = first != "2" && !second.parse::<u8>().is_ok_and(|arc| arc < 40);
        if crowded || !arcs.all(is_arc) {
            return Err(InvalidOid);
        }
        Ok(Self(text.to_owned()))
    }

    /// Reads `urn:oid:...`, the form of code systems and identifier systems.
    ///
    /// # Errors
    /// [`InvalidOid`] when the prefix or the rest is anything else.
    pub fn from_urn(text: &str) -> Result<Self, InvalidOid> {
        text.strip_prefix(URN)
            .ok_or(InvalidOid)
            .and_then(Self::parse)
    }

    /// The node of an organisation: its business id without the hyphen and the leading zeros.
    pub fn of_organisation(organisation: &BusinessId) -> Self {
        Self(format!("{ORGANISATIONS}.{}", organisation.number()))
    }

    /// The node one step below.
    ///
    /// # Errors
    /// [`InvalidOid`] when the result would be longer than 64 characters.
    pub fn child(&self, arc: u64) -> Result<Self, InvalidOid> {
        Self::parse(&format!("{self}.{arc}"))
    }

    /// Whether this node lies below `root` (a node is not below itself).
    pub fn is_under(&self, root: &Self) -> bool {
        self.0
            .strip_prefix(&root.0)
            .is_some_and(|rest| rest.starts_with('.'))
    }

    /// The dotted form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form `urn:oid:...`.
    pub fn urn(&self) -> String {
        format!("{URN}{self}")
    }

    fn arcs(&self) -> impl Iterator<Item = &str> {
        self.0.split('.')
    }
}

/// Order of the tree: by arcs as numbers, a node before what is below it.
impl Ord for Oid {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        // No leading zeros: the longer arc is the larger number.
        let key = |arc: &str| (arc.len(), arc.to_owned());
        self.arcs().map(key).cmp(other.arcs().map(key))
    }
}

impl PartialOrd for Oid {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Oid({})", self.0)
    }
}

impl FromStr for Oid {
    type Err = InvalidOid;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Oid {
    type Error = InvalidOid;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Oid> for String {
    fn from(oid: Oid) -> Self {
        oid.0
    }
}

fn is_arc(text: &str) -> bool {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits && (text == "0" || !text.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_well_formed_identifiers_are_read() {
        for good in [
            "0.0",
            "1.39",
            "2.999",
            "1.2.246.10.1012636.10.1.1.100768",
            ORGANISATIONS,
        ] {
            assert_eq!(Oid::parse(good).unwrap().as_str(), good);
        }
        let long = format!("1.2.{}", "9".repeat(61));
        for bad in [
            "", "1", "3.1", "1.", ".1", "1..2", "1.02", "1.40", "0.400", "1.2.x", "1.2 ", "+1.2",
            &long,
        ] {
            assert_eq!(Oid::parse(bad), Err(InvalidOid), "{bad}");
        }
    }

    #[test]
    fn the_longest_identifier_has_no_children() {
        let longest = Oid::parse(&format!("1.2.{}", "9".repeat(60))).unwrap();
        assert_eq!(longest.child(1), Err(InvalidOid));
    }

    #[test]
    fn an_organisation_has_its_node() {
        let county = BusinessId::parse("0000001-9").unwrap();
        let node = Oid::of_organisation(&county);
        assert_eq!(node.as_str(), "1.2.246.10.19");
        let unit = node.child(10).unwrap();
        assert!(unit.is_under(&node) && !node.is_under(&node));
        // A number that begins with the same digits is another organisation.
        assert!(!Oid::parse("1.2.246.10.190").unwrap().is_under(&node));
        assert_eq!(unit.urn(), "urn:oid:1.2.246.10.19.10");
        assert_eq!(Oid::from_urn(&unit.urn()), Ok(unit));
        assert_eq!(Oid::from_urn("1.2.246.10"), Err(InvalidOid));
    }

    #[test]
    fn the_order_is_that_of_the_tree() {
        let mut oids = ["1.2.246.10", "1.2.246.9", "1.2.246", "1.2.246.9.1"]
            .map(|text| Oid::parse(text).unwrap());
        oids.sort();
        assert_eq!(
            oids.map(String::from),
            ["1.2.246", "1.2.246.9", "1.2.246.9.1", "1.2.246.10"].map(String::from)
        );
    }
}
