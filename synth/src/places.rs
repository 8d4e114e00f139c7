//! Where things happen. The stories were written of Keski-Suomi; in another county each of their municipalities is the one of
//! the same rank by population.

use std::cmp::Reverse;
use std::sync::OnceLock;

use kernel::place;

/// The county that the stories and the staff's areas were written of.
pub const WRITTEN_OF: &str = "15";

/// Municipalities and their populations (Statistics Finland, 31.12.2022, CC BY 4.0).
fn populations() -> &'static [(&'static str, u64)] {
    static TABLE: OnceLock<Vec<(&'static str, u64)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../data/population_2022.csv")
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(','))
            .filter_map(|(code, population)| Some((code, population.parse().ok()?)))
            .collect()
    })
}

/// The municipalities of a county and their populations, in the order of the table.
pub fn weights(county: &str) -> Vec<(&'static str, u64)> {
    let own = place::municipalities_of(county);
    populations()
        .iter()
        .filter(|(code, _)| own.iter().any(|one| one.code == *code))
        .copied()
        .collect()
}

/// The municipalities of a county, the largest first.
pub fn by_size(county: &str) -> Vec<&'static str> {
    let mut all = weights(county);
    all.sort_by_key(|(_, population)| Reverse(*population));
    all.into_iter().map(|(code, _)| code).collect()
}

/// The municipality where the demo's people work: the county's largest. Empty when the county is not known.
pub fn home(county: &str) -> &'static str {
    by_size(county).first().copied().unwrap_or_default()
}

/// The municipality of this county for one that a story tells: itself when it is the county's, else the one of its rank.
pub fn here(county: &str, told: &str) -> &'static str {
    let own = by_size(county);
    if let Some(same) = own.iter().find(|code| **code == told) {
        return same;
    }
    let rank = by_size(WRITTEN_OF).iter().position(|code| *code == told);
    match own.len() {
        0 => "",
        count => own[rank.unwrap_or(0) % count],
    }
}

/// An area of a story in words, for this county: a municipality's name, or the county's.
pub fn area_here(county: &str, told: &str) -> String {
    let written = place::municipalities_of(WRITTEN_OF);
    if county == WRITTEN_OF {
        return told.to_owned();
    }
    match written.iter().find(|one| one.name_fi == told) {
        Some(one) => name(here(county, one.code)).to_owned(),
        None if told == "Keski-Suomi" => {
            place::county(county).map_or_else(String::new, |one| one.name_fi.to_owned())
        }
        None => told.to_owned(),
    }
}

/// The Finnish name of a municipality.
pub fn name(code: &str) -> &'static str {
    place::municipality(code).map_or("", |one| one.name_fi)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_happens_in_a_municipality_of_the_county() {
        assert_eq!(home("15"), "179");
        assert_eq!(home("90"), "091");
        assert_eq!(here("15", "410"), "410");
        // Jyväskylä is Vantaa, Laukaa or Jämsä Kerava, and again.
        assert_eq!(here("04", "179"), "092");
        assert_eq!(here("90", "729"), "091");
        assert_eq!(area_here("15", "Saarijärvi"), "Saarijärvi");
        assert_eq!(area_here("04", "Jyväskylä"), "Vantaa");
        assert_eq!(
            area_here("04", "Keski-Suomi"),
            "Vantaan ja Keravan hyvinvointialue"
        );
        assert_eq!(area_here("04", "Suomi"), "Suomi");
    }

    #[test]
    fn every_municipality_of_the_country_has_a_population() {
        for county in place::counties() {
            let all = place::municipalities_of(county.code);
            assert!(!all.is_empty(), "{}", county.code);
            assert_eq!(by_size(county.code).len(), all.len(), "{}", county.code);
        }
    }
}
