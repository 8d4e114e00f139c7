//! Words.

use super::feature;

/// Beginnings of keys that code puts together from codes.
const FAMILIES: &[&str] = &[
    "matter-",
    "matters-tab-",
    "matters-empty-",
    "stage-",
    "service-task-",
    "initiation-",
    "way-",
    "initiator-",
    "ground-",
    "sent-",
    "seven-days-",
    "close-reason-",
    "no-own-worker-",
    "heard-",
    "number-way-",
    "panel-own-worker-",
    "panel-follow-up-",
    "work-offer-",
    "package-reason-",
    "part-",
    "clock-end-",
    "execution-",
    "soft-",
    "soon-",
    "title-",
];

#[test]
fn messages_are_whole_in_every_language() {
    let wrong = web::proof::messages(&feature().messages, env!("CARGO_MANIFEST_DIR"), FAMILIES);
    assert_eq!(wrong, [""; 0]);
}
