//! What stands in the way of a release: found before it, told all at once.

use text::few::tells_few;

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
    /// A text tells a number of people under [`text::few::SMALL`].
    Small(Section),
    /// The same in what is drawn in; the phenomenon's title.
    SmallIn(String),
    /// A proposal has not been sent, or lacks a recipient or a day; the phenomenon's title.
    Unsent(String),
    /// No phenomenon has been chosen.
    NoPhenomenon,
    /// The county asks for more experts by experience first; the phenomenon's title.
    Unheard(String),
    /// A chosen statistic has nothing of the area, and would be left out without a word; its title.
    NoFigures(String),
    /// A statement is lacking: the kind stands on evidence; the phenomenon's title.
    NoStatement(String),
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
        Material::Action(action) => tells_few(&action.effect_words).then(|| action.words.clone()),
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
