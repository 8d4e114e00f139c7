//! Hidden and unknown take the same time (rights of the domain, sections 7 and 10).

use std::time::{Duration, Instant};

use clients::store::search::{self, Answer, Terms};
use clients::store::{protect, watch};
use kernel::time::SignedDuration;

use crate::support::*;

/// Searches of each kind, in turn.
const ROUNDS: usize = 30;

fn search(sample: &Sample<'_>, terms: &Terms) -> Duration {
    // Within the limits: no pause answers in the place of the search.
    sample.clock.advance(SignedDuration::from_mins(15));
    let terms = terms.clone();
    let begun = Instant::now();
    let answer = sample
        .act(move |tx, desk| search::search(tx, desk, &reader(JAANA), &terms, "contact"))
        .unwrap();
    let took = begun.elapsed();
    assert_eq!(answer, Answer::None);
    sample
        .act(|tx, desk| Ok(watch::note_entry(tx, id(JAANA), None, desk.now())?))
        .unwrap();
    took
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

fn named(given: &str) -> Terms {
    Terms::Name {
        family: "Rautio".to_owned(),
        given: given.to_owned(),
        birth: "1980-01-01".parse().unwrap(),
    }
}

#[test]
fn time_tells_nothing_of_who_is_here() {
    each(|sample| {
        let code = made_up("1980-01-01", 1);
        let client = sample.plain(person("Rautio", "Maija", Some(code)));
        sample.begin(client, PAULA, "consulted");
        sample
            .at(PAULA, client, |tx, desk, gate| {
                let unit = identity::people::UnitId::from_bytes(SOUTH);
                protect::restrict(tx, desk, gate, unit, &[id(PAULA)], "uhka")
            })
            .unwrap();
        let pairs = [
            [Terms::Code(code), Terms::Code(made_up("1980-01-01", 2))],
            [named("Maija"), named("Pekka")],
        ];
        for pair in pairs {
            let mut times = [Vec::new(), Vec::new()];
            for _ in 0..ROUNDS {
                for (kind, terms) in pair.iter().enumerate() {
                    times[kind].push(search(sample, terms));
                }
            }
            let [hidden, unknown] = times.map(median);
            let ratio = hidden / unknown;
            assert!(
                (0.5..2.0).contains(&ratio),
                "hidden {hidden}, unknown {unknown}"
            );
        }
    });
}
