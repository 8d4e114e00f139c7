//! An import puts a client under non-disclosure before anybody can read her number.

use casework::import::write::{self, Done, RowError};
use casework::import::{ImportRow, read};
use clients::{ClientId, Gate};
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, SignedDuration, day};
use store::{Query, params};
use testkit::stores;

use crate::support::*;

const HEAD: &str =
    "client_id,identity_code,birth_date,family_name,phone,unit,non_disclosure_until\n";

fn rows(text: &str) -> Vec<ImportRow> {
    let (rows, refused) = read(format!("{HEAD}{text}").as_bytes()).unwrap();
    assert_eq!(refused, []);
    rows
}

fn one(sample: &Sample, row: &ImportRow, dry: bool) -> Result<Done, RowError> {
    let (casework, row) = (sample.casework.clone(), row.clone());
    sample
        .store
        .write_blocking(move |tx| write::row(tx, &casework, "vanha", &row, dry))
        .map(|receipt| receipt.value)
}

fn made(clients_made: u64, orders_made: u64) -> Done {
    Done {
        clients_made,
        orders_made,
        ..Done::default()
    }
}

fn unchanged() -> Done {
    Done {
        unchanged: 1,
        ..Done::default()
    }
}

fn ahead(sample: &Sample, days: i64) -> Date {
    day(sample.casework.now() + SignedDuration::from_hours(24 * days))
}

fn of(sample: &Sample, family: &'static str) -> ClientId {
    let row = sample.store.read_blocking(move |tx| {
        tx.query_one(
            "select client_id from client_name where family = $1",
            &params![family],
        )
    });
    ClientId::from_bytes(row.unwrap().get(0).unwrap())
}

fn is_hidden(sample: &Sample, client: ClientId) -> bool {
    let now = sample.casework.now();
    sample
        .store
        .read_blocking(move |tx| Gate::open(tx, &reader(AINO), client, now))
        .unwrap()
        .is_hidden()
}

fn orders(sample: &Sample, client: ClientId) -> Vec<(Option<Date>, bool)> {
    sample
        .store
        .read_blocking(move |tx| {
            tx.query(
                "select ends_on, ended_at from non_disclosure where client_id = $1 order by recorded_at, ends_on",
                &params![client.bytes()],
            )?
            .iter()
            .map(|row| Ok((row.get(0)?, row.get::<Option<i64>>(1)?.is_some())))
            .collect::<Result<_, store::StoreError>>()
        })
        .unwrap()
}

#[test]
fn a_client_comes_in_protected_and_the_same_file_changes_nothing() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let until = ahead(&sample, 400);
        let file = rows(&format!(
            "1,,1980-05-04,Suojattu,040 000 0001,pohjoinen,{until}\n2,,1980-05-04,Avoin,040 000 0002,pohjoinen,\n3,,1980-05-04,Auki,,pohjoinen,unknown\n"
        ));
        assert_eq!(one(&sample, &file[0], true).unwrap(), made(1, 1), "dry");
        let wrote = sample
            .store
            .read_blocking(|tx| tx.query("select 1 from client", &[]))
            .unwrap();
        assert!(wrote.is_empty());
        for (row, orders) in file.iter().zip([1, 0, 1]) {
            assert_eq!(one(&sample, row, false).unwrap(), made(1, orders));
        }
        let hidden = of(&sample, "Suojattu");
        assert!(is_hidden(&sample, hidden) && is_hidden(&sample, of(&sample, "Auki")));
        assert!(!is_hidden(&sample, of(&sample, "Avoin")));
        assert_eq!(orders(&sample, hidden), [(Some(until), false)]);
        assert_eq!(orders(&sample, of(&sample, "Auki")), [(None, false)]);
        for row in &file {
            assert_eq!(one(&sample, row, true).unwrap(), unchanged());
            assert_eq!(one(&sample, row, false).unwrap(), unchanged());
        }
        // What somebody here has ended is not put back by the same file.
        sample
            .store
            .write_blocking(|tx| tx.execute("update non_disclosure set ended_at = 1", &[]))
            .unwrap();
        assert_eq!(one(&sample, &file[0], false).unwrap(), unchanged());
    }
}

#[test]
fn protection_is_only_added_and_a_bad_day_brings_nothing_in() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let code = IdentityCode::artificial(Date::constant(1980, 5, 4), 7).unwrap();
        let known = sample.client("Tuttu", Some(code));
        let row = |until: String| {
            rows(&format!("1,{},,Tuttu,,pohjoinen,{until}\n", code.expose())).remove(0)
        };
        let met = |orders_made| Done {
            clients_met: 1,
            orders_made,
            ..Done::default()
        };
        let (near, far) = (ahead(&sample, 100), ahead(&sample, 500));
        assert_eq!(one(&sample, &row(far.to_string()), false).unwrap(), met(1));
        assert!(is_hidden(&sample, known));
        // A shorter one adds nothing, a longer one comes beside.
        assert_eq!(
            one(&sample, &row(near.to_string()), false).unwrap(),
            unchanged()
        );
        let longer = one(&sample, &row("unknown".to_owned()), false).unwrap();
        assert_eq!((longer.orders_made, longer.unchanged), (1, 0));
        assert_eq!(orders(&sample, known).len(), 2);
        for (until, why) in [
            (ahead(&sample, -1), "has passed"),
            (ahead(&sample, 5 * 366), "more than five years"),
        ] {
            for dry in [true, false] {
                let new = rows(&format!("9,,1980-05-04,Uusi,040 1 2 3,pohjoinen,{until}\n"));
                let refused = one(&sample, &new[0], dry).unwrap_err().to_string();
                assert!(refused.contains(why), "{refused}");
            }
        }
        let made = sample
            .store
            .read_blocking(|tx| tx.query("select 1 from client_name where family = 'Uusi'", &[]));
        assert!(made.unwrap().is_empty());
    }
}
