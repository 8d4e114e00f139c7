//! Who does an action: exactly one, always somebody.

use clients::ClientId;
use identity::people::StaffId;

/// Longest name of a partner (characters).
pub const LONGEST_NAME: usize = 120;

/// The one who does an action. There is no value for nobody, and none for two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A client of the plan.
    Client(ClientId),
    /// A worker of the county.
    Worker(StaffId),
    /// A partner, by name: "Kela", "Työllisyysalue", "Asumisneuvoja Virtanen".
    Partner(PartnerName),
}

/// A name that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerName(String);

impl PartnerName {
    /// The name; none when nothing is written or it is too long.
    pub fn new(name: &str) -> Option<Self> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        (!name.is_empty() && name.chars().count() <= LONGEST_NAME).then_some(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Kind, client, worker and name of an owner, as they are stored.
pub type Columns = (
    &'static str,
    Option<[u8; 16]>,
    Option<[u8; 16]>,
    Option<String>,
);

impl Owner {
    /// What a form posts: `client:<id>`, `staff:<id>` or `partner`, whose name stands in a field beside.
    pub fn read(picked: &str, name: &str) -> Option<Self> {
        match picked.split_once(':') {
            Some(("client", id)) => id.parse().ok().map(Self::Client),
            Some(("staff", id)) => id.parse().ok().map(Self::Worker),
            _ if picked == "partner" => PartnerName::new(name).map(Self::Partner),
            _ => None,
        }
    }

    /// The value that [`Owner::read`] reads.
    pub fn pick(&self) -> String {
        match self {
            Self::Client(client) => format!("client:{client}"),
            Self::Worker(staff) => format!("staff:{staff}"),
            Self::Partner(_) => "partner".to_owned(),
        }
    }

    /// The columns: kind, client, worker, name.
    pub fn columns(&self) -> Columns {
        match self {
            Self::Client(client) => ("client", Some(client.bytes()), None, None),
            Self::Worker(staff) => ("worker", None, Some(staff.bytes()), None),
            Self::Partner(name) => ("partner", None, None, Some(name.0.clone())),
        }
    }

    /// The owner of columns; none when they do not name exactly one.
    pub fn of_columns(
        kind: &str,
        client: Option<[u8; 16]>,
        staff: Option<[u8; 16]>,
        name: Option<&str>,
    ) -> Option<Self> {
        match (kind, client, staff, name) {
            ("client", Some(id), None, None) => Some(Self::Client(ClientId::from_bytes(id))),
            ("worker", None, Some(id), None) => Some(Self::Worker(StaffId::from_bytes(id))),
            ("partner", None, None, Some(name)) => PartnerName::new(name).map(Self::Partner),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn owners() -> impl Strategy<Value = Owner> {
        prop_oneof![
            any::<[u8; 16]>().prop_map(|id| Owner::Client(ClientId::from_bytes(id))),
            any::<[u8; 16]>().prop_map(|id| Owner::Worker(StaffId::from_bytes(id))),
            "[A-Za-zäö]{1,20}"
                .prop_filter_map("a name", |name| PartnerName::new(&name).map(Owner::Partner)),
        ]
    }

    #[test]
    fn nobody_is_no_owner() {
        for (picked, name) in [
            ("", ""),
            ("", "Kela"),
            ("partner", "  "),
            ("client:", ""),
            ("staff:x", ""),
            ("client", "Kela"),
        ] {
            assert_eq!(Owner::read(picked, name), None, "{picked}");
        }
        let long = "x".repeat(LONGEST_NAME + 1);
        assert_eq!(Owner::read("partner", &long), None);
    }

    proptest! {
        #[test]
        fn an_owner_is_read_back(owner in owners()) {
            let name = match &owner {
                Owner::Partner(name) => name.as_str().to_owned(),
                _ => String::new(),
            };
            prop_assert_eq!(Owner::read(&owner.pick(), &name), Some(owner.clone()));
            let (kind, client, staff, name) = owner.columns();
            prop_assert_eq!(Owner::of_columns(kind, client, staff, name.as_deref()), Some(owner));
        }

        #[test]
        fn columns_that_name_two_or_none_are_no_owner(
            kind in "client|worker|partner|",
            client in any::<Option<[u8; 16]>>(),
            staff in any::<Option<[u8; 16]>>(),
            name in proptest::option::of("[a-z]{0,3}"),
        ) {
            let named = [client.is_some(), staff.is_some(), name.is_some()];
            let one = named.iter().filter(|is| **is).count() == 1;
            if Owner::of_columns(&kind, client, staff, name.as_deref()).is_some() {
                prop_assert!(one);
            }
        }
    }
}
