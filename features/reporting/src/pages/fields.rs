//! The fields of the forms of the staff.

use web::{Choice, Texts};

use super::labels;
use super::sheet::{Field, Kind};
use super::work::Act;

fn about(t: &Texts, themes: Vec<Choice>) -> Vec<Field> {
    vec![
        Field::new(t, Kind::Line, "title", "phenomenon-title"),
        Field::new(t, Kind::Area, "description", "phenomenon-description").optional(),
        Field::of(t, Kind::Checks, "theme", "public-observation-theme", themes),
        Field::new(t, Kind::Day, "review_on", "phenomenon-review")
            .hint(t.get("phenomenon-review-hint")),
    ]
}

/// The fields of a form. `choices` are phenomena, evidence or observations, as the form asks.
pub fn of(t: &Texts, act: Act, choices: Vec<Choice>, themes: Vec<Choice>) -> Vec<Field> {
    match act {
        Act::New => about(t, themes),
        Act::Describe => {
            let mut all = about(t, themes);
            all.push(Field::new(t, Kind::Tick, "own", "phenomenon-own"));
            all
        }
        Act::Split => {
            let mut all = vec![Field::of(
                t,
                Kind::Checks,
                "observation",
                "phenomenon-split-which",
                choices,
            )];
            all.extend(about(t, themes));
            all
        }
        Act::Close => vec![Field::new(
            t,
            Kind::Area,
            "reason",
            "phenomenon-close-reason",
        )],
        Act::Merge => vec![
            Field::of(t, Kind::Select, "into", "phenomenon-merge-into", choices),
            Field::new(t, Kind::Area, "reason", "phenomenon-merge-reason"),
        ],
        Act::Evidence => vec![
            Field::of(
                t,
                Kind::Select,
                "kind",
                "evidence-kind",
                labels::evidence_kinds(t),
            ),
            Field::new(t, Kind::Area, "words", "evidence-words"),
            Field::new(t, Kind::Line, "source", "evidence-source")
                .hint(t.get("evidence-source-hint")),
            Field::new(t, Kind::Line, "period", "evidence-period").optional(),
            Field::new(t, Kind::Line, "area", "evidence-area").optional(),
            Field::of(
                t,
                Kind::Radios,
                "quality",
                "evidence-quality",
                labels::qualities(t),
            ),
        ],
        Act::Statement => vec![
            Field::new(t, Kind::Area, "words", "statement-words"),
            Field::of(t, Kind::Checks, "evidence", "statement-evidence", choices),
        ],
        Act::Propose => vec![
            Field::new(t, Kind::Area, "words", "proposal-words"),
            Field::of(
                t,
                Kind::Select,
                "level",
                "proposal-level",
                labels::levels(t),
            ),
            Field::new(t, Kind::Line, "recipient", "proposal-recipient")
                .hint(t.get("proposal-recipient-hint")),
            Field::new(t, Kind::Line, "recipient_role", "proposal-role")
                .hint(t.get("public-answer-role-hint")),
            Field::new(t, Kind::Day, "due_on", "proposal-due"),
        ],
        Act::Answer => vec![
            Field::of(
                t,
                Kind::Radios,
                "kind",
                "public-answer-kind",
                labels::response_kinds(t),
            ),
            Field::new(t, Kind::Area, "reason", "public-answer-reason")
                .hint(t.get("public-answer-reason-hint")),
            Field::new(t, Kind::Line, "decided_by_role", "public-answer-role")
                .hint(t.get("public-answer-role-hint")),
            Field::new(t, Kind::Line, "minutes", "public-answer-minutes").optional(),
        ],
        Act::Action => vec![
            Field::new(t, Kind::Area, "words", "action-words"),
            Field::new(t, Kind::Line, "responsible_role", "action-role")
                .hint(t.get("public-answer-role-hint")),
            Field::new(t, Kind::Day, "ends_on", "action-ends"),
            Field::new(t, Kind::Line, "target", "action-target").optional(),
        ],
        Act::Follow => vec![
            Field::of(
                t,
                Kind::Select,
                "state",
                "action-state",
                labels::action_states(t),
            ),
            Field::of(
                t,
                Kind::Select,
                "effect",
                "action-effect",
                labels::effects(t),
            ),
            Field::new(t, Kind::Area, "words", "action-effect-words"),
        ],
        Act::Influence => vec![
            Field::of(
                t,
                Kind::Radios,
                "level",
                "influence-level",
                labels::arenas(t),
            ),
            Field::new(t, Kind::Line, "forum", "influence-forum")
                .hint(t.get("influence-forum-hint")),
            Field::new(t, Kind::Day, "brought_on", "influence-brought-on"),
            Field::new(t, Kind::Area, "outcome", "influence-outcome").optional(),
            Field::new(t, Kind::Day, "look_on", "influence-look-on").optional(),
        ],
        Act::Outcome => vec![
            Field::new(t, Kind::Area, "outcome", "influence-outcome"),
            Field::new(t, Kind::Day, "look_on", "influence-look-on").optional(),
        ],
    }
}
