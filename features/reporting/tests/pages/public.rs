//! The public form and the page of a code.

use crate::support::*;

#[tokio::test]
async fn a_resident_tells_and_follows_by_a_code() {
    for county in counties() {
        let entries = county.count("select count(*) from log_entry");
        for language in ["fi", "sv", "en", "easy"] {
            let page = county.open(&format!("/{language}/havainto")).await;
            assert_eq!(page.status, 200);
            assert!(page.body.contains("name=\"body\""));
            let ask = county.open(&format!("/{language}/havainto/tunnus")).await;
            assert_eq!(ask.status, 200);
        }
        let code = county.observe("Kela-jono on pitkä").await;
        let asked = county
            .fill("/fi/havainto/tunnus", &[("code", &code.to_lowercase())])
            .await;
        assert_eq!(asked.status, 200, "{}", asked.body);
        assert!(asked.body.contains("Odottaa lukemista"));
        county.night();
        assert_eq!(county.ids("sent").len(), 1);
        let wrong = county
            .fill("/fi/havainto/tunnus", &[("code", "2345-6789-ABCD")])
            .await;
        assert_eq!(wrong.status, 422);
        let empty = county.fill("/fi/havainto/tunnus", &[]).await;
        assert_eq!(empty.status, 422);
        assert_eq!(
            county.count("select count(*) from log_entry"),
            entries,
            "nobody is logged for reporting"
        );
    }
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost() {
    let [county, _] = counties();
    for (fields, told) in [
        (vec![("body", "Jono on pitkä")], "f-valence"),
        (vec![("valence", "problem")], "f-body"),
        (
            vec![
                ("body", "Asiakas 010594Y9032 jäi ilman"),
                ("valence", "problem"),
            ],
            "f-body",
        ),
        (
            vec![("body", "Jono"), ("valence", "problem"), ("area", "091")],
            "f-area",
        ),
        (
            vec![("body", "Jono"), ("valence", "problem"), ("theme", "muu")],
            "f-theme",
        ),
        (
            vec![
                ("body", "Jono"),
                ("valence", "problem"),
                ("kind", "professional"),
            ],
            "f-kind",
        ),
        (vec![("body", "Jono"), ("valence", "huono")], "f-valence"),
    ] {
        let page = county.fill("/fi/havainto", &fields).await;
        assert_eq!(page.status, 422, "{fields:?}");
        assert!(
            page.body.contains(&format!("href=\"#{told}\"")),
            "{fields:?}"
        );
        if let Some((_, body)) = fields.iter().find(|(name, _)| *name == "body") {
            assert!(page.body.contains(body), "{fields:?}");
        }
    }
    assert_eq!(county.count("select count(*) from observation_box"), 0);
}

#[tokio::test]
async fn what_may_tell_who_somebody_is_is_shown_before_it_is_sent() {
    let [county, _] = counties();
    let held = || county.count("select count(*) from observation_box");
    let send = |fields: Vec<(&'static str, &'static str)>| {
        let county = &county;
        async move { county.fill("/fi/havainto", &fields).await }
    };
    // A telephone number surely tells: it is refused, and what was typed stays.
    let typed = "Vuokravelka kasvoi. Numero on 040 123 4567.";
    let refused = send(vec![
        ("body", typed),
        ("valence", "problem"),
        ("looked", "yes"),
    ])
    .await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("<mark>040 123 4567</mark>"));
    assert!(refused.body.contains(typed) && refused.body.contains("href=\"#f-body\""));
    assert_eq!(held(), 0);
    // Themes are suggested once, none is ticked, and then it goes as it is.
    let fields = vec![("body", "Vuokravelka kasvoi"), ("valence", "problem")];
    let look = send(fields.clone()).await;
    assert_eq!(look.status, 200, "{}", look.body);
    assert!(look.body.contains("name=\"looked\""));
    assert!(look.body.contains("Ehdotus tekstistä") && look.body.contains("vuokravelka"));
    assert!(!look.body.contains("value=\"asuminen\" checked"));
    assert_eq!(held(), 0);
    let again = send([fields, vec![("looked", "yes")]].concat()).await;
    assert!(again.body.contains("receipt-code"), "{}", again.body);
    assert_eq!(held(), 1);
    // Whoever chose a theme herself is asked nothing.
    let chosen = send(vec![
        ("body", "Häätö uhkasi"),
        ("valence", "problem"),
        ("theme", "asuminen"),
    ])
    .await;
    assert!(chosen.body.contains("receipt-code"), "{}", chosen.body);
    assert_eq!(held(), 2);
}

#[tokio::test]
async fn a_form_sent_twice_is_one_and_a_trap_asks_once_more() {
    let [county, _] = counties();
    let token = county.token();
    let fields = [("body", "Sama"), ("valence", "strength")];
    let first = county.fill_with("/sv/havainto", &fields, &token).await;
    let second = county.fill_with("/sv/havainto", &fields, &token).await;
    let code = |page: &Page| between(&page.body, "id=\"receipt-code\">", "<").to_owned();
    assert_eq!(code(&first), code(&second));
    assert_eq!(county.count("select count(*) from observation_box"), 1);
    let trapped = [fields[0], fields[1], (web::trap::TRAP, "x")];
    let page = county.fill("/fi/havainto", &trapped).await;
    assert!(page.body.contains("Lähetä vielä kerran"));
    assert_eq!(county.count("select count(*) from observation_box"), 1);
    let foreign = county.fill_with("/fi/havainto", &fields, "").await;
    assert_ne!(foreign.status, 500);
    assert_eq!(county.count("select count(*) from observation_box"), 1);
}
