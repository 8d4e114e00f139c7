//! Three counties in one process, each with a database of its own. Whatever belongs to one means nothing at another's host:
//! sessions, tokens, receipts, forms, drafts, ids, logs, live channels, jobs, limits, caches, figures and texts of errors.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use app::config::Config;
use app::demo::{Size, fill};
use app::features::Rooms;
use app::house::{Plan, build};
use app::serve::{self, Served};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use kernel::chance::SystemChance;
use kernel::clock::SystemClock;
use store::{Engine, LogKey, StoreConfig, StoreError, params};
use testkit::{Folder, cluster};
use web::{Guard, LimitsMode, Secrets, TOKEN_FIELD};

use crate::attacks::routes;
use crate::client::encode;
use crate::county::{County, Reader};
use crate::ids::Ids;
use crate::inside::{Got, ask};

const CODES: [&str; 3] = ["15", "08", "19"];
/// The county whose synthetic people all three have.
const MADE: &str = "15";

/// Where a text of people may stand; each is overwritten with the county's own mark.
const TEXTS: [(&str, &str); 9] = [
    ("client", "display_name"),
    ("contact", "own_words"),
    ("contact", "title"),
    ("contact_event", "body"),
    ("matter_event", "body"),
    ("timeline_item", "title"),
    ("staff", "name"),
    ("unit", "name_fi"),
    ("observation", "body"),
];

struct Three {
    counties: Vec<County>,
    served: Vec<Served>,
    schemas: Vec<String>,
    _folder: Folder,
}

fn mark(code: &str) -> String {
    format!("Merkki{code}x")
}

fn host(code: &str) -> String {
    format!("county{code}.noste.test")
}

impl Three {
    fn on(postgres: bool) -> Self {
        let folder = Folder::new();
        let key = LogKey::load_or_create(&folder.join("log.key"), &SystemChance).expect("a key");
        let (mut served, mut schemas) = (Vec::new(), Vec::new());
        for (seed, code) in (1..).zip(CODES) {
            let schema = format!("isolation_{}_{code}", std::process::id());
            let heads = folder.join(code);
            std::fs::create_dir_all(&heads).expect("a folder");
            let engine = place(postgres, &heads, &schema);
            let size = Size {
                persons: 20,
                years: 1,
                seed,
            };
            // The synthetic people are those of Keski-Suomi: they are the furniture of all three.
            fill(MADE, engine.clone(), &heads, key, size).expect("a county");
            let (clock, chance) = (Arc::new(SystemClock), Arc::new(SystemChance));
            let plan = Plan {
                store: StoreConfig::new(MADE, engine, heads, key, clock, chance),
                county: app::house::county(code, web::County::default()).expect("a county"),
                settings: app::house::Settings::default(),
                secrets: Secrets::of_county([7; 32], code),
                demo: false,
                https: false,
                trusted_proxy_header: None,
                limits: LimitsMode::Off,
                rooms: Rooms::ALL,
                directory: None,
            };
            served.push(Served {
                built: build(plan).expect("the house opens"),
                hosts: vec![host(code)],
                demo: false,
                rooms: Rooms::ALL,
            });
            if postgres {
                schemas.push(schema);
            }
        }
        served.iter().for_each(marked);
        let front = serve::front(&served);
        let counties = served
            .iter()
            .map(|one| County::behind(one, &front))
            .collect();
        Self {
            counties,
            served,
            schemas,
            _folder: folder,
        }
    }

    /// Every county with each of the others.
    fn pairs(&self) -> impl Iterator<Item = (&County, &County)> {
        let all = &self.counties;
        let every = all.iter().enumerate();
        every.flat_map(|(place, one)| {
            let others = all
                .iter()
                .enumerate()
                .filter(move |(other, _)| *other != place);
            others.map(move |(_, other)| (one, other))
        })
    }
}

impl Drop for Three {
    fn drop(&mut self) {
        for one in &self.served {
            one.built.house.store.shutdown();
        }
        for schema in &self.schemas {
            cluster().run(&format!("drop schema if exists \"{schema}\" cascade"));
        }
    }
}

fn place(postgres: bool, folder: &Path, schema: &str) -> Engine {
    if postgres {
        return Engine::Postgres {
            url: cluster().url(),
            schema: schema.to_owned(),
        };
    }
    let path = folder.join("county.sqlite");
    Engine::Sqlite { path }
}

fn marked(one: &Served) {
    let house = &one.built.house;
    let mark = mark(&house.county.code);
    house
        .store
        .write_blocking(move |tx| {
            for (table, column) in TEXTS {
                tx.execute(
                    &format!("update {table} set {column} = $1 where {column} is not null"),
                    &params![mark.as_str()],
                )?;
            }
            Ok::<_, StoreError>(())
        })
        .expect("marked");
}

fn code(county: &County) -> &str {
    &county.built.house.county.code
}

/// Somebody with work of every kind.
fn worker(county: &County) -> &Reader {
    county
        .readers
        .iter()
        .find(|reader| reader.who.starts_with("social_worker"))
        .expect("a social worker")
}

fn program(county: &County) -> &Reader {
    county
        .readers
        .iter()
        .find(|reader| reader.is_program() && reader.who.contains("social_worker"))
        .expect("a program")
}

/// What the tables hold, as one number each.
fn rows(county: &County) -> BTreeMap<&'static str, i64> {
    [
        "log_entry",
        "contact",
        "client",
        "search_use",
        "draft",
        "job",
        "session",
        "held_form",
    ]
    .into_iter()
    .map(|table| {
        let sql = format!("select count(*) from {table}");
        (table, county.rows(&sql, &[], |row| row.get(0))[0])
    })
    .collect()
}

fn has_nothing_of(other: &County, got: &Got, what: &str) {
    let foreign = &mark(code(other));
    let told = got
        .headers
        .values()
        .any(|value| String::from_utf8_lossy(value.as_bytes()).contains(foreign.as_str()));
    assert!(!got.body.contains(foreign.as_str()) && !told, "{what}");
}

#[test]
fn nothing_crosses_between_counties_on_sqlite() {
    all(&Three::on(false));
}

#[test]
fn nothing_crosses_between_counties_on_postgresql() {
    all(&Three::on(true));
}

fn all(three: &Three) {
    own_pages_open(three);
    for (one, other) in three.pairs() {
        let before = (rows(other), other.built.house.metrics.counted());
        let mut heard = other.built.house.live.listen();
        let receipt = work(one);
        assert_eq!(rows(other), before.0, "{} worked", code(one));
        assert_eq!(other.built.house.metrics.counted(), before.1);
        assert!(heard.try_recv().is_err(), "the live channel of another");
        foreign_keys_open_nothing(one, other, &receipt);
        foreign_forms_are_not_taken(one, other);
    }
    ids_mean_nothing(three);
    caches_are_apart(three);
}

/// The marks are really there: what is not found elsewhere below is found at home.
fn own_pages_open(three: &Three) {
    for county in &three.counties {
        let desk = county.get(worker(county), "/desk");
        assert_eq!(desk.status, 200);
        assert!(desk.body.contains(&mark(code(county))), "{}", code(county));
        assert_eq!(county.get(program(county), "/api/v1/clients").status, 200);
    }
}

/// Works in a county in every way, and gives the receipt code of a contact that was sent there.
fn work(county: &County) -> String {
    let (reader, words) = (worker(county), mark(code(county)));
    let contact = format!("{{\"ownWords\":\"{words}\",\"answerWay\":\"code\"}}");
    let sent = county.post_json(&Reader::stranger(), "/api/v1/contacts", &contact);
    assert_eq!(sent.status, 201, "{}", sent.body);
    let before = rows(county);
    let draft = [("_draft", "test-form"), ("text", words.as_str())];
    assert_eq!(county.post(reader, "/drafts", &draft).status, 200);
    county.post(reader, "/clients/search", &[("by", "any"), ("q", &words)]);
    assert_eq!(county.get(reader, "/clients").status, 200);
    let after = rows(county);
    assert!(
        after["log_entry"] > before["log_entry"],
        "it is in its own log"
    );
    let told: serde_json::Value = serde_json::from_str(&sent.body).expect("an answer");
    told["receiptCode"].as_str().expect("a code").to_owned()
}

fn foreign_keys_open_nothing(one: &County, other: &County, receipt: &str) {
    let before = rows(other);
    let what = format!("{} at {}", code(one), code(other));
    for reader in one.readers.iter().filter(|reader| reader.staff.is_some()) {
        for path in [
            "/desk",
            "/contacts",
            "/clients",
            "/account",
            "/live?topics=contacts",
        ] {
            let got = other.get(reader, path);
            assert!(
                [303, 401].contains(&got.status.as_u16()),
                "{what}: {path} {}",
                got.status
            );
            has_nothing_of(one, &got, &what);
        }
        if reader.is_program() {
            let got = other.get(reader, "/api/v1/clients");
            assert_eq!(got.status, 401, "{what}");
            has_nothing_of(one, &got, &what);
        }
    }
    // A receipt: its code, and the cookie in which a browser keeps it.
    let fields = [("code", receipt)];
    let home = one.post(&Reader::stranger(), "/fi/tunnus", &fields);
    assert_eq!(home.status, 303, "the code is good at home");
    let away = other.post(&Reader::stranger(), "/fi/tunnus", &fields);
    assert_ne!(away.status, 303, "{what}: {}", away.location);
    has_nothing_of(one, &away, &what);
    let kept: Vec<&str> = home
        .headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .collect();
    let sender = Reader::sender(kept.join("; "));
    assert_eq!(one.get(&sender, "/fi/tunnus/tila").status, 200);
    let state = other.get(&sender, "/fi/tunnus/tila");
    assert_eq!(state.status, 303, "{what}");
    has_nothing_of(one, &state, &what);
    assert_eq!(rows(other)["contact"], before["contact"]);
    assert_eq!(rows(other)["log_entry"], before["log_entry"]);
}

/// A form's token, for strangers and for somebody at work, is of its county alone; and what comes too late is kept for nobody.
fn foreign_forms_are_not_taken(one: &County, other: &County) {
    let before = rows(other);
    let token = one.token(&Reader::stranger());
    let fields = [
        (TOKEN_FIELD, token.as_str()),
        ("code", "AAAA-BBBB-CCCC"),
        ("language", "sv"),
    ];
    for path in ["/language", "/fi/tunnus", "/fi/yhteydenotto"] {
        let body = encode(&fields);
        let got = other.ask_with(&Reader::stranger(), path, &[], &body);
        assert_eq!(got.status, 403, "{path}");
    }
    let reader = worker(one);
    let token = one.token(reader);
    let body = encode(&[(TOKEN_FIELD, &token), ("_draft", "x"), ("text", "x")]);
    for who in [reader, worker(other)] {
        let got = other.ask_with(who, "/drafts", &[], &body);
        assert!(
            got.status.is_client_error() || got.status == 303,
            "{}",
            got.status
        );
    }
    assert_eq!(rows(other), before);
    // Secrets of every purpose differ.
    let [own, foreign] = [one, other].map(|county| county.built.house.secrets.sign("test", b"x"));
    assert!(other.built.house.secrets.verify("test", &own).is_none());
    assert_ne!(own, foreign);
}

/// Ids of one county, asked for at another by those who may see most there.
fn ids_mean_nothing(three: &Three) {
    let whole = std::env::var_os("NOSTE_PROOF").is_some();
    let pairs = three.pairs().take(if whole { usize::MAX } else { 1 });
    for (one, other) in pairs {
        let ids = Ids::of(one, one.ids("select id from client limit 3"));
        let readers: Vec<&Reader> = other
            .readers
            .iter()
            .filter(|reader| {
                whole || reader.who.contains("social_worker") || reader.who.starts_with("lead")
            })
            .collect();
        let mut asked = 0;
        for route in routes().iter().filter(|route| route.method == Method::GET) {
            let program = matches!(route.guard, Guard::Token { .. });
            for path in ids
                .addresses(route)
                .into_iter()
                .take(if whole { 8 } else { 2 })
            {
                for reader in readers
                    .iter()
                    .filter(|reader| reader.is_program() == program)
                {
                    let got = other.get(reader, &path);
                    asked += 1;
                    assert!(got.status.as_u16() < 500, "{path}: {}", got.status);
                    has_nothing_of(one, &got, &format!("{} {path}", reader.who));
                }
            }
        }
        assert!(asked > 200, "{asked} asked");
        println!("{} at {}: {asked} addresses", code(one), code(other));
    }
}

/// What a house keeps in memory is its own: analysed words, borders of maps, sessions, desks.
fn caches_are_apart(three: &Three) {
    fn apart<T: std::any::Any + Send + Sync>(one: &County, other: &County) {
        let [own, foreign] = [one, other].map(|county| county.built.house.extra::<T>());
        let (Some(own), Some(foreign)) = (own, foreign) else {
            panic!("a house without {}", std::any::type_name::<T>());
        };
        assert!(!std::sync::Arc::ptr_eq(&own, &foreign));
    }
    for (one, other) in three.pairs() {
        apart::<text::search::Analysers>(one, other);
        apart::<statistics::borders::Kept>(one, other);
        apart::<identity::session::Sessions>(one, other);
        apart::<clients::Desk>(one, other);
        apart::<intake::store::Desk>(one, other);
    }
}

/// A process as its configuration makes it: the name in the address bar alone chooses, and each county has keys of its own.
#[test]
fn hosts_choose() {
    let folder = Folder::new();
    let mut file = format!(
        "listen = \"127.0.0.1:0\"\nsecret_file = {:?}\nlog_key_file = {:?}\nheads_dir = {:?}\n",
        folder.join("secret.key"),
        folder.join("log.key"),
        &*folder
    );
    for code in CODES {
        let database = format!("sqlite:{}", folder.join(format!("{code}.sqlite")).display());
        let (host, rooms) = (host(code), "[\"work\", \"reporting\"]");
        file.push_str(&format!(
            "[[county]]\ncode = \"{code}\"\nhosts = [\"{host}\"]\ndatabase = {database:?}\nrooms = {rooms}\n"
        ));
    }
    let path = folder.join("noste.toml");
    std::fs::write(&path, file).expect("a file");
    let served = serve::open(&Config::load(&path).expect("a configuration")).expect("counties");
    let front = serve::front(&served);
    let names: Vec<String> = served
        .iter()
        .map(|one| one.built.house.county.name_fi.clone())
        .collect();
    let signed: BTreeSet<String> = served
        .iter()
        .map(|one| one.built.house.secrets.sign("test", b"x"))
        .collect();
    assert_eq!(signed.len(), CODES.len());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let send = |uri: &str, hosts: &[&str]| {
        let mut request = Request::builder().uri(uri);
        for host in hosts {
            request = request.header(header::HOST, *host);
        }
        let request = request.body(Body::empty()).expect("a request");
        runtime.block_on(ask(&front, request))
    };
    for (code, name) in CODES.iter().zip(&names) {
        for told in [host(code), format!("{}:8080", host(code).to_uppercase())] {
            let got = send("/fi", &[&told]);
            assert!(
                got.status == 200 && got.body.contains(name.as_str()),
                "{told}"
            );
            for other in names.iter().filter(|other| *other != name) {
                assert!(!got.body.contains(other.as_str()), "{told}");
            }
        }
    }
    let [first, second, _] = CODES.map(host);
    for hosts in [
        &["noste.test"][..],
        &[],
        &[&first, &second],
        &["county15.noste.test.evil"],
    ] {
        let got = send("/fi", hosts);
        let answer = (got.status, got.body.as_str());
        assert_eq!(answer, (StatusCode::MISDIRECTED_REQUEST, ""));
    }
    // The address of the request line counts before the header.
    let got = send(&format!("http://{first}/fi"), &[&second]);
    assert!(got.body.contains(&names[0]));
    // Whoever has used up her guesses in one county has hers in another.
    let guess = |one: &Served| {
        let house = &one.built.house;
        let token = web::token::issue(&house.secrets, &*house.chance, house.now(), &[]);
        let form = encode(&[(TOKEN_FIELD, &token), ("code", "2345-6789-ABCD")]);
        let request = Request::builder()
            .method("POST")
            .uri("/fi/tunnus")
            .header(header::HOST, &one.hosts[0])
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .expect("a request");
        runtime.block_on(ask(&front, request)).status
    };
    assert!((0..100).any(|_| guess(&served[0]) == StatusCode::TOO_MANY_REQUESTS));
    assert_ne!(guess(&served[1]), StatusCode::TOO_MANY_REQUESTS);
    for one in &served {
        one.built.house.store.shutdown();
    }
}
