//! Nobody is named to answer for a client whom she could not open, and nobody learns why.

use casework::domain::{CloseReason, MatterError};
use casework::store::ending::{self, Closing};
use casework::store::follow_up::NewFollowUp;
use casework::store::own_worker::OwnWorker;
use casework::store::workers::{self, Substitute};
use clients::ClientId;
use kernel::time::{Date, SignedDuration};
use store::params;
use testkit::stores;

use crate::leaver::today;
use crate::own_worker::{in_force, name, named, special};
use crate::support::*;

fn bar(sample: &Sample, client: ClientId, worker: [u8; 16]) {
    sample
        .store
        .write_blocking(move |tx| {
            tx.execute(
                "insert into bar (id, client_id, staff_id, kind, began_at, reason, source) values ($1, $2, $3, 'B19', 0, 'r', 'self')",
                &params![[88; 16], client.bytes(), worker],
            )
        })
        .unwrap();
}

fn in_days(sample: &Sample, days: i64) -> Date {
    today(sample).saturating_add(SignedDuration::from_hours(24 * days))
}

#[test]
fn whoever_could_not_open_the_client_is_not_named() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, matter) = sample.held(AINO, "Lähellä");
        bar(&sample, client, SANNA);
        // A lead is a professional and works with nobody's matters.
        for unable in [SANNA, LIISA] {
            let own = name(&sample, AINO, matter, client, named(&sample, unable));
            assert!(matches!(own, Err(MatterError::ReceiverAway)), "{own:?}");
            let (from, to) = (today(&sample), in_days(&sample, 7));
            let substitute = sample.try_act(AINO, move |tx, casework, reader| {
                let substitute = Substitute {
                    staff: staff(unable),
                    from,
                    to,
                };
                workers::name_substitute(tx, casework, reader, matter, &substitute)
            });
            assert!(matches!(substitute, Err(MatterError::ReceiverAway)));
            let joined = sample.try_act(AINO, move |tx, casework, reader| {
                workers::join(tx, casework, reader, matter, staff(unable), "")
            });
            assert!(matches!(joined, Err(MatterError::ReceiverAway)));
            let on = in_days(&sample, 20);
            let followed = sample.try_act(AINO, move |tx, casework, reader| {
                let closing = Closing {
                    reason: CloseReason::ALL[0],
                    words: "Valmis".to_owned(),
                    late_reason: None,
                    no_ground: None,
                    follow_up: Some(NewFollowUp {
                        staff: staff(unable),
                        on,
                        what: "Soitto".to_owned(),
                    }),
                    voices: Vec::new(),
                };
                ending::close(tx, casework, reader, matter, &closing)
            });
            assert!(matches!(followed, Err(MatterError::FollowerUnfit)));
        }
        special(&sample, client);
        let beside = OwnWorker {
            pair: Some(staff(SANNA)),
            ..named(&sample, VILLE)
        };
        let refused = name(&sample, AINO, matter, client, beside);
        assert!(matches!(refused, Err(MatterError::PairUnfit)));
        for kind in ["own_team", "substitute"] {
            assert_eq!(in_force(&sample, client, kind), Vec::<[u8; 16]>::new());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_naming_begins_on_a_possible_day() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, matter) = sample.held(AINO, "Nimetään");
        for from in [Date::constant(1900, 1, 1), in_days(&sample, 400)] {
            let wrong = OwnWorker {
                from,
                ..named(&sample, VILLE)
            };
            let refused = name(&sample, AINO, matter, client, wrong);
            assert!(matches!(refused, Err(MatterError::FirstDay)), "{refused:?}");
        }
        // Somebody for next winter, and then somebody else today: the first one never begins.
        let later = OwnWorker {
            from: in_days(&sample, 300),
            ..named(&sample, SANNA)
        };
        name(&sample, AINO, matter, client, later).unwrap();
        sample.clock.advance(SignedDuration::from_hours(1));
        name(&sample, AINO, matter, client, named(&sample, VILLE)).unwrap();
        assert_eq!(
            sample.count("select count(*) from relation where ends_at < began_at"),
            0
        );
        assert_eq!(in_force(&sample, client, "own_worker"), [VILLE]);
        let cookie = sample.enter(AINO).await;
        let (ville, client) = (staff(VILLE).to_string(), client.to_string());
        let form = [
            ("how", "nobody-knows"),
            ("client", client.as_str()),
            ("staff", ville.as_str()),
            ("from", "13.3.2026"),
        ];
        let page = sample
            .post(&format!("/matters/{matter}/own-worker"), &form, &cookie)
            .await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("Valitse, nimetäänkö omatyöntekijä."));
    }
}

/// An act, its field where somebody is chosen, a field with words, and what else the form needs.
type Choosing = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_bar_keeps_from_the_client_is_not_offered() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, matter) = sample.held(AINO, "Lähellä");
        let cookie = sample.enter(AINO).await;
        let (sanna, here) = (staff(SANNA).to_string(), client.to_string());
        let person = format!("person:{sanna}");
        let forms: [Choosing; 6] = [
            (
                "own-worker",
                "staff",
                "message",
                &[("how", "named"), ("from", "13.3.2026")],
            ),
            (
                "own-worker",
                "pair",
                "message",
                &[("how", "named"), ("from", "13.3.2026")],
            ),
            (
                "substitute",
                "staff",
                "from",
                &[("from", "13.3.2026"), ("to", "20.3.2026")],
            ),
            ("worker", "staff", "task", &[]),
            ("offer", "receiver", "body", &[]),
            (
                "close",
                "follow_who",
                "follow_what",
                &[("reason", "handled"), ("follow_on", "20.3.2026")],
            ),
        ];
        for barred in [false, true] {
            if barred {
                bar(&sample, client, SANNA);
            }
            for (act, field, typed, more) in forms {
                let path = format!("/matters/{matter}/{act}");
                let value = if field == "receiver" { &person } else { &sanna };
                let page = sample.get(&path, &cookie).await;
                assert_eq!(page.status, 200, "{act}");
                let offered = page.body.contains(&format!("value=\"{value}\""));
                assert_eq!(offered, !barred, "{act} {field}");
                if !barred {
                    continue;
                }
                let mut fields = vec![("client", here.as_str()), (field, value.as_str())];
                fields.extend_from_slice(more);
                fields.retain(|(name, _)| *name != typed);
                fields.push((typed, "Sanat säilyvät"));
                let refused = sample.post(&path, &fields, &cookie).await;
                assert_eq!(refused.status, 422, "{act} {field}");
                let link = format!("href=\"#f-{field}\"");
                for told in [
                    link.as_str(),
                    "Tätä henkilöä ei voi valita tähän.",
                    "Sanat säilyvät",
                ] {
                    assert!(
                        refused.body.contains(told),
                        "{act}: {told}: {}",
                        refused.body
                    );
                }
            }
        }
        // Another client's matter offers her as before, and whoever may not read the matter learns nothing.
        let (_, other) = sample.held(AINO, "Muu");
        let page = sample
            .get(&format!("/matters/{other}/worker"), &cookie)
            .await;
        assert!(page.body.contains(&sanna));
        let liisa = sample.enter(LIISA).await;
        let tried = sample
            .post(
                &format!("/matters/{matter}/worker"),
                &[("staff", sanna.as_str())],
                &liisa,
            )
            .await;
        assert!(!tried.body.contains("Tätä henkilöä ei voi valita"));
    }
}
