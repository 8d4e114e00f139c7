//! A county with an editor and a publisher of social reporting, and a browser without an account.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use identity::people::{self, Staff, StaffId, UnitId};
use kernel::time::{Date, SignedDuration};
use reporting::domain::{ReporterKind, Valence, Written};
use reporting::panels::{Around, Line, Panel, Panels};
use reporting::store::observe;
pub use sample::*;
use store::{Query, StoreError};
use testkit::TestStore;
use tower::ServiceExt;

pub const EEVA: [u8; 16] = [41; 16];
pub const PENTTI: [u8; 16] = [42; 16];

const MORE: [([u8; 16], &str, &str); 2] = [
    (EEVA, "Eeva Editori", "structural_editor"),
    (PENTTI, "Pentti Julkaisija", "structural_publisher"),
];

pub struct County {
    pub sample: Sample,
    public: Router,
}

pub struct Page {
    pub status: u16,
    pub body: String,
    pub headers: axum::http::HeaderMap,
}

fn tables() -> Vec<store::Migration> {
    rooms_and(&[statistics::MIGRATIONS, reporting::MIGRATIONS])
}

/// Stands for another room: what it tells of a phenomenon's themes; nothing to the publisher.
fn beside(_: &mut store::ReadTx<'_>, around: &Around<'_>) -> Result<Option<Panel>, StoreError> {
    let themes: Vec<&str> = around.themes.iter().map(|one| one.code()).collect();
    if around.reader.staff == StaffId::from_bytes(PENTTI) {
        return Ok(None);
    }
    Ok(Some(Panel {
        id: "another".to_owned(),
        heading: "Toisen huoneen luvut".to_owned(),
        columns: vec!["Luku".to_owned(), "Uusin".to_owned()],
        rows: vec![Line {
            href: "/figures/homeless".to_owned(),
            title: themes.join("+"),
            cells: vec![("512".to_owned(), "2025".to_owned())],
            ..Line::default()
        }],
        notes: vec!["Vain julkaistut luvut.".to_owned()],
        ..Panel::default()
    }))
}

/// The county on both engines.
pub fn counties() -> [County; 2] {
    let tables = tables();
    [
        county(testkit::sqlite_store(&tables)),
        county(testkit::postgres_store(&tables)),
    ]
}

pub fn county(store: TestStore) -> County {
    let sample = sample_of(
        store,
        Rooms {
            features: || vec![reporting::feature()],
            extras: vec![
                Arc::new(Panels(vec![beside])),
                Arc::new(statistics::borders::Kept::default()),
            ],
        },
    );
    sample
        .store
        .write_blocking(|tx| {
            for (id, name, task) in MORE {
                people::add_staff(
                    tx,
                    &Staff {
                        id: StaffId::from_bytes(id),
                        name: name.to_owned(),
                        sort_key: name.to_lowercase(),
                        title: "social_worker".to_owned(),
                        tasks: vec![task.to_owned()],
                        qualifications: vec!["other".to_owned()],
                        unit: UnitId::from_bytes(NORTH),
                        began_on: Date::constant(2020, 1, 1),
                        ended_on: None,
                        demo_role: None,
                    },
                )?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let public = web::assemble(&sample.house, vec![web::feature(), reporting::feature()]);
    County { sample, public }
}

impl County {
    async fn send(&self, request: Request<Body>) -> Page {
        let response = self.public.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Page {
            status: parts.status.as_u16(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
            headers: parts.headers,
        }
    }

    /// Opens a page without an account.
    pub async fn open(&self, path: &str) -> Page {
        let request = Request::builder().uri(path).header("host", "noste.test");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// A token of a page that was opened some seconds ago.
    pub fn token(&self) -> String {
        let house = &self.sample.house;
        let token = web::token::issue(&house.secrets, &*house.chance, house.now(), b"");
        self.sample.clock.advance(SignedDuration::from_secs(5));
        token
    }

    /// Sends a form without an account.
    pub async fn fill(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.token();
        self.fill_with(path, fields, &token).await
    }

    pub async fn fill_with(&self, path: &str, fields: &[(&str, &str)], token: &str) -> Page {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .append_pair(web::TOKEN_FIELD, token)
            .finish();
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("host", "noste.test")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// An observation of a resident; gives the code.
    pub async fn observe(&self, body: &str) -> String {
        let fields = [("body", body), ("valence", "problem"), ("looked", "yes")];
        let sent = self.fill("/fi/havainto", &fields).await;
        assert_eq!(sent.status, 200, "{}", sent.body);
        between(&sent.body, "id=\"receipt-code\">", "<").to_owned()
    }

    /// An observation straight into the box, as a program of a partner would bring it: the form would not take all of them.
    pub fn box_up(&self, body: &str) {
        let written = Written {
            kind: ReporterKind::Partner,
            language: kernel::language::Language::Fi,
            valence: Valence::Problem,
            body: body.to_owned(),
            municipality: None,
            themes: Vec::new(),
            needs: Vec::new(),
            frequency: None,
            people: None,
            cause: None,
            proposal: String::new(),
            wished: String::new(),
        };
        let (chance, today) = (self.sample.house.chance.clone(), self.sample.house.today());
        let mut receipt = [0; 32];
        chance.fill(&mut receipt);
        self.sample
            .store
            .write_blocking(move |tx| {
                observe::put(
                    tx,
                    &*chance,
                    &written,
                    receipt,
                    observe::Source::default(),
                    today,
                )
            })
            .unwrap();
    }

    /// The night passes and the box is emptied.
    pub fn night(&self) {
        self.sample.clock.advance(SignedDuration::from_hours(24));
        let (chance, today) = (self.sample.house.chance.clone(), self.sample.house.today());
        self.sample
            .store
            .write_blocking(move |tx| observe::empty_box(tx, &*chance, today))
            .unwrap();
    }

    pub fn count(&self, sql: &'static str) -> i64 {
        self.sample.count(sql)
    }

    /// Ids of observations in a state.
    pub fn ids(&self, state: &'static str) -> Vec<String> {
        self.sample
            .store
            .read_blocking(move |tx| {
                tx.query(
                    "select id from observation where state = $1 order by body",
                    &store::params![state],
                )?
                .iter()
                .map(|row| Ok(reporting::store::ObservationId::from_bytes(row.get(0)?).to_string()))
                .collect::<Result<Vec<_>, StoreError>>()
            })
            .unwrap()
    }
}

pub fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text
        .split_once(start)
        .unwrap_or_else(|| panic!("{start} is not in {text}"));
    rest.split(end).next().unwrap()
}
