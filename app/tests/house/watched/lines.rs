//! Lines of the log hold nothing that anybody sends, at the finest level, on both engines.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::{Served, config, settle};
use crate::client::Client;
use crate::program::Demo;

/// Marks that stand in what is sent, each in another place.
const MARKS: [&str; 13] = [
    "MerkkiNimi",
    "MerkkiSana",
    "MerkkiHaku",
    "MerkkiLuonnos",
    "MerkkiTiedosto",
    "MerkkiSalasana",
    "MerkkiPolku",
    "MerkkiKysely",
    "MerkkiOtsake",
    "MerkkiOsoite",
    "MerkkiTunnus",
    "MerkkiAvain",
    "010190-901X",
];

/// Sends every mark to where people type, and to where they do not. Gives what the house has made that is as secret.
fn marked_requests(address: SocketAddr) -> Vec<String> {
    let mut secrets = Vec::new();
    let mut public = Client::new(address);
    let contact = r#"{"ownWords":"MerkkiSana MerkkiOsoite 010190-901X","name":"MerkkiNimi","phone":"0405551234","answerWay":"code"}"#;
    let sent = public
        .post_json("/api/v1/contacts", contact)
        .expect("an answer");
    let told: serde_json::Value = serde_json::from_slice(&sent.body).unwrap_or_default();
    if let Some(code) = told["receiptCode"].as_str() {
        secrets.push(code.to_owned());
        let token = public
            .get("/fi/tunnus")
            .and_then(|page| page.token())
            .expect("a form");
        public.post_with(&token, "/fi/tunnus", &[("code", code)]);
        let page = public.get("/fi/tunnus/tila").expect("an answer");
        let files = format!(
            "--b\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n{}\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"MerkkiTiedosto.pdf\"\r\n\r\nMerkkiSana\r\n--b--\r\n",
            page.token().unwrap_or_default()
        );
        let kind = [
            ("Content-Type", "multipart/form-data; boundary=b"),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        public.request("POST", "/fi/tunnus/liitteet", &kind, files.as_bytes());
    }
    // Broken, foreign and unfinished requests are told of most readily.
    public.post_json("/api/v1/contacts", "{\"ownWords\": MerkkiSana");
    public.post_json("/api/v1/contacts", r#"{"MerkkiNimi":"010190-901X"}"#);
    public.get("/fi/MerkkiPolku/010190-901X?q=MerkkiKysely");
    public.get("/clients/MerkkiPolku");
    public.request(
        "GET",
        "/fi",
        &[
            ("X-Own", "MerkkiOtsake"),
            ("Cookie", "noste_session=MerkkiAvain"),
        ],
        b"",
    );
    public.request(
        "GET",
        "/api/v1/clients",
        &[("Authorization", "Bearer MerkkiTunnus")],
        b"",
    );
    public.request(
        "POST",
        "/fi/tunnus",
        &[
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Origin", "https://evil.example"),
        ],
        b"code=MerkkiSana",
    );
    public.request("MERKKI", "/fi/MerkkiPolku", &[], b"");
    for bytes in [
        &b"GET /MerkkiPolku HTTP/9.9\r\n\r\n"[..],
        b"MerkkiOtsake\r\n\r\n",
        b"GET /fi HTTP/1.1\r\nHost: localhost\r\nMerkkiOtsake\r\n\r\n",
    ] {
        if let Ok(mut stream) = TcpStream::connect(address) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
            let _ = stream.write_all(bytes);
            let _ = stream.read(&mut [0; 512]);
        }
    }
    if let Some(token) = public.get("/sign-in").and_then(|page| page.token()) {
        for _ in 0..3 {
            public.post_with(
                &token,
                "/sign-in",
                &[("name", "MerkkiNimi"), ("password", "MerkkiSalasana")],
            );
        }
        public.post_with(
            &token,
            "/sign-in/first",
            &[("code", "MerkkiTunnus"), ("password", "MerkkiSalasana")],
        );
    }
    secrets
}

/// What only a worker can send.
fn marked_work(address: SocketAddr) -> Vec<String> {
    let mut worker = Client::new(address);
    worker.enter("Jaana Peltola").expect("she gets in");
    let token = worker
        .get("/desk")
        .and_then(|page| page.token())
        .expect("a form");
    for q in ["MerkkiHaku", "010190-901X", "040 555 1234"] {
        worker.post_with(&token, "/clients/search", &[("by", "any"), ("q", q)]);
        worker.post_with(&token, "/contacts/filters", &[("q", q)]);
    }
    worker.post_with(
        &token,
        "/drafts",
        &[("_draft", "MerkkiNimi"), ("text", "MerkkiLuonnos")],
    );
    worker.post_with(
        &token,
        "/clients/new",
        &[
            ("family", "MerkkiNimi"),
            ("given", "MerkkiNimi"),
            ("code", "010190-901X"),
        ],
    );
    for path in [
        "/contacts",
        "/clients",
        "/desk",
        "/contacts/MerkkiPolku",
        "/live?topics=MerkkiKysely",
    ] {
        if !path.starts_with("/live") {
            worker.get(path);
        }
    }
    vec![token]
}

fn nothing_said(said: &str, secrets: &[String], what: &str) {
    assert!(
        said.contains("the house listens"),
        "{what}: a log that says nothing proves nothing:\n{said}"
    );
    for secret in MARKS
        .iter()
        .copied()
        .chain(secrets.iter().map(String::as_str))
    {
        let line = said.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{what}: {secret}");
    }
}

/// Everything that is logged, at the finest level and of every crate, holds nothing that anybody sent.
#[test]
fn no_line_of_the_log_holds_what_people_type() {
    let folder = testkit::Folder::new();
    let path = folder.join("errors");
    let errors = std::fs::File::create(&path).expect("a file");
    let mut command = Demo::command(&folder.join("demo"), 20);
    command
        .env("NOSTE_LOG", "trace,hyper=trace,web=trace")
        .stderr(errors);
    let demo = Demo::of(&mut command, true);
    let mut secrets = marked_requests(demo.address);
    secrets.extend(marked_work(demo.address));
    assert!(!secrets.is_empty() && demo.stop());
    let said = std::fs::read_to_string(&path).expect("text");
    nothing_said(&said, &secrets, "demo on SQLite");
}

#[test]
fn no_line_of_the_log_holds_what_people_type_on_postgresql() {
    // A server of its own: connections that are cut are nobody else's.
    let (folder, server) = (testkit::Folder::new(), testkit::Server::start(&[]));
    let path = folder.join("errors");
    let errors = std::fs::File::create(&path).expect("a file");
    let config = config(&folder, "", &server.url(), "county_15");
    settle(&config);
    let served = Served::start(
        &config,
        "trace,tokio_postgres=trace,rustls=trace",
        errors.into(),
    );
    let secrets = marked_requests(served.address);
    assert!(!secrets.is_empty());
    // The connections are cut: what was under way is told of, without its values.
    server.run("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'noste 15'");
    marked_requests(served.address);
    served.signal("TERM");
    assert!(served.ended());
    let said = std::fs::read_to_string(&path).expect("text");
    assert!(said.contains("connection"), "{said}");
    nothing_said(&said, &secrets, "county on PostgreSQL");
}
