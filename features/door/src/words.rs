//! The sender's own words: identity codes are hidden, a title is made, urgency is judged by rule.

use intake::domain::Wish;
use intake::domain::urgency::{Judgement, Signs, judge_by_rule};
use kernel::language::Language;
use text::personal_data::{self, Kind, MASK};
use text::signals::{self, Detector};
use web::{Failure, House};

/// Hiding can bring nothing new to light; this only bounds the loop that makes sure.
const MOST_PASSES: usize = 4;

/// Whether the text holds what reads as an identity code.
pub fn holds_code(text: &str) -> bool {
    personal_data::holds_identity_code(text)
}

/// Whether the text holds an identity code beyond reasonable doubt.
pub fn holds_certain_code(text: &str) -> bool {
    personal_data::find(text)
        .iter()
        .any(|finding| finding.kind == Kind::IdentityCode && finding.certain)
}

/// Whether digits without spaces are a mobile or international number beyond reasonable doubt.
pub fn is_mobile(digits: &str) -> bool {
    personal_data::find(digits)
        .iter()
        .any(|finding| finding.kind == Kind::Phone && finding.certain)
}

/// The text with identity codes hidden. Phone numbers and addresses stay: the one who answers needs them.
pub fn hide_codes(text: &str) -> String {
    let mut hidden = text.to_owned();
    for _ in 0..MOST_PASSES {
        let codes: Vec<_> = personal_data::find(&hidden)
            .into_iter()
            .filter(|finding| finding.kind == Kind::IdentityCode)
            .map(|finding| finding.range)
            .collect();
        if codes.is_empty() {
            return hidden;
        }
        for range in codes.into_iter().rev() {
            hidden.replace_range(range, MASK);
        }
    }
    // Never met; a text that still reads as a code loses its numbers altogether rather than keep one.
    personal_data::mask(&hidden)
}

/// A short title in the sender's own words.
pub fn title(words: &str) -> String {
    text::title::title(words).unwrap_or_else(|| "”…”".to_owned())
}

/// The rule's judgement of urgency, from the words and the wish. Looks the words up outside the
/// request's thread, because a long text may take a tenth of a second.
///
/// # Errors
/// When the house was built without a detector.
pub async fn judge(
    house: &House,
    words: &str,
    declared: Language,
    wish: Option<Wish>,
    child: bool,
) -> Result<Judgement, Failure> {
    let detector = house
        .extra::<Detector>()
        .ok_or_else(|| Failure::internal("the house has no detector of hints"))?;
    let words = words.to_owned();
    let kinds =
        tokio::task::spawn_blocking(move || signals::raising(&detector.detect(&words, declared)))
            .await
            .map_err(Failure::internal)?;
    let has = |kind| kinds.contains(&kind);
    Ok(judge_by_rule(Signs {
        wish,
        danger: has(signals::Kind::Danger),
        necessities: has(signals::Kind::Subsistence),
        housing_risk: has(signals::Kind::Housing),
        child_in_household: child || has(signals::Kind::Child),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_are_hidden_and_the_rest_stays() {
        assert_eq!(
            hide_codes("Hetuni on 010594-9031, numeroni 040 123 4567 ja a@b.fi"),
            "Hetuni on •••, numeroni 040 123 4567 ja a@b.fi"
        );
        assert_eq!(hide_codes("Vuokra 520 €"), "Vuokra 520 €");
    }

    proptest! {
        #[test]
        fn nothing_hidden_comes_back(text in "(.{0,30}|010594-9031|0[1-9]0[1-9]9[0-9][-+A]9[0-9]{2}[0-9A-Y]){1,5}") {
            prop_assert!(!holds_code(&hide_codes(&text)));
        }
    }
}
