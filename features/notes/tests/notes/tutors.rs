//! A student's link to a client is one tutor's, and counts while that tutor works with the client herself.

use casework::domain::{CloseReason, MatterId};
use casework::store::ending::{self, Closing};
use casework::store::workers;
use clients::ClientId;
use clients::relations::{self, Which};
use kernel::clock::Clock;
use kernel::time::{SignedDuration, day};
use store::{Query, StoreError, params};
use testkit::stores;

use crate::student::guided;
use crate::support::*;

/// The lead says that somebody guides the student.
async fn say(sample: &Sample, tutor: [u8; 16]) -> Answered {
    let hanna = sample.enter(HANNA).await;
    let (student, tutor) = (staff(OPA).to_string(), staff(tutor).to_string());
    let fields = [
        ("student", student.as_str()),
        ("tutor", tutor.as_str()),
        ("until", "30.4.2026"),
    ];
    sample.post("/students", &fields, &hanna).await
}

/// The lead ends the guiding by one tutor.
async fn ends(sample: &Sample, tutor: [u8; 16]) {
    let id: [u8; 16] = sample
        .store
        .read_blocking(move |tx| {
            tx.query_one(
                "select id from tutoring where tutor = $1 and ended_at is null",
                &params![tutor],
            )?
            .get(0)
        })
        .unwrap();
    let hanna = sample.enter(HANNA).await;
    let path = format!(
        "/students/{}/end",
        notes::domain::TutoringId::from_bytes(id)
    );
    let ended = sample.post(&path, &[], &hanna).await;
    assert_eq!(ended.location(), "/students?done=tutoring-ended");
}

/// The tutor names the student for a client who has been told.
pub async fn names(sample: &Sample, client: ClientId, cookie: &str) -> Answered {
    let student = staff(OPA).to_string();
    let fields = [("student", student.as_str()), ("told", "yes")];
    let path = format!("/clients/{client}/student");
    sample.post(&path, &fields, cookie).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tutor_is_named_once_and_ends_only_what_is_hers() {
    for store in stores(&tables()) {
        let sample = county(store);
        let client = sample.client("Virtanen", None);
        let matter = sample.opened(AINO, client, me(AINO));
        sample.relate(client, MAIJA, "own_worker");
        sample.relate(client, TIMO, "own_team");
        let (maija, opa) = guided(&sample, client).await;
        let again = say(&sample, MAIJA).await;
        assert_eq!(again.status, 409);
        assert!(told(&again.body).contains("Hän ohjaa jo tätä opiskelijaa."));
        assert_eq!(sample.count("select count(*) from tutoring"), 1);
        sample.clock.advance(SignedDuration::from_hours(1));
        let twice = names(&sample, client, &maija).await;
        assert_eq!(twice.status, 409);
        assert!(told(&twice.body).contains("Opiskelija on jo nimetty tälle asiakkaalle."));
        let links = "select count(*) from relation where kind = 'tutor_link'";
        assert_eq!(sample.count(links), 1);
        // Another tutor of the same student names her for the same client.
        assert_eq!(say(&sample, TIMO).await.status, 303);
        let timo = sample.enter(TIMO).await;
        let linked = names(&sample, client, &timo).await;
        assert_eq!(linked.status, 303, "{}", told(&linked.body));
        assert_eq!(sample.count(links), 2);
        let form = sample.get(&new_path(matter), &opa).await.body;
        let (maija_id, timo_id) = (staff(MAIJA).to_string(), staff(TIMO).to_string());
        for tutor in [&maija_id, &timo_id] {
            assert!(form.contains(&format!("value=\"{tutor}\"")), "{form}");
        }
        // The one ends and the other goes on.
        ends(&sample, MAIJA).await;
        let form = sample.get(&new_path(matter), &opa).await;
        assert_eq!(form.status, 200, "{}", told(&form.body));
        assert!(form.body.contains("Kirjauksen hyväksyy Timo Toinen"));
        ends(&sample, TIMO).await;
        assert_eq!(sample.get(&new_path(matter), &opa).await.status, 404);
        let open = "select count(*) from relation where kind in ('tutor_link', 'tutor_of') and ended_by is null";
        assert_eq!(sample.count(open), 0);
    }
}

/// What ends the tutor's own work with the client.
#[derive(Debug, Clone, Copy)]
enum Ends {
    Naming,
    Matter,
    Service,
    LastDay,
}

fn end(sample: &Sample, (client, matter): (ClientId, MatterId), how: Ends) {
    match how {
        Ends::Naming => sample.act(AINO, move |tx, casework, _| {
            let which = Which {
                client,
                staff: Some(staff(MAIJA)),
                kind: "own_worker",
                object: None,
            };
            relations::end(tx, &which, casework.now(), casework.tails(), "test")?;
            Ok(())
        }),
        Ends::Matter => sample.act(AINO, move |tx, casework, reader| {
            let closing = Closing {
                reason: CloseReason::ALL[0],
                words: "Valmis".to_owned(),
                late_reason: Some("Kiire".to_owned()),
                no_ground: None,
                follow_up: None,
                voices: Vec::new(),
            };
            ending::close(tx, casework, reader, matter, &closing)
        }),
        Ends::Service | Ends::LastDay => {
            let now = sample.clock.now();
            let yesterday = day(now - SignedDuration::from_hours(24)).to_string();
            let (left, last) = match how {
                Ends::Service => (Some(now), None),
                _ => (None, Some(yesterday)),
            };
            sample
                .store
                .write_blocking(move |tx| {
                    tx.execute(
                        "update staff set left_at = $2, ended_on = $3 where id = $1",
                        &params![MAIJA, left, last],
                    )
                })
                .map_err(|error: StoreError| error)
                .unwrap();
        }
    }
}

/// The tutor is in service again.
fn back(sample: &Sample) {
    sample
        .store
        .write_blocking(|tx| {
            tx.execute(
                "update staff set left_at = null, ended_on = null where id = $1",
                &params![MAIJA],
            )
        })
        .map_err(|error: StoreError| error)
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_students_link_counts_while_its_tutor_works_with_the_client() {
    for store in stores(&tables()) {
        let sample = county(store);
        let mut guide = true;
        for (number, how) in [Ends::Naming, Ends::Matter, Ends::Service, Ends::LastDay]
            .into_iter()
            .enumerate()
        {
            let family = ["Aalto", "Berg", "Core", "Daavid"][number];
            let client = sample.client(family, None);
            let matter = sample.opened(AINO, client, me(AINO));
            match how {
                Ends::Matter => sample.act(AINO, move |tx, casework, reader| {
                    workers::join(tx, casework, reader, matter, staff(MAIJA), "")
                }),
                _ => sample.relate(client, MAIJA, "own_worker"),
            }
            // Two placements of one student with one tutor would be one too many.
            let (_, opa) = if std::mem::take(&mut guide) {
                guided(&sample, client).await
            } else {
                let maija = sample.enter(MAIJA).await;
                let linked = names(&sample, client, &maija).await;
                assert_eq!(linked.status, 303, "{how:?}: {}", told(&linked.body));
                (maija, sample.enter(OPA).await)
            };
            let page = format!("/clients/{client}");
            let before = sample.get(&page, &opa).await;
            assert_eq!(before.status, 200, "{how:?}: {}", told(&before.body));
            let list = sample.get("/clients", &opa).await.body;
            assert!(list.contains(family), "{how:?}");
            sample.clock.advance(SignedDuration::from_mins(1));
            end(&sample, (client, matter), how);
            sample.clock.advance(SignedDuration::from_mins(1));
            assert_eq!(sample.get(&page, &opa).await.status, 404, "{how:?}");
            let list = sample.get("/clients", &opa).await.body;
            assert!(!list.contains(family), "{how:?}: {}", told(&list));
            // Nobody has ended the link itself: it stops counting.
            let links =
                "select count(*) from relation where kind = 'tutor_link' and ended_by is null";
            assert_eq!(sample.count(links), i64::try_from(number).unwrap() + 1);
            back(&sample);
        }
    }
}
