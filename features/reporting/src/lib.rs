//! Social reporting: what social work sees becomes a phenomenon, a proposal to somebody named, an answer, and word back to
//! everybody who reported (SHL 1301/2014 7 §, structural social work).
//!
//! This room holds no client and knows no room that does.

pub mod acting;
pub mod domain;
pub mod pages;
pub mod panels;
pub mod store;

use web::Feature;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration {
        version: 950,
        name: "reporting",
        sql: include_str!("../migrations/V950__reporting.sql"),
    },
    ::store::Migration {
        version: 951,
        name: "links",
        sql: include_str!("../migrations/V951__links.sql"),
    },
];

/// Codes of the log entries of this room. Writing an observation has none (I11).
pub const EVENTS: &[&str] = &[
    "observation.screen",
    "observation.set_aside",
    "observation.group",
    "observation.take_out",
    "phenomenon.open",
    "phenomenon.describe",
    "phenomenon.step",
    "phenomenon.merge",
    "phenomenon.evidence",
    "phenomenon.statement",
    "phenomenon.influence",
    "theme.save",
    "proposal.draft",
    "proposal.send",
    "proposal.relink",
    "proposal.unlink",
    "proposal.receive",
    "proposal.answer",
    "proposal.evaluate",
    "proposal.act",
    "proposal.follow",
];

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "reporting",
        routes: pages::routes(),
        migrations: MIGRATIONS,
        nav: pages::nav(),
        jobs: pages::jobs(),
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
            "public-observation-valence-",
            "public-observation-kind-",
            "public-observation-frequency-",
            "public-observation-people-",
            "public-observation-state-",
            "public-answer-kind-",
            "observation-cause-",
            "observation-need-",
            "phenomenon-state-",
            "evidence-kind-",
            "influence-level-",
            "evidence-quality-",
            "proposal-level-",
            "proposal-state-",
            "public-action-state-",
            "action-effect-",
            "reporting-",
            "public-nav-",
            "nav-",
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
