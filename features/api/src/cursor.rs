//! Places in lists, as programs carry them from page to page: opaque, signed, and without personal data.
//!
//! A cursor holds the kind of list, the token it was given to, and the random id of the last row (or its place in the
//! log). A name or a date in it would end in the logs of other systems.

use axum::http::StatusCode;
use identity::tokens::TokenId;
use web::Secrets;
use web::problem::{Problem, kind};

const PURPOSE: &str = "noste 2026 cursor of the interface for programs";

/// Rows of one page.
pub const PAGE: usize = 50;

/// Longest cursor, characters: two ids, a digest and the name of a list.
pub const LONGEST: usize = 160;

/// The cursor after `place` in the list `list` for a token.
pub fn make(secrets: &Secrets, list: &str, token: TokenId, place: &[u8]) -> String {
    let mut data = token.bytes().to_vec();
    data.push(u8::try_from(list.len()).unwrap_or(u8::MAX));
    data.extend_from_slice(list.as_bytes());
    data.extend_from_slice(place);
    secrets.sign(PURPOSE, &data)
}

/// The place that a cursor of this list and token holds.
///
/// # Errors
/// The problem to answer when it was made for another list, another token, or by somebody else.
pub fn read<const N: usize>(
    secrets: &Secrets,
    list: &str,
    token: TokenId,
    cursor: &str,
) -> Result<[u8; N], Problem> {
    open(secrets, list, token, cursor).ok_or_else(|| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            kind::CURSOR,
            "The cursor is not one that this list gave to this token. Begin without a cursor.",
        )
    })
}

fn open<const N: usize>(
    secrets: &Secrets,
    list: &str,
    token: TokenId,
    cursor: &str,
) -> Option<[u8; N]> {
    let data = secrets.verify(PURPOSE, cursor)?;
    let rest = data.strip_prefix(&token.bytes())?;
    let (length, rest) = rest.split_first()?;
    let (name, place) = rest.split_at_checked(usize::from(*length))?;
    if name != list.as_bytes() {
        return None;
    }
    place.try_into().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TOKEN: [u8; 16] = [7; 16];

    fn token(bytes: [u8; 16]) -> TokenId {
        TokenId::from_bytes(bytes)
    }

    #[test]
    fn a_cursor_belongs_to_its_list_and_token() {
        let secrets = Secrets::new([1; 32]);
        let cursor = make(&secrets, "clients", token(TOKEN), &[9; 16]);
        assert!(cursor.len() <= LONGEST);
        let open = |secrets: &Secrets, list: &str, bytes, cursor: &str| {
            read::<16>(secrets, list, token(bytes), cursor).ok()
        };
        assert_eq!(open(&secrets, "clients", TOKEN, &cursor), Some([9; 16]));
        assert_eq!(open(&secrets, "contacts", TOKEN, &cursor), None);
        assert_eq!(open(&secrets, "client", TOKEN, &cursor), None);
        assert_eq!(open(&secrets, "clients", [8; 16], &cursor), None);
        assert_eq!(
            open(&Secrets::new([2; 32]), "clients", TOKEN, &cursor),
            None
        );
        assert_eq!(open(&secrets, "clients", TOKEN, ""), None);
        assert!(read::<15>(&secrets, "clients", token(TOKEN), &cursor).is_err());
    }

    proptest! {
        #[test]
        fn a_changed_cursor_opens_nothing(at in 0_usize..200, letter in "[A-Za-z0-9_-]") {
            let secrets = Secrets::new([1; 32]);
            let cursor = make(&secrets, "clients", token(TOKEN), &[9; 16]);
            let at = at % cursor.len();
            let mut changed = cursor.clone();
            changed.replace_range(at..=at, &letter);
            if changed != cursor {
                let found = open::<16>(&secrets, "clients", token(TOKEN), &changed);
                // The last letter of base64 may carry bits that say nothing.
                prop_assert!(found.is_none() || at + 1 == cursor.len());
            }
        }
    }
}
