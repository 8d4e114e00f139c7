use axum::http::StatusCode;
use futures_util::StreamExt;
use web::LimitsMode;

use crate::support::{AINO, OWN, get, sample};

#[tokio::test]
async fn every_answer_has_the_safety_headers() {
    let s = sample(LimitsMode::On);
    let asset = web::assets::url("noste.css");
    let paths = [
        "/fi/saavutettavuus",
        "/no-such",
        "/work",
        "/sv/panic",
        "/busy",
        "/api/v1/busy",
        "/fi/form",
        &asset,
    ];
    for path in paths {
        let answer = s.get(path, &[]).await;
        let csp = answer.header("content-security-policy");
        for rule in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(csp.contains(rule), "{path}: {csp}");
        }
        assert!(
            !csp.contains("unsafe") && !csp.contains("data:") && !csp.contains('*'),
            "{path}: {csp}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert!(
            answer.header("permissions-policy").contains("camera=()"),
            "{path}"
        );
        assert!(
            answer
                .header("strict-transport-security")
                .contains("max-age"),
            "{path}"
        );
        let kept = answer.header("cache-control");
        assert_eq!(kept.contains("immutable"), path == asset, "{path}: {kept}");
        assert_eq!(kept == "no-store", path != asset, "{path}: {kept}");
    }
}

#[tokio::test]
async fn a_fault_is_a_page_with_a_way_onward_in_the_readers_language() {
    let s = sample(LimitsMode::On);
    let answer = s.get("/sv/panic", &[]).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(
        answer.body.contains(r#"<html lang="sv""#)
            && answer.body.contains("Det är ett fel i tjänsten")
    );
    assert!(answer.body.contains(r#"href="/sv""#) && answer.body.contains("014 000 0101"));
    assert!(
        !answer.body.contains("as the test wants"),
        "the cause stays in the log"
    );
}

#[tokio::test]
async fn a_full_store_asks_to_try_again() {
    let s = sample(LimitsMode::On);
    let page = s
        .get("/busy", &[("accept-language", "de, en-GB;q=0.8, fi;q=0.5")])
        .await;
    assert_eq!(
        (page.status, page.header("retry-after")),
        (StatusCode::SERVICE_UNAVAILABLE, "2")
    );
    assert!(page.body.contains("very busy"), "{}", page.body);
    let api = s.get("/api/v1/busy", &[]).await;
    assert_eq!(api.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(api.header("content-type"), "application/problem+json");
    assert!(api.body.contains(r#""status":503"#));
}

#[tokio::test]
async fn a_wrong_method_is_a_page_too() {
    let s = sample(LimitsMode::On);
    let answer = s.post("/busy", &[], &[]).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.body.contains("<h1>"));
}

#[tokio::test]
async fn the_language_is_chosen_and_kept() {
    let s = sample(LimitsMode::On);
    let page = s.get("/_components", &[AINO]).await.body;
    let token = page
        .split(r#"name="_token" value=""#)
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let fields = [
        ("_token", token),
        ("language", "sv"),
        ("_back", "/_components"),
    ];
    let answer = s.post("/language", &fields, &[AINO, OWN]).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/_components")
    );
    assert!(
        answer
            .header("set-cookie")
            .starts_with("noste_language=sv; Path=/; HttpOnly; SameSite=Lax")
    );
    assert!(answer.header("set-cookie").ends_with("; Secure"));
    let swedish = s
        .get("/_components", &[("cookie", "who=aino; noste_language=sv")])
        .await
        .body;
    assert!(swedish.contains(r#"<html lang="sv""#) && swedish.contains("Logga ut"));
    for elsewhere in [
        "//evil.test",
        "https://evil.test",
        "/\\evil.test",
        "/a\r\nb",
        "",
    ] {
        let fields = [("_token", token), ("language", "en"), ("_back", elsewhere)];
        let answer = s.post("/language", &fields, &[AINO, OWN]).await;
        assert_eq!(answer.header("location"), "/", "{elsewhere:?}");
    }
}

#[tokio::test]
async fn public_pages_speak_four_languages_and_link_to_each() {
    let s = sample(LimitsMode::On);
    for (code, words) in [
        ("fi", "Saavutettavuusseloste"),
        ("sv", "Tillgänglighetsutlåtande"),
        ("en", "Accessibility statement"),
        ("easy", "Selkokielinen teksti on luonnos"),
    ] {
        let page = s.get(&format!("/{code}/saavutettavuus"), &[]).await.body;
        assert!(page.contains(words), "{code}");
        for other in ["fi", "sv", "en", "easy"] {
            assert!(
                page.contains(&format!(r#"href="/{other}/saavutettavuus""#)),
                "{code} to {other}"
            );
        }
    }
    assert_eq!(
        s.get("/de/saavutettavuus", &[]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn assets_that_pages_name_exist_and_ask_for_nothing_foreign() {
    let s = sample(LimitsMode::On);
    let page = s.get("/_components", &[AINO]).await.body;
    let named: Vec<&str> = page
        .split('"')
        .filter(|text| text.starts_with("/assets/"))
        .collect();
    assert_eq!(named.len(), 3, "icon, style sheet, script: {named:?}");
    for path in &named {
        assert_eq!(s.get(path, &[]).await.status, StatusCode::OK, "{path}");
    }
    let sheet = named.iter().find(|path| path.ends_with(".css")).unwrap();
    let folder = sheet.strip_suffix("noste.css").unwrap();
    let css = s.get(sheet, &[]).await;
    assert_eq!(css.header("content-type"), "text/css; charset=utf-8");
    let mut fonts = 0;
    for address in css
        .body
        .split("url(")
        .skip(1)
        .map(|rest| rest.split(')').next().unwrap().trim_matches('"'))
    {
        assert!(
            !address.contains(':') && !address.starts_with('/'),
            "{address}"
        );
        assert_eq!(
            s.get(&format!("{folder}{address}"), &[]).await.status,
            StatusCode::OK,
            "{address}"
        );
        fonts += usize::from(address.ends_with(".woff2"));
    }
    assert_eq!(fonts, 2);
    let packed = s.get(sheet, &[("accept-encoding", "br, gzip")]).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert_eq!(packed.header("vary"), "accept-encoding");
    assert!(packed.header("content-length").parse::<usize>().unwrap() < css.body.len() / 4);
    assert_eq!(css.header("content-encoding"), "");
    let old = s.get("/assets/0000000000000000/noste.css", &[]).await;
    assert_eq!(
        (old.status, old.header("cache-control")),
        (StatusCode::OK, "no-cache")
    );
    assert_eq!(
        s.get("/assets/0/../Cargo.toml", &[]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn live_streams_tell_topics_and_are_few() {
    let s = sample(LimitsMode::On);
    assert_eq!(
        s.get("/live?topics=contacts", &[]).await.status,
        StatusCode::SEE_OTHER
    );
    let mut open = Vec::new();
    for _ in 0..8 {
        open.push(s.open(get("/live?topics=contacts", &[AINO])).await);
    }
    let ninth = s.get("/live?topics=contacts", &[AINO]).await;
    assert_eq!(ninth.status, StatusCode::TOO_MANY_REQUESTS);
    let mut stream = open.pop().unwrap().into_body().into_data_stream();
    drop(open);
    s.house.live.tell("staff");
    s.house.live.tell("contacts");
    let event = stream.next().await.unwrap().unwrap();
    assert_eq!(&event[..], b"event: change\ndata: contacts\n\n");
    let again = s.open(get("/live?topics=contacts", &[AINO])).await;
    assert_eq!(
        again.status(),
        StatusCode::OK,
        "closed streams give their place back"
    );
}

#[test]
fn extras_are_found_by_type() {
    let s = sample(LimitsMode::On);
    assert_eq!(s.house.extra::<u16>().as_deref(), Some(&41));
    assert_eq!(s.house.extra::<u32>(), None);
}
