//! Figures that count the same people divided otherwise: what one tells, another must know.

use disclosure::Released;
use figures::definition::Definition;
use figures::dictionary::{definitions, find};
use figures::layout::{ALL, cell};
use figures::period::Period;
use figures::store::count::Counted;
use figures::table::{Earlier, Made, Source, make};

fn of(part: &str, area: &str, count: u64) -> Counted {
    Counted {
        month: 2,
        area: area.to_owned(),
        age: "30-44".to_owned(),
        part: part.to_owned(),
        count,
    }
}

fn made(code: &str, rows: &[Counted], earlier: &[Earlier]) -> Made {
    make(&Source {
        definition: find(code).unwrap(),
        period: Period::year_of(2025),
        counted: rows,
        municipalities: &["179", "182"],
        threshold: 5,
        areas: true,
        earlier,
        key: [1; 32],
    })
    .unwrap()
}

fn told(released: &Released, part: &str) -> Option<u64> {
    released.cell(&cell(ALL, ALL, part, ALL)).count()
}

#[test]
fn the_links_go_both_ways_and_name_figures_that_are_there() {
    let linked = |one: &Definition, code: &str| one.is_linked(find(code).unwrap());
    for one in definitions() {
        assert!(one.is_linked(one));
        for other in definitions() {
            assert_eq!(
                one.is_linked(other),
                other.is_linked(one),
                "{} {}",
                one.code,
                other.code
            );
            // The same people are counted over the same times.
            if !one.same_as.is_empty() && one.same_as == other.same_as {
                assert_eq!(
                    (one.span, one.lag, one.areas),
                    (other.span, other.lag, other.areas)
                );
            }
        }
        if let Some((code, part)) = one.part_of {
            assert!(find(code).unwrap().parts.contains(&part), "{}", one.code);
        }
    }
    let contacts = find("contacts").unwrap();
    assert!(linked(contacts, "authority-contacts") && linked(contacts, "housing-risk"));
    assert!(!linked(contacts, "clients-open"));
}

#[test]
fn a_part_that_another_figure_tells_is_known() {
    // Ten came by authorities, three by letter: alone, the letters would be hidden with another small part beside them.
    let rows = [
        of("web", "179", 60),
        of("phone", "179", 40),
        of("authority", "179", 10),
        of("letter", "179", 3),
    ];
    let alone = made("contacts", &rows, &[]);
    assert_eq!(told(&alone.released, "letter"), None);
    let hidden = |made: &Made| -> Vec<&str> {
        ["web", "phone", "authority", "chat"]
            .into_iter()
            .filter(|part| told(&made.released, part).is_none())
            .collect()
    };
    assert_eq!(hidden(&alone), ["authority"]);
    let kela = [of("kela", "179", 10)];
    let authorities = made("authority-contacts", &kela, &[]);
    assert_eq!(told(&authorities.released, ALL), Some(10));
    let earlier = Earlier {
        definition: find("authority-contacts").unwrap(),
        released: authorities.released,
        layout: authorities.layout,
        last_month: 12,
    };
    // What they are is out: something else must hide the letters.
    let linked = made("contacts", &rows, &[earlier]);
    assert_eq!(told(&linked.released, "letter"), None);
    assert_eq!(told(&linked.released, "authority"), Some(10));
    assert!(!hidden(&linked).is_empty());
}

#[test]
fn a_total_that_one_tells_is_not_hidden_by_the_other() {
    let rows = |parts: [&str; 2]| {
        [
            of(parts[0], "179", 40),
            of(parts[1], "179", 20),
            of(parts[0], "182", 12),
            of(parts[1], "182", 3),
        ]
    };
    let first = made("housing-risk", &rows(["no", "yes"]), &[]);
    let earlier = Earlier {
        definition: find("housing-risk").unwrap(),
        released: first.released.clone(),
        layout: first.layout.clone(),
        last_month: 12,
    };
    let second = made("contacts", &rows(["web", "phone"]), &[earlier]);
    for area in ["179", "182", ALL] {
        let name = cell(area, ALL, ALL, ALL);
        let (was, now) = (
            first.released.cell(&name).count(),
            second.released.cell(&name).count(),
        );
        assert!(was.is_none() || was == now, "{area}: {was:?} {now:?}");
    }
}
