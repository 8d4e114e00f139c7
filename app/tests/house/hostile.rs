//! The house under attack, as a process of its own: heads and bodies that come a byte at a time, answers that nobody reads,
//! heads and bodies too large, packed ones, connections by the hundred, forms by the thousand. Meanwhile workers' pages
//! answer, memory stays bounded, and whoever is too slow is cut.
//!
//! `NOSTE_PROOF=1` makes it long and large, and prints the table of `docs/proof/hostile.md`.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::program::Demo;

/// How hard it is attacked.
struct Force {
    /// Connections of each slow kind.
    slow: usize,
    flooders: usize,
    /// Pages that each worker asks for at least while it lasts.
    rounds: usize,
    lasts: Duration,
    /// Memory that the process may grow by, in MB.
    memory: u64,
}

fn force() -> Force {
    match std::env::var_os("NOSTE_PROOF") {
        Some(_) => Force {
            slow: 800,
            flooders: 16,
            rounds: 200,
            lasts: Duration::from_secs(300),
            memory: 768,
        },
        None => Force {
            slow: 60,
            flooders: 4,
            rounds: 15,
            lasts: Duration::from_secs(12),
            memory: 768,
        },
    }
}

#[derive(Default)]
struct Seen {
    floods: AtomicU64,
    refused: AtomicU64,
    large: AtomicU64,
    packed: AtomicU64,
    heads: AtomicU64,
    cut_heads: AtomicU64,
    cut_readers: AtomicU64,
    pages: Mutex<Vec<Duration>>,
    most_memory: AtomicU64,
    most_files: AtomicU64,
}

fn connect(address: SocketAddr) -> Option<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, Duration::from_secs(10)).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_millis(200)))
        .ok()?;
    stream
        .set_write_timeout(Some(Duration::from_secs(2)))
        .ok()?;
    Some(stream)
}

/// Whether the other side has ended the connection.
fn is_cut(stream: &mut TcpStream) -> bool {
    let mut byte = [0; 1024];
    match stream.read(&mut byte) {
        Ok(0) => true,
        Ok(_) => false,
        Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
    }
}

fn memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1))
        .and_then(|kibibytes| kibibytes.parse::<u64>().ok())
        .map_or(0, |kibibytes| kibibytes / 1024)
}

fn files(process: u32) -> u64 {
    std::fs::read_dir(format!("/proc/{process}/fd")).map_or(0, |files| files.count() as u64)
}

/// Heads of which a byte comes now and then; each must be cut in the end.
fn slow_heads(address: SocketAddr, force: &Force, seen: &Seen) {
    let begun = Instant::now();
    let mut open: Vec<TcpStream> = (0..force.slow).filter_map(|_| connect(address)).collect();
    for stream in &mut open {
        let _ = stream.write_all(b"GET /fi HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        let _ = stream.set_read_timeout(Some(Duration::from_millis(1)));
    }
    let all = open.len();
    while !open.is_empty() && begun.elapsed() < force.lasts + Duration::from_secs(60) {
        open.retain_mut(|stream| {
            let gone = stream.write_all(b"a").is_err() || is_cut(stream);
            !gone
        });
        seen.cut_heads
            .store((all - open.len()) as u64, Ordering::Relaxed);
        std::thread::sleep(Duration::from_millis(500));
    }
    assert_eq!(open.len(), 0, "of {all} slow heads some were never cut");
}

/// Bodies that are announced large and come a byte at a time: they hold nobody's room.
fn slow_bodies(address: SocketAddr, force: &Force, over: &AtomicBool) {
    let head = "POST /fi/tunnus/liitteet HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 40000000\r\nSec-Fetch-Site: same-origin\r\n\r\n";
    let mut open: Vec<TcpStream> = (0..force.slow).filter_map(|_| connect(address)).collect();
    for stream in &mut open {
        let _ = stream.write_all(head.as_bytes());
    }
    while !over.load(Ordering::Relaxed) {
        for stream in &mut open {
            let _ = stream.write_all(b"-");
        }
        std::thread::sleep(Duration::from_millis(500));
    }
}

/// Asks for large answers and reads none of them.
fn slow_readers(address: SocketAddr, force: &Force, seen: &Seen, over: &AtomicBool) {
    let page = Client::new(address).get("/fi").expect("a page").text();
    let (_, rest) = page.split_once("\"/assets/").expect("an asset");
    let name = rest.split('"').next().expect("a name");
    let request = format!("GET /assets/{name} HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(50);
    let mut open: Vec<TcpStream> = (0..force.slow / 2)
        .filter_map(|_| connect(address))
        .collect();
    for stream in &mut open {
        let _ = stream.write_all(request.as_bytes());
    }
    while !over.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(500));
    }
    for stream in &mut open {
        let gone = stream.write_all(b"GET").is_err();
        seen.cut_readers
            .fetch_add(u64::from(gone), Ordering::Relaxed);
    }
}

/// Sends what is too large in every way, again and again.
fn too_large(address: SocketAddr, seen: &Seen, over: &AtomicBool) {
    let field = format!("X-Much: {}\r\n", "a".repeat(2_000)).repeat(100);
    let chunk = format!("{:x}\r\n{}\r\n", 65_536, "a".repeat(65_536));
    while !over.load(Ordering::Relaxed) {
        if let Some(status) = send(
            address,
            &format!("GET /fi HTTP/1.1\r\nHost: localhost\r\n{field}\r\n"),
            b"",
            0,
        ) {
            assert_eq!(status, 431);
            seen.heads.fetch_add(1, Ordering::Relaxed);
        }
        let form = "POST /fi/tunnus HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n";
        let endless = format!("{form}Transfer-Encoding: chunked\r\n\r\n");
        // Limited by address too: then it is refused before it is read.
        if let Some(status) = send(address, &endless, chunk.as_bytes(), 200) {
            assert!([413, 429].contains(&status), "{status}");
            seen.large.fetch_add(1, Ordering::Relaxed);
        }
        let packed = format!("{form}Content-Encoding: gzip\r\nContent-Length: 4000000\r\n\r\n");
        if let Some(status) = send(address, &packed, &[0x1f, 0x8b, 8, 0], 1) {
            assert!([415, 429].contains(&status), "{status}");
            seen.packed.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Sends a head and some bodies as far as they are taken; gives the status of the answer, if one came.
fn send(address: SocketAddr, head: &str, body: &[u8], times: usize) -> Option<u16> {
    let mut stream = connect(address)?;
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .ok()?;
    let mut sent = stream.write_all(head.as_bytes());
    for _ in 0..times {
        sent = sent.and_then(|()| stream.write_all(body));
    }
    drop(sent);
    let mut answer = [0; 64];
    let length = stream.read(&mut answer).ok()?;
    let text = String::from_utf8_lossy(&answer[..length]).into_owned();
    text.split(' ').nth(1)?.parse().ok()
}

/// Contacts without end on the public interface.
fn flood(address: SocketAddr, seen: &Seen, over: &AtomicBool) {
    let mut client = Client::new(address);
    while !over.load(Ordering::Relaxed) {
        let sent = client.post_json(
            "/api/v1/contacts",
            r#"{"ownWords":"Tulva","answerWay":"code"}"#,
        );
        match sent.map(|answer| answer.status) {
            Some(201) => seen.floods.fetch_add(1, Ordering::Relaxed),
            Some(429 | 503) | None => seen.refused.fetch_add(1, Ordering::Relaxed),
            Some(other) => panic!("a flood is answered {other}"),
        };
    }
}

/// A worker reads and writes; every page must come.
fn work(address: SocketAddr, force: &Force, seen: &Seen, begun: Instant) {
    let mut client = Client::new(address);
    client.enter("Jaana Peltola").expect("she gets in");
    let mut round = 0;
    while round < force.rounds || begun.elapsed() < force.lasts {
        round += 1;
        let mut pages = ["/desk", "/contacts", "/clients"];
        let turn = round % pages.len();
        pages.rotate_left(turn);
        let asked = Instant::now();
        let page = client.get(pages[0]).expect("an answer");
        assert_eq!(page.status, 200, "{}", pages[0]);
        let token = page.token().expect("a page with a form");
        let draft = [
            ("_draft", "hostile"),
            ("text", "Kirjoitan kaikesta huolimatta"),
        ];
        let saved = client
            .post_with(&token, "/drafts", &draft)
            .expect("an answer");
        assert_eq!(saved.status, 200, "{}", saved.text());
        seen.pages.lock().expect("no panic").push(asked.elapsed());
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn attacked(no_limits: bool) -> (Seen, u64) {
    let folder = testkit::Folder::new();
    let demo = Demo::of(&mut Demo::command(&folder.join("demo"), 20), no_limits);
    let (force, seen, over) = (force(), Seen::default(), AtomicBool::new(false));
    let (address, process) = (demo.address, demo.id());
    // Warm: pages, assets and words are read once.
    let mut warm = Client::new(address);
    warm.enter("Jaana Peltola").expect("she gets in");
    for path in ["/desk", "/contacts", "/clients"] {
        assert_eq!(warm.get(path).expect("an answer").status, 200);
    }
    let before = memory(process);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let (force, seen, over) = (&force, &seen, &over);
        scope.spawn(move || slow_heads(address, force, seen));
        scope.spawn(move || slow_bodies(address, force, over));
        scope.spawn(move || slow_readers(address, force, seen, over));
        scope.spawn(move || too_large(address, seen, over));
        for _ in 0..force.flooders {
            scope.spawn(move || flood(address, seen, over));
        }
        scope.spawn(move || {
            while !over.load(Ordering::Relaxed) {
                seen.most_memory
                    .fetch_max(memory(process), Ordering::Relaxed);
                seen.most_files.fetch_max(files(process), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        let workers: Vec<_> = (0..2)
            .map(|_| scope.spawn(move || work(address, force, seen, begun)))
            .collect();
        let worked: Vec<_> = workers.into_iter().map(|worker| worker.join()).collect();
        over.store(true, Ordering::Relaxed);
        assert!(worked.iter().all(Result::is_ok), "workers' pages answer");
    });
    let grown = seen
        .most_memory
        .load(Ordering::Relaxed)
        .saturating_sub(before);
    assert!(grown < force.memory, "{grown} MB more than {before} MB");
    // It is over: the house is as before, and ends in order.
    assert_eq!(warm.get("/desk").expect("an answer").status, 200);
    assert!(demo.stop());
    report(no_limits, &force, &seen, before);
    (seen, before)
}

fn report(no_limits: bool, force: &Force, seen: &Seen, before: u64) {
    let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
    let mut pages = seen.pages.lock().expect("no panic").clone();
    pages.sort();
    let at = |share: usize| pages[(pages.len() - 1) * share / 100].as_millis();
    let limits = if no_limits { "off" } else { "on" };
    println!(
        "rate limits {limits}, {} s, {} connections of each slow kind:",
        force.lasts.as_secs(),
        force.slow
    );
    println!(
        "| workers' page with a draft saved | {} asked, all answered 200 |",
        pages.len()
    );
    println!(
        "| median, 95th percentile, slowest | {} ms, {} ms, {} ms |",
        at(50),
        at(95),
        at(100)
    );
    println!(
        "| slow heads cut | {} of {} |",
        count(&seen.cut_heads),
        force.slow
    );
    println!(
        "| slow readers cut before the end | {} of {} |",
        count(&seen.cut_readers),
        force.slow / 2
    );
    println!(
        "| heads too large, refused (431) | {} |",
        count(&seen.heads)
    );
    println!(
        "| bodies without end, refused (413, 429) | {} |",
        count(&seen.large)
    );
    println!(
        "| packed bodies, refused (415, 429) | {} |",
        count(&seen.packed)
    );
    println!(
        "| contacts of {} flooders taken, refused | {}, {} |",
        force.flooders,
        count(&seen.floods),
        count(&seen.refused)
    );
    println!(
        "| memory before, at most | {before} MB, {} MB |",
        count(&seen.most_memory)
    );
    println!("| open files at most | {} |", count(&seen.most_files));
}

#[test]
fn work_goes_on_under_attack() {
    let (seen, _) = attacked(false);
    for (what, count) in [
        ("heads", &seen.heads),
        ("large", &seen.large),
        ("packed", &seen.packed),
        ("floods", &seen.floods),
        ("refused", &seen.refused),
    ] {
        assert!(count.load(Ordering::Relaxed) > 0, "{what}");
    }
}

/// The same when an attacker has so many addresses that rate limits by address stop nobody: long runs alone.
#[test]
fn work_goes_on_under_attack_from_everywhere() {
    if std::env::var_os("NOSTE_PROOF").is_some() {
        attacked(true);
    }
}
