//! What stands in the way of a release: found before it, told all at once.

use super::{LONGEST_SECTION, Section};
use crate::domain::content::{Content, Material};

/// A hindrance. Holds the place of the fault, never the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// A section that must have a text has none.
    Empty(Section),
    /// There are figures, and nothing says how they are read.
    Uninterpreted,
    /// A text may tell who somebody is.
    Person(Section),
    /// A quote may tell who somebody is.
    PersonInQuote,
    /// Words drawn from a phenomenon, its proposals or answers may tell who somebody is; its title.
    PersonIn(String),
    /// A text tells a number of people under [`SMALL`].
    Small(Section),
    /// The same in what is drawn in; the phenomenon's title.
    SmallIn(String),
    /// A proposal has not been sent, or lacks a recipient or a day; the phenomenon's title.
    Unsent(String),
    /// No phenomenon has been chosen.
    NoPhenomenon,
    /// The county asks for more experts by experience first; the phenomenon's title.
    Unheard(String),
    /// A statement is lacking: the kind stands on evidence; the phenomenon's title.
    NoStatement(String),
}

/// Numbers of people under this are small.
pub const SMALL: u64 = 5;

/// Beginnings of words for people in the languages of the house; words of three letters are whole words.
const PEOPLE: &[&str] = &[
    "asiakas",
    "asiakk",
    "henkilö",
    "ihmi",
    "nais",
    "mies",
    "nuor",
    "lapsi",
    "lapse",
    "lasta",
    "perhe",
    "vanhe",
    "vanhu",
    "kotitalou",
    "asukas",
    "asukk",
    "hakija",
    "klient",
    "person",
    "kvinn",
    "män",
    "man",
    "barn",
    "ungdom",
    "familj",
    "hushåll",
    "invånar",
    "client",
    "people",
    "women",
    "woman",
    "child",
    "famil",
    "household",
    "resident",
    "applicant",
];
/// Words of numbers from one to four, with the forms that stand before people. The Swedish "en" is an article too.
const NUMBERS: &[&str] = &[
    "yksi",
    "yhden",
    "yhdellä",
    "kaksi",
    "kahden",
    "kahta",
    "kahdella",
    "kolme",
    "kolmen",
    "kolmea",
    "kolmella",
    "neljä",
    "neljän",
    "neljää",
    "neljällä",
    "två",
    "tre",
    "fyra",
    "one",
    "two",
    "three",
    "four",
];
/// Beginnings of what else is counted: "kahden viikon asiakasjono" tells of weeks.
const THINGS: &[&str] = &[
    "viik", "kuuk", "vuo", "vuot", "päiv", "tunt", "tunn", "kunta", "kunna", "kunn", "palvel",
    "yksi", "veck", "månad", "år", "dag", "timm", "kommun", "tjänst", "enhet", "week", "month",
    "year", "day", "hour", "municip", "service", "unit",
];

fn is_people(number: &str, word: &str) -> bool {
    // "Men" are people in English, and "but" in Swedish.
    if word == "men" {
        return !["två", "tre", "fyra"].contains(&number);
    }
    PEOPLE.iter().any(|stem| {
        if stem.chars().count() > 3 {
            word.starts_with(stem)
        } else {
            word == *stem
        }
    })
}

/// Whether a text tells a number of people that is too small to be told: "3 asiakasta", "två klienter". Every number of
/// people comes from a table of disclosure control; this finds the ones that are typed by hand.
pub fn tells_few(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.iter().enumerate().any(|(at, word)| {
        let digit = word.parse::<u64>().is_ok_and(|n| (1..SMALL).contains(&n));
        let spelt = NUMBERS.contains(&word.as_str());
        // A decimal or a part of a day: "7,3 henkilöä" has another number before it.
        let part = at > 0
            && words[at - 1].bytes().all(|byte| byte.is_ascii_digit())
            && joined(text, &words[at - 1], word);
        // An adjective may stand between: "3 uutta asiakasta".
        let people = match &words[at + 1..] {
            [next, ..] if is_people(word, next) => true,
            [next, after, ..] => {
                !THINGS.iter().any(|stem| next.starts_with(stem)) && is_people(word, after)
            }
            _ => false,
        };
        (digit || spelt) && !part && people
    })
}

/// Whether two numbers stand together with one sign between them.
fn joined(text: &str, first: &str, second: &str) -> bool {
    [',', '.', ':', '/', '-', '–', '\u{a0}', ' ']
        .iter()
        .any(|sign| text.contains(&format!("{first}{sign}{second}")))
}

/// Everything in the way of a content, without the search for personal data, which takes its own time. `unsent` and
/// `unstated` are titles of phenomena, `phenomena` how many were chosen.
pub fn found(
    content: &Content,
    unsent: &[String],
    unstated: &[String],
    phenomena: usize,
) -> Vec<Hindrance> {
    let mut found = Vec::new();
    let words_of = |section: Section| {
        content
            .parts
            .iter()
            .find(|part| part.section() == Some(section))
            .map_or("", |part| part.words.trim())
    };
    if words_of(Section::Summary).is_empty() {
        found.push(Hindrance::Empty(Section::Summary));
    }
    if content.figures().next().is_some() && words_of(Section::Interpretation).is_empty() {
        found.push(Hindrance::Uninterpreted);
    }
    if phenomena == 0 {
        found.push(Hindrance::NoPhenomenon);
    }
    found.extend(unsent.iter().cloned().map(Hindrance::Unsent));
    found.extend(unstated.iter().cloned().map(Hindrance::NoStatement));
    for part in &content.parts {
        let Some(section) = part.section() else {
            continue;
        };
        debug_assert!(part.words.chars().count() <= LONGEST_SECTION);
        if tells_few(&part.words) {
            found.push(Hindrance::Small(section));
        }
        for material in &part.material {
            if let Some(about) = few_in(material) {
                let one = Hindrance::SmallIn(about);
                if !found.contains(&one) {
                    found.push(one);
                }
            }
        }
    }
    found
}

/// The name of what tells a small number by hand.
fn few_in(material: &Material) -> Option<String> {
    match material {
        Material::Phenomenon { title, words } => {
            (tells_few(title) || tells_few(words)).then(|| title.clone())
        }
        Material::Analysis(analysis) => {
            let few = analysis
                .statements
                .iter()
                .any(|(words, _)| tells_few(words))
                || analysis.evidence.iter().any(|one| tells_few(&one.words));
            few.then(|| analysis.about.clone())
        }
        Material::Quote { about, words } => tells_few(words).then(|| about.clone()),
        _ => None,
    }
}

/// The texts of a material that other people wrote, with what they are about.
pub fn texts_of(material: &Material) -> Vec<&str> {
    match material {
        Material::Phenomenon { title, words } => vec![title, words],
        Material::Analysis(analysis) => analysis
            .statements
            .iter()
            .map(|(words, _)| words.as_str())
            .chain(analysis.evidence.iter().map(|one| one.words.as_str()))
            .collect(),
        Material::Proposal(proposal) => std::iter::once(proposal.words())
            .chain(proposal.answers.iter().map(|one| one.reason.as_str()))
            .collect(),
        Material::Action(action) => vec![&action.words, &action.effect_words],
        Material::Influence(one) => vec![&one.forum, &one.outcome],
        Material::Figures(_)
        | Material::Quote { .. }
        | Material::NotTold { .. }
        | Material::Day { .. } => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::tells_few;

    #[test]
    fn few_people_told_by_hand_are_found() {
        for text in [
            "Palvelusta jäi pois 3 asiakasta.",
            "Kunnassa on 2 uutta asiakasta",
            "Kolme asiakasta menetti asuntonsa.",
            "neljän perheen tilanne",
            "Två klienter blev utan bostad.",
            "one woman told us",
            "1 henkilö",
        ] {
            assert!(tells_few(text), "{text}");
        }
        for text in [
            "Asiakkaita oli 120.",
            "Kasvua 7,3 henkilöä tuhatta asukasta kohti",
            "Vuosina 2024–2026 asiakkaiden määrä kasvoi.",
            "SHL 1301/2014 7 §",
            "Kaksi kuntaa aloitti kokeilun.",
            "Kahden viikon asiakasjono",
            "två men inte tre",
            "När en klient söker stöd",
            "13.3.2026 asiakkaille kerrottiin",
            "",
            "10 000 asukasta",
        ] {
            assert!(!tells_few(text), "{text}");
        }
    }
}
