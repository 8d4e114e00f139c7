//! The spam guard without a third party: a field that people do not see, and a form that nobody fills
//! in two seconds.
//!
//! Who is caught gets an ordinary page with one button that sends the same again. A program that only
//! fills and posts forms stops there; a person whose browser filled the hidden field, or who pasted a
//! ready text, presses once more.

use askama::Template;
use axum::response::Response;
use kernel::time::{SignedDuration, from_millis, millis};

use crate::{House, Page, Posted, Visit, page};

/// Name of the hidden field; sounds like something a program fills.
pub const TRAP: &str = "homepage";
/// Name of the field that tells that the button was pressed.
const PRESSED: &str = "pressed";
const PURPOSE: &str = "noste 2026 pressed once more";
const LEAST_AGE: SignedDuration = SignedDuration::from_secs(2);
const PRESSED_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// The page with one button that sends everything again.
#[derive(Template)]
#[template(path = "again.html")]
struct AgainPage {
    page: Page,
    fields: Vec<(String, String)>,
    trap: &'static str,
}

/// The page to be pressed once more, when the form looks like a program's.
pub fn doubt(visit: &Visit, posted: &Posted) -> Option<Response> {
    let house = &visit.house;
    let content = content(posted);
    if was_pressed(house, posted.value(PRESSED), &content) {
        return None;
    }
    let hasty = posted.age(house.now()).is_some_and(|age| age < LEAST_AGE);
    if posted.value(TRAP).is_empty() && !hasty {
        return None;
    }
    let mut pressed = millis(house.now()).to_be_bytes().to_vec();
    pressed.extend_from_slice(&content);
    let mut fields: Vec<_> = told(posted)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    fields.push((PRESSED.to_owned(), house.secrets.sign(PURPOSE, &pressed)));
    Some(page(AgainPage {
        page: visit.page("public-again-title"),
        fields,
        trap: TRAP,
    }))
}

/// What the sender told: everything but the house's own fields.
fn told(posted: &Posted) -> impl Iterator<Item = (&str, &str)> {
    posted
        .fields()
        .filter(|(name, _)| !name.starts_with('_') && ![TRAP, PRESSED].contains(name))
}

fn content(posted: &Posted) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for (name, value) in told(posted) {
        for part in [name, value] {
            hasher
                .update(&(part.len() as u64).to_be_bytes())
                .update(part.as_bytes());
        }
    }
    *hasher.finalize().as_bytes()
}

/// Whether the button was pressed for exactly this content.
fn was_pressed(house: &House, signed: &str, content: &[u8; 32]) -> bool {
    house.secrets.verify(PURPOSE, signed).is_some_and(|bytes| {
        bytes
            .split_first_chunk::<8>()
            .is_some_and(|(moment, rest)| {
                let moment = from_millis(i64::from_be_bytes(*moment));
                rest == content && house.now().duration_since(moment) < PRESSED_LIFE
            })
    })
}
