//! What the address of a figure narrows: a year and a municipality, never a person.

use serde::Deserialize;
use web::Texts;

use crate::store::Release;

/// As it was asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub year: String,
    pub area: String,
    pub told: String,
}

/// As it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Index of the release.
    pub release: usize,
    /// A municipality of the county; empty for all.
    pub area: String,
    /// What was asked and is not there, in words.
    pub wrong: Vec<String>,
}

/// Chooses among releases; the newest when nothing is asked. None when there is no release.
pub fn chosen(
    t: &Texts,
    asked: &Asked,
    releases: &[Release],
    municipalities: &[(&str, &str)],
) -> Option<Chosen> {
    if releases.is_empty() {
        return None;
    }
    let mut wrong = Vec::new();
    let year = asked.year.trim();
    let found = releases
        .iter()
        .position(|one| one.meta.year.to_string() == year);
    if !year.is_empty() && found.is_none() {
        wrong.push(t.get("figures-wrong-year"));
    }
    let area = asked.area.trim();
    let known = municipalities.iter().any(|(code, _)| *code == area);
    if !area.is_empty() && !known {
        wrong.push(t.get("figures-wrong-area"));
    }
    Some(Chosen {
        release: found.unwrap_or(0),
        area: if known {
            area.to_owned()
        } else {
            String::new()
        },
        wrong,
    })
}
