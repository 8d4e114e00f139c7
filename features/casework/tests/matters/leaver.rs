//! What a leaver holds, to whom it is given, and that no end date leaves a matter without a holder.

use casework::domain::{MatterError, MatterId};
use casework::holdings::Matters;
use casework::store::net::{self, Why};
use casework::store::offers;
use casework::store::{holding, workers};
use clients::holdings::Relations;
use clients::store::protect;
use clients::{ClientId, Gate};
use identity::admin::Holdings;
use identity::people;
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, SignedDuration, day};
use store::{Query, StoreError, params};
use testkit::{sqlite_store, stores};

use crate::support::*;

const FAMILY: &str = "Salainensukunimi";

/// Everything that somebody holds, by its label.
fn held(sample: &Sample, worker: [u8; 16]) -> Vec<(&'static str, i64)> {
    let rooms: [Box<dyn Holdings>; 2] = [
        Box::new(Matters(sample.casework.clone())),
        Box::new(Relations(sample.casework.clients.clone())),
    ];
    sample
        .store
        .read_blocking(move |tx| {
            let mut held = Vec::new();
            for room in &rooms {
                held.extend(room.held(tx, staff(worker))?);
            }
            Ok::<_, StoreError>(held)
        })
        .unwrap()
        .into_iter()
        .filter(|one| one.count > 0)
        .map(|one| (one.label, one.count))
        .collect()
}

pub fn holder(sample: &Sample, matter: MatterId) -> [u8; 16] {
    let open = sample
        .store
        .read_blocking(move |tx| holding::open_holdings(tx, matter))
        .unwrap();
    assert_eq!(open.len(), 1, "exactly one holder");
    open[0].1.bytes()
}

pub fn today(sample: &Sample) -> Date {
    day(sample.casework.now())
}

pub fn leaves(sample: &Sample, worker: [u8; 16], last: Date) {
    sample
        .store
        .write_blocking(move |tx| people::end_employment(tx, staff(worker), last))
        .unwrap();
}

/// Aino holds two matters, is the first client's own worker with a right to protected details, and works beside Ville
/// on a third.
fn busy(sample: &Sample) -> (ClientId, [MatterId; 3]) {
    let (client, first) = sample.held(AINO, FAMILY);
    let (_, second) = sample.held(AINO, "Toinen");
    let (_, third) = sample.held(VILLE, "Kolmas");
    sample.relate(client, AINO, "own_worker");
    sample.act(VILLE, move |tx, casework, reader| {
        workers::join(tx, casework, reader, third, staff(AINO), "")
    });
    let until = today(sample) + SignedDuration::from_hours(24 * 100);
    sample.act(HANNA, move |tx, casework, reader| {
        let gate = Gate::open(tx, reader, client, casework.now())?;
        let (desk, task) = (&casework.clients, "Kotikäynnit");
        Ok(protect::give_secret_right(
            tx,
            desk,
            &gate,
            staff(AINO),
            task,
            until,
        )?)
    });
    (client, [first, second, third])
}

async fn transfer(sample: &Sample, lead: [u8; 16], from: [u8; 16], to: [u8; 16]) -> Answered {
    let path = format!("/admin/people/{}/transfer", staff(from));
    let to = staff(to).to_string();
    let fields = [("receiver", to.as_str()), ("reason", "Aino lähtee muualle")];
    sample.post(&path, &fields, &sample.enter(lead).await).await
}

/// Relations in force now, of a kind, as worker and client.
fn in_force(sample: &Sample, kind: &'static str) -> Vec<[u8; 16]> {
    let now = sample.casework.now();
    sample
        .store
        .read_blocking(move |tx| {
            tx.query(
                "select staff_id from relation where kind = $1 and began_at <= $2 and (ends_at is null or ends_at > $2) order by staff_id",
                &params![kind, now],
            )?
            .iter()
            .map(|row| row.get(0))
            .collect::<Result<_, StoreError>>()
        })
        .unwrap()
}

fn secret_of(sample: &Sample, worker: [u8; 16]) -> i64 {
    let on = today(sample).to_string();
    sample
        .store
        .read_blocking(move |tx| {
            tx.query_one(
                "select count(*) from secret_right where staff_id = $1 and ended_at is null and begins_on <= $2 and ends_on >= $2 and task = 'Kotikäynnit'",
                &params![worker, on],
            )?
            .get::<i64>(0)
        })
        .unwrap()
}

/// The events of the log, in order.
fn events(sample: &Sample) -> Vec<String> {
    sample
        .store
        .read_blocking(|tx| {
            tx.query("select header from log_entry order by position", &[])?
                .iter()
                .map(|row| row.get::<Vec<u8>>(0))
                .collect::<Result<Vec<_>, StoreError>>()
        })
        .unwrap()
        .iter()
        .map(|header| {
            access::log::decode_header(header)
                .unwrap()
                .event
                .to_string()
        })
        .collect()
}

pub fn accept_all(sample: &Sample, worker: [u8; 16]) {
    let waiting = sample
        .store
        .read_blocking(|tx| {
            tx.query(
                "select id from matter_offer where state = 'open' order by id",
                &[],
            )?
            .iter()
            .map(|row| row.get(0).map(casework::domain::MatterOfferId::from_bytes))
            .collect::<Result<Vec<_>, StoreError>>()
        })
        .unwrap();
    for offer in waiting {
        sample.act(worker, move |tx, casework, reader| {
            offers::accept(tx, casework, reader, offer)
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_departed_held_goes_to_a_named_person() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, [first, second, third]) = busy(&sample);
        assert_eq!(
            held(&sample, AINO),
            [
                ("held-matters", 2),
                ("held-matters-beside", 1),
                ("held-own-clients", 1),
                ("held-secret-rights", 1)
            ]
        );
        leaves(&sample, AINO, today(&sample).yesterday().unwrap());
        sample.clock.advance(SignedDuration::from_mins(1));
        let answer = transfer(&sample, HANNA, AINO, SANNA).await;
        assert_eq!(
            answer.location(),
            format!("/admin/people/{}?done=moved", staff(AINO)),
            "{}",
            answer.body
        );
        assert_eq!(held(&sample, AINO), []);
        // The lead answers until the named person has accepted.
        assert_eq!([first, second].map(|one| holder(&sample, one)), [HANNA; 2]);
        assert_eq!(holder(&sample, third), VILLE);
        assert_eq!(in_force(&sample, "matter_holder"), [VILLE, HANNA, HANNA]);
        assert_eq!(
            in_force(&sample, "matter_participant"),
            [VILLE, HANNA, HANNA, SANNA]
        );
        assert_eq!(in_force(&sample, "own_worker"), [SANNA]);
        assert_eq!(
            (secret_of(&sample, AINO), secret_of(&sample, SANNA)),
            (0, 1)
        );
        sample.clock.advance(SignedDuration::from_mins(1));
        accept_all(&sample, SANNA);
        assert_eq!([first, second].map(|one| holder(&sample, one)), [SANNA; 2]);
        assert_eq!(in_force(&sample, "matter_holder"), [VILLE, SANNA, SANNA]);
        // What was is still read: three holders one after another, and Aino's ended facts with their tails.
        let history = sample
            .store
            .read_blocking(move |tx| {
                tx.query(
                    "select staff_id, how from matter_holding where matter_id = $1 order by began_at, id",
                    &params![first.bytes()],
                )?
                .iter()
                .map(|row| Ok((row.get(0)?, row.get(1)?)))
                .collect::<Result<Vec<([u8; 16], String)>, StoreError>>()
            })
            .unwrap();
        let of = |id, how: &str| (id, how.to_owned());
        assert_eq!(history.len(), 3);
        assert_eq!(
            history[1..],
            [of(HANNA, "taken_over"), of(SANNA, "accepted")]
        );
        assert_eq!(
            sample.count("select count(*) from relation r join staff s on s.id = r.staff_id where s.name = 'Aino Salmela' and r.kind in ('matter_holder', 'matter_participant', 'own_worker') and r.ends_at is not null and r.tail_until > r.ends_at"),
            6
        );
        // Each act is in the log, by its own right and with whose data it was.
        for (event, count) in [
            ("matter.take_over", 2),
            ("matter.offer", 2),
            ("matter.worker_join", 2),
            ("matter.worker_leave", 1),
            ("client.relation_pass", 1),
            ("client.secret_right_end", 1),
            ("admin.holdings_transfer", 1),
        ] {
            let found = events(&sample).iter().filter(|one| *one == event).count();
            assert_eq!(found, count, "{event}");
        }
        let cookie = sample.enter(SANNA).await;
        let page = sample.get(&format!("/clients/{client}"), &cookie).await;
        assert!(page.body.contains(FAMILY), "the receiver sees the client");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_still_at_work_answers_to_the_last_day_and_then_the_lead_sees() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (_, [first, second, third]) = busy(&sample);
        let net = |worker| {
            sample
                .act(worker, |tx, casework, reader| {
                    Ok(net::unheld(tx, reader, casework.now())?)
                })
                .into_iter()
                .map(|row| (row.matter, row.why, row.take_over, row.hand_over))
                .collect::<Vec<_>>()
        };
        assert_eq!(net(HANNA), []);
        let last = today(&sample) + SignedDuration::from_hours(24 * 10);
        leaves(&sample, AINO, last);
        let before = net(HANNA);
        assert_eq!(before.len(), 2, "before the last day, in time");
        assert!(
            before
                .iter()
                .all(|row| (row.1, row.2, row.3) == (Why::Leaving(last), false, true))
        );
        assert_eq!(net(LIISA), [], "another unit's lead");
        transfer(&sample, HANNA, AINO, SANNA).await;
        assert_eq!([first, second].map(|one| holder(&sample, one)), [AINO; 2]);
        assert_eq!(
            held(&sample, AINO),
            [("held-matters", 2), ("held-matters-offered", 2)]
        );
        // Clients keep their own worker to the last day, and have the next one from then on.
        assert_eq!(in_force(&sample, "own_worker"), [AINO]);
        assert_eq!(
            (secret_of(&sample, AINO), secret_of(&sample, SANNA)),
            (1, 0)
        );
        assert_eq!(
            in_force(&sample, "matter_participant"),
            [AINO, AINO, AINO, VILLE, SANNA]
        );
        // Nobody accepted, the offers came back, the last day passed.
        sample.clock.advance(SignedDuration::from_hours(24 * 11));
        let waiting = sample.count("select count(*) from matter_offer where state = 'open'");
        assert_eq!(waiting, 2);
        let offers_back = sample
            .store
            .read_blocking(|tx| {
                tx.query("select id from matter_offer where state = 'open'", &[])?
                    .iter()
                    .map(|row| row.get(0).map(casework::domain::MatterOfferId::from_bytes))
                    .collect::<Result<Vec<_>, StoreError>>()
            })
            .unwrap();
        for offer in offers_back {
            assert!(sample.act(HANNA, move |tx, casework, _| {
                offers::come_back(tx, casework, offer)
            }));
        }
        assert_eq!(in_force(&sample, "own_worker"), [SANNA]);
        assert_eq!(
            (secret_of(&sample, AINO), secret_of(&sample, SANNA)),
            (0, 1)
        );
        assert!(!in_force(&sample, "matter_participant").is_empty());
        let left = net(HANNA);
        assert_eq!(left.len(), 2);
        assert!(
            left.iter()
                .all(|row| (row.1, row.2, row.3) == (Why::Left, true, false))
        );
        for matter in [first, second] {
            assert_eq!(holder(&sample, matter), AINO, "nobody is a holder unasked");
            sample.act(HANNA, move |tx, casework, reader| {
                holding::take_over(tx, casework, reader, matter, "Aino on lähtenyt")
            });
            assert_eq!(holder(&sample, matter), HANNA);
        }
        assert_eq!(net(HANNA), []);
        assert_eq!(holder(&sample, third), VILLE);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_to_the_administrator_and_the_giving_to_the_units_lead() {
    let sample = sample(sqlite_store(&rooms()));
    let (_, [first, ..]) = busy(&sample);
    leaves(&sample, AINO, today(&sample).yesterday().unwrap());
    let path = format!("/admin/people/{}", staff(AINO));
    for reader in [TUULA, HANNA] {
        let page = sample.get(&path, &sample.enter(reader).await).await;
        assert_eq!(page.status, 200, "{}", page.body);
        for shown in [
            "Asioita vastuulla 2",
            "Asioita, joissa mukana 1",
            "Omatyöntekijänä, asiakkaita 1",
            "Oikeuksia suojattuihin tietoihin 1",
        ] {
            assert!(page.body.contains(shown), "{shown}");
        }
        for unseen in [FAMILY, "Toinen", "/matters/", "/clients/"] {
            let main = page.body.split("<main").nth(1).unwrap();
            assert!(!main.contains(unseen), "{unseen}");
        }
        let form = page.body.contains(&format!("{path}/transfer"));
        assert_eq!(form, reader == HANNA);
    }
    for other in [VILLE, LIISA] {
        let answer = transfer(&sample, other, AINO, SANNA).await;
        assert_eq!(answer.status, 404);
    }
    // A nurse could take none of it: nothing moves, and what was typed stays.
    let answer = transfer(&sample, HANNA, AINO, NURSE).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.body.contains("Mitään ei voitu siirtää")
            && answer.body.contains("Aino lähtee muualle")
    );
    let answer = transfer(&sample, HANNA, AINO, AINO).await;
    assert_ne!(answer.status, 303);
    assert_eq!(holder(&sample, first), AINO);
    assert_eq!(held(&sample, AINO).len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relative_gets_neither_the_client_nor_the_right() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let code = IdentityCode::artificial(Date::constant(1980, 5, 4), 7).unwrap();
        let client = sample.client(FAMILY, Some(code));
        sample.opened(AINO, client, me(AINO));
        sample.relate(client, AINO, "own_worker");
        let hash = sample.casework.clients.key.hash(&code);
        sample
            .store
            .write_blocking(move |tx| {
                tx.execute(
                    "update staff set identity_hash = $2 where id = $1",
                    &params![SANNA, hash],
                )
            })
            .unwrap();
        leaves(&sample, AINO, today(&sample).yesterday().unwrap());
        let answer = transfer(&sample, HANNA, AINO, SANNA).await;
        assert_eq!(answer.status, 422, "Sanna is the client herself");
        assert_eq!(in_force(&sample, "own_worker"), [AINO]);
        transfer(&sample, HANNA, AINO, VILLE).await;
        assert_eq!(in_force(&sample, "own_worker"), [VILLE]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_hands_over_a_single_matter_from_its_page() {
    let sample = sample(sqlite_store(&rooms()));
    let (_, matter) = sample.held(AINO, "Pohjoisen");
    let form = format!("/matters/{matter}/offer");
    let receiver = format!("person:{}", staff(VILLE));
    for outsider in [LIISA, SANNA] {
        let cookie = sample.enter(outsider).await;
        assert_eq!(sample.get(&form, &cookie).await.status, 404);
        let fields = [("receiver", receiver.as_str()), ("body", "Minulle")];
        let answer = sample.post(&form, &fields, &cookie).await;
        assert!(answer.status.is_client_error(), "{}", answer.status);
        assert!(!answer.body.contains("Pohjoisen"), "nothing of the matter");
        assert_eq!(sample.count("select count(*) from matter_offer"), 0);
    }
    let cookie = sample.enter(HANNA).await;
    let page = sample.get(&format!("/matters/{matter}"), &cookie).await;
    assert!(page.body.contains(&form), "{}", page.body);
    let bare = sample
        .post(&form, &[("body", "Aino jää opintovapaalle")], &cookie)
        .await;
    assert_eq!(bare.status, 422);
    assert!(
        bare.body.contains("Aino jää opintovapaalle"),
        "typed text stays"
    );
    let fields = [
        ("receiver", receiver.as_str()),
        ("body", "Aino jää opintovapaalle"),
    ];
    let sent = sample.post(&form, &fields, &cookie).await;
    assert_eq!(sent.location(), format!("/matters/{matter}?done=offer"));
    assert_eq!(holder(&sample, matter), AINO, "until Ville accepts");
    accept_all(&sample, VILLE);
    assert_eq!(holder(&sample, matter), VILLE);
}

#[test]
fn the_statements_of_the_net_do_not_grow_with_its_rows() {
    let sample = sample(sqlite_store(&rooms()));
    leaves(&sample, AINO, today(&sample).tomorrow().unwrap());
    let cost = |sample: &Sample| {
        let before = sample.store.store().statement_count();
        let rows = sample.act(HANNA, |tx, casework, reader| {
            Ok::<_, MatterError>(net::unheld(tx, reader, casework.now())?)
        });
        (rows.len(), sample.store.store().statement_count() - before)
    };
    sample.held(AINO, "Yksi");
    let (one, for_one) = cost(&sample);
    for _ in 0..49 {
        sample.held(AINO, "Lisää");
    }
    let (fifty, for_fifty) = cost(&sample);
    assert_eq!((one, fifty), (1, 50));
    assert_eq!(for_one, for_fifty);
}
