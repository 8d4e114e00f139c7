//! The recipient's link through the pages: seen before it is sent, lost and made anew, withdrawn, over.

use kernel::time::SignedDuration;

use crate::loop_closed::*;
use crate::support::*;

/// Names without capitals may be words as well.
const MATTI: &str = "Asian hoitaa matti virtanen, kun yhtiöt ovat vastanneet.";

/// A phenomenon with a statement on a statistic and one on observations, and a draft of a proposal to the town: their addresses.
async fn drafted(county: &County, cookie: &str) -> (String, String) {
    let about = [
        ("title", "Yksin asuvien häätöuhka"),
        (
            "description",
            "Vuokravelka kasvaa, kun yhteydenotto viipyy.",
        ),
        ("theme", "asuminen"),
        ("review_on", "1.12.2026"),
    ];
    let path = posted(county, cookie, "/phenomena/new", &about).await;
    let hidden = [
        ("kind", "observations"),
        ("words", "Salaisia sanoja neljästätoista havainnosta."),
        ("source", "Kehittämisyksikön kooste"),
        ("quality", "moderate"),
    ];
    for evidence in [EVIDENCE, hidden] {
        posted(county, cookie, &format!("{path}/evidence"), &evidence).await;
    }
    let statements = format!("{path}/statements");
    let form = county.sample.get(&statements, cookie).await;
    let ids: Vec<&str> = form
        .body
        .split("name=\"evidence\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    for (words, id) in [
        ("Häätöuhka kasaantuu yksin asuville.", ids[0]),
        ("Velasta kerrotaan liian myöhään.", ids[1]),
        ("Viime vuonna 3 asiakasta menetti asuntonsa.", ids[1]),
    ] {
        posted(
            county,
            cookie,
            &statements,
            &[("words", words), ("evidence", id)],
        )
        .await;
    }
    let proposed = [
        ("words", "Ilmoitus asumisneuvontaan toisesta erästä"),
        ("level", "municipality"),
        ("recipient", "Kaupunginhallitus"),
        ("recipient_role", "hallintojohtaja"),
        ("due_on", "1.12.2026"),
    ];
    let proposal = posted(county, cookie, &format!("{path}/proposals/new"), &proposed).await;
    (path, proposal)
}

/// What stands between the proposal's words and the end of the list of statements.
fn shown(body: &str) -> String {
    let from = between(body, "ehdottaa. Vastaanottaja: ", "kerrotaan tässä vain");
    from.replace("<h3>", "<h2>").replace("</h3>", "</h2>")
}

async fn acted(county: &County, cookie: &str, proposal: &str, act: &str) -> Page {
    let page = county.sample.get(proposal, cookie).await;
    let revision = between(&page.body, "name=\"revision\" value=\"", "\"").to_owned();
    let fields = [("revision", revision.as_str())];
    let done = county
        .sample
        .post(&format!("{proposal}/{act}"), &fields, cookie)
        .await;
    Page {
        status: done.status.as_u16(),
        body: done.body.clone(),
        headers: axum::http::HeaderMap::new(),
    }
}

#[tokio::test]
async fn a_recipient_sees_what_the_editor_saw_and_nothing_that_may_not_leave() {
    for county in counties() {
        let eeva = county.sample.enter(EEVA).await;
        let (path, proposal) = drafted(&county, &eeva).await;
        let preview = county.sample.get(&proposal, &eeva).await;
        assert!(preview.body.contains("Näin vastaanottaja näkee tämän"));
        assert!(
            preview.body.contains("pieni määrä ihmisiä"),
            "the editor is told that something is left out"
        );
        let link = sent_by(&county, &eeva, &proposal).await;
        let opened = county.open(&link).await;
        assert_eq!(opened.status, 200);
        assert_eq!(shown(&opened.body), shown(&preview.body));
        for told in [
            "Yksin asuvien häätöuhka",
            "Vuokravelka kasvaa, kun yhteydenotto viipyy.",
            "Häätöuhka kasaantuu yksin asuville.",
            "Asunnottomia on enemmän kuin viime vuonna.",
            "Sotkanet 2618",
            "Velasta kerrotaan liian myöhään.",
            "Havaintoja",
            "Kaupunginhallitus, hallintojohtaja",
        ] {
            assert!(opened.body.contains(told), "{told}: {}", opened.body);
        }
        for hidden in ["neljästätoista", "Kehittämisyksikön", "3 asiakasta"] {
            assert!(!opened.body.contains(hidden), "{hidden}");
        }
        // What is stated later was not sent.
        let statements = format!("{path}/statements");
        let form = county.sample.get(&statements, &eeva).await;
        let id = between(&form.body, "name=\"evidence\" value=\"", "\"").to_owned();
        let later = [("words", "Myöhempi väite"), ("evidence", id.as_str())];
        posted(&county, &eeva, &statements, &later).await;
        assert!(!county.open(&link).await.body.contains("Myöhempi väite"));
    }
}

#[tokio::test]
async fn a_lost_link_is_made_anew_and_a_withdrawn_one_says_so() {
    let [county, _] = counties();
    let eeva = county.sample.enter(EEVA).await;
    let (_, proposal) = drafted(&county, &eeva).await;
    let lost = sent_by(&county, &eeva, &proposal).await;
    let page = county.sample.get(&proposal, &eeva).await;
    assert!(page.body.contains("Linkki on voimassa"), "{}", page.body);
    assert!(!page.body.contains(&lost), "shown once");
    let pentti = county.sample.enter(PENTTI).await;
    let ville = county.sample.enter(VILLE).await;
    for act in ["link", "unlink"] {
        let path = format!("{proposal}/{act}");
        for other in [&pentti, &ville] {
            let refused = county.sample.post(&path, &[("revision", "2")], other).await;
            assert_eq!(refused.status, 404, "{act}");
        }
        let stale = county.sample.post(&path, &[("revision", "1")], &eeva).await;
        assert_eq!(stale.status, 409, "{act}");
    }

    let made = acted(&county, &eeva, &proposal, "link").await;
    assert_eq!(made.status, 200, "{}", made.body);
    let link = between(&made.body, "id=\"proposal-link\">", "<").to_owned();
    assert_ne!(link, lost);
    let dead = county.open(&lost).await;
    assert_eq!(dead.status, 410);
    assert_eq!(dead.headers["cache-control"], "no-store");
    assert!(dead.body.contains("Uusi linkki tehtiin"), "{}", dead.body);
    let typed = county.fill(&lost, &ANSWER).await;
    assert_eq!(typed.status, 410);
    assert!(typed.body.contains(ANSWER[1].1), "what was typed is there");
    assert_eq!(county.open(&link).await.status, 200);

    let withdrawn = acted(&county, &eeva, &proposal, "unlink").await;
    assert_eq!(withdrawn.status, 303);
    let dead = county.open(&link).await;
    assert_eq!(dead.status, 410);
    assert!(dead.body.contains("Linkki peruttiin"), "{}", dead.body);
    let page = county.sample.get(&proposal, &eeva).await;
    assert!(page.body.contains("Linkki peruttiin"));
    assert!(!page.body.contains("/unlink"));
    for event in ["send", "relink", "unlink"] {
        let filter = store::ActorFilter {
            event: Some(format!("proposal.{event}")),
            ..store::ActorFilter::new(store::Actor::Staff(EEVA), 20)
        };
        let log = county.sample.store.store().actor_log(filter).await.unwrap();
        assert_eq!(log.entries.len(), 1, "{event}");
    }
    for language in ["sv", "en", "easy"] {
        let other = link.replace("/fi/", &format!("/{language}/"));
        assert_eq!(county.open(&other).await.status, 410, "{language}");
    }

    // A year later a new one is of use: it does not end before it began.
    county
        .sample
        .clock
        .advance(SignedDuration::from_hours(24 * 400));
    let eeva = county.sample.enter(EEVA).await;
    let made = acted(&county, &eeva, &proposal, "link").await;
    let link = between(&made.body, "id=\"proposal-link\">", "<").to_owned();
    assert_eq!(county.open(&link).await.status, 200);
    county
        .sample
        .clock
        .advance(SignedDuration::from_hours(24 * 91));
    let over = county.open(&link).await;
    assert_eq!(over.status, 410);
    assert!(over.body.contains("Linkki oli voimassa"), "{}", over.body);
}

#[tokio::test]
async fn a_name_that_only_may_be_one_is_asked_about_once() {
    let [county, _] = counties();
    let eeva = county.sample.enter(EEVA).await;
    let (_, proposal) = drafted(&county, &eeva).await;
    let link = sent_by(&county, &eeva, &proposal).await;
    let fields = [ANSWER[0], ("reason", MATTI), ANSWER[2]];
    let staff = format!("{proposal}/answer");
    let asked = county.sample.post(&staff, &fields, &eeva).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    assert!(asked.body.contains("name=\"nobody\""));

    let asked = county.fill(&link, &fields).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    assert!(asked.body.contains("Kukaan ei ole tunnistettavissa"));
    assert!(
        asked.body.contains("href=\"#f-reason\""),
        "it leads to the field"
    );
    assert!(asked.body.contains(MATTI), "nothing typed is lost");
    let seen = between(&asked.body, "name=\"seen\" value=\"", "\"").to_owned();
    let seen = [("seen", seen.as_str())];
    let unsaid = county.fill(&link, &[&fields[..], &seen].concat()).await;
    assert_eq!(unsaid.status, 422, "neither changed nor confirmed");
    assert!(unsaid.body.contains("href=\"#f-nobody\""));
    // A name that was not shown is asked about, though the tick is there.
    let other = "Asian hoitaa anna korhonen, kun yhtiöt ovat vastanneet.";
    let changed = [
        ANSWER[0],
        ("reason", other),
        ANSWER[2],
        ("nobody", "yes"),
        seen[0],
    ];
    let asked = county.fill(&link, &changed).await;
    assert!(asked.body.contains("name=\"seen\""), "{}", asked.body);
    assert_eq!(county.count("select count(*) from proposal_response"), 0);
    let said = [&fields[..], &[("nobody", "yes")], &seen].concat();
    let answered = county.fill(&link, &said).await;
    assert_eq!(answered.status, 200);
    assert!(answered.body.contains("Kiitos"), "{}", answered.body);
    assert_eq!(county.count("select count(*) from proposal_response"), 1);
}
