//! What tells who somebody is where few people live.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::lists::words;
use super::places::is_small;
use super::reading::Reading;
use super::{Found, Kind, Weight};

/// Traits that may add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Trait {
    Work,
    Illness,
    Nation,
    Family,
    Age,
}

struct Table {
    /// What a word begins with, or with a whole word's mark, what it is.
    rows: Vec<(Trait, HashSet<&'static str>)>,
    not: HashSet<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let table = include_str!("../../data/rare.csv");
    let row = |kind, name| (kind, words(table, name));
    Table {
        rows: vec![
            row(Trait::Work, "job"),
            row(Trait::Illness, "illness"),
            row(Trait::Nation, "nation"),
            row(Trait::Family, "family"),
        ],
        not: words(table, "not"),
    }
});

/// One trait tells in a small municipality; elsewhere three of different kinds do.
pub(super) fn find(reading: &Reading, found: &mut Found) {
    let traits: Vec<(Trait, Range<usize>)> = (0..reading.words.len())
        .filter_map(|index| trait_at(reading, index))
        .collect();
    let kinds: HashSet<Trait> = traits.iter().map(|(kind, _)| *kind).collect();
    let small = reading
        .words
        .iter()
        .any(|word| word.capital && is_small(word.form(), &word.token.word.lemmas));
    if small || kinds.len() >= 3 {
        for (_, range) in traits {
            found.add(Kind::Rare, range, Weight::Ask);
        }
    }
}

/// Whether a word is of the listed illnesses: no name, though it may be written with a capital.
pub(super) fn is_illness(form: &str) -> bool {
    let illnesses = TABLE
        .rows
        .iter()
        .filter(|(kind, _)| *kind == Trait::Illness);
    illnesses
        .flat_map(|(_, words)| words)
        .any(|own| matches(own, form))
}

fn trait_at(reading: &Reading, index: usize) -> Option<(Trait, Range<usize>)> {
    let word = &reading.words[index];
    let form = word.form();
    if TABLE.not.iter().any(|other| matches(other, form)) {
        return None;
    }
    for (kind, words) in &TABLE.rows {
        let lemmas = &word.token.word.lemmas;
        let listed = words
            .iter()
            .any(|own| matches(own, form) || lemmas.iter().any(|lemma| matches(own, lemma)));
        if listed && !is_plural(reading, index) {
            return Some((*kind, word.range()));
        }
    }
    age(reading, index).or_else(|| many_children(reading, index))
}

/// `kanttor*` begins a word, `als` is one.
fn matches(own: &str, form: &str) -> bool {
    match own.strip_suffix('*') {
        Some(beginning) => form.starts_with(beginning),
        None => own == form,
    }
}

/// Many are spoken of, and nobody alone: "kunnanjohtajat".
fn is_plural(reading: &Reading, index: usize) -> bool {
    let form = reading.words[index].form();
    !reading.swedish
        && (form.ends_with("jat")
            || form.ends_with("iset")
            || form.ends_with("isten")
            || form.ends_with("ien"))
}

/// An exact age: `47-vuotias`, `kuusivuotiaan`, `63 vuotta` after a birthday, `47-årig`.
fn age(reading: &Reading, index: usize) -> Option<(Trait, Range<usize>)> {
    let word = &reading.words[index];
    let form = word.form();
    let before = index
        .checked_sub(1)
        .map_or("", |before| reading.words[before].form());
    let about = [
        "yli", "alle", "noin", "över", "under", "cirka", "omkring", "alkaen",
    ];
    let many = [
        "vuotiaat", "vuotiaid", "vuotiait", "vuotiail", "vuotiais", "åringar",
    ];
    if about.contains(&before) || many.iter().any(|many| form.contains(many)) {
        return None;
    }
    let told = ["vuotia", "-årig", "-åring", "vuotta"];
    let one = told.iter().any(|told| {
        form.find(told).is_some_and(|at| {
            let number = form[..at].trim_end_matches('-');
            !number.is_empty() && (number.parse::<u16>().is_ok() || is_number_word(number))
        })
    });
    if one && !form.ends_with("vuotta") {
        return Some((Trait::Age, word.range()));
    }
    let years = reading.next(index)?;
    let birthday = [
        "täytti",
        "täyttää",
        "täyttänyt",
        "fyllde",
        "fyller",
        "fyllt",
    ]
    .contains(&before);
    let unit = ["vuotta", "år"].contains(&years.form());
    let old = reading
        .next(index + 1)
        .is_some_and(|next| ["vanha", "vanhan", "gammal"].contains(&next.form()));
    (form.parse::<u16>().is_ok_and(|years| years < 120) && unit && (birthday || old))
        .then_some((Trait::Age, word.token.range.start..years.token.range.end))
}

fn is_number_word(word: &str) -> bool {
    const NUMBERS: [&str; 12] = [
        "yksi",
        "kaksi",
        "kolme",
        "neljä",
        "viisi",
        "kuusi",
        "seitsemän",
        "kahdeksan",
        "yhdeksän",
        "kymmen",
        "toista",
        "sata",
    ];
    NUMBERS
        .iter()
        .any(|number| word.ends_with(number) || word.starts_with(number))
}

/// Six children or more: `seitsemän lasta`, `8 barn`.
fn many_children(reading: &Reading, index: usize) -> Option<(Trait, Range<usize>)> {
    const MANY: [&str; 12] = [
        "kuusi",
        "kuuden",
        "seitsemän",
        "kahdeksan",
        "yhdeksän",
        "kymmenen",
        "sex",
        "sju",
        "åtta",
        "nio",
        "tio",
        "elva",
    ];
    let word = &reading.words[index];
    let many = MANY.contains(&word.form())
        || word
            .form()
            .parse::<u16>()
            .is_ok_and(|count| (6..20).contains(&count));
    let children = reading.next(index)?;
    let named = ["lasta", "lapsen", "lapsi", "barn", "barns"]
        .iter()
        .any(|child| *child == children.form());
    let range = word.token.range.start..children.token.range.end;
    (many && named).then_some((Trait::Family, range))
}
