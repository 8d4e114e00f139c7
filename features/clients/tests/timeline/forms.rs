//! Inflected and compound forms are found in a client's timeline by their base words: the same items in the same order
//! on both engines.

use clients::timeline::{Filter, Words, list};
use clients::{ClientError, Gate};
use store::StoreError;
use testkit::{TestStore, postgres_store, sqlite_store};

use crate::support::*;

const FORMS: &str = include_str!("../../../../text/tests/data/forms.csv");

/// Form, base word, and whether the base must find the form.
fn forms() -> Vec<(&'static str, &'static str, bool)> {
    FORMS
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .skip(1)
        .map(|line| {
            let mut parts = line.split(',');
            let mut next = || parts.next().unwrap_or_default();
            (next(), next(), next() == "yes")
        })
        .collect()
}

fn fill(store: &TestStore) {
    people(store, 1);
    store
        .write_blocking(|tx| {
            relate(tx, client(0), AINO, "own_worker", None, (now(), None))?;
            for (number, (form, ..)) in (0..).zip(forms()) {
                let body = format!("Asiakas mainitsi: {form}.");
                // Several in an hour, so that the order of equals is seen too.
                put(
                    tx,
                    &note(number, client(0), i64::from(number / 3), "Merkintä", &body),
                )?;
            }
            Ok(())
        })
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
}

/// Numbers of the items that a word finds, in the order shown.
fn found(store: &TestStore, base: &str) -> Vec<u8> {
    let words = Words::new(analysers(), base).unwrap();
    let timeline = store
        .read_blocking(move |tx| {
            let gate = Gate::open(tx, &reader(AINO), client(0), now())?;
            let filter = Filter {
                words: Some(&words),
                limit: 200,
                ..Filter::default()
            };
            Ok::<_, ClientError>(list(tx, &gate, &filter, now())?)
        })
        .unwrap();
    timeline.items.iter().map(|item| item.id[0]).collect()
}

#[test]
fn base_words_find_their_forms_alike_on_both_engines() {
    let stores = [sqlite_store(&migrations()), postgres_store(&migrations())];
    for store in &stores {
        fill(store);
    }
    let (mut met, mut wanted) = (0, 0);
    for (number, (form, base, meets)) in (0..).zip(forms()) {
        let [one, other] = [0, 1].map(|store| found(&stores[store], base));
        assert_eq!(one, other, "{base}");
        let finds = one.contains(&number);
        match meets {
            true => (met, wanted) = (met + i32::from(finds), wanted + 1),
            false => assert!(!finds, "{base} must not find {form}"),
        }
    }
    println!("{met} of {wanted} forms are found");
    assert!(wanted >= 60);
    // Without Voikko the stems find fewer; text/tests/forms.rs keeps each analyser's own level.
    assert!(met * 100 >= wanted * 25, "{met} of {wanted}");
    if !analysers().fi.kind().is_degraded() {
        assert!(met * 100 >= wanted * 95, "{met} of {wanted}");
    }
}
