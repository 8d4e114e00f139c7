//! A county with an editor and a keeper of settings, and a browser without an account.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use identity::people::{self, Staff, StaffId, UnitId};
use kernel::time::Date;
pub use sample::*;
use store::StoreError;
use testkit::TestStore;
use tower::ServiceExt;

pub const EEVA: [u8; 16] = [41; 16];
pub const PEKKA: [u8; 16] = [42; 16];

const MORE: [([u8; 16], &str, &str); 2] = [
    (EEVA, "Eeva Editori", "structural_editor"),
    (PEKKA, "Pekka Pääkäyttäjä", "config_admin"),
];

pub struct County {
    pub sample: Sample,
    public: Router,
}

/// The county on both engines.
pub fn counties() -> [County; 2] {
    let tables = rooms_and(&[
        statistics::MIGRATIONS,
        reporting::MIGRATIONS,
        participation::MIGRATIONS,
    ]);
    [
        county(testkit::sqlite_store(&tables)),
        county(testkit::postgres_store(&tables)),
    ]
}

fn county(store: TestStore) -> County {
    let sample = sample_of(
        store,
        Rooms {
            features: || vec![reporting::feature(), participation::feature()],
            extras: Vec::new(),
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
    let rooms = vec![
        web::feature(),
        reporting::feature(),
        participation::feature(),
    ];
    let public = web::assemble(&sample.house, rooms);
    County { sample, public }
}

impl County {
    /// Opens a page without an account.
    pub async fn open(&self, path: &str) -> (u16, String) {
        let request = Request::builder().uri(path).header("host", "noste.test");
        let request = request.body(Body::empty()).unwrap();
        let response = self.public.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Sends a form that is taken; gives where the browser goes.
    pub async fn send(&self, path: &str, fields: &[(&str, &str)], cookie: &str) -> String {
        let done = self.sample.post(path, fields, cookie).await;
        assert_eq!(done.status, 303, "{path}: {}", done.body);
        done.location().split('?').next().unwrap().to_owned()
    }

    /// Sends a form that is refused; gives the page.
    pub async fn refused(&self, path: &str, fields: &[(&str, &str)], cookie: &str) -> String {
        let done = self.sample.post(path, fields, cookie).await;
        assert_eq!(done.status, 422, "{path}: {}", done.body);
        done.body
    }

    pub async fn page(&self, path: &str, cookie: &str) -> String {
        let page = self.sample.get(path, cookie).await;
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        page.body
    }

    /// A day as one writes it.
    pub fn day(&self, in_days: i64) -> String {
        let hours = kernel::time::SignedDuration::from_hours(24 * in_days);
        let on = self.sample.house.today().saturating_add(hours);
        format!("{}.{}.{}", on.day(), on.month(), on.year())
    }

    pub fn pass(&self, days: i64) {
        let hours = kernel::time::SignedDuration::from_hours(24 * days);
        self.sample.clock.advance(hours);
    }

    /// A phenomenon; gives its id.
    pub async fn phenomenon(&self, title: &str, cookie: &str) -> String {
        let review = self.day(60);
        let fields = [
            ("title", title),
            ("theme", "asuminen"),
            ("review_on", review.as_str()),
        ];
        let path = self.send("/phenomena/new", &fields, cookie).await;
        path.rsplit('/').next().unwrap().to_owned()
    }

    /// A gathering on a day; gives its path.
    pub async fn gathering(&self, in_days: i64, more: &[(&str, &str)], cookie: &str) -> String {
        let day = self.day(in_days);
        let fields = [planned(&day).as_slice(), more].concat();
        self.send("/participation/new", &fields, cookie).await
    }
}

pub fn planned(day: &str) -> [(&str, &str); 7] {
    [
        ("kind", "cafe"),
        ("title", "Keskustelukahvila asumisesta"),
        ("held_on", day),
        ("place", "Kirjasto, Kirjastokatu 1"),
        ("municipality", "179"),
        ("held_by", "sosiaaliohjaaja"),
        ("theme", "asuminen"),
    ]
}

pub const OUTCOME: [(&str, &str); 5] = [
    ("people", "12"),
    ("experts", "2"),
    ("developers", "3"),
    ("reward", "paid"),
    ("outcome", "Vuokravelasta kerrotaan liian myöhään."),
];

pub fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text
        .split_once(start)
        .unwrap_or_else(|| panic!("{start} is not in {text}"));
    rest.split(end).next().unwrap()
}
