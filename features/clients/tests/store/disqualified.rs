//! A worker who says that she is disqualified from a client (bar B19), and the way to a restriction (bar B08).

use std::sync::{Arc, Mutex};

use access::rights::Bar;
use clients::store::disqualified::{self, Release, Released, Releases};
use clients::store::{consult, own, protect, told};
use clients::{ClientError, ClientId};
use identity::people::{StaffId, UnitId};
use kernel::time::SignedDuration;
use store::{Query, StoreError, WriteTx, params};

use crate::support::*;

/// A room that remembers who stood down from whom.
#[derive(Default)]
struct Room(Mutex<Vec<(StaffId, ClientId)>>);

impl Release for Room {
    fn release(&self, _: &mut WriteTx<'_>, from: &Released<'_>) -> Result<usize, StoreError> {
        self.0.lock().unwrap().push((from.staff(), from.client));
        Ok(2)
    }
}

fn declare(sample: &Sample<'_>, staff: [u8; 16], client: ClientId) -> Result<usize, ClientError> {
    sample.at(staff, client, |tx, desk, gate| {
        disqualified::declare(tx, desk, gate, &Releases::default())
    })
}

fn notices(sample: &Sample<'_>, staff: [u8; 16]) -> Vec<(String, Option<String>)> {
    let (reader, now) = (reader(staff), sample.now());
    sample
        .store
        .show_blocking(move |tx| told::read(tx, &reader, now))
        .unwrap()
        .value
        .into_iter()
        .map(|one| (one.kind, one.client))
        .collect()
}

fn open_relations(sample: &Sample<'_>, staff: [u8; 16], client: ClientId) -> i64 {
    let now = sample.now();
    sample
        .store
        .read_blocking(move |tx| {
            tx.query_one(
                "select count(*) from relation where staff_id = $1 and client_id = $2 and (ends_at is null or ends_at > $3 or tail_until > $3)",
                &params![staff, client.bytes(), now],
            )?
            .get(0)
        })
        .unwrap()
}

#[test]
fn whoever_stands_down_sees_nothing_from_that_moment_and_the_lead_is_told() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        for kind in ["own_worker", "matter_participant", "recorder"] {
            sample.begin(client, AINO, kind);
        }
        sample.end(client, AINO, "recorder");
        sample.begin(client, VILLE, "own_team");
        let room = Arc::new(Room::default());
        let rooms = Releases(vec![room.clone()]);
        let released = sample
            .at(AINO, client, move |tx, desk, gate| {
                disqualified::declare(tx, desk, gate, &rooms)
            })
            .unwrap();
        assert_eq!(released, 2);
        assert_eq!(*room.0.lock().unwrap(), [(id(AINO), client)]);
        sample.clock.advance(SignedDuration::from_millis(1));
        assert!(!sample.sees(AINO, client));
        let gate = sample.gate(AINO, client).unwrap();
        assert!(gate.bars().contains(&Bar::B19));
        assert_eq!(open_relations(sample, AINO, client), 0, "no tail is left");
        assert_eq!(open_relations(sample, VILLE, client), 1);
        assert!(sample.sees(VILLE, client));
        let (who, now) = (reader(AINO), sample.now());
        let page = sample
            .store
            .read_blocking(move |tx| own::read(tx, &who, &own::Filter::default(), now))
            .unwrap();
        assert_eq!(page.rows, []);
        let of = ("disqualified".to_owned(), Some("Mikael Rautio".to_owned()));
        assert_eq!(notices(sample, HANNA), [of]);
        assert_eq!(notices(sample, AINO), []);
        // Exceptional access does not go round it.
        assert!(matches!(
            declare(sample, AINO, client),
            Err(ClientError::NotFound)
        ));
    });
}

#[test]
fn both_leads_are_told_when_the_client_is_another_units() {
    each(|sample| {
        let mut new = person("Rautio", "Mikael", None);
        new.unit = Some(UnitId::from_bytes(SOUTH));
        let client = sample.plain(new);
        sample.begin(client, AINO, "own_worker");
        declare(sample, AINO, client).unwrap();
        let name = Some("Mikael Rautio".to_owned());
        assert_eq!(notices(sample, LIISA), [("disqualified".to_owned(), name)]);
        // Her own lead learns that it happened, not with whom.
        assert_eq!(notices(sample, HANNA), [("disqualified".to_owned(), None)]);
    });
}

#[test]
fn only_whoever_sees_the_client_stands_down_and_only_the_lead_lifts_it() {
    each(|sample| {
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        let stranger = declare(sample, VILLE, client);
        assert!(matches!(stranger, Err(ClientError::ExceptionalOnly)));
        declare(sample, AINO, client).unwrap();
        let row = sample
            .store
            .read_blocking(move |tx| disqualified::now(tx, client))
            .unwrap()
            .remove(0);
        assert_eq!(row.name, "Aino Salmela");
        let lift = |staff, reason: &'static str| {
            sample.at(staff, client, move |tx, desk, gate| {
                disqualified::lift(tx, desk, gate, row.id, reason)
            })
        };
        assert!(matches!(lift(AINO, "Ei enää"), Err(ClientError::NotFound)));
        assert!(matches!(lift(LIISA, "Ei enää"), Err(ClientError::NotFound)));
        assert!(matches!(lift(HANNA, " "), Err(ClientError::Missing(_))));
        lift(HANNA, "Ero on vahvistettu").unwrap();
        assert!(matches!(lift(HANNA, "Uudestaan"), Err(ClientError::Ended)));
        sample.clock.advance(SignedDuration::from_millis(1));
        let gate = sample.gate(AINO, client).unwrap();
        assert!(!gate.bars().contains(&Bar::B19));
        assert!(!sample.sees(AINO, client), "nothing comes back by itself");
        sample.begin(client, AINO, "own_worker");
        assert!(sample.sees(AINO, client));
    });
}

#[test]
fn a_colleague_who_is_a_client_gets_to_a_named_unit() {
    each(|sample| {
        // A front-door worker of the north, whose own unit answers for her: nobody there may see her.
        let code = made_up("1985-03-03", 1);
        let hash = sample.desk.key.hash(&code);
        sample.run(
            "update staff set identity_hash = $2 where id = $1",
            params![JAANA, hash],
        );
        let client = sample.plain(person("Koski", "Jaana", Some(code)));
        sample.begin(client, VILLE, "own_worker");
        assert!(!sample.sees(HANNA, client) && sample.sees(VILLE, client));
        let askable = move || {
            let desk = sample.desk.clone();
            sample
                .store
                .read_blocking(move |tx| consult::askable(tx, &desk, client, id(VILLE)))
                .unwrap()
        };
        // Paula works beside Jaana: she is not named as somebody to ask.
        assert_eq!(askable(), []);
        let ask = |to| {
            sample.at(VILLE, client, move |tx, desk, gate| {
                consult::ask(tx, desk, gate, id(to))
            })
        };
        assert!(matches!(ask(PAULA), Err(ClientError::Missing(_))));
        sample.run(
            "update staff set unit_id = $2 where id = $1",
            params![PAULA, SOUTH],
        );
        assert_eq!(askable().len(), 1);
        ask(PAULA).unwrap();
        assert!(matches!(ask(PAULA), Err(ClientError::Already)));
        let of = (
            "restriction_asked".to_owned(),
            Some("Jaana Koski".to_owned()),
        );
        assert_eq!(notices(sample, PAULA), [of]);
        sample.begin(client, NURSE, "own_team");
        sample
            .at(PAULA, client, |tx, desk, gate| {
                let unit = UnitId::from_bytes(SOUTH);
                protect::restrict(tx, desk, gate, unit, &[id(VILLE)], "Työtoveri")
            })
            .unwrap();
        assert!(sample.sees(VILLE, client));
        assert!(!sample.sees(PAULA, client) && !sample.sees(LIISA, client));
        let gate = sample.gate(NURSE, client).unwrap();
        assert!(gate.bars().contains(&Bar::B08));
    });
}
