//! What is told to be destroyed is in no file either.

use reporting::domain::ReportError;
use reporting::store::bench::{self, Cleaned};
use reporting::store::observe::{self, Source};
use store::StoreError;

use crate::support::*;

/// Long enough for a page of its own, which is given back whole.
fn told(number: usize) -> String {
    format!("Merkki{number} {}", "Kotona ei ole lämmintä. ".repeat(90))
}

#[test]
fn words_that_were_taken_out_and_names_that_were_forgotten_are_in_no_file() {
    let rooms = [identity::MIGRATIONS, reporting::MIGRATIONS].concat();
    let store = testkit::sqlite_store(&rooms);
    store.write_blocking(people_of_the_county).unwrap();
    let county = County { store: &store };
    let chance = store.chance.clone();
    let writer = store
        .write_blocking(move |tx| {
            let staff = identity::people::StaffId::from_bytes(VILLE);
            observe::writer(tx, &*chance, staff)
        })
        .unwrap()
        .value;
    for number in 0..5 {
        county.observe(&told(number), Source::default());
    }
    county.next_day();
    for (id, _, revision) in county.standing("sent") {
        let cleaned = Cleaned {
            body: "Kotona ei ole lämmintä.".to_owned(),
            proposal: String::new(),
            wished: String::new(),
        };
        county
            .act(EEVA, move |tx, editor, _| {
                bench::screen(tx, editor, id, revision, &cleaned)?;
                Ok::<_, ReportError>(())
            })
            .unwrap();
    }
    store
        .write_blocking(|tx| {
            observe::forget(tx, identity::people::StaffId::from_bytes(VILLE))?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let path = store.sqlite_path();
    store.shutdown();
    for name in ["15.sqlite", "15.sqlite-wal"] {
        let Ok(bytes) = std::fs::read(path.with_file_name(name)) else {
            continue;
        };
        let holds = |what: &[u8]| bytes.windows(what.len()).any(|part| part == what);
        for number in 0..5 {
            let mark = format!("Merkki{number}");
            assert!(!holds(mark.as_bytes()), "{name} still holds {mark}");
        }
        assert!(!holds(&writer), "{name} still holds the forgotten name");
    }
}
