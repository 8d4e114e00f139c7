//! Intervals against scipy (`tools/figures_check.py` writes the table), and against published cases.

use figures::rates::{Group, Rate, per_thousand, poisson, share, standardised};

fn near(own: f64, expected: f64, line: &str) {
    // Byar's approximation is within this of the exact interval from ten events on.
    let tolerance = expected.abs().max(1e-3) * 2e-3;
    assert!(
        (own - expected).abs() <= tolerance,
        "{own} is not {expected}: {line}"
    );
}

fn same(own: Rate, expected: [f64; 3], line: &str) {
    near(own.value, expected[0], line);
    near(own.low, expected[1], line);
    near(own.high, expected[2], line);
}

#[test]
fn intervals_are_those_of_an_independent_program() {
    let (mut lines, mut kinds) = (0, std::collections::BTreeSet::new());
    for line in include_str!("../expected.csv").lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [what, events, people, weights, value, low, high] = fields[..] else {
            panic!("{line}");
        };
        let expected = [value, low, high].map(|text| text.parse::<f64>().unwrap());
        let number = |text: &str| text.parse::<u64>().unwrap();
        match what {
            "poisson" => {
                let (low, high) = poisson(number(events));
                near(low, expected[1], line);
                near(high, expected[2], line);
                let rate = per_thousand(number(events), 1000).unwrap();
                same(rate, expected, line);
            }
            "share" => same(
                share(number(events), number(people)).unwrap(),
                expected,
                line,
            ),
            "standardised" => {
                let groups: Vec<Group> = events
                    .split(' ')
                    .zip(people.split(' '))
                    .zip(weights.split(' '))
                    .map(|((events, people), weight)| Group {
                        events: number(events),
                        population: number(people),
                        weight: weight.parse().unwrap(),
                    })
                    .collect();
                same(standardised(&groups).unwrap(), expected, line);
            }
            other => panic!("{other}"),
        }
        lines += 1;
        kinds.insert(what);
    }
    assert_eq!((lines, kinds.len()), (39, 3));
}

#[test]
fn what_cannot_be_told_is_not() {
    assert_eq!(per_thousand(3, 0), None);
    assert_eq!(share(0, 0), None);
    assert_eq!(share(6, 5), None);
    assert_eq!(standardised(&[]), None);
    let group = |events, population, weight| Group {
        events,
        population,
        weight,
    };
    assert_eq!(standardised(&[group(5, 0, 1)]), None);
    assert_eq!(standardised(&[group(5, 10, 0)]), None);
    let nobody = standardised(&[group(0, 500, 1), group(0, 500, 2)]).unwrap();
    assert!(nobody.value.abs() < 1e-12 && nobody.low.abs() < 1e-12);
    assert!((nobody.high - 3.689).abs() < 0.001, "{}", nobody.high);
}

#[test]
fn a_standardised_rate_of_one_age_structure_is_the_crude_one() {
    let groups = [(10, 1000, 1000), (20, 4000, 4000), (30, 5000, 5000)].map(
        |(events, population, weight)| Group {
            events,
            population,
            weight,
        },
    );
    let rate = standardised(&groups).unwrap();
    let crude = per_thousand(60, 10_000).unwrap();
    assert!((rate.value - crude.value).abs() < 1e-9);
    assert!((rate.low - crude.low).abs() < 1e-9 && (rate.high - crude.high).abs() < 1e-9);
}
