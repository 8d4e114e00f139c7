//! How clients' matters go on, in the words of the work: `data/stories.toml`. Made up, every one.

use std::collections::BTreeMap;

use casework::domain::NameCode;
use documents::Fields;
use kernel::language::Language;
use serde::Deserialize;

use crate::SynthError;

/// A field's text, or the codes of one that takes several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Value {
    One(String),
    Many(Vec<String>),
}

/// Fields of a part by name.
pub type Part = BTreeMap<String, Value>;

/// The fields as a document keeps them.
pub fn fields(part: &Part) -> Fields {
    let mut fields = Fields::default();
    for (name, value) in part {
        match value {
            Value::One(text) => fields.set(name, text.as_str()),
            Value::Many(codes) => fields.set_all(name, codes.clone()),
        }
    }
    fields
}

/// One story.
#[derive(Debug, Clone, Deserialize)]
pub struct Story {
    pub code: String,
    language: String,
    matter: String,
    pub reasons: String,
    pub own_words: String,
    /// Two clients of one matter.
    #[serde(default)]
    pub joint: bool,
    #[serde(default)]
    pub special_support: bool,
    pub assessment: Assessment,
    pub plan: Plan,
    #[serde(rename = "note")]
    pub notes: Vec<Note>,
    pub review: Review,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Assessment {
    pub areas: Vec<String>,
    /// Areas and other parts by code.
    #[serde(flatten)]
    pub parts: BTreeMap<String, Part>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Plan {
    #[serde(rename = "goal")]
    pub goals: Vec<Goal>,
    #[serde(flatten)]
    pub parts: BTreeMap<String, Part>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Goal {
    pub words: String,
    /// 1 change for the better, 2 prevent worsening.
    pub kind: String,
    #[serde(default)]
    pub steps: String,
    pub actions: Vec<Action>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Action {
    pub what: String,
    /// `worker`, `client` or `partner`.
    pub who: String,
    #[serde(default)]
    pub partner: String,
    pub days: i64,
    #[serde(default)]
    pub development: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Note {
    /// Days from the day when the matter was opened.
    pub day: i64,
    pub what: String,
    pub text: String,
    #[serde(default)]
    pub next: String,
    #[serde(default)]
    pub who: String,
    #[serde(default)]
    pub days: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Review {
    pub attained: Vec<String>,
    pub client_words: Vec<String>,
    pub worker_words: Vec<String>,
    pub helped: String,
    pub hindered: String,
}

#[derive(Deserialize)]
struct File {
    story: Vec<Story>,
}

impl Story {
    pub fn language(&self) -> Language {
        Language::from_code(&self.language).unwrap_or(Language::Fi)
    }

    /// What the matter is called.
    pub fn matter(&self) -> NameCode {
        NameCode::from_code(&self.matter).unwrap_or(NameCode::SocialWork)
    }
}

/// Every story.
///
/// # Errors
/// When the file is broken.
pub fn load() -> Result<Vec<Story>, SynthError> {
    let file: File = toml::from_str(include_str!("../data/stories.toml"))?;
    Ok(file.story)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use assessment::domain::parts as asked;
    use notes::domain::What;
    use plan::domain::{Attained, GoalKind, parts};

    use super::*;

    #[test]
    fn every_story_speaks_the_words_of_the_product() {
        let stories = load().expect("the file is whole");
        assert!(stories.len() >= 8);
        for story in &stories {
            let code = &story.code;
            assert!(NameCode::from_code(&story.matter).is_some(), "{code}");
            assert!(Language::from_code(&story.language).is_some(), "{code}");
            for (part, fields) in &story.assessment.parts {
                let spec = asked::of(part).unwrap_or_else(|| panic!("{code}: no part {part}"));
                for name in fields.keys() {
                    assert!(
                        spec.fields.iter().any(|one| one.name == name),
                        "{code}: {part}.{name}"
                    );
                }
            }
            for (part, fields) in &story.plan.parts {
                let spec = parts::part(part).unwrap_or_else(|| panic!("{code}: no part {part}"));
                for name in fields.keys() {
                    assert!(spec.field(name).is_some(), "{code}: {part}.{name}");
                }
            }
            for goal in &story.plan.goals {
                assert!(
                    GoalKind::from_code(&goal.kind).is_some() && !goal.actions.is_empty(),
                    "{code}"
                );
            }
            for note in &story.notes {
                assert!(
                    What::from_code(&note.what).is_some(),
                    "{code}: {}",
                    note.what
                );
            }
            let review = &story.review;
            let goals = story.plan.goals.len();
            assert_eq!(
                [
                    review.attained.len(),
                    review.client_words.len(),
                    review.worker_words.len()
                ],
                [goals; 3],
                "{code}"
            );
            assert!(
                review
                    .attained
                    .iter()
                    .all(|one| Attained::from_code(one).is_some()),
                "{code}"
            );
        }
        let codes: BTreeSet<&str> = stories.iter().map(|story| story.code.as_str()).collect();
        assert_eq!(codes.len(), stories.len());
    }
}
