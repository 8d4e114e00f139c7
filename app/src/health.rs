//! Health: tells a watching program and the county's IT whether the house is open. No client data.

use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use identity::people;
use web::{Feature, Guard, House, Limit, Route};

/// Watching programs ask often, and they are few.
const LIMIT_HEALTH: Limit = Limit {
    name: "health",
    burst: 60,
    per_hour: 7_200,
};

/// The route `/health`.
pub fn feature() -> Feature {
    Feature {
        name: "health",
        routes: vec![
            Route::get("/health", Guard::Public, health)
                .raw(0)
                .limit(LIMIT_HEALTH),
        ],
        migrations: &[],
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::MessageSet {
            room: "health",
            fi: "",
            sv: "",
            en: "",
            easy: "",
        },
        events: &[],
        checks: &[],
    }
}

/// The engine of Finnish text; without Voikko the search and the hints know fewer forms.
fn analysis() -> &'static str {
    static LABEL: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    LABEL.get_or_init(|| {
        text::analysis::Analyser::open(kernel::language::Language::Fi)
            .kind()
            .label()
    })
}

/// Longest time of the look at the county's settings: a watching program is answered also when the database hangs.
const PATIENCE: Duration = Duration::from_secs(2);

/// Who takes a contact that names no municipality; see [`people::who_receives`].
async fn receives(house: &House) -> &'static str {
    let asked = house.store.read(|tx| people::who_receives(tx));
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(receives)) => receives.code(),
        _ => "unknown",
    }
}

async fn health(State(house): State<House>) -> Response {
    let (urgent, bulk) = house.store.waiting();
    let open = house.store.is_open();
    let status = if open {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let receives = match open {
        true => receives(&house).await,
        false => "unknown",
    };
    let body = serde_json::json!({
        "open": open,
        "version": env!("CARGO_PKG_VERSION"),
        "waitingWrites": urgent,
        "waitingBulk": bulk,
        "textAnalysis": analysis(),
        "receivesContacts": receives,
    });
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, body.to_string()).into_response()
}
