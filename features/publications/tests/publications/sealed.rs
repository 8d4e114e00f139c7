//! Somebody who may write to the database changes how a version stands: nothing of it is shown, and `noste verify` names it.

use std::collections::HashSet;

use store::Snapshot;
use web::Examined;

use crate::support::*;

impl County {
    /// Runs statements past the program.
    fn changed(&self, statements: &[String]) {
        let statements = statements.to_vec();
        self.sample
            .store
            .write_blocking(move |tx| {
                for sql in &statements {
                    tx.execute(sql, &[])?;
                }
                Ok::<_, store::StoreError>(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    }

    /// What `noste verify` says of publications.
    fn faults(&self) -> Vec<String> {
        let (config, secrets) = (&self.sample.store.config, &self.sample.house.secrets);
        let examine = || {
            let mut snapshot = Snapshot::open(&config.engine, &config.county).unwrap();
            let logged = HashSet::new();
            let mut progress = |_| {};
            let mut examined = Examined::new(
                &mut snapshot,
                &config.county,
                Some(secrets),
                (&logged, false),
                &mut progress,
            );
            for check in publications::feature(|_| Err(String::new())).checks {
                (check.examine)(&mut examined).unwrap();
            }
            examined.into_faults()
        };
        // It waits for the database, which no thread of a runtime may.
        std::thread::scope(|scope| scope.spawn(examine).join().unwrap())
    }

    /// Publication 1 with a corrected and a released version, whose numbers differ; publication 2, withdrawn.
    async fn told(&self) {
        let of = self.phenomenon("Häätöuhka");
        self.observed(of, "2025-02", 9, "Velka huomataan myöhään.");
        let path = self.released("Kortti", of).await;
        self.observed(of, "2025-08", 12, "Kirje jää avaamatta.");
        self.corrected(&path).await;
        let other = self.phenomenon("Kirje jää avaamatta");
        let path = self.released("Toinen", other).await;
        self.withdrawn(&path).await;
    }

    async fn corrected(&self, path: &str) {
        let eeva = self.sample.enter(EEVA).await;
        let correct = format!("{path}/correct");
        let revision = self.revision(&eeva, &correct).await;
        let fields = [("revision", revision.as_str()), ("reason", "Lisää lukuja")];
        self.posted(&eeva, &correct, &fields).await;
        self.release(path).await;
    }

    async fn withdrawn(&self, path: &str) {
        let pentti = self.sample.enter(PENTTI).await;
        let fields = [
            ("revision", "1"),
            ("version", "1"),
            ("reason", "Kertoi liikaa"),
        ];
        self.posted(&pentti, &format!("{path}/withdraw"), &fields)
            .await;
    }

    /// Copies what a test puts back after each change; into tables that no other connection sees.
    fn keep(&self) {
        let tables = ["publication", "publication_version", "publication_run"];
        let copies =
            tables.map(|table| format!("create temp table kept_{table} as select * from {table}"));
        self.changed(&copies);
    }

    /// Puts columns of versions back.
    fn put_back(&self, columns: &[&str], only: &str) {
        let all: Vec<String> = columns
            .iter()
            .map(|column| format!("{column} = (select k.{column} from kept_publication_version k where k.publication_id = publication_version.publication_id and k.version = publication_version.version)"))
            .collect();
        self.changed(&[format!(
            "update publication_version set {} where {only}",
            all.join(", ")
        )]);
    }
}

const NEWEST: &str = "title like 'Kortti%' and version = 2";
const OLD: &str = "title like 'Kortti%' and version = 1";
const GONE: &str = "title like 'Toinen%'";

/// Each field of a version: whose, which columns, what is written, and the page that must refuse.
const CHANGES: &[(&str, &[&str], &[&str], &str)] = &[
    (
        NEWEST,
        &["title"],
        &["'Kortti, jota kukaan ei lukenut'"],
        "1",
    ),
    (NEWEST, &["from_quarter"], &["'2024-1'"], "1"),
    (NEWEST, &["to_quarter"], &["'2026-4'"], "1"),
    (NEWEST, &["municipality"], &["'179'"], "1"),
    (
        NEWEST,
        &["unit_id"],
        &["(select id from unit order by 1 limit 1)"],
        "1",
    ),
    (NEWEST, &["reason"], &["'Muu syy'"], "1"),
    (NEWEST, &["started_on"], &["'2020-01-01'"], "1"),
    (
        NEWEST,
        &["started_by"],
        &[
            "(select h.staff_id from publication_hand h where h.publication_id = publication_version.publication_id and h.version = 2 and h.part = 'edits' and h.staff_id <> started_by order by 1 limit 1)",
        ],
        "1",
    ),
    (NEWEST, &["checked_on"], &["'2020-01-01'"], "1"),
    (NEWEST, &["reviewed_on"], &["'2020-01-01'"], "1"),
    (
        NEWEST,
        &["reviewed_by"],
        &[
            "(select h.staff_id from publication_hand h where h.publication_id = publication_version.publication_id and h.version = 2 and h.part = 'publishes' and h.staff_id <> reviewed_by order by 1 limit 1)",
        ],
        "1",
    ),
    (NEWEST, &["released_on"], &["'2020-01-01'"], "1"),
    (
        NEWEST,
        &["released_by"],
        &[
            "(select h.staff_id from publication_hand h where h.publication_id = publication_version.publication_id and h.version = 2 and h.part = 'publishes' and h.staff_id <> released_by order by 1 limit 1)",
        ],
        "1",
    ),
    (NEWEST, &["recheck"], &["'refused'"], "1"),
    (NEWEST, &["body_seal"], &["pdf_seal"], "1"),
    (NEWEST, &["pdf_seal"], &["body_seal"], "1"),
    (NEWEST, &["public_runs"], &["null"], "1"),
    (NEWEST, &["public_seal"], &["null"], "1"),
    (NEWEST, &["public_seal"], &["body_seal"], "1"),
    (
        NEWEST,
        &["state", "ended_on", "ended_reason"],
        &["'withdrawn'", "released_on", "'Tuhottu'"],
        "1",
    ),
    (OLD, &["ended_on"], &["'2020-01-01'"], "1/v/1"),
    (
        OLD,
        &["ended_by"],
        &["(select id from staff where name = 'Pirkko Julkaisija')"],
        "1/v/1",
    ),
    (OLD, &["ended_reason"], &["'Virheetön'"], "1/v/1"),
    (OLD, &["state"], &["'withdrawn'"], "1/v/1"),
    (GONE, &["state", "ended_on"], &["'released'", "null"], "2"),
    (GONE, &["state"], &["'corrected'"], "2/v/1"),
    (GONE, &["ended_reason"], &["'Ei mitään vikaa'"], "2"),
    (GONE, &["title"], &["'Toinen nimi'"], "2"),
];

#[tokio::test]
async fn what_is_changed_in_a_version_is_not_shown_and_is_named() {
    for county in counties() {
        county.told().await;
        assert_eq!(county.faults(), [""; 0]);
        // To change hands to: the database lets nobody stand in them without a part.
        hands(&county);
        county.keep();
        for (only, columns, values, page) in CHANGES {
            let set: Vec<String> = columns
                .iter()
                .zip(*values)
                .map(|(column, value)| format!("{column} = {value}"))
                .collect();
            county.changed(&[format!(
                "update publication_version set {} where {only}",
                set.join(", ")
            )]);
            refused(&county, page, &set.join(", ")).await;
            county.put_back(columns, only);
        }
        for change in ["kind = 'yearly'", "language = 'sv'", "number = 7"] {
            county.changed(&[format!("update publication set {change} where number = 1")]);
            let page = if change.starts_with("number") {
                "7"
            } else {
                "1"
            };
            refused(&county, page, change).await;
            let undone = "update publication set number = k.number, kind = k.kind, language = k.language from kept_publication k where k.id = publication.id";
            county.changed(&[undone.to_owned()]);
        }
        // The table of an earlier version under the same name, with its own seal.
        county.changed(&["update publication_run set sealed = (select k.sealed from kept_publication_run k where k.publication_id = publication_run.publication_id and k.version = 1 and k.name = publication_run.name) where version = 2".to_owned()]);
        refused(&county, "1", "the runs of version 1").await;
        county.changed(&["update publication_run set sealed = (select k.sealed from kept_publication_run k where k.publication_id = publication_run.publication_id and k.version = 2 and k.name = publication_run.name) where version = 2".to_owned()]);

        assert_eq!(county.faults(), [""; 0], "everything was put back");
        for (page, status) in [("1", 200), ("1/v/1", 200), ("1.pdf", 200), ("2", 410)] {
            let shown = county.open(&format!("/fi/julkaisut/{page}")).await;
            assert_eq!(shown.status, status, "{page}");
        }
    }
}

/// Somebody else with each part in version 2 of publication 1, for the changes of hands.
fn hands(county: &County) {
    let at = "(select id from publication where number = 1)";
    let hand = |staff: [u8; 16], part: &str| {
        let name = match staff {
            EINO => "Eino Editori",
            _ => "Pirkko Julkaisija",
        };
        format!(
            "insert into publication_hand (publication_id, version, staff_id, part) values ({at}, 2, (select id from staff where name = '{name}'), '{part}')"
        )
    };
    county.changed(&[hand(EINO, "edits"), hand(PIRKKO, "publishes")]);
}

/// Neither the page nor its print nor the line of the list is there, and the check tells of it.
async fn refused(county: &County, page: &str, what: &str) {
    let (number, version) = page.split_once("/v/").unwrap_or((page, ""));
    let paths = [
        format!("/fi/julkaisut/{page}"),
        format!("/fi/julkaisut/{page}.pdf"),
        format!("/fi/julkaisut/{page}/taulukko-1.csv"),
    ];
    for path in paths {
        let shown = county.open(&path).await;
        assert_eq!(shown.status, 500, "{what}: {path}: {}", shown.body);
        assert!(!shown.body.contains("Kortti") && !shown.body.contains("Toinen"));
    }
    // The list shows nothing of the tables.
    if version.is_empty() && !what.starts_with("the runs") {
        let list = county.open("/fi/julkaisut").await;
        assert_eq!(list.status, 200, "{what}");
        assert!(
            !list.body.contains(&format!("/fi/julkaisut/{number}\"")),
            "{what}: {}",
            list.body
        );
    }
    let faults = county.faults();
    assert!(
        faults
            .iter()
            .any(|fault| fault.contains(&format!("of publication {number} stands"))),
        "{what}: {faults:?}"
    );
}

#[tokio::test]
async fn an_honest_step_makes_no_change_from_outside_good() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        let path = county.released("Kortti", of).await;
        county.changed(&["update publication_version set title = 'Väärä'".to_owned()]);
        county.corrected(&path).await;
        let old = county.open("/fi/julkaisut/1/v/1").await;
        assert_eq!(old.status, 500);
        let new = county.open("/fi/julkaisut/1").await;
        assert_eq!(new.status, 200);
        assert!(!new.body.contains("/julkaisut/1/v/1\""), "{}", new.body);
        assert_eq!(county.faults().len(), 1, "{:?}", county.faults());

        let other = county.released("Toinen", of).await;
        county.changed(&[
            "update publication_version set released_on = '2020-01-01' where title = 'Toinen'"
                .to_owned(),
        ]);
        county.withdrawn(&other).await;
        assert_eq!(county.open("/fi/julkaisut/2").await.status, 500);
    }
}

/// A row with its seal, put back to what it was before a step: no seal of a row finds that, the log does.
#[tokio::test]
async fn the_log_tells_of_rows_that_are_gone_or_older() {
    for county in counties() {
        let of = county.phenomenon("Häätöuhka");
        let path = county.released("Toinen", of).await;
        county.keep();
        county.withdrawn(&path).await;
        assert_eq!(county.faults(), [""; 0]);
        let all = [
            "state",
            "ended_on",
            "ended_by",
            "ended_reason",
            "recheck",
            "public_seal",
        ];
        county.put_back(&all, "version = 1");
        let faults = county.faults();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].contains("is not withdrawn, as the log tells"));

        let gone = [
            "run",
            "quote",
            "statistic",
            "own_figure",
            "phenomenon",
            "section",
            "version",
        ];
        county.changed(&gone.map(|table| format!("delete from publication_{table}")));
        let faults = county.faults();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].contains("was released and is gone"), "{faults:?}");
    }
}
