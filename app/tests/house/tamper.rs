//! `noste log verify` finds every kind of tampering in a county that the program itself made.
//! The store's own tests go through every column on both engines; here the command is tried.

use std::path::Path;

use crate::program::noste;

fn verify(data: &Path) -> (bool, String) {
    let output = noste(&["log", "verify", "--data", data.to_str().expect("text")]);
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("read") {
        let entry = entry.expect("entry");
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
}

#[test]
fn the_command_finds_tampering() {
    let folder = testkit::Folder::new();
    let made = folder.join("made");
    let output = noste(&[
        "synth",
        "--persons",
        "30",
        "--years",
        "1",
        "--data",
        made.to_str().expect("text"),
    ]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(verify(&made), (true, String::new()));

    let cases: [(&str, &str); 5] = [
        (
            "the newest entry removed",
            "delete from log_entry where rowid = (select max(rowid) from log_entry)",
        ),
        (
            "the first entry removed",
            "delete from log_entry where rowid = (select min(rowid) from log_entry)",
        ),
        ("every entry removed", "delete from log_entry"),
        ("the head removed", "delete from log_head"),
        (
            "two entries swapped",
            "update log_entry set rowid = -1 where rowid = 5; update log_entry set rowid = 5 where rowid = 6; update log_entry set rowid = 6 where rowid = -1",
        ),
    ];
    for (index, (what, sql)) in cases.iter().enumerate() {
        let data = folder.join(format!("case-{index}"));
        copy(&made, &data);
        testkit::run_sqlite(&data.join("15.sqlite"), sql);
        let (holds, said) = verify(&data);
        assert!(!holds, "{what} was not found");
        assert!(said.contains("county 15"), "{what}: {said}");
    }

    let data = folder.join("no-heads");
    copy(&made, &data);
    std::fs::remove_file(data.join("15.heads")).expect("removed");
    assert!(!verify(&data).0, "a missing heads file was not found");
    let data = folder.join("no-database");
    copy(&made, &data);
    std::fs::remove_file(data.join("15.sqlite")).expect("removed");
    assert!(!verify(&data).0, "a missing database was not found");
}
