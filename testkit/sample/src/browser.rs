//! A browser in the sample county: it enters as a worker, opens pages and sends forms.

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use identity::session;
use tower::ServiceExt;

use crate::{Sample, staff};

pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answered {
    pub fn location(&self) -> &str {
        self.headers
            .get("location")
            .map_or("", |value| value.to_str().unwrap())
    }
}

impl Sample {
    pub async fn enter(&self, worker: [u8; 16]) -> String {
        let token = session::begin(&self.house, staff(worker)).await.unwrap();
        format!("noste_session={token}; noste_language=fi; noste_keys=on")
    }

    async fn send(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answered {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answered {
        let request = Request::builder()
            .uri(path)
            .header("host", "noste.test")
            .header("cookie", cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form with the token of a page of the same person.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)], cookie: &str) -> Answered {
        let mut page = self.get("/matters", cookie).await;
        if page.status != 200 {
            page = self.get("/account", cookie).await;
        }
        let (_, rest) = page.body.split_once("name=\"_token\" value=\"").unwrap();
        let token = rest.split('"').next().unwrap();
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .append_pair(web::TOKEN_FIELD, token)
            .finish();
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("host", "noste.test")
            .header("cookie", cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}
