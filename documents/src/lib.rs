//! Documents in versions: what the assessment, the plan and the notes have in common.

use web::Feature;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[];

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "documents",
        routes: Vec::new(),
        migrations: MIGRATIONS,
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: &[],
    }
}
