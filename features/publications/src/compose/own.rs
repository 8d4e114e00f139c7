//! The county's own figures: a release of theirs, laid out as a table of the publication.

use std::collections::BTreeMap;

use disclosure::{Released, Run};
use figures::definition::Measure;
use figures::layout::{ALL, cell};
use figures::{Definition, FiguresError, Meta, dictionary};
use kernel::place;
use store::Query;
use web::Texts;

use super::{Names, NewRun};
use crate::domain::figures::{Figures, Layout, Spec};
use crate::domain::{PublishError, Span};

/// A release that was drawn in.
#[derive(Debug)]
pub struct Own {
    released: Released,
    meta: Meta,
}

/// The newest release of each of these figures that the publication's period reaches: of its last year, else of the year before. What
/// has not been released of either is left out. Two statements for each at most.
///
/// # Errors
/// [`PublishError::Seal`] when a release was changed outside the program.
pub fn read(
    query: &mut impl Query,
    key: &[u8; 32],
    codes: &[String],
    span: Span,
) -> Result<Vec<Own>, PublishError> {
    let last = span.last().year;
    let mut found = Vec::new();
    for code in codes {
        for year in [last, last - 1] {
            match figures::released(query, key, code, year) {
                Ok((released, meta)) => {
                    found.push(Own { released, meta });
                    break;
                }
                Err(FiguresError::NotFound) => {}
                Err(FiguresError::Store(error)) => return Err(error.into()),
                Err(_) => return Err(PublishError::Seal),
            }
        }
    }
    Ok(found)
}

/// Figures that may be chosen: code and title, by title.
///
/// # Errors
/// As the store fails, or a release was changed outside the program.
pub fn choices(
    query: &mut impl Query,
    key: &[u8; 32],
    t: &Texts,
    span: Span,
) -> Result<Vec<(String, String)>, PublishError> {
    let from = span.last().year - 1;
    let releases =
        figures::store::releases::newest_of_all(query, key, from).map_err(|error| match error {
            FiguresError::Store(error) => error.into(),
            _ => PublishError::Seal,
        })?;
    let mut found: Vec<(String, String)> = Vec::new();
    for one in releases {
        let code = one.meta.code;
        if one.meta.year <= from + 1 && found.iter().all(|(known, _)| *known != code) {
            found.extend(
                dictionary::find(&code)
                    .map(|definition| (code, definition.title.of(t.language()).to_owned())),
            );
        }
    }
    found.sort_by_key(|(_, title)| text::sort::sort_key(title));
    Ok(found)
}

/// Its figures, with the run they stand on. The run itself is kept where the release was made; here stands its digest.
pub fn figures(
    t: &Texts,
    own: &Own,
    names: &Names,
    municipality: &str,
) -> Option<(Figures, NewRun)> {
    let definition = dictionary::find(&own.meta.code)?;
    let name = format!("own-{}-{}", own.meta.code, own.meta.year);
    let base = own.released.base();
    let layout = layout(t, definition, (&own.meta, base), names, municipality);
    let run = NewRun {
        population: format!("figure {} {}", own.meta.code, own.meta.year),
        name: name.clone(),
        released: own.released.clone(),
        run: Run {
            inputs: own.meta.inputs.clone(),
            primary: Vec::new(),
            complementary: Vec::new(),
            intervals: BTreeMap::new(),
            cost: 0,
        },
    };
    Some((Figures::of_run(name, own.released.clone(), layout), run))
}

fn layout(
    t: &Texts,
    definition: &Definition,
    (meta, base): (&Meta, Option<u64>),
    names: &Names,
    municipality: &str,
) -> Layout {
    let told = &meta.layout;
    let unit = t.get(&format!(
        "public-publication-own-unit-{}",
        definition.unit.code()
    ));
    let title = t.with(
        if base.is_some() {
            "public-publication-own-title-rounded"
        } else {
            "public-publication-own-title"
        },
        &[
            ("title", definition.title.of(t.language()).into()),
            ("year", meta.year.to_string().into()),
            ("day", t.full_day(meta.through).into()),
            ("base", base.unwrap_or(1).into()),
        ],
    );
    let source = t.get("public-publication-own-records");
    // Parts are told for areas in some figures; in others they are the rows themselves.
    let by_part = !told.parts.is_empty() && !told.area_parts;
    let areas = told
        .areas
        .iter()
        .map(String::as_str)
        .filter(|code| municipality.is_empty() || *code == municipality);
    let mut heads = vec![t.get("public-publication-own-all")];
    let mut rows: Vec<(String, Vec<Spec>)> = Vec::new();
    if by_part {
        rows.push((
            t.get("public-publication-own-all"),
            vec![Spec::Count(cell(ALL, ALL, ALL, ALL))],
        ));
        for part in &told.parts {
            let count = Spec::Count(cell(ALL, ALL, part, ALL));
            rows.push((figures::part_name(t, part), vec![count]));
        }
        heads = vec![unit.clone()];
    } else {
        heads.extend(told.parts.iter().map(|part| figures::part_name(t, part)));
        // Of rounded counts no share is told.
        let share = match definition.measure {
            Measure::Share([part]) if base.is_none() => Some(*part),
            Measure::Share(_) | Measure::PerHead | Measure::Count => None,
        };
        if share.is_some() {
            heads.push(t.get("public-publication-own-share"));
        }
        let others = told.others_area();
        let row = |area: &str| {
            let mut cells = vec![Spec::Count(cell(area, ALL, ALL, ALL))];
            cells.extend(
                told.parts
                    .iter()
                    .map(|part| Spec::Count(cell(area, ALL, part, ALL))),
            );
            cells
                .extend(share.map(|part| {
                    Spec::Share(cell(area, ALL, part, ALL), cell(area, ALL, ALL, ALL))
                }));
            cells
        };
        rows.push((names.county.clone(), row(ALL)));
        for code in areas {
            let name = place::municipality(code)
                .map_or_else(|| code.to_owned(), |one| one.name(t.language()).to_owned());
            rows.push((name, row(code)));
        }
        if told.others && municipality.is_empty() {
            rows.push((t.get("public-publication-own-others"), row(&others)));
        }
    }
    Layout {
        title,
        unit,
        row_head: t.get(if by_part {
            "public-publication-row-head"
        } else {
            "public-publication-area"
        }),
        heads,
        rows,
        times: 0,
        source,
    }
}
