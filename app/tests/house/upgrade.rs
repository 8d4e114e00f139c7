//! The earliest county that somebody could have is brought up to date by this program, killed in the middle again and again, and
//! holds. Its files were made by that program itself: `app/tests/data/first`.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use kernel::chance::{Chance, SeededChance};
use store::{Engine, Query, Snapshot};
use testkit::{Folder, cluster};

use crate::program::noste;

/// Rows of the first county, none of which may be lost.
const KEPT: [&str; 8] = [
    "contact",
    "holding",
    "contact_event",
    "ending",
    "advice",
    "duty",
    "staff",
    "log_entry",
];
/// Steps of the schema that it has.
const FIRST_STEPS: i64 = 7;

/// Kills on each engine; `NOSTE_PROOF` makes the long run.
fn kills() -> u64 {
    if std::env::var_os("NOSTE_PROOF").is_some() {
        60
    } else {
        4
    }
}

fn first() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/first")
}

/// The first county in a place of its own.
struct First {
    folder: Folder,
    engine: Engine,
    database: String,
}

impl First {
    fn on_sqlite() -> Self {
        let folder = Folder::new();
        let path = folder.join("15.sqlite");
        for name in ["15.sqlite", "15.heads", "log.key"] {
            std::fs::copy(first().join(name), folder.join(name)).expect("copied");
        }
        Self {
            database: format!("sqlite:{}", path.display()),
            engine: Engine::Sqlite { path },
            folder,
        }
        .configured("")
    }

    fn on_postgres(number: u64) -> Self {
        let folder = Folder::new();
        let schema = format!("first_{}_{number}", std::process::id());
        for name in ["15.heads", "log.key"] {
            std::fs::copy(first().join("postgres").join(name), folder.join(name)).expect("copied");
        }
        let sql = std::fs::read_to_string(first().join("postgres/15.sql")).expect("the dump");
        cluster().run(&format!("drop schema if exists {schema} cascade"));
        cluster().run(&sql.replace("county_15", &schema));
        let line = format!("schema = \"{schema}\"\n");
        Self {
            database: cluster().url(),
            engine: Engine::Postgres {
                url: cluster().url(),
                schema,
            },
            folder,
        }
        .configured(&line)
    }

    fn configured(self, more: &str) -> Self {
        let folder = self.folder.display();
        let text = format!(
            "listen = \"127.0.0.1:0\"\nsecret_file = \"{folder}/secret.key\"\nlog_key_file = \"{folder}/log.key\"\nheads_dir = \"{folder}\"\n[[county]]\ncode = \"15\"\ndatabase = \"{}\"\n{more}",
            self.database
        );
        std::fs::write(self.config(), text).expect("written");
        self
    }

    fn config(&self) -> PathBuf {
        self.folder.join("noste.toml")
    }

    fn start(&self) -> Child {
        Command::new(env!("CARGO_BIN_EXE_noste"))
            .arg("migrate")
            .arg("--config")
            .arg(self.config())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts")
    }

    fn run(&self, command: &[&str]) -> (bool, String) {
        let config = self.config();
        let output = noste(&[command, &["--config", config.to_str().expect("text")]].concat());
        let words = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&words).into_owned(),
        )
    }

    /// Steps taken so far.
    fn steps(&self) -> i64 {
        let counted = Snapshot::open(&self.engine, "15").and_then(|mut snapshot| {
            snapshot
                .query_one("select count(*) from refinery_schema_history", &[])?
                .get(0)
        });
        counted.unwrap_or(0)
    }

    fn rows(&self) -> Vec<i64> {
        let mut snapshot = Snapshot::open(&self.engine, "15").expect("it opens");
        KEPT.iter()
            .map(|table| {
                let sql = format!("select count(*) from {table}");
                snapshot
                    .query_one(&sql, &[])
                    .and_then(|row| row.get(0))
                    .expect("a count")
            })
            .collect()
    }
}

impl Drop for First {
    fn drop(&mut self) {
        if let Engine::Postgres { schema, .. } = &self.engine {
            cluster().run(&format!("drop schema if exists {schema} cascade"));
        }
    }
}

fn upgraded(engine: &str, on: impl Fn(u64) -> First) {
    let chance = SeededChance::new(6);
    let whole = {
        let first = on(0);
        let before = first.rows();
        assert!(
            before.iter().all(|count| *count > 0),
            "the first county is filled: {before:?}"
        );
        assert_eq!(first.steps(), FIRST_STEPS);
        let (held, words) = first.run(&["verify"]);
        assert!(
            !held && words.contains("noste migrate"),
            "an old schema is told: {words}"
        );
        let (done, words) = first.run(&["migrate"]);
        assert!(done, "{words}");
        let (holds, words) = first.run(&["verify"]);
        assert!(holds, "{words}");
        assert_eq!(first.rows(), before);
        first.steps()
    };
    assert!(whole > FIRST_STEPS + 30, "{whole} steps");
    let mut in_the_middle = 0;
    for number in 1..=kills() {
        let first = on(number);
        let before = first.rows();
        let until = FIRST_STEPS + chance.below((whole - FIRST_STEPS).unsigned_abs() / 2) as i64;
        let mut child = first.start();
        while first.steps() < until && child.try_wait().expect("asked").is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().expect("killed");
        child.wait().expect("gone");
        let reached = first.steps();
        in_the_middle += i64::from(reached > FIRST_STEPS && reached < whole);
        let (done, words) = first.run(&["migrate"]);
        assert!(done, "after {reached} of {whole} steps: {words}");
        let (holds, words) = first.run(&["verify"]);
        assert!(holds, "after {reached} of {whole} steps: {words}");
        assert_eq!((first.rows(), first.steps()), (before, whole));
        eprintln!("killed after {reached} of {whole} steps");
    }
    assert!(in_the_middle > 0, "no kill fell between two steps");
    println!(
        "| {engine}: from step {FIRST_STEPS} to {whole}, killed and started again | {} times, {in_the_middle} of them between two steps: no row lost, holds |",
        kills()
    );
}

#[test]
fn the_first_county_is_brought_up_to_date_on_sqlite_however_often_it_is_killed() {
    upgraded("SQLite", |_| First::on_sqlite());
}

#[test]
fn the_first_county_is_brought_up_to_date_on_postgres_however_often_it_is_killed() {
    upgraded("PostgreSQL", First::on_postgres);
}
