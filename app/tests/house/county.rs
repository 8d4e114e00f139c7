//! A small synthetic county in a house without a network, with everybody who can look into it: the demo's people, a
//! worker of another unit, programs with tokens of each, and the public.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use api::grant::{self, NewToken};
use axum::body::Body;
use axum::http::{Request, header};
use identity::people::{self, Staff, StaffId};
use identity::session::{COOKIE, Method, Start, begin_as};
use identity::tokens::SCOPES;
use intake::domain::IntakeSettings;
use kernel::chance::SystemChance;
use kernel::clock::ManualClock;
use store::{Query, StoreError, Value};
use testkit::TestStore;
use web::{Secrets, TOKEN_FIELD};

use app::features::Rooms;
use app::house::{Built, Plan, build, endings, new_desk};

use crate::client::encode;
use crate::inside::{Got, SECRET, ask, plan};
use crate::town;

/// Somebody at a screen, or a program.
#[derive(Debug, Clone)]
pub struct Reader {
    pub who: String,
    pub staff: Option<StaffId>,
    session: Option<String>,
    bearer: Option<String>,
    /// Cookies of a sender's own.
    cookies: Option<String>,
}

impl Reader {
    pub fn is_program(&self) -> bool {
        self.bearer.is_some()
    }

    /// Somebody without a session or a token.
    pub fn stranger() -> Self {
        Self {
            who: "public".to_owned(),
            staff: None,
            session: None,
            bearer: None,
            cookies: None,
        }
    }

    /// Somebody with the receipt code of a contact, as the browser remembers it.
    pub fn sender(cookies: String) -> Self {
        Self {
            who: "sender".to_owned(),
            cookies: Some(cookies),
            ..Self::stranger()
        }
    }

    pub fn is_sender(&self) -> bool {
        self.cookies.is_some()
    }

    /// The digest by which the store knows the token.
    pub fn token_digest(&self) -> [u8; 32] {
        blake3_of(self.bearer.as_deref().expect("a program"))
    }
}

/// The county.
pub struct County {
    pub built: Built,
    pub readers: Vec<Reader>,
    pub staff: Vec<Staff>,
    runtime: tokio::runtime::Runtime,
    /// The name in the address bar.
    host: String,
    _kept: Option<TestStore>,
}

impl County {
    /// The county of so many synthetic persons: the same one every time.
    pub fn of(persons: u32) -> Self {
        Self::using(persons, Rooms::ALL)
    }

    /// The same county when it uses some parts of the product alone.
    pub fn using(persons: u32, rooms: Rooms) -> Self {
        let kept = testkit::sqlite_copy(&town::migrations(), &made(persons));
        kept.store().shutdown();
        let plan = Plan {
            rooms,
            ..plan(&kept)
        };
        let built = build(plan).expect("the house opens");
        let staff = built
            .house
            .store
            .read_blocking(|tx| people::list_all(tx))
            .expect("staff");
        let mut county = Self {
            built,
            readers: Vec::new(),
            staff,
            runtime: tokio::runtime::Runtime::new().expect("a runtime"),
            host: "localhost".to_owned(),
            _kept: Some(kept),
        };
        county.readers = county.everybody();
        county
    }

    /// Another county: a small town and nobody's clients.
    pub fn town() -> Self {
        let kept = testkit::sqlite_store(&town::migrations());
        town::build(&kept);
        kept.store().shutdown();
        let built = build(plan(&kept)).expect("the house opens");
        let staff = built
            .house
            .store
            .read_blocking(|tx| people::list_all(tx))
            .expect("staff");
        Self {
            built,
            readers: Vec::new(),
            staff,
            runtime: tokio::runtime::Runtime::new().expect("a runtime"),
            host: "localhost".to_owned(),
            _kept: Some(kept),
        }
    }

    /// One of the counties of a process, reached through its front by host name.
    pub fn behind(one: &app::serve::Served, front: &axum::Router) -> Self {
        let house = one.built.house.clone();
        let staff = house
            .store
            .read_blocking(|tx| people::list_all(tx))
            .expect("staff");
        let mut county = Self {
            built: Built {
                house,
                router: front.clone(),
                desk: Arc::clone(&one.built.desk),
            },
            readers: Vec::new(),
            staff,
            runtime: tokio::runtime::Runtime::new().expect("a runtime"),
            host: one.hosts[0].clone(),
            _kept: None,
        };
        county.readers = county.everybody();
        county
    }

    /// The demo's person of a name.
    pub fn named(&self, name: &str) -> &Reader {
        self.readers
            .iter()
            .find(|reader| reader.who.contains(name) && !reader.is_program())
            .expect("a person of the demo")
    }

    fn everybody(&self) -> Vec<Reader> {
        let demo: Vec<&Staff> = self
            .staff
            .iter()
            .filter(|one| one.demo_role.is_some())
            .collect();
        let units: Vec<_> = demo.iter().map(|one| one.unit).collect();
        let elsewhere = ["social_worker", "counsellor", "lead"].map(|title| {
            self.staff
                .iter()
                .find(|one| {
                    one.title == title && one.ended_on.is_none() && !units.contains(&one.unit)
                })
                .expect("somebody of another unit")
        });
        // A colleague in the very unit of the worker who may see.
        let own = demo
            .iter()
            .find(|one| one.title == "social_worker")
            .expect("the demo has a social worker");
        let beside = self.staff.iter().find(|one| {
            one.unit == own.unit && one.title == "counsellor" && one.ended_on.is_none()
        });
        let mut readers = vec![Reader::stranger()];
        for one in demo.into_iter().chain(elsewhere).chain(beside) {
            readers.push(self.person(one));
            readers.push(self.program(one));
        }
        readers
    }

    /// Somebody signed in who has just proved who she is.
    pub fn person(&self, one: &Staff) -> Reader {
        let start = Start {
            strong: true,
            ..Start::new(one.id, Method::Demo)
        };
        let session = self.runtime.block_on(begin_as(&self.built.house, start));
        Reader {
            who: format!("{} {}", one.title, one.name),
            staff: Some(one.id),
            session: Some(session.expect("a session")),
            bearer: None,
            cookies: None,
        }
    }

    /// A program that acts for somebody.
    pub fn program(&self, one: &Staff) -> Reader {
        let other = self
            .staff
            .iter()
            .find(|other| other.id != one.id && other.ended_on.is_none())
            .expect("another person");
        let new = NewToken {
            name: "Ohjelma".to_owned(),
            owner: other.id,
            approved_by: one.id,
            acts_for: one.id,
            scopes: SCOPES.map(str::to_owned).to_vec(),
            addresses: Vec::new(),
            days: 30,
        };
        Reader {
            who: format!("program of {} {}", one.title, one.name),
            ..self.program_of(new)
        }
    }

    /// A program with a token of its own.
    pub fn program_of(&self, new: NewToken) -> Reader {
        let house = self.built.house.clone();
        let (staff, who) = (new.acts_for, new.name.clone());
        let secret = self
            .built
            .house
            .store
            .write_blocking(move |tx| grant::create(tx, &*house.clock, &SystemChance, &new))
            .expect("a token")
            .value;
        Reader {
            who,
            staff: Some(staff),
            session: None,
            bearer: Some(secret),
            cookies: None,
        }
    }

    pub fn get(&self, reader: &Reader, path: &str) -> Got {
        self.ask(reader, "GET", path, "", Body::empty())
    }

    /// A form of ours, with a token that a page of the reader would have had.
    pub fn post(&self, reader: &Reader, path: &str, fields: &[(&str, &str)]) -> Got {
        let token = self.token(reader);
        let mut all = vec![(TOKEN_FIELD, token.as_str())];
        all.extend_from_slice(fields);
        let kind = "application/x-www-form-urlencoded";
        self.ask(reader, "POST", path, kind, Body::from(encode(&all)))
    }

    /// A page, or a form with these fields.
    pub fn send<N: AsRef<str>>(
        &self,
        reader: &Reader,
        path: &str,
        fields: Option<&[(N, String)]>,
    ) -> Got {
        let Some(fields) = fields else {
            return self.get(reader, path);
        };
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_str()))
            .collect();
        self.post(reader, path, &fields)
    }

    pub fn post_json(&self, reader: &Reader, path: &str, body: &str) -> Got {
        self.ask(
            reader,
            "POST",
            path,
            "application/json",
            Body::from(body.to_owned()),
        )
    }

    /// The token that a page of the reader would have had.
    pub fn token(&self, reader: &Reader) -> String {
        let house = &self.built.house;
        match (&reader.session, reader.staff) {
            (Some(session), Some(staff)) => web::token::issue_for(
                &house.secrets,
                &*house.chance,
                house.now(),
                blake3_of(session).as_slice(),
                staff.bytes(),
            ),
            _ => web::token::issue(&house.secrets, &*house.chance, house.now(), &[]),
        }
    }

    pub fn ask(&self, reader: &Reader, method: &str, path: &str, kind: &str, body: Body) -> Got {
        self.ask_as(
            reader,
            method,
            path,
            &[(header::CONTENT_TYPE.as_str(), kind)],
            body,
        )
    }

    /// A form with headers of the test's own.
    pub fn ask_with(
        &self,
        reader: &Reader,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Got {
        let mut all = vec![("content-type", "application/x-www-form-urlencoded")];
        all.extend_from_slice(headers);
        self.ask_as(reader, "POST", path, &all, Body::from(body.to_owned()))
    }

    /// A request with headers of the test's own.
    pub fn ask_as(
        &self,
        reader: &Reader,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Got {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.host);
        if let Some(session) = &reader.session {
            request = request.header(header::COOKIE, format!("{COOKIE}={session}"));
        }
        if let Some(cookies) = &reader.cookies {
            request = request.header(header::COOKIE, cookies.as_str());
        }
        if let Some(bearer) = &reader.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {bearer}"));
        }
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        let request = request.body(body).expect("a request");
        self.runtime.block_on(ask(&self.built.router, request))
    }

    /// The first column of a statement, as text; blobs of 16 bytes as the ids that addresses hold.
    pub fn ids(&self, sql: &str) -> Vec<String> {
        self.rows(sql, &[], |row| {
            Ok(StaffId::from_bytes(row.get(0)?).to_string())
        })
    }

    pub fn rows<T: Send + 'static>(
        &self,
        sql: &str,
        params: &[Value],
        read: impl Fn(&store::Row) -> Result<T, StoreError> + Send + 'static,
    ) -> Vec<T> {
        let (sql, params) = (sql.to_owned(), params.to_vec());
        self.built
            .house
            .store
            .read_blocking(move |tx| {
                tx.query(&sql, &params)?
                    .iter()
                    .map(&read)
                    .collect::<Result<Vec<T>, StoreError>>()
            })
            .expect("rows")
    }
}

/// Files of the county of so many persons. It takes longer to make than most tests take, so each build of the tests makes
/// it once, and every test has a copy.
fn made(persons: u32) -> PathBuf {
    let own = std::env::current_exe().expect("a program");
    let about = own.metadata().expect("a file");
    let stamp = format!("{:?} {}", about.modified(), about.len());
    let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("counties");
    let home = all.join(&blake3::hash(stamp.as_bytes()).to_hex()[..16]);
    let place = home.join(persons.to_string());
    if place.exists() {
        return place;
    }
    // What an earlier build has made is nobody's any more.
    for one in fs::read_dir(&all).into_iter().flatten().flatten() {
        if one.path() != home {
            drop(fs::remove_dir_all(one.path()));
        }
    }
    let kept = testkit::sqlite_store(&town::migrations());
    fill(&kept, persons);
    kept.store().shutdown();
    let draft = home.join(kept.folder.file_name().expect("a name"));
    fs::create_dir_all(&draft).expect("a folder");
    testkit::copy_files(&kept.folder, &draft);
    // Whole at once; where another test was first, the same county is there already.
    if fs::rename(&draft, &place).is_err() {
        drop(fs::remove_dir_all(&draft));
    }
    place
}

fn fill(kept: &TestStore, persons: u32) {
    let now = testkit::start_of_time();
    let clock: Arc<ManualClock> = kept.clock.clone();
    let as_clock: Arc<dyn kernel::clock::Clock> = kept.clock.clone();
    let chance: Arc<dyn kernel::chance::Chance> = kept.chance.clone();
    let secrets = Secrets::new(SECRET);
    let desk = new_desk(&as_clock, &chance, IntakeSettings::default());
    let plan = synth::Plan {
        county: "15".to_owned(),
        persons,
        years: 1,
        seed: 15,
        now,
        identity_key: identity::IdentityKey::of(&secrets),
        register: None,
    };
    let desks = synth::Desks::of(desk, &secrets, endings());
    synth::fill(&kept.store(), &desks, &clock, &plan, &mut |_, _| {}).expect("the county");
}

fn blake3_of(secret: &str) -> [u8; 32] {
    *blake3::hash(secret.as_bytes()).as_bytes()
}
