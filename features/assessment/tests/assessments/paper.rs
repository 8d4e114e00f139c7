//! On paper; the parts that each of a couple has of her own; a late beginning with its reason.

use casework::domain::initiation::SevenDays;
use casework::store::open::open;
use kernel::time::SignedDuration;
use store::{Query, StoreError};
use testkit::stores;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn each_of_a_couple_has_her_own_parts_and_her_own_paper() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let (one, other, doc) = joint(&sample);
        let aino = enter_strong(&sample, AINO).await;
        let at = format!("/assessments/{doc}");
        let areas = [("open", "housing"), ("open", "work"), ("go", "next")];
        let opened = sample
            .post(&format!("{at}/parts/areas"), &areas, &aino)
            .await;
        assert_eq!(opened.location(), format!("{at}/parts/housing"));
        let page = sample.get(&at, &aino).await.body;
        for (part, times) in [
            ("housing", 1),
            ("work", 2),
            ("strengths", 2),
            ("conclusions", 2),
        ] {
            assert_eq!(
                page.matches(&format!("{at}/parts/{part}")).count(),
                times,
                "{part}"
            );
        }
        let end = [
            ("conclusions", "Sosiaaliohjaus"),
            ("continues", "yes"),
            ("own_worker", "yes"),
            ("plan", "yes"),
        ];
        for (part, fields) in [
            (format!("own-{one}"), &[("own", "Haluan pitää kotini")][..]),
            (format!("own-{other}"), &[("own", "Pelkään kotona")]),
            (
                "housing".to_owned(),
                &[("view", "Vuokra on rästissä"), ("need", "temporary")],
            ),
            (
                format!("work-{one}"),
                &[("view", "Lomautettu huhtikuussa"), ("need", "yes")],
            ),
            (
                format!("work-{other}"),
                &[("view", "Opiskelee iltaisin"), ("need", "no")],
            ),
            (format!("conclusions-{one}"), &end),
            (format!("conclusions-{other}"), &end),
        ] {
            let saved = sample
                .post(&format!("{at}/parts/{part}"), fields, &aino)
                .await;
            assert_eq!(saved.status, 303, "{part} {}", saved.body);
        }
        let page = sample.get(&format!("{at}/finish"), &aino).await.body;
        let (_, rest) = page.split_once("name=\"revision\" value=\"").unwrap();
        let revision = rest.split('"').next().unwrap().to_owned();
        let done = sample
            .post(
                &format!("{at}/finish"),
                &[("revision", revision.as_str())],
                &aino,
            )
            .await;
        assert_eq!(
            done.location(),
            format!("{at}?done=finished"),
            "{}",
            done.body
        );
        // The history of each has what is common and her own.
        let bodies = sample
            .store
            .read_blocking(|tx| {
                tx.query(
                    "select client_id, body from timeline_item where class = 'assessment'",
                    &[],
                )?
                .iter()
                .map(|row| Ok((row.get::<[u8; 16]>(0)?, row.get::<String>(1)?)))
                .collect::<Result<Vec<_>, StoreError>>()
            })
            .unwrap();
        for (client, body) in bodies {
            assert!(body.contains("Vuokra on rästissä"));
            assert_eq!(body.contains("Opiskelee iltaisin"), client == other.bytes());
            assert_eq!(
                body.contains("Lomautettu huhtikuussa"),
                client == one.bytes()
            );
        }
        // So has her paper; it is asked what it is for.
        let print = format!("{at}/print");
        assert!(sample.get(&at, &aino).await.body.contains(&print));
        assert!(
            sample
                .get(&print, &aino)
                .await
                .body
                .contains("Mihin tuloste tulee")
        );
        let whose = other.to_string();
        let bare = sample
            .post(&print, &[("client", whose.as_str())], &aino)
            .await;
        assert_eq!(bare.status, 422);
        let vague = [("client", whose.as_str()), ("purpose", "other")];
        assert_eq!(sample.post(&print, &vague, &aino).await.status, 422);
        let fields = [("client", whose.as_str()), ("purpose", "client")];
        let paper = sample.post(&print, &fields, &aino).await;
        assert_eq!(paper.status, 200, "{}", paper.body);
        for (words, there) in [
            ("Vuokra on rästissä", true),
            ("Opiskelee iltaisin", true),
            ("Pelkään kotona", true),
            ("Lomautettu huhtikuussa", false),
            ("Haluan pitää kotini", false),
        ] {
            assert_eq!(paper.body.contains(words), there, "{words}");
        }
        for worker in [HANNA, LIISA] {
            let cookie = sample.enter(worker).await;
            let refused = sample.post(&print, &fields, &cookie).await;
            assert_eq!(refused.status, 404);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_beginning_says_why() {
    for store in stores(&all_rooms()) {
        let sample = county(store);
        let client = sample.client("Myöhäinen", None);
        sample.relate(client, AINO, "own_worker");
        let matter = sample
            .act(AINO, move |tx, casework, reader| {
                let mut new = matter(me(AINO), casework);
                new.initiation.seven_days = Some(SevenDays::Disability);
                open(tx, casework, reader, client, &new)
            })
            .id;
        sample.clock.advance(SignedDuration::from_hours(24 * 20));
        let cookie = enter_strong(&sample, AINO).await;
        let new = format!("/matters/{matter}/assessments/new");
        let whose = client.to_string();
        let page = sample.get(&new, &cookie).await;
        assert!(
            page.body.contains("late_reason"),
            "{} {}",
            page.status,
            page.body
        );
        let begin = [("step", "begin"), ("client", whose.as_str())];
        let wrong = sample.post(&new, &begin, &cookie).await;
        assert_eq!(wrong.status, 422);
        assert!(
            wrong.body.contains("href=\"#f-late_reason\""),
            "{}",
            wrong.body
        );
        let reason = [&begin[..], &[("late_reason", "Asiakasta ei tavoitettu")]].concat();
        let begun = sample.post(&new, &reason, &cookie).await;
        assert_eq!(begun.status, 303, "{}", begun.body);
        let at = begun.location().split('?').next().unwrap().to_owned();
        assert!(at.starts_with("/assessments/"));
        let kept =
            "select count(*) from matter_clock where late_reason = 'Asiakasta ei tavoitettu'";
        assert_eq!(sample.count(kept), 1, "the reason stands by its clock");
    }
}
