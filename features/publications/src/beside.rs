//! Own figures beside a phenomenon: those that fit its themes, from releases alone (invariant I8), each with its run and day.

use access::rights::RightsTable;
use disclosure::rates::rate_is_safe;
use figures::definition::Measure;
use figures::layout::{ALL, cell};
use figures::store::Release;
use figures::store::releases::newest;
use figures::{Definition, FiguresError, dictionary};
use reporting::domain::Theme;
use reporting::panels::{Around, Line, Panel};
use store::{ReadTx, StoreError};
use web::Texts;

use crate::domain::figures::HIDDEN;

/// Figures beside a phenomenon at most: a reader compares a few.
const MOST: usize = 4;
/// As much of a run's digest as tells one from another.
const DIGEST: usize = 8;

/// A figure that says something of a theme: its code, and the part of it where the figure is divided into themes of its own.
type Fitting = (&'static str, Option<&'static str>);

/// What fits which of the themes that every county begins with: `theme,figure,part`, after a line with the version and one of heads.
/// A theme that a county made itself has none: nobody has said which of the definitions speaks of it.
const FITTING: &str = include_str!("../data/figures_by_theme.csv");

/// Each theme with a figure that fits it, in the order of the data.
fn fitted() -> impl Iterator<Item = (&'static str, Fitting)> {
    FITTING.lines().skip(2).filter_map(|line| {
        let (theme, rest) = line.split_once(',')?;
        let (figure, part) = rest.split_once(',')?;
        Some((theme, (figure, (!part.is_empty()).then_some(part))))
    })
}

/// The figures that fit these themes, each once, in the order of the themes.
fn fitting(themes: &[Theme]) -> Vec<(&'static Definition, Option<&'static str>)> {
    let mut found: Vec<Fitting> = Vec::new();
    for theme in themes {
        for (_, one) in fitted().filter(|(code, _)| *code == theme.code()) {
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    found
        .into_iter()
        .take(MOST)
        .filter_map(|(code, part)| Some((dictionary::find(code)?, part)))
        .collect()
}

/// Own figures that fit the phenomenon's themes; one statement each, four at most. `None` for whoever may read no figures.
///
/// # Errors
/// When the engine fails.
pub fn own_figures(tx: &mut ReadTx<'_>, around: &Around<'_>) -> Result<Option<Panel>, StoreError> {
    let reader = around.reader;
    let may =
        RightsTable::built_in().may_ever(&reader.subject, "statistics", "read", reader.today());
    if !may {
        return Ok(None);
    }
    let (t, key) = (around.t, figures::seal_key(&around.house.secrets));
    let mut panel = Panel {
        id: "own-figures".to_owned(),
        heading: t.get("own-beside-title"),
        columns: [
            "own-beside-figure",
            "own-beside-newest",
            "own-beside-before",
        ]
        .map(|key| t.get(key))
        .into(),
        ..Panel::default()
    };
    let wanted = fitting(around.themes);
    panel.empty = t.get(if wanted.is_empty() {
        "own-beside-unfit"
    } else {
        "own-beside-none"
    });
    for (definition, part) in wanted {
        match newest(tx, &key, definition.code, definition.version) {
            Ok(releases) => panel.rows.extend(row(t, definition, part, &releases)),
            Err(FiguresError::Store(error)) => return Err(error),
            // Better nothing than a figure that somebody has changed.
            Err(_) => panel.notes.push(t.with(
                "own-beside-sealed",
                &[("title", definition.title.of(t.language()).into())],
            )),
        }
    }
    if !panel.rows.is_empty() {
        panel.notes.push(t.get("own-beside-source"));
        let hidden = |line: &Line| line.cells.iter().any(|(text, _)| text == HIDDEN);
        if panel.rows.iter().any(hidden) {
            panel.notes.push(t.get("own-beside-hidden"));
        }
    }
    Ok(Some(panel))
}

/// A figure in a line; none before its first release.
fn row(
    t: &Texts,
    definition: &Definition,
    part: Option<&str>,
    releases: &[Release],
) -> Option<Line> {
    let newest = releases.first()?;
    let before = releases
        .iter()
        .find(|one| one.meta.year == newest.meta.year - 1);
    let title = definition.title.of(t.language());
    let told = |one: &Release| (told(t, definition, part, one), until(t, one));
    Some(Line {
        href: format!("/figures/{}", definition.code),
        title: part.map_or_else(
            || title.to_owned(),
            |part| format!("{title}: {}", figures::part_name(t, part)),
        ),
        sub: t.with(
            "own-beside-run",
            &[
                (
                    "day",
                    t.full_day(kernel::time::day(newest.meta.made_at)).into(),
                ),
                ("run", digest(&newest.meta.inputs).into()),
            ],
        ),
        cells: vec![
            told(newest),
            before.map_or_else(|| ("–".to_owned(), String::new()), told),
        ],
    })
}

fn digest(inputs: &str) -> &str {
    inputs.get(..DIGEST).unwrap_or(inputs)
}

/// Which days a release counts.
fn until(t: &Texts, release: &Release) -> String {
    let whole = release
        .meta
        .period()
        .is_some_and(figures::period::Period::is_whole);
    if whole {
        return release.meta.year.to_string();
    }
    t.with(
        "own-beside-until",
        &[("day", t.full_day(release.meta.through).into())],
    )
}

/// The number of the whole county: of the part that fits, the share where the figure is one, otherwise the count.
fn told(t: &Texts, definition: &Definition, part: Option<&str>, release: &Release) -> String {
    let shown = release.meta.layout.shown();
    let released = &release.released;
    let named = |part: &str| Some(cell(ALL, ALL, part, ALL)).filter(|name| shown.contains(name));
    let count = |part: &str| released.cell(&named(part)?).count();
    // Of a rounded table the number is told as what it is about.
    let about = |part: &str| {
        let about = released.about(&named(part)?)?;
        Some(t.with("own-beside-about", &[("count", about.into())]))
    };
    let number = |part: &str| {
        let true_count = count(part).map(|count| count.to_string());
        true_count.or_else(|| about(part))
    };
    let told = match (part, definition.measure) {
        (Some(part), _) => number(part),
        (None, Measure::Share(parts)) => share(&count, parts, release.meta.threshold)
            .map(|percent| t.with("own-beside-percent", &[("percent", percent.into())])),
        (None, Measure::PerHead | Measure::Count) => number(ALL),
    };
    told.unwrap_or_else(|| HIDDEN.to_owned())
}

/// Whole percent of these parts of all; none where it could give a small count back.
fn share(count: &impl Fn(&str) -> Option<u64>, parts: &[&str], threshold: u64) -> Option<u64> {
    let whole = count(ALL)?;
    let of = parts.iter().map(|part| count(part)).sum::<Option<u64>>()?;
    // Rounded to the nearest.
    rate_is_safe(of, whole, threshold).then(|| (of * 200 + whole) / (whole * 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_a_theme_is_a_figure_with_such_a_part() {
        let lines = FITTING.lines().filter(|line| !line.is_empty()).count();
        assert_eq!(fitted().count(), lines - 2, "every line is read");
        assert!(FITTING.starts_with("# version "));
        for (theme, (code, part)) in fitted() {
            assert!(Theme::from_code(theme).is_some(), "{theme}");
            let definition = dictionary::find(code).unwrap_or_else(|| panic!("{code}"));
            let known = part.is_none_or(|part| definition.parts.contains(&part));
            assert!(known, "{code} has no part {part:?}");
        }
    }

    #[test]
    fn themes_that_fit_the_same_figure_show_it_once_and_four_at_most() {
        let theme = |code: &str| Theme::from_code(code).expect("a code");
        let codes = |themes: &[Theme]| -> Vec<String> {
            fitting(themes)
                .iter()
                .map(|(one, part)| format!("{}:{}", one.code, part.unwrap_or_default()))
                .collect()
        };
        let work = [
            theme("tyo_ja_tyokyky"),
            theme("yhteistyo_tyollisyyspalvelut"),
        ];
        assert_eq!(codes(&work), ["contact-themes:work"]);
        let many = [theme("palvelujarjestelma"), theme("asuminen")];
        assert_eq!(codes(&many).len(), MOST);
        assert_eq!(codes(&[theme("oma_teema")]), [""; 0]);
    }

    #[test]
    fn a_share_that_gives_a_small_count_back_is_not_told() {
        let counts =
            |whole: u64, part: u64| move |name: &str| Some(if name == ALL { whole } else { part });
        for (whole, part, percent) in [
            (200, 50, Some(25)),
            (200, 3, None),
            (200, 198, None),
            (3, 0, None),
            (200, 201, None),
        ] {
            assert_eq!(
                share(&counts(whole, part), &["x"], 5),
                percent,
                "{part} of {whole}"
            );
        }
        assert_eq!(share(&|_: &str| None, &["x"], 5), None);
    }
}
