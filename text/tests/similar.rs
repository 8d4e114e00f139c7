//! Observations that are alike.

mod common;

use std::sync::Arc;

use kernel::language::Language;
use proptest::prelude::*;
use text::analysis::Analyser;
use text::search::Analysers;
use text::similar::{ALIKE, Collection, MOST_ALIKE, Words};

fn analysers() -> Analysers {
    Analysers {
        fi: common::voikko(),
        sv: Arc::new(Analyser::open(Language::Sv)),
        en: Arc::new(Analyser::open(Language::En)),
    }
}

fn collection(texts: &[(Language, &str)]) -> Collection {
    let analysers = analysers();
    let words: Vec<Words> = texts
        .iter()
        .map(|(language, text)| Words::of(&analysers, *language, text))
        .collect();
    Collection::new(&words)
}

const OBSERVATIONS: [(Language, &str); 9] = [
    (
        Language::Fi,
        "Toimeentulotuen päätös viipyy, ja vuokra jää rästiin.",
    ),
    (
        Language::Fi,
        "Vuokrat jäävät rästiin, koska toimeentulotuen päätöksiä odotetaan kuukausi.",
    ),
    (Language::Fi, "Päihdepalveluihin on pitkä jono."),
    (
        Language::Fi,
        "Jono päihdepalveluun on pitkä, eikä vieroitukseen pääse.",
    ),
    (Language::Fi, "Verkkopankkitunnuksia ei saa ilman passia."),
    (Language::Fi, "Bussi ei kulje kylältä enää iltaisin."),
    (
        Language::Sv,
        "Beslutet om utkomststöd dröjer och hyran blir obetald.",
    ),
    (
        Language::Sv,
        "Hyran blir obetald när beslutet om utkomststöd dröjer.",
    ),
    (Language::Fi, ""),
];

#[test]
fn what_is_alike_is_shown_with_the_words_it_rests_on() {
    let collection = collection(&OBSERVATIONS);
    let alike = collection.alike(0);
    assert_eq!(alike[0].index, 1);
    assert!(alike[0].likeness >= ALIKE && alike[0].likeness <= 1.0);
    for word in ["rästi", "päätös", "vuokra", "toimeentulotuki"] {
        assert!(
            alike[0].shared.iter().any(|shared| shared == word),
            "{word}: {:?}",
            alike[0].shared
        );
    }
    assert!(
        alike.iter().all(|one| one.index != 2 && one.index != 5),
        "{alike:?}"
    );
    assert_eq!(collection.alike(3)[0].index, 2);
    assert!(collection.alike(5).is_empty());
    assert!(collection.alike(8).is_empty());
    assert!(collection.alike(99).is_empty());
}

#[test]
fn nothing_is_alike_over_languages() {
    let collection = collection(&[
        (Language::Fi, "stress stress"),
        (Language::Sv, "stress stress"),
        (Language::En, "stress"),
    ]);
    assert!((0..3).all(|index| collection.alike(index).is_empty()));
    // Easy Finnish is Finnish.
    let same = self::collection(&[
        (Language::Fi, "häätö uhkaa"),
        (Language::Easy, "häätö uhkaa"),
    ]);
    assert_eq!(same.alike(0).len(), 1);
}

#[test]
fn groups_are_proposed_and_the_lonely_left_alone() {
    assert_eq!(
        collection(&OBSERVATIONS).groups(),
        [vec![0, 1], vec![2, 3], vec![6, 7]]
    );
    assert!(collection(&[]).groups().is_empty());
}

#[test]
fn a_chain_is_one_group() {
    // The first and the last share nothing but are joined through the middle.
    let chain = collection(&[
        (Language::Fi, "häätö vuokravelka"),
        (Language::Fi, "häätö vuokravelka ulosotto luottotiedot"),
        (Language::Fi, "ulosotto luottotiedot"),
        (Language::Fi, "bussi"),
    ]);
    assert_eq!(chain.groups(), [vec![0, 1, 2]]);
    assert!(chain.alike(0).iter().all(|one| one.index != 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn likeness_is_even_handed_and_within_bounds(
        texts in prop::collection::vec("(vuokra|häätö|jono|velka|lapsi|koulu|bussi| ){0,8}", 0..14),
    ) {
        let texts: Vec<(Language, &str)> = texts.iter().map(|text| (Language::Fi, text.as_str())).collect();
        let collection = collection(&texts);
        let mut grouped = std::collections::BTreeSet::new();
        for group in collection.groups() {
            prop_assert!(group.len() > 1);
            for index in group {
                prop_assert!(grouped.insert(index), "in two groups");
            }
        }
        for index in 0..texts.len() {
            let alike = collection.alike(index);
            prop_assert!(alike.len() <= MOST_ALIKE);
            prop_assert!(alike.windows(2).all(|pair| pair[0].likeness >= pair[1].likeness));
            for one in &alike {
                prop_assert!(one.index != index && (ALIKE..=1.0).contains(&one.likeness) && !one.shared.is_empty());
                let back = collection.alike(one.index);
                let mine = back.iter().find(|other| other.index == index);
                prop_assert!(mine.is_some_and(|other| (other.likeness - one.likeness).abs() < 1e-9)
                    || back.len() == MOST_ALIKE);
            }
        }
    }
}
