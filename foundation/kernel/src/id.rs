//! One id type per table: 16 bytes, UUID version 7 (RFC 9562), made by the program.

use crate::{chance::Chance, clock::Clock};

/// The bytes of a new UUIDv7: 48 bits of milliseconds, then random bits.
pub fn new_id_bytes(clock: &dyn Clock, chance: &dyn Chance) -> [u8; 16] {
    let millis = u64::try_from(clock.now().as_millisecond()).unwrap_or(0);
    let mut bytes = [0; 16];
    chance.fill(&mut bytes[6..]);
    bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    bytes
}

/// Text that is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

/// Declares an id type: `id_type!(/** doc */ ContactId);`
#[macro_export]
macro_rules! id_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// A new id, sortable by the time it was made.
            pub fn new(clock: &dyn $crate::clock::Clock, chance: &dyn $crate::chance::Chance) -> Self {
                Self($crate::id::new_id_bytes(clock, chance))
            }
            /// The id whose bytes are `bytes`.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }
            /// The 16 bytes as the store keeps them.
            pub const fn bytes(&self) -> [u8; 16] {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&$crate::id::hyphenated(self.0), f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::id::NotAnId;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::id::parse(text).map(Self)
            }
        }
    };
}

/// The hyphenated text form of 16 bytes.
pub fn hyphenated(bytes: [u8; 16]) -> String {
    uuid::Uuid::from_bytes(bytes).hyphenated().to_string()
}

/// Reads the hyphenated text form.
///
/// # Errors
/// [`NotAnId`] when the text has any other form.
pub fn parse(text: &str) -> Result<[u8; 16], NotAnId> {
    if text.len() != 36 {
        return Err(NotAnId);
    }
    uuid::Uuid::try_parse(text)
        .map(uuid::Uuid::into_bytes)
        .map_err(|_| NotAnId)
}
