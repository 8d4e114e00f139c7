//! What is done where hiding alone would not do: merging by the definition's steps, then rounding that says so.

use figures::dictionary::{definitions, find};
use figures::layout::{ALL, cell, members};
use figures::period::Period;
use figures::refresh;
use figures::store::count::Counted;
use figures::table::{Earlier, Made, Source, make};
use kernel::time::{Date, SignedDuration};
use sample::AINO;
use testkit::sqlite_store;

use crate::county::{Contact, County, noon, open, rooms};

fn of(part: &str, month: i8, count: u64) -> Counted {
    Counted {
        month,
        area: "179".to_owned(),
        age: "30-44".to_owned(),
        part: part.to_owned(),
        count,
    }
}

fn made(code: &str, rows: &[Counted], period: Period, earlier: &[Earlier], key: u8) -> Made {
    let definition = find(code).unwrap();
    make(&Source {
        definition,
        period,
        counted: rows,
        municipalities: &["179"],
        threshold: if definition.sensitive { 10 } else { 5 },
        areas: true,
        earlier,
        key: [key; 32],
    })
    .unwrap()
}

#[test]
fn small_parts_are_told_together_where_nearly_all_would_be_hidden() {
    let themes = [
        "everyday",
        "health",
        "substances",
        "work",
        "loneliness",
        "violence",
        "close_ones",
        "other",
        "no_theme",
    ];
    let mut rows = vec![of("housing", 2, 40), of("money", 8, 35)];
    rows.extend((1..).zip(themes).map(|(month, theme)| of(theme, month, 3)));
    let made = made("contact-themes", &rows, Period::year_of(2025), &[], 1);
    let together: Vec<&String> = made
        .layout
        .parts
        .iter()
        .filter(|part| members(part).is_some())
        .collect();
    let [part] = together[..] else {
        panic!("{:?}", made.layout)
    };
    assert_eq!(members(part).unwrap().len(), 9);
    let told = |part: &str| made.released.cell(&cell(ALL, ALL, part, ALL)).count();
    assert_eq!(
        (told(part), told("housing"), told("everyday")),
        (Some(27), Some(40), None)
    );
    assert_eq!(told(ALL), Some(102));
}

#[test]
fn parts_whose_share_is_told_are_never_merged() {
    for definition in definitions() {
        let rows: Vec<Counted> = (1..)
            .zip(definition.parts)
            .map(|(month, part)| of(part, 1 + month % 12, 2))
            .collect();
        if rows.is_empty() {
            continue;
        }
        let source = Source {
            definition,
            period: Period::year_of(2025),
            counted: &rows,
            municipalities: &["179", "182"],
            threshold: 5,
            areas: true,
            earlier: &[],
            key: [1; 32],
        };
        let Ok(made) = make(&source) else { continue };
        for part in made
            .layout
            .parts
            .iter()
            .filter_map(|part| members(part))
            .flatten()
        {
            assert!(
                !definition.counted_parts().contains(&part.as_str()),
                "{}",
                definition.code
            );
        }
    }
}

/// The first half of a year, and the whole with two more.
fn half_and_year(key: u8) -> (Made, Vec<Counted>, Earlier) {
    let half: Vec<Counted> = (1..=6).map(|month| of("within_hour", month, 20)).collect();
    let june = Period::through(2025, Date::constant(2025, 6, 30)).unwrap();
    let first = made("contact-wait", &half, june, &[], key);
    let mut year = half;
    year.push(of("within_hour", 9, 2));
    let earlier = Earlier {
        definition: find("contact-wait").unwrap(),
        released: first.released.clone(),
        layout: first.layout.clone(),
        last_month: 6,
    };
    (first, year, earlier)
}

#[test]
fn what_nothing_else_protects_is_rounded_and_says_so() {
    let (first, year, earlier) = half_and_year(1);
    let whole = cell(ALL, ALL, ALL, ALL);
    assert_eq!(
        (first.released.base(), first.released.cell(&whole).count()),
        (None, Some(120))
    );
    let mut seen = std::collections::BTreeSet::new();
    for key in 0..12 {
        let second = made(
            "contact-wait",
            &year,
            Period::year_of(2025),
            std::slice::from_ref(&earlier),
            key,
        );
        // 122 beside the 120 of June would tell the two.
        assert_eq!(
            (second.released.base(), second.released.cell(&whole).count()),
            (Some(10), None)
        );
        let about = second.released.about(&whole).unwrap();
        assert!([120, 130].contains(&about), "{about}");
        seen.insert(about);
        for (name, shown) in second.released.cells() {
            assert_eq!(shown.count(), None, "{name}");
            assert!(
                !name.contains(['@', '^']) || second.released.about(name).is_none(),
                "{name}"
            );
        }
    }
    // By the key, not by what is nearest.
    assert_eq!(seen.len(), 2);
}

#[test]
fn a_total_under_the_base_is_hidden_and_not_rounded() {
    let rows = [of("within_hour", 2, 3)];
    let made = made("contact-wait", &rows, Period::year_of(2025), &[], 1);
    assert_eq!(made.released.base(), None);
    assert_eq!(made.released.cell(&cell(ALL, ALL, ALL, ALL)).count(), None);
}

/// Fifty contacts of the first quarter, and two of the second: released one after the other.
fn rounded_county() -> County {
    let county = open(sqlite_store(&rooms()));
    for _ in 0..50 {
        county.contact(&Contact {
            arrived: noon(2026, 2, 10),
            ..Contact::default()
        });
    }
    let works = || figures::Works::of(&county.sample.house);
    county
        .sample
        .clock
        .advance(SignedDuration::from_hours(24 * 60));
    refresh(&works()).unwrap();
    for _ in 0..2 {
        county.contact(&Contact {
            arrived: noon(2026, 5, 10),
            ..Contact::default()
        });
    }
    county
        .sample
        .clock
        .advance(SignedDuration::from_hours(24 * 90));
    refresh(&works()).unwrap();
    county
}

#[tokio::test]
async fn pages_say_that_counts_are_rounded_and_by_what() {
    let county = rounded_county();
    let cookie = county.sample.enter(AINO).await;
    let page = county.sample.get("/figures/contacts", &cookie).await.body;
    for text in [
        "pyöristetty 10:n kerrannaisiin",
        "Pyöristetty</dt>",
        "noin ",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    // Neither the count nor what could be worked out of it.
    for text in [">52<", ">52 ", "1 000 asukasta kohti (luottamusväli"] {
        assert!(!page.contains(text), "{text}: {page}");
    }
    let list = county.sample.get("/figures", &cookie).await.body;
    assert!(
        list.contains("noin 50") || list.contains("noin 60"),
        "{list}"
    );
}
