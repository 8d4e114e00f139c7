//! Hidden and unknown cost the same work, so that the time of an answer tells nothing (rights of the domain, sections 7
//! and 10). The work is counted in statements: a clock would measure what else the machine is doing. `make proof` prints
//! the times too.

use std::time::{Duration, Instant};

use clients::store::search::{self, Answer, Terms};
use clients::store::{protect, watch};
use kernel::time::SignedDuration;

use crate::support::*;

/// Searches of each kind, in turn.
const ROUNDS: usize = 30;

/// What one search cost: statements and time.
fn search(sample: &Sample<'_>, terms: &Terms) -> (u64, Duration) {
    let terms = terms.clone();
    let before = sample.store.statement_count();
    let begun = Instant::now();
    let answer = sample
        .act(move |tx, desk| search::search(tx, desk, &reader(JAANA), &terms, "contact"))
        .unwrap();
    let cost = (sample.store.statement_count() - before, begun.elapsed());
    assert_eq!(answer, Answer::None);
    sample
        .act(|tx, desk| Ok(watch::note_entry(tx, id(JAANA), None, desk.now())?))
        .unwrap();
    cost
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
                // Within the limits: no pause answers in the place of the search. Both are asked at the same moment,
                // because a search at night is looked into with a statement more.
                sample.clock.advance(SignedDuration::from_mins(30));
                let [hidden, unknown] = [0, 1].map(|kind| search(sample, &pair[kind]));
                assert_eq!(hidden.0, unknown.0, "{pair:?}");
                times[0].push(hidden.1);
                times[1].push(unknown.1);
            }
            let [hidden, unknown] = times.map(median);
            println!("median seconds: hidden {hidden:.6}, unknown {unknown:.6}");
        }
    });
}
