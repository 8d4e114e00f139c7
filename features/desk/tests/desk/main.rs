//! The desk, the situation and advice, through the house's own doors.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod advice;
mod desk;
mod empty;
mod situation;
mod support;

#[test]
fn messages_are_whole() {
    let wrong = web::proof::messages(
        &::desk::feature().messages,
        env!("CARGO_MANIFEST_DIR"),
        &[
            "desk-weekday-",
            "desk-work-empty",
            "desk-mine-empty",
            "unit-age-",
            "desk-mine-",
            "desk-share-",
            "unit-alert-",
            "unit-share-",
            "title-",
            "flow-",
        ],
    );
    assert_eq!(wrong, [""; 0]);
}
