use std::collections::BTreeSet;

use web::LimitsMode;

use crate::support::{AINO, VILLE, sample};

#[tokio::test]
async fn hostile_text_stays_text_in_every_component() {
    let s = sample(LimitsMode::On);
    let page = s.get("/_components", &[AINO]).await.body;
    assert!(
        page.matches("&#60;script&#62;alert(1)").count() > 60,
        "the hostile text is shown everywhere"
    );
    for sign in ["<script>alert", "</script>&", "&amp;"] {
        assert!(!page.contains(sign), "{sign}");
    }
    // No tag of ours holds anything inline.
    for tag in page
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
    {
        let names: String = tag.split('"').step_by(2).collect();
        assert!(
            !names.contains(" style=") && !names.contains(" on"),
            "{tag}"
        );
    }
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("<style").count(), 0);
}

#[tokio::test]
async fn names_and_descriptions_point_to_something() {
    let s = sample(LimitsMode::On);
    let page = s.get("/_components", &[AINO]).await.body;
    let values = |name: &str| -> Vec<&str> {
        page.split(&format!(" {name}=\""))
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect()
    };
    let ids = values("id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "ids are unique");
    let pointers = ["for", "aria-describedby", "aria-labelledby"];
    let pointed = pointers
        .into_iter()
        .flat_map(values)
        .flat_map(str::split_whitespace);
    let in_page = values("href")
        .into_iter()
        .filter_map(|href| href.strip_prefix("#f-"))
        .map(|id| format!("f-{id}"));
    let all: Vec<String> = pointed.map(str::to_owned).chain(in_page).collect();
    assert!(all.len() > 60);
    for id in all {
        assert!(known.contains(id.as_str()), "nothing has the id {id}");
    }
}

#[tokio::test]
async fn the_frame_shows_what_the_reader_may() {
    let s = sample(LimitsMode::On);
    let aino = s.get("/_components", &[AINO]).await.body;
    let ville = s.get("/_components", &[VILLE]).await.body;
    assert!(aino.contains(r#"href="/contacts""#) && !ville.contains(r#"href="/contacts""#));
    assert!(aino.contains(r#"href="/_components" aria-current="page""#));
    assert!(aino.contains("keys-help") && aino.contains(r#"data-keys="on""#));
    let without = s
        .get("/_components", &[("cookie", "who=aino; noste_keys=off")])
        .await
        .body;
    assert!(!without.contains("keys-help") && !without.contains("data-keys="));
    let nobody = s.get("/_components", &[]).await.body;
    assert!(
        !nobody.contains("/sign-out")
            && !nobody.contains("keys-help")
            && !nobody.contains(r#"action="/keys""#)
    );
}
