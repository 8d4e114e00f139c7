//! A worker writes down a contact and answers for it; the receipt code is shown once.

use crate::support::{JAANA, NURSE, VILLE, rooms, sample};
use intake::store::sender;
use testkit::{sqlite_store, stores};
use web::receipt::{KEY_PURPOSE, ReceiptCode};

const PLAIN: [(&str, &str); 6] = [
    ("kind", "contact"),
    ("door", "phone"),
    ("own_words", "Hei! Tarvitsen apua arjessa."),
    ("language", "fi"),
    ("parties", "one"),
    ("urgency", "none"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<_> = PLAIN
        .iter()
        .copied()
        .filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name))
        .collect();
    fields.extend(changes);
    fields
}

#[tokio::test(flavor = "multi_thread")]
async fn the_writer_answers_for_it() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        for (worker, name) in [(JAANA, "Jaana Peltola"), (NURSE, "Noora Koski")] {
            let cookie = sample.enter(worker).await;
            let asked = sample
                .get("/contacts/new", &cookie)
                .await
                .body
                .contains("Asiakas suostui");
            assert_eq!(asked, worker == NURSE, "{name}");
            let fields = with(&[("authority_ground", if asked { "consent" } else { "" })]);
            let saved = sample.post("/contacts/new", &fields, &cookie).await;
            assert_eq!(saved.status, 303, "{}", saved.body);
            let page = sample.get(saved.location(), &cookie).await.body;
            assert!(page.contains("”Tarvitsen apua arjessa”") && page.contains("Nimetön"));
            assert!(page.contains(name) && page.contains("Vastaat siitä nyt."));
            assert!(page.contains("Ei kiire.") && !page.contains("Sääntö on arvioinut"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_health_professional_tells_consent_or_why_there_is_none() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let nurse = sample.enter(NURSE).await;
        for ground in ["", "because"] {
            let fields = with(&[("authority_ground", ground)]);
            let back = sample.post("/contacts/new", &fields, &nurse).await;
            assert_eq!(back.status, 422);
            assert!(back.body.contains("Valitse, suostuiko asiakas"));
            assert!(back.body.contains("Tarvitsen apua arjessa"), "text kept");
        }
        assert_eq!(sample.count("select count(*) from contact"), 0);
        let fields = with(&[("authority_ground", "unable")]);
        let saved = sample.post("/contacts/new", &fields, &nurse).await;
        let page = sample.get(saved.location(), &nurse).await.body;
        assert!(page.contains("SHL 35 § 2 mom."), "{page}");
        // Others write down what they are told: the ground of a plain contact is nobody's business.
        let jaana = sample.enter(JAANA).await;
        sample.post("/contacts/new", &fields, &jaana).await;
        assert_eq!(
            sample.count("select count(*) from contact where authority_ground is null"),
            1
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_fields_are_told_and_everything_is_kept() {
    let sample = sample(sqlite_store(&rooms()));
    let cookie = sample.enter(JAANA).await;
    for (changes, told) in [
        (vec![("own_words", " ")], "Kirjoita, mitä henkilö sanoo."),
        (
            vec![("urgency", "")],
            "Valitse, kuinka pian jonkun on toimittava.",
        ),
        (vec![("door", "balloon")], "Valitse kanava."),
        (
            vec![("phone", "soita vaan")],
            "Kirjoita puhelinnumero numeroina",
        ),
        (
            vec![("answer_way", "call")],
            "Kirjoita puhelinnumero tai valitse toinen tapa",
        ),
        (
            vec![("answer_way", "code")],
            "Merkitse, että annat tunnuksen",
        ),
        (vec![("language", "other")], "Kirjoita, mikä kieli."),
        (vec![("kind", "notification")], "Kirjoita, kuka ilmoittaa."),
        (
            vec![
                ("kind", "notification"),
                ("door", "authority"),
                ("authority", "Poliisi"),
            ],
            "Valitse peruste, jolla viranomainen ilmoittaa.",
        ),
    ] {
        let mut fields = with(&changes);
        fields.push(("person_name", "Leyla Hassan"));
        let answer = sample.post("/contacts/new", &fields, &cookie).await;
        assert_eq!(answer.status, 422, "{changes:?}");
        assert!(answer.body.contains(told), "{changes:?}");
        assert!(
            answer.body.contains("value=\"Leyla Hassan\""),
            "{changes:?}"
        );
    }
    assert_eq!(sample.count("select count(*) from contact"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judgement_below_the_rules_asks_once_more() {
    let sample = sample(sqlite_store(&rooms()));
    let cookie = sample.enter(JAANA).await;
    let fields = with(&[("wish", "today")]);
    let asked = sample.post("/contacts/new", &fields, &cookie).await;
    assert_eq!(asked.status, 422);
    assert!(
        asked.body.contains("Sanat viittaavat kiireellisempään.")
            && asked.body.contains("toive: tänään")
    );
    assert!(
        asked
            .body
            .contains("name=\"seen_suggestion\" value=\"today\"")
    );
    let mut seen = fields.clone();
    seen.push(("seen_suggestion", "today"));
    assert_eq!(
        sample.post("/contacts/new", &seen, &cookie).await.status,
        303
    );
    let mut only_asked = fields;
    only_asked.push(("act", "suggest"));
    let answer = sample.post("/contacts/new", &only_asked, &cookie).await;
    assert!(
        answer.status == 200
            && answer.body.contains("Sääntö ehdottaa")
            && !answer.body.contains("error-summary")
    );
    assert_eq!(sample.count("select count(*) from contact"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_code_is_shown_once_and_opens_the_state() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let cookie = sample.enter(JAANA).await;
        let fields = with(&[
            ("give_code", "yes"),
            ("call_back", "yes"),
            ("phone", "040 123 4567"),
        ]);
        let answer = sample.post("/contacts/new", &fields, &cookie).await;
        assert_eq!(answer.status, 200);
        let shown = answer
            .body
            .split("class=\"n-code\">")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .to_owned();
        let code = ReceiptCode::parse(&shown).unwrap();
        let key = sample.house.secrets.key(KEY_PURPOSE);
        let found = sample
            .store
            .read_blocking(move |tx| sender::find(tx, &code, &key))
            .unwrap();
        let page = sample
            .get(&format!("/contacts/{found}"), &cookie)
            .await
            .body;
        assert!(!page.contains(&shown) && page.contains("Soita takaisin"));
        assert!(
            page.contains("/message\""),
            "somebody with a code can be written to"
        );
        let written = sample
            .post(
                &format!("/contacts/{found}/message"),
                &[("body", "Soitan huomenna.")],
                &cookie,
            )
            .await;
        assert!(
            sample
                .get(written.location(), &cookie)
                .await
                .body
                .contains("Soitan huomenna.")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_makes_one_contact() {
    for store in stores(&rooms()) {
        let sample = sample(store);
        let cookie = sample.enter(JAANA).await;
        let page = sample.get("/contacts/new", &cookie).await.body;
        let token = crate::support::token(&page);
        let plain = with(&[("person_name", "Leyla Hassan")]);
        let first = sample
            .post_with(&token, "/contacts/new", &plain, &cookie)
            .await;
        let second = sample
            .post_with(&token, "/contacts/new", &plain, &cookie)
            .await;
        assert_eq!(
            (first.status.as_u16(), first.location()),
            (303, second.location())
        );
        let coded = with(&[("give_code", "yes")]);
        let first = sample
            .post_with(&token, "/contacts/new", &coded, &cookie)
            .await;
        // The page with the code is loaded again much later.
        sample
            .clock
            .advance(kernel::time::SignedDuration::from_hours(1));
        let second = sample
            .post_with(&token, "/contacts/new", &coded, &cookie)
            .await;
        let code = |page: &str| {
            page.split("class=\"n-code\">")
                .nth(1)
                .unwrap()
                .split('<')
                .next()
                .unwrap()
                .to_owned()
        };
        assert_eq!(code(&first.body), code(&second.body));
        assert_eq!(sample.count("select count(*) from contact"), 2);
        // Another person with the same words a moment later is another contact.
        sample
            .clock
            .advance(kernel::time::SignedDuration::from_mins(1));
        sample.post("/contacts/new", &plain, &cookie).await;
        assert_eq!(sample.count("select count(*) from contact"), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_of_a_new_contact_is_put_back() {
    let sample = sample(sqlite_store(&rooms()));
    let cookie = sample.enter(VILLE).await;
    let draft = [
        ("_draft", "contact-new"),
        ("own_words", "Puhelu katkesi"),
        ("door", "visit"),
    ];
    sample.post("/drafts", &draft, &cookie).await;
    let page = sample.get("/contacts/new", &cookie).await.body;
    assert!(page.contains("Puhelu katkesi") && page.contains("<option value=\"visit\" selected>"));
    sample.post("/contacts/new", &PLAIN, &cookie).await;
    assert!(
        !sample
            .get("/contacts/new", &cookie)
            .await
            .body
            .contains("Puhelu katkesi")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_by_an_authority_keeps_its_ground() {
    let sample = sample(sqlite_store(&rooms()));
    let cookie = sample.enter(VILLE).await;
    let fields = with(&[
        ("kind", "notification"),
        ("door", "authority"),
        ("authority", "Poliisi"),
        ("authority_ground", "unable"),
        ("municipality", "179"),
        ("theme", "everyday"),
    ]);
    let saved = sample.post("/contacts/new", &fields, &cookie).await;
    let page = sample.get(saved.location(), &cookie).await.body;
    for shown in [
        "Poliisi",
        "SHL 35 § 2 mom.",
        "Jyväskylä",
        "Arki",
        "ilmoitus",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
}
