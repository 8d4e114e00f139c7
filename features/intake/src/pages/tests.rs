//! Words, pages and refusals.

use super::*;

/// Beginnings of keys that code puts together from codes.
const FAMILIES: &[&str] = &[
    "new-consent-",
    "urgency-",
    "judgement-",
    "ground-",
    "kind-",
    "door-",
    "channel-",
    "parties-",
    "language-",
    "theme-",
    "answer-",
    "wish-",
    "authority-ground-",
    "ending-",
    "tab-",
    "queue-empty-",
    "event-",
    "done-",
    "act-",
    "end-",
    "matter-link-why-",
];

#[test]
fn messages_are_whole_in_every_language() {
    let wrong = web::proof::messages(&feature().messages, env!("CARGO_MANIFEST_DIR"), FAMILIES);
    assert_eq!(wrong, [""; 0]);
}
