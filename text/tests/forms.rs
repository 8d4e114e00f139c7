//! How many inflected and compound forms are found by their base word, on both engines.

mod common;

use kernel::language::Language;
use text::analysis::Analyser;

/// Of the forms in `data/forms.csv`: Voikko must find at least this share.
const VOIKKO_SHARE: f64 = 0.95;

/// Snowball's own level, measured; it may only rise.
const FALLBACK_FOUND: usize = 26;

/// The Swedish stemmer's own level, measured; it may only rise.
const SWEDISH_FOUND: usize = 40;

/// Whether a search by the base word finds a text with the form.
fn meets(analyser: &Analyser, base: &str, form: &str) -> bool {
    let stored = analyser.index_terms(form);
    analyser
        .tokens(base)
        .iter()
        .all(|token| token.query_terms().any(|term| stored.contains(term)))
}

fn pairs(meets: &str) -> Vec<(String, String)> {
    let rows = common::rows(include_str!("data/forms.csv"));
    rows.iter()
        .filter(|row| &row[2] == meets)
        .map(|row| (row[0].to_owned(), row[1].to_owned()))
        .collect()
}

fn missed(analyser: &Analyser) -> Vec<(String, String)> {
    pairs("yes")
        .into_iter()
        .filter(|(form, base)| !meets(analyser, base, form))
        .collect()
}

#[test]
fn voikko_finds_nearly_all() {
    let (voikko, all) = (common::voikko(), pairs("yes").len());
    let missed = missed(&voikko);
    println!(
        "Voikko finds {} of {all} forms; missed: {missed:?}",
        all - missed.len()
    );
    assert!(all >= 60);
    assert!(
        missed.len() as f64 <= (1.0 - VOIKKO_SHARE) * all as f64,
        "missed: {missed:?}"
    );
}

#[test]
fn the_fallback_has_its_own_level() {
    let (fallback, all) = (common::fallback(), pairs("yes").len());
    let found = all - missed(&fallback).len();
    println!("Snowball finds {found} of {all} forms");
    assert!(found >= FALLBACK_FOUND, "found only {found} of {all}");
}

#[test]
fn swedish_inflection_is_found_and_compounds_are_not() {
    let swedish = Analyser::open(Language::Sv);
    let rows = common::rows(include_str!("data/forms_sv.csv"));
    let of_kind = |kind: &str| -> Vec<_> {
        rows.iter()
            .filter(|row| &row[2] == kind)
            .map(|row| (row[0].to_owned(), row[1].to_owned()))
            .collect()
    };
    let missed: Vec<_> = of_kind("yes")
        .into_iter()
        .filter(|(form, base)| !meets(&swedish, base, form))
        .collect();
    let all = of_kind("yes").len();
    println!(
        "Swedish stems find {} of {all} inflected forms; missed: {missed:?}",
        all - missed.len()
    );
    assert!(all >= 40);
    assert!(all - missed.len() >= SWEDISH_FOUND, "missed: {missed:?}");
    let compounds = of_kind("compound");
    let found = compounds
        .iter()
        .filter(|(form, base)| meets(&swedish, base, form))
        .count();
    println!(
        "Swedish stems find {found} of {} compounds",
        compounds.len()
    );
}

#[test]
fn look_alikes_are_told_apart() {
    let voikko = common::voikko();
    let pairs = pairs("no");
    assert!(!pairs.is_empty());
    for (form, base) in pairs {
        assert!(
            !meets(&voikko, &base, &form),
            "{base} must not find {form}: {:?}",
            voikko.index_terms(&form)
        );
    }
}
