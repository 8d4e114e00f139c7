//! Who has seen what: use logs, the rights table in words, and the review of exceptional access.

use web::Feature;

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "oversight",
        routes: Vec::new(),
        migrations: &[],
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: &[],
    }
}
