//! The yearly cycle, meeting packs and what the county asks, through the pages.

use crate::support::*;

#[tokio::test]
async fn the_offered_cycle_is_taken_kept_and_exported() {
    for county in counties() {
        let sample = &county.sample;
        let (aino, eeva) = (sample.enter(AINO).await, sample.enter(EEVA).await);
        let page = county.page("/participation/cycle", &aino).await;
        assert!(page.contains("Vuosikelloa ei ole vielä") && !page.contains("/adopt"));
        assert!(
            county
                .page("/participation/cycle", &eeva)
                .await
                .contains("/adopt")
        );
        assert_eq!(
            sample
                .post("/participation/cycle/adopt", &[], &aino)
                .await
                .status,
            404
        );
        county.send("/participation/cycle/adopt", &[], &eeva).await;
        let again = sample.post("/participation/cycle/adopt", &[], &eeva).await;
        assert_eq!(again.status, 409);
        let page = county.page("/participation/cycle", &aino).await;
        assert_eq!(
            page.matches("<tr role=\"row\"><th scope=\"row\"").count(),
            9,
            "{page}"
        );
        assert!(!page.contains("/done\""), "others keep the cycle");

        county.pass(400);
        let (aino, eeva) = (sample.enter(AINO).await, sample.enter(EEVA).await);
        let page = county.page("/participation/cycle", &eeva).await;
        let rows = page.split("<tbody").nth(1).unwrap();
        let first = rows.split("</tr>").next().unwrap();
        assert!(first.contains("Myöhässä"), "what is late is first: {first}");
        let done = between(first, "action=\"", "\"").to_owned();
        let year = between(first, "name=\"year\" value=\"", "\"").to_owned();
        county.send(&done, &[("year", &year)], &eeva).await;
        let wrong = sample.post(&done, &[("year", "1999")], &eeva).await;
        assert_eq!(wrong.status, 409);

        let file = sample.get("/participation/cycle.ics", &aino).await;
        assert_eq!(file.status, 200);
        assert!(
            file.headers["content-type"]
                .to_str()
                .unwrap()
                .starts_with("text/calendar")
        );
        assert_eq!(
            file.body.matches("RRULE:FREQ=YEARLY").count(),
            9,
            "{}",
            file.body
        );
        let file = sample.get("/participation/cycle.csv", &aino).await;
        assert!(file.body.contains("Myöhässä") && file.body.contains("julkaisija"));
    }
}

#[tokio::test]
async fn a_step_is_written_changed_and_refused() {
    let [county, _] = counties();
    let eeva = county.sample.enter(EEVA).await;
    let good = [
        ("title", "Raati kokoontuu"),
        ("role", "koordinaattori"),
        ("day", "15"),
        ("month", "5"),
    ];
    for (field, value) in [
        ("title", ""),
        ("role", " "),
        ("day", "31.5."),
        ("day", "900"),
        ("month", "13"),
        ("month", ""),
    ] {
        let mut fields = good;
        for one in &mut fields {
            if one.0 == field {
                one.1 = value;
            }
        }
        let page = county
            .refused("/participation/cycle/new", &fields, &eeva)
            .await;
        assert!(
            page.contains(&format!("href=\"#f-{field}\"")),
            "{field} {value}"
        );
    }
    let leap = [good[0], good[1], ("day", "29"), ("month", "2")];
    assert!(
        county
            .refused("/participation/cycle/new", &leap, &eeva)
            .await
            .contains("#f-day")
    );
    county.send("/participation/cycle/new", &good, &eeva).await;
    let page = county.page("/participation/cycle", &eeva).await;
    let list = page.split("id=\"steps\"").nth(1).unwrap();
    let step = format!(
        "/participation/cycle/{}",
        between(list, "/participation/cycle/", "\"")
    );
    let form = county.page(&step, &eeva).await;
    assert!(form.contains("Raati kokoontuu"));
    let change = [good.as_slice(), &[("revision", "1")]].concat();
    county.send(&step, &change, &eeva).await;
    let page = county.page("/participation/cycle", &eeva).await;
    assert!(
        page.contains("ei käytössä"),
        "the tick was taken away: {page}"
    );
    assert_eq!(county.sample.post(&step, &change, &eeva).await.status, 409);
}

/// An answer to the late proposal and an action that follows from it.
async fn acted_on(county: &County, cookie: &str) {
    let page = county
        .page("/participation/pack?forum=council", cookie)
        .await;
    let proposal = format!("/proposals/{}", between(&page, "href=\"/proposals/", "\""));
    let answer = [
        ("kind", "accepted"),
        ("reason", "Käytäntö aloitetaan."),
        ("decided_by_role", "hallintojohtaja"),
    ];
    county
        .send(&format!("{proposal}/answer"), &answer, cookie)
        .await;
    let ends = county.day(60);
    let action = [
        ("words", "Kirje vuokrataloyhtiöille"),
        ("responsible_role", "asumisneuvoja"),
        ("ends_on", ends.as_str()),
        ("target", "Häätöjen määrä"),
    ];
    county
        .send(&format!("{proposal}/actions"), &action, cookie)
        .await;
}

#[tokio::test]
async fn a_pack_shows_what_is_open_what_was_decided_and_when_it_is_looked_at() {
    for county in counties() {
        let sample = &county.sample;
        let (aino, eeva) = (sample.enter(AINO).await, sample.enter(EEVA).await);
        assert_eq!(sample.get("/participation/pack", &aino).await.status, 404);
        let page = county.page("/participation/pack", &eeva).await;
        assert!(
            page.contains("Avoimia ehdotuksia ei ole")
                && page.contains("Päätöksiä ei ole kirjattu")
        );
        sent_proposal(&county, &eeva).await;
        let page = county.page("/participation/pack?forum=hyte", &eeva).await;
        assert!(
            page.contains("Ilmoitus toisesta erästä") && page.contains("1, joista myöhässä 0"),
            "{page}"
        );
        let page = county
            .page("/participation/pack?forum=management", &eeva)
            .await;
        assert!(
            !page.contains("Ilmoitus toisesta erästä"),
            "it is the municipality's"
        );
        county.pass(40);
        let eeva = sample.enter(EEVA).await;
        let page = county
            .page("/participation/pack?forum=council", &eeva)
            .await;
        assert!(page.contains("1, joista myöhässä 1"), "{page}");

        let (today, later) = (county.day(0), county.day(90));
        let decide = "/participation/pack/hyte/decisions";
        assert_eq!(
            sample
                .get("/participation/pack/sauna/decisions", &eeva)
                .await
                .status,
            404
        );
        let form = county.page(decide, &eeva).await;
        let proposal = between(
            form.split("id=\"f-proposal\"").nth(1).unwrap(),
            "value=\"\">",
            "</select>",
        );
        let proposal = between(proposal, "<option value=\"", "\"").to_owned();
        let fields = [
            ("decided_on", today.as_str()),
            ("words", "Asumisneuvonta kunnan palveluihin"),
            ("proposal", proposal.as_str()),
            ("role", "hyvinvointikoordinaattori"),
            ("follow_on", later.as_str()),
        ];
        let page = county
            .refused(decide, &[fields[0], fields[1], fields[3]], &eeva)
            .await;
        assert!(page.contains("href=\"#f-follow_on\""));
        county.send(decide, &fields, &eeva).await;
        county.pass(100);
        let eeva = sample.enter(EEVA).await;
        let page = county.page("/participation/pack?forum=hyte", &eeva).await;
        assert!(
            page.contains("data-color=\"warning\"") && page.contains("Asumisneuvonta kunnan"),
            "{page}"
        );
        let follow = format!(
            "/participation/decisions/{}",
            between(&page, "/participation/decisions/", "\"")
        );
        let came = [("came", "Kaksi kuntaa aloitti"), ("revision", "1")];
        county.refused(&follow, &[("revision", "1")], &eeva).await;
        county.send(&follow, &came, &eeva).await;
        assert_eq!(sample.get(&follow, &eeva).await.status, 404);
        assert!(
            county
                .page("/participation/pack?forum=hyte", &eeva)
                .await
                .contains("Kaksi kuntaa aloitti")
        );
        acted_on(&county, &eeva).await;
        let page = county
            .page("/participation/pack?forum=council", &eeva)
            .await;
        for words in [
            "Käynnissä olevat toimenpiteet",
            "Kirje vuokrataloyhtiöille",
            "asumisneuvoja",
            "Häätöjen määrä",
            "Suunniteltu",
            "Vaikutusta ei ole vielä kirjattu",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let management = county
            .page("/participation/pack?forum=management", &eeva)
            .await;
        assert!(
            !management.contains("Kirje vuokrataloyhtiöille")
                && management.contains("Toimenpiteitä ei ole käynnissä"),
            "it is the municipality's"
        );
    }
}

/// A proposal to a municipality that waits for its answer for thirty days.
async fn sent_proposal(county: &County, eeva: &str) {
    let phenomenon = county.phenomenon("Häätöuhka", eeva).await;
    let path = format!("/phenomena/{phenomenon}");
    let evidence = [
        ("kind", "statistic"),
        ("words", "Asunnottomia on enemmän kuin viime vuonna."),
        ("source", "Sotkanet 2618"),
        ("quality", "moderate"),
        ("looked", "yes"),
    ];
    county
        .send(&format!("{path}/evidence"), &evidence, eeva)
        .await;
    let statements = format!("{path}/statements");
    let form = county.page(&statements, eeva).await;
    let id = between(&form, "name=\"evidence\" value=\"", "\"").to_owned();
    county
        .send(
            &statements,
            &[("words", "Häätöuhka kasaantuu."), ("evidence", &id)],
            eeva,
        )
        .await;
    let due = county.day(30);
    let proposed = [
        ("words", "Ilmoitus toisesta erästä"),
        ("level", "municipality"),
        ("recipient", "Kaupunginhallitus"),
        ("recipient_role", "hallintojohtaja"),
        ("due_on", due.as_str()),
    ];
    let proposal = county
        .send(&format!("{path}/proposals/new"), &proposed, eeva)
        .await;
    let page = county.page(&proposal, eeva).await;
    let seen = between(&page, "name=\"seen\" value=\"", "\"");
    let sent = county
        .sample
        .post(
            &format!("{proposal}/send"),
            &[("revision", "1"), ("seen", seen)],
            eeva,
        )
        .await;
    assert_eq!(sent.status, 200, "{}", sent.body);
}

#[tokio::test]
async fn the_wellbeing_report_gets_sums_and_a_few_are_not_told() {
    let [county, _] = counties();
    let (aino, eeva) = (
        county.sample.enter(AINO).await,
        county.sample.enter(EEVA).await,
    );
    for people in ["12", "3"] {
        let day = county.day(0);
        let mut fields = Vec::from(planned(&day));
        if people == "3" {
            fields[6] = ("theme", "toimeentulo");
        }
        let path = county.send("/participation/new", &fields, &aino).await;
        let outcome = [
            ("people", people),
            ("experts", "0"),
            ("developers", "0"),
            ("outcome", "Hyvä keskustelu"),
            ("revision", "1"),
        ];
        county
            .send(&format!("{path}/outcome"), &outcome, &aino)
            .await;
    }
    let page = county.page("/participation/pack?forum=hyte", &eeva).await;
    assert!(
        page.contains("alle 5") && page.contains("<td role=\"cell\">12</td>"),
        "{page}"
    );
    let file = county.page("/participation/themes.csv", &aino).await;
    assert!(
        file.contains("Jyväskylä") && file.contains("alle 5") && !file.contains(",3"),
        "{file}"
    );
    let before = county
        .page("/participation/themes.csv?year=2001", &aino)
        .await;
    assert!(!before.contains("Jyväskylä"));
    county
        .page("/participation/themes.csv?year=99999999", &aino)
        .await;
}

#[tokio::test]
async fn the_county_says_where_experts_are_asked_for() {
    let [county, _] = counties();
    let (eeva, pekka) = (
        county.sample.enter(EEVA).await,
        county.sample.enter(PEKKA).await,
    );
    assert_eq!(
        county
            .sample
            .get("/participation/rules", &eeva)
            .await
            .status,
        404
    );
    assert!(
        county
            .page("/participation/rules", &pekka)
            .await
            .contains("sheet-interpret")
    );
    let page = county
        .refused(
            "/participation/rules",
            &[("yearly-interpret", "paljon")],
            &pekka,
        )
        .await;
    assert!(page.contains("href=\"#f-yearly-interpret\"") && page.contains("paljon"));
    county
        .refused(
            "/participation/rules",
            &[("yearly-interpret", "51")],
            &pekka,
        )
        .await;
    county
        .send(
            "/participation/rules",
            &[("yearly-interpret", "2"), ("sheet-collect", "0")],
            &pekka,
        )
        .await;
    assert_eq!(
        county
            .sample
            .count("select count(*) from participation_rule"),
        1
    );
    let page = county.page("/participation/rules", &pekka).await;
    assert!(
        page.contains("name=\"yearly-interpret\" type=\"text\" value=\"2\""),
        "{page}"
    );
}

#[tokio::test]
async fn pages_take_as_many_statements_with_fifty_rows_as_with_one() {
    let [county, _] = counties();
    let eeva = county.sample.enter(EEVA).await;
    let paths = [
        "/participation",
        "/participation/cycle",
        "/participation/pack?forum=hyte",
        "/fi/tapaamiset",
    ];
    let mut counts = Vec::new();
    for more in [1, 49] {
        for _ in 0..more {
            county.gathering(3, &[("is_open", "yes")], &eeva).await;
            let step = [
                ("title", "Vaihe"),
                ("role", "koostaja"),
                ("day", "15"),
                ("month", "5"),
                ("forum", "hyte"),
            ];
            county.send("/participation/cycle/new", &step, &eeva).await;
        }
        let mut own = Vec::new();
        for path in paths {
            county.page(path, &eeva).await;
            let before = county.sample.store.statement_count();
            county.page(path, &eeva).await;
            own.push(county.sample.store.statement_count() - before);
        }
        counts.push(own);
    }
    assert_eq!(counts[0], counts[1]);
}
