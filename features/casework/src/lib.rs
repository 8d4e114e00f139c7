//! Matters (asia): how they begin, who works on them, how they end.

use web::Feature;

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "casework",
        routes: Vec::new(),
        migrations: &[],
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: &[],
    }
}
