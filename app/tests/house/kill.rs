//! The server is killed in the middle of writes, again and again. An independent witness remembers
//! what was acknowledged: every contact must be there, no draft older than five seconds may be lost,
//! a finished note, a goal and its action are there as they were saved, and the log must hold (invariant I3).

mod papers;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kernel::chance::{Chance, SeededChance};
use store::{Query, StoreError};

use crate::client::Client;
use crate::program::{Demo, noste};
use crate::town::migrations;

/// Kills; `NOSTE_PROOF_KILLS` makes the long run.
fn kills() -> u64 {
    std::env::var("NOSTE_PROOF_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok())
        .unwrap_or(20)
}

#[derive(Default)]
struct Witness {
    /// Numbers of acknowledged contacts and what was said.
    contacts: Mutex<BTreeMap<String, String>>,
    /// Drafts acknowledged, by key: the last text that was saved for sure, and what was tried after it.
    drafts: Mutex<BTreeMap<String, (String, Vec<String>)>>,
    papers: papers::Written,
}

impl Witness {
    /// Waits until a draft and a note of the round were acknowledged: signing in takes longer on a busy machine than the
    /// writing that the kill is to interrupt.
    fn wait_for_writers(&self, round: u64) {
        let key = draft_key(round);
        for _ in 0..600 {
            let draft = self.drafts.lock().expect("no panic").contains_key(&key);
            if draft && !self.papers.is_silent(round) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn draft_key(round: u64) -> String {
    format!("witness-{round}")
}

#[test]
fn nothing_acknowledged_is_lost_by_a_kill() {
    let folder = testkit::Folder::new();
    let data = folder.join("demo");
    let chance = SeededChance::new(20);
    let witness = Witness::default();
    for round in 0..kills() {
        let demo = Demo::start(&data, 40);
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let (witness, stop, address) = (&witness, &stop, demo.address);
                scope.spawn(move || send_contacts(address, witness, stop, round, writer));
            }
            let (witness, stopping, address) = (&witness, &stop, demo.address);
            scope.spawn(move || save_drafts(address, witness, stopping, round));
            scope.spawn(move || papers::write(address, &witness.papers, stopping, round));
            witness.wait_for_writers(round);
            std::thread::sleep(Duration::from_millis(chance.below(500)));
            demo.kill();
            stop.store(true, Ordering::SeqCst);
        });
        let verified = noste(&["log", "verify", "--data", data.to_str().expect("text")]);
        assert!(
            verified.status.success(),
            "{}",
            String::from_utf8_lossy(&verified.stderr)
        );
    }
    assert!(
        Demo::start(&data, 40).stop(),
        "asked to stop, it ends in order"
    );
    let contacts = witness.contacts.lock().expect("no panic");
    let drafts = witness.drafts.lock().expect("no panic");
    assert!(
        contacts.len() as u64 > kills() * 5,
        "only {} contacts were acknowledged",
        contacts.len()
    );
    assert!(
        drafts.len() as u64 == kills(),
        "only {} drafts were acknowledged",
        drafts.len()
    );
    compare(&data, &contacts, &drafts, &witness.papers);
}

fn send_contacts(
    address: SocketAddr,
    witness: &Witness,
    stop: &AtomicBool,
    round: u64,
    writer: u64,
) {
    let mut client = Client::new(address);
    for number in 0.. {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        let words = format!("Todistaja {round} {writer} {number}");
        let body = format!(r#"{{"ownWords":"{words}","answerWay":"code"}}"#);
        let Some(answer) = client.post_json("/api/v1/contacts", &body) else {
            return;
        };
        assert_eq!(answer.status, 201, "{}", answer.text());
        let text = answer.text();
        let known = text
            .split_once("\"number\":\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(number, _)| number.to_owned())
            .expect("an acknowledged contact has a number");
        witness
            .contacts
            .lock()
            .expect("no panic")
            .insert(known, words);
    }
}

fn save_drafts(address: SocketAddr, witness: &Witness, stop: &AtomicBool, round: u64) {
    let mut client = Client::new(address);
    if client.enter("Jaana Peltola").is_none() {
        return;
    }
    let Some(token) = client.get("/desk").and_then(|page| page.token()) else {
        return;
    };
    let key = draft_key(round);
    for number in 0.. {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        let text = format!("Luonnos {round} {number}");
        // Remembered before it is sent: a kill may come after the save and before its answer.
        if let Some((_, tried)) = witness.drafts.lock().expect("no panic").get_mut(&key) {
            tried.push(text.clone());
        }
        let Some(answer) =
            client.post_with(&token, "/drafts", &[("_draft", &key), ("text", &text)])
        else {
            return;
        };
        assert_eq!(answer.status, 200, "{}", answer.text());
        witness
            .drafts
            .lock()
            .expect("no panic")
            .insert(key.clone(), (text, Vec::new()));
    }
}

fn compare(
    data: &std::path::Path,
    contacts: &BTreeMap<String, String>,
    drafts: &BTreeMap<String, (String, Vec<String>)>,
    papers: &papers::Written,
) {
    let (kept_contacts, kept_drafts) = read(data, papers);
    for (number, words) in contacts {
        assert_eq!(
            kept_contacts.get(number),
            Some(words),
            "contact {number} was acknowledged"
        );
    }
    for (key, (saved, tried)) in drafts {
        let kept = kept_drafts
            .get(key)
            .unwrap_or_else(|| panic!("draft {key} was acknowledged"));
        let newest = std::iter::once(saved)
            .chain(tried)
            .any(|text| kept.contains(text.as_str()));
        assert!(newest, "draft {key} holds {kept}, saved was {saved}");
    }
}

type Kept = BTreeMap<String, String>;

fn read(data: &std::path::Path, papers: &papers::Written) -> (Kept, Kept) {
    use std::sync::Arc;
    let key = store::LogKey::load(&data.join("log.key")).expect("the key is there");
    let engine = store::Engine::Sqlite {
        path: data.join("15.sqlite"),
    };
    let (clock, chance) = (
        Arc::new(kernel::clock::SystemClock),
        Arc::new(kernel::chance::SystemChance),
    );
    let config = store::StoreConfig::new("15", engine, data, key, clock, chance);
    let store = store::Store::open(config, &migrations()).expect("opens after kills");
    let papers = papers.acknowledged();
    let kept = store
        .read_blocking(move |tx| {
            papers::compare(tx, &papers)?;
            let pairs = |rows: Vec<store::Row>| {
                rows.iter()
                    .map(|row| Ok((row.get(0)?, row.get(1)?)))
                    .collect::<Result<Kept, StoreError>>()
            };
            let contacts = pairs(tx.query("select number, own_words from contact", &[])?)?;
            let drafts = pairs(tx.query("select form_key, body from draft", &[])?)?;
            Ok::<_, StoreError>((contacts, drafts))
        })
        .expect("reads");
    store.shutdown();
    kept
}
