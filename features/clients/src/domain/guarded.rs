//! Contact details that print nothing by themselves (invariant I6).

use std::fmt;

use crate::domain::ClientId;

/// What stands where a protected value would.
pub const MASK: &str = "…";

/// A client's protected contact detail. It can be kept, passed on and put into a template: all that
/// comes out is [`MASK`], unless a [`SecretGrant`] of the same client is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Guarded<T> {
    client: ClientId,
    value: T,
}

impl<T> Guarded<T> {
    /// Guards a value of a client.
    pub const fn new(client: ClientId, value: T) -> Self {
        Self { client, value }
    }

    /// The value, for whoever may see it; `None` for a grant of another client.
    pub fn reveal(&self, grant: &SecretGrant) -> Option<&T> {
        (grant.0 == self.client).then_some(&self.value)
    }

    /// Whose it is.
    pub const fn client(&self) -> ClientId {
        self.client
    }
}

impl<T> fmt::Debug for Guarded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl<T> fmt::Display for Guarded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// Proof that somebody may see one client's protected details and that the log says so. Only the gate
/// makes these, see `gate::Gate::secret`.
#[derive(Debug)]
pub struct SecretGrant(ClientId);

impl SecretGrant {
    pub(crate) const fn of(client: ClientId) -> Self {
        Self(client)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_comes_out_without_a_grant_of_the_same_client() {
        let (own, other) = (ClientId::from_bytes([1; 16]), ClientId::from_bytes([2; 16]));
        let guarded = Guarded::new(own, "Piilokuja 3".to_owned());
        for text in [
            format!("{guarded}"),
            format!("{guarded:?}"),
            format!("{:?}", Some(&guarded)),
        ] {
            assert!(!text.contains("Piilo"), "{text}");
        }
        assert_eq!(guarded.reveal(&SecretGrant::of(other)), None);
        assert_eq!(
            guarded.reveal(&SecretGrant::of(own)).map(String::as_str),
            Some("Piilokuja 3")
        );
    }
}
