//! A directory that can also lie: for tests only.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::time::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

/// How the directory lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    None,
    Issuer,
    Audience,
    Nonce,
    Expired,
    FromTheFuture,
    /// Header says `alg: none`, and there is no signature.
    Unsigned,
    /// Signed with the public key as if it were a shared secret (HS256).
    SharedSecret,
    /// One letter of the claims is changed after signing.
    Changed,
    /// Signed with a key that the directory does not publish.
    OtherKey,
    /// No login claim anywhere.
    Nameless,
    /// The user information is about somebody else.
    OtherSubject,
    NoToken,
}

pub struct Inside {
    pub lie: Lie,
    pub now: Timestamp,
    pub nonce: String,
    /// The challenge of the sign-in that began last.
    pub challenge: String,
    key: EcdsaKeyPair,
    key_id: String,
    pub asked_for_keys: u32,
    /// Claims of the token beside the standard ones.
    pub claims: Value,
    /// Claims given only to who asks with the access token.
    pub user_info: Value,
}

#[derive(Clone)]
pub struct StandIn {
    pub origin: String,
    pub inside: Arc<Mutex<Inside>>,
}

fn new_key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap()
}

fn text(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl StandIn {
    pub async fn start(now: Timestamp) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let inside = Arc::new(Mutex::new(Inside {
            lie: Lie::None,
            now,
            nonce: String::new(),
            challenge: String::new(),
            key: new_key(),
            key_id: "first".to_owned(),
            asked_for_keys: 0,
            claims: json!({"preferred_username": "aino.salmela", "groups": ["sosiaalityo", "neuvonta"]}),
            user_info: json!({}),
        }));
        let one = Self { origin, inside };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/me", get(user_info))
            .with_state(one.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        one
    }

    /// New keys from now on, as directories do without telling.
    pub fn rotate(&self) {
        let mut inside = self.inside.lock().unwrap();
        inside.key = new_key();
        inside.key_id.push_str("-next");
    }
}

async fn metadata(State(one): State<StandIn>) -> Json<Value> {
    let origin = &one.origin;
    Json(json!({
        "issuer": origin,
        "authorization_endpoint": format!("{origin}/auth"),
        "token_endpoint": format!("{origin}/token"),
        "userinfo_endpoint": format!("{origin}/me"),
        "jwks_uri": format!("{origin}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    }))
}

async fn keys(State(one): State<StandIn>) -> Json<Value> {
    let mut inside = one.inside.lock().unwrap();
    inside.asked_for_keys += 1;
    let point = inside.key.public_key().as_ref();
    let (x, y) = (text(&point[1..33]), text(&point[33..]));
    Json(json!({"keys": [{
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": inside.key_id, "x": x, "y": y,
    }]}))
}

async fn token(
    State(one): State<StandIn>,
    Form(asked): Form<HashMap<String, String>>,
) -> Result<Json<Value>, StatusCode> {
    let inside = one.inside.lock().unwrap();
    let verifier = asked.get("code_verifier").ok_or(StatusCode::BAD_REQUEST)?;
    let digest = ring::digest::digest(&ring::digest::SHA256, verifier.as_bytes());
    if text(digest) != inside.challenge || asked.get("code").map(String::as_str) != Some("good") {
        return Err(StatusCode::BAD_REQUEST);
    }
    let mut answer = json!({"access_token": "access", "token_type": "Bearer"});
    if inside.lie != Lie::NoToken {
        answer["id_token"] = json!(identity_token(&one.origin, &inside));
    }
    Ok(Json(answer))
}

async fn user_info(State(one): State<StandIn>) -> Json<Value> {
    let inside = one.inside.lock().unwrap();
    let mut claims = inside.user_info.clone();
    let subject = if inside.lie == Lie::OtherSubject {
        "77"
    } else {
        "42"
    };
    claims["sub"] = json!(subject);
    Json(claims)
}

fn identity_token(origin: &str, inside: &Inside) -> String {
    let lie = inside.lie;
    let now = inside.now.as_second();
    let mut claims = inside.claims.clone();
    claims["iss"] = json!(if lie == Lie::Issuer {
        "https://elsewhere.example"
    } else {
        origin
    });
    claims["aud"] = json!(if lie == Lie::Audience {
        "somebody-else"
    } else {
        "noste"
    });
    claims["nonce"] = json!(if lie == Lie::Nonce {
        "another"
    } else {
        &inside.nonce
    });
    claims["sub"] = json!("42");
    claims["exp"] = json!(if lie == Lie::Expired {
        now - 3_600
    } else {
        now + 300
    });
    claims["iat"] = json!(if lie == Lie::FromTheFuture {
        now + 7_200
    } else {
        now
    });
    if matches!(lie, Lie::Nameless | Lie::OtherSubject) {
        claims.as_object_mut().unwrap().remove("preferred_username");
    }
    let algorithm = match lie {
        Lie::Unsigned => "none",
        Lie::SharedSecret => "HS256",
        _ => "ES256",
    };
    let head = text(json!({"alg": algorithm, "kid": inside.key_id}).to_string());
    let signed = format!("{head}.{}", text(claims.to_string()));
    let random = SystemRandom::new();
    let signature = match lie {
        Lie::Unsigned => String::new(),
        Lie::SharedSecret => {
            let key =
                ring::hmac::Key::new(ring::hmac::HMAC_SHA256, inside.key.public_key().as_ref());
            text(ring::hmac::sign(&key, signed.as_bytes()))
        }
        Lie::OtherKey => text(new_key().sign(&random, signed.as_bytes()).unwrap()),
        _ => text(inside.key.sign(&random, signed.as_bytes()).unwrap()),
    };
    if lie == Lie::Changed {
        claims["preferred_username"] = json!("hanna.rantanen");
        return format!("{head}.{}.{signature}", text(claims.to_string()));
    }
    format!("{signed}.{signature}")
}
