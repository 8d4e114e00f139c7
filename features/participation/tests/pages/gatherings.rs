//! Gatherings and rounds of Bikva through the pages.

use crate::support::*;

#[tokio::test]
async fn a_cafe_from_its_plan_to_a_proposal_and_word_back() {
    for county in counties() {
        let sample = &county.sample;
        let (aino, eeva) = (sample.enter(AINO).await, sample.enter(EEVA).await);
        assert!(
            county
                .page("/participation", &aino)
                .await
                .contains("Täällä ei ole nyt tapaamisia")
        );
        let phenomenon = county.phenomenon("Yksin asuvien häätöuhka", &eeva).await;
        let path = county
            .gathering(0, &[("plan_what", "Mistä apua sai?")], &aino)
            .await;
        let page = county.page(&path, &aino).await;
        assert!(
            page.contains("Mistä apua sai?") && page.contains("Kirjaa tulos"),
            "{page}"
        );
        let outcome = format!("{path}/outcome");
        let held = [OUTCOME.as_slice(), &[("revision", "1")]].concat();
        county.send(&outcome, &held, &aino).await;
        let again = sample.post(&outcome, &held, &aino).await;
        assert_eq!(again.status, 409);
        assert!(
            again.body.contains("Vuokravelasta kerrotaan"),
            "nothing typed is lost"
        );
        let say = [("words", "Ilmoitus asumisneuvontaan jo toisesta erästä")];
        county.send(&format!("{path}/proposals"), &say, &aino).await;
        let list = county.page("/participation?show=held", &aino).await;
        assert!(list.contains("Kerro osallistujille"), "{list}");
        assert!(list.contains("jo toisesta erästä"));

        // The worker writes down; the editor takes it further.
        let page = county.page(&path, &eeva).await;
        let feed = format!(
            "/participation/proposals/{}",
            between(&page, "/participation/proposals/", "\"")
        );
        assert_ne!(sample.get(&feed, &aino).await.status, 200);
        let due = county.day(60);
        let fields = [
            ("way", "proposal"),
            ("phenomenon", phenomenon.as_str()),
            ("words", "Ilmoitus asumisneuvontaan toisesta erästä"),
            ("level", "municipality"),
            ("recipient", "Kaupunginhallitus"),
            ("recipient_role", "hallintojohtaja"),
            ("due_on", due.as_str()),
        ];
        let bare = county.refused(&feed, &fields[..3], &eeva).await;
        assert!(bare.contains("href=\"#f-recipient\"") && bare.contains("href=\"#f-due_on\""));
        assert!(
            county
                .refused(&feed, &[], &eeva)
                .await
                .contains("href=\"#f-way\"")
        );
        county
            .send(
                &feed,
                &[fields.as_slice(), &[("looked", "yes")]].concat(),
                &eeva,
            )
            .await;
        assert_eq!(
            sample.get(&feed, &eeva).await.status,
            404,
            "it went already"
        );
        let page = county.page(&path, &eeva).await;
        assert!(
            page.contains("Ehdotuksena") && page.contains("/proposals/"),
            "{page}"
        );

        let link = [("phenomenon", phenomenon.as_str()), ("stage", "collect")];
        county
            .send(&format!("{path}/phenomena"), &link, &eeva)
            .await;
        let page = county.page(&path, &aino).await;
        assert!(
            page.contains(
                "Mukana 12, heistä kokemusasiantuntijoita ja kehittäjäasiakkaita 5 (42 %)"
            ),
            "{page}"
        );
        let today = county.day(0);
        let told = [
            ("told_on", today.as_str()),
            ("told_how", "Ilmoitustaululla"),
            ("revision", "2"),
        ];
        county.send(&format!("{path}/told"), &told, &aino).await;
        let page = county.page(&path, &aino).await;
        assert!(page.contains("Ilmoitustaululla") && !page.contains("ei ole vielä kerrottu"));
    }
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost() {
    let [county, _] = counties();
    let aino = county.sample.enter(AINO).await;
    let day = county.day(3);
    for (field, value, told) in [
        ("kind", "sauna", "f-kind"),
        ("title", " ", "f-title"),
        ("held_on", "31.2.2027", "f-held_on"),
        ("place", "", "f-place"),
        ("municipality", "091", "f-municipality"),
        ("held_by", "010594Y9032", "f-held_by"),
        ("theme", "Ei Koodi", "f-theme"),
        ("theme", "keksitty", "f-theme"),
    ] {
        let mut fields = planned(&day);
        for one in &mut fields {
            if one.0 == field {
                one.1 = value;
            }
        }
        let page = county.refused("/participation/new", &fields, &aino).await;
        assert!(
            page.contains(&format!("href=\"#{told}\"")),
            "{field} {value}"
        );
        if field != "place" {
            assert!(page.contains("Kirjastokatu 1"), "{field}");
        }
    }
    assert_eq!(county.sample.count("select count(*) from gathering"), 0);
    let path = county.gathering(0, &[], &aino).await;
    for (field, value, told) in [
        ("people", "paljon", "f-people"),
        ("people", "-3", "f-people"),
        ("people", "99999999999", "f-people"),
        ("experts", "13", "f-experts"),
        ("developers", "11", "f-developers"),
        ("reward", "kahvi", "f-reward"),
        ("outcome", "", "f-outcome"),
    ] {
        let mut fields = OUTCOME;
        for one in &mut fields {
            if one.0 == field {
                one.1 = value;
            }
        }
        let fields = [fields.as_slice(), &[("revision", "1")]].concat();
        let page = county
            .refused(&format!("{path}/outcome"), &fields, &aino)
            .await;
        assert!(
            page.contains(&format!("href=\"#{told}\"")),
            "{field} {value}: {page}"
        );
    }
    for path in [
        "/participation/x",
        "/participation/00000000-0000-0000-0000-000000000000",
        "/participation/x/edit",
        "/participation/cycle/x",
        "/participation?kind=x&show=y",
    ] {
        let status = county.sample.get(path, &aino).await.status;
        assert!(
            status == 404 || status == 200 || status == 403,
            "{path}: {status}"
        );
    }
}

#[tokio::test]
async fn a_name_asks_whether_somebody_can_be_known_and_an_identity_code_is_refused() {
    let [county, _] = counties();
    let aino = county.sample.enter(AINO).await;
    let day = county.day(3);
    let mut fields = Vec::from(planned(&day));
    fields[1] = ("title", "Kahvila, jossa Matti Virtanen puhuu");
    let page = county.refused("/participation/new", &fields, &aino).await;
    assert!(page.contains("Voiko jonkun tunnistaa"), "{page}");
    assert!(page.contains("name=\"looked\""));
    fields.push(("looked", "yes"));
    let path = county.send("/participation/new", &fields, &aino).await;
    assert!(
        county
            .page(&path, &aino)
            .await
            .contains("Matti Virtanen puhuu")
    );
    fields[1] = ("title", "Kahvila, 010594Y9032");
    let page = county.refused("/participation/new", &fields, &aino).await;
    assert!(
        page.contains("henkilötunnus"),
        "the tick does not let a code through"
    );
    let plain = planned(&day);
    let page = county
        .sample
        .post("/participation/new", &plain, &aino)
        .await;
    assert_eq!(page.status, 303, "what names nobody asks nothing");
}

#[tokio::test]
async fn a_colleague_reads_and_does_not_change() {
    let [county, _] = counties();
    let (aino, ville) = (
        county.sample.enter(AINO).await,
        county.sample.enter(VILLE).await,
    );
    let path = county.gathering(0, &[], &aino).await;
    let page = county.page(&path, &ville).await;
    assert!(!page.contains("Muokkaa tapaamista") && !page.contains("/cancel"));
    for act in ["edit", "outcome"] {
        assert_eq!(
            county
                .sample
                .get(&format!("{path}/{act}"), &ville)
                .await
                .status,
            404
        );
    }
    let done = county
        .sample
        .post(&format!("{path}/cancel"), &[("revision", "1")], &ville)
        .await;
    assert_eq!(done.status, 404);
    assert_eq!(
        county
            .sample
            .get(&format!("{path}/told"), &aino)
            .await
            .status,
        404,
        "not held yet"
    );
}

#[tokio::test]
async fn open_gatherings_stand_on_the_public_list_in_every_language() {
    for county in counties() {
        let aino = county.sample.enter(AINO).await;
        let (_, empty) = county.open("/fi/tapaamiset").await;
        assert!(empty.contains("Avoimia tapaamisia ei ole"), "{empty}");
        let open = [("is_open", "yes"), ("hours", "13–15")];
        let path = county.gathering(3, &open, &aino).await;
        county
            .gathering(3, &[("plan_what", "Suljettu ryhmä")], &aino)
            .await;
        for language in ["fi", "sv", "en", "easy"] {
            let (status, page) = county.open(&format!("/{language}/tapaamiset")).await;
            assert_eq!(status, 200);
            assert_eq!(page.matches("<h2").count(), 1, "{language}: {page}");
            let marked = page.contains("<h2 lang=\"fi\">");
            assert_eq!(marked, matches!(language, "sv" | "en"), "{language}");
        }
        county
            .send(&format!("{path}/cancel"), &[("revision", "1")], &aino)
            .await;
        let (_, page) = county.open("/fi/tapaamiset").await;
        assert!(!page.contains("Keskustelukahvila asumisesta"));
        let page = county.page("/participation?show=cancelled", &aino).await;
        assert!(page.contains("Keskustelukahvila asumisesta"));
    }
}

#[tokio::test]
async fn a_round_of_bikva_goes_from_clients_to_politicians() {
    for county in counties() {
        let (aino, eeva) = (
            county.sample.enter(AINO).await,
            county.sample.enter(EEVA).await,
        );
        let phenomenon = county
            .phenomenon("Asumisneuvonta tulee myöhään", &eeva)
            .await;
        let new = [
            ("title", "Asumisneuvonta 2026"),
            ("phenomenon", phenomenon.as_str()),
        ];
        assert_eq!(
            county
                .sample
                .post("/participation/bikva/new", &new, &aino)
                .await
                .status,
            404
        );
        let path = county.send("/participation/bikva/new", &new, &eeva).await;
        let answer = format!("{path}/answer");
        let today = county.day(0);
        let stage = |turn, rest: &[(&'static str, &'static str)]| {
            let mut fields = vec![("turn", turn), ("held_on", today.as_str())];
            fields.extend_from_slice(rest);
            fields
        };
        let page = county.page(&answer, &eeva).await;
        assert!(page.contains("Kirjaa vaihe: Asiakkaat"), "{page}");
        let bare = county.refused(&answer, &stage("clients", &[]), &eeva).await;
        assert!(bare.contains("href=\"#f-words\"") && bare.contains("href=\"#f-people\""));
        let both = [("words", "Myöhään"), ("people", "6"), ("skipped", "Kiire")];
        county
            .refused(&answer, &stage("clients", &both), &eeva)
            .await;
        let told = [("words", "Apu tulee vasta häädöstä"), ("people", "6")];
        county.send(&answer, &stage("clients", &told), &eeva).await;
        let stale = county
            .sample
            .post(&answer, &stage("clients", &told), &eeva)
            .await;
        assert_eq!(stale.status, 409, "a stage is told once");
        let page = county.page(&answer, &eeva).await;
        assert!(
            page.contains("Apu tulee vasta häädöstä"),
            "each reads what those below said"
        );
        county
            .send(
                &answer,
                &stage("field", &[("skipped", "Kysytään syksyllä")]),
                &eeva,
            )
            .await;
        let page = county.page(&path, &eeva).await;
        for words in [
            "Apu tulee vasta häädöstä",
            "Kysytään syksyllä",
            "Nyt on tämän vaiheen vuoro",
        ] {
            assert!(page.contains(words), "{words}");
        }
        let rest = [("words", "Otetaan talousarvioon"), ("people", "3")];
        county.send(&answer, &stage("managers", &rest), &eeva).await;
        county
            .send(&answer, &stage("politicians", &rest), &eeva)
            .await;
        assert_eq!(county.sample.get(&answer, &eeva).await.status, 404);
        let page = county
            .page(&format!("/phenomena/{phenomenon}"), &eeva)
            .await;
        let (_, source) = page.split_once("Bikva 1/4, asiakkaat").unwrap();
        let (source, _) = source.split_once('<').unwrap();
        assert!(
            source.contains(".2026") && !source.contains("2026-"),
            "a day as readers have days: {source}"
        );
        assert!(
            county
                .page("/participation", &aino)
                .await
                .contains("4 / 4 vaihetta")
        );
    }
}
