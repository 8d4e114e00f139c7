//! Messages of the pages: Fluent bundles in Finnish, Swedish, English and Easy Finnish.
//!
//! Every room brings one [`MessageSet`] (see [`messages!`](crate::messages)); [`Messages`] joins them at start.
//! Templates hold keys only.

use std::{borrow::Cow, sync::Arc};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use kernel::language::Language;
use unic_langid::LanguageIdentifier;

/// The message files of one room.
#[derive(Debug, Clone, Copy)]
pub struct MessageSet {
    /// The room's name, for complaints.
    pub room: &'static str,
    pub fi: &'static str,
    pub sv: &'static str,
    pub en: &'static str,
    /// Easy Finnish: only the keys that begin with `public-`.
    pub easy: &'static str,
}

/// The message files `messages/{fi,sv,en,easy}.ftl` of the calling crate.
#[macro_export]
macro_rules! messages {
    () => {
        $crate::MessageSet {
            room: env!("CARGO_PKG_NAME"),
            fi: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/messages/fi.ftl")),
            sv: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/messages/sv.ftl")),
            en: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/messages/en.ftl")),
            easy: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/messages/easy.ftl")),
        }
    };
}

impl MessageSet {
    /// The file of one language.
    pub const fn source(&self, language: Language) -> &'static str {
        match language {
            Language::Fi => self.fi,
            Language::Sv => self.sv,
            Language::En => self.en,
            Language::Easy => self.easy,
        }
    }
}

/// Message files that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("messages of {room} ({language}): {problem}")]
pub struct MessagesError {
    room: &'static str,
    language: &'static str,
    problem: String,
}

/// All messages of the house in all languages.
pub struct Messages {
    bundles: [FluentBundle<FluentResource>; 4],
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Messages")
    }
}

impl Messages {
    /// Joins the sets; the common messages of this room are always among them.
    ///
    /// # Errors
    /// A file that does not parse, or a key that two rooms claim.
    pub fn collect(sets: &[MessageSet]) -> Result<Self, MessagesError> {
        let mut all = vec![crate::COMMON_MESSAGES];
        all.extend(
            sets.iter()
                .filter(|set| set.room != crate::COMMON_MESSAGES.room),
        );
        let [fi, sv, en, easy] = Language::ALL;
        Ok(Self {
            bundles: [
                bundle(fi, &all)?,
                bundle(sv, &all)?,
                bundle(en, &all)?,
                bundle(easy, &all)?,
            ],
        })
    }

    fn bundle(&self, language: Language) -> &FluentBundle<FluentResource> {
        &self.bundles[match language {
            Language::Fi => 0,
            Language::Sv => 1,
            Language::En => 2,
            Language::Easy => 3,
        }]
    }

    fn format(
        &self,
        language: Language,
        key: &str,
        args: Option<&FluentArgs<'_>>,
    ) -> Option<String> {
        let bundle = self.bundle(language);
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, args, &mut errors)
            .into_owned();
        if let Some(error) = errors.first() {
            tracing::error!(key, language = language.code(), %error, "a message lacks an argument");
        }
        Some(text)
    }
}

fn bundle(
    language: Language,
    sets: &[MessageSet],
) -> Result<FluentBundle<FluentResource>, MessagesError> {
    let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks would break copying of names and dates; our languages run left to right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(if language == Language::En {
        english_number
    } else {
        nordic_number
    }));
    for set in sets {
        let complain = |problem: String| MessagesError {
            room: set.room,
            language: language.code(),
            problem,
        };
        let resource = FluentResource::try_new(set.source(language).to_owned())
            .map_err(|(_, errors)| complain(format!("{errors:?}")))?;
        bundle
            .add_resource(resource)
            .map_err(|errors| complain(format!("{errors:?}")))?;
    }
    Ok(bundle)
}

fn nordic_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(grouped(&number.as_string(), '\u{a0}', ',')),
        _ => None,
    }
}

fn english_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(grouped(&number.as_string(), ',', '.')),
        _ => None,
    }
}

/// `12345.6` as "12 345,6": groups of three from five digits on, as Finnish writing has it.
fn grouped(plain: &str, group: char, point: char) -> String {
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain), |rest| ("\u{2212}", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len() - index;
        if index > 0 && whole.len() > 4 && left % 3 == 0 {
            out.push(group);
        }
        out.push(digit);
    }
    if !part.is_empty() {
        out.push(point);
        out.push_str(part);
    }
    out
}

/// An argument of a message: a text or a number. Write `name.into()` or `14.into()`.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg<'a> {
    Text(Cow<'a, str>),
    Number(f64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
macro_rules! numbers {
    ($($kind:ty),*) => { $(
        impl From<$kind> for Arg<'_> {
            // Counts on a page are far below 2^52.
            fn from(number: $kind) -> Self { Self::Number(number as f64) }
        }
        impl From<&$kind> for Arg<'_> {
            fn from(number: &$kind) -> Self { Self::from(*number) }
        }
    )* };
}
numbers!(i32, i64, u8, u16, u32, u64, usize, f64);

/// The messages in one reader's language. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Texts {
    messages: Arc<Messages>,
    language: Language,
}

impl Texts {
    /// The messages as a reader of `language` sees them.
    pub const fn new(messages: Arc<Messages>, language: Language) -> Self {
        Self { messages, language }
    }

    /// The reader's language.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The same messages in another language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Self {
        Self {
            messages: Arc::clone(&self.messages),
            language,
        }
    }

    /// The message of `key`.
    pub fn get(&self, key: &str) -> String {
        self.find(key, None)
    }

    /// The message of `key` with arguments: `t.with("contact-open", &[("count", 14.into())])`.
    /// In a template leave out the `&`, which askama adds: `page.t.with("contact-open", [("count", 14.into())])`.
    pub fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            let value = match value {
                Arg::Text(text) => FluentValue::from(text.as_ref()),
                Arg::Number(number) => FluentValue::from(*number),
            };
            fluent.set((*name).to_owned(), value);
        }
        let mut text = self.find(key, Some(&fluent));
        // A short date ends with a full stop of its own: "ma 23.11." closes a sentence too.
        for (_, value) in args {
            if let Arg::Text(value) = value
                && value.ends_with('.')
            {
                text = text.replace(&format!("{value}."), value);
            }
        }
        text
    }

    /// Whether `key` has a message in this language (Easy Finnish without its Finnish fallback).
    pub fn has(&self, key: &str) -> bool {
        self.messages.bundle(self.language).has_message(key)
    }

    fn find(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let found = self.messages.format(self.language, key, args);
        let found = match (found, self.language) {
            (None, Language::Easy) => self.messages.format(Language::Fi, key, args),
            (found, _) => found,
        };
        found.unwrap_or_else(|| {
            tracing::error!(
                key,
                language = self.language.code(),
                "no message for the key"
            );
            key.to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: MessageSet = MessageSet {
        room: "room",
        fi: "room-open = { $count ->\n    [one] yksi\n   *[other] { $count } avoinna\n }\nroom-name = Hei { $name }\npublic-room = tuki\nroom-until = Viimeistään { $when }. Kiitos.\n",
        sv: "room-open = { $count }\nroom-name = Hej { $name }\npublic-room = stöd\nroom-until = Senast { $when }. Tack.\n",
        en: "room-open = { $count }\nroom-name = Hi { $name }\npublic-room = help\nroom-until = By { $when }. Thanks.\n",
        easy: "public-room = apu\n",
    };

    fn texts(language: Language) -> Texts {
        Texts::new(Arc::new(Messages::collect(&[ROOM]).unwrap()), language)
    }

    #[test]
    fn own_messages_are_whole() {
        assert_eq!(
            crate::proof::messages(&crate::COMMON_MESSAGES, env!("CARGO_MANIFEST_DIR"), &[]),
            [""; 0]
        );
    }

    #[test]
    fn messages_take_numbers_and_texts() {
        let t = texts(Language::Fi);
        assert_eq!(t.with("room-open", &[("count", 1.into())]), "yksi");
        assert_eq!(
            t.with("room-open", &[("count", 12_345.into())]),
            "12\u{a0}345 avoinna"
        );
        assert_eq!(t.with("room-open", &[("count", 1.6.into())]), "1,6 avoinna");
        assert_eq!(
            texts(Language::En).with("room-open", &[("count", 12_345.6.into())]),
            "12,345.6"
        );
        // What a person is called is never read as a pattern.
        assert_eq!(
            t.with("room-name", &[("name", "{ $x }".into())]),
            "Hei { $x }"
        );
    }

    #[test]
    fn a_date_at_the_end_of_a_sentence_closes_it() {
        let texts = texts(Language::Sv);
        assert_eq!(
            texts.with("room-until", &[("when", "ma 23.11.".into())]),
            "Senast ma 23.11. Tack."
        );
        assert_eq!(
            texts.with("room-until", &[("when", "kl. 9".into())]),
            "Senast kl. 9. Tack."
        );
    }

    #[test]
    fn easy_finnish_falls_back_to_finnish() {
        let easy = texts(Language::Easy);
        assert_eq!(easy.get("public-room"), "apu");
        assert_eq!(easy.with("room-name", &[("name", "A".into())]), "Hei A");
        assert!(easy.has("public-room") && !easy.has("room-name"));
        assert_eq!(easy.get("no-such-key"), "no-such-key");
    }

    #[test]
    fn one_key_belongs_to_one_room() {
        let thief = MessageSet {
            room: "thief",
            fi: "room-name = x\n",
            sv: "",
            en: "",
            easy: "",
        };
        assert!(Messages::collect(&[ROOM, thief]).is_err());
        let broken = MessageSet {
            room: "broken",
            fi: "a = {\n",
            sv: "",
            en: "",
            easy: "",
        };
        assert!(Messages::collect(&[broken]).is_err());
    }
}
