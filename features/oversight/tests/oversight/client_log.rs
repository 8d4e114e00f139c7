//! The log of one client: who, why, and where data has gone.

use kernel::identity_code::IdentityCode;
use kernel::time::{Date, SignedDuration};
use testkit::{sqlite_store, stores};

use crate::support::*;

fn code() -> IdentityCode {
    IdentityCode::artificial(Date::constant(1980, 5, 4), 1).unwrap()
}

/// The officer writes a request down, as the client asked today.
async fn ask(sample: &Sample, cookie: &str) -> String {
    let today = sample.house.today();
    let day = format!("{}.{}.{}", today.day(), today.month(), today.year());
    let code = code().expose().to_owned();
    let fields = [("code", code.as_str()), ("asked_on", day.as_str())];
    let answer = sample.post("/oversight/requests", &fields, cookie).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_client_reads_who_opened_why_and_where_data_went() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let client = sample.client("Rautio", Some(code()));
        sample.opened(client);
        sample.sent(client);
        sample.write(move |tx, casework| {
            // As the page of protected details keeps its reason.
            tx.execute(
                "insert into client_event (id, client_id, at, staff_id, event, body) values ($1, $2, $3, $4, 'secret_read', $5)",
                &store::params![[77; 16], client.bytes(), casework.now(), AINO, "Kotikäynti huomenna"],
            )?;
            Ok(())
        });
        sample.read_by(AINO, client.bytes(), "client.secret_read");
        // Known before under two other records, one merged into the other.
        let [first, second] = ["Rautjo", "Ruutio"].map(|name| sample.client(name, None));
        sample.read_by(HANNA, first.bytes(), "client.merge");
        for (from, into) in [(first, second), (second, client)] {
            sample.run(
                "update client set state = 'merged', merged_into = $2 where id = $1",
                store::params![from.bytes(), into.bytes()],
            );
        }
        let officer = sample.enter(SIRPA).await;
        ask(&sample, &officer).await;
        for path in ["log", "log/print"] {
            let page = sample
                .get(&format!("/clients/{client}/{path}"), &officer)
                .await;
            assert_eq!(page.status, 200, "{path}");
            for told in [
                "Ville Aho",
                "Asiakas on paikalla",
                WHY,
                "Kotikäynti huomenna",
                "Hanna Rantanen",
                "Aikuissosiaalityön neuvonta",
                "Pohjois-Savo",
                "Asiakkaan suostumus",
                "Nimi, henkilötunnus ja syntymäaika, vireilletulo",
                "sosiaalihuoltolaki",
            ] {
                assert!(
                    page.body.contains(told),
                    "{path} tells {told}: {}",
                    page.body
                );
            }
            assert!(!page.body.contains("design"), "{path}: {}", page.body);
        }
        // The own worker sees exceptional access with its reason, and nothing else.
        let own = sample.enter(AINO).await;
        let page = sample.get(&format!("/clients/{client}/log"), &own).await;
        assert!(page.body.contains(WHY));
        for other in ["Kotikäynti huomenna", "Aikuissosiaalityön neuvonta"] {
            assert!(!page.body.contains(other), "{other}");
        }
        // The words are the client's; the log of the worker does not carry them to his lead, nor to the officer.
        for reader in [LIISA, SIRPA] {
            let cookie = sample.enter(reader).await;
            let user = identity::people::StaffId::from_bytes(VILLE);
            let log = sample
                .get(&format!("/oversight/users/{user}"), &cookie)
                .await;
            assert_eq!(log.status, 200);
            assert!(log.body.contains("poikkeuskäyttö avattu") && !log.body.contains(WHY));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_old_is_found_however_much_is_newer() {
    let sample = sample(sqlite_store(&rooms()));
    let client = sample.client("Rautio", Some(code()));
    sample.opened(client);
    for _ in 0..230 {
        sample.clock.advance(SignedDuration::from_secs(1));
        sample.read_by(AINO, client.bytes(), "client.read");
    }
    let own = sample.enter(AINO).await;
    let path = format!("/clients/{client}/log");
    let page = sample.get(&path, &own).await;
    assert!(page.body.contains(WHY), "behind 230 newer entries");
    let officer = sample.enter(SIRPA).await;
    ask(&sample, &officer).await;
    let first = sample.get(&path, &officer).await;
    assert!(!first.body.contains(WHY));
    let older = first.link(&format!("{path}?before=")).unwrap();
    let second = sample.get(&older, &officer).await;
    assert_eq!(second.status, 200);
    assert!(second.body.contains(WHY));
    assert_eq!(
        second.link(&format!("{path}?before=")),
        None,
        "the last page"
    );
    // A place that is none is the beginning.
    let first = sample.get(&format!("{path}?before=%C3%A4"), &officer).await;
    assert_eq!(first.status, 200);
}
