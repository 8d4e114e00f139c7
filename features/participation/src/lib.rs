//! Participation and the yearly cycle: panels, developer clients, discussion cafes, community work and rounds of Bikva feed
//! social reporting, and a cycle of steps takes what is known to those who decide (SHL 1301/2014 7 and 8 §).
//!
//! Numbers of people, never people. Other rooms read [`store::share`].

pub mod domain;
pub mod pages;
pub mod panel;
pub mod store;

use web::Feature;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[::store::Migration {
    version: 960,
    name: "participation",
    sql: include_str!("../migrations/V960__participation.sql"),
}];

/// Codes of the log entries of this room.
pub const EVENTS: &[&str] = &[
    "gathering.write",
    "gathering.change",
    "gathering.hold",
    "gathering.cancel",
    "gathering.tell",
    "gathering.link",
    "gathering.say",
    "gathering.feed",
    "bikva.open",
    "bikva.answer",
    "participation.rule",
    "cycle.add",
    "cycle.change",
    "cycle.finish",
    "forum.decide",
    "forum.follow",
];

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "participation",
        routes: pages::routes(),
        migrations: MIGRATIONS,
        nav: pages::nav(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: EVENTS,
        checks: &[],
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_message_is_used_and_said_in_every_language() {
        let families = [
            "public-gathering-kind-",
            "gathering-state-",
            "gathering-said-",
            "gathering-reward-",
            "gathering-way-",
            "participation-stage-",
            "participation-publication-",
            "participation-done-",
            // Titles and leads of the forms.
            "participation-new-",
            "participation-change-",
            "participation-hold-",
            "participation-tell-",
            "participation-link-",
            "participation-say-",
            "participation-feed-",
            "participation-bikva-",
            "participation-step-",
            "participation-cycle-",
            "participation-decide-",
            "participation-follow-",
            "participation-rules-",
            "bikva-stage-",
            "public-action-state-",
            "action-effect-",
            "cycle-month-",
            "cycle-offered-",
            "forum-",
            "pack-lead-",
            "nav-",
            "public-nav-",
            // Words of reporting, on whose phenomena this room works.
            "proposal-level-",
            "evidence-quality-",
        ];
        assert_eq!(
            web::proof::messages(
                &super::feature().messages,
                env!("CARGO_MANIFEST_DIR"),
                &families
            ),
            [""; 0]
        );
    }
}
