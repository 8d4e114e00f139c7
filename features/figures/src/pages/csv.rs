//! `GET /figures/{id}/csv`: the released table as open data. Hidden cells have two dots, and no number; of a
//! rounded table every line tells by what.

use axum::extract::{Path, Query as Pairs, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use identity::session::CurrentUser;
use web::{Answer, Failure, House, Texts, Visit};

use super::filter::Asked;
use super::{HIDDEN, age_words, entry, granted, part_words, time_words};
use crate::Definition;
use crate::dictionary;
use crate::layout::{ALL, Layout};
use crate::release::{released, seal_key};
use crate::store::FiguresError;
use crate::store::releases::Release;

pub async fn give(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(code): Path<String>,
    Pairs(asked): Pairs<Asked>,
) -> Answer {
    let (reader, right) = granted(&house, &user, "export")?;
    let definition = dictionary::find(&code).ok_or(Failure::NotFound)?;
    let year: i16 = asked.year.trim().parse().map_err(|_| Failure::BadRequest)?;
    let (now, key) = (house.now(), seal_key(&house.secrets));
    let receipt = house
        .store
        .write(move |tx| {
            let (table, meta) = released(tx, &key, definition.code, year)?;
            let detail = format!("{} {year}", definition.code);
            tx.log(entry(now, &reader, &right, "figures.export", detail))?;
            Ok::<_, FiguresError>(Release {
                released: table,
                meta,
            })
        })
        .await?;
    let text = written(&visit.t(), definition, &receipt.value).map_err(Failure::internal)?;
    let name = format!("attachment; filename=\"{}-{year}.csv\"", definition.code);
    let head = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, name),
    ];
    Ok((head, text).into_response())
}

/// One line for each cell that a reader is shown (RFC 4180). No value begins with a sign that a spreadsheet runs.
///
/// # Errors
/// Never with what a release holds.
pub fn written(
    t: &Texts,
    definition: &Definition,
    release: &Release,
) -> Result<String, csv::Error> {
    let mut out = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    out.write_record([
        "figure",
        "title",
        "version",
        "year",
        "through",
        "threshold",
        "run",
        "municipality",
        "area",
        "age",
        "part",
        "time",
        "count",
        "rounded_to",
    ])?;
    let meta = &release.meta;
    for name in meta.layout.shown() {
        let mut keys = name.split('|');
        let mut next = || keys.next().unwrap_or(ALL).to_owned();
        let (area, age, part, time) = (next(), next(), next(), next());
        let released = &release.released;
        let count = released
            .cell(&name)
            .count()
            .or_else(|| released.about(&name));
        out.write_record([
            definition.code.to_owned(),
            definition.title.of(t.language()).to_owned(),
            meta.version.to_string(),
            meta.year.to_string(),
            meta.through.to_string(),
            meta.threshold.to_string(),
            meta.inputs.clone(),
            municipality(&meta.layout, &area),
            area_words(t, &meta.layout, &area),
            if age == ALL {
                String::new()
            } else {
                age_words(t, &age)
            },
            if part == ALL {
                String::new()
            } else {
                part_words(t, &part)
            },
            if time == ALL {
                String::new()
            } else {
                time_words(t, meta.year, &time).1
            },
            count.map_or_else(|| HIDDEN.to_owned(), |count| count.to_string()),
            released
                .base()
                .map_or_else(String::new, |base| base.to_string()),
        ])?;
    }
    let bytes = out
        .into_inner()
        .map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn municipality(layout: &Layout, area: &str) -> String {
    if layout.areas.iter().any(|code| code == area) {
        area.to_owned()
    } else {
        String::new()
    }
}

fn area_words(t: &Texts, layout: &Layout, area: &str) -> String {
    if area == ALL {
        t.get("figures-county")
    } else if area == layout.others_area() {
        t.get("figures-others")
    } else {
        super::area_name(t, area)
    }
}
