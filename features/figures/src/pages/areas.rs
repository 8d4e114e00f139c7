//! The municipalities of a figure as a table: counts, rates with their intervals, how they stand to the county.

use web::Texts;

use super::{about_words, area_name, interval_words, rate_words, whole as written, whose_words};
use crate::Definition;
use crate::definition::Measure;
use crate::rates::Rate;
use crate::view::{Against, Told, View, Whose};

/// One row of the municipalities.
pub struct AreaRow {
    pub name: String,
    pub whole: bool,
    pub cells: Vec<String>,
}

/// The table with what is to be known of it.
#[derive(Default)]
pub struct Areas {
    /// Heads of the columns; empty where no municipality is told.
    pub heads: Vec<String>,
    pub rows: Vec<AreaRow>,
    pub notes: Vec<String>,
}

/// The table of a release; of one municipality beside the county when one is named.
pub fn areas(t: &Texts, view: &View<'_>, whole: &Told, area: &str) -> Areas {
    let definition = view.definition;
    let mut shown = Areas::default();
    if view.release.meta.layout.areas.is_empty() {
        shown.notes.push(t.get(if definition.areas {
            "figures-no-areas"
        } else {
            "figures-no-areas-ever"
        }));
        return shown;
    }
    let per_head = definition.per_head();
    let knows_ages = per_head && view.base().is_none() && view.populations.knows_ages();
    // Of rounded counts no rate is told.
    let rated = !matches!(definition.measure, Measure::Count) && view.base().is_none();
    let mut heads = vec![t.get("figures-head-count")];
    if rated {
        heads.push(rate_head(t, definition));
    }
    if knows_ages {
        heads.push(t.get("figures-head-standardised"));
    }
    if per_head {
        heads.push(t.get("figures-head-people"));
    }
    if rated {
        heads.push(t.get("figures-head-against"));
    }
    let wanted =
        |told: &Told| area.is_empty() || told.whose == Whose::Municipality(area.to_owned());
    let mut areas: Vec<Told> = view
        .areas()
        .into_iter()
        .filter(|told| wanted(told))
        .collect();
    areas.sort_by_key(|told| (told.whose == Whose::Others, whose_words(t, &told.whose)));
    let told_alone = areas.iter().any(|told| told.whose != Whose::Others);
    if !area.is_empty() && !told_alone {
        shown.notes.push(t.with(
            "figures-area-merged",
            &[("area", area_name(t, area).into())],
        ));
    }
    let row = |told: &Told| AreaRow {
        name: whose_words(t, &told.whose),
        whole: told.whose == Whose::County,
        cells: cells(t, definition, told, knows_ages),
    };
    shown.rows = std::iter::once(whole).chain(&areas).map(row).collect();
    if knows_ages {
        shown.notes.push(t.get("figures-standard"));
    }
    if let Some(base) = view.base() {
        shown
            .notes
            .push(t.with("figures-caveat-rounded", &[("base", base.into())]));
    }
    if view.release.meta.layout.others {
        let names: Vec<String> = view
            .release
            .meta
            .layout
            .merged
            .iter()
            .map(|code| area_name(t, code))
            .collect();
        shown.notes.push(if names.is_empty() {
            t.get("figures-others-unknown")
        } else {
            t.with("figures-others-are", &[("names", names.join(", ").into())])
        });
    }
    shown.heads = std::iter::once(t.get("figures-head-area"))
        .chain(heads)
        .collect();
    shown
}

/// A rate with its interval, in words that need no head: a phone shows the cells of a row under each other.
fn rate_cell(t: &Texts, definition: &Definition, rate: Option<Rate>) -> String {
    if rate.is_none() {
        return t.get("figures-hidden");
    }
    let key = match definition.measure {
        Measure::Share(_) => "figures-cell-share",
        Measure::PerHead | Measure::Count => "figures-cell-rate",
    };
    t.with(
        key,
        &[
            ("rate", rate_words(t, definition, rate).into()),
            ("interval", interval_words(t, definition, rate).into()),
        ],
    )
}

/// The cells of a row, in the order of the heads.
fn cells(t: &Texts, definition: &Definition, told: &Told, knows_ages: bool) -> Vec<String> {
    let together = told.whose == Whose::Others;
    let mut cells = vec![about_words(t, told.count, told.base)];
    match definition.measure {
        _ if told.base.is_some() => {}
        // Of nobody there is no share, and nothing is hidden.
        Measure::Share(_) if told.count == Some(0) => cells.push(t.get("figures-value-none")),
        Measure::Share(_) => cells.push(rate_cell(t, definition, told.rate)),
        Measure::PerHead if together => cells.push(String::new()),
        Measure::PerHead => cells.push(rate_cell(t, definition, told.rate)),
        Measure::Count => {}
    }
    if knows_ages {
        cells.push(if together {
            String::new()
        } else {
            rate_cell(t, definition, told.standardised)
        });
    }
    if definition.per_head() {
        let people = told.people.map(|people| written(t, people.people));
        cells.push(people.map_or_else(String::new, |people| {
            t.with("figures-cell-people", &[("people", people.into())])
        }));
    }
    if !matches!(definition.measure, Measure::Count) && told.base.is_none() {
        let mut words: Vec<String> = Vec::new();
        words.extend(told.against.map(|against| {
            t.get(match against {
                Against::Same => "figure-against-same",
                Against::Above => "figure-against-above",
                Against::Below => "figure-against-below",
            })
        }));
        if told.whose != Whose::County && told.is_uncertain(definition) {
            words.push(t.get("figure-against-few"));
        }
        cells.push(words.join("; "));
    }
    cells
}

/// The head of the column of rates.
pub fn rate_head(t: &Texts, definition: &Definition) -> String {
    t.get(match definition.measure {
        Measure::Share(_) => "figures-head-share",
        Measure::PerHead => "figures-head-rate",
        Measure::Count => "figures-head-count",
    })
}
