//! A worker who is disqualified from a client (bar B19): her matters are on somebody else's list from the same moment.

use casework::store::holding;
use kernel::time::SignedDuration;
use store::{Query, params};
use testkit::stores;

use crate::support::*;

fn state(
    sample: &Sample,
    matter: casework::domain::MatterId,
) -> (String, String, Option<[u8; 16]>) {
    sample
        .store
        .read_blocking(move |tx| {
            let row = tx.query_one(
                "select state, holder_kind, holder_staff from matter where id = $1",
                &params![matter.bytes()],
            )?;
            Ok::<_, store::StoreError>((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap()
}

fn holdings(sample: &Sample, matter: casework::domain::MatterId) -> usize {
    sample
        .store
        .read_blocking(move |tx| holding::open_holdings(tx, matter))
        .unwrap()
        .len()
}

#[tokio::test(flavor = "multi_thread")]
async fn her_matters_go_back_to_the_unit() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, matter) = sample.held(AINO, "Virtanen");
        let beside = sample.opened(VILLE, client, me(VILLE));
        sample.act(VILLE, move |tx, casework, reader| {
            casework::store::workers::join(tx, casework, reader, beside, staff(AINO), "")
        });
        let cookie = sample.enter(AINO).await;
        let path = format!("/clients/{client}/disqualification");
        let access = sample
            .get(&format!("/clients/{client}/access"), &cookie)
            .await;
        assert!(access.body.contains(&path));
        let form = sample.get(&path, &cookie).await;
        assert_eq!(form.status, 200);
        let wrong = sample.post(&path, &[], &cookie).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("Vahvista, että olet esteellinen"));
        assert_eq!(state(&sample, matter).0, "open", "nothing was done");
        let done = sample.post(&path, &[("sure", "yes")], &cookie).await;
        assert_eq!(
            done.location(),
            "/clients?done=disqualified",
            "{}",
            done.body
        );
        assert_eq!(
            state(&sample, matter),
            ("initiated".to_owned(), "duty".to_owned(), None)
        );
        assert_eq!(state(&sample, beside).2, Some(VILLE));
        for one in [matter, beside] {
            assert_eq!(holdings(&sample, one), 1);
        }
        sample.clock.advance(SignedDuration::from_millis(1));
        for path in [
            format!("/clients/{client}"),
            format!("/matters/{matter}"),
            format!("/matters/{beside}"),
            path,
        ] {
            assert_eq!(sample.get(&path, &cookie).await.status, 404, "{path}");
        }
        let list = sample.get("/matters", &cookie).await.body;
        assert!(!list.contains("Virtanen"));
        // Somebody else of the unit takes it from the queue.
        sample.act(VILLE, move |tx, casework, reader| {
            holding::take(tx, casework, reader, matter)
        });
        assert_eq!(state(&sample, matter).2, Some(VILLE));
        let other = sample.enter(VILLE).await;
        let page = sample.get(&format!("/matters/{matter}"), &other).await.body;
        assert!(page.contains("ilmoitti esteellisyyden, asia palasi yksikölle"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_whoever_is_on_duty_they_go_to_the_lead_who_lifts_it_when_it_is_over() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (client, matter) = sample.held(VILLE, "Virtanen");
        let cookie = sample.enter(VILLE).await;
        let path = format!("/clients/{client}/disqualification");
        sample.post(&path, &[("sure", "yes")], &cookie).await;
        assert_eq!(
            state(&sample, matter),
            ("open".to_owned(), "person".to_owned(), Some(HANNA))
        );
        assert_eq!(holdings(&sample, matter), 1);
        sample.clock.advance(SignedDuration::from_millis(1));
        let lead = sample.enter(HANNA).await;
        let access = format!("/clients/{client}/access");
        let shown = sample.get(&access, &lead).await;
        assert!(
            shown.body.contains("Ville Aho, 13.3.2026 alkaen"),
            "{}",
            shown.body
        );
        let row = sample
            .store
            .read_blocking(move |tx| clients::store::disqualified::now(tx, client))
            .unwrap()
            .remove(0)
            .id
            .to_string();
        let end = format!("{path}/end");
        let wrong = sample
            .post(&end, &[("lift", "Ero on laillinen")], &lead)
            .await;
        assert_eq!(wrong.status, 422);
        assert!(
            wrong.body.contains("Ero on laillinen"),
            "what was typed is kept"
        );
        assert!(
            wrong
                .body
                .contains("Valitse, kenen esteellisyys poistetaan")
        );
        let fields = [("row", row.as_str()), ("lift", "Ero on laillinen")];
        assert_eq!(sample.post(&end, &fields, &cookie).await.status, 404);
        let done = sample.post(&end, &fields, &lead).await;
        assert_eq!(done.location(), format!("{access}?done=requalified"));
        let again = sample.post(&end, &fields, &lead).await;
        assert_eq!(again.status, 422);
        assert!(
            !sample
                .get(&access, &lead)
                .await
                .body
                .contains("Ville Aho, ")
        );
    }
}
