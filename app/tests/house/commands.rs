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

/// Asks the table as the columns of a case say; gives the exit code and the lines.
fn explain(case: &csv::StringRecord, given: &[&str]) -> (Option<i32>, String) {
    let given = given.join(",");
    let mut arguments = vec!["rights", "explain"];
    for (flag, value) in [
        ("--as", &case[2]),
        ("--qualification", &case[3]),
        ("--service-task", &case[7]),
        ("--relation", &case[4]),
        ("--object", &case[6]),
        ("--action", &case[8]),
        ("--given", given.as_str()),
    ] {
        arguments.extend([flag, value]);
    }
    let (code, out, err) = run(&arguments);
    assert_eq!(err, "", "{arguments:?}");
    (code, out)
}

fn records(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|record| record.expect("a record"))
        .collect()
}

#[test]
fn rights_explain_answers_every_worked_case() {
    let facts = records(include_str!(
        "../../../foundation/access/data/case_facts.csv"
    ));
    let rows = records(include_str!("../../../foundation/access/data/rights.csv"));
    let cases = records(include_str!(
        "../../../foundation/access/data/rights_cases.csv"
    ));
    assert_eq!(cases.len(), 111);
    for case in &cases {
        let answer = format!("{} {}", &case[9], &case[10]);
        // What the situation gives.
        let situation: Vec<&str> = facts
            .iter()
            .find(|known| known[0] == case[0])
            .map_or_else(Vec::new, |known| known[1].split(';').collect());
        // The conditions of the row in the answer, without the one that failed; a bar as itself.
        let (row, failing) = case[10].split_once(':').unwrap_or((&case[10], ""));
        let mut of_row: Vec<&str> = rows
            .iter()
            .filter(|known| &known[0] == row)
            .flat_map(|known| known[8].split(';'))
            .filter(|token| !token.is_empty() && *token != failing)
            .collect();
        if row.len() == 3 && row.starts_with('B') {
            of_row.push(row);
        }
        for given in [situation, of_row] {
            let (code, out) = explain(case, &given);
            assert_eq!(code, Some(0), "{}", &case[0]);
            assert_eq!(out.lines().next(), Some(answer.as_str()), "{}", &case[0]);
        }
    }
}

#[test]
fn rights_explain_tells_days_reasons_and_unknown_words() {
    let nurse = [
        "rights",
        "explain",
        "--as",
        "centre_health",
        "--qualification",
        "hp",
        "--relation",
        "none,permit_53_3",
        "--object",
        "plan",
        "--action",
        "read",
        "--given",
        "permit_covers_task_and_period",
    ];
    let with = |more: &[&'static str]| run(&[&nurse[..], more].concat());
    // A row of a later day counts and says so; on a day the table of that day answers.
    let (code, out, _) = with(&[]);
    assert_eq!(code, Some(0));
    let mut lines = out.lines();
    assert_eq!(lines.next(), Some("allow CH-08"));
    assert!(
        lines
            .next()
            .is_none_or(|line| line == "in force from 2027-03-01")
    );
    assert_eq!(with(&["--on", "2027-03-01"]).1, "allow CH-08\n");
    assert_eq!(with(&["--on", "2027-02-28"]).1, "deny default\n");
    assert_eq!(with(&["--on", "2024-09-30"]).1, "deny default\n");
    let (_, out, _) = with(&["--on", "2027-03-01", "--verbose"]);
    assert!(
        out.starts_with("allow CH-08\nbasis: ") && out.contains("permit_covers"),
        "{out}"
    );
    // A word that nobody knows is no question.
    for (flag, word, known) in [
        ("--as", "wizard", "front_door"),
        ("--qualification", "dr", "sw+office"),
        ("--service-task", "wizardry", "working_age"),
        ("--relation", "friend", "own_worker"),
        ("--object", "diary", "note"),
        ("--action", "peek", "see_basics"),
        ("--given", "because", "verified_contact"),
        ("--on", "2027-02-30", "day"),
    ] {
        let mut arguments: Vec<&str> = nurse.to_vec();
        match arguments.iter().position(|own| *own == flag) {
            Some(at) => arguments[at + 1] = word,
            None => arguments.extend([flag, word]),
        }
        let (code, out, err) = run(&arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{flag} {word}");
        assert!(err.contains(known), "{flag} {word}: {err}");
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
