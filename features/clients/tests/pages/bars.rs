//! The forms by which bars come about: a colleague named as a relative, a restriction that is asked for.

use axum::http::StatusCode;
use identity::people::UnitId;
use store::params;

use crate::browser::{Pages, block_on};
use crate::support::*;

#[test]
fn the_form_asks_whether_a_colleague_is_meant_and_waits_when_searching_does() {
    each(|sample| {
        let code = made_up("1985-03-03", 1);
        let hash = sample.desk.key.hash(&code);
        sample.run(
            "update staff set identity_hash = $2 where id = $1",
            params![VILLE, hash],
        );
        let client = sample.plain(person("Rautio", "Mikael", None));
        sample.begin(client, AINO, "own_worker");
        let pages = Pages::of(sample);
        let path = format!("/clients/{client}/related");
        block_on(async {
            let aino = pages.enter(sample, AINO).await;
            let form = pages.get(&path, &aino).await.body;
            assert!(!form.contains("name=\"sure\""));
            let fields = [
                ("name", "Ville Aho"),
                ("role", "sibling"),
                ("code", code.expose()),
                ("source", "client"),
            ];
            let asked = pages.post(&path, &fields, &aino).await;
            assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(asked.body.contains("hän ei enää näe asiakkaan tietoja"));
            assert!(asked.body.contains("name=\"sure\"") && asked.body.contains("Ville Aho"));
            let sure = [&fields[..], &[("sure", "yes")]].concat();
            let kept = pages.post(&path, &sure, &aino).await;
            assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
            let hanna = pages.enter(sample, HANNA).await;
            assert_eq!(pages.get(&path, &hanna).await.status, StatusCode::NOT_FOUND);
            // Ten in a row that led to nothing.
            for serial in 20..28 {
                let other = made_up("1985-03-03", serial);
                let fields = [
                    ("name", "Joku"),
                    ("role", "close"),
                    ("code", other.expose()),
                ];
                let kept = pages.post(&path, &fields, &aino).await;
                assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
            }
            let paused = pages.post(&path, &sure, &aino).await;
            assert_eq!(paused.status, StatusCode::TOO_MANY_REQUESTS);
            assert!(
                paused
                    .body
                    .contains("lasketaan hauksi, ja haku on nyt tauolla")
            );
            assert!(paused.body.contains("Ville Aho"), "what was typed is kept");
            let plain = [("name", "Joku"), ("role", "close")];
            let kept = pages.post(&path, &plain, &aino).await;
            assert_eq!(kept.status, StatusCode::SEE_OTHER, "without a code at once");
        });
    });
}

#[test]
fn a_restriction_is_asked_for_by_whoever_works_with_the_client() {
    each(|sample| {
        sample.run(
            "update staff set unit_id = $2 where id = $1",
            params![PAULA, SOUTH],
        );
        let mut new = person("Rautio", "Mikael", None);
        new.unit = Some(UnitId::from_bytes(NORTH));
        let client = sample.plain(new);
        sample.begin(client, AINO, "own_worker");
        let pages = Pages::of(sample);
        let access = format!("/clients/{client}/access");
        let path = format!("/clients/{client}/restriction/ask");
        block_on(async {
            let aino = pages.enter(sample, AINO).await;
            let page = pages.get(&access, &aino).await.body;
            assert!(page.contains("Paula Johto") && page.contains(&path));
            let wrong = pages.post(&path, &[("ask", "")], &aino).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(wrong.body.contains("Valitse johtava sosiaalityöntekijä."));
            let (paula, ville) = (id(PAULA).to_string(), id(VILLE).to_string());
            let wrong = pages.post(&path, &[("ask", &*ville)], &aino).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            let asked = pages.post(&path, &[("ask", &*paula)], &aino).await;
            assert_eq!(asked.location, format!("{access}?done=restriction-asked"));
            let again = pages.post(&path, &[("ask", &*paula)], &aino).await;
            assert!(again.body.contains("Häneltä on jo pyydetty."));
            // Now she may restrict; who led it from elsewhere may not ask.
            let other = pages.enter(sample, PAULA).await;
            let page = pages.get(&access, &other).await;
            assert!(
                page.body
                    .contains(&format!("/clients/{client}/restriction\""))
            );
            let hanna = pages.enter(sample, HANNA).await;
            let lead = pages.post(&path, &[("ask", &*paula)], &hanna).await;
            assert_eq!(lead.status, StatusCode::NOT_FOUND);
        });
    });
}
