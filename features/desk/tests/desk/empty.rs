//! A desk without work says where the next work comes from.

use axum::http::StatusCode;
use testkit::sqlite_store;

use crate::support::{AINO, HANNA, NURSE, rooms, sample, staff};

#[tokio::test]
async fn an_empty_desk_says_what_to_do() {
    let house = sample(sqlite_store(&rooms()));
    let cookie = house.enter(NURSE).await;
    let page = house.get("/desk", &cookie).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains(
        "Perjantai 13.3.2026. Mitään ei ole myöhässä, tälle päivälle ei ole luvattu mitään."
    ));
    assert!(page.body.contains("Kaikki luvattu on tehty."));
    // Nothing is offered to a nurse, so there is no place for it; to a social worker there is.
    assert!(!page.body.contains("Siirtopyynnöt sinulle"));
    let page = house.get("/desk", &house.enter(AINO).await).await;
    assert!(page.body.contains("Ei siirtopyyntöjä sinulle."));
}

#[tokio::test]
async fn an_empty_desk_says_where_the_next_work_of_the_role_comes_from() {
    let house = sample(sqlite_store(&rooms()));
    let (student, main_user, leading) = ([31; 16], [32; 16], [33; 16]);
    house
        .store
        .write_blocking(move |tx| {
            for (id, tasks, qualification) in [
                (student, ["student"], "other"),
                (main_user, ["user_admin"], "other"),
                (leading, ["leading_sw"], "sw+office"),
            ] {
                let one = staff(
                    id,
                    "Uusi Työntekijä",
                    "social_worker",
                    &tasks,
                    qualification,
                );
                identity::people::add_staff(tx, &one)?;
            }
            Ok::<_, store::StoreError>(())
        })
        .unwrap();
    let queue = "Uudet yhteydenotot näkyvät jonossa.";
    for (who, says) in [
        (AINO, queue),
        (NURSE, queue),
        (HANNA, "Yksikön tilanne kertoo, mikä kaipaa huomiotasi."),
        (student, "Kun ohjaajasi nimeää sinulle asiakkaan"),
        (leading, "Omat asiakkaasi ovat tällä sivulla."),
        (main_user, "Sinulle ei ole nyt töitä."),
    ] {
        let page = house.get("/desk", &house.enter(who).await).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains(says), "{says}: {}", page.body);
        assert_eq!(page.body.contains(queue), says == queue, "{says}");
        let learns = page.body.contains("Ohjaajasi ei ole vielä nimennyt");
        assert_eq!(learns, who == student);
    }
}
