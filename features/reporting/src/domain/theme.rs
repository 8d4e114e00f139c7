//! Themes: what an observation or a phenomenon is about. Data of the county, in versions; here is what every version keeps.

use std::collections::BTreeMap;

use kernel::language::Language;
use kernel::time::Date;

use super::{ReportError, Wrong};

/// Longest code, in characters.
const LONGEST_CODE: usize = 40;
/// Longest name, in characters.
pub const LONGEST_THEME: usize = 80;
/// Longest list of keywords, in characters.
pub const LONGEST_KEYWORDS: usize = 2000;

/// The code of a theme. It stays what it is whatever the theme is called.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Theme(String);

impl Theme {
    /// A code: small letters of English, digits and `_`, 40 at most. Whether the county has such a theme its table knows.
    pub fn from_code(code: &str) -> Option<Self> {
        let fits = |one: u8| one.is_ascii_lowercase() || one.is_ascii_digit() || one == b'_';
        ((1..=LONGEST_CODE).contains(&code.len()) && code.bytes().all(fits))
            .then(|| Self(code.to_owned()))
    }

    /// A code made of a theme's Finnish name; `None` when no letter is left.
    pub fn of_name(name: &str) -> Option<Self> {
        let mut code = String::new();
        for letter in name.to_lowercase().chars() {
            match letter {
                'ä' | 'å' => code.push('a'),
                'ö' => code.push('o'),
                letter if letter.is_ascii_alphanumeric() => code.push(letter),
                _ if !code.is_empty() && !code.ends_with('_') => code.push('_'),
                _ => {}
            }
        }
        code.truncate(LONGEST_CODE);
        Self::from_code(code.trim_end_matches('_'))
    }

    /// The code in forms and in the store.
    pub fn code(&self) -> &str {
        &self.0
    }
}

/// A theme as it stands from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeVersion {
    pub theme: Theme,
    pub valid_from: Date,
    pub name_fi: String,
    pub name_sv: String,
    pub name_en: String,
    pub name_easy: String,
    /// Words that suggest it, in any form, Finnish and Swedish.
    pub keywords: Vec<String>,
    /// Sotkanet's numbers of indicators that stand beside it.
    pub indicators: Vec<String>,
    /// Small numbers of it are more sensitive: substances, violence, mental health, crime (5.1 of the domain).
    pub sensitive: bool,
    /// It can be chosen no more; what has it keeps it.
    pub retired: bool,
}

impl ThemeVersion {
    /// What it is called.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::Fi => &self.name_fi,
            Language::Sv => &self.name_sv,
            Language::En => &self.name_en,
            Language::Easy => &self.name_easy,
        }
    }

    /// Checks what a person wrote; texts come out trimmed.
    ///
    /// # Errors
    /// [`ReportError::Field`] with the first field that is wrong.
    pub fn checked(mut self) -> Result<Self, ReportError> {
        for (field, name) in [
            ("name_fi", &mut self.name_fi),
            ("name_sv", &mut self.name_sv),
            ("name_en", &mut self.name_en),
            ("name_easy", &mut self.name_easy),
        ] {
            *name = name.trim().to_owned();
            super::check_text(field, name, LONGEST_THEME, true)?;
        }
        for words in [&mut self.keywords, &mut self.indicators] {
            words
                .iter_mut()
                .for_each(|word| *word = word.trim().to_owned());
            words.retain(|word| !word.is_empty());
        }
        if self.keywords.join(", ").chars().count() > LONGEST_KEYWORDS {
            return Err(ReportError::Field("keywords", Wrong::Long));
        }
        let numbers = |one: &String| one.len() <= 6 && one.bytes().all(|b| b.is_ascii_digit());
        if !self.indicators.iter().all(numbers) {
            return Err(ReportError::Field("indicators", Wrong::Choice));
        }
        Ok(self)
    }
}

/// The county's themes on a day.
#[derive(Debug, Clone, Default)]
pub struct Themes(BTreeMap<Theme, ThemeVersion>);

impl Themes {
    /// Of all versions those that stand on a day: the newest of each that has begun, and the first of one that begins later.
    pub fn on(day: Date, versions: impl IntoIterator<Item = ThemeVersion>) -> Self {
        let mut stand: BTreeMap<Theme, ThemeVersion> = BTreeMap::new();
        for one in versions {
            let better = match stand.get(&one.theme) {
                None => true,
                Some(now) if one.valid_from <= day => {
                    now.valid_from > day || one.valid_from >= now.valid_from
                }
                Some(now) => now.valid_from > day && one.valid_from < now.valid_from,
            };
            if better {
                stand.insert(one.theme.clone(), one);
            }
        }
        Self(stand)
    }

    /// One of them, retired or not.
    pub fn get(&self, theme: &Theme) -> Option<&ThemeVersion> {
        self.0.get(theme)
    }

    /// What one is called; its code when nothing is known of it.
    pub fn name(&self, theme: &Theme, language: Language) -> String {
        let found = self.0.get(theme);
        found.map_or_else(
            || theme.code().to_owned(),
            |one| one.name(language).to_owned(),
        )
    }

    /// All, retired ones too, by code.
    pub fn all(&self) -> impl Iterator<Item = &ThemeVersion> {
        self.0.values()
    }

    /// Those that can be chosen, by code.
    pub fn chosen_from(&self) -> impl Iterator<Item = &ThemeVersion> {
        self.0.values().filter(|one| !one.retired)
    }

    /// The theme of a code, when it can be chosen.
    pub fn read(&self, code: &str) -> Option<Theme> {
        let theme = Theme::from_code(code)?;
        self.0
            .get(&theme)
            .is_some_and(|one| !one.retired)
            .then_some(theme)
    }

    /// Whether small numbers of any of them are more sensitive. What is not known is taken to be.
    pub fn any_sensitive(&self, themes: &[Theme]) -> bool {
        themes
            .iter()
            .any(|one| self.0.get(one).is_none_or(|one| one.sensitive))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(code: &str, from: &str, name: &str) -> ThemeVersion {
        ThemeVersion {
            theme: Theme::from_code(code).unwrap(),
            valid_from: from.parse().unwrap(),
            name_fi: name.to_owned(),
            name_sv: name.to_owned(),
            name_en: name.to_owned(),
            name_easy: name.to_owned(),
            keywords: Vec::new(),
            indicators: Vec::new(),
            sensitive: false,
            retired: name.is_empty(),
        }
    }

    #[test]
    fn the_newest_version_that_has_begun_stands() {
        let all = [
            version("asuminen", "2015-04-01", "Asuminen"),
            version("asuminen", "2027-01-01", "Koti"),
            version("uusi", "2027-01-01", "Uusi"),
            version("velka", "2015-04-01", "Velka"),
            version("velka", "2026-06-01", ""),
        ];
        for (day, housing, debts) in [
            ("2014-01-01", "Asuminen", true),
            ("2026-05-31", "Asuminen", true),
            ("2026-06-01", "Asuminen", false),
            ("2027-01-01", "Koti", false),
        ] {
            // In whatever order they are read.
            for turn in 0..all.len() {
                let mut turned = all.clone();
                turned.rotate_left(turn);
                let themes = Themes::on(day.parse().unwrap(), turned);
                let housing_now = themes.name(&Theme::from_code("asuminen").unwrap(), Language::Fi);
                assert_eq!(housing_now, housing, "{day}");
                assert_eq!(themes.read("velka").is_some(), debts, "{day}");
            }
        }
    }

    #[test]
    fn codes_are_made_of_names_and_hold_nothing_else() {
        for (name, code) in [
            ("Asuminen", Some("asuminen")),
            (
                "Ikääntyneiden yksinäisyys",
                Some("ikaantyneiden_yksinaisyys"),
            ),
            ("  – !", None),
            ("Työ / toimeentulo", Some("tyo_toimeentulo")),
        ] {
            let made = Theme::of_name(name);
            assert_eq!(made.as_ref().map(Theme::code), code, "{name}");
        }
        assert!(Theme::from_code("a'b").is_none());
        assert!(Theme::of_name(&"ä".repeat(90)).is_some());
    }
}
