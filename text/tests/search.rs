//! Questions, the index and the marks agree.

mod common;

use std::sync::Arc;

use kernel::language::Language;
use text::analysis::Analyser;
use text::search::{Analysers, Asked};

fn analysers() -> Analysers {
    Analysers {
        fi: common::voikko(),
        sv: Arc::new(Analyser::open(Language::Sv)),
        en: Arc::new(Analyser::open(Language::En)),
    }
}

fn marked<'a>(analysers: &Analysers, text: &'a str, typed: &str) -> Vec<&'a str> {
    let asked = analysers.question(typed);
    analysers
        .places(Language::Fi, text, &asked)
        .into_iter()
        .map(|place| &text[place])
        .collect()
}

/// As the store asks the index.
fn is_met(analysers: &Analysers, text: &str, typed: &str) -> bool {
    let words = analysers.words(Language::Fi, text);
    let met = |asked: &Asked| {
        asked.base_forms.iter().any(|form| words.contains(form))
            || asked
                .beginning
                .as_ref()
                .is_some_and(|own| words.iter().any(|word| word.starts_with(own)))
    };
    let asked = analysers.question(typed);
    !asked.is_empty() && asked.iter().all(met)
}

#[test]
fn inflected_forms_and_compounds_are_met_and_marked() {
    let analysers = analysers();
    let text =
        "Vuokravelka 1 240 €. Ei ole saanut vuokranantajaa kiinni; vuokran muistutus. Häädön uhka.";
    assert_eq!(
        marked(&analysers, text, "vuokra"),
        ["Vuokravelka", "vuokranantajaa", "vuokran"]
    );
    assert_eq!(marked(&analysers, text, "häätö"), ["Häädön"]);
    assert_eq!(
        marked(&analysers, text, "vuok"),
        ["Vuokravelka", "vuokranantajaa", "vuokran"]
    );
    assert!(is_met(&analysers, text, "häätö vuokra"));
    assert!(!is_met(&analysers, text, "häätö lapsi"));
    assert!(is_met(&analysers, text, "1"));
    assert!(is_met(&analysers, "Soitto Kela:lta", "kela"));
}

#[test]
fn swedish_is_met_beside_finnish() {
    let analysers = analysers();
    let text = "Klienten har en hyresskuld och väntar på beslutet om barnen. Vuokrat maksettu.";
    assert_eq!(marked(&analysers, text, "beslut"), ["beslutet"]);
    assert_eq!(marked(&analysers, text, "barn"), ["barnen"]);
    assert_eq!(marked(&analysers, text, "vuokra"), ["Vuokrat"]);
}

#[test]
fn a_finished_word_is_not_taken_for_a_beginning() {
    let analysers = analysers();
    let asked = analysers.question("velka ");
    assert_eq!(asked[0].beginning, None);
    assert_eq!(analysers.question("ve")[0].beginning, None, "too short");
    assert!(analysers.question(" \"-!").is_empty());
    assert!(analysers.question(&"sana ".repeat(100)).len() <= text::search::MOST_WORDS);
}

#[test]
fn what_is_met_in_the_index_is_marked_in_the_text() {
    let analysers = analysers();
    for row in common::rows(include_str!("data/forms.csv")) {
        let (form, base) = (&row[0], &row[1]);
        let text = format!("Ensin tämä, sitten {form}.");
        assert_eq!(
            is_met(&analysers, &text, base),
            !marked(&analysers, &text, base).is_empty(),
            "{base} in {text}"
        );
    }
}
