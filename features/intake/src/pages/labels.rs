//! Words for codes and names, so that every page says a thing in the same way.

use kernel::language::Language;
use kernel::place;
use web::{Choice, Texts};

use crate::domain::urgency::Urgency;
use crate::domain::{
    AnswerWay, AttemptChannel, AuthorityGround, Door, Kind, Parties, TalkLanguage, Theme, Wish,
};

/// The word of a code: the message `<family>-<code>`.
pub fn word(t: &Texts, family: &str, code: &str) -> String {
    t.get(&format!("{family}-{code}"))
}

/// The same word at the beginning of a sentence or a line.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The name in the reader's language from names in Finnish, Swedish and English.
pub fn named(language: Language, names: &[String; 3]) -> &str {
    match language {
        Language::Fi | Language::Easy => &names[0],
        Language::Sv => &names[1],
        Language::En => &names[2],
    }
}

/// The language of the talk; another language by its own name.
pub fn language(t: &Texts, language: TalkLanguage, other: Option<&str>) -> String {
    match (language, other) {
        (TalkLanguage::Other, Some(name)) => name.to_owned(),
        _ => word(t, "language", language.code()),
    }
}

/// The municipality's name.
pub fn municipality(t: &Texts, code: &str) -> String {
    place::municipality(code)
        .map_or_else(|| code.to_owned(), |one| one.name(t.language()).to_owned())
}

/// Colour of an urgency's tag; `None` is not a tag at all, it is a quiet word.
pub const fn urgency_color(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Now => "danger",
        Urgency::Today => "warning",
        Urgency::Week => "info",
        Urgency::None => "neutral",
    }
}

/// The grounds of a rule's judgement (codes separated by spaces) in words.
pub fn grounds(t: &Texts, codes: &str) -> String {
    let words: Vec<String> = codes
        .split_whitespace()
        .map(|code| word(t, "ground", code))
        .collect();
    words.join(", ")
}

/// The phrases of a list as one: "a, b".
pub fn joined<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

macro_rules! choices {
    ($($(#[$meta:meta])* $name:ident: $kind:ty = $family:literal;)+) => { $(
        $(#[$meta])*
        pub fn $name(t: &Texts) -> Vec<Choice> {
            <$kind>::ALL.iter().map(|one| Choice::new(one.code(), capital(&word(t, $family, one.code())))).collect()
        }
    )+ };
}

choices! {
    kinds: Kind = "kind";
    themes: Theme = "theme";
    languages: TalkLanguage = "language";
    parties: Parties = "parties";
    wishes: Wish = "wish";
    answer_ways: AnswerWay = "answer";
    grounds_of_authority: AuthorityGround = "authority-ground";
    channels: AttemptChannel = "channel";
    urgencies: Urgency = "urgency";
    /// Every door, for narrowing the queue.
    doors: Door = "door";
}

/// Doors by which a worker writes down a contact: not those that come in by themselves.
pub fn doors_by_hand(t: &Texts) -> Vec<Choice> {
    let own = [
        Door::Phone,
        Door::Visit,
        Door::Centre,
        Door::Street,
        Door::Letter,
        Door::Authority,
        Door::Chat,
    ];
    own.iter()
        .map(|door| Choice::new(door.code(), capital(&word(t, "door", door.code()))))
        .collect()
}

/// The county's municipalities.
pub fn municipalities(t: &Texts, county: &str) -> Vec<Choice> {
    place::municipalities_of(county)
        .iter()
        .map(|one| Choice::new(one.code, one.name(t.language())))
        .collect()
}
