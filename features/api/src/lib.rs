//! The interface for programs, with the same rights and the same log as the pages.

use web::Feature;

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "api",
        routes: Vec::new(),
        migrations: &[],
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: &[],
    }
}
