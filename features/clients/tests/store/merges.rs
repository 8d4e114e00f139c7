//! Two records of one person, together and apart again; a person made by mistake.

use clients::domain::RowId;
use clients::store::merge::{self, MovedTables};
use clients::store::own;
use clients::store::protect;
use clients::store::related::{self, Role};
use clients::store::search::{self, Answer, Terms};
use clients::{ClientError, ClientId, Gate};
use kernel::time::SignedDuration;
use store::Query;

use crate::support::*;

fn dump(sample: &Sample<'_>) -> Vec<String> {
    sample
        .store
        .read_blocking(|tx| {
            let mut all = Vec::new();
            for sql in [
                "select id, client_id, kind, family from client_name order by id",
                "select folded, client_id from name_part order by name_id, folded",
                "select id, client_id, kind, value from client_detail order by id",
                "select id, client_id, kind, value from client_identifier order by id",
                "select id, client_id, ended_on from client_relation order by id",
                "select id, client_id, kind from relation where kind <> 'admin_task' order by id",
                "select id, state, merged_into, identity_code, identity_hash, birth_date, responsible_unit from client order by id",
            ] {
                for row in tx.query(sql, &[])? {
                    all.push(format!("{row:?}"));
                }
            }
            Ok::<_, store::StoreError>(all)
        })
        .unwrap()
}

fn ask(sample: &Sample<'_>, kept: ClientId, other: ClientId) -> Result<RowId, ClientError> {
    sample.act(move |tx, desk| {
        let (reader, now) = (reader(AINO), desk.now());
        let kept = Gate::open(tx, &reader, kept, now)?;
        let other = Gate::open(tx, &reader, other, now)?;
        merge::ask(tx, desk, &kept, &other, "sama ihminen, uusi henkilötunnus")
    })
}

fn take(sample: &Sample<'_>, staff: [u8; 16], id: RowId) -> Result<(), ClientError> {
    sample.act(move |tx, desk| merge::take(tx, desk, &reader(staff), id).map(drop))
}

fn approve(sample: &Sample<'_>, staff: [u8; 16], id: RowId) -> Result<(), ClientError> {
    sample
        .act(move |tx, desk| merge::approve(tx, desk, &reader(staff), id, &MovedTables::default()))
}

fn undo(sample: &Sample<'_>, staff: [u8; 16], id: RowId) -> Result<(), ClientError> {
    sample.act(move |tx, desk| {
        merge::undo(
            tx,
            desk,
            &reader(staff),
            id,
            "eri ihminen",
            &MovedTables::default(),
        )
    })
}

/// One by a temporary identifier, one by a code; Aino works with both.
fn two(sample: &Sample<'_>) -> (ClientId, ClientId) {
    let first = sample.plain(person("Rautio", "Mikael", None));
    let mut second = person("Rautjo", "Mikael", Some(made_up("1980-05-04", 1)));
    second.details = vec![("phone", "040 555 1234".to_owned())];
    let second = sample.plain(second);
    sample.begin(first, AINO, "own_worker");
    sample.begin_of(
        second,
        AINO,
        "matter_holder",
        Some(("matter", [4; 16])),
        None,
    );
    sample.begin(second, VILLE, "own_team");
    for client in [first, second] {
        sample
            .at(AINO, client, |tx, desk, gate| {
                clients::store::standing::open(tx, desk, gate, "application")
            })
            .unwrap();
    }
    (first, second)
}

#[test]
fn a_merge_takes_two_and_leads_every_id_to_the_one_kept() {
    each(|sample| {
        let (kept, other) = two(sample);
        let id = ask(sample, kept, other).unwrap();
        assert!(matches!(
            ask(sample, kept, other),
            Err(ClientError::Already)
        ));
        assert!(
            matches!(approve(sample, STEWARD, id), Err(ClientError::NotFound)),
            "taken first"
        );
        assert!(matches!(
            take(sample, JAANA, id),
            Err(ClientError::NotFound)
        ));
        take(sample, STEWARD, id).unwrap();
        assert!(matches!(
            approve(sample, SECOND_STEWARD, id),
            Err(ClientError::NotFound)
        ));
        assert!(
            sample.sees(STEWARD, kept) && sample.sees(STEWARD, other),
            "to compare"
        );
        approve(sample, STEWARD, id).unwrap();

        for client in [kept, other] {
            let gate = sample.gate(VILLE, client).unwrap();
            assert_eq!(
                gate.client(),
                kept,
                "the gate of the merged one is the kept one's"
            );
            assert!(gate.holds("own_team"), "relations came along");
        }
        let code = made_up("1980-05-04", 1);
        let found = sample
            .act(move |tx, desk| search::search(tx, desk, &reader(AINO), &Terms::Code(code), ""))
            .unwrap();
        assert_eq!(found, Answer::Opened(kept));
        let now = sample.now();
        let list = sample
            .store
            .read_blocking(move |tx| own::read(tx, &reader(AINO), &own::Filter::default(), now))
            .unwrap();
        assert_eq!(list.rows.len(), 1);
        assert!(matches!(
            approve(sample, STEWARD, id),
            Err(ClientError::NotFound | ClientError::Ended)
        ));
    });
}

#[test]
fn parting_restores_everything_that_moved() {
    each(|sample| {
        let (kept, other) = two(sample);
        let before = dump(sample);
        let id = ask(sample, kept, other).unwrap();
        take(sample, STEWARD, id).unwrap();
        approve(sample, STEWARD, id).unwrap();
        assert_ne!(dump(sample), before);
        sample.clock.advance(days(89));
        take(sample, SECOND_STEWARD, id).unwrap();
        undo(sample, SECOND_STEWARD, id).unwrap();
        assert_eq!(dump(sample), before);
        assert_eq!(sample.gate(AINO, other).unwrap().client(), other);
    });
}

/// Joins two and gives the case.
fn join(sample: &Sample<'_>, kept: ClientId, other: ClientId) -> RowId {
    let id = ask(sample, kept, other).unwrap();
    take(sample, STEWARD, id).unwrap();
    approve(sample, STEWARD, id).unwrap();
    id
}

/// Birth, unit and death of a client.
fn columns(sample: &Sample<'_>, client: ClientId) -> [Option<String>; 3] {
    sample
        .store
        .read_blocking(move |tx| {
            let row = tx.query_one(
                "select birth_date, responsible_unit, died_on from client where id = $1",
                &store::params![client.bytes()],
            )?;
            let unit: Option<[u8; 16]> = row.get(1)?;
            Ok::<_, store::StoreError>([
                row.get(0)?,
                unit.map(|unit| unit[0].to_string()),
                row.get(2)?,
            ])
        })
        .unwrap()
}

#[test]
fn parting_takes_back_only_what_is_still_as_the_join_left_it() {
    each(|sample| {
        let (kept, other) = two(sample);
        let id = join(sample, kept, other);
        // Known since: a death, another unit, a corrected birth date.
        let day = kernel::time::day(sample.now());
        sample
            .at(AINO, kept, move |tx, desk, gate| {
                clients::store::standing::set_death(tx, desk, gate, Some(day), "register")
            })
            .unwrap();
        sample
            .act(move |tx, _| {
                clients::store::standing::set_unit(
                    tx,
                    kept,
                    identity::people::UnitId::from_bytes(SOUTH),
                )
            })
            .unwrap();
        sample.run(
            "update client set birth_date = '1980-05-05' where id = $1",
            store::params![kept.bytes()],
        );
        take(sample, SECOND_STEWARD, id).unwrap();
        undo(sample, SECOND_STEWARD, id).unwrap();
        let now = Some(day.to_string());
        assert_eq!(
            columns(sample, kept),
            [Some("1980-05-05".to_owned()), Some("2".to_owned()), now]
        );
        assert_eq!(
            columns(sample, other),
            [Some("1980-05-04".to_owned()), Some("1".to_owned()), None]
        );
    });
}

#[test]
fn parting_restores_what_the_join_filled_in() {
    each(|sample| {
        let (kept, other) = two(sample);
        sample.run(
            "update client set birth_date = null, responsible_unit = null where id = $1",
            store::params![kept.bytes()],
        );
        let id = join(sample, kept, other);
        let filled = [Some("1980-05-04".to_owned()), Some("1".to_owned()), None];
        assert_eq!(columns(sample, kept), filled);
        take(sample, SECOND_STEWARD, id).unwrap();
        undo(sample, SECOND_STEWARD, id).unwrap();
        assert_eq!(columns(sample, kept), [None, None, None]);
    });
}

#[test]
fn a_merge_below_another_is_undone_only_after_it() {
    each(|sample| {
        let (first, second) = two(sample);
        let third = sample.plain(person("Rautio", "Mika", None));
        sample.begin(third, AINO, "own_worker");
        let before = dump(sample);
        let inner = join(sample, first, second);
        let between = dump(sample);
        let outer = join(sample, third, first);
        let joined = dump(sample);
        take(sample, SECOND_STEWARD, inner).unwrap();
        assert!(matches!(
            undo(sample, SECOND_STEWARD, inner),
            Err(ClientError::MergedOn)
        ));
        assert_eq!(dump(sample), joined, "nothing was written over");
        take(sample, SECOND_STEWARD, outer).unwrap();
        undo(sample, SECOND_STEWARD, outer).unwrap();
        assert_eq!(dump(sample), between);
        take(sample, SECOND_STEWARD, inner).unwrap();
        undo(sample, SECOND_STEWARD, inner).unwrap();
        assert_eq!(dump(sample), before);
    });
}

#[test]
fn the_household_of_a_merged_record_follows_the_kept_one() {
    each(|sample| {
        let (kept, other) = two(sample);
        let member = sample.plain(person("Rautio", "Maria", None));
        sample.begin(member, AINO, "own_worker");
        sample
            .act(move |tx, desk| {
                let now = desk.now();
                let one = Gate::open(tx, &reader(AINO), member, now)?;
                let two = Gate::open(tx, &reader(AINO), other, now)?;
                // Only in the record of the one: the link to the merged client is all there is.
                related::link(tx, desk, (&one, &two), Role::Close, true, "client")
            })
            .unwrap();
        sample.run("update related_person set identity_hash = null", Vec::new());
        let id = join(sample, kept, other);
        sample
            .at(AINO, kept, |tx, desk, gate| {
                let from = kernel::time::day(desk.now());
                protect::set_non_disclosure(tx, desk, gate, (from, None), "register")
            })
            .unwrap();
        assert!(sample.gate(AINO, member).unwrap().is_hidden());
        take(sample, SECOND_STEWARD, id).unwrap();
        undo(sample, SECOND_STEWARD, id).unwrap();
        assert!(!sample.gate(AINO, member).unwrap().is_hidden());
        sample
            .at(AINO, other, |tx, desk, gate| {
                let from = kernel::time::day(desk.now());
                protect::set_non_disclosure(tx, desk, gate, (from, None), "register")
            })
            .unwrap();
        assert!(sample.gate(AINO, member).unwrap().is_hidden());
    });
}

#[test]
fn after_ninety_days_it_stays() {
    each(|sample| {
        let (kept, other) = two(sample);
        let id = ask(sample, kept, other).unwrap();
        take(sample, STEWARD, id).unwrap();
        approve(sample, STEWARD, id).unwrap();
        take(sample, STEWARD, id).unwrap();
        sample.clock.advance(days(90));
        assert!(matches!(undo(sample, STEWARD, id), Err(ClientError::Ended)));
        assert!(matches!(take(sample, STEWARD, id), Err(ClientError::Ended)));
    });
}

#[test]
fn two_codes_are_two_people() {
    each(|sample| {
        let first = sample.plain(person("Rautio", "Mikael", Some(made_up("1980-05-04", 1))));
        let second = sample.plain(person("Rautio", "Mikael", Some(made_up("1980-05-04", 2))));
        sample.begin(first, AINO, "own_worker");
        sample.begin(second, AINO, "own_worker");
        let id = ask(sample, first, second).unwrap();
        take(sample, STEWARD, id).unwrap();
        assert!(matches!(
            approve(sample, STEWARD, id),
            Err(ClientError::HasCode)
        ));
        sample
            .act(move |tx, desk| merge::refuse(tx, desk, &reader(STEWARD), id, "eri ihmiset"))
            .unwrap();
        assert!(!sample.gate(STEWARD, first).unwrap().holds("admin_task"));
    });
}

#[test]
fn a_person_made_by_mistake_goes_with_a_trace_while_nothing_rests_on_her() {
    each(|sample| {
        let code = made_up("1980-05-04", 1);
        let void = |staff, client| {
            sample.at(staff, client, |tx, desk, gate| {
                merge::void(tx, desk, gate, "väärä ihminen")
            })
        };
        let client = sample
            .written(person("Rautio", "Mikael", Some(code)))
            .unwrap();
        sample.begin(client, AINO, "own_worker");
        assert!(matches!(void(JAANA, client), Err(ClientError::OpenMatters)));
        assert!(
            matches!(void(AINO, client), Err(ClientError::NotFound)),
            "not hers to void"
        );
        sample.clock.advance(SignedDuration::from_secs(1));
        sample.end(client, AINO, "own_worker");
        void(JAANA, client).unwrap();
        assert!(matches!(
            sample.gate(JAANA, client),
            Err(ClientError::NotFound)
        ));
        assert!(
            sample
                .written(person("Rautio", "Mikael", Some(code)))
                .is_ok(),
            "the code is free"
        );
        let kept = sample
            .store
            .read_blocking(move |tx| {
                tx.query(
                    "select event from client_event where client_id = $1 and event = 'voided'",
                    &store::params![client.bytes()],
                )
            })
            .unwrap();
        assert_eq!(kept.len(), 1);
    });
}
