//! Passkeys (WebAuthn): registration and sign-in ceremonies, without the rest of the house.
