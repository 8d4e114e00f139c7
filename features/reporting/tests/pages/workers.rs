//! What the staff write, and who may do what.

use crate::support::*;

const JONO: [(&str, &str); 3] = [
    ("body", "Vuokravelka huomataan myöhään"),
    ("valence", "problem"),
    ("looked", "yes"),
];

#[tokio::test]
async fn a_worker_chooses_whether_she_is_known_and_can_go() {
    for county in counties() {
        let sample = &county.sample;
        let ville = sample.enter(VILLE).await;
        let entries = || county.count("select count(*) from log_entry");
        let one = entries();
        sample.post("/observations/forget", &[], &ville).await;
        // The page whose token a form of the tests takes is logged itself, and nothing more.
        let token = entries() - one;
        let before = entries();
        let page = sample.get("/observations/new", &ville).await;
        assert_eq!(page.status, 200);
        assert!(
            !page.body.contains("data-draft-key"),
            "a draft would tell who wrote what"
        );
        let unsaid = sample.post("/observations/new", &JONO, &ville).await;
        assert_eq!(unsaid.status, 422, "the way is asked");
        assert!(unsaid.body.contains(JONO[0].1));
        let anonymous = [JONO[0], JONO[1], JONO[2], ("way", "anonymous")];
        let sent = sample.post("/observations/new", &anonymous, &ville).await;
        assert_eq!(sent.status, 200, "{}", sent.body);
        assert!(sent.body.contains("receipt-code"));
        assert_eq!(
            county.count("select count(*) from observation_writer"),
            0,
            "anonymous is anonymous"
        );
        let own = [
            ("body", "Jono on pitkä"),
            JONO[1],
            JONO[2],
            ("way", "own"),
            ("need", "2"),
        ];
        let sent = sample.post("/observations/new", &own, &ville).await;
        assert_eq!(sent.location(), "/observations/mine?done=sent");
        assert_eq!(entries(), before + 3 * token, "writing leaves no entry");
        county.night();
        let ville = sample.enter(VILLE).await;
        let before = entries();
        let mine = sample.get("/observations/mine", &ville).await;
        assert!(mine.body.contains("Jono on pitkä"));
        assert!(!mine.body.contains(JONO[0].1));
        assert_eq!(sample.get("/observations/forget", &ville).await.status, 200);
        let gone = sample.post("/observations/forget", &[], &ville).await;
        assert_eq!(gone.location(), "/observations/mine?done=forgotten");
        let mine = sample.get("/observations/mine", &ville).await;
        assert!(!mine.body.contains("Jono on pitkä"));
        assert_eq!(county.count("select count(*) from observation_writer"), 0);
        assert_eq!(county.count("select count(*) from observation"), 2);
        assert_eq!(county.count("select count(*) from draft"), 0);
        assert_eq!(entries(), before + token, "nor does following or going");
    }
}

#[tokio::test]
async fn without_a_right_there_is_nothing() {
    let [county, _] = counties();
    let sample = &county.sample;
    county.observe("Jono on pitkä").await;
    county.night();
    let id = county.ids("sent").remove(0);
    let ville = sample.enter(VILLE).await;
    let one = format!("/observations/{id}");
    for path in [
        "/observations",
        one.as_str(),
        "/phenomena",
        "/phenomena/new",
        "/phenomena/0197f2b0-7a00-7000-8000-000000000001",
        "/proposals/0197f2b0-7a00-7000-8000-000000000001",
    ] {
        assert_eq!(sample.get(path, &ville).await.status, 404, "{path}");
    }
    let accept = format!("/observations/{id}/accept");
    let fields = [("body", "Jono"), ("revision", "1")];
    assert_eq!(sample.post(&accept, &fields, &ville).await.status, 404);
    // The publisher reads phenomena and no raw text.
    let pentti = sample.enter(PENTTI).await;
    assert_eq!(sample.get("/phenomena", &pentti).await.status, 200);
    assert_eq!(sample.get(&one, &pentti).await.status, 404);
    assert_eq!(sample.get("/phenomena/new", &pentti).await.status, 404);
    let eeva = sample.enter(EEVA).await;
    for path in [
        "/phenomena/x",
        "/observations/x",
        "/proposals/x",
        "/proposal-actions/x",
    ] {
        assert_eq!(sample.get(path, &eeva).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn the_editor_sees_marks_and_adds_no_words() {
    let [county, _] = counties();
    let sample = &county.sample;
    county.box_up("Soita 040 123 4567, jono on pitkä");
    county.box_up("Jono on pitkä, kukaan ei soita takaisin");
    county.night();
    let id = county.ids("sent").remove(1);
    let eeva = sample.enter(EEVA).await;
    let list = sample.get("/observations", &eeva).await;
    assert!(
        list.body.contains("<mark>040 123 4567</mark>"),
        "{}",
        list.body
    );
    let path = format!("/observations/{id}");
    let page = sample.get(&path, &eeva).await;
    assert!(page.body.contains("<mark>040 123 4567</mark>"));
    assert!(page.body.contains("Soita […], jono on pitkä"));
    let accept = format!("{path}/accept");
    let added = [("body", "Soita heti, jono on pitkä"), ("revision", "1")];
    let refused = sample.post(&accept, &added, &eeva).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Vain poistaa saa"));
    let aside = format!("{path}/aside");
    let empty = sample.post(&aside, &[("revision", "1")], &eeva).await;
    assert_eq!(empty.status, 422);
    let late = [("body", "jono on pitkä"), ("revision", "9")];
    assert_eq!(sample.post(&accept, &late, &eeva).await.status, 409);
    let fine = [("body", "[…] jono on pitkä"), ("revision", "1")];
    let done = sample.post(&accept, &fine, &eeva).await;
    assert_eq!(done.location(), "/observations?done=accepted");
    assert_eq!(county.ids("screened"), [id]);
}

#[tokio::test]
async fn what_tells_of_the_same_is_proposed_and_a_person_groups() {
    let [county, _] = counties();
    let sample = &county.sample;
    for body in [
        "Vuokravelka kasvaa, kun verkkopankkitunnus puuttuu",
        "Vuokravelka kasvaa ilman verkkopankkitunnuksia",
        "Kerho aloitti hyvin",
    ] {
        county.box_up(body);
    }
    county.night();
    let eeva = sample.enter(EEVA).await;
    for id in county.ids("sent") {
        let page = sample.get(&format!("/observations/{id}"), &eeva).await;
        let body = between(&page.body, "name=\"body\"", "</textarea>");
        let body = body.rsplit('>').next().unwrap().to_owned();
        let fields = [("body", body.as_str()), ("revision", "1")];
        let done = sample
            .post(&format!("/observations/{id}/accept"), &fields, &eeva)
            .await;
        assert_eq!(
            done.location(),
            "/observations?done=accepted",
            "{}",
            done.body
        );
    }
    let list = sample.get("/observations?state=screened", &eeva).await;
    let pick = between(
        &list.body,
        "href=\"/observations?state=screened&#38;pick=",
        "\"",
    );
    let picked = sample
        .get(
            &format!(
                "/observations?state=screened&pick={}",
                pick.replace("&#38;", "&")
            ),
            &eeva,
        )
        .await;
    assert_eq!(
        picked.body.matches(" checked").count(),
        2,
        "{}",
        picked.body
    );
    assert_eq!(
        county.count("select count(*) from phenomenon_observation"),
        0
    );
    let ids = county.ids("screened");
    let pages = [
        sample
            .get(&format!("/observations/{}", ids[1]), &eeva)
            .await,
        sample
            .get(&format!("/observations/{}", ids[0]), &eeva)
            .await,
    ];
    assert!(
        pages[0].body.contains("Yhteiset sanat"),
        "{}",
        pages[0].body
    );
    assert!(
        !pages[1].body.contains("Yhteiset sanat"),
        "the club is like nothing"
    );
}

#[tokio::test]
async fn a_theme_changes_from_a_day_on_and_what_was_stays() {
    for county in counties() {
        let sample = &county.sample;
        let eeva = sample.enter(EEVA).await;
        let list = sample.get("/themes", &eeva).await;
        assert!(list.body.contains("Asuminen") && list.body.contains("häätö"));
        let today = county.sample.house.today();
        let day = format!("{}.{}.{}", today.day(), today.month(), today.year());
        let fields = |name: &'static str, day: &str| {
            [
                ("name_fi", name.to_owned()),
                ("name_sv", "Skuld".to_owned()),
                ("name_en", "Debt".to_owned()),
                ("name_easy", "Velka".to_owned()),
                ("keywords", "velka, perintä".to_owned()),
                ("indicators", "2461".to_owned()),
                ("valid_from", day.to_owned()),
            ]
        };
        let send = async |path: &str, fields: &[(&str, String)]| {
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            sample.post(path, &fields, &eeva).await
        };
        let new = send("/themes/new", &fields("Velkaantuminen", &day)).await;
        assert_eq!(new.location(), "/themes?done=saved", "{}", new.body);
        let taken = send("/themes/new", &fields("Asuminen", &day)).await;
        assert_eq!(taken.status, 422);
        let past = send("/themes/velkaantuminen", &fields("Velat", "1.1.2020")).await;
        assert_eq!(past.status, 422);
        assert!(
            past.body.contains("href=\"#f-valid_from\""),
            "{}",
            past.body
        );
        let mut wrong = fields("Velat", &day);
        wrong[5].1 = "abc".to_owned();
        assert_eq!(send("/themes/velkaantuminen", &wrong).await.status, 422);
        assert!(
            county
                .open("/fi/havainto")
                .await
                .body
                .contains("Velkaantuminen")
        );
        let ville = sample.enter(VILLE).await;
        assert_eq!(
            sample.get("/themes/velkaantuminen", &ville).await.status,
            404
        );
    }
}
