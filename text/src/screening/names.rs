//! Names of people.

use super::lists::{NAMES, holds};
use super::places::is_municipality;
use super::rare;
use super::reading::{Reading, Word};
use super::{Found, Kind, Weight};

/// Words before a name: the next capital word is somebody.
const TITLES: [&str; 32] = [
    "rouva",
    "herra",
    "rva",
    "hra",
    "neiti",
    "vuokranantaja",
    "isännöitsijä",
    "naapuri",
    "opettaja",
    "lääkäri",
    "sosiaalityöntekijä",
    "sosiaaliohjaaja",
    "ohjaaja",
    "hoitaja",
    "asiakas",
    "asiakkaani",
    "nimeltä",
    "nimeni",
    "ystäväni",
    "fru",
    "herr",
    "fröken",
    "hyresvärden",
    "grannen",
    "läraren",
    "socialarbetaren",
    "klienten",
    "heter",
    "läkaren",
    "disponenten",
    "handledaren",
    "kontaktpersonen",
];

/// What people do: a doubtful name before it at the beginning of a sentence is asked about.
const DEEDS: [&str; 32] = [
    "kertoi",
    "kertoo",
    "sanoi",
    "sanoo",
    "soitti",
    "soittaa",
    "tuli",
    "haki",
    "hakee",
    "odottaa",
    "asuu",
    "pelkää",
    "sai",
    "kävi",
    "haluaa",
    "pyysi",
    "itki",
    "muutti",
    "lähti",
    "menetti",
    "joutui",
    "tarvitsee",
    "berättade",
    "säger",
    "sade",
    "ringde",
    "bor",
    "väntar",
    "sökte",
    "fick",
    "behöver",
    "vill",
];

/// Whose they are: `Mäkelän perhe`.
const KIN: [&str; 10] = [
    "perhe", "äiti", "äidi", "isä", "poika", "tytär", "vaimo", "mies", "lapse", "lapsi",
];

/// What is known of one word as a name.
#[derive(Clone, Copy)]
struct Looks {
    given: bool,
    family: bool,
    place: bool,
    municipality: bool,
    /// An organisation, an acronym, a brand.
    other: bool,
    /// An ordinary word, as far as the dictionary of Finnish tells.
    common: bool,
    unknown: bool,
    weak: bool,
}

impl Looks {
    fn of(word: &Word, swedish: bool) -> Self {
        let form = word.form();
        let proper = word.token.word.proper;
        let parts: Vec<&str> = form.split('-').filter(|part| !part.is_empty()).collect();
        let listed = |list| {
            holds(list, form, swedish) || parts.iter().all(|part| holds(list, part, swedish))
        };
        // A half of a double name is a name: Al-Hassan, Sirkka-Liisa.
        let half =
            |list| parts.len() > 1 && parts.last().is_some_and(|part| holds(list, part, swedish));
        let given = proper.given_name || listed(&NAMES.given);
        let family = proper.family_name || listed(&NAMES.family) || half(&NAMES.family);
        let dictionary = word.token.word.known && proper != crate::analysis::Proper::default();
        let in_dictionary = dictionary && !swedish;
        Self {
            given: given || half(&NAMES.given),
            family,
            place: proper.place,
            municipality: is_municipality(form, &word.token.word.lemmas),
            other: proper.other && !given && !family
                || parts.first().is_some_and(|part| NAMES.other.contains(part))
                || holds(&NAMES.other, form, swedish)
                || is_sign(word.surface)
                || rare::is_illness(form),
            common: proper.common && !swedish,
            unknown: !in_dictionary && !given && !family && !(proper.place),
            weak: holds(&NAMES.weak, form, swedish),
        }
    }

    const fn name(self) -> bool {
        self.given || self.family
    }
}

pub(super) fn find(reading: &Reading, found: &mut Found) {
    let looks: Vec<Looks> = reading
        .words
        .iter()
        .map(|word| Looks::of(word, reading.swedish))
        .collect();
    let mut index = 0;
    while index < reading.words.len() {
        index += match whole(reading, &looks, index) {
            Some((weight, count)) => {
                let last = reading.words[index + count - 1].token.range.end;
                found.add(
                    Kind::Name,
                    reading.words[index].token.range.start..last,
                    weight,
                );
                count
            }
            None => 1,
        };
    }
}

/// A name that begins at a word: how sure it is and how many words it has.
fn whole(reading: &Reading, looks: &[Looks], index: usize) -> Option<(Weight, usize)> {
    let word = &reading.words[index];
    if word.surface.chars().any(char::is_numeric) || (looks[index].other && !looks[index].name()) {
        return None;
    }
    if !word.capital {
        return lower_case(reading, looks, index);
    }
    if let Some(count) = pair(reading, looks, index) {
        return Some((Weight::Certain, count));
    }
    let weight = if titled(reading, looks, index) {
        Some(Weight::Certain)
    } else if word.first {
        at_the_beginning(reading, looks, index)
    } else {
        inside(reading, looks, index)
    }?;
    Some((weight, if initial(reading, index) { 2 } else { 1 }))
}

/// A first name and a capital word after it.
fn pair(reading: &Reading, looks: &[Looks], index: usize) -> Option<usize> {
    let (word, look) = (&reading.words[index], looks[index]);
    if !look.given {
        return None;
    }
    let mut count = 1;
    while let Some(next) = reading.next(index + count - 1) {
        let at = index + count;
        let other = looks[at];
        // Inside a sentence a capital word after a first name is her family name, whatever else it means.
        let fits = other.name()
            || ((other.unknown || other.common) && !other.other && !other.municipality)
            || (other.place && !other.municipality);
        // `Ilta Attendolla`: an ordinary word before an unknown one is no pair.
        let doubtful = word.first && (look.weak || look.common) && !other.family;
        if !next.capital || next.surface.chars().count() < 2 || !fits || doubtful || count == 4 {
            break;
        }
        count += 1;
    }
    (count > 1).then_some(count)
}

/// After a title, a capital word that can be a name.
fn titled(reading: &Reading, looks: &[Looks], index: usize) -> bool {
    let Some(before) = index.checked_sub(1) else {
        return false;
    };
    let title = reading.words[before].form();
    let between = reading.between(before).replace('.', "");
    let look = looks[index];
    TITLES.contains(&title)
        && between.chars().all(|one| one == ' ' || one == '\u{a0}')
        && !look.other
        && (look.name() || look.unknown || (look.place && !look.municipality))
        // Rva. and hra. end with a dot that ends no sentence.
        && (!reading.words[index].first || title.len() == 3)
}

fn inside(reading: &Reading, looks: &[Looks], index: usize) -> Option<Weight> {
    let (word, look) = (&reading.words[index], looks[index]);
    if look.name() {
        if look.municipality {
            return (!is_local(word.form()) && look.given && !look.place).then_some(Weight::Ask);
        }
        if look.place {
            return (!is_local(word.form())).then_some(Weight::Ask);
        }
        // Kalliossa, Niemessä: nothing is in a person, much is in a part of a town.
        if look.common
            && ["ssa", "ssä"]
                .iter()
                .any(|ending| word.form().ends_with(ending))
        {
            return None;
        }
        return Some(Weight::Certain);
    }
    if look.municipality || look.other {
        return None;
    }
    if look.place {
        return (is_family_like(word) && !is_local(word.form())).then_some(Weight::Ask);
    }
    // An address of a site: Hyvis.fi.
    let rest = &reading.text[word.token.range.end..];
    let site = rest
        .strip_prefix('.')
        .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    if site {
        return None;
    }
    // A part of a name of several words: Housing First -periaate.
    let part = reading.text[word.token.range.end..].starts_with(" -")
        || reading.text[word.token.range.end..].starts_with('-');
    let after_other = index > 0 && (looks[index - 1].other && reading.words[index - 1].capital);
    (look.unknown && !part && !after_other && word.surface.chars().count() > 1)
        .then_some(Weight::Ask)
}

fn at_the_beginning(reading: &Reading, looks: &[Looks], index: usize) -> Option<Weight> {
    let (word, look) = (&reading.words[index], looks[index]);
    let next = reading.next(index).map_or("", Word::form);
    let owns = word.form().ends_with('n') && KIN.iter().any(|kin| next.starts_with(kin));
    let does = DEEDS.contains(&next) || owns;
    if look.name() {
        if look.municipality || (look.place && is_local(word.form())) {
            return None;
        }
        if look.weak || look.common || look.place {
            return does.then_some(Weight::Ask);
        }
        return Some(Weight::Certain);
    }
    let family = look.place && !look.municipality && is_family_like(word) && !is_local(word.form());
    (family && !look.common).then_some(Weight::Ask)
}

/// `matti virtanen`: a first name and a family name that are nothing else; asked, since nothing is capital.
fn lower_case(reading: &Reading, looks: &[Looks], index: usize) -> Option<(Weight, usize)> {
    let look = looks[index];
    reading.next(index)?;
    let other = looks[index + 1];
    let plain = !other.common && !other.place && !other.given;
    let names = look.given && other.family && plain && !reading.words[index + 1].capital;
    (names && !reading.swedish).then_some((Weight::Ask, 2))
}

/// `Jani K.`
fn initial(reading: &Reading, index: usize) -> bool {
    reading.next(index).is_some_and(|next| {
        next.capital
            && next.surface.chars().count() == 1
            && reading.text[next.token.range.end..].starts_with('.')
    })
}

/// Acronyms and brands: `SPR:n`, `TE-toimisto`, `OmaKanta`, `Omatyö-tiimi`.
fn is_sign(surface: &str) -> bool {
    let mut halves = surface.split(['-', '\u{2010}', '\u{2011}', '\'', '\u{2019}']);
    let first = halves.next().unwrap_or_default();
    // The second half of a person's name is capital too.
    first.chars().skip(1).any(char::is_uppercase)
        || halves.any(|half| {
            half.starts_with(char::is_lowercase) || half.chars().skip(1).any(char::is_uppercase)
        })
}

/// In, from or at a place.
fn is_local(form: &str) -> bool {
    [
        "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "aan", "ään", "oon", "seen",
        "hin",
    ]
    .iter()
    .any(|ending| form.ends_with(ending))
}

/// A place whose name families bear too: Mäkelä, Nieminen.
fn is_family_like(word: &Word) -> bool {
    word.token
        .word
        .lemmas
        .iter()
        .any(|lemma| lemma.ends_with("nen") || lemma.ends_with("lä") || lemma.ends_with("la"))
}
