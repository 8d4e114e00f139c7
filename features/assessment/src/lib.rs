//! The needs assessment (palvelutarpeen arviointi, SHL 36-37 §).

use web::Feature;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[];

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "assessment",
        routes: Vec::new(),
        migrations: MIGRATIONS,
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: &[],
    }
}
