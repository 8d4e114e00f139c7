//! Parameters of addresses: ids, and where in a list to begin.

use identity::tokens::TokenId;
use serde_json::{Value, json};
use web::House;

use crate::cursor;
use crate::refusal::Refusal;

/// Rows read for one page: one more, to know whether there is another page.
pub const ONE_MORE: i64 = cursor::PAGE as i64 + 1;

/// Where in a list to begin.
#[derive(Debug)]
pub struct Place(Option<String>);

impl Place {
    /// Reads the query of a list's address.
    ///
    /// # Errors
    /// 400 for a parameter that lists do not have, or for the cursor twice.
    pub fn read(query: &Option<String>) -> Result<Self, Refusal> {
        let mut cursor = None;
        let pairs = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
        for (name, value) in pairs {
            if name != "cursor" || cursor.is_some() {
                return Err(Refusal::parameter(
                    "A list takes one parameter, cursor, once.",
                ));
            }
            cursor = Some(value.into_owned());
        }
        Ok(Self(cursor))
    }

    /// The place after which the page begins; `None` for the first page.
    ///
    /// # Errors
    /// 400 for a cursor that this list did not give to this token.
    pub fn after<const N: usize>(
        &self,
        house: &House,
        list: &str,
        token: TokenId,
    ) -> Result<Option<[u8; N]>, Refusal> {
        self.0
            .as_deref()
            .map(|cursor| cursor::read(&house.secrets, list, token, cursor))
            .transpose()
            .map_err(Refusal::from)
    }
}

/// An id in an address. One that is none names nothing.
///
/// # Errors
/// [`Refusal::NotFound`].
pub fn id<T: std::str::FromStr>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// A page of at most [`cursor::PAGE`] rows, with the cursor of the next one when there is more.
pub fn page<T>(rows: &[T], row: impl Fn(&T) -> Value, cursor: impl FnOnce(&T) -> String) -> Value {
    let shown = &rows[..rows.len().min(cursor::PAGE)];
    let next = match shown.last() {
        Some(last) if rows.len() > cursor::PAGE => Some(cursor(last)),
        _ => None,
    };
    json!({ "items": shown.iter().map(row).collect::<Vec<Value>>(), "next": next })
}
