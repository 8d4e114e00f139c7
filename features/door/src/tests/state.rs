use axum::body::Body;
use axum::http::{Method, StatusCode};
use intake::domain::ending::Ending;
use intake::store::{ending, record};
use kernel::time::{Date, SignedDuration};

use super::{Browser, TestHouse};
use crate::words;

const PLAIN: &[(&str, &str)] = &[
    ("words", "Vuokra on rästissä."),
    ("way", "code"),
    ("language", "fi"),
];
const STATE: &str = "/fi/tunnus/tila";

async fn reader(test: &TestHouse) -> (Browser<'_>, String) {
    let mut browser = test.browser();
    let code = browser.contact(PLAIN).await;
    (browser, code)
}

#[tokio::test]
async fn a_code_is_read_as_people_type_it() {
    let test = TestHouse::new();
    let (_, code) = reader(&test).await;
    for typed in [
        code.clone(),
        code.to_lowercase(),
        code.replace('-', " "),
        format!("  {} ", code.replace('-', "")),
    ] {
        let mut browser = test.browser();
        let opened = browser.fill("/fi/tunnus", &[("code", &typed)]).await;
        assert_eq!(opened.header("location"), STATE, "{typed}");
        let page = browser.follow(&opened).await;
        assert!(page.body.contains("Vuokra on rästissä.") && page.body.contains("Neuvonta"));
    }
    for wrong in ["2345-6789-ABCD", "", "abc", "0000-0000-0000", "ä"] {
        let mut browser = test.browser();
        let answered = browser.fill("/fi/tunnus", &[("code", wrong)]).await;
        assert_eq!(answered.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answered.body.contains("id=\"f-code-error\""), "{wrong}");
        assert!(!browser.jar.contains_key("noste_receipt"));
    }
}

#[tokio::test]
async fn the_page_is_closed_after_thirty_idle_minutes_and_forgotten_when_asked() {
    let test = TestHouse::new();
    let (mut browser, _) = reader(&test).await;
    for _ in 0..3 {
        test.clock.advance(SignedDuration::from_mins(29));
        assert_eq!(
            browser.get(STATE).await.status,
            StatusCode::OK,
            "each look keeps it open"
        );
    }
    test.clock.advance(SignedDuration::from_mins(31));
    assert_eq!(browser.get(STATE).await.header("location"), "/fi/tunnus");
    let (mut browser, _) = reader(&test).await;
    let left = browser.fill("/fi/tunnus", &[("code", "")]).await;
    let token = left.between("name=\"_token\" value=\"", "\"");
    browser
        .post("/fi/tunnus/poistu", &[("_token", &token)])
        .await;
    assert!(browser.jar.is_empty());
    assert_eq!(browser.get(STATE).await.header("location"), "/fi/tunnus");
}

#[tokio::test]
async fn a_person_by_name_answers_once_taken_and_messages_go_both_ways() {
    let test = TestHouse::new();
    let (mut browser, code) = reader(&test).await;
    let sent = browser
        .fill(
            STATE,
            &[
                ("act", "message"),
                ("message", "Lisäksi sähköt katkaistaan. Olen 010594-9031."),
            ],
        )
        .await;
    assert_eq!(sent.header("location"), "/fi/tunnus/tila?tehty=viesti");
    let page = browser.follow(&sent).await;
    assert!(page.body.contains("Viestisi on lähetetty.") && page.body.contains("Olen •••."));
    test.take_and(&code, |tx, desk, worker, id| {
        record::add_message(tx, desk, worker, id, "Soitan sinulle huomenna.")
    });
    let page = browser.get(STATE).await;
    assert!(
        page.body.contains("Jaana Hallikainen") && page.body.contains("Soitan sinulle huomenna.")
    );
    assert!(
        !page.body.contains("Vastaamme viimeistään"),
        "the answer has come"
    );
    let empty = browser
        .fill(STATE, &[("act", "message"), ("message", "  ")])
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("href=\"#f-message\""));
    assert!(!test.kept_texts().iter().any(|text| words::holds_code(text)));
}

#[tokio::test]
async fn municipality_and_parties_are_added_afterwards() {
    let test = TestHouse::new();
    let (mut browser, code) = reader(&test).await;
    for (fields, done) in [
        ([("act", "municipality"), ("municipality", "179")], "kunta"),
        ([("act", "parties"), ("parties", "couple")], "ketka"),
    ] {
        let sent = browser.fill(STATE, &fields).await;
        assert_eq!(
            sent.header("location"),
            format!("/fi/tunnus/tila?tehty={done}")
        );
    }
    let view = test.view(&code);
    assert_eq!(view.municipality.as_deref(), Some("179"));
    assert_eq!(view.parties, intake::domain::Parties::Couple);
    for fields in [
        [("act", "municipality"), ("municipality", "091")],
        [("act", "municipality"), ("municipality", "")],
        [("act", "parties"), ("parties", "crowd")],
        [("act", "strange"), ("x", "y")],
    ] {
        assert_eq!(
            browser.fill(STATE, &fields).await.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{fields:?}"
        );
    }
}

#[tokio::test]
async fn what_was_typed_waits_for_the_code_when_the_session_has_ended() {
    let test = TestHouse::new();
    let (mut browser, code) = reader(&test).await;
    let token = browser
        .get(STATE)
        .await
        .between("name=\"_token\" value=\"", "\"");
    test.clock.advance(SignedDuration::from_mins(40));
    let fields = [
        ("_token", token.as_str()),
        ("act", "message"),
        ("message", "Pitkä teksti."),
    ];
    let asked = browser.post(STATE, &fields).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        asked
            .body
            .contains("name=\"message\" value=\"Pitkä teksti.\"")
    );
    let fields = [&fields[1..], &[("code", "2345 6789 ABCD")]].concat();
    let wrong = browser.fill("/fi/tunnus", &fields).await;
    assert!(
        wrong
            .body
            .contains("name=\"message\" value=\"Pitkä teksti.\""),
        "kept through a wrong code too"
    );
    let fields = [&fields[..2], &[("code", code.as_str())]].concat();
    let sent = browser.fill("/fi/tunnus", &fields).await;
    assert!(browser.follow(&sent).await.body.contains("Pitkä teksti."));
    assert_eq!(test.count("contact_message"), 1);
}

fn next_step() -> Ending {
    Ending::NextStep {
        what: "Hakemus lähtee Kelaan.".to_owned(),
        who: "Jaana Hallikainen".to_owned(),
        who_staff: None,
        by: Date::constant(2026, 3, 20),
        told: true,
    }
}

#[tokio::test]
async fn an_ended_contact_tells_what_happens_next_and_opens_again_for_thirty_days() {
    let test = TestHouse::new();
    let (mut browser, code) = reader(&test).await;
    test.take_and(&code, |tx, desk, worker, id| {
        ending::end(tx, desk, worker, id, &next_step())
    });
    let page = browser.get(STATE).await;
    for words in [
        "Näin asiasi jatkuu",
        "Hakemus lähtee Kelaan.",
        "perjantaina 20.\u{a0}maaliskuuta",
        "Avaa uudelleen",
    ] {
        assert!(page.body.contains(words), "{words}");
    }
    let late = browser
        .fill(STATE, &[("act", "message"), ("message", "Kiitos vielä.")])
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT, "ended meanwhile");
    let opened = browser
        .fill(STATE, &[("act", "reopen"), ("reason", "Kela hylkäsi.")])
        .await;
    let page = browser.follow(&opened).await;
    assert!(page.body.contains("Asia on taas auki.") && page.body.contains("Jaana Hallikainen"));
    let again = browser
        .fill(STATE, &[("act", "message"), ("message", "Kiitos.")])
        .await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);

    test.work(&code, |tx, desk, worker, id| {
        ending::end(tx, desk, worker, id, &next_step())
    });
    test.clock.advance(SignedDuration::from_hours(24 * 31));
    let mut browser = test.browser();
    let opened = browser.fill("/fi/tunnus", &[("code", &code)]).await;
    let page = browser.follow(&opened).await;
    assert!(page.body.contains("ei voi enää avata") && !page.body.contains("value=\"reopen\""));
    let token = page.between("name=\"_token\" value=\"", "\"");
    let late = browser
        .post(STATE, &[("_token", &token), ("act", "reopen")])
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}

async fn upload(browser: &mut Browser<'_>, files: &[(&str, &[u8])]) -> super::house::Answered {
    let token = browser
        .get(STATE)
        .await
        .between("name=\"_token\" value=\"", "\"");
    let mut body =
        format!("--X\r\ncontent-disposition: form-data; name=\"_token\"\r\n\r\n{token}\r\n")
            .into_bytes();
    for (name, content) in files {
        body.extend_from_slice(
            format!(
                "--X\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n"
            )
            .as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--X--\r\n");
    browser
        .send(
            Method::POST,
            "/fi/tunnus/liitteet",
            "multipart/form-data; boundary=X",
            Body::from(body),
        )
        .await
}

#[tokio::test]
async fn files_are_checked_and_all_or_none_are_kept() {
    const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n%%EOF\n";
    let test = TestHouse::new();
    let (mut browser, _) = reader(&test).await;
    let kept = upload(
        &mut browser,
        &[("lasku.pdf", PDF), ("010594-9031.pdf", PDF)],
    )
    .await;
    assert_eq!(
        kept.header("location"),
        "/fi/tunnus/tila?tehty=liitteet",
        "{}",
        kept.body
    );
    assert_eq!(test.count("attachment"), 2);
    let page = browser.get(STATE).await;
    assert!(
        page.body.contains("lasku.pdf (1\u{20}kt)") || page.body.contains("lasku.pdf (1 kt)"),
        "{}",
        page.body
    );
    for (files, words) in [
        (&[("ohjelma.exe", b"MZ".as_slice())][..], "ohjelma.exe"),
        (
            &[
                ("ehja.pdf", PDF),
                ("lasku.pdf", b"%PDF-1.7 /JavaScript %%EOF"),
            ],
            "ohjelmakoodia",
        ),
        (&[], "Valitse ensin liite."),
        (&[("a.pdf", PDF); 4], "Liitteitä voi olla 5"),
        (&[("a.pdf", PDF); 6], "Liitteitä voi olla 5"),
    ] {
        let refused = upload(&mut browser, files).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(
            refused.body.contains(words) && refused.body.contains("href=\"#f-files\""),
            "{words}"
        );
        assert_eq!(test.count("attachment"), 2);
    }
    assert!(!test.kept_texts().iter().any(|text| words::holds_code(text)));
    let gone = test.browser().fill("/fi/tunnus", &[("code", "")]).await;
    let token = gone.between("name=\"_token\" value=\"", "\"");
    let asked = test
        .browser()
        .post("/fi/tunnus/liitteet", &[("_token", &token)])
        .await;
    assert!(asked.body.contains("Liitteet pitää valita uudelleen."));
}

#[tokio::test]
async fn codes_cannot_be_tried_fast() {
    let test = TestHouse::with_limits(web::LimitsMode::On);
    let mut browser = test.browser();
    let token = browser
        .get("/fi/tunnus")
        .await
        .between("name=\"_token\" value=\"", "\"");
    let mut statuses = Vec::new();
    for _ in 0..crate::LIMIT_CODE.burst + 2 {
        let tried = browser
            .post(
                "/fi/tunnus",
                &[("_token", &token), ("code", "2345-6789-ABCD")],
            )
            .await;
        statuses.push(tried.status);
    }
    assert_eq!(
        statuses
            .iter()
            .filter(|status| **status == StatusCode::UNPROCESSABLE_ENTITY)
            .count(),
        crate::LIMIT_CODE.burst as usize
    );
    assert_eq!(statuses.last(), Some(&StatusCode::TOO_MANY_REQUESTS));
}

/// Every statement of the sender's side on the other engine: what is written here for SQLite alone
/// would be met by the first county that runs PostgreSQL.
#[tokio::test]
async fn the_whole_way_on_postgresql() {
    let test = TestHouse::on_postgres();
    let mut browser = test.browser();
    let fields = [
        ("words", "Vuokra on rästissä."),
        ("way", "call"),
        ("phone", "0401234567"),
    ];
    let code = browser.contact(&fields).await;
    assert_eq!(browser.contact(&fields).await, code, "sent twice");
    for fields in [
        [("act", "message"), ("message", "Lisää tietoa.")],
        [("act", "municipality"), ("municipality", "179")],
        [("act", "parties"), ("parties", "family")],
    ] {
        let done = browser.fill(STATE, &fields).await;
        assert_eq!(
            done.status,
            StatusCode::SEE_OTHER,
            "{fields:?}: {}",
            done.body
        );
    }
    let kept = upload(&mut browser, &[("lasku.pdf", b"%PDF-1.7\n%%EOF\n")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    test.take_and(&code, |tx, desk, worker, id| {
        record::add_message(tx, desk, worker, id, "Soitan huomenna.")?;
        ending::end(tx, desk, worker, id, &next_step())
    });
    assert!(
        browser
            .get(STATE)
            .await
            .body
            .contains("Hakemus lähtee Kelaan.")
    );
    let opened = browser.fill(STATE, &[("act", "reopen")]).await;
    let page = browser.follow(&opened).await;
    assert!(page.body.contains("Jaana Hallikainen") && page.body.contains("lasku.pdf"));
    let wrong = browser
        .fill("/fi/tunnus", &[("code", "2345-6789-ABCD")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(test.count("contact"), 1);
}

#[tokio::test]
async fn a_photograph_of_a_telephone_is_kept_and_one_too_large_is_told_by_name() {
    const MB: usize = 1024 * 1024;
    let photograph = |length: usize| {
        let mut bytes = vec![0x55; length];
        bytes[..3].copy_from_slice(&[0xff, 0xd8, 0xff]);
        bytes[length - 2..].copy_from_slice(&[0xff, 0xd9]);
        bytes
    };
    let test = TestHouse::new();
    let (mut browser, _) = reader(&test).await;
    for (kept, length) in [(1, 3 * MB), (2, 99 * MB / 10)] {
        let answer = upload(&mut browser, &[("kuva.jpg", &photograph(length))]).await;
        assert_eq!(
            answer.header("location"),
            "/fi/tunnus/tila?tehty=liitteet",
            "{length}"
        );
        assert_eq!(test.count("attachment"), kept);
    }
    let large = photograph(105 * MB / 10);
    let refused = upload(&mut browser, &[("iso-kuva.jpg", &large)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("iso-kuva.jpg") && refused.body.contains("href=\"#f-files\""),
        "{}",
        refused.body
    );
    let files = [("kuva.jpg", large.as_slice()); 5];
    let over = upload(&mut browser, &files).await;
    assert_eq!(over.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(over.body.contains("<html"), "{}", over.body);
    assert_eq!(test.count("attachment"), 2);
}
