//! The rules of the hints against worked sentences in three languages.

mod common;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use kernel::language::Language;
use proptest::prelude::*;
use text::analysis::Analyser;
use text::signals::{Detector, Kind, Signal, Strength, raising};

/// Sentences that come out the same without Voikko; measured, may only rise.
const FALLBACK_RIGHT: usize = 239;

fn detector(finnish: Arc<Analyser>) -> Detector {
    let (swedish, english) = (Analyser::open(Language::Sv), Analyser::open(Language::En));
    Detector::new(finnish, Arc::new(swedish), Arc::new(english))
        .expect("the rules of the house can be read")
}

struct Case {
    language: Language,
    sentence: String,
    expect: BTreeSet<String>,
    word: String,
}

fn cases() -> Vec<Case> {
    let rows = common::rows(include_str!("data/signals.csv"));
    rows.iter()
        .map(|row| Case {
            language: Language::from_code(&row[0]).expect("a language"),
            sentence: row[1].to_owned(),
            expect: row[2]
                .split_whitespace()
                .filter(|kind| *kind != "-")
                .map(str::to_owned)
                .collect(),
            word: row[3].to_owned(),
        })
        .collect()
}

/// Kinds as the table writes them: a kind that raises, or in brackets one that is only mentioned.
fn written(signals: &[Signal]) -> BTreeSet<String> {
    let raised = raising(signals);
    let mentioned = signals
        .iter()
        .filter(|signal| !raised.contains(&signal.kind));
    raised
        .iter()
        .map(|kind| kind.code().to_owned())
        .chain(mentioned.map(|signal| format!("({})", signal.kind.code())))
        .collect()
}

fn wrong(detector: &Detector) -> Vec<String> {
    let mut wrong = Vec::new();
    for case in cases() {
        let signals = detector.detect(&case.sentence, case.language);
        let marks = signals.iter().flat_map(|signal| &signal.words);
        let marked = case.word.is_empty()
            || marks
                .clone()
                .any(|range| case.sentence[range.clone()] == *case.word);
        if written(&signals) != case.expect || !marked {
            let rules: Vec<_> = signals
                .iter()
                .map(|signal| (&signal.rule, &case.sentence[signal.range.clone()]))
                .collect();
            wrong.push(format!(
                "{}\n  expected {:?} {}, found {rules:?}",
                case.sentence, case.expect, case.word
            ));
        }
    }
    wrong
}

#[test]
fn every_worked_sentence_comes_out_with_voikko() {
    let wrong = wrong(&detector(common::voikko()));
    assert!(cases().len() >= 80);
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_fallback_has_its_own_level() {
    let (wrong, all) = (wrong(&detector(common::fallback())), cases().len());
    println!(
        "Without Voikko {} of {all} sentences come out; wrong:\n{}",
        all - wrong.len(),
        wrong.join("\n")
    );
    assert!(
        all - wrong.len() >= FALLBACK_RIGHT,
        "only {} of {all}:\n{}",
        all - wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn without_voikko_danger_is_seen_all_the_same() {
    let detector = detector(common::fallback());
    for case in cases().iter().filter(|case| case.expect.contains("danger")) {
        let raised = raising(&detector.detect(&case.sentence, case.language));
        assert!(raised.contains(&Kind::Danger), "{}", case.sentence);
    }
}

#[test]
fn a_hint_tells_its_rule_its_reason_and_its_words() {
    let text = "Hei, vuokra on kolme kuukautta rästissä!";
    let signals = detector(common::voikko()).detect(text, Language::Fi);
    assert_eq!(signals.len(), 1, "{signals:?}");
    let signal = &signals[0];
    assert_eq!(
        (signal.kind, signal.strength),
        (Kind::Housing, Strength::Raises)
    );
    assert_eq!(&*signal.reason, "signal-housing-arrears");
    assert_eq!(
        &text[signal.range.clone()],
        "vuokra on kolme kuukautta rästissä"
    );
    let words: Vec<&str> = signal
        .words
        .iter()
        .map(|range| &text[range.clone()])
        .collect();
    assert_eq!(words, ["vuokra", "rästissä"]);
}

#[test]
fn every_reason_has_its_text() {
    let rules = common::rows(include_str!("../data/signals.csv"));
    for language in [Language::Fi, Language::Sv, Language::En] {
        let messages = text::messages(language);
        for reason in rules
            .iter()
            .map(|row| &row[6])
            .filter(|reason| !reason.is_empty())
        {
            assert!(
                messages
                    .lines()
                    .any(|line| line.starts_with(&format!("{reason} = "))),
                "{reason} in {language:?}"
            );
        }
        for kind in [
            text::personal_data::Kind::IdentityCode,
            text::personal_data::Kind::Phone,
            text::personal_data::Kind::Email,
        ] {
            for messages in [messages, text::messages(Language::Easy)] {
                assert!(
                    messages.contains(&format!("{} = ", kind.warning_key())),
                    "{kind:?} in {language:?}"
                );
            }
        }
    }
}

#[test]
fn every_kind_and_language_is_worked() {
    for language in [Language::Fi, Language::Sv, Language::En] {
        for kind in Kind::ALL {
            let worked = cases()
                .iter()
                .any(|case| case.language == language && case.expect.contains(kind.code()));
            assert!(
                worked,
                "no sentence for {} in {}",
                kind.code(),
                language.code()
            );
        }
    }
}

fn shared() -> &'static Detector {
    static SHARED: OnceLock<Detector> = OnceLock::new();
    SHARED.get_or_init(|| detector(common::voikko()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_text_gives_hints_within_its_borders(
        words in prop::collection::vec(prop_oneof!["\\PC{0,12}", Just("häätö".to_owned()), Just("ei".to_owned()), Just("5-vuotias.".to_owned())], 0..20),
        language in prop::sample::select(Language::ALL.to_vec()),
    ) {
        let text = words.join(" ");
        for signal in shared().detect(&text, language) {
            prop_assert!(text.get(signal.range.clone()).is_some());
            prop_assert!(!signal.words.is_empty());
            for word in &signal.words {
                prop_assert!(signal.range.start <= word.start && word.end <= signal.range.end);
            }
        }
    }
}
