//! The time limit of carrying out a decision (SHL 45 § 2) ends when the service begins, or when nothing needs deciding.

use kernel::time::SignedDuration;
use testkit::stores;

use crate::support::*;

const OPEN: &str =
    "select count(*) from matter_clock where code = 'DECISION_EXECUTE' and ended_at is null";

#[tokio::test(flavor = "multi_thread")]
async fn the_service_began() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (_, matter) = sample.held(AINO, "Virtanen");
        let aino = sample.enter(AINO).await;
        let (page, path) = (
            format!("/matters/{matter}"),
            format!("/matters/{matter}/execution"),
        );
        assert!(sample.get(&page, &aino).await.body.contains(&path));
        let form = sample.get(&path, &aino).await.body;
        assert!(form.contains("Palvelu alkoi") && !form.contains("late_reason"));
        // What is missing is told, and what was typed stays.
        let wrong = [("reason", "not_needed"), ("on", "1.1.2099"), ("body", "")];
        let answer = sample.post(&path, &wrong, &aino).await;
        assert_eq!(answer.status, 422);
        for words in ["1.1.2099", "miksi päätöstä ei tarvita", "href=\"#f-on\""] {
            assert!(answer.body.contains(words), "{words}");
        }
        // Somebody else neither sees it nor does it.
        let sanna = sample.enter(SANNA).await;
        assert_eq!(sample.get(&path, &sanna).await.status, 404);
        let done = [
            ("reason", "carried"),
            ("on", "12.3.2026"),
            ("body", "Asumisen tuki"),
        ];
        let refused = sample.post(&path, &done, &sanna).await;
        assert!(
            [404, 409].contains(&refused.status.as_u16()),
            "{}",
            refused.status
        );
        assert_eq!(sample.count(OPEN), 1);
        let answer = sample.post(&path, &done, &aino).await;
        assert_eq!(
            answer.location(),
            format!("{page}?done=execution"),
            "{}",
            answer.body
        );
        assert_eq!(sample.count(OPEN), 0);
        let shown = sample.get(&page, &aino).await.body;
        assert!(shown.contains("Asumisen tuki") && !shown.contains(&path));
        // Twice does no harm.
        sample.clock.advance(SignedDuration::from_mins(5));
        assert_eq!(sample.post(&path, &done, &aino).await.status, 409);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_last_lawful_day_it_asks_why() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let (_, matter) = sample.held(AINO, "Virtanen");
        sample.clock.advance(SignedDuration::from_hours(24 * 120));
        let aino = sample.enter(AINO).await;
        let path = format!("/matters/{matter}/execution");
        assert!(sample.get(&path, &aino).await.body.contains("late_reason"));
        let today = sample.house.today();
        let on = format!("{}.{}.{}", today.day(), today.month(), today.year());
        let late = [("reason", "carried"), ("on", on.as_str())];
        let answer = sample.post(&path, &late, &aino).await;
        assert_eq!(answer.status, 409);
        assert!(answer.body.contains("Lain määräaika on ylittynyt"));
        // It began in time and is written down later: no reason is needed.
        let in_time = [("reason", "carried"), ("on", "2.4.2026")];
        let answer = sample.post(&path, &in_time, &aino).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        assert_eq!(sample.count(OPEN), 0);
    }
}
