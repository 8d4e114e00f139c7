//! What each form asks.

use web::{Choice, Texts};

use super::ground::Ground;
use super::labels::{self, choices};
use super::sheet::{Field, Kind};
use super::work::Act;
use crate::domain::{Forum, Kind as Gathering, Publication, Reward, Stage};

/// Ways in which a proposal of a gathering goes further.
pub const WAYS: [&str; 3] = ["proposal", "evidence", "aside"];

/// The fields of a form.
pub fn of(t: &Texts, act: Act, ground: &Ground) -> Vec<Field> {
    let some = || ground.choices.clone();
    let line = |name, key| Field::new(t, Kind::Line, name, key);
    let area = |name, key| Field::new(t, Kind::Area, name, key);
    let day = |name, key| Field::new(t, Kind::Day, name, key);
    match act {
        Act::New | Act::Change => planned(t, ground),
        Act::Hold => outcome(t),
        Act::Tell => vec![
            day("told_on", "gathering-told-on"),
            area("told_how", "gathering-told-how").hint(t.get("gathering-told-how-hint")),
        ],
        Act::Link => vec![
            Field::of(
                t,
                Kind::Select,
                "phenomenon",
                "gathering-phenomenon",
                some(),
            ),
            Field::of(t, Kind::Radios, "stage", "participation-stage", stages(t)),
        ],
        Act::Say => vec![area("words", "gathering-say-words").hint(t.get("gathering-say-hint"))],
        Act::Feed => feed(t, some()),
        Act::BikvaNew => vec![
            line("title", "bikva-title-field").hint(t.get("bikva-title-hint")),
            Field::of(
                t,
                Kind::Select,
                "phenomenon",
                "gathering-phenomenon",
                some(),
            ),
        ],
        Act::BikvaAnswer => vec![
            day("held_on", "bikva-held-on"),
            Field::new(t, Kind::Number, "people", "bikva-people").optional(),
            area("words", "bikva-words")
                .hint(t.get("bikva-words-hint"))
                .optional(),
            area("skipped", "bikva-skipped")
                .hint(t.get("bikva-skipped-hint"))
                .optional(),
        ],
        Act::StepNew | Act::StepChange => step(t, act),
        Act::Decide => vec![
            day("decided_on", "forum-decided-on"),
            area("words", "forum-words"),
            Field::of(t, Kind::Select, "proposal", "forum-proposal", some()).optional(),
            line("minutes", "forum-minutes").optional(),
            line("role", "forum-role").hint(t.get("participation-role-hint")),
            day("follow_on", "forum-follow-on"),
        ],
        Act::Follow => vec![area("came", "forum-came")],
        Act::Rules => rules(t),
    }
}

fn stages(t: &Texts) -> Vec<Choice> {
    choices(t, Stage::ALL, Stage::code, labels::stage)
}

fn planned(t: &Texts, ground: &Ground) -> Vec<Field> {
    let line = |name, key| Field::new(t, Kind::Line, name, key);
    let mut all = vec![
        Field::of(
            t,
            Kind::Radios,
            "kind",
            "gathering-kind",
            choices(t, Gathering::ALL, Gathering::code, labels::kind),
        ),
        line("title", "gathering-title").hint(t.get("gathering-title-hint")),
        Field::new(t, Kind::Day, "held_on", "gathering-held-on"),
        line("hours", "gathering-hours").optional(),
        line("place", "gathering-place"),
        Field::of(
            t,
            Kind::Select,
            "municipality",
            "gathering-municipality",
            labels::municipalities(&ground.county, t.language()),
        )
        .hint(t.get("gathering-municipality-hint"))
        .optional(),
        line("held_by", "gathering-held-by").hint(t.get("participation-role-hint")),
        Field::of(
            t,
            Kind::Checks,
            "theme",
            "gathering-theme",
            labels::themes(t, &ground.themes),
        ),
        Field::new(t, Kind::Tick, "is_open", "gathering-is-open")
            .hint(t.get("gathering-is-open-hint")),
        Field::new(t, Kind::Heading, "plan", "gathering-plan").hint(t.get("gathering-plan-hint")),
    ];
    for (name, key) in PLAN {
        all.push(Field::new(t, Kind::Area, name, key).optional());
    }
    all
}

/// The fields of the plan with their messages, in the order of the guide.
pub const PLAN: [(&str, &str); 8] = [
    ("plan_what", "gathering-plan-what"),
    ("plan_many", "gathering-plan-many"),
    ("plan_how", "gathering-plan-how"),
    ("plan_when", "gathering-plan-when"),
    ("plan_collects", "gathering-plan-collects"),
    ("plan_sums_up", "gathering-plan-sums-up"),
    ("plan_results", "gathering-plan-results"),
    ("plan_told", "gathering-plan-told"),
];

fn outcome(t: &Texts) -> Vec<Field> {
    let number = |name, key| Field::new(t, Kind::Number, name, key);
    vec![
        number("people", "gathering-people").hint(t.get("gathering-people-hint")),
        number("experts", "gathering-experts"),
        number("developers", "gathering-developers"),
        Field::of(
            t,
            Kind::Radios,
            "reward",
            "gathering-reward",
            choices(t, Reward::ALL, Reward::code, labels::reward),
        )
        .optional(),
        Field::new(t, Kind::Area, "outcome", "gathering-outcome")
            .hint(t.get("gathering-outcome-hint")),
        Field::new(t, Kind::Area, "notes", "gathering-notes").optional(),
    ]
}

fn feed(t: &Texts, phenomena: Vec<Choice>) -> Vec<Field> {
    use reporting::domain::{Level, Quality};
    let ways = WAYS
        .iter()
        .map(|way| Choice::new(*way, t.get(&format!("gathering-way-{way}"))))
        .collect();
    let line = |name, key| Field::new(t, Kind::Line, name, key).optional();
    vec![
        Field::of(t, Kind::Radios, "way", "gathering-way", ways),
        Field::of(
            t,
            Kind::Select,
            "phenomenon",
            "gathering-phenomenon",
            phenomena,
        )
        .optional(),
        Field::new(t, Kind::Heading, "to", "gathering-to-proposal"),
        Field::new(t, Kind::Area, "words", "gathering-feed-words").optional(),
        Field::of(
            t,
            Kind::Select,
            "level",
            "gathering-level",
            choices(t, Level::ALL, Level::code, labels::level),
        )
        .optional(),
        line("recipient", "gathering-recipient"),
        line("recipient_role", "gathering-recipient-role").hint(t.get("participation-role-hint")),
        Field::new(t, Kind::Day, "due_on", "gathering-due-on").optional(),
        Field::new(t, Kind::Heading, "as", "gathering-to-evidence"),
        Field::of(
            t,
            Kind::Radios,
            "quality",
            "gathering-quality",
            choices(t, Quality::ALL, Quality::code, labels::quality),
        )
        .optional(),
        Field::new(t, Kind::Heading, "not", "gathering-to-aside"),
        Field::new(t, Kind::Area, "reason", "gathering-aside-reason").optional(),
    ]
}

fn step(t: &Texts, act: Act) -> Vec<Field> {
    let months = (1..=12)
        .map(|month: u8| Choice::new(month.to_string(), t.get(&format!("cycle-month-{month}"))))
        .collect();
    let forums = choices(t, Forum::ALL, Forum::code, labels::forum);
    let mut all = vec![
        Field::new(t, Kind::Line, "title", "cycle-step"),
        Field::new(t, Kind::Area, "words", "cycle-words").optional(),
        Field::new(t, Kind::Line, "role", "cycle-role").hint(t.get("participation-role-hint")),
        Field::new(t, Kind::Number, "day", "cycle-day"),
        Field::of(t, Kind::Select, "month", "cycle-month", months),
        Field::of(t, Kind::Select, "forum", "cycle-forum", forums).optional(),
    ];
    if act == Act::StepChange {
        all.push(
            Field::new(t, Kind::Tick, "is_kept", "cycle-is-kept").hint(t.get("cycle-is-kept-hint")),
        );
    }
    all
}

fn rules(t: &Texts) -> Vec<Field> {
    let mut all = Vec::new();
    for kind in Publication::ALL {
        let mut heading = Field::new(t, Kind::Heading, kind.code(), "participation-rule-heading");
        heading.label = labels::publication(t, *kind);
        all.push(heading);
        for stage in Stage::ALL {
            let name = format!("{}-{}", kind.code(), stage.code());
            let mut field =
                Field::new(t, Kind::Number, &name, "participation-rule-heading").optional();
            field.label = labels::stage(t, *stage);
            all.push(field);
        }
    }
    all
}
