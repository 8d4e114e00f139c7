//! Details written by mistake, on both engines.

use clients::domain::{ClientError, ClientId, RowId};
use clients::store::details::{self, NewDetail};
use clients::store::mistake::{self, Why};
use clients::store::names::{self, NameKind, NewName};
use clients::store::record::{self, Record};
use kernel::time::day;
use store::Query;

use crate::support::{AINO, Sample, VILLE, days, each, person};

fn write(sample: &Sample<'_>, client: ClientId, kind: &'static str, value: &'static str) {
    let new = NewDetail {
        kind,
        value: value.to_owned(),
        protect: false,
        from: None,
        to: None,
        source: "client".to_owned(),
        follows: None,
    };
    sample
        .at(AINO, client, move |tx, desk, gate| {
            details::change(tx, desk, gate, &new, None)
        })
        .unwrap();
    sample.clock.advance(days(1));
}

fn shown(sample: &Sample<'_>, client: ClientId) -> Record {
    sample
        .at(AINO, client, |tx, desk, gate| {
            record::show(tx, gate, desk.now())
        })
        .unwrap()
}

fn now(sample: &Sample<'_>, client: ClientId, kind: &str) -> Vec<(RowId, String)> {
    shown(sample, client)
        .now(kind, day(sample.now()))
        .map(|detail| (detail.id, detail.value.to_string()))
        .collect()
}

fn undo(
    sample: &Sample<'_>,
    staff: [u8; 16],
    client: ClientId,
    row: RowId,
    why: Why,
    reason: &'static str,
) -> Result<bool, String> {
    sample
        .at(staff, client, move |tx, desk, gate| {
            mistake::void(tx, desk, gate, row, why, reason)
        })
        .map_err(|error| format!("{error:?}"))
}

#[test]
fn what_a_mistake_ended_holds_again_and_the_trace_stays() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        write(sample, client, "address", "Satamakatu 1");
        write(sample, client, "address", "Kauppakatu 2");
        let (wrong, _) = now(sample, client, "address").remove(0);
        assert_eq!(
            undo(
                sample,
                AINO,
                client,
                wrong,
                Why::WrittenWrong,
                "katu kuultiin väärin"
            ),
            Ok(true)
        );
        let record = shown(sample, client);
        let told: Vec<_> = record
            .details
            .iter()
            .map(|one| (one.value.to_string(), one.to))
            .collect();
        assert_eq!(told, [("Satamakatu 1".to_owned(), None)]);
        let trace = &record.mistakes[0];
        assert_eq!(trace.reason, "katu kuultiin väärin");
        assert_eq!(trace.by.as_deref(), Some("Aino Salmela"));
        assert_eq!(
            trace.detail.as_ref().map(|one| one.value.to_string()),
            Some("Kauppakatu 2".to_owned())
        );
        // The next value succeeds the one that holds again.
        write(sample, client, "address", "Rantatie 3");
        assert_eq!(now(sample, client, "address").len(), 1);
    });
}

#[test]
fn another_persons_value_is_shown_nowhere_and_found_by_nobody() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        write(sample, client, "phone", "040 123 4567");
        let (row, _) = now(sample, client, "phone").remove(0);
        assert_eq!(
            undo(sample, AINO, client, row, Why::OtherPerson, "kaiman numero"),
            Ok(false)
        );
        let record = shown(sample, client);
        assert!(!format!("{record:?}").contains("123 4567"), "{record:?}");
        assert_eq!(record.mistakes.len(), 1);
        let digits = sample.write(|tx| {
            Ok(tx.query(
                "select 1 from client_detail where digits is not null",
                &store::params![],
            )?)
        });
        assert_eq!(digits.unwrap().len(), 0);
    });
}

#[test]
fn a_mistake_needs_a_right_a_reason_and_a_row() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        let other = sample.plain(person("Laine", "Oona", None));
        sample.begin(client, AINO, "own_worker");
        sample.begin(other, AINO, "own_worker");
        write(sample, client, "email", "a@esimerkki.fi");
        let (row, _) = now(sample, client, "email").remove(0);
        let try_as =
            |staff, client, reason| undo(sample, staff, client, row, Why::WrittenWrong, reason);
        assert_eq!(
            try_as(AINO, client, "  "),
            Err(format!("{:?}", ClientError::Missing("reason")))
        );
        assert_eq!(try_as(VILLE, client, "syy"), Err("NotFound".to_owned()));
        assert_eq!(try_as(AINO, other, "syy"), Err("NotFound".to_owned()));
        assert_eq!(now(sample, client, "email").len(), 1, "nothing was changed");
        assert_eq!(try_as(AINO, client, "syy"), Ok(false));
        assert_eq!(try_as(AINO, client, "syy"), Err("Already".to_owned()));
        assert_eq!(shown(sample, client).mistakes[0].reason, "syy");
    });
}

#[test]
fn a_wrong_name_is_found_by_nobody_and_the_earlier_one_is_current_again() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        let only = shown(sample, client).names[0].id;
        let void = |row: RowId, reason: &'static str| {
            sample
                .at(AINO, client, move |tx, desk, gate| {
                    mistake::void_name(tx, desk, gate, row, Why::WrittenWrong, reason)
                })
                .map_err(|error| format!("{error:?}"))
        };
        assert_eq!(void(only, "väärin"), Err("Missing(\"name\")".to_owned()));
        sample.clock.advance(days(1));
        let new = NewName {
            kind: NameKind::Current,
            family: "Väärälä".to_owned(),
            given: "Mikael".to_owned(),
            called: None,
            from: None,
            to: None,
            source: "client".to_owned(),
        };
        sample
            .at(AINO, client, move |tx, desk, gate| {
                names::change(tx, desk, gate, &new, None)
            })
            .unwrap();
        let wrong = shown(sample, client).names[0].id;
        assert_eq!(void(wrong, " "), Err("Missing(\"reason\")".to_owned()));
        assert_eq!(void(wrong, "Toisen ihmisen nimi"), Ok(true));
        assert_eq!(
            void(wrong, "Toisen ihmisen nimi"),
            Err("Already".to_owned())
        );
        let record = shown(sample, client);
        assert_eq!(record.display_name, "Mikael Rautio");
        let now: Vec<_> = record
            .names
            .iter()
            .map(|name| (name.kind, name.to))
            .collect();
        assert_eq!(now, [(NameKind::Current, None)]);
        let trace = &record.mistakes[0];
        assert_eq!(
            (trace.kind, trace.reason.as_str()),
            ("name", "Toisen ihmisen nimi")
        );
        assert_eq!(trace.name.as_ref().unwrap().family, "Väärälä");
        let parts = sample.write(|tx| {
            Ok(tx.query(
                "select 1 from name_part where folded like 'vaara%'",
                &store::params![],
            )?)
        });
        assert_eq!(parts.unwrap().len(), 0);
    });
}
