//! Who has seen what, through the house's own doors.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod client_log;
mod exports;
mod officer;
mod support;

#[test]
fn messages_are_whole() {
    let wrong = web::proof::messages(
        &::oversight::feature().messages,
        env!("CARGO_MANIFEST_DIR"),
        &[
            "log-refusal-",
            "log-request-state-",
            "log-family-",
            "log-column-",
            "log-table-reason-",
            "log-event-",
            "review-outcome-",
            "review-reason-",
            "watch-rule-",
            "watch-found-",
            "watched-done-",
        ],
    );
    assert_eq!(wrong, [""; 0]);
}
