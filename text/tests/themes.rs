//! Proposed themes: which, in what order, and on what words they rest.

mod common;

use std::sync::Arc;

use kernel::language::Language;
use text::analysis::Analyser;
use text::search::Analysers;
use text::themes::{Frequencies, Suggestion, Themes};

const THEMES: [(&str, &[&str]); 5] = [
    (
        "asuminen",
        &[
            "asunto",
            "häätö",
            "vuokra",
            "asunnottomuus",
            "bostad",
            "vräkning",
            "hyra",
        ],
    ),
    (
        "toimeentulo",
        &[
            "toimeentulotuki",
            "velka",
            "ulosotto",
            "vuokra",
            "utkomststöd",
            "skuld",
        ],
    ),
    (
        "digi_ja_asiointi",
        &[
            "verkkopankkitunnus",
            "sähköinen asiointi",
            "puhelinpalvelu",
            "bankkod",
        ],
    ),
    ("paihteet", &["päihde", "vieroitus", "missbruk"]),
    ("yksinaisyys", &["yksinäisyys", "yksin"]),
];

fn analysers() -> Analysers {
    Analysers {
        fi: common::voikko(),
        sv: Arc::new(Analyser::open(Language::Sv)),
        en: Arc::new(Analyser::open(Language::En)),
    }
}

fn suggested(language: Language, text: &str, frequencies: &Frequencies) -> Vec<Suggestion> {
    let analysers = analysers();
    Themes::new(&analysers, THEMES).suggest(&analysers, language, text, frequencies)
}

fn codes(language: Language, text: &str) -> Vec<String> {
    let found = suggested(language, text, &Frequencies::default());
    found
        .into_iter()
        .map(|suggestion| suggestion.code)
        .collect()
}

#[test]
fn inflected_words_and_parts_of_compounds_meet_their_themes() {
    for (language, text, expect) in [
        (
            Language::Fi,
            "Vuokravelan takia tulee häätöjä.",
            vec!["asuminen", "toimeentulo"],
        ),
        (
            Language::Fi,
            "Toimeentulotuen käsittely kestää.",
            vec!["toimeentulo"],
        ),
        (
            Language::Fi,
            "Päihdepalveluihin ei pääse.",
            vec!["paihteet"],
        ),
        (
            Language::Fi,
            "Moni asuu yksin ja ilman verkkopankkitunnuksia.",
            vec!["digi_ja_asiointi", "yksinaisyys"],
        ),
        // Both words of a keyword, or it is not met.
        (
            Language::Fi,
            "Sähköisessä asioinnissa ei auteta.",
            vec!["digi_ja_asiointi"],
        ),
        (Language::Fi, "Asiointi on hankalaa.", vec![]),
        (
            Language::Sv,
            "Många får vräkning för att hyran stiger.",
            vec!["asuminen"],
        ),
        (
            Language::Sv,
            "Utan bankkoder går inget.",
            vec!["digi_ja_asiointi"],
        ),
        (Language::Fi, "Kaikki on hyvin.", vec![]),
        (Language::Fi, "", vec![]),
    ] {
        let mut found = codes(language, text);
        found.sort();
        assert_eq!(found, expect, "{text}");
    }
}

#[test]
fn a_rare_word_weighs_more_and_three_are_the_most() {
    let analysers = analysers();
    let mut frequencies = Frequencies::default();
    for text in [
        "vuokra nousee",
        "vuokra on kallis",
        "vuokrasta riideltiin",
        "päihdepalvelut puuttuvat",
    ] {
        frequencies.add(&analysers.words(Language::Fi, text));
    }
    let found = suggested(
        Language::Fi,
        "Vuokra jää maksamatta päihteiden takia, velka kasvaa ja on yksin.",
        &frequencies,
    );
    assert_eq!(found.len(), 3);
    assert!(found.windows(2).all(|pair| pair[0].score >= pair[1].score));
    // Housing has only the word that everybody has.
    assert!(
        found.iter().all(|suggestion| suggestion.code != "asuminen"),
        "{found:?}"
    );
    assert!(frequencies.idf("päihde") > frequencies.idf("vuokra"));
    assert!(frequencies.idf("vuokra") >= 1.0);
}

#[test]
fn a_proposal_shows_the_words_it_rests_on() {
    let text = "Häädön uhka, ja toinenkin häätö.";
    let found = suggested(Language::Fi, text, &Frequencies::default());
    let met = &found[0].met;
    assert_eq!(met.len(), 1);
    assert_eq!(met[0].keyword, "häätö");
    let places: Vec<&str> = met[0]
        .places
        .iter()
        .map(|place| &text[place.clone()])
        .collect();
    assert_eq!(places, ["Häädön", "häätö"]);
}
