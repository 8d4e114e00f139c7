//! The rule's suggestion of urgency beside a professional's judgement, with the words it rests on.

use kernel::language::Language;
use text::signals::{Detector, Kind, Signal, raising};
use web::{House, Texts};

use crate::domain::TalkLanguage;
use crate::domain::urgency::{Judgement, Signs, Urgency, judge_by_rule};
use crate::pages::labels::{self, word};

/// What the rule would judge, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub urgency: Urgency,
    pub housing_risk: bool,
    pub child: bool,
    /// "Sääntö ehdottaa: …", with its grounds.
    pub sentence: String,
}

/// The rule's suggestion for what was said. A house without a detector of signs has only the ticks
/// and the wish to go by.
pub fn suggestion(
    house: &House,
    t: &Texts,
    words: &str,
    language: TalkLanguage,
    ticked: Signs,
) -> Suggestion {
    let signals = house
        .extra::<Detector>()
        .map(|detector| detector.detect(words, reading_language(language)))
        .unwrap_or_default();
    from_signals(t, words, &signals, ticked)
}

const fn reading_language(language: TalkLanguage) -> Language {
    match language {
        TalkLanguage::Sv => Language::Sv,
        TalkLanguage::En => Language::En,
        TalkLanguage::Fi | TalkLanguage::Sign | TalkLanguage::Other => Language::Fi,
    }
}

fn from_signals(t: &Texts, words: &str, signals: &[Signal], ticked: Signs) -> Suggestion {
    let raised = raising(signals);
    let has = |kind| raised.contains(&kind);
    let signs = Signs {
        danger: ticked.danger || has(Kind::Danger),
        necessities: ticked.necessities || has(Kind::Subsistence),
        housing_risk: ticked.housing_risk || has(Kind::Housing),
        child_in_household: ticked.child_in_household || has(Kind::Child),
        wish: ticked.wish,
    };
    let judgement = judge_by_rule(signs);
    Suggestion {
        urgency: judgement.urgency,
        housing_risk: signs.housing_risk,
        child: signs.child_in_household,
        sentence: sentence(t, words, signals, &judgement),
    }
}

fn sentence(t: &Texts, words: &str, signals: &[Signal], judgement: &Judgement) -> String {
    let urgency = word(t, "urgency", judgement.urgency.code());
    let mut grounds = labels::grounds(t, &judgement.reason);
    let heard = heard(words, signals);
    if !heard.is_empty() {
        grounds = format!("{grounds}: {heard}");
    }
    if grounds.is_empty() {
        t.with("suggestion-plain", &[("urgency", urgency.into())])
    } else {
        t.with(
            "suggestion-grounds",
            &[("urgency", urgency.into()), ("grounds", grounds.into())],
        )
    }
}

/// The raising words themselves, at most three: ”häätö”, ”tytär”.
fn heard(words: &str, signals: &[Signal]) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for signal in signals
        .iter()
        .filter(|signal| raising(std::slice::from_ref(*signal)).contains(&signal.kind))
    {
        if let Some(part) = words.get(signal.range.clone())
            && !seen.contains(&part)
        {
            seen.push(part);
        }
    }
    seen.iter()
        .take(3)
        .map(|part| format!("”{part}”"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Whether a professional's choice is less urgent than the rule's: then the form asks once more.
pub fn lowers(chosen: Urgency, suggested: Urgency) -> bool {
    chosen.rank() > suggested.rank()
}
