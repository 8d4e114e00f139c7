//! Relations with their tails, and the bars.

use access::rights::Bar;
use clients::store::related::{self, Role};
use clients::store::{create, own};
use clients::{ClientError, Gate};
use kernel::time::{SignedDuration, day, millis};
use store::params;

use crate::support::*;

const NOTE: (&str, [u8; 16]) = ("matter", [77; 16]);

#[test]
fn without_a_relation_nothing_opens_and_exceptional_access_is_offered() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        let gate = sample.gate(AINO, client).unwrap();
        let asked = gate.acting("client_basics", "see_basics", "working_age", None, &[]);
        assert!(matches!(asked, Err(ClientError::ExceptionalOnly)));
        let nurse = sample.gate(NURSE, client).unwrap();
        let asked = nurse.acting("client_basics", "see_basics", "working_age", None, &[]);
        assert!(matches!(asked, Err(ClientError::NotFound)));
        let secret = gate.acting("contact_details_secret", "read", "working_age", None, &[]);
        assert!(
            matches!(secret, Err(ClientError::NotFound)),
            "never by the exceptional door"
        );
    });
}

#[test]
fn a_tail_reads_until_the_thirtieth_day_and_opens_nothing_new() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        assert!(sample.sees(AINO, client));
        sample.end(client, AINO, "own_worker");
        let ended = sample.now();
        sample
            .clock
            .advance(days(30) - SignedDuration::from_secs(1));
        let gate = sample.gate(AINO, client).unwrap();
        let may = |class, action, given: &[&str]| {
            gate.acting(class, action, "working_age", Some(NOTE), given)
                .is_ok()
        };
        assert!(may("note", "read", &[]));
        assert!(
            may("note", "finish", &["own_entry"]),
            "own drafts are finished"
        );
        assert!(!may("note", "finish", &[]), "others' drafts are not");
        assert!(!may("note", "create", &["own_entry"]), "nothing new");
        assert!(!may("client_basics", "correct", &[]));
        assert_eq!(
            gate.seen_until(),
            Some(ended),
            "what came after the end is new"
        );
        sample.clock.advance(SignedDuration::from_secs(1));
        assert!(!sample.sees(AINO, client), "day 31");
    });
}

#[test]
fn kinds_have_tails_of_their_own() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin_of(
            client,
            AINO,
            "substitute",
            None,
            Some(sample.now() + days(3)),
        );
        assert!(sample.sees(AINO, client));
        sample.clock.advance(days(4));
        let gate = sample.gate(AINO, client).unwrap();
        assert!(
            gate.acting("note", "read", "working_age", Some(NOTE), &[])
                .is_err()
        );
        let finish = gate.acting(
            "note",
            "finish",
            "working_age",
            Some(NOTE),
            &["own_entry", "period"],
        );
        assert!(finish.is_ok(), "own drafts seven days");
        sample.begin(client, VILLE, "offer_receiver");
        sample.end(client, VILLE, "offer_receiver");
        assert!(
            sample.gate(VILLE, client).unwrap().held().is_empty(),
            "no tail at all"
        );
    });
}

#[test]
fn a_matter_of_ones_own_does_not_open_another() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        let (own, other) = (("matter", [1; 16]), ("matter", [2; 16]));
        sample.begin_of(client, VILLE, "matter_participant", Some(own), None);
        let gate = sample.gate(VILLE, client).unwrap();
        let reads = |object| {
            gate.acting("note", "read", "working_age", Some(object), &[])
                .is_ok()
        };
        assert!(reads(own));
        assert!(!reads(other));
        assert!(
            !reads(("contact", [1; 16])),
            "an id of another kind is another thing"
        );
        assert!(
            sample.sees(VILLE, client),
            "the basics are the client's own"
        );
        // A contact that is held opens the titles of open matters, whichever they are (row FD-06).
        sample.begin_of(
            client,
            JAANA,
            "contact_holder",
            Some(("contact", [9; 16])),
            None,
        );
        let gate = sample.gate(JAANA, client).unwrap();
        let title = gate
            .acting("matter", "read", "working_age", Some(other), &["open_only"])
            .unwrap();
        assert!(title.row.shows("title_state_unit"));
        assert!(
            gate.acting(
                "contact",
                "read",
                "working_age",
                Some(("contact", [8; 16])),
                &[]
            )
            .is_err()
        );
    });
}

#[test]
fn leads_and_duty_holders_stand_to_the_clients_of_their_unit() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        let lead = sample.gate(HANNA, client).unwrap();
        let seen = lead
            .acting("client_basics", "see_basics", "working_age", None, &[])
            .unwrap();
        assert!(seen.row.shows("name_and_birth_date"));
        assert!(
            lead.acting("note", "read", "working_age", None, &[])
                .is_err()
        );
        assert!(
            !sample.sees(LIISA, client),
            "the lead of another unit sees nothing"
        );
        sample.run(
            "insert into duty (id, unit_id, staff_id, begins_at, ends_at) values ($1, $2, $3, $4, $5)",
            params![[5_u8; 16], NORTH, AINO, sample.now(), sample.now() + SignedDuration::from_hours(8)],
        );
        assert!(sample.sees(AINO, client));
        sample.clock.advance(SignedDuration::from_hours(8));
        assert!(!sample.sees(AINO, client), "the shift is over");
    });
}

#[test]
fn nobody_opens_own_or_a_relatives_record() {
    each(|sample| {
        let own = made_up("1980-01-01", 1);
        let hash = sample.desk.key.hash(&own);
        let client = sample.plain(person("Salmela", "Aino", Some(own)));
        sample.begin(client, AINO, "own_worker");
        assert!(sample.sees(AINO, client));
        sample.run(
            "update staff set identity_hash = $2 where id = $1",
            params![AINO, hash],
        );
        let gate = sample.gate(AINO, client).unwrap();
        assert!(gate.bars().contains(&Bar::B01));
        let asked = gate.acting("client_basics", "see_basics", "working_age", None, &[]);
        assert!(
            matches!(asked, Err(ClientError::NotFound)),
            "not by exceptional access either"
        );

        // Declared by the worker, and found from the client's related persons.
        let mother = made_up("1950-01-01", 2);
        let other = sample.plain(person("Salmela", "Anni", Some(mother)));
        sample.begin(other, VILLE, "own_worker");
        sample.run(
            "insert into relative_declaration (id, staff_id, identity_hash, declared_at) values (1, $1, $2, 0)",
            params![VILLE, sample.desk.key.hash(&mother)],
        );
        assert!(
            sample
                .gate(VILLE, other)
                .unwrap()
                .bars()
                .contains(&Bar::B02)
        );
        let third = sample.plain(person("Salmela", "Arvi", None));
        sample.run(
            "insert into related_person (id, client_id, name, identity_hash, role, same_household, source, recorded_at) values ($1, $2, 'A', $3, 'child', 0, 'client', 0)",
            params![[6_u8; 16], third.bytes(), hash],
        );
        assert!(sample.gate(AINO, third).unwrap().bars().contains(&Bar::B02));
        assert!(
            !sample
                .gate(JAANA, third)
                .unwrap()
                .bars()
                .contains(&Bar::B02)
        );
    });
}

#[test]
fn relatives_known_by_links_alone_are_barred() {
    each(|sample| {
        // Her own record had no code yet when the two were linked.
        let own = sample.plain(person("Aho", "Ville", None));
        let spouse = sample.plain(person("Aho", "Jari", None));
        for client in [own, spouse] {
            sample.begin(client, AINO, "own_worker");
        }
        sample
            .act(move |tx, desk| {
                let now = desk.now();
                let one = Gate::open(tx, &reader(AINO), own, now)?;
                let other = Gate::open(tx, &reader(AINO), spouse, now)?;
                related::link(tx, desk, (&one, &other), Role::Spouse, true, "client")
            })
            .unwrap();
        let code = made_up("1980-05-04", 7);
        sample
            .at(AINO, own, move |tx, desk, gate| {
                create::link_code(tx, desk, gate, &code)
            })
            .unwrap();
        sample.begin(spouse, VILLE, "own_worker");
        assert!(sample.sees(VILLE, spouse), "not known to be his");
        sample.run(
            "update staff set identity_hash = $2 where id = $1",
            params![VILLE, sample.desk.key.hash(&code)],
        );
        assert_eq!(sample.gate(VILLE, own).unwrap().bars()[0], Bar::B01);
        assert!(
            sample
                .gate(VILLE, spouse)
                .unwrap()
                .bars()
                .contains(&Bar::B02)
        );
        assert!(!sample.sees(VILLE, spouse));
        let now = sample.now();
        let list = sample
            .store
            .read_blocking(move |tx| own::read(tx, &reader(VILLE), &own::Filter::default(), now))
            .unwrap();
        assert!(list.rows.is_empty(), "nor in the list");
    });
}

#[test]
fn a_deputy_is_a_colleague_of_those_led_between_the_days() {
    each(|sample| {
        let code = made_up("1980-01-01", 1);
        let client = sample.plain(person("Salmela", "Aino", Some(code)));
        sample.run(
            "update staff set identity_hash = $2 where id = $1",
            params![AINO, sample.desk.key.hash(&code)],
        );
        sample.begin(client, VILLE, "contact_holder");
        let (from, to) = (
            kernel::time::day(sample.now() + days(2)).to_string(),
            kernel::time::day(sample.now() + days(4)).to_string(),
        );
        sample.run(
            "insert into deputy_lead (id, unit_id, staff_id, begins_on, ends_on, requested_at, requested_by, approved_at, approved_by) values (1, $1, $2, $3, $4, 0, $5, 0, $6)",
            params![NORTH, VILLE, from, to, HANNA, LIISA],
        );
        let barred: Vec<bool> = (0..6)
            .map(|_| {
                let gate = sample.gate(VILLE, client).unwrap();
                let now = sample.now();
                let list = sample
                    .store
                    .read_blocking(move |tx| {
                        own::read(tx, &reader(VILLE), &own::Filter::default(), now)
                    })
                    .unwrap();
                let barred = gate.bars().contains(&Bar::B03);
                assert_eq!(list.rows.is_empty(), barred, "the list says the same");
                sample.clock.advance(days(1));
                barred
            })
            .collect();
        assert_eq!(barred, [false, false, true, true, true, false]);
    });
}

#[test]
fn a_colleague_is_seen_only_by_who_must() {
    each(|sample| {
        let own = made_up("1980-01-01", 1);
        let client = sample.plain(person("Salmela", "Aino", Some(own)));
        sample.run(
            "update staff set identity_hash = $2 where id = $1",
            params![AINO, sample.desk.key.hash(&own)],
        );
        sample.begin_of(client, JAANA, "contact_holder", None, None);
        assert!(!sample.sees(JAANA, client), "same unit");
        assert!(!sample.sees(HANNA, client), "its lead");
        sample.begin(client, JAANA, "own_worker");
        let gate = sample.gate(JAANA, client).unwrap();
        assert!(
            !gate.bars().contains(&Bar::B03),
            "a named own worker passes"
        );
        sample.begin(client, VILLE, "own_worker");
        assert!(sample.sees(VILLE, client), "another unit");
    });
}

#[test]
fn absence_restriction_and_death_close() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        sample.begin(client, VILLE, "own_worker");
        sample.run(
            "insert into absence (staff_id, begins_on, ends_on) values ($1, '2026-03-13', '2026-04-11')",
            params![AINO],
        );
        assert!(sample.sees(AINO, client), "30 days are no long absence");
        sample.run(
            "update absence set ends_on = '2026-04-12' where staff_id = $1",
            params![AINO],
        );
        assert!(!sample.sees(AINO, client), "31 are");
        assert!(sample.sees(VILLE, client));

        sample.begin(client, PAULA, "consulted");
        sample
            .at(PAULA, client, |tx, desk, gate| {
                clients::store::protect::restrict(
                    tx,
                    desk,
                    gate,
                    identity::people::UnitId::from_bytes(SOUTH),
                    &[id(VILLE), id(PAULA)],
                    "uhka työntekijän lähipiiristä",
                )
            })
            .unwrap();
        assert!(sample.sees(VILLE, client), "named");
        assert!(!sample.sees(HANNA, client), "not named");
        assert!(
            sample
                .gate(HANNA, client)
                .unwrap()
                .bars()
                .contains(&Bar::B08)
        );
        sample
            .at(PAULA, client, |tx, desk, gate| {
                clients::store::protect::lift_restriction(tx, desk, gate, "ohi")
            })
            .unwrap();
        assert!(sample.sees(HANNA, client));

        sample.run(
            "update client set died_on = '2026-03-13' where id = $1",
            params![client.bytes()],
        );
        sample.clock.advance(days(30));
        assert!(sample.sees(VILLE, client), "30 days after the death");
        sample.clock.advance(days(1));
        assert!(
            sample
                .gate(VILLE, client)
                .unwrap()
                .bars()
                .contains(&Bar::B12)
        );
        assert!(!sample.sees(VILLE, client));
        // Told late, or by mistake: there are 30 days to deal with it from the day it was written down.
        sample.run(
            "update client set death_known_on = $2 where id = $1",
            params![client.bytes(), day(sample.now()).to_string()],
        );
        assert!(sample.sees(VILLE, client));
        sample.clock.advance(days(31));
        assert!(!sample.sees(VILLE, client));
    });
}

#[test]
fn a_restricted_unit_is_for_its_own_people() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        sample.begin(client, VILLE, "own_worker");
        sample.run(
            "insert into bar (id, unit_id, kind, began_at, reason, source) values ($1, $2, 'B08', $3, 'väkivaltatyö', 'lead')",
            params![[8_u8; 16], NORTH, millis(sample.now())],
        );
        assert!(sample.sees(AINO, client));
        assert!(!sample.sees(VILLE, client));
        sample.begin(client, EMMA, "emergency_event");
        assert!(
            sample.sees(EMMA, client),
            "an emergency passes, with an event"
        );
    });
}

#[test]
fn hidden_and_unknown_cost_the_same() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        let unknown = clients::ClientId::from_bytes([99; 16]);
        let cost = |client| {
            let before = sample.store.statement_count();
            drop(sample.gate(VILLE, client));
            sample.store.statement_count() - before
        };
        assert_eq!((cost(client), cost(unknown)), (1, 1));
        assert!(matches!(
            sample.gate(VILLE, unknown),
            Err(ClientError::NotFound)
        ));
    });
}
