//! What those see who watch the house: figures at an address of their own, lines of a log without client data; and what they
//! may do to it: a certificate read anew, an orderly end.

mod lines;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::client::Client;
use crate::program::{Demo, noste};

/// `noste serve` with a configuration; killed when dropped.
struct Served {
    child: Child,
    address: SocketAddr,
}

impl Served {
    fn start(config: &Path, log: &str, errors: Stdio) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_noste"))
            .args(["serve", "--config"])
            .arg(config)
            .env("NOSTE_LOG", log)
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped"))
            .read_line(&mut line)
            .expect("it says its address");
        let address = line
            .trim()
            .rsplit('/')
            .next()
            .and_then(|address| address.parse().ok())
            .unwrap_or_else(|| panic!("no address in {line:?}"));
        Self { child, address }
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([format!("-{name}"), self.child.id().to_string()])
            .status();
        assert!(sent.is_ok_and(|status| status.success()));
    }

    fn ended(mut self) -> bool {
        self.child.wait().expect("ended").success()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A configuration of one empty county, with more keys before its table.
fn config(folder: &Path, more: &str, database: &str, schema: &str) -> PathBuf {
    let path = folder.join("noste.toml");
    let text = format!(
        "listen = \"127.0.0.1:0\"\nsecret_file = {:?}\nlog_key_file = {:?}\nheads_dir = {folder:?}\n{more}\n[[county]]\ncode = \"15\"\ndatabase = {database:?}\nschema = \"{schema}\"\n",
        folder.join("secret.key"),
        folder.join("log.key"),
    );
    std::fs::write(&path, text).expect("a file");
    path
}

fn sqlite(folder: &Path, more: &str) -> PathBuf {
    let database = format!("sqlite:{}", folder.join("15.sqlite").display());
    config(folder, more, &database, "unused")
}

/// The county's first administrator, and with her the unit that contacts come to.
fn settle(config: &Path) {
    let file = config.to_str().expect("text");
    let words = [
        "account",
        "invite",
        "anna.salo",
        "--name",
        "Anna Salo",
        "--administrator",
        "--config",
        file,
    ];
    assert!(noste(&words).status.success());
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

fn value(figures: &str, name: &str) -> f64 {
    figures
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
        .unwrap_or_else(|| panic!("no {name} in\n{figures}"))
}

#[test]
fn figures_are_told_at_their_own_address_alone() {
    let schema = format!("watched_{}", std::process::id());
    let url = testkit::cluster().url();
    for postgres in [false, true] {
        let folder = testkit::Folder::new();
        let port = free_port();
        let more = format!("metrics_listen = \"127.0.0.1:{port}\"");
        let config = match postgres {
            false => sqlite(&folder, &more),
            true => config(&folder, &more, &url, &schema),
        };
        settle(&config);
        let served = Served::start(&config, "warn", Stdio::inherit());
        let mut client = Client::new(served.address);
        let secret = "Salaisuus 010190-901X";
        for path in [
            "/fi",
            "/sv",
            "/fi/nowhere",
            "/clients/0197f2b0-7a00-7000-8000-000000000001",
        ] {
            client.get(path).expect("an answer");
        }
        let body = format!("{{\"ownWords\":\"{secret}\",\"answerWay\":\"code\"}}");
        let sent = client
            .post_json("/api/v1/contacts", &body)
            .expect("an answer");
        assert_eq!(sent.status, 201, "{}", sent.text());
        assert_eq!(client.get("/metrics").expect("an answer").status, 404);
        let mut watcher = Client::new(SocketAddr::from(([127, 0, 0, 1], port)));
        for other in ["/", "/fi", "/health", "/metrics/x"] {
            assert_eq!(
                watcher.get(other).expect("an answer").status,
                404,
                "{other}"
            );
        }
        let figures = watcher.get("/metrics").expect("an answer").text();
        let route = "county=\"15\",method=\"GET\",route=\"/{lang}\"";
        assert_eq!(
            value(
                &figures,
                &format!("noste_requests_total{{{route},class=\"2xx\"}}")
            ),
            2.0
        );
        assert_eq!(
            value(&figures, &format!("noste_request_seconds_count{{{route}}}")),
            2.0
        );
        assert!(value(&figures, "noste_commit_seconds_count{county=\"15\"}") >= 1.0);
        assert_eq!(value(&figures, "noste_store_open{county=\"15\"}"), 1.0);
        assert_eq!(value(&figures, "noste_writes_waiting{county=\"15\"}"), 0.0);
        assert!(value(&figures, "noste_log_heads_age_seconds{county=\"15\"}") < 3600.0);
        assert_eq!(value(&figures, "noste_drafts{county=\"15\"}"), 0.0);
        assert!(value(&figures, "noste_jobs{county=\"15\",state=\"failed\"}") >= 0.0);
        assert!(value(&figures, "process_resident_memory_bytes") > 1e6);
        assert_eq!(
            value(&figures, "noste_connections_ended_total{why=\"refused\"}"),
            0.0
        );
        // Patterns, never addresses; nothing that was sent.
        for foreign in ["0197f2b0", "nowhere", "Salaisuus", "010190"] {
            assert!(!figures.contains(foreign), "{foreign}");
        }
        well_formed(&figures);
    }
    testkit::cluster().run(&format!("drop schema if exists \"{schema}\" cascade"));
}

/// The rules of the text format: each figure is announced once, before its lines; no line comes twice.
fn well_formed(figures: &str) {
    let (mut announced, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for line in figures.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let name = rest.split(' ').next().expect("a name");
            assert!(
                announced.insert(name.to_owned()),
                "{name} is announced twice"
            );
        } else if !line.starts_with('#') {
            let (series, number) = line.rsplit_once(' ').expect("a value");
            assert!(number.parse::<f64>().is_ok(), "{line}");
            assert!(seen.insert(series.to_owned()), "{series} comes twice");
            let name = series.split('{').next().expect("a name");
            let family = ["_bucket", "_sum", "_count"]
                .iter()
                .find_map(|end| {
                    name.strip_suffix(end)
                        .filter(|own| announced.contains(*own))
                })
                .unwrap_or(name);
            assert!(announced.contains(family), "{line} was not announced");
        }
    }
}

fn certificate(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/house/tls")
        .join(name)
}

/// Asks over TLS, trusting one certificate; gives the answer's first line.
fn ask(address: SocketAddr, trusted: &str) -> Result<String, String> {
    let mut roots = RootCertStore::empty();
    let file = certificate(&format!("{trusted}.pem"));
    roots
        .add(CertificateDer::from_pem_file(file).map_err(|error| error.to_string())?)
        .map_err(|error| error.to_string())?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").map_err(|error| error.to_string())?;
    let connection =
        ClientConnection::new(Arc::new(config), name).map_err(|error| error.to_string())?;
    let stream = TcpStream::connect(address).map_err(|error| error.to_string())?;
    let mut stream = StreamOwned::new(connection, stream);
    stream
        .write_all(b"GET /fi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .map_err(|error| error.to_string())?;
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    if !answer.to_lowercase().contains("strict-transport-security") {
        return Err(format!("no HSTS in {answer:.200}"));
    }
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}

#[test]
fn tls_is_ended_by_the_house_and_its_certificate_read_anew() {
    let folder = testkit::Folder::new();
    let take = |name: &str| {
        std::fs::copy(certificate(&format!("{name}.pem")), folder.join("own.pem")).expect("copied");
        std::fs::copy(certificate(&format!("{name}.key")), folder.join("own.key")).expect("copied");
    };
    take("one");
    let more = format!(
        "https = true\ntls_certificate = {:?}\ntls_key = {:?}",
        folder.join("own.pem"),
        folder.join("own.key")
    );
    let served = Served::start(&sqlite(&folder, &more), "error", Stdio::inherit());
    assert_eq!(ask(served.address, "one"), Ok("HTTP/1.1 200 OK".to_owned()));
    assert!(ask(served.address, "two").is_err());
    // What cannot be read changes nothing.
    std::fs::write(folder.join("own.pem"), "rubbish").expect("written");
    served.signal("HUP");
    std::thread::sleep(Duration::from_millis(300));
    assert!(ask(served.address, "one").is_ok());
    take("two");
    served.signal("HUP");
    let renewed = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        ask(served.address, "two").is_ok()
    });
    assert!(renewed && ask(served.address, "one").is_err());
    // In the clear there is nothing at this address.
    assert!(Client::new(served.address).get("/fi").is_none());
    served.signal("TERM");
    assert!(served.ended());
}

#[test]
fn a_certificate_that_cannot_be_used_stops_the_start() {
    let folder = testkit::Folder::new();
    let more = format!(
        "https = true\ntls_certificate = {:?}\ntls_key = {:?}",
        certificate("one.pem"),
        certificate("two.key")
    );
    let path = sqlite(&folder, &more);
    let output = noste(&["serve", "--config", path.to_str().expect("text")]);
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("one.pem") && !said.contains("PRIVATE"),
        "{said}"
    );
}

/// A request whose body is on its way when the process is told to stop is answered; streams are ended and hold up nobody.
#[test]
fn what_has_begun_is_finished_when_the_house_stops() {
    let folder = testkit::Folder::new();
    let demo = Demo::start(&folder.join("demo"), 20);
    let address = demo.address;
    let mut worker = Client::new(address);
    worker.enter("Jaana Peltola").expect("she gets in");
    let stream = std::thread::spawn(move || worker.get("/live?topics=contacts"));
    let body = br#"{"ownWords":"Kesken","answerWay":"code"}"#;
    let mut half = TcpStream::connect(address).expect("connected");
    let head = format!(
        "POST /api/v1/contacts HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    half.write_all(head.as_bytes()).expect("sent");
    half.write_all(&body[..10]).expect("sent");
    std::thread::sleep(Duration::from_millis(500));
    let stopping = std::thread::spawn(move || demo.stop());
    std::thread::sleep(Duration::from_millis(500));
    half.write_all(&body[10..]).expect("sent");
    let mut answer = String::new();
    half.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(stopping.join().expect("no panic"), "it ends in order");
    drop(stream.join());
}
