//! The own worker with the social worker beside, and the one name and number that a client always has.

use casework::domain::{MatterError, MatterId, NoOwnWorker};
use casework::net_sources;
use casework::sources;
use casework::store::one_number::{self, OneNumber, Way};
use casework::store::own_worker::{self, OwnWorker};
use casework::store::workers::{self, Substitute};
use clients::ClientId;
use identity::people::{self, UnitId};
use kernel::time::SignedDuration;
use store::{Query, params};
use testkit::{sqlite_store, stores};
use web::Texts;

use crate::leaver::{leaves, today};
use crate::support::*;

pub fn texts(sample: &Sample) -> Texts {
    sample.house.texts(kernel::language::Language::Fi)
}

pub fn name(
    sample: &Sample,
    by: [u8; 16],
    matter: MatterId,
    client: ClientId,
    named: OwnWorker,
) -> Result<(), MatterError> {
    sample.try_act(by, move |tx, casework, reader| {
        own_worker::name_own_worker(tx, casework, reader, matter, client, &named)
    })
}

pub fn named(sample: &Sample, worker: [u8; 16]) -> OwnWorker {
    OwnWorker::new(staff(worker), today(sample))
}

pub fn number(sample: &Sample, client: ClientId) -> Option<OneNumber> {
    let now = sample.casework.now();
    sample
        .store
        .read_blocking(move |tx| one_number::of(tx, &[client], now))
        .unwrap()
        .remove(&client)
}

/// Who is in a relation to the client now.
pub fn in_force(sample: &Sample, client: ClientId, kind: &'static str) -> Vec<[u8; 16]> {
    let now = sample.casework.now();
    sample
        .store
        .read_blocking(move |tx| {
            tx.query(
                "select staff_id from relation where client_id = $1 and kind = $2 and began_at <= $3 and (ends_at is null or ends_at > $3) order by staff_id",
                &params![client.bytes(), kind, now],
            )?
            .iter()
            .map(|row| row.get(0))
            .collect::<Result<_, store::StoreError>>()
        })
        .unwrap()
}

pub fn special(sample: &Sample, client: ClientId) {
    let on = today(sample).to_string();
    let now = sample.casework.now();
    sample
        .store
        .write_blocking(move |tx| {
            tx.execute(
                "insert into client_detail (id, client_id, kind, value, valid_from, source, protected, recorded_at) values ($1, $2, 'special_support', 'yes', $3, 'test', 0, $4)",
                &params![[77; 16], client.bytes(), on, now],
            )
        })
        .unwrap();
}

#[test]
fn special_support_asks_for_a_social_worker_in_office() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, matter) = sample.held(AINO, "Tukea");
        assert!(name(&sample, AINO, matter, client, named(&sample, VILLE)).is_ok());
        special(&sample, client);
        let ville = named(&sample, VILLE);
        let alone = name(&sample, AINO, matter, client, ville.clone());
        assert!(matches!(alone, Err(MatterError::PairMissing)));
        for unfit in [NURSE, TUULA] {
            let pair = OwnWorker {
                pair: Some(staff(unfit)),
                ..ville.clone()
            };
            let refused = name(&sample, AINO, matter, client, pair);
            assert!(matches!(refused, Err(MatterError::PairUnfit)));
        }
        let pair = OwnWorker {
            pair: Some(staff(SANNA)),
            message: "Soita aamulla, puhelin on kiinni iltapäivisin.".to_owned(),
            ..ville
        };
        name(&sample, AINO, matter, client, pair).unwrap();
        assert_eq!(in_force(&sample, client, "own_team"), [SANNA]);
        // A social worker in office is enough alone, and the pair ends with the naming that had one.
        sample.clock.advance(SignedDuration::from_hours(1));
        name(&sample, AINO, matter, client, named(&sample, AINO)).unwrap();
        assert_eq!(
            in_force(&sample, client, "own_team"),
            Vec::<[u8; 16]>::new()
        );
        assert_eq!(in_force(&sample, client, "own_worker"), [AINO]);
        let now = sample.casework.now();
        let (periods, waivers) = sample
            .store
            .read_blocking(move |tx| own_worker::history(tx, client, now))
            .unwrap();
        let told: Vec<(&str, bool, bool)> = periods
            .iter()
            .map(|one| (one.name.as_str(), one.now, !one.message.is_empty()))
            .collect();
        assert!(told.contains(&("Aino Salmela", true, false)), "{told:?}");
        assert!(told.contains(&("Ville Aho", false, true)), "{told:?}");
        assert_eq!(waivers, []);
    }
}

#[test]
fn a_naming_ends_by_the_last_day_of_whoever_is_named() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, matter) = sample.held(AINO, "Pitkä");
        let last = today(&sample) + SignedDuration::from_hours(24 * 60);
        leaves(&sample, VILLE, last);
        let ville = named(&sample, VILLE);
        let refused = name(&sample, AINO, matter, client, ville.clone());
        assert!(matches!(refused, Err(MatterError::LastDay(day)) if day == last));
        let until = OwnWorker {
            to: Some(last),
            ..ville
        };
        name(&sample, AINO, matter, client, until).unwrap();
        // A temporary right to work as a social worker ends too (817/2015 12 §).
        let temporary = today(&sample) + SignedDuration::from_hours(24 * 30);
        let text = temporary.to_string();
        sample
            .store
            .write_blocking(move |tx| {
                tx.execute("update professional_right set temporary = 1, valid_until = $2 where staff_id = $1", &params![SANNA, text])
            })
            .unwrap();
        let refused = name(&sample, AINO, matter, client, named(&sample, SANNA));
        assert!(
            matches!(refused, Err(MatterError::LastDay(day)) if day == temporary),
            "{refused:?}"
        );
    }
}

#[test]
fn a_reason_for_naming_nobody_ends_when_somebody_is_named() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, matter) = sample.held(AINO, "Neuvottu");
        for words in ["Kerta-asia", "Edelleen kerta-asia"] {
            sample.act(AINO, move |tx, casework, reader| {
                let reason = NoOwnWorker::Unnecessary;
                own_worker::waive_own_worker(tx, casework, reader, matter, client, reason, words)
            });
        }
        let open = "select count(*) from own_worker_waiver where ended_at is null";
        assert_eq!(sample.count(open), 1);
        // Until somebody is named, whoever answers for the matter answers for the client.
        let answers = number(&sample, client).unwrap();
        assert_eq!((answers.staff, answers.way), (staff(AINO), Way::Holder));
        name(&sample, AINO, matter, client, named(&sample, VILLE)).unwrap();
        assert_eq!(sample.count(open), 0);
        let answers = number(&sample, client).unwrap();
        assert_eq!((answers.staff, answers.way), (staff(VILLE), Way::OwnWorker));
    }
}

#[test]
fn who_answers_follows_absence_and_leaving() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        sample
            .store
            .write_blocking(|tx| {
                tx.execute(
                    "update unit set phone = '014 000 0201' where id = $1",
                    &params![NORTH],
                )?;
                tx.execute(
                    "update staff set phone = '040 000 1111' where id = $1",
                    &params![SANNA],
                )
            })
            .unwrap();
        let (client, matter) = sample.held(AINO, "Aina");
        name(&sample, AINO, matter, client, named(&sample, SANNA)).unwrap();
        let told = |way, who, phone: &str| {
            let one = number(&sample, client).unwrap();
            assert_eq!((one.way, one.staff), (way, staff(who)));
            assert_eq!(one.phone.as_deref(), Some(phone));
        };
        told(Way::OwnWorker, SANNA, "040 000 1111");
        let now = today(&sample);
        sample
            .store
            .write_blocking(move |tx| people::add_absence(tx, staff(SANNA), now, now))
            .unwrap();
        told(Way::Holder, AINO, "014 000 0201");
        sample.act(AINO, move |tx, casework, reader| {
            let substitute = Substitute {
                staff: staff(VILLE),
                from: now,
                to: now,
            };
            workers::name_substitute(tx, casework, reader, matter, &substitute)
        });
        told(Way::Substitute, VILLE, "014 000 0201");
        leaves(&sample, SANNA, now.yesterday().unwrap());
        leaves(&sample, AINO, now.yesterday().unwrap());
        sample.clock.advance(SignedDuration::from_hours(24));
        // The duty holder of the unit, who is Ville.
        told(Way::Duty, VILLE, "014 000 0201");
    }
}

#[test]
fn a_departed_own_workers_clients_rise_to_the_lead() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, matter) = sample.held(AINO, "Lähtijän");
        name(&sample, AINO, matter, client, named(&sample, SANNA)).unwrap();
        let (_, other) = sample.held(AINO, "Nimeämätön");
        leaves(&sample, SANNA, today(&sample).yesterday().unwrap());
        let alerts = |worker: [u8; 16]| {
            let (reader, t, now) = (reader(worker), texts(&sample), sample.casework.now());
            sample
                .store
                .store()
                .show_blocking(move |tx| {
                    let unit = UnitId::from_bytes(NORTH);
                    net_sources::alerts(tx, &reader, unit, &t, now)
                })
                .unwrap()
                .value
        };
        let seen = alerts(HANNA);
        let told: Vec<(&str, &str, String)> = seen
            .iter()
            .map(|one| (one.kind, one.who.as_str(), one.href.clone()))
            .collect();
        assert_eq!(
            told,
            [
                (
                    "own_worker_left",
                    "Testi Lähtijän",
                    format!("/matters/{matter}/own-worker")
                ),
                (
                    "own_worker_unnamed",
                    "Testi Nimeämätön",
                    format!("/matters/{other}/own-worker")
                ),
            ]
        );
        assert_eq!(alerts(LIISA), [], "the lead of another unit");
        assert_eq!(
            alerts(NURSE),
            [],
            "whoever neither leads nor works with them"
        );
        // Whoever leads the unit names the next.
        name(&sample, HANNA, matter, client, named(&sample, VILLE)).unwrap();
        assert!(
            alerts(HANNA)
                .iter()
                .all(|one| one.kind != "own_worker_left")
        );
        // The next one is told on the desk, with the client's name.
        let (reader, t, now) = (reader(VILLE), texts(&sample), sample.casework.now());
        let works = sample
            .store
            .store()
            .show_blocking(move |tx| sources::works(tx, &reader, &t, now))
            .unwrap()
            .value;
        assert!(
            works
                .iter()
                .any(|one| one.waiting && one.clients == [client] && one.who == "Testi Lähtijän"),
            "{works:?}"
        );
    }
}

#[test]
fn a_dormant_matter_rises_after_the_countys_days() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (_, matter) = sample.held(AINO, "Hiljainen");
        let dormant = |days: i64| {
            let (reader, t, now) = (reader(HANNA), texts(&sample), sample.casework.now());
            sample
                .store
                .read_blocking(move |tx| {
                    let unit = UnitId::from_bytes(NORTH);
                    net_sources::dormant(tx, &reader, unit, days, &t, now)
                })
                .unwrap()
        };
        assert_eq!(dormant(60), []);
        sample.clock.advance(SignedDuration::from_hours(24 * 61));
        let seen = dormant(60);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].href, format!("/matters/{matter}"));
        assert_eq!(seen[0].who, "Testi Hiljainen");
        assert_eq!(dormant(90), []);
    }
}

#[test]
fn the_statements_do_not_grow_with_the_clients() {
    let sample = sample(sqlite_store(&rooms()));
    let cost = |sample: &Sample| {
        let (reader, lead) = (reader(AINO), reader(HANNA));
        let (t, now) = (texts(sample), sample.casework.now());
        let before = sample.store.store().statement_count();
        let rows = sample
            .store
            .store()
            .show_blocking(move |tx| {
                let works = sources::works(tx, &reader, &t, now)?;
                let mine = sources::my_clients(tx, &reader, now)?;
                let clients: Vec<ClientId> = mine.iter().map(|one| one.client).collect();
                let numbers = one_number::of(tx, &clients, now)?;
                let unit = UnitId::from_bytes(NORTH);
                let alerts = net_sources::alerts(tx, &lead, unit, &t, now)?;
                Ok::<_, store::StoreError>((works.len(), numbers.len(), alerts.len()))
            })
            .unwrap()
            .value;
        (rows, sample.store.store().statement_count() - before)
    };
    sample.held(AINO, "Yksi");
    let (one, for_one) = cost(&sample);
    for _ in 0..49 {
        sample.held(AINO, "Lisää");
    }
    let (fifty, for_fifty) = cost(&sample);
    assert_eq!((one.1, one.2), (1, 1));
    assert_eq!((fifty.1, fifty.2), (50, 50));
    assert!(fifty.0 >= 50, "{fifty:?}");
    assert_eq!(for_one, for_fifty);
}

#[test]
fn a_day_without_an_own_worker_has_a_name_too() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, _) = sample.queued(NORTH, "Jonossa");
        let one = number(&sample, client).unwrap();
        assert_eq!((one.way, one.staff), (Way::Duty, staff(VILLE)));
    }
}
