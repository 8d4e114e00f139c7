//! Serves the fixtures page at http://localhost:8099/_components, to look at every component in every state.

use std::{net::SocketAddr, sync::Arc};

use axum::http::request::Parts;
use kernel::{chance::SystemChance, clock::SystemClock};
use web::{
    BoxFuture, County, Failure, Feature, Guard, House, HouseConfig, LimitsMode, MessageSet,
    NavItem, NavPlace, Secrets, Session, SessionSource,
};

struct Everybody;

impl SessionSource for Everybody {
    fn load<'a>(
        &'a self,
        _: &'a House,
        _: &'a mut Parts,
    ) -> BoxFuture<'a, Result<Option<Session>, Failure>> {
        let session = Session {
            key: [1; 32],
            owner: [1; 16],
            name: "Jaana Peltola".to_owned(),
            title_key: "nav-own".to_owned(),
        };
        Box::pin(async { Ok(Some(session)) })
    }

    fn may(&self, _: &House, _: &Session, _: &str, _: &str) -> bool {
        true
    }
}

fn frame() -> Feature {
    let nav = |group, order, label, href, main| NavItem {
        group,
        order,
        label,
        href,
        main,
        right: None,
    };
    Feature {
        name: "frame",
        routes: vec![web::Route::get("/", Guard::Public, || async {
            web::go_to("/_components")
        })],
        migrations: &[],
        nav: vec![
            nav(
                NavPlace::Own,
                1,
                "public-accessibility",
                "/_components",
                true,
            ),
            nav(NavPlace::Own, 2, "nav-own", "/own", true),
            nav(NavPlace::Unit, 1, "nav-unit", "/unit", false),
        ],
        jobs: vec![],
        messages: MessageSet {
            room: "frame",
            fi: "",
            sv: "",
            en: "",
            easy: "",
        },
        events: &[],
        checks: &[],
    }
}

#[tokio::main]
async fn main() {
    let store = testkit::sqlite_store(&[]);
    let features = || vec![web::feature(), web::fixtures::feature(), frame()];
    let config = HouseConfig {
        store: store.store(),
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        secrets: Secrets::new([7; 32]),
        county: County {
            code: "15".to_owned(),
            name_fi: "Keski-Suomen hyvinvointialue".to_owned(),
            name_sv: "Mellersta Finlands välfärdsområde".to_owned(),
            name_en: "Wellbeing services county of Central Finland".to_owned(),
            advice_phone: "014 000 0100".to_owned(),
            advice_hours_fi: "ma–pe klo 9–15".to_owned(),
            emergency_phone: "014 000 0101".to_owned(),
            ..County::default()
        },
        demo: true,
        https: false,
        trusted_proxy_header: None,
        limits: LimitsMode::On,
        sessions: Arc::new(Everybody),
        extras: vec![],
    };
    let house = House::new(config, &features()).expect("the messages are right");
    let router = web::assemble(&house, features());
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 8099))
        .await
        .expect("port 8099 is free");
    println!("http://localhost:8099/_components");
    axum::serve(
        listener,
        router.into_make_service_with_connect_info::<SocketAddr>(),
    )
    .await
    .expect("the server runs");
}
