//! The sign-in against a directory that answers rightly, changes its keys, and lies.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod stand_in;

use kernel::clock::{Clock, ManualClock};
use kernel::time::{SignedDuration, Timestamp};
use oidc::{Identity, Kept, OidcError, Provider, Settings};
use serde_json::json;
use stand_in::{Lie, StandIn};

struct Stage {
    directory: StandIn,
    provider: Provider,
    clock: ManualClock,
    count: std::sync::atomic::AtomicU32,
}

impl Stage {
    async fn new() -> Self {
        let now: Timestamp = "2026-11-20T08:00:00Z".parse().unwrap();
        let directory = StandIn::start(now).await;
        let provider = Provider::new(Settings {
            issuer: directory.origin.clone(),
            client_id: "noste".to_owned(),
            client_secret: Some("a secret of tests".to_owned()),
            redirect: "http://localhost/sign-in/directory/back".to_owned(),
            scopes: vec!["profile".to_owned()],
            login_claim: "preferred_username".to_owned(),
            groups_claim: Some("groups".to_owned()),
        })
        .unwrap();
        Self {
            directory,
            provider,
            clock: ManualClock::new(now),
            count: 0.into(),
        }
    }

    fn forward(&self, minutes: i64) {
        self.clock.advance(SignedDuration::from_mins(minutes));
        self.directory.inside.lock().unwrap().now = self.clock.now();
    }

    /// Goes to the directory; it learns what a browser would bring it.
    async fn begin(&self) -> Kept {
        let number = self.count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let kept = Kept {
            state: format!("state-{number}"),
            nonce: format!("nonce-{number}"),
            verifier: format!("{number:064}"),
        };
        let begun = self
            .provider
            .begin(kept.clone(), self.clock.now())
            .await
            .unwrap();
        let url = reqwest::Url::parse(&begun.url).unwrap();
        let asked: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["code_challenge_method"], "S256");
        assert_eq!(asked["state"], kept.state);
        assert!(asked["scope"].contains("openid"), "{}", asked["scope"]);
        assert!(
            !begun.url.contains(&kept.verifier),
            "the verifier stays here"
        );
        let mut inside = self.directory.inside.lock().unwrap();
        inside.nonce = asked["nonce"].clone();
        inside.challenge = asked["code_challenge"].clone();
        kept
    }

    async fn finish(&self, kept: &Kept) -> Result<Identity, OidcError> {
        self.provider
            .finish("good", &kept.state, kept, self.clock.now())
            .await
    }

    async fn sign_in(&self) -> Result<Identity, OidcError> {
        let kept = self.begin().await;
        self.finish(&kept).await
    }
}

#[tokio::test]
async fn the_directory_says_who_it_is() {
    let stage = Stage::new().await;
    let identity = stage.sign_in().await.unwrap();
    assert_eq!(identity.login, "aino.salmela");
    assert_eq!(identity.groups, ["sosiaalityo", "neuvonta"]);
    assert_eq!(
        (identity.subject.as_str(), identity.issuer.as_str()),
        ("42", stage.directory.origin.as_str())
    );
}

#[tokio::test]
async fn claims_may_come_only_when_asked_for() {
    let stage = Stage::new().await;
    {
        let mut inside = stage.directory.inside.lock().unwrap();
        inside.claims = json!({});
        inside.user_info = json!({"preferred_username": "ville.aho", "groups": "sosiaaliohjaus"});
    }
    let identity = stage.sign_in().await.unwrap();
    assert_eq!(identity.login, "ville.aho");
    assert_eq!(identity.groups, ["sosiaaliohjaus"]);
}

/// Every lie is refused, and the same sign-in without it succeeds: the refusal is about the lie.
#[tokio::test]
async fn lies_are_refused() {
    let stage = Stage::new().await;
    for lie in [
        Lie::Issuer,
        Lie::Audience,
        Lie::Nonce,
        Lie::Expired,
        Lie::FromTheFuture,
        Lie::Unsigned,
        Lie::SharedSecret,
        Lie::Changed,
        Lie::OtherKey,
        Lie::NoToken,
    ] {
        stage.directory.inside.lock().unwrap().lie = lie;
        let refused = stage.sign_in().await.unwrap_err();
        assert!(matches!(refused, OidcError::Token(_)), "{lie:?}: {refused}");
        stage.directory.inside.lock().unwrap().lie = Lie::None;
        stage.sign_in().await.unwrap();
        stage.forward(2);
    }
}

#[tokio::test]
async fn a_token_without_a_name_or_with_anothers_is_not_enough() {
    let stage = Stage::new().await;
    stage.directory.inside.lock().unwrap().lie = Lie::Nameless;
    let refused = stage.sign_in().await.unwrap_err();
    assert!(matches!(refused, OidcError::Claim(_)), "{refused}");
    {
        let mut inside = stage.directory.inside.lock().unwrap();
        inside.lie = Lie::OtherSubject;
        inside.user_info = json!({"preferred_username": "hanna.rantanen"});
    }
    let refused = stage.sign_in().await.unwrap_err();
    assert!(matches!(refused, OidcError::Provider(_)), "{refused}");
}

#[tokio::test]
async fn new_keys_are_found_and_not_asked_for_all_the_time() {
    let stage = Stage::new().await;
    stage.sign_in().await.unwrap();
    let asked = |stage: &Stage| stage.directory.inside.lock().unwrap().asked_for_keys;
    assert_eq!(asked(&stage), 1);
    stage.forward(5);
    stage.directory.rotate();
    stage.sign_in().await.unwrap();
    assert_eq!(asked(&stage), 2, "the new key was asked for");
    // Forged tokens within the minute do not make the house ask again.
    stage.directory.inside.lock().unwrap().lie = Lie::OtherKey;
    for _ in 0..5 {
        stage.sign_in().await.unwrap_err();
    }
    assert_eq!(asked(&stage), 2);
    stage.directory.inside.lock().unwrap().lie = Lie::None;
    stage.forward(61);
    stage.sign_in().await.unwrap();
    assert_eq!(
        asked(&stage),
        3,
        "keys are not believed for more than an hour"
    );
}

#[tokio::test]
async fn the_answer_must_be_to_this_browsers_question() {
    let stage = Stage::new().await;
    let first = stage.begin().await;
    let second = stage.begin().await;
    let other = stage
        .provider
        .finish("good", &first.state, &second, stage.clock.now())
        .await;
    assert!(matches!(other, Err(OidcError::State)));
    let none = stage
        .provider
        .finish("good", "", &second, stage.clock.now())
        .await;
    assert!(matches!(none, Err(OidcError::State)));
    // The first one's verifier does not fit the second one's challenge: a stolen code is of no use.
    let stolen = Kept {
        verifier: first.verifier,
        ..second.clone()
    };
    assert!(matches!(
        stage.finish(&stolen).await,
        Err(OidcError::Provider(_))
    ));
    stage.finish(&second).await.unwrap();
    let bad = stage
        .provider
        .finish("bad", &second.state, &second, stage.clock.now())
        .await;
    assert!(matches!(bad, Err(OidcError::Provider(_))));
}

#[tokio::test]
async fn settings_that_are_no_good_and_a_directory_that_is_down() {
    let settings = |issuer: &str| Settings {
        issuer: issuer.to_owned(),
        client_id: "noste".to_owned(),
        client_secret: None,
        redirect: "https://noste.example/sign-in/directory/back".to_owned(),
        scopes: Vec::new(),
        login_claim: "sub".to_owned(),
        groups_claim: None,
    };
    for bad in ["", "directory", "http://directory.example"] {
        assert!(
            matches!(Provider::new(settings(bad)), Err(OidcError::Settings(_))),
            "{bad}"
        );
    }
    let down = Provider::new(settings("http://127.0.0.1:1")).unwrap();
    let kept = Kept {
        state: "s".to_owned(),
        nonce: "n".to_owned(),
        verifier: "v".repeat(64),
    };
    let now: Timestamp = "2026-11-20T08:00:00Z".parse().unwrap();
    assert!(matches!(
        down.begin(kept, now).await,
        Err(OidcError::Provider(_))
    ));
    assert!(!format!("{down:?}").contains("secret"));
}
