//! Commands whose output others build on: due dates and identity codes.

use crate::program::noste;

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = noste(arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn deadline_prints_the_date_alone_and_its_exit_codes() {
    let cases: [(&[&str], Option<i32>, &str, &str); 8] = [
        (&["WD(7)", "2026-02-02"], Some(0), "2026-02-11\n", ""),
        (
            &["PTA_START_WD7_CONTACT", "2026-02-02"],
            Some(0),
            "2026-02-11\n",
            "",
        ),
        (&["WD(0)", "2026-02-02"], Some(2), "", ""),
        (&["NO_SUCH_ID", "2026-02-02"], Some(2), "", ""),
        (&["WD(7)", "2026-02-30"], Some(2), "", ""),
        (&["PTA_START", "2026-02-02"], Some(3), "", "without_delay\n"),
        (&["PTA_START_WD7_CONTACT", "2014-02-02"], Some(4), "", ""),
        (&["KANTA_53", "2026-02-02"], Some(4), "", ""),
    ];
    for (arguments, code, out, err) in cases {
        let (got_code, got_out, got_err) = run(&[&["deadline"], arguments].concat());
        assert_eq!(
            (got_code, got_out.as_str()),
            (code, out),
            "{arguments:?}: {got_err}"
        );
        if code == Some(3) {
            assert_eq!(got_err, err);
        }
        assert_eq!(got_err.is_empty(), code == Some(0), "{arguments:?}");
    }
}

#[test]
fn identity_check_prints_one_object_a_line() {
    let (code, out, _) = run(&["identity", "check", "010594Y9032", "290200-902D"]);
    assert_eq!(code, Some(1));
    let lines: Vec<serde_json::Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["birth_date"], "1994-05-01");
    assert_eq!(
        (lines[0]["valid"].as_bool(), lines[0]["sex"].as_str()),
        (Some(true), Some("male"))
    );
    assert_eq!(
        (lines[1]["valid"].as_bool(), lines[1]["reason"].as_str()),
        (Some(false), Some("date"))
    );
    let (code, out, _) = run(&["identity", "check", "--", "-"]);
    assert_eq!((code, out.lines().count()), (Some(1), 1));
    assert_eq!(run(&["identity", "check", "010594Y9032"]).0, Some(0));
}

#[test]
fn a_demo_refuses_an_address_that_others_see() {
    let folder = testkit::Folder::new();
    let data = folder.join("demo");
    let (code, _, err) = run(&[
        "demo",
        "--listen",
        "0.0.0.0",
        "--data",
        data.to_str().expect("text"),
    ]);
    assert_eq!(code, Some(1));
    assert!(err.contains("127.0.0.1"), "{err}");
    assert!(!data.exists(), "nothing was made");
}

#[test]
fn init_and_migrate_make_a_house_that_can_be_served() {
    let folder = testkit::Folder::new();
    let (data, config) = (folder.join("data"), folder.join("noste.toml"));
    let (data, config) = (data.to_str().expect("text"), config.to_str().expect("text"));
    assert_eq!(
        run(&["init", "--data", data, "--county", "15", "--config", config]).0,
        Some(0)
    );
    // A second time nothing is written over.
    assert_eq!(
        run(&["init", "--data", data, "--county", "15", "--config", config]).0,
        Some(1)
    );
    assert_eq!(run(&["migrate", "--config", config]).0, Some(0));
    assert_eq!(run(&["log", "verify", "--data", data]).0, Some(0));
    assert_eq!(run(&["init", "--county", "99", "--data", data]).0, Some(1));
}
