//! From observation to answer through the pages.

use reporting::domain::{ReporterKind, Valence, Written};
use reporting::store::observe::{self, Source};

use crate::support::*;

pub async fn accepted(county: &County, cookie: &str) -> Vec<String> {
    for id in county.ids("sent") {
        let path = format!("/observations/{id}");
        let page = county.sample.get(&path, cookie).await;
        let body = between(&page.body, "name=\"body\" rows=\"6\">\n", "</textarea>").to_owned();
        let fields = [("body", body.as_str()), ("revision", "1")];
        let accept = format!("{path}/accept");
        let done = county.sample.post(&accept, &fields, cookie).await;
        assert_eq!(done.status, 303, "{}", done.body);
    }
    county.ids("screened")
}

pub async fn phenomenon(county: &County, cookie: &str, ids: &[String]) -> String {
    let mut fields = vec![
        ("into", "new"),
        ("title", "Yksin asuvien häätöuhka"),
        ("theme", "asuminen"),
        ("review_on", "1.12.2026"),
    ];
    fields.extend(ids.iter().map(|id| ("observation", id.as_str())));
    let done = county
        .sample
        .post("/observations/group", &fields, cookie)
        .await;
    assert_eq!(done.status, 303, "{}", done.body);
    let (path, _) = done.location().split_once('?').unwrap();
    path.to_owned()
}

pub async fn posted(county: &County, cookie: &str, path: &str, fields: &[(&str, &str)]) -> String {
    let done = county.sample.post(path, fields, cookie).await;
    assert_eq!(done.status, 303, "{path}: {}", done.body);
    done.location().split('?').next().unwrap().to_owned()
}

/// Sends a proposal as its page has it; gives the recipient's link.
pub async fn sent_by(county: &County, cookie: &str, proposal: &str) -> String {
    let page = county.sample.get(proposal, cookie).await;
    let value =
        |name: &str| between(&page.body, &format!("name=\"{name}\" value=\""), "\"").to_owned();
    let (revision, seen) = (value("revision"), value("seen"));
    let fields = [("revision", revision.as_str()), ("seen", seen.as_str())];
    let sent = county
        .sample
        .post(&format!("{proposal}/send"), &fields, cookie)
        .await;
    assert_eq!(sent.status, 200, "{}", sent.body);
    between(&sent.body, "id=\"proposal-link\">", "<").to_owned()
}

pub const EVIDENCE: [(&str, &str); 4] = [
    ("kind", "statistic"),
    ("words", "Asunnottomia on enemmän kuin viime vuonna."),
    ("source", "Sotkanet 2618"),
    ("quality", "moderate"),
];

pub const ANSWER: [(&str, &str); 3] = [
    ("kind", "rejected"),
    ("reason", "Ei toimia, koska yhtiöt päättävät itse."),
    ("decided_by_role", "hallintojohtaja"),
];

#[tokio::test]
async fn an_answer_by_link_reaches_whoever_told() {
    for county in counties() {
        let sample = &county.sample;
        let code = county.observe("Vuokravelka huomataan myöhään").await;
        county.observe("Velasta ei kerrota ajoissa").await;
        county.night();
        let eeva = sample.enter(EEVA).await;
        let ids = accepted(&county, &eeva).await;
        let path = phenomenon(&county, &eeva, &ids).await;
        let page = sample.get(&path, &eeva).await;
        assert!(
            page.body
                .contains("kirjoittajia on joltakin kuukaudelta alle kolme"),
            "{}",
            page.body
        );
        assert!(
            !page.body.contains("Havaintoja kuukaudessa"),
            "no axes with nothing between them"
        );
        assert!(
            !page.body.contains("2 havaintoa"),
            "few writers stand behind it"
        );

        let draft = format!("{path}/proposals/new");
        let proposed = [
            ("words", "Ilmoitus asumisneuvontaan toisesta erästä"),
            ("level", "municipality"),
            ("recipient", "Kaupunginhallitus"),
            ("recipient_role", "hallintojohtaja"),
            ("due_on", "1.12.2026"),
        ];
        let late = [
            proposed[0],
            proposed[1],
            proposed[2],
            proposed[3],
            ("due_on", "1.1.2020"),
        ];
        let refused = sample.post(&draft, &late, &eeva).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(proposed[0].1));
        assert!(
            refused.body.contains("Vastaus viimeistään – "),
            "the summary names the field"
        );
        let proposal = posted(&county, &eeva, &draft, &proposed).await;
        let send = format!("{proposal}/send");
        let revision = [("revision", "1")];
        let early = sample.post(&send, &revision, &eeva).await;
        assert_eq!(early.status, 422, "nothing is stated yet");

        posted(&county, &eeva, &format!("{path}/evidence"), &EVIDENCE).await;
        let statements = format!("{path}/statements");
        let form = sample.get(&statements, &eeva).await;
        let evidence = between(&form.body, "name=\"evidence\" value=\"", "\"").to_owned();
        let bare = sample
            .post(&statements, &[("words", "Pelkkä väite")], &eeva)
            .await;
        assert_eq!(bare.status, 422);
        let stated = [
            ("words", "Häätöuhka kasaantuu."),
            ("evidence", evidence.as_str()),
        ];
        posted(&county, &eeva, &statements, &stated).await;

        let unseen = sample.post(&send, &revision, &eeva).await;
        assert_eq!(unseen.status, 409, "what is sent is what was seen");
        let link = sent_by(&county, &eeva, &proposal).await;
        let list = sample.get("/phenomena", &eeva).await;
        assert!(list.body.contains("viimeistään 1.12.2026"), "{}", list.body);
        let again = sample.get(&proposal, &eeva).await;
        assert!(!again.body.contains(&link), "shown once");

        let opened = county.open(&link).await;
        assert_eq!(opened.status, 200);
        assert_eq!(opened.headers["cache-control"], "no-store");
        assert!(
            opened.headers["x-robots-tag"]
                .to_str()
                .unwrap()
                .contains("noindex")
        );
        let other = format!("/fi/vastaus/{}", "a".repeat(64));
        assert_eq!(county.open(&other).await.status, 404);
        assert_eq!(county.open("/fi/vastaus/x").await.status, 404);
        let bare = county
            .fill(&link, &[("kind", "rejected"), ("reason", "Koska")])
            .await;
        assert_eq!(bare.status, 422);
        assert!(bare.body.contains("Koska"));
        // An answer is public at once: what surely names somebody is not taken, and nothing typed is lost.
        let named = [
            ("kind", "rejected"),
            ("reason", "Kysy lisää: 040 123 4567"),
            ("decided_by_role", "hallintojohtaja"),
        ];
        let person = county.fill(&link, &named).await;
        assert_eq!(person.status, 422);
        assert!(person.body.contains(named[1].1), "{}", person.body);
        let staff = sample
            .post(&format!("{proposal}/answer"), &named, &eeva)
            .await;
        assert_eq!(staff.status, 422, "{}", staff.body);
        let answered = county.fill(&link, &ANSWER).await;
        assert_eq!(answered.status, 200, "{}", answered.body);
        let used = county.open(&link).await;
        assert_eq!(used.status, 410, "a link answers once");
        assert!(used.body.contains("Ehdotukseen on vastattu"));
        assert!(!used.body.contains("<form"));

        let told = county.fill("/fi/havainto/tunnus", &[("code", &code)]).await;
        assert!(told.body.contains("Ei toimia"), "{}", told.body);
        assert!(told.body.contains(ANSWER[1].1));
        followed(&county, &eeva, &proposal).await;
    }
}

async fn followed(county: &County, cookie: &str, proposal: &str) {
    let action = [
        ("words", "Yhtiöille kirje"),
        ("responsible_role", "asumisneuvoja"),
        ("ends_on", "1.12.2026"),
    ];
    posted(county, cookie, &format!("{proposal}/actions"), &action).await;
    let page = county.sample.get(proposal, cookie).await;
    let path = format!(
        "/proposal-actions/{}",
        between(&page.body, "/proposal-actions/", "\"")
    );
    let untold = [("state", "done"), ("revision", "1")];
    let refused = county.sample.post(&path, &untold, cookie).await;
    assert_eq!(refused.status, 422, "an ended action tells its effect");
    let told = [
        ("state", "done"),
        ("effect", "small"),
        ("words", "Kaksi yhtiötä aloitti."),
        ("revision", "1"),
    ];
    posted(county, cookie, &path, &told).await;
    let page = county.sample.get(proposal, cookie).await;
    assert!(page.body.contains("Tehty"));
}

#[tokio::test]
async fn phenomena_merge_split_and_close_and_addresses_stay() {
    let [county, _] = counties();
    let sample = &county.sample;
    for number in 0..3 {
        county
            .observe(&format!("Havainto {number} asumisesta"))
            .await;
    }
    county.night();
    let eeva = sample.enter(EEVA).await;
    let ids = accepted(&county, &eeva).await;
    let one = phenomenon(&county, &eeva, &ids[..2]).await;
    let two = phenomenon(&county, &eeva, &ids[2..]).await;
    let into = two.rsplit('/').next().unwrap();
    let merge = [("into", into), ("reason", "Sama asia"), ("revision", "1")];
    posted(&county, &eeva, &format!("{one}/merge"), &merge).await;
    // Whoever merged it elsewhere at the same time is told so, keeps what she wrote, and is led to where it went.
    let late = [
        ("into", into),
        ("reason", "Toisin perusteltu"),
        ("revision", "1"),
    ];
    let loser = sample.post(&format!("{one}/merge"), &late, &eeva).await;
    assert_eq!(loser.status, 409, "{}", loser.body);
    assert!(loser.body.contains("Toisin perusteltu"));
    assert!(loser.body.contains("samaan aikaan"));
    assert!(loser.body.contains(&format!("action=\"{two}/merge\"")));
    let led = sample.get(&one, &eeva).await;
    assert_eq!((led.status.as_u16(), led.location()), (303, two.as_str()));
    let split = [
        ("observation", ids[0].as_str()),
        ("title", "Muu asia"),
        ("theme", "perhe_ja_hoiva"),
        ("review_on", "1.12.2026"),
    ];
    let three = posted(&county, &eeva, &format!("{two}/split"), &split).await;
    assert_ne!(three, two);
    let step = [("next", "analysing"), ("revision", "1")];
    posted(&county, &eeva, &format!("{three}/step"), &step).await;
    let again = sample.post(&format!("{three}/step"), &step, &eeva).await;
    assert_eq!(again.status, 409);
    let close = format!("{three}/close");
    assert_eq!(
        sample
            .post(&close, &[("revision", "2")], &eeva)
            .await
            .status,
        422
    );
    let reasoned = [("revision", "2"), ("reason", "Korjattu")];
    posted(&county, &eeva, &close, &reasoned).await;
    let written = [("words", "Kirjoitettu samaan aikaan"), ("source", "Kysely")];
    let written = [&written[..], &[("kind", "research"), ("quality", "weak")]].concat();
    let loser = sample
        .post(&format!("{three}/evidence"), &written, &eeva)
        .await;
    assert_eq!(loser.status, 409, "{}", loser.body);
    assert!(loser.body.contains("Kirjoitettu samaan aikaan"));
    let closed = sample.get("/phenomena?show=closed", &eeva).await;
    assert!(closed.body.contains("Muu asia"));
    assert_eq!(
        sample.get(&close, &eeva).await.status,
        404,
        "closed already"
    );
}

#[tokio::test]
async fn a_number_is_shown_when_enough_people_stand_behind_it() {
    let [county, _] = counties();
    let sample = &county.sample;
    for number in 0..4_u8 {
        let written = Written {
            kind: ReporterKind::Professional,
            language: kernel::language::Language::Fi,
            valence: Valence::Problem,
            body: format!("Havainto {number}"),
            municipality: None,
            themes: Vec::new(),
            needs: Vec::new(),
            frequency: None,
            people: None,
            cause: None,
            proposal: String::new(),
            wished: String::new(),
        };
        let source = Source {
            writer: Some([number; 16]),
            unit: Some([number % 2; 16]),
        };
        let (chance, today) = (sample.house.chance.clone(), sample.house.today());
        sample
            .store
            .write_blocking(move |tx| {
                observe::put(tx, &*chance, &written, [number; 32], source, today)
            })
            .unwrap();
    }
    county.night();
    let eeva = sample.enter(EEVA).await;
    let ids = accepted(&county, &eeva).await;
    let path = phenomenon(&county, &eeva, &ids).await;
    let page = sample.get(&path, &eeva).await;
    assert!(page.body.contains("4 havaintoa"), "{}", page.body);
    let less = posted(
        &county,
        &eeva,
        &format!("/observations/{}/out", ids[0]),
        &[],
    )
    .await;
    assert_eq!(less, "/observations");
    posted(
        &county,
        &eeva,
        &format!("/observations/{}/out", ids[1]),
        &[],
    )
    .await;
    let page = sample.get(&path, &eeva).await;
    assert!(!page.body.contains("2 havaintoa"));
    assert!(page.body.contains("ei näytetä"));
}
