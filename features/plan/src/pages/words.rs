//! Parts of a version in words: headings, names of fields, codes.

use documents::{Body, Fields};
use web::Texts;

use crate::domain::body;
use crate::domain::parts::{self, PARTS, SECTION};
use crate::pages::common::{who, word};
use crate::pages::model::Fact;
use crate::pages::written;
use crate::store::read::View;

/// What a part of a version is.
enum Kind {
    Part(&'static parts::PartType),
    Section,
    Goal,
    GoalReview,
    /// A few fields under a code of their own: what was agreed, the review as a whole.
    Other,
}

fn kind(code: &str) -> Kind {
    let (part, _) = body::split(code);
    match part.split_once('-') {
        Some(("goal", _)) => Kind::Goal,
        Some(("review", _)) => Kind::GoalReview,
        Some(("section", _)) => Kind::Section,
        _ => parts::part(part).map_or(Kind::Other, Kind::Part),
    }
}

/// The heading of a part, with the name of the one whose own it is.
pub fn heading(t: &Texts, view: &View, code: &str, fields: &Fields) -> String {
    let (part, whose) = body::split(code);
    let heading = match kind(code) {
        Kind::Part(part) => word(t, "plan-part", part.code),
        Kind::Section => fields.get("heading").to_owned(),
        Kind::Goal => format!("”{}”", fields.get("words")),
        Kind::GoalReview => t.with("plan-review-of", &[("goal", fields.get("goal").into())]),
        Kind::Other => word(t, "plan-part", part),
    };
    let name = view.people.iter().find(|one| Some(one.no) == whose);
    match name.filter(|_| view.joint()) {
        Some(person) => format!("{heading}: {}", person.name),
        None => heading,
    }
}

/// The name of a field of a part.
pub fn field(t: &Texts, code: &str, name: &str) -> String {
    let (part, _) = body::split(code);
    let family = match kind(code) {
        Kind::Part(part) => part.code,
        Kind::Section => "section",
        Kind::Goal => "goal",
        Kind::GoalReview => "reviewed",
        Kind::Other => part,
    };
    word(t, "plan-field", &format!("{family}-{name}"))
}

/// The values of a field in words.
pub fn value(t: &Texts, code: &str, name: &str, values: &[String]) -> String {
    let named = |family: &str| {
        values
            .iter()
            .map(|code| word(t, family, code))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match (kind(code), name) {
        (Kind::Part(part), _) => written::value(t, part, name, values),
        (Kind::Section, _) => written::value(t, &SECTION, name, values),
        (Kind::Goal, name) if name.starts_with(body::ACTIONS) => {
            body::named(&values.join("\n"), &|_| Some(who(t, "")))
        }
        (Kind::Goal, "kind") => named("plan-kind"),
        (Kind::Goal, "state") => named("plan-goal-state"),
        (Kind::GoalReview, "attained") => named("plan-attained"),
        (Kind::GoalReview, "helped" | "hindered") => named("plan-factor"),
        (Kind::Other, "with_client") => t.get("plan-yes"),
        (Kind::Other, "services") => named("plan-code-means-services"),
        _ => values.join("\n"),
    }
}

/// A part of a version as it is read.
pub struct Shown {
    pub heading: String,
    pub own: bool,
    pub facts: Vec<Fact>,
}

/// The parts of a version: goals first, then the written parts in their order, then the rest.
pub fn parts(t: &Texts, view: &View, version: &Body) -> Vec<Shown> {
    let rank = |code: &String| match kind(code) {
        Kind::Goal => 0,
        Kind::Part(part) => {
            1 + PARTS
                .iter()
                .position(|one| one.code == part.code)
                .unwrap_or(0)
        }
        Kind::Section => 50,
        Kind::Other => 60,
        Kind::GoalReview => 70,
    };
    let mut codes: Vec<&String> = version.0.keys().collect();
    codes.sort_by_key(|code| (rank(code), (*code).clone()));
    codes
        .into_iter()
        .filter_map(|code| {
            let fields = version.part(code)?;
            let goal = matches!(kind(code), Kind::Goal);
            let facts = fields
                .0
                .iter()
                .filter(|(name, _)| !is_in_heading(code, name))
                .map(|(name, values)| Fact {
                    name: field(t, code, name),
                    value: value(t, code, name, values),
                    own: matches!(
                        (kind(code), name.as_str()),
                        (Kind::GoalReview, "client_words")
                    ),
                })
                .collect();
            Some(Shown {
                heading: heading(t, view, code, fields),
                own: goal,
                facts,
            })
        })
        .collect()
}

/// Fields that the heading says already.
pub fn is_in_heading(code: &str, name: &str) -> bool {
    matches!(
        (kind(code), name),
        (Kind::Goal, "words") | (Kind::Section, "heading") | (Kind::GoalReview, "goal")
    )
}
