//! What the commands print and with which code they end.

use std::path::Path;
use std::time::Duration;

use statistics::MIGRATIONS;
use statistics::command::{Asking, DONE, NOT_ALL, run_import, told, usual_indicators};
use statistics::domain::Kept;
use statistics::fetch::Summary;
use testkit::sqlite_store;

use crate::stand_in::regions;

#[test]
fn an_import_tells_what_it_did_or_every_wrong_line() {
    let store = sqlite_store(MIGRATIONS);
    let own_form = "indicator;region;year;gender;primary value;absolute value\n127;101;2009;total;130816;\n127;455;2009;total;0;\n";
    let ours = "indicator;category;code;year;value\n5;KUNTA;179;2023;8\n";
    for (text, areas, out, error, code) in [
        (
            ours,
            None,
            "1 indicators: 1 values added, 0 changed, 0 as before\n",
            "",
            DONE,
        ),
        (
            ours,
            None,
            "1 indicators: 0 values added, 0 changed, 1 as before\n",
            "",
            DONE,
        ),
        (
            "indicator;category;code;year;value\n5;KUNTA;179;23;8\n5;KUNTA;x;2023;8\n",
            None,
            "",
            "line 2: \"23\" is no year\nline 3: ",
            NOT_ALL,
        ),
        (
            own_form,
            None,
            "",
            "line 1: this is Sotkanet's own form",
            NOT_ALL,
        ),
        (
            own_form,
            Some("[]".to_owned()),
            "",
            "the list of areas: ",
            NOT_ALL,
        ),
        (
            own_form,
            Some(regions()),
            "1 indicators: 1 values added, 0 changed, 0 as before\n1 values of unknown or retired areas left out\n",
            "",
            DONE,
        ),
    ] {
        let got = run_import(&store, Path::new("a/luvut.csv"), text, areas.as_deref()).unwrap();
        assert_eq!((got.0.as_str(), got.2), (out, code), "{text}");
        assert!(
            got.1.starts_with(error) && got.1.is_empty() == error.is_empty(),
            "{text}: {}",
            got.1
        );
        assert_eq!(
            got.1.ends_with("Nothing was imported.\n"),
            code == NOT_ALL && !got.1.starts_with("the list"),
            "{text}"
        );
    }
}

#[test]
fn a_fetch_tells_what_was_left_out() {
    let summary = Summary {
        indicators: 2,
        years: 6,
        unchanged: 1,
        kept: Kept {
            added: 24,
            ..Kept::default()
        },
        unknown: [455, 730].into(),
        retired: 6,
        ..Summary::default()
    };
    let lines = told(&summary);
    assert_eq!(
        lines,
        "2 indicators, 6 years fetched, 1 years unchanged: 24 values added, 0 changed, 0 taken back, 0 as before\n\
         areas that are in no list, left out: 455, 730\n6 values of retired areas left out"
    );
}

#[test]
fn the_service_is_asked_by_name() {
    assert_eq!(usual_indicators().len(), 77);
    let asking = |base: Option<&str>, contact: &str| Asking {
        base: base.map(str::to_owned),
        contact: contact.to_owned(),
        agents: Vec::new(),
        gap: Duration::from_secs(1),
    };
    assert!(asking(None, "https://example.org/yhteys").service().is_ok());
    assert!(asking(None, "two\nlines").service().is_err());
    assert!(
        asking(Some("http://sotkanet.fi/rest"), "https://example.org")
            .service()
            .is_err()
    );
}
