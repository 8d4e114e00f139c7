//! The analyser on both engines: places, cache, threads, odd input.

mod common;

use std::sync::Arc;

use kernel::language::Language;
use proptest::prelude::*;
use text::analysis::{Analyser, Kind};

#[test]
fn the_engine_is_told() {
    let voikko = common::voikko();
    assert!(
        matches!(voikko.kind(), Kind::Voikko { version } if version.starts_with(|sign: char| sign.is_ascii_digit()))
    );
    assert!(!voikko.kind().is_degraded());
    assert_eq!(common::fallback().kind().label(), "snowball");
    assert!(
        !Analyser::open(Language::Sv).kind().is_degraded(),
        "Swedish never had Voikko"
    );
}

#[test]
fn tokens_know_their_places_lemmas_and_parts() {
    let text = "Toimeentulotuessa ei ole HÄÄTÖUHKAA.";
    let tokens = common::voikko().tokens(text);
    assert_eq!(tokens.len(), 4);
    assert_eq!(&text[tokens[3].range.clone()], "HÄÄTÖUHKAA");
    assert_eq!(tokens[3].form, "häätöuhkaa");
    assert_eq!(tokens[3].word.lemmas, ["häätöuhka"]);
    assert_eq!(tokens[3].word.parts, ["häätö", "uhka"]);
    assert_eq!(tokens[3].word.heads, ["uhka"]);
    assert_eq!(tokens[0].word.lemmas, ["toimeentulotuki"]);
    assert_eq!(
        tokens[0].query_terms().collect::<Vec<_>>(),
        ["toimeentulotuki"],
        "a search does not widen to every tuki"
    );
}

#[test]
fn an_ambiguous_form_has_all_its_bases() {
    let word = common::voikko().word("kotiin");
    assert!(word.lemmas.contains(&"koti".to_owned()) && word.lemmas.contains(&"kota".to_owned()));
}

#[test]
fn an_unknown_word_keeps_its_form_and_its_stem() {
    let voikko = common::voikko();
    let (one, other) = (voikko.word("Tshibanguxille"), voikko.word("tshibanguxilla"));
    assert!(!one.known);
    assert_eq!(one.lemmas[0], "tshibanguxille");
    assert!(
        one.lemmas.iter().any(|lemma| other.lemmas.contains(lemma)),
        "{one:?} {other:?}"
    );
    let halves = voikko.word("lapsi-perheessä");
    assert!(
        halves.parts.contains(&"lapsi".to_owned()) && halves.parts.contains(&"perhe".to_owned()),
        "{halves:?}"
    );
}

#[test]
fn swedish_and_english_are_stemmed() {
    let swedish = Analyser::open(Language::Sv);
    assert_eq!(
        swedish.word("vräkningar").lemmas[0],
        swedish.word("Vräkningen").lemmas[0]
    );
    let english = Analyser::open(Language::En);
    assert_eq!(
        english.word("evictions").lemmas,
        english.word("Eviction").lemmas
    );
}

#[test]
fn many_threads_get_the_same_answers() {
    let voikko = common::voikko();
    let text = "Vuokrarästien takia häätöuhka, lapsilla ei ole ruokaa eikä lääkkeitä.";
    let alone = voikko.tokens(text);
    let threads: Vec<_> = (0..8)
        .map(|thread| {
            let voikko = Arc::clone(&voikko);
            std::thread::spawn(move || {
                // Forms of its own too, so that the threads meet in the engine and not only in the cache.
                for round in 0..20 {
                    let word = format!(
                        "talo{}",
                        ["ssa", "sta", "on", "lla", "ksi"][(thread + round) % 5]
                    );
                    assert!(
                        voikko.word(&word).lemmas.contains(&"talo".to_owned()),
                        "{word}"
                    );
                }
                voikko.tokens(text)
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().expect("no panic"), alone);
    }
}

#[test]
fn a_word_made_to_be_slow_ends() {
    let voikko = common::voikko();
    // A way that grows faster than the word would not end before the runner's limit.
    for word in [
        "lapsi".repeat(24),
        "työ".repeat(300),
        "ä".repeat(10_000),
        "kuu-".repeat(2_000) + "kuu",
    ] {
        assert!(!voikko.word(&word).lemmas.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_text_is_analysed_within_its_borders(text in "[\\PC\\n\0]{0,60}") {
        for analyser in [shared(), &common::fallback()] {
            for token in analyser.tokens(&text) {
                prop_assert!(text.get(token.range.clone()).is_some());
                prop_assert!(!token.word.lemmas.is_empty());
            }
        }
    }
}

fn shared() -> &'static Arc<Analyser> {
    static SHARED: std::sync::OnceLock<Arc<Analyser>> = std::sync::OnceLock::new();
    SHARED.get_or_init(common::voikko)
}
