//! The indicators that adult social work follows, by theme.
//!
//! Titles stood so in Sotkanet in 2016 and serve until the service has told its own; some have been ended or replaced since.
//! Source: Sotkanet (THL), CC BY 4.0.

use std::sync::OnceLock;

use opendata::Texts;

/// Themes, in the order of the page.
pub const THEMES: [&str; 11] = [
    "income",
    "housing",
    "work",
    "inequality",
    "health",
    "substances",
    "participation",
    "safety",
    "resources",
    "population",
    "other",
];

/// Indicators of Sotkanet in whose older data a zero without a count can mean that there is no value.
const ZERO_IS_DOUBTFUL: [&str; 4] = ["451", "493", "3071", "3219"];
/// The last year of that.
const DOUBTFUL_UNTIL: i16 = 2012;

/// An indicator of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Sotkanet's id.
    pub code: String,
    pub theme: String,
    pub title: Texts,
    pub producer: String,
}

/// The list.
pub fn indicators() -> &'static [Listed] {
    static LIST: OnceLock<Vec<Listed>> = OnceLock::new();
    LIST.get_or_init(|| {
        let mut reader =
            csv::Reader::from_reader(include_str!("../data/indicators.csv").as_bytes());
        let rows = reader.records().flatten().map(|row| {
            let cell = |place: usize| row.get(place).unwrap_or_default().to_owned();
            Listed {
                code: cell(0),
                theme: cell(1),
                title: Texts {
                    fi: cell(2),
                    sv: cell(3),
                    en: cell(4),
                },
                producer: cell(5),
            }
        });
        rows.collect()
    })
}

/// The indicator of the list with Sotkanet's id.
pub fn listed(code: &str) -> Option<&'static Listed> {
    indicators().iter().find(|one| one.code == code)
}

/// Whether values of parts may be added up. The services do not say; a title that counts (`lkm`) and the population do, and
/// everything else is taken for a rate, which only leaves sums of merged municipalities out.
pub fn is_additive(code: &str, title_fi: &str) -> bool {
    let title = title_fi.to_lowercase();
    let counts = title.ends_with(", lkm") || title.ends_with("(lkm)");
    (counts || code == "127") && !title.contains('%') && !title.contains('/')
}

/// Whether a zero of Sotkanet can mean that there is no value.
pub fn is_doubtful_zero(code: &str, year: i16) -> bool {
    ZERO_IS_DOUBTFUL.contains(&code) && year <= DOUBTFUL_UNTIL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole() {
        assert_eq!(indicators().len(), 77);
        for one in indicators() {
            assert!(one.code.parse::<u32>().is_ok(), "{one:?}");
            assert!(THEMES.contains(&one.theme.as_str()), "{one:?}");
            for text in [&one.title.fi, &one.title.sv, &one.title.en, &one.producer] {
                assert!(!text.is_empty(), "{one:?}");
            }
        }
        assert_eq!(
            listed("127").map(|one| one.title.en.as_str()),
            Some("Population at year end")
        );
        assert_eq!(listed("1"), None);
    }

    #[test]
    fn only_counts_are_added_up() {
        let additive = |one: &&Listed| is_additive(&one.code, &one.title.fi);
        let codes: Vec<&str> = indicators()
            .iter()
            .filter(additive)
            .map(|one| one.code.as_str())
            .collect();
        assert_eq!(codes, ["2461", "3758", "3799", "127"]);
        assert!(!is_additive("1", "Asiakkaat / 1 000 asukasta, lkm"));
        assert!(
            is_doubtful_zero("451", 2012)
                && !is_doubtful_zero("451", 2013)
                && !is_doubtful_zero("5", 2000)
        );
    }
}
