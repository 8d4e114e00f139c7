//! The client plan (asiakassuunnitelma, SHL 39 §).

use web::Feature;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[];

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "plan",
        routes: Vec::new(),
        migrations: MIGRATIONS,
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: &[],
    }
}
