//! A worker's number at work: her own to set, and the main user's.

use axum::http::StatusCode;
use testkit::stores;

use crate::support::{AINO, HANNA, TUULA, VILLE, id, sample};

#[tokio::test]
async fn a_number_is_set_by_the_worker_or_by_the_main_user() {
    for store in stores(identity::MIGRATIONS) {
        let house = sample(store);
        let (aino, tuula) = (house.enter(AINO).await, house.enter(TUULA).await);
        let own = house.get("/account", &aino).await;
        assert!(own.body.contains("name=\"number\""));
        let wrong = house
            .post("/account/number", &[("number", "soita vaihteeseen")], &aino)
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("soita vaihteeseen"));
        let set = house
            .post("/account/number", &[("number", "040 123 4567")], &aino)
            .await;
        assert_eq!(set.location, "/account?done=number");
        assert!(
            house
                .get("/account?done=number", &aino)
                .await
                .body
                .contains("Numero on tallennettu")
        );
        let page = format!("/admin/people/{}", id(AINO));
        assert!(house.get(&page, &tuula).await.body.contains("040 123 4567"));
        let path = format!("{page}/number");
        let bad = house.post(&path, &[("number", "12")], &tuula).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        // A lead of another unit and a colleague do not.
        for other in [VILLE, HANNA] {
            let user = house.enter(other).await;
            let refused = house.post(&path, &[("number", "09 310 1")], &user).await;
            assert_eq!(refused.status, StatusCode::NOT_FOUND);
        }
        let changed = house
            .post(&path, &[("number", "09 310 1234")], &tuula)
            .await;
        assert_eq!(changed.location, format!("{page}?done=kept"));
        assert!(
            house
                .get("/account", &aino)
                .await
                .body
                .contains("09 310 1234")
        );
        // Taken away: the unit's number is told again.
        house.post(&path, &[("number", "")], &tuula).await;
        let gone = house.get(&page, &tuula).await.body;
        assert!(gone.contains("Kerrotaan") || gone.contains("Numeroa ei ole"));
        assert!(!gone.contains("09 310 1234"));
    }
}
