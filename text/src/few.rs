//! Small numbers of people that were typed by hand: "3 asiakasta", "två klienter".
//!
//! Every number of people that leaves the house comes from disclosure control. A text that tells one beside it would undo
//! that, so texts for outsiders are looked through for them.

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
    "äiti",
    "äide",
    "äidi",
    "isä",
    "isää",
    "isän",
    "pariskun",
    "opiskelij",
    "työtön",
    "työtöntä",
    "kuntalai",
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
    "föräldr",
    "mödrar",
    "hushåll",
    "invånar",
    "client",
    "people",
    "women",
    "woman",
    "child",
    "famil",
    "mother",
    "father",
    "parent",
    "household",
    "resident",
    "applicant",
];
/// Words of numbers from one to four, with the forms that stand before people. The Swedish "en" is an article too.
const NUMBERS: &[&str] = &[
    "yksi",
    "yhden",
    "yhdellä",
    "yhdelle",
    "yhdeltä",
    "yhdestä",
    "kaksi",
    "kahden",
    "kahta",
    "kahdella",
    "kahdelle",
    "kahdelta",
    "kahdesta",
    "kolme",
    "kolmen",
    "kolmea",
    "kolmella",
    "kolmelle",
    "kolmelta",
    "kolmesta",
    "neljä",
    "neljän",
    "neljää",
    "neljällä",
    "neljälle",
    "neljältä",
    "neljästä",
    "pari",
    "parin",
    "paria",
    "parilla",
    "parille",
    "ainoa",
    "ainoan",
    "ainoaa",
    "ainoalla",
    "ainoalle",
    "två",
    "tre",
    "fyra",
    "enda",
    "muutama",
    "muutaman",
    "muutamaa",
    "muutamalla",
    "muutamalle",
    "muutamalta",
    "muutamasta",
    "muutamat",
    "muutamia",
    "muutamien",
    "muutamilla",
    "muutamille",
    "muutamilta",
    "muutamista",
    "kourallinen",
    "kourallisen",
    "kourallista",
    "ii",
    "iii",
    "iv",
    "några",
    "fåtal",
    "par",
    "handful",
    "couple",
    "sole",
    "one",
    "two",
    "three",
    "four",
];
/// "Of so many": the other number of "kolme neljästä".
const OF_THEM: &[&str] = &[
    "kahdesta",
    "kolmesta",
    "neljästä",
    "viidestä",
    "kuudesta",
    "seitsemästä",
    "kahdeksasta",
    "yhdeksästä",
    "kymmenestä",
];
/// The same after "av" or "of".
const OTHERS: &[&str] = &[
    "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "two", "three", "four",
    "five", "six", "seven", "eight", "nine", "ten", "2", "3", "4", "5", "6", "7", "8", "9", "10",
];
/// Words of numbers that are told of another: those that stand alone. "Pari neljästä" is one, "ainoa" of them is told by people.
const OF_ANOTHER: &[&str] = &[
    "yksi", "kaksi", "kolme", "neljä", "pari", "muutama", "en", "ett", "två", "tre", "fyra", "one",
    "two", "three", "four",
];

/// Whether what follows a number tells of how many: "neljästä", "av fyra", "out of four".
fn of_another(number: &str, digit: bool, after: &[&str]) -> bool {
    if !digit && !OF_ANOTHER.contains(&number) {
        return false;
    }
    match after {
        [next, ..] if OF_THEM.contains(next) => true,
        ["av" | "of", next, ..] | ["out", "of", next, ..] => OTHERS.contains(next),
        _ => false,
    }
}

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

/// Words between people and their number: "asiakkaita oli 3".
const AND_THEY_WERE: &[&str] = &["oli", "on", "jäi", "är", "var", "were", "are"];

/// A text as a reader sees it: signs that nobody sees are left out, and other forms of digits are digits.
fn seen(text: &str) -> String {
    // The sign before the digit 1 of a form, so that the distance is the digit.
    let digit =
        |zero: u32, sign: char| char::from_digit(u32::from(sign) - zero, 10).unwrap_or(sign);
    text.chars()
        .filter(|sign| {
            !matches!(
                sign,
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
            )
        })
        .map(|sign| match sign {
            '０'..='９' => digit(0xff10, sign),
            '①'..='⑨' => digit(0x245f, sign),
            '¹' => '1',
            '²' => '2',
            '³' => '3',
            '⁴' => '4',
            'Ⅰ'..='Ⅳ' => digit(0x215f, sign),
            'ⅰ'..='ⅳ' => digit(0x216f, sign),
            _ => sign,
        })
        .collect()
}

/// Whether a text tells a number of people that is too small to be told: "3 asiakasta", "två klienter". Every number of
/// people comes from a table of disclosure control; this finds the ones that are typed by hand.
pub fn tells_few(text: &str) -> bool {
    let text = &seen(text).to_lowercase();
    let words: Vec<&str> = text
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().any(|(at, word)| {
        let digit = word.parse::<u64>().is_ok_and(|n| (1..SMALL).contains(&n));
        let of_another = of_another(word, digit, &words[at + 1..]);
        // "Few people know" tells no number, "a few people" does.
        let few = *word == "few" && at > 0 && words[at - 1] == "a";
        if !digit && !of_another && !few && !NUMBERS.contains(word) {
            return false;
        }
        // A decimal or a part of a day: "7,3 henkilöä" has another number before it.
        let part = at > 0
            && words[at - 1].bytes().all(|byte| byte.is_ascii_digit())
            && joined(text, words[at - 1], word);
        // An adjective may stand between: "3 uutta asiakasta".
        let people = match &words[at + 1..] {
            [next, ..] if is_people(word, next) => true,
            [next, after, ..] => {
                !THINGS.iter().any(|stem| next.starts_with(stem)) && is_people(word, after)
            }
            _ => false,
        };
        !part && (people || of_another || digit && told_after(text, &words[..at], word))
    })
}

/// Whether a number at the end of a clause counts the people before it: "asiakkaita oli 3.", "asiakkaat (n = 3)".
fn told_after(text: &str, before: &[&str], number: &str) -> bool {
    let ends = |start: &str| {
        text.match_indices(&format!("{start}{number}"))
            .any(|(at, found)| {
                let mut rest = text[at + found.len()..].chars();
                match rest.next() {
                    None | Some('\n' | ')' | ';' | '!' | '?') => true,
                    Some('.' | ',' | ':') => !rest.next().is_some_and(|sign| sign.is_ascii_digit()),
                    _ => false,
                }
            })
    };
    match before {
        [.., people, verb] if AND_THEY_WERE.contains(verb) && is_people(number, people) => {
            ends(&format!("{verb} "))
        }
        [.., people] if is_people(number, people) => ends(&format!("{people}: ")),
        [.., "n"] => ends("n=") || ends("n = "),
        _ => false,
    }
}

/// Whether two numbers stand together with one sign between them.
fn joined(text: &str, first: &str, second: &str) -> bool {
    // With a space between them they are one number only when thousands are: "10 003", and not "2025 3 asiakasta".
    let signs: &[char] = if second.len() == 3 {
        &[',', '.', ':', '/', '-', '–', '\u{a0}', ' ']
    } else {
        &[',', '.', ':', '/', '-', '–']
    };
    signs
        .iter()
        .any(|sign| text.contains(&format!("{first}{sign}{second}")))
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
            // Ways round the obvious.
            "Asiakkaita oli 3.",
            "asiakkaita: 2",
            "haastateltiin asiakkaita (n=3)",
            "vastanneet (n = 2), joista",
            "Kyyjärvellä ainoa asiakas",
            "pari asiakasta",
            "Kahdelle asiakkaalle kerrottiin",
            "Kaksi äitiä kertoi",
            "toinen kahdesta perheestä",
            "３ asiakasta",
            "③ asiakasta",
            "kol\u{ad}mella asiakkaalla",
            "3\u{200b} asiakasta",
            "Vuonna 2025 3 asiakasta",
            "III asiakasta jäi ilman",
            "Ⅲ asiakasta jäi ilman",
            "iv klienter",
            "Muutama asiakas menetti asuntonsa",
            "muutamalla nuorella",
            "Muutamia perheitä muutti",
            "kourallinen asukkaita",
            "Kolme neljästä menetti asuntonsa.",
            "asiakkaista kolme viidestä",
            "3 neljästä",
            "två av fyra",
            "2 av 3 blev utan",
            "one out of four",
            "ett par klienter",
            "ett fåtal familjer",
            "a few clients",
            "a handful of people",
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
            "10 003 asukasta",
            "Asiakkaita oli 3,5 kertaa enemmän.",
            "Asiakkaita oli 3.1.2026 enemmän.",
            "Asiakkaita oli 3 prosenttia enemmän.",
            "Parin viikon asiakasjono",
            "Muutaman viikon asiakasjono",
            "Few people know of the service",
            "några veckors väntan på familjer",
            "Kolme kunnasta neljästä palvelusta",
            "Liite III kertoo palveluista",
            "III luokan tiet",
            "en av kommunerna",
            "3 prosenttia neljästä kunnasta",
        ] {
            assert!(!tells_few(text), "{text}");
        }
    }
}
