//! No table that comes out tells a count under the threshold: judged by the audit over everything a reader could know.

use std::collections::BTreeMap;

use disclosure::{Equation, Table, audit};
use figures::definition::{Definition, Measure, Span};
use figures::dictionary::{definitions, find};
use figures::layout::{ALL, cell, members};
use figures::period::Period;
use figures::store::count::Counted;
use figures::table::{Earlier, Made, Source, make};
use proptest::prelude::*;

const PLACES: [&str; 4] = ["179", "182", "249", "410"];

fn counted(definition: &Definition, rows: &[(i8, usize, usize, usize, u64)]) -> Vec<Counted> {
    let ages = ["", "18-29", "30-44", "45-64", "65-", "0-17"];
    rows.iter()
        .map(|(month, area, age, part, count)| Counted {
            month: *month,
            area: (*PLACES.get(*area).unwrap_or(&"")).to_owned(),
            age: ages[age % ages.len()].to_owned(),
            part: if definition.parts.is_empty() {
                "all".to_owned()
            } else {
                definition.parts[part % definition.parts.len()].to_owned()
            },
            count: *count,
        })
        .collect()
}

fn made(
    definition: &'static Definition,
    rows: &[Counted],
    period: Period,
    earlier: &[Earlier],
) -> Option<Made> {
    make(&Source {
        definition,
        period,
        counted: rows,
        municipalities: &PLACES,
        threshold: if definition.sensitive { 10 } else { 5 },
        areas: true,
        earlier,
        key: [3; 32],
    })
    .ok()
}

/// Counts an area, an age and a part over months; gives the name of the cell.
type Counter<'a> = &'a mut dyn FnMut(&str, &str, &str, &[i8]) -> String;

/// The sums that any reader knows to hold between cells that she is shown, worked out anew from the records.
fn known(definition: &Definition, rows: &[Counted], made: &Made, period: Period) -> Table {
    let last = period.months().last().unwrap().no;
    let flow = definition.span == Span::Flow;
    let mut cells = BTreeMap::new();
    let mut count = |area: &str, age: &str, part: &str, months: &[i8]| -> String {
        let names = [area, age, part].map(str::to_owned);
        let name = format!("{} {months:?}", names.join("|"));
        let fits = |wanted: &str, own: &str| {
            wanted == ALL
                || wanted == own
                || members(wanted).is_some_and(|all| all.iter().any(|one| one == own))
        };
        let layout = &made.layout;
        let sum = rows
            .iter()
            .filter(|one| months.contains(&one.month))
            .filter(|one| {
                let told = layout.areas.contains(&one.area);
                area == ALL || (area == layout.others_area() && !told) || (area == one.area && told)
            })
            .filter(|one| {
                fits(
                    age,
                    if one.age.is_empty() {
                        "unknown"
                    } else {
                        &one.age
                    },
                ) && fits(part, &one.part)
            })
            .map(|one| one.count)
            .sum();
        cells.insert(name.clone(), sum);
        name
    };
    let all: Vec<i8> = if flow {
        (1..=last).collect()
    } else {
        vec![last]
    };
    let (mut equations, mut shown) = (Vec::new(), BTreeMap::new());
    let layout = &made.layout;
    let areas = layout.rows();
    let mut sum = |total: String, parts: Vec<String>| {
        if !parts.is_empty() {
            equations.push(Equation { total, parts });
        }
    };
    let total = count(ALL, ALL, ALL, &all);
    shown.insert(total.clone(), cell(ALL, ALL, ALL, ALL));
    let mut dimension = |count: Counter<'_>, area: &str| {
        let own = count(area, ALL, ALL, &all);
        shown.insert(own.clone(), cell(area, ALL, ALL, ALL));
        let ages: Vec<String> = layout
            .ages
            .iter()
            .map(|age| {
                let name = count(area, age, ALL, &all);
                shown.insert(name.clone(), cell(area, age, ALL, ALL));
                name
            })
            .collect();
        sum(own.clone(), ages);
        if area == ALL || layout.area_parts {
            let parts: Vec<String> = layout
                .parts
                .iter()
                .map(|part| {
                    let name = count(area, ALL, part, &all);
                    shown.insert(name.clone(), cell(area, ALL, part, ALL));
                    name
                })
                .collect();
            sum(own, parts);
        }
    };
    dimension(&mut count, ALL);
    for area in &areas {
        dimension(&mut count, area);
    }
    if !areas.is_empty() {
        sum(
            total.clone(),
            areas
                .iter()
                .map(|area| count(area, ALL, ALL, &all))
                .collect(),
        );
        for age in &layout.ages {
            let parts = areas
                .iter()
                .map(|area| count(area, age, ALL, &all))
                .collect();
            sum(count(ALL, age, ALL, &all), parts);
        }
        for part in layout.parts.iter().filter(|_| layout.area_parts) {
            let parts = areas
                .iter()
                .map(|area| count(area, ALL, part, &all))
                .collect();
            sum(count(ALL, ALL, part, &all), parts);
        }
    }
    let months_of = |time: &str| -> Vec<i8> {
        let number: i8 = time[1..].parse().unwrap();
        match &time[..1] {
            "q" => ((number - 1) * 3 + 1..=number * 3).collect(),
            "h" => ((number - 1) * 6 + 1..=number * 6).collect(),
            _ => vec![number],
        }
    };
    let mut times = |count: Counter<'_>, part: &str| {
        let names: Vec<String> = layout
            .times
            .iter()
            .map(|time| {
                let name = count(ALL, ALL, part, &months_of(time));
                shown.insert(name.clone(), cell(ALL, ALL, part, time));
                name
            })
            .collect();
        if flow {
            sum(count(ALL, ALL, part, &all), names);
        }
    };
    times(&mut count, ALL);
    if layout.time_parts {
        for part in &layout.parts {
            times(&mut count, part);
        }
        for time in &layout.times {
            let parts = layout
                .parts
                .iter()
                .map(|part| count(ALL, ALL, part, &months_of(time)))
                .collect();
            sum(count(ALL, ALL, ALL, &months_of(time)), parts);
        }
    }
    let suppressed = cells
        .keys()
        .filter(|name| {
            let shown = shown.get(*name).map(|own| made.released.cell(own));
            shown.and_then(disclosure::Shown::count).is_none()
        })
        .cloned()
        .collect();
    // What is shown is the true count.
    for (name, own) in &shown {
        if let Some(told) = made.released.cell(own).count() {
            assert_eq!(told, cells[name], "{own} of {}", definition.code);
        }
        if let (Some(about), Some(base)) = (made.released.about(own), made.released.base()) {
            assert!(
                about % base == 0 && about.abs_diff(cells[name]) < base,
                "{own}"
            );
        }
    }
    Table {
        threshold: made.released.threshold(),
        cells,
        equations,
        groups: Vec::new(),
        primary: Vec::new(),
        published: Vec::new(),
        suppressed,
    }
}

fn judged(definition: &'static Definition, rows: &[Counted], period: Period, made: &Made) {
    for (name, shown) in made.released.cells() {
        if let Some(count) = shown.count() {
            assert!(
                count == 0 || count >= made.released.threshold(),
                "{} tells {count} in {name}",
                definition.code
            );
        }
    }
    let verdict = audit(&known(definition, rows, made, period)).unwrap();
    assert!(verdict.safe, "{}: {verdict:?}", definition.code);
}

/// Judges what a reader of two releases of a year knows: every count of either is a sum of months, which are told nowhere.
fn judged_together(
    definition: &Definition,
    rows: &[Counted],
    (first, half): (&Made, Period),
    (second, year): (&Made, Period),
) {
    let mut both = known(definition, rows, second, year);
    let other = known(definition, rows, first, half);
    let shown = |table: &Table, name: &String| !table.suppressed.contains(name);
    let told: std::collections::BTreeSet<String> = [&both, &other]
        .iter()
        .flat_map(|table| {
            table
                .cells
                .keys()
                .filter(|name| shown(table, name))
                .cloned()
        })
        .collect();
    both.cells.extend(other.cells);
    both.equations.extend(other.equations);
    for name in both.cells.keys().cloned().collect::<Vec<_>>() {
        let (keys, months) = name.split_once(" [").unwrap();
        let months: Vec<i8> = months
            .trim_end_matches(']')
            .split(", ")
            .map(|month| month.parse().unwrap())
            .collect();
        if months.len() < 2 || !keys.starts_with("*|*|") {
            continue;
        }
        let part = &keys[4..];
        let one = |month: i8| {
            let own = |row: &&Counted| {
                let among = members(part).is_some_and(|all| all.contains(&row.part));
                row.month == month && (part == ALL || row.part == part || among)
            };
            let sum = rows.iter().filter(own).map(|row| row.count).sum();
            (format!("{keys} [{month}]"), sum)
        };
        let atoms: Vec<(String, u64)> = months.iter().map(|month| one(*month)).collect();
        both.equations.push(Equation {
            total: name,
            parts: atoms.iter().map(|(name, _)| name.clone()).collect(),
        });
        both.cells.extend(atoms);
    }
    both.suppressed = both
        .cells
        .keys()
        .filter(|name| !told.contains(*name))
        .cloned()
        .collect();
    // Months that neither layout tells are nobody's cells: what is judged are counts that a reader would have been shown.
    let judged: std::collections::BTreeSet<String> = [(first, half), (second, year)]
        .iter()
        .flat_map(|(made, period)| known(definition, rows, made, *period).cells.into_keys())
        .collect();
    let verdict = audit(&both).unwrap();
    for name in verdict
        .told
        .iter()
        .chain(verdict.insiders.iter().map(|one| &one.learns))
    {
        assert!(
            !judged.contains(name),
            "{name} of {}: {verdict:?}",
            definition.code
        );
    }
}

fn some_rows(most: u64) -> impl Strategy<Value = Vec<(i8, usize, usize, usize, u64)>> {
    prop::collection::vec(
        (1_i8..=12, 0_usize..5, 0_usize..6, 0_usize..12, 0..most),
        0..40,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn no_released_table_tells_a_small_count(rows in some_rows(30)) {
        let period = Period::year_of(2025);
        for definition in definitions().filter(|one| {
            ["contacts", "clients-open", "contact-wait", "contact-themes", "advice"].contains(&one.code)
        }) {
            let counted = counted(definition, &rows);
            if let Some(made) = made(definition, &counted, period, &[]) {
                judged(definition, &counted, period, &made);
            }
        }
    }

    #[test]
    fn a_year_after_its_first_half_tells_no_small_difference(rows in some_rows(40)) {
        let definition = find("contact-endings").unwrap();
        let all = counted(definition, &rows);
        let half: Vec<Counted> = all.iter().filter(|one| one.month <= 6).cloned().collect();
        let june = Period::through(2025, kernel::time::Date::constant(2025, 6, 30)).unwrap();
        let year = Period::year_of(2025);
        let Some(first) = made(definition, &half, june, &[]) else { return Ok(()); };
        let earlier = [Earlier { definition, released: first.released.clone(), layout: first.layout.clone(), last_month: 6 }];
        let Some(second) = made(definition, &all, year, &earlier) else { return Ok(()); };
        judged(definition, &all, year, &second);
        judged_together(definition, &all, (&first, june), (&second, year));
        // What both tell differs by nothing, or by the threshold at least.
        for (name, was) in first.released.cells() {
            if let (Some(was), Some(now)) = (was.count(), second.released.cell(name).count()) {
                let change = was.abs_diff(now);
                prop_assert!(change == 0 || change >= 5, "{name}: {was} and {now}");
            }
        }
    }
}

fn plain(area: &str, part: &str, month: i8, count: u64) -> Counted {
    Counted {
        month,
        area: area.to_owned(),
        age: "30-44".to_owned(),
        part: part.to_owned(),
        count,
    }
}

#[test]
fn a_municipality_with_few_is_told_with_others() {
    let definition = find("contact-wait").unwrap();
    let rows = [
        plain("179", "within_hour", 2, 60),
        plain("179", "over_week", 5, 40),
        plain("182", "within_hour", 2, 30),
        plain("182", "over_week", 8, 22),
        plain("249", "within_hour", 11, 9),
        plain("410", "over_week", 11, 4),
    ];
    let made = made(definition, &rows, Period::year_of(2025), &[]).unwrap();
    assert_eq!(made.layout.areas, ["179", "182"]);
    assert_eq!(made.layout.merged, ["249", "410"]);
    assert!(made.layout.others);
    let told = |area: &str| made.released.cell(&cell(area, ALL, ALL, ALL)).count();
    assert_eq!(
        (told("179"), told("182"), told("249"), told("410")),
        (Some(100), Some(52), None, None)
    );
    assert_eq!(told(&made.layout.others_area()), Some(13));
    assert_eq!(told(ALL), Some(165));
}

#[test]
fn one_small_municipality_takes_another_along() {
    let definition = find("contact-wait").unwrap();
    let rows = [
        plain("179", "within_hour", 2, 60),
        plain("182", "within_hour", 2, 30),
        plain("249", "within_hour", 2, 15),
        plain("410", "within_hour", 2, 9),
    ];
    let made = made(definition, &rows, Period::year_of(2025), &[]).unwrap();
    // 9 alone would be told as the rest: the next smallest goes with it.
    assert_eq!(made.layout.merged, ["249", "410"]);
}

#[test]
fn months_with_few_become_quarters_then_half_years_and_then_the_year() {
    let definition = find("contact-wait").unwrap();
    let of = |counts: &[u64]| -> Vec<String> {
        let rows: Vec<Counted> = (1..)
            .zip(counts)
            .map(|(month, count)| plain("179", "within_hour", month, *count))
            .collect();
        made(definition, &rows, Period::year_of(2025), &[])
            .unwrap()
            .layout
            .times
    };
    assert_eq!(of(&[20; 12]).len(), 12);
    let mut counts = [20; 12];
    counts[3] = 9;
    assert_eq!(of(&counts), ["q1", "q2", "q3", "q4"]);
    assert_eq!(
        of(&[2, 2, 2, 30, 30, 30, 30, 30, 30, 30, 30, 30]),
        ["h1", "h2"]
    );
    assert!(of(&[1, 1, 1, 1, 1, 1, 30, 30, 30, 30, 30, 30]).is_empty());
}

#[test]
fn a_shares_parts_are_all_told_or_the_share_is_not() {
    let definition = find("housing-risk").unwrap();
    assert!(matches!(definition.measure, Measure::Share(_)));
    let rows = [plain("179", "yes", 3, 3), plain("179", "no", 3, 90)];
    let made = made(definition, &rows, Period::year_of(2025), &[]).unwrap();
    assert_eq!(
        made.released.cell(&cell(ALL, ALL, "yes", ALL)).count(),
        None
    );
    assert_eq!(made.released.cell(&cell(ALL, ALL, "no", ALL)).count(), None);
    assert_eq!(
        made.released.cell(&cell(ALL, ALL, ALL, ALL)).count(),
        Some(93)
    );
}

#[test]
fn one_person_who_stands_all_year_can_be_protected() {
    let definition = find("homeless").unwrap();
    let rows: Vec<Counted> = (1..=12)
        .flat_map(|month| {
            [
                plain("179", "yes", month, 1),
                plain("179", "no", month, 120),
            ]
        })
        .collect();
    // She knows that she is the one: neither part is told, nor what they make together.
    let made = made(definition, &rows, Period::year_of(2025), &[]).unwrap();
    for part in ["yes", "no", ALL] {
        assert_eq!(
            made.released.cell(&cell(ALL, ALL, part, ALL)).count(),
            None,
            "{part}"
        );
    }
}

#[test]
fn what_stood_in_march_is_a_month_of_june() {
    let definition = find("clients-open").unwrap();
    let of = |months: std::ops::RangeInclusive<i8>| -> Vec<Counted> {
        months
            .map(|month| plain("179", "all", month, 100 + u64::from(month.unsigned_abs())))
            .collect()
    };
    let day = |month, day| kernel::time::Date::constant(2025, month, day);
    let (march, june) = (
        Period::through(2025, day(3, 31)).unwrap(),
        Period::through(2025, day(6, 30)).unwrap(),
    );
    let first = made(definition, &of(1..=3), march, &[]).unwrap();
    let earlier = [Earlier {
        definition,
        released: first.released,
        layout: first.layout,
        last_month: 3,
    }];
    let second = made(definition, &of(1..=6), june, &earlier).unwrap();
    // Three more stand than in March: who came and who went is not told by it.
    assert_eq!(
        second.released.cell(&cell(ALL, ALL, ALL, ALL)).count(),
        Some(106)
    );
    assert_eq!(
        second.released.cell(&cell(ALL, ALL, ALL, "m03")).count(),
        Some(103)
    );
}
