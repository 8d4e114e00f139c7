//! I11: what is anonymous stays so.

use identity::people::StaffId;
use reporting::domain::{NewProposal, ReportError, Wrong};
use reporting::store::bench::{self, Cleaned};
use reporting::store::observe::{self, BATCH, Source};
use store::Query as _;

use crate::support::*;

/// Columns of each table of the room.
fn columns() -> Vec<(String, Vec<String>)> {
    let sql: String = reporting::MIGRATIONS[0]
        .sql
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
        .collect::<Vec<_>>()
        .join("\n");
    sql.split("create table ")
        .skip(1)
        .map(|rest| {
            let (name, body) = rest.split_once(" (").unwrap();
            let columns = body
                .lines()
                .take_while(|line| !line.starts_with(");"))
                .filter_map(|line| line.trim().split(' ').next())
                .filter(|word| !matches!(*word, "" | "check" | "primary"))
                .map(str::to_owned)
                .collect();
            (name.to_owned(), columns)
        })
        .collect()
}

#[test]
fn no_table_knows_a_client_and_no_observation_has_a_time_or_a_name() {
    let tables = columns();
    assert!(tables.len() >= 12, "{tables:?}");
    for (table, columns) in &tables {
        for column in columns {
            assert!(
                !["client", "matter", "contact", "person"]
                    .iter()
                    .any(|word| column.contains(word)),
                "{table}.{column}"
            );
            assert!(!column.ends_with("_at"), "{table}.{column} has a time");
            if table.starts_with("observation") && table != "observation_writer" {
                assert!(!column.contains("staff"), "{table}.{column}");
            }
        }
    }
}

#[test]
fn ids_hold_no_time_and_writing_leaves_no_entry() {
    each(|county| {
        let entries = || {
            county
                .store
                .read_blocking(|tx| {
                    let row = tx.query_one("select count(*) from log_entry", &[])?;
                    row.get::<i64>(0)
                })
                .unwrap()
        };
        let before = entries();
        for number in 0..BATCH {
            county.observe(&format!("Havainto {number} asumisesta"), Source::default());
        }
        assert_eq!(county.next_day(), BATCH);
        assert_eq!(entries(), before, "nobody is logged for reporting");
        let ids: Vec<[u8; 16]> = county
            .standing("sent")
            .iter()
            .map(|(id, _, _)| id.bytes())
            .collect();
        assert!(ids.iter().all(|id| id[6] >> 4 == 4), "random ids");
    });
}

#[test]
fn the_box_waits_for_company_or_for_the_night() {
    each(|county| {
        let empty = |county: &County<'_>| {
            let (chance, today) = (county.store.chance.clone(), county.today());
            county
                .store
                .write_blocking(move |tx| observe::empty_box(tx, &*chance, today))
                .unwrap()
                .value
        };
        county.observe("Yksin odottava havainto", Source::default());
        assert_eq!(empty(county), 0);
        assert_eq!(county.next_day(), 1);
        for number in 0..BATCH {
            assert_eq!(empty(county), 0);
            county.observe(&format!("Havainto {number}"), Source::default());
        }
        assert_eq!(empty(county), BATCH);
        assert_eq!(county.standing("sent").len(), BATCH + 1);
    });
}

#[test]
fn a_form_sent_twice_is_one_observation() {
    each(|county| {
        let (chance, today) = (county.store.chance.clone(), county.today());
        for _ in 0..2 {
            let chance = chance.clone();
            county
                .store
                .write_blocking(move |tx| {
                    observe::put(
                        tx,
                        &*chance,
                        &written("Sama"),
                        [7; 32],
                        Source::default(),
                        today,
                    )
                })
                .unwrap();
        }
        assert_eq!(county.next_day(), 1);
        county
            .store
            .write_blocking(move |tx| {
                observe::put(
                    tx,
                    &*chance,
                    &written("Sama"),
                    [7; 32],
                    Source::default(),
                    today,
                )
            })
            .unwrap();
        assert_eq!(county.next_day(), 0);
    });
}

#[test]
fn an_identity_code_is_never_taken_in() {
    for body in [
        "Asiakas 010594Y9032 jäi ilman",
        "Asiakas 010594 Y 9032 jäi ilman",
        "Asiakas 010594-\n9032 jäi ilman",
    ] {
        let refused = written(body).checked();
        assert!(
            matches!(refused, Err(ReportError::Field("body", Wrong::Person))),
            "{body}: {refused:?}"
        );
    }
    let due: kernel::time::Date = "2026-06-01".parse().unwrap();
    let proposal = NewProposal {
        words: "Katsokaa 010594Y9032".to_owned(),
        level: reporting::domain::Level::County,
        recipient: "Lautakunta".to_owned(),
        recipient_role: "puheenjohtaja".to_owned(),
        due_on: due,
    };
    let refused = proposal.checked("2026-03-13".parse().unwrap());
    assert!(matches!(
        refused,
        Err(ReportError::Field("words", Wrong::Person))
    ));
    assert!(matches!(
        written("  ").checked(),
        Err(ReportError::Field("body", Wrong::Missing))
    ));
}

#[test]
fn the_editor_takes_words_out_and_what_was_is_gone() {
    each(|county| {
        county.observe("Matti jäi ilman asuntoa", Source::default());
        county.next_day();
        let (id, _, revision) = county.standing("sent").remove(0);
        let screen = |body: &str| {
            let cleaned = Cleaned {
                body: body.to_owned(),
                proposal: String::new(),
                wished: String::new(),
            };
            county.act(EEVA, move |tx, editor, _| {
                bench::screen(tx, editor, id, revision, &cleaned)
            })
        };
        let refused = screen("Matti sai asunnon");
        assert!(matches!(
            refused,
            Err(ReportError::Field("body", Wrong::Choice))
        ));
        screen("[…] jäi ilman asuntoa").unwrap();
        assert!(matches!(screen("jäi ilman"), Err(ReportError::State)));
        let texts = county
            .store
            .read_blocking(|tx| {
                let row = tx.query_one("select body from observation", &[])?;
                row.get::<String>(0)
            })
            .unwrap();
        assert_eq!(
            texts, "[…] jäi ilman asuntoa",
            "what was written before is nowhere"
        );
    });
}

#[test]
fn a_writer_who_removes_herself_is_nowhere_and_her_receipt_still_works() {
    each(|county| {
        let ville = StaffId::from_bytes(VILLE);
        let chance = county.store.chance.clone();
        let source = county
            .store
            .write_blocking(move |tx| {
                let first = observe::writer(tx, &*chance, ville)?;
                assert_eq!(observe::writer(tx, &*chance, ville)?, first);
                Ok::<_, store::StoreError>(first)
            })
            .unwrap()
            .value;
        let source = Source {
            writer: Some(source),
            unit: None,
        };
        let receipt = county.observe("Jono on pitkä", source);
        county.next_day();
        let mine = |county: &County<'_>| {
            county
                .store
                .read_blocking(move |tx| observe::mine(tx, ville))
                .unwrap()
        };
        assert_eq!(mine(county).len(), 1);
        assert!(
            county
                .store
                .write_blocking(move |tx| observe::forget(tx, ville))
                .unwrap()
                .value
        );
        assert!(mine(county).is_empty());
        let step = county
            .store
            .read_blocking(move |tx| observe::by_receipt(tx, receipt))
            .unwrap();
        assert!(step.is_some());
        let staff = VILLE.to_vec();
        let left = county
            .store
            .read_blocking(move |tx| {
                let row = tx.query_one(
                    "select count(*) from observation_writer where staff_id = $1",
                    &store::params![staff],
                )?;
                row.get::<i64>(0)
            })
            .unwrap();
        assert_eq!(left, 0);
    });
}
