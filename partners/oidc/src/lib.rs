//! Sign-in by a county's own directory: OpenID Connect Core 1.0, authorisation code flow with PKCE (RFC 7636).
//!
//! The room knows the protocol and nothing of the house: what begins here is kept by the caller until the person
//! comes back, and what comes out is who the directory says the person is. The caller decides what that is worth.

mod claims;
mod provider;

pub use claims::Identity;
pub use provider::{Begun, Kept, Provider, Settings};

/// Why a sign-in did not succeed. The text is for the program's log; a person is told only that it did not.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// The configuration is not usable.
    #[error("the directory's settings: {0}")]
    Settings(String),
    /// The provider did not answer, or not as the standard says.
    #[error("the directory did not answer as agreed: {0}")]
    Provider(String),
    /// The answer is not to a question that this browser asked.
    #[error("the answer belongs to another sign-in")]
    State,
    /// The token is forged, for somebody else, too old, or signed with something else than agreed.
    #[error("the identity token is refused: {0}")]
    Token(String),
    /// The token is in order and does not say who the person is in the way the county has agreed.
    #[error("the identity token lacks the claim {0}")]
    Claim(String),
}
