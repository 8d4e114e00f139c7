//! The pages: indicators by theme, and one indicator as a table.

use askama::Template;
use axum::extract::{Path, Query, State};
use charts::Picture;
use kernel::language::Language;
use kernel::place;
use opendata::{Figure, Gender, LICENCE, LICENCE_ADDRESS, Texts as Told};
use serde::Deserialize;
use store::StoreError;
use web::{Answer, Choice, Failure, Form, House, Page, Texts, Visit};

use crate::borders::Drawn;
use crate::catalogue::THEMES;
use crate::compare::{Cell, Comparison, Line, Whose, compare};
use crate::domain::{IndicatorId, Release};
use crate::map;
use crate::store::{self as own, Known};

/// Words of a search that are looked at.
const MOST_WORDS: usize = 8;

/// What narrows the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub theme: String,
}

/// Indicators of one theme.
pub struct Group {
    /// Of the heading.
    pub id: String,
    pub heading: String,
    pub rows: Vec<ListRow>,
}

/// One indicator of the list.
pub struct ListRow {
    pub href: String,
    pub title: String,
    pub latest: String,
}

#[derive(Template)]
#[template(path = "statistics.html")]
pub struct ListPage {
    pub page: Page,
    pub form: Form,
    pub themes: Vec<Choice>,
    pub groups: Vec<Group>,
    pub found: String,
    /// There are indicators, found or not.
    pub any: bool,
}

/// `GET /statistics?q=…&theme=…`. No person's data: figures of areas, as they are published.
pub async fn list(State(house): State<House>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let page = visit.page("statistics-title");
    let (all, latest) = house
        .store
        .read(|tx| Ok::<_, StoreError>((own::list(tx)?, own::latest_years(tx)?)))
        .await?;
    let t = &page.t;
    let words: Vec<String> = asked
        .q
        .split_whitespace()
        .take(MOST_WORDS)
        .map(str::to_lowercase)
        .collect();
    let any = !all.is_empty();
    let mut rows: Vec<(String, ListRow)> = all
        .iter()
        .filter(|one| asked.theme.is_empty() || one.indicator.theme == asked.theme)
        .filter(|one| answers(one, &words))
        .map(|one| {
            let row = ListRow {
                href: format!("/statistics/{}", one.id),
                title: in_language(t, &one.indicator.title),
                latest: latest.get(&one.id).map(i16::to_string).unwrap_or_default(),
            };
            (one.indicator.theme.clone(), row)
        })
        .collect();
    rows.sort_by_key(|(_, row)| row.title.to_lowercase());
    let found = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let found = t.with("statistics-found", &[("count", found.into())]);
    let mut groups: Vec<Group> = Vec::new();
    for theme in THEMES {
        let (of_theme, others): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|(of, _)| of == theme);
        rows = others;
        if !of_theme.is_empty() {
            groups.push(Group {
                id: format!("theme-{theme}"),
                heading: theme_words(t, theme),
                rows: of_theme.into_iter().map(|(_, row)| row).collect(),
            });
        }
    }
    let mut form = Form::new();
    form.set("q", &asked.q);
    form.set("theme", &asked.theme);
    let themes = THEMES
        .into_iter()
        .filter(|theme| all.iter().any(|one| one.indicator.theme == *theme))
        .map(|theme| Choice::new(theme, theme_words(t, theme)))
        .collect();
    Ok(web::page(ListPage {
        page,
        form,
        themes,
        groups,
        found,
        any,
    }))
}

/// Every word is in a title, in any language, or is the source's own id.
fn answers(one: &Known, words: &[String]) -> bool {
    let title = &one.indicator.title;
    let text = format!("{}\n{}\n{}", title.fi, title.sv, title.en).to_lowercase();
    words
        .iter()
        .all(|word| text.contains(word.as_str()) || one.indicator.code == *word)
}

fn theme_words(t: &Texts, theme: &str) -> String {
    t.get(&format!("statistics-theme-{theme}"))
}

/// A producer's text in the reader's language; where the producer has none, in Finnish.
fn in_language(t: &Texts, texts: &Told) -> String {
    let own = match t.language() {
        Language::Sv => &texts.sv,
        Language::En => &texts.en,
        Language::Fi | Language::Easy => &texts.fi,
    };
    if own.is_empty() {
        texts.fi.clone()
    } else {
        own.clone()
    }
}

/// What narrows one indicator.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Whom {
    pub gender: String,
}

/// A choice of gender.
pub struct GenderTab {
    pub href: String,
    pub label: String,
    pub current: bool,
}

/// One row of the table.
pub struct ShownLine {
    pub name: String,
    /// The country and the county stand out from the municipalities.
    pub whole: bool,
    pub cells: Vec<String>,
}

#[derive(Template)]
#[template(path = "statistic.html")]
pub struct OnePage {
    pub page: Page,
    pub genders: Vec<GenderTab>,
    pub years: Vec<String>,
    pub lines: Vec<ShownLine>,
    /// All years, the newest year on the map, each municipality; each with its heading.
    pub pictures: Vec<(&'static str, String, Picture)>,
    /// How the borders of the map are named; empty when it has tiles.
    pub borders: String,
    /// What the marks in the cells mean, only those that are there.
    pub marks: Vec<String>,
    pub about: Vec<String>,
    pub caveats: Vec<String>,
    pub sources: Vec<String>,
    pub unit: String,
    pub fetched: String,
    pub licence: String,
    /// Empty for a licence that we do not know the address of.
    pub licence_address: &'static str,
}

/// `GET /statistics/{id}?gender=…`.
pub async fn show(
    State(house): State<House>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Whom>,
) -> Answer {
    let id: IndicatorId = id.parse().map_err(|_| Failure::NotFound)?;
    // Another word than the three is no gender of statistics.
    let gender = match asked.gender.as_str() {
        "" => Gender::Total,
        word => word.parse().map_err(|()| Failure::BadRequest)?,
    };
    let county = house.county.code.clone();
    let (table, names) = house
        .store
        .read(move |tx| {
            let table = compare(tx, id, &county, gender)?;
            let names = own::region_names(tx, opendata::region::COUNTY)?;
            Ok::<_, StoreError>((table, names))
        })
        .await?;
    let table = table.ok_or(Failure::NotFound)?;
    let page = visit.page_titled(in_language(&visit.t(), &table.known.indicator.title));
    let county = names
        .get(&house.county.code)
        .map(|names| in_language(&page.t, names));
    let county = county
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| county_name(&page.t, &house));
    let borders = crate::borders::of(&house).await?;
    let code = house.county.code.as_str();
    Ok(web::page(one_page(
        page,
        id,
        &table,
        (code, &county),
        borders.as_ref(),
    )?))
}

fn county_name(t: &Texts, house: &House) -> String {
    match place::county(&house.county.code) {
        None => house.county.code.clone(),
        Some(county) => match t.language() {
            Language::Sv => county.name_sv,
            Language::En => county.name_en,
            Language::Fi | Language::Easy => county.name_fi,
        }
        .to_owned(),
    }
}

fn one_page(
    page: Page,
    id: IndicatorId,
    table: &Comparison,
    (code, county): (&str, &str),
    borders: Option<&Drawn>,
) -> Result<OnePage, Failure> {
    let t = &page.t;
    let pictures = pictures(t, &page.title, table, (code, county), borders)?;
    let on_map = pictures.iter().any(|(id, ..)| *id == MAP);
    let lines = table
        .lines
        .iter()
        .map(|line| shown(t, table, line, county))
        .collect();
    let texts = |told: &Told| -> Vec<String> {
        in_language(t, told)
            .lines()
            .map(str::to_owned)
            .filter(|line| !line.is_empty())
            .collect()
    };
    let newest = table.releases.first();
    let year = kernel::time::day(page.now).year();
    let fetched = table
        .fetched_on
        .map(|on| t.with("statistics-fetched", &[("day", t.full_day(on).into())]));
    Ok(OnePage {
        borders: borders
            .filter(|_| on_map)
            .map(|one| one.attribution.clone())
            .unwrap_or_default(),
        pictures,
        genders: tabs(t, id, table),
        years: table.years.iter().map(i16::to_string).collect(),
        lines,
        marks: marks(t, table),
        about: texts(&table.known.indicator.about),
        caveats: caveats(t, table, texts(&table.known.indicator.caveat), year),
        sources: table.releases.iter().map(|one| source(t, one)).collect(),
        unit: newest.map(|one| one.unit.clone()).unwrap_or_default(),
        fetched: fetched.unwrap_or_default(),
        licence: newest.map(|one| one.licence.clone()).unwrap_or_default(),
        licence_address: match newest {
            Some(one) if one.licence == LICENCE => LICENCE_ADDRESS,
            _ => "",
        },
        page,
    })
}

/// The id of the section with the map.
const MAP: &str = "map-section";

fn pictures(
    t: &Texts,
    title: &str,
    table: &Comparison,
    (code, county): (&str, &str),
    borders: Option<&Drawn>,
) -> Result<Vec<(&'static str, String, Picture)>, Failure> {
    let names = |whose| name_of(t, whose, county);
    let mut all = Vec::new();
    if let Some(picture) = map::over_time(t, title, table, &names)? {
        all.push(("years-section", t.get("statistics-years"), picture));
    }
    if let Some((year, picture)) = map::on_map(t, title, table, code, borders)? {
        let heading = t.with("statistics-map", &[("year", year.into())]);
        all.push((MAP, heading, picture));
    }
    if let Some(picture) = map::by_municipality(t, title, table, &names)? {
        all.push(("each-section", t.get("statistics-each"), picture));
    }
    Ok(all)
}

fn name_of(t: &Texts, whose: Whose, county: &str) -> String {
    match whose {
        Whose::Country => t.get("statistics-country"),
        Whose::County => county.to_owned(),
        Whose::Municipality(code) => place::municipality(code)
            .map_or(code, |one| one.name(t.language()))
            .to_owned(),
    }
}

fn tabs(t: &Texts, id: IndicatorId, table: &Comparison) -> Vec<GenderTab> {
    if table.genders.len() < 2 && table.genders.first().is_none_or(|one| *one == table.gender) {
        return Vec::new();
    }
    let tab = |one: &Gender| GenderTab {
        href: format!("/statistics/{id}?gender={}", one.word()),
        label: t.get(&format!("statistics-gender-{}", one.word())),
        current: *one == table.gender,
    };
    table.genders.iter().map(tab).collect()
}

fn shown(t: &Texts, table: &Comparison, line: &Line, county: &str) -> ShownLine {
    let decimals = table.known.indicator.decimals;
    let number = |figure: &Figure| written(figure, decimals, t.language());
    let name = name_of(t, line.whose, county);
    let cell = |cell: &Cell| match cell {
        Cell::Value(figure) => number(figure),
        Cell::Sum(figure) => format!("{} +", number(figure)),
        Cell::Before(figure) => format!("{} *", number(figure)),
        Cell::NotComparable => "..".to_owned(),
        Cell::None => "–".to_owned(),
    };
    ShownLine {
        name,
        whole: !matches!(line.whose, Whose::Municipality(_)),
        cells: line.cells.iter().map(cell).collect(),
    }
}

/// What the marks in the table mean.
fn marks(t: &Texts, table: &Comparison) -> Vec<String> {
    let used: [(bool, &str); 4] = [
        (
            table.uses(|cell| matches!(cell, Cell::Sum(_))),
            "statistics-mark-sum",
        ),
        (
            table.uses(|cell| matches!(cell, Cell::Before(_))),
            "statistics-mark-before",
        ),
        (
            table.uses(|cell| *cell == Cell::NotComparable),
            "statistics-mark-not-comparable",
        ),
        (
            table.uses(|cell| *cell == Cell::None),
            "statistics-mark-none",
        ),
    ];
    let here = used.into_iter().filter(|(used, _)| *used);
    here.map(|(_, key)| t.get(key)).collect()
}

/// Figures older than so many years are said to be old: statistics of a year come one or two years after it.
const OLD: i32 = 4;

fn caveats(t: &Texts, table: &Comparison, mut told: Vec<String>, year: i16) -> Vec<String> {
    if table
        .releases
        .iter()
        .any(|one| one.unit != table.releases[0].unit)
    {
        told.push(t.get("statistics-caveat-unit"));
    }
    if table.corrected {
        told.push(t.get("statistics-caveat-corrected"));
    }
    if let Some(newest) = table.years.last()
        && i32::from(*newest) < i32::from(year) - OLD
    {
        let newest = newest.to_string();
        told.push(t.with("statistics-caveat-old", &[("year", newest.into())]));
    }
    told.push(t.get("statistics-caveat-areas"));
    told
}

fn source(t: &Texts, release: &Release) -> String {
    match release.data_updated {
        Some(on) => t.with(
            "statistics-source-updated",
            &[
                ("source", release.attribution.clone().into()),
                ("day", t.full_day(on).into()),
            ],
        ),
        None => release.attribution.clone(),
    }
}

/// A number in the reader's way, with at least the decimals that the indicator is published with; none is cut.
fn written(figure: &Figure, decimals: u8, language: Language) -> String {
    let (point, thousands) = match language {
        Language::En => ('.', ','),
        // A space that does not break.
        Language::Fi | Language::Sv | Language::Easy => (',', '\u{a0}'),
    };
    let (sign, digits) = match figure.text().strip_prefix('-') {
        Some(rest) => ("−", rest),
        None => ("", figure.text()),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    let width = usize::from(decimals).max(part.len());
    if width > 0 {
        out.push(point);
        out.push_str(&format!("{part:0<width$}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_a_reader_writes_them() {
        for (text, decimals, fi, en) in [
            ("5.8", 1, "5,8", "5.8"),
            ("9", 1, "9,0", "9.0"),
            ("9", 0, "9", "9"),
            ("5351427", 0, "5\u{a0}351\u{a0}427", "5,351,427"),
            ("1234.5", 1, "1\u{a0}234,5", "1,234.5"),
            ("-0.25", 1, "−0,25", "−0.25"),
            ("100", 0, "100", "100"),
            ("1000", 0, "1\u{a0}000", "1,000"),
        ] {
            let figure = Figure::read(text).unwrap();
            assert_eq!(written(&figure, decimals, Language::Fi), fi);
            assert_eq!(written(&figure, decimals, Language::En), en);
        }
    }
}
