use axum::body::Body;
use axum::http::{Method, StatusCode};
use kernel::time::SignedDuration;
use proptest::prelude::*;

use super::TestHouse;
use crate::words;

const PLAIN: &[(&str, &str)] = &[
    ("words", "Vuokra on kaksi kuukautta rästissä."),
    ("way", "code"),
    ("language", "fi"),
];
const CODE: &str = "010594-9031";

#[tokio::test]
async fn a_contact_gets_a_receipt_a_holder_and_a_day() {
    let test = TestHouse::new();
    let mut browser = test.browser();
    let sent = browser.fill("/fi/yhteydenotto", PLAIN).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert_eq!(sent.header("location"), "/fi/yhteydenotto/lahetetty");
    let page = browser.follow(&sent).await;
    assert_eq!(page.status, StatusCode::OK);
    let code = page.between("id=\"receipt-code\">", "<");
    assert_eq!(code.len(), 14);
    // Sent on Friday 13 March: the next working day is Monday.
    for words in [
        "Neuvonta",
        "maanantaina 16.\u{a0}maaliskuuta",
        "Nyt vastuussa",
    ] {
        assert!(page.body.contains(words), "{words}");
    }
    assert_eq!(test.contact("urgency"), "week");
    assert_eq!(test.contact("urgency_source"), "rule");
    assert_eq!(test.contact("housing_risk"), "1");
    assert_eq!(
        test.contact("title"),
        "”Vuokra on kaksi kuukautta rästissä”"
    );
    assert_eq!(test.contact("anonymous"), "1");
    assert_eq!((test.count("contact"), test.count("task")), (1, 0));
}

#[tokio::test]
async fn the_code_stands_in_no_cookie_address_or_log() {
    let test = TestHouse::new();
    let mut browser = test.browser();
    let sent = browser.fill("/fi/yhteydenotto", PLAIN).await;
    let code = browser
        .follow(&sent)
        .await
        .between("id=\"receipt-code\">", "<");
    let bare = code.replace('-', "");
    for cookie in sent.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        assert!(
            cookie.contains("HttpOnly")
                && cookie.contains("Secure")
                && cookie.contains("SameSite=Lax")
        );
        assert!(!cookie.contains(&code) && !cookie.contains(&bare));
    }
    assert!(!sent.header("location").contains(&bare));
    assert!(
        !test
            .kept_texts()
            .iter()
            .any(|text| text.contains(&code) || text.contains(&bare))
    );
}

#[tokio::test]
async fn a_call_is_promised_in_the_same_moment() {
    let test = TestHouse::new();
    let fields = [
        ("words", "Rahat ovat loppu."),
        ("way", "call"),
        ("phone", "0401234567"),
        ("name", "Maija"),
    ];
    test.browser().contact(&fields).await;
    assert_eq!(
        test.count("task where kind = 'call_back' and owner is null"),
        1
    );
    assert_eq!(test.contact("phone"), "040 123 4567");
    assert_eq!(test.contact("person_name"), "Maija");
    assert_eq!(test.contact("anonymous"), "0");
}

#[tokio::test]
async fn danger_is_judged_as_now_whatever_the_wish() {
    let test = TestHouse::new();
    let fields = [
        ("words", "Mieheni uhkaa tappaa minut."),
        ("wish", "no_hurry"),
        ("way", "code"),
    ];
    test.browser().contact(&fields).await;
    assert_eq!(test.contact("urgency"), "now");
}

#[tokio::test]
async fn errors_stand_at_their_fields_and_typed_text_stays() {
    let test = TestHouse::new();
    let mut browser = test.browser();
    let answered = browser
        .fill(
            "/fi/yhteydenotto",
            &[("words", ""), ("way", "call"), ("name", "Maija <b>")],
        )
        .await;
    assert_eq!(answered.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "id=\"error-summary\"",
        "href=\"#f-words\"",
        "href=\"#f-phone\"",
        "id=\"f-words-error\"",
        "id=\"f-phone-error\"",
        "value=\"Maija &#60;b&#62;\"",
        "value=\"call\" checked",
    ] {
        assert!(answered.body.contains(part), "{part} in {}", answered.body);
    }
    let long = "ä".repeat(5001);
    let answered = browser
        .fill("/sv/yhteydenotto", &[("words", &long), ("way", "code")])
        .await;
    assert_eq!(answered.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answered.body.contains(&long));
    assert_eq!(test.count("contact"), 0);
}

#[tokio::test]
async fn an_identity_code_is_told_of_once_and_hidden_then() {
    let test = TestHouse::new();
    let mut browser = test.browser();
    let words = format!("Olen {CODE}, numeroni on 040 123 4567.");
    let fields = [
        ("words", words.as_str()),
        ("way", "code"),
        ("name", "Maija 010594-9031"),
    ];
    let notice = browser.fill("/fi/yhteydenotto", &fields).await;
    assert_eq!(notice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        notice.body.contains("name=\"codes\" value=\"hide\"")
            && notice.body.contains("href=\"#f-words\"")
    );
    assert!(
        notice.body.contains(CODE),
        "the text is kept for its writer"
    );
    assert_eq!(test.count("contact"), 0);
    browser
        .contact(&[&fields[..], &[("codes", "hide")]].concat())
        .await;
    assert_eq!(
        test.contact("own_words"),
        "Olen •••, numeroni on 040 123 4567."
    );
    assert_eq!(test.contact("person_name"), "Maija •••");
    assert!(!test.kept_texts().iter().any(|text| words::holds_code(text)));
}

#[tokio::test]
async fn the_same_form_twice_is_one_contact_with_one_receipt() {
    let test = TestHouse::new();
    let mut browser = test.browser();
    let first = browser.contact(PLAIN).await;
    let again = browser.contact(PLAIN).await;
    assert_eq!(
        first, again,
        "another page, the same words, the same browser"
    );
    assert_eq!(test.count("contact"), 1);
    let other = test.browser().contact(PLAIN).await;
    assert_ne!(first, other, "another browser is another person");
    browser
        .contact(&[&PLAIN[1..], &[("words", "Toinen asia.")]].concat())
        .await;
    assert_eq!(test.count("contact"), 3);
    test.clock.advance(SignedDuration::from_mins(11));
    assert_ne!(
        browser.contact(PLAIN).await,
        first,
        "later it is a new contact"
    );
    assert_eq!(test.count("contact"), 4);
}

#[tokio::test]
async fn a_browser_without_cookies_gets_its_receipt_at_once_and_one_contact() {
    let test = TestHouse::new();
    let mut browser = test.browser();
    browser.takes_cookies = false;
    let token = browser
        .get("/fi/yhteydenotto")
        .await
        .between("name=\"_token\" value=\"", "\"");
    test.clock.advance(SignedDuration::from_secs(20));
    let fields = [&[("_token", token.as_str())], PLAIN].concat();
    let first = browser.post("/fi/yhteydenotto", &fields).await;
    let second = browser.post("/fi/yhteydenotto", &fields).await;
    assert_eq!(first.status, StatusCode::OK);
    let code = first.between("id=\"receipt-code\">", "<");
    assert_eq!(code, second.between("id=\"receipt-code\">", "<"));
    assert_eq!(test.count("contact"), 1);
}

#[tokio::test]
async fn whoever_is_taken_for_a_program_presses_once_more() {
    let test = TestHouse::new();
    for trap in ["", "https://example.org"] {
        let mut browser = test.browser();
        let token = browser
            .get("/fi/yhteydenotto")
            .await
            .between("name=\"_token\" value=\"", "\"");
        test.clock
            .advance(SignedDuration::from_millis(if trap.is_empty() {
                500
            } else {
                60_000
            }));
        let fields = [&[("_token", token.as_str()), ("homepage", trap)], PLAIN].concat();
        let again = browser.post("/fi/yhteydenotto", &fields).await;
        assert_eq!(again.status, StatusCode::OK, "an ordinary page");
        let before = test.count("contact");
        let token = again.between("name=\"_token\" value=\"", "\"");
        let pressed = again.between("name=\"pressed\" value=\"", "\"");
        assert!(again.body.contains("rästissä"));
        let fields = [
            &[
                ("_token", token.as_str()),
                ("pressed", pressed.as_str()),
                ("homepage", ""),
            ],
            PLAIN,
        ]
        .concat();
        let sent = browser.post("/fi/yhteydenotto", &fields).await;
        assert_eq!(browser.follow(&sent).await.status, StatusCode::OK);
        assert_eq!(test.count("contact"), before + 1);
        let other = [
            ("_token", token.as_str()),
            ("pressed", pressed.as_str()),
            ("words", "Osta!"),
            ("way", "code"),
        ];
        assert_eq!(
            browser.post("/fi/yhteydenotto", &other).await.status,
            StatusCode::OK,
            "the press is for one text"
        );
        assert_eq!(test.count("contact"), before + 1);
    }
}

#[tokio::test]
async fn the_form_has_at_most_six_fields() {
    let test = TestHouse::new();
    let page = test.browser().get("/fi/yhteydenotto").await;
    let form = page.between("<form", "</form>");
    let mut names: Vec<&str> = form
        .split("name=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    names.retain(|name| !name.starts_with('_') && *name != web::trap::TRAP);
    names.sort_unstable();
    names.dedup();
    assert_eq!(names, ["language", "name", "phone", "way", "wish", "words"]);
    let danger = page.body.find("n-danger").unwrap();
    assert!(
        danger < page.body.find("<form").unwrap(),
        "the emergency numbers come first"
    );
}

#[tokio::test]
async fn a_notification_is_kept_with_its_ground() {
    let test = TestHouse::new();
    let mut browser = test.browser();
    let fields = [
        ("words", "Naapuri ei ole poistunut kotoaan."),
        ("organisation", "Poliisi"),
        ("notifier", "Risto Rintamaki"),
        ("notifier-phone", "0295 440000"),
        ("ground", "child"),
        ("name", "Matti"),
        ("municipality", "179"),
    ];
    let sent = browser.fill("/fi/ilmoitus", &fields).await;
    assert_eq!(
        sent.header("location"),
        "/fi/ilmoitus/lahetetty",
        "{}",
        sent.body
    );
    let page = browser.follow(&sent).await;
    assert!(
        page.body.contains("Keskusta"),
        "the unit of the municipality answers"
    );
    for (column, value) in [
        ("kind", "notification"),
        ("door", "authority"),
        ("authority", "Poliisi"),
        ("authority_contact", "Risto Rintamaki, 029 544 0000"),
        ("authority_ground", "child"),
        ("child_in_household", "1"),
        ("person_name", "Matti"),
        ("answer_way", "none"),
    ] {
        assert_eq!(test.contact(column), value, "{column}");
    }
}

#[tokio::test]
async fn an_authority_tells_who_and_why_and_a_neighbour_need_not() {
    let test = TestHouse::new();
    let mut browser = test.browser();
    let answered = browser
        .fill(
            "/fi/ilmoitus",
            &[
                ("words", "Huoli."),
                ("organisation", "Koulu"),
                ("ground", "close"),
            ],
        )
        .await;
    assert_eq!(answered.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["notifier", "notifier-phone", "ground"] {
        assert!(
            answered.body.contains(&format!("href=\"#f-{field}\"")),
            "{field}"
        );
    }
    let answered = browser
        .fill(
            "/fi/ilmoitus",
            &[("words", "Huoli."), ("ground", "strange")],
        )
        .await;
    assert!(answered.body.contains("href=\"#f-ground\""));
    let answered = browser
        .fill("/fi/ilmoitus", &[("words", "Huoli."), ("ground", "unable")])
        .await;
    assert!(answered.body.contains("href=\"#f-organisation\""));
    let sent = browser
        .fill(
            "/fi/ilmoitus",
            &[("words", "Huoli naapurista."), ("ground", "close")],
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(test.contact("authority_ground"), "");
}

#[tokio::test]
async fn too_much_gets_a_friendly_page() {
    let test = TestHouse::new();
    let body = format!("words={}", "a".repeat(web::FORM_BYTES + 1));
    let answered = test
        .browser()
        .send(
            Method::POST,
            "/fi/yhteydenotto",
            "application/x-www-form-urlencoded",
            Body::from(body),
        )
        .await;
    assert_eq!(answered.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answered.body.contains("Lähetys on liian suuri"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is posted, nothing breaks and no identity code is kept.
    #[test]
    fn arbitrary_forms_never_break(
        fields in proptest::collection::vec((field_name(), field_value()), 0..14),
        path in proptest::sample::select(vec!["/fi/yhteydenotto", "/sv/ilmoitus", "/easy/tunnus", "/en/tunnus/tila"]),
    ) {
        let test = TestHouse::new();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut browser = test.browser();
            let token = browser.get("/fi/yhteydenotto").await.between("name=\"_token\" value=\"", "\"");
            test.clock.advance(SignedDuration::from_secs(9));
            let mut fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            fields.push(("_token", &token));
            let answered = browser.post(path, &fields).await;
            prop_assert!(!answered.status.is_server_error(), "{} {}", answered.status, answered.body);
            for text in test.kept_texts() {
                prop_assert!(!words::holds_code(&text), "{}", text);
            }
            Ok(())
        })?;
    }
}

fn field_name() -> impl Strategy<Value = String> {
    let names = [
        "words",
        "wish",
        "way",
        "phone",
        "name",
        "language",
        "codes",
        "homepage",
        "pressed",
        "organisation",
        "notifier",
        "notifier-phone",
        "ground",
        "municipality",
        "act",
        "message",
        "parties",
        "code",
        "reason",
    ];
    prop_oneof![9 => proptest::sample::select(names.to_vec()).prop_map(str::to_owned), 1 => any::<String>()]
}

fn field_value() -> impl Strategy<Value = String> {
    let values = [
        "code",
        "call",
        "text",
        "none",
        "today",
        "fi",
        "sign",
        "179",
        "091",
        "child",
        "close",
        "message",
        "reopen",
        "hide",
        "010594-9031",
        "Olen 01 05 94 - 9031 ja asun kadulla",
        "040 123 4567",
        "2345-6789-ABCD",
        "Apua",
        "",
    ];
    prop_oneof![7 => proptest::sample::select(values.to_vec()).prop_map(str::to_owned), 3 => any::<String>()]
}
