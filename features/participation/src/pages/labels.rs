//! Codes in the reader's words, and choices of them.

use kernel::language::Language;
use kernel::place;
use reporting::domain::{ActionState, Effect, Level, Quality, Theme, Themes};
use web::{Choice, Texts};

use crate::domain::{BikvaStage, Forum, Kind, ProposalState, Publication, Reward, Stage, State};

/// The words of a code: the family's key with the code in it.
fn word(t: &Texts, family: &str, code: &str) -> String {
    t.get(&format!("{family}-{}", code.replace('_', "-")))
}

macro_rules! words {
    ($($one:ident $kind:ident $family:literal),+ $(,)?) => { $(
        /// The code in words.
        pub fn $one(t: &Texts, value: $kind) -> String {
            word(t, $family, value.code())
        }
    )+ };
}

words! {
    kind Kind "public-gathering-kind",
    state State "gathering-state",
    stage Stage "participation-stage",
    reward Reward "gathering-reward",
    said_state ProposalState "gathering-said",
    bikva BikvaStage "bikva-stage",
    publication Publication "participation-publication",
    forum Forum "forum",
    level Level "proposal-level",
    action_state ActionState "public-action-state",
    effect Effect "action-effect",
    quality Quality "evidence-quality",
}

/// Choices of codes.
pub fn choices<T: Copy>(
    t: &Texts,
    all: &[T],
    code: impl Fn(T) -> &'static str,
    words: impl Fn(&Texts, T) -> String,
) -> Vec<Choice> {
    all.iter()
        .map(|one| Choice::new(code(*one), words(t, *one)))
        .collect()
}

/// The county's themes that can be chosen, in alphabetical order.
pub fn themes(t: &Texts, themes: &Themes) -> Vec<Choice> {
    let mut found: Vec<_> = themes
        .chosen_from()
        .map(|one| {
            (
                one.name(t.language()).to_owned(),
                one.theme.code().to_owned(),
            )
        })
        .collect();
    found.sort_by_key(|(name, _)| text::sort::sort_key(name));
    found
        .into_iter()
        .map(|(name, code)| Choice::new(code, name))
        .collect()
}

/// The names of some themes.
pub fn theme_names(t: &Texts, themes: &Themes, some: &[Theme]) -> String {
    some.iter()
        .map(|one| themes.name(one, t.language()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The county's municipalities in alphabetical order of the language.
pub fn municipalities(county: &str, language: Language) -> Vec<Choice> {
    let mut found: Vec<_> = place::municipalities_of(county)
        .into_iter()
        .map(|one| (one.name(language), one.code))
        .collect();
    found.sort_by_key(|(name, _)| text::sort::sort_key(name));
    found
        .into_iter()
        .map(|(name, code)| Choice::new(code, name))
        .collect()
}

/// A municipality's name; the whole county without one.
pub fn area(t: &Texts, code: Option<&str>) -> String {
    code.and_then(place::municipality).map_or_else(
        || t.get("public-gathering-county"),
        |one| one.name(t.language()).to_owned(),
    )
}

/// A month and a day without a year: "15.4.", in English "15 Apr" is left to the calendar's own words.
pub fn month_day(t: &Texts, month: u8, day: u8) -> String {
    // Any year that is no leap year has every day of the cycle.
    crate::domain::on(2025, month, day).map_or_else(String::new, |on| {
        let whole = t.full_day(on);
        whole
            .trim_end_matches("2025")
            .trim_end_matches(char::is_whitespace)
            .to_owned()
    })
}
