//! Backing up, restoring and verifying by the commands, on a county that the program itself made.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use testkit::{Folder, cluster, copy_files, run_sqlite};

use crate::program::{Demo, noste};

fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}

/// Exit code, standard output and standard error.
fn run(arguments: &[&str]) -> (bool, String, String) {
    let output = noste(arguments);
    said(&output)
}

fn said(output: &Output) -> (bool, String, String) {
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.success(),
        words(&output.stdout),
        words(&output.stderr),
    )
}

fn verify(data: &Path) -> (bool, String, String) {
    run(&["verify", "--data", text(data)])
}

/// Copies the keys, which are kept apart from backups.
fn keys(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for name in ["log.key", "secret.key", "backup.key"] {
        std::fs::copy(from.join(name), to.join(name)).expect("copied");
    }
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("text")
        })
        .filter(|name| !name.ends_with(".lock") && !name.ends_with(".key"))
        .collect();
    names.sort();
    names
}

/// The number that stands before some words.
fn number_before(told: &str, words: &str) -> u64 {
    let (before, _) = told.split_once(words).expect("the words");
    let number = before.rsplit(' ').next().expect("a word");
    number.parse().expect("a number")
}

struct County {
    folder: Folder,
    data: PathBuf,
    backup: PathBuf,
    /// Entries of the log in the backup.
    entries: u64,
}

impl County {
    /// A demo that was verified and backed up while it was served, into a file and into a pipe.
    fn new() -> Self {
        let folder = Folder::new();
        let (data, backup) = (folder.join("made"), folder.join("15.noste"));
        let demo = Demo::start(&data, 60);
        let (_, told, made) = run(&["backup", text(&backup), "--data", text(&data)]);
        assert!(made.contains("backup.key"), "{made}");
        let (holds, _, faults) = verify(&data);
        assert!(holds, "beside the running house: {faults}");
        assert!(demo.stop());
        Self {
            folder,
            data,
            backup,
            entries: number_before(&told, " entries of the log"),
        }
    }
}

#[test]
fn a_backup_of_an_open_house_restores_and_holds_on_either_engine() {
    let county = County::new();
    let (data, backup) = (&county.data, &county.backup);
    let (holds, looked, faults) = verify(data);
    assert!(holds, "{faults}");
    for what in [
        "log: holds",
        "database: ",
        "documents: ",
        "contacts: ",
        "attachments: ",
        "matters: ",
        "search index: the words of",
        "statistics: ",
        "publications: ",
    ] {
        assert!(
            looked.contains(&format!("county 15: {what}")),
            "{what} in {looked}"
        );
    }
    // Nobody writes over a backup, and nothing of anybody stands in it in clear.
    assert!(!run(&["backup", text(backup), "--data", text(data)]).0);
    let bytes = std::fs::read(backup).expect("a file");
    assert!(!bytes.windows(6).any(|some| some == b"client"));

    // Through a pipe into another folder.
    let again = county.folder.join("again");
    keys(data, &again);
    let piped = through_a_pipe(data, &again);
    assert!(piped.0, "{}", piped.2);
    let (holds, _, faults) = verify(&again);
    assert!(holds, "{faults}");

    // From SQLite to PostgreSQL, and back.
    let schema = format!("keeping_{}", std::process::id());
    let gone = format!("drop schema if exists {schema} cascade");
    cluster().run(&gone);
    let heads = county.folder.join("heads");
    keys(data, &heads);
    let url = cluster().url();
    let there = [
        "--database",
        url.as_str(),
        "--schema",
        schema.as_str(),
        "--county",
        "15",
        "--heads",
        text(&heads),
    ];
    let (restored, told, faults) = run(&[&["restore", text(backup)][..], &there].concat());
    assert!(restored, "{faults}");
    assert!(told.contains("which holds"), "{told}");
    let (holds, looked, faults) = run(&[&["verify"][..], &there].concat());
    assert!(
        holds && looked.contains("statistics: "),
        "{looked} {faults}"
    );
    let second = county.folder.join("second.noste");
    assert!(run(&[&["backup", text(&second)][..], &there].concat()).0);
    cluster().run(&gone);
    let back = county.folder.join("back");
    keys(data, &back);
    let (restored, _, faults) = run(&["restore", text(&second), "--data", text(&back)]);
    assert!(restored, "{faults}");
    let (holds, looked, faults) = verify(&back);
    assert!(holds, "{faults}");
    // Each restoring is in the log.
    assert_eq!(number_before(&looked, " entries about"), county.entries + 2);
    // The house opens on what was restored.
    assert!(Demo::start(&back, 60).stop());

    what_is_wrong_changes_nothing(&county, &bytes);
    each_tampering_is_named(&county);
}

fn through_a_pipe(from: &Path, to: &Path) -> (bool, String, String) {
    let written = noste(&["backup", "-", "--data", text(from)]);
    assert!(written.status.success(), "{}", said(&written).2);
    restore_bytes(&written.stdout, to)
}

fn restore_bytes(bytes: &[u8], to: &Path) -> (bool, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_noste"))
        .args(["restore", "-", "--data", text(to)])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // It may stop reading early, because what comes is wrong.
    let _ = child.stdin.take().expect("piped").write_all(bytes);
    said(&child.wait_with_output().expect("ended"))
}

fn what_is_wrong_changes_nothing(county: &County, bytes: &[u8]) {
    let to = county.folder.join("wrong");
    keys(&county.data, &to);
    let middle = bytes.len() / 2;
    let mut changed = bytes.to_vec();
    changed[middle] ^= 1;
    for (what, bytes) in [
        ("cut short", &bytes[..middle]),
        ("cut by a byte", &bytes[..bytes.len() - 1]),
        ("changed", changed.as_slice()),
        ("empty", &[]),
        ("something else", b"PK\x03\x04 no backup"),
    ] {
        let (restored, _, words) = restore_bytes(bytes, &to);
        assert!(!restored && words.contains("backup"), "{what}: {words}");
        assert_eq!(files(&to), [""; 0], "{what}");
    }
    // Another key of backups, another key of the log.
    std::fs::remove_file(to.join("backup.key")).expect("removed");
    assert!(run(&["backup-key", text(&to.join("backup.key"))]).0);
    let (restored, _, words) = restore_bytes(bytes, &to);
    assert!(!restored && words.contains("key"), "{words}");
    keys(&county.data, &to);
    std::fs::write(to.join("log.key"), format!("{}\n", "ab".repeat(32))).expect("written");
    let (restored, _, words) = restore_bytes(bytes, &to);
    assert!(!restored && words.contains("log key"), "{words}");
    assert_eq!(files(&to), [""; 0]);
    // Without the log key nothing is restored, and the words say what to do; with it inside it is.
    std::fs::remove_file(to.join("log.key")).expect("removed");
    let (restored, _, words) = restore_bytes(bytes, &to);
    assert!(!restored && words.contains("--key"), "{words}");
    let whole = noste(&["backup", "-", "--with-keys", "--data", text(&county.data)]);
    std::fs::remove_file(to.join("secret.key")).expect("removed");
    let (restored, _, words) = restore_bytes(&whole.stdout, &to);
    assert!(restored, "{words}");
    assert!(verify(&to).0);
    // What is there is not written over.
    let (restored, _, words) = restore_bytes(&whole.stdout, &to);
    assert!(!restored && words.contains("is there already"), "{words}");
}

fn each_tampering_is_named(county: &County) {
    let forged = "{\"text\":\"forged\"}";
    let digest: String = blake3::hash(forged.as_bytes()).to_hex().to_string();
    let one = |table: &str, column: &str| format!("{column} = (select min({column}) from {table})");
    let version = "rowid = (select min(rowid) from document_version)";
    let item = "id = (select min(id) from timeline_item \
                where hidden_at is null and restricted is null)";
    // Those that do not meet are tried together: each must be named.
    let together: Vec<Vec<(String, &str)>> = vec![
        vec![
            (
                format!("update document_version set body = body || ' ' where {version}"),
                "documents: version 1 of document ",
            ),
            (
                format!(
                    "update document set version_no = version_no + 1 where {}",
                    one("document", "id")
                ),
                "documents: document ",
            ),
            (
                format!(
                    "update timeline_item set body = body || ' ratsastuskilpailuissa' where {item}"
                ),
                "search index: the index of item ",
            ),
            (
                format!(
                    "update contact set holders_met = holders_met + 1 where {}",
                    one("contact", "id")
                ),
                "contacts: contact ",
            ),
            (
                "update counter set value = 0".to_owned(),
                "contacts: the counter of contacts of ",
            ),
            (
                "delete from holding where ended_at is null \
                 and contact_id = (select id from contact where state = 'open' limit 1)"
                    .to_owned(),
                "is held by another than its open row",
            ),
            (
                "insert into attachment select X'00112233445566778899aabbccddeeff', id, 0, 'a', \
                 'text/plain', 1, zeroblob(32), X'00' from contact limit 1"
                    .to_owned(),
                "attachment 00112233-4455-6677-8899-aabbccddeeff is not what came",
            ),
            (
                "update matter_counter set value = 0".to_owned(),
                "matters: the counter of matters of ",
            ),
            (
                format!(
                    "update figure_release set through = '2031-12-31' where {}",
                    one("figure_release", "id")
                ),
                "statistics: release ",
            ),
        ],
        vec![
            (
                format!(
                    "update document_version set body = '{forged}', digest = X'{digest}' \
                     where {version}"
                ),
                "documents: the log knows no finishing of version 1",
            ),
            (
                format!("update timeline_item set hidden_at = 1 where {item}"),
                "which is no item that may be found",
            ),
            (
                "pragma foreign_keys = off; \
                 delete from contact where id = (select min(contact_id) from holding)"
                    .to_owned(),
                "refers to a row of contact that is missing",
            ),
            (
                "delete from log_entry where position = 7".to_owned(),
                "log: ",
            ),
            (
                "delete from search_document \
                 where number = (select min(number) from search_document)"
                    .to_owned(),
                "is missing",
            ),
        ],
        vec![(
            "delete from refinery_schema_history where version = 700".to_owned(),
            "schema: ",
        )],
        vec![(
            "update refinery_schema_history set name = 'strange' where version = 700".to_owned(),
            "does not know",
        )],
    ];
    for (number, cases) in together.iter().enumerate() {
        let data = county.folder.join(format!("tampered-{number}"));
        std::fs::create_dir(&data).expect("made");
        copy_files(&county.data, &data);
        for (sql, _) in cases {
            run_sqlite(&data.join("15.sqlite"), sql);
        }
        let (holds, _, faults) = verify(&data);
        assert!(!holds, "nobody saw: {cases:?}");
        for (sql, words) in cases {
            assert!(
                faults.contains("does not hold: county 15: ") && faults.contains(words),
                "{sql}: {faults}"
            );
        }
        assert!(
            !faults.contains("forged") && !faults.contains("ratsastus"),
            "told a text: {faults}"
        );
        std::fs::remove_dir_all(&data).expect("removed");
    }
}
