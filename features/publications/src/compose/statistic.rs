//! Open statistics beside the phenomena: the country, the county and the municipality of the publication.

use statistics::compare::{Comparison, Whose};
use web::Texts;

use super::Names;
use crate::domain::figures::{Figures, OpenWords};
use kernel::language::Language;

/// A producer's text in a language; in Finnish where it has none.
fn in_language(language: Language, texts: &opendata::Texts) -> String {
    let own = match language {
        Language::Sv => &texts.sv,
        Language::En => &texts.en,
        Language::Fi | Language::Easy => &texts.fi,
    };
    if own.is_empty() { &texts.fi } else { own }.clone()
}

/// The title of an indicator.
pub fn title(language: Language, known: &statistics::store::Known) -> String {
    in_language(language, &known.indicator.title)
}

/// The figures of an indicator; `municipality` is the code of the publication's, empty for the whole county. None when there is
/// nothing of the area, or no source to name.
pub fn figures(
    t: &Texts,
    table: &Comparison,
    names: &Names,
    municipality: &str,
) -> Option<Figures> {
    let language = t.language();
    let lines = table
        .lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| {
            let name = match line.whose {
                Whose::Country => t.get("public-publication-country"),
                Whose::County => names.county.clone(),
                Whose::Municipality(code) if code == municipality => names
                    .municipality
                    .clone()
                    .unwrap_or_else(|| code.to_owned()),
                Whose::Municipality(_) => return None,
            };
            Some((at, name))
        })
        .collect();
    let release = table.releases.first()?;
    let source = match release.data_updated {
        Some(day) => t.with(
            "public-publication-source-updated",
            &[
                ("source", release.attribution.as_str().into()),
                ("day", t.full_day(day).into()),
            ],
        ),
        None => release.attribution.clone(),
    };
    let words = OpenWords {
        title: title(language, &table.known),
        row_head: t.get("public-publication-area"),
        lines,
        unit: release.unit.clone(),
        source,
    };
    Figures::of_statistics(table, words)
}
