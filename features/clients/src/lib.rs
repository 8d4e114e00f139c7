//! Clients: who they are, who may see them, and their history on one screen.

use web::Feature;

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "clients",
        routes: Vec::new(),
        migrations: &[],
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: &[],
    }
}
