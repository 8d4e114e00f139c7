//! The database goes away under people at work: they are told so in their own language, everything they typed is on the page
//! they get, programs get a problem document, and when the database is there again the same form is taken, once.

use axum::body::Body;
use axum::http::{Request, header};
use identity::session::{COOKIE, begin};
use kernel::time::SignedDuration;
use store::{Engine, Query, StoreError};
use testkit::{Server, TestStore, powercut::PowerDisk, store_on};
use web::TOKEN_FIELD;

use app::house::{Built, build};

use crate::client::encode;
use crate::inside::{Got, ask, plan};
use crate::town;

const FORM: &str = "application/x-www-form-urlencoded";
const WORDS: &str = "Vuokra on kaksi kuukautta rästissä.\nEn uskalla avata kirjeitä.";

type Fields = &'static [(&'static str, &'static str)];

const CONTACT: Fields = &[
    ("words", WORDS),
    ("wish", "week"),
    ("way", "call"),
    ("phone", "040 123 4567"),
    ("name", "Maija Meikäläinen"),
    ("language", "sv"),
];

const NOTICE: Fields = &[
    ("words", WORDS),
    ("ground", "consent"),
    ("organisation", "Koulukuraattori, Keskikoulu"),
    ("notifier", "Kaisa Kuraattori"),
    ("notifier-phone", "040 765 4321"),
    ("municipality", "179"),
];

/// Workers' forms with all that is typed in them; `{id}` is a contact of the worker's own.
const OF_WORK: &[(&str, Fields)] = &[
    (
        "/contacts/new",
        &[
            ("kind", "contact"),
            ("door", "phone"),
            ("inbound", "came"),
            ("own_words", WORDS),
            ("person_name", "Kari Ojala"),
            ("phone", "040 222 3333"),
            ("language", "fi"),
            ("theme", "money"),
            ("urgency", "week"),
            ("seen_suggestion", "week"),
            ("call_back", "yes"),
            ("call_when", "Huomenna aamulla, ei ennen yhdeksää"),
        ],
    ),
    ("/contacts/{id}/note", &[("body", WORDS)]),
    (
        "/contacts/{id}/attempt",
        &[("channel", "call"), ("reached", "no"), ("body", WORDS)],
    ),
    ("/contacts/{id}/message", &[("body", WORDS)]),
    ("/contacts/{id}/call", &[("body", "Soitan iltapäivällä")]),
    (
        "/contacts/{id}/urgency",
        &[("urgency", "today"), ("child", "yes"), ("reason", WORDS)],
    ),
    (
        "/contacts/{id}/end",
        &[("ending", "not_wanted"), ("own_words", WORDS)],
    ),
    ("/advice", ADVICE),
];

const ADVICE: Fields = &[
    ("door", "phone"),
    ("person", "Liisa"),
    ("asked", WORDS),
    ("advised", "Neuvottu Kelan puhelinpalveluun"),
    ("next", "Soittaa uudelleen, jos ei auta"),
];

struct Outage {
    built: Built,
    cookie: String,
    /// Token of the worker's page.
    token: String,
    /// The worker's own contact.
    own: String,
    runtime: tokio::runtime::Runtime,
    kept: TestStore,
}

impl Outage {
    fn on(place: Engine) -> Self {
        let kept = store_on(place, &town::migrations());
        let people = town::build(&kept);
        kept.store().shutdown();
        let built = build(plan(&kept)).expect("the house opens");
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let house = &built.house;
        let staff = people.workers[1].staff;
        let session = runtime.block_on(begin(house, staff)).expect("a session");
        let key = *blake3::hash(session.as_bytes()).as_bytes();
        let token = web::token::issue_for(
            &house.secrets,
            &*house.chance,
            house.now(),
            &key,
            staff.bytes(),
        );
        let mut outage = Self {
            cookie: format!("{COOKIE}={session}"),
            token,
            own: String::new(),
            built,
            runtime,
            kept,
        };
        let first = outage.form();
        assert_eq!(
            outage.send("fi", "yhteydenotto", &first, CONTACT).status,
            200
        );
        outage.own = outage.only_contact();
        let taken = outage.work(&format!("/contacts/{}/take", outage.own), &[], "fi");
        assert_eq!(taken.status, 303, "{}", taken.body);
        outage
    }

    /// The token of a public form that somebody has begun to fill a minute ago.
    fn form(&self) -> String {
        let house = &self.built.house;
        let token = web::token::issue(&house.secrets, &*house.chance, house.now(), &[]);
        // Nobody fills a form in two seconds.
        self.kept.clock.advance(SignedDuration::from_mins(1));
        token
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: String) -> Got {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        self.runtime.block_on(ask(&self.built.router, request))
    }

    fn post(&self, path: &str, token: &str, fields: Fields, headers: &[(&str, &str)]) -> Got {
        let mut all = vec![(TOKEN_FIELD, token)];
        all.extend_from_slice(fields);
        let mut told = vec![("content-type", FORM), ("sec-fetch-site", "same-origin")];
        told.extend_from_slice(headers);
        self.ask("POST", path, &told, encode(&all))
    }

    /// A public form.
    fn send(&self, language: &str, page: &str, token: &str, fields: Fields) -> Got {
        self.post(&format!("/{language}/{page}"), token, fields, &[])
    }

    /// A worker's form, in a browser of that language.
    fn work(&self, path: &str, fields: Fields, language: &str) -> Got {
        let path = path.replace("{id}", &self.own);
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("accept-language", language),
        ];
        self.post(&path, &self.token, fields, &headers)
    }

    fn program(&self) -> Got {
        let body = r#"{"ownWords":"Vuokra on rästissä.","answerWay":"code"}"#.to_owned();
        let headers = [("content-type", "application/json")];
        self.ask("POST", "/api/v1/contacts", &headers, body)
    }

    fn read<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut store::ReadTx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        let store = &self.built.house.store;
        store.read_blocking(ask).expect("it is read")
    }

    fn only_contact(&self) -> String {
        let id: [u8; 16] = self.read(|tx| tx.query_one("select id from contact", &[])?.get(0));
        kernel::id::hyphenated(id)
    }

    fn contacts(&self) -> i64 {
        self.read(|tx| tx.query_one("select count(*) from contact", &[])?.get(0))
    }

    fn until_open(&self) {
        while !self.built.house.store.is_open() {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    /// Every form that is sent meanwhile comes back whole.
    fn gives_every_form_back(&self, token: &str) {
        for (language, words) in LATER {
            comes_back(
                &self.send(language, "yhteydenotto", token, CONTACT),
                CONTACT,
                words,
            );
            comes_back(
                &self.send(language, "ilmoitus", token, NOTICE),
                NOTICE,
                words,
            );
        }
        for (path, fields) in OF_WORK {
            comes_back(&self.work(path, fields, "fi"), fields, LATER[0].1);
        }
        let refused = self.program();
        assert_eq!(refused.status, 503);
        assert!(refused.body.contains("\"status\":503"), "{}", refused.body);
    }

    /// The same forms are taken when it is over: what was refused before has left nothing behind.
    fn takes_them_later(&self, token: &str, there: i64) {
        self.until_open();
        for (page, fields) in [("yhteydenotto", CONTACT), ("ilmoitus", NOTICE)] {
            for _ in 0..2 {
                let taken = self.send("fi", page, token, fields);
                assert_eq!(taken.status, 200, "{}", taken.body);
            }
        }
        assert_eq!(self.program().status, 201);
        for (path, fields) in OF_WORK {
            let taken = self.work(path, fields, "fi");
            assert_eq!(taken.status, 303, "{path}: {}", taken.body);
        }
        // The public's two, the program's and the worker's.
        assert_eq!(self.contacts(), there + 4);
    }
}

/// Told plainly, with everything typed, to be sent again.
fn comes_back(got: &Got, fields: Fields, words: &str) {
    assert_eq!(got.status, 503, "{}", got.body);
    assert!(got.headers.contains_key(header::RETRY_AFTER));
    assert!(got.body.contains(words), "{words}: {}", got.body);
    for (name, value) in fields {
        let kept = format!("name=\"{name}\" value=\"{value}\"");
        assert!(got.body.contains(&kept), "{kept} in {}", got.body);
    }
}

const LATER: [(&str, &str); 4] = [
    ("fi", "Lähetystä ei voitu nyt vahvistaa"),
    ("sv", "Det gick inte att bekräfta"),
    ("en", "The sending could not be confirmed"),
    ("easy", "Tekstisi on tällä sivulla"),
];

/// What a disk does.
type Mishap = (&'static str, fn(&PowerDisk), fn(&PowerDisk));

const MISHAPS: [Mishap; 2] = [
    (
        "read-only",
        |disk| disk.read_only(true),
        |disk| disk.read_only(false),
    ),
    ("broken", |disk| disk.fail(true), |disk| disk.fail(false)),
];

#[test]
fn a_disk_that_cannot_be_written_gives_every_form_back_and_takes_it_later() {
    for (name, fall, mend) in MISHAPS {
        println!("{name}");
        let disk = PowerDisk::new();
        let path = disk.uri("15.sqlite").into();
        let outage = Outage::on(Engine::Sqlite { path });
        let (there, token) = (outage.contacts(), outage.form());
        fall(&disk);
        outage.gives_every_form_back(&token);
        // What needs no writing is still read, and who watches is told.
        assert_eq!(outage.ask("GET", "/fi", &[], String::new()).status, 200);
        let health = outage.ask("GET", "/health", &[], String::new());
        assert_eq!(health.status, 503, "{}", health.body);
        mend(&disk);
        outage.takes_them_later(&token, there);
    }
}

/// A full disk still takes what fits into the room that its files have: each form is taken, or comes back whole, and sent
/// again until it is taken there is one of each.
#[test]
fn a_full_disk_takes_a_form_or_gives_it_back() {
    let disk = PowerDisk::new();
    let path = disk.uri("15.sqlite").into();
    let outage = Outage::on(Engine::Sqlite { path });
    let (there, token) = (outage.contacts(), outage.form());
    disk.room(Some(0));
    let mut back = 0;
    for _ in 0..4 {
        for (page, fields) in [("yhteydenotto", CONTACT), ("ilmoitus", NOTICE)] {
            let got = outage.send("fi", page, &token, fields);
            if got.status != 200 {
                comes_back(&got, fields, LATER[0].1);
                back += 1;
            }
        }
        let got = outage.work("/advice", ADVICE, "fi");
        if got.status != 303 {
            comes_back(&got, ADVICE, LATER[0].1);
            back += 1;
        }
    }
    assert!(back > 0, "the disk was full");
    disk.room(None);
    outage.takes_them_later(&token, there);
}

#[test]
fn a_server_that_is_away_gives_every_form_back_and_takes_it_later() {
    let mut server = Server::start(&[]);
    let place = Engine::Postgres {
        url: server.url(),
        schema: "county_15".to_owned(),
    };
    let outage = Outage::on(place);
    let (there, token) = (outage.contacts(), outage.form());
    server.kill();
    // Who is at the screen cannot be known, and the text comes back all the same.
    outage.gives_every_form_back(&token);
    let swedish = outage.work("/contacts/{id}/note", OF_WORK[1].1, "sv");
    comes_back(&swedish, OF_WORK[1].1, LATER[1].1);
    let cookie = ("cookie", outage.cookie.as_str());
    let page = [cookie, ("accept-language", "sv")];
    let refused = outage.ask("GET", "/desk", &page, String::new());
    assert_eq!(refused.status, 503);
    assert!(!refused.body.contains("postgres"), "{}", refused.body);
    // A form of another site is not read, and nothing of it is on a page of ours.
    let foreign = [
        ("content-type", FORM),
        cookie,
        ("origin", "https://elsewhere.example"),
    ];
    let got = outage.ask(
        "POST",
        "/advice",
        &foreign,
        encode(&[("asked", "Salaisuus")]),
    );
    assert!(got.status.as_u16() >= 400 && !got.body.contains("Salaisuus"));
    server.begin();
    outage.takes_them_later(&token, there);
}
