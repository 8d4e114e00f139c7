//! Municipalities and wellbeing services counties of Finland.
//!
//! Source: Statistics Finland, classifications of municipalities and wellbeing services counties
//! 2024–2026 (CC BY 4.0). The tables are in `data/`.

use std::sync::OnceLock;

use crate::language::Language;

/// A municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Municipality {
    /// Three digits.
    pub code: &'static str,
    pub name_fi: &'static str,
    pub name_sv: &'static str,
    /// Two digits: the county that organises its social services.
    pub county: &'static str,
    /// In existence in 2026.
    pub in_force: bool,
}

/// A wellbeing services county (hyvinvointialue), or Helsinki, which organises its own services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountyName {
    /// Two digits.
    pub code: &'static str,
    pub name_fi: &'static str,
    pub name_sv: &'static str,
    pub name_en: &'static str,
}

impl Municipality {
    /// The name in a language; English uses the Finnish name.
    pub const fn name(&self, language: Language) -> &'static str {
        match language {
            Language::Sv => self.name_sv,
            Language::Fi | Language::En | Language::Easy => self.name_fi,
        }
    }
}

/// Every municipality of the tables, by code.
pub fn municipalities() -> &'static [Municipality] {
    static TABLE: OnceLock<Vec<Municipality>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../data/municipalities.csv"))
            .map(|field| Municipality {
                code: field(0),
                name_fi: field(1),
                name_sv: field(2),
                county: field(3),
                in_force: field(4) == "1",
            })
            .collect()
    })
}

/// The municipalities of a county in existence in 2026, by Finnish name.
pub fn municipalities_of(county: &str) -> Vec<&'static Municipality> {
    let mut found: Vec<_> = municipalities()
        .iter()
        .filter(|one| one.county == county && one.in_force)
        .collect();
    // The names begin with a capital; Ä and Ö come last in code order as in the alphabet.
    found.sort_by_key(|one| one.name_fi);
    found
}

/// The municipality of a code.
pub fn municipality(code: &str) -> Option<&'static Municipality> {
    municipalities().iter().find(|one| one.code == code)
}

/// The county of a code.
pub fn county(code: &str) -> Option<CountyName> {
    counties().find(|county| county.code == code)
}

/// The wellbeing services counties, Helsinki and Åland, by code.
pub fn counties() -> impl Iterator<Item = CountyName> {
    rows(include_str!("../data/counties.csv")).map(|field| CountyName {
        code: field(0),
        name_fi: field(1),
        name_sv: field(2),
        name_en: field(3),
    })
}

/// Rows after the head. The tables have no quoted fields, which a test checks.
fn rows(text: &'static str) -> impl Iterator<Item = impl Fn(usize) -> &'static str> {
    text.lines().skip(1).map(|line| {
        let fields: Vec<&'static str> = line.split(',').collect();
        move |index: usize| fields.get(index).copied().unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keski_suomi_has_its_22_municipalities() {
        let names: Vec<_> = municipalities_of("15")
            .iter()
            .map(|one| one.name_fi)
            .collect();
        assert_eq!(names.len(), 22);
        assert_eq!(names.first(), Some(&"Hankasalmi"));
        assert_eq!(names.last(), Some(&"Äänekoski"));
        assert_eq!(municipality("182").map(|one| one.name_sv), Some("Jämsä"));
        assert_eq!(
            county("15").map(|one| one.name_en),
            Some("Central Finland wellbeing services county")
        );
        assert_eq!(county("99"), None);
    }

    #[test]
    fn the_tables_are_plain() {
        for text in [
            include_str!("../data/municipalities.csv"),
            include_str!("../data/counties.csv"),
        ] {
            let columns = text.lines().next().unwrap().matches(',').count();
            assert!(!text.contains('"'));
            assert!(
                text.lines()
                    .all(|line| line.matches(',').count() == columns)
            );
        }
    }
}
