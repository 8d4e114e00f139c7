//! A county with two editors, two publishers, one who is both, and a phenomenon with observations.

use std::sync::atomic::{AtomicU8, Ordering};

use access::rights::Subject;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use identity::people::{self, Staff, StaffId, UnitId};
use kernel::clock::Clock as _;
use kernel::time::{Date, SignedDuration, day};
use reporting::domain::{Arena, EvidenceKind, Level, NewProposal, Quality};
use reporting::store::influence::{self, NewInfluence};
use reporting::store::phenomena::{self, Described, NewEvidence};
use reporting::store::{Editor, PhenomenonId, ProposalId, proposals};
pub use sample::*;
use statistics::domain::Source;
use statistics::{import, store as own};
use store::{Query, StoreError, WriteTx, params};
use testkit::TestStore;
use tower::ServiceExt;

pub const EEVA: [u8; 16] = [41; 16];
pub const EINO: [u8; 16] = [42; 16];
pub const PENTTI: [u8; 16] = [43; 16];
pub const PIRKKO: [u8; 16] = [44; 16];
/// Edits and publishes: never the same version.
pub const BERTTA: [u8; 16] = [45; 16];

const MORE: [([u8; 16], &str, &[&str]); 5] = [
    (EEVA, "Eeva Editori", &["structural_editor"]),
    (EINO, "Eino Editori", &["structural_editor"]),
    (PENTTI, "Pentti Julkaisija", &["structural_publisher"]),
    (PIRKKO, "Pirkko Julkaisija", &["structural_publisher"]),
    (
        BERTTA,
        "Bertta Molemmat",
        &["structural_editor", "structural_publisher"],
    ),
];

pub struct County {
    pub sample: Sample,
    public: Router,
    next: AtomicU8,
}

pub struct Page {
    pub status: u16,
    pub body: String,
    pub headers: axum::http::HeaderMap,
}

fn features() -> Vec<web::Feature> {
    vec![
        statistics::feature(),
        reporting::feature(),
        participation::feature(),
        publications::feature(printed),
    ]
}

/// Stands for the printer: the words of the paper, so that a test sees what would be printed.
fn printed(paper: &paper::Paper) -> Result<Vec<u8>, String> {
    if paper.title.contains("TULOSTIN") {
        return Err("no paper".to_owned());
    }
    Ok(format!(
        "%PDF {}\n{:?}\n{}",
        paper.title,
        paper.version,
        paper.html()
    )
    .into_bytes())
}

fn tables() -> Vec<store::Migration> {
    rooms_and(&[
        statistics::MIGRATIONS,
        figures::MIGRATIONS,
        reporting::MIGRATIONS,
        participation::MIGRATIONS,
        publications::MIGRATIONS,
    ])
}

/// Another program over the county's database, with a chain of the log and heads of its own.
pub fn second(county: &County, heads: &std::path::Path) -> store::Store {
    let first = &county.sample.store.config;
    let config = store::StoreConfig {
        heads_dir: heads.to_owned(),
        chance: std::sync::Arc::new(kernel::chance::SeededChance::new(99)),
        ..first.clone()
    };
    store::Store::open(config, &tables()).unwrap()
}

/// The county on both engines.
pub fn counties() -> [County; 2] {
    let tables = tables();
    [
        county(testkit::sqlite_store(&tables)),
        county(testkit::postgres_store(&tables)),
    ]
}

fn county(store: TestStore) -> County {
    let sample = sample_of(
        store,
        Rooms {
            features,
            extras: vec![std::sync::Arc::new(reporting::panels::Panels(vec![
                publications::beside::own_figures,
                participation::panel::of_phenomenon,
            ]))],
        },
    );
    sample.store.write_blocking(staff_of).unwrap();
    let mut all = vec![web::feature()];
    all.extend(features());
    let public = web::assemble(&sample.house, all);
    County {
        sample,
        public,
        next: AtomicU8::new(1),
    }
}

fn staff_of(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    for (id, name, tasks) in MORE {
        people::add_staff(
            tx,
            &Staff {
                id: StaffId::from_bytes(id),
                name: name.to_owned(),
                sort_key: name.to_lowercase(),
                title: "social_worker".to_owned(),
                tasks: tasks.iter().map(|task| (*task).to_owned()).collect(),
                qualifications: vec!["other".to_owned()],
                unit: UnitId::from_bytes(NORTH),
                began_on: Date::constant(2020, 1, 1),
                ended_on: None,
                demo_role: None,
            },
        )?;
    }
    Ok(())
}

impl County {
    /// Opens a page without an account.
    pub async fn open(&self, path: &str) -> Page {
        self.open_with(path, "").await
    }

    /// The same with the tag of a copy that is there.
    pub async fn open_with(&self, path: &str, tag: &str) -> Page {
        let mut request = Request::builder().uri(path).header("host", "noste.test");
        if !tag.is_empty() {
            request = request.header("if-none-match", tag);
        }
        let response = self
            .public
            .clone()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Page {
            status: parts.status.as_u16(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
            headers: parts.headers,
        }
    }

    pub fn today(&self) -> Date {
        day(self.sample.clock.now())
    }

    pub fn editor(&self, staff: [u8; 16]) -> Editor {
        let (_, _, tasks) = MORE.iter().find(|one| one.0 == staff).unwrap();
        Editor {
            staff: StaffId::from_bytes(staff),
            subject: Subject::employee(tasks.iter().copied(), ["other"]),
            now: self.sample.clock.now(),
        }
    }

    /// An act of somebody in the store.
    pub fn act<T: Send + 'static, E: From<StoreError> + Send + 'static>(
        &self,
        staff: [u8; 16],
        act: impl FnOnce(&mut WriteTx<'_>, &Editor) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let editor = self.editor(staff);
        self.sample
            .store
            .write_blocking(move |tx| act(tx, &editor))
            .map(|receipt| receipt.value)
    }

    /// A phenomenon that a statement stands for.
    pub fn phenomenon(&self, title: &str) -> PhenomenonId {
        let (clock, chance) = (self.sample.clock.clone(), self.sample.house.chance.clone());
        let described = Described {
            title: title.to_owned(),
            description: "Vuokravelka kasvaa, kun yhteydenotto viipyy.".to_owned(),
            themes: vec![reporting::domain::Theme::from_code("asuminen").unwrap()],
            owner: StaffId::from_bytes(EEVA),
            review_on: self
                .today()
                .saturating_add(SignedDuration::from_hours(24 * 60)),
        };
        self.act(EEVA, move |tx, editor| {
            let by = (&*clock as &dyn kernel::clock::Clock, &*chance);
            let id = phenomena::open(tx, editor, by, described)?;
            let evidence = phenomena::add_evidence(
                tx,
                editor,
                by,
                id,
                &NewEvidence {
                    kind: EvidenceKind::Research,
                    source: "Asumisneuvonnan selvitys".to_owned(),
                    period: "2026".to_owned(),
                    area: "Keski-Suomi".to_owned(),
                    words: "Velka huomataan myöhään.".to_owned(),
                    quality: Quality::Moderate,
                },
            )?;
            phenomena::state_that(tx, editor, by, id, "Häätöuhka kasaantuu.", &[evidence])?;
            Ok::<_, reporting::domain::ReportError>(id)
        })
        .unwrap()
    }

    /// Takes a phenomenon to those who decide of the state.
    pub fn taken_on(&self, of: PhenomenonId, forum: &str) {
        let (clock, chance) = (self.sample.clock.clone(), self.sample.house.chance.clone());
        let new = NewInfluence {
            level: Arena::State,
            forum: forum.to_owned(),
            brought_on: self.today(),
            outcome: String::new(),
            look_on: None,
        };
        self.act(EEVA, move |tx, editor| {
            let by = (&*clock as &dyn kernel::clock::Clock, &*chance);
            influence::bring(tx, editor, by, of, &new)
        })
        .unwrap();
    }

    /// A proposal of a phenomenon, sent or only written.
    pub fn proposal(&self, of: PhenomenonId, words: &str, sent: bool) -> ProposalId {
        let (clock, chance) = (self.sample.clock.clone(), self.sample.house.chance.clone());
        let new = NewProposal {
            words: words.to_owned(),
            level: Level::Municipality,
            recipient: "Jyväskylän kaupunki, kaupunginhallitus".to_owned(),
            recipient_role: "hallintojohtaja".to_owned(),
            due_on: self
                .today()
                .saturating_add(SignedDuration::from_hours(24 * 30)),
        };
        let mut link = [0; 32];
        self.sample.house.chance.fill(&mut link);
        self.act(EEVA, move |tx, editor| {
            let by = (&*clock as &dyn kernel::clock::Clock, &*chance);
            let id = proposals::draft(tx, editor, by, of, new)?;
            if sent {
                proposals::send(tx, editor, (id, 1), link)?;
            }
            Ok::<_, reporting::domain::ReportError>(id)
        })
        .unwrap()
    }

    /// So many observations of a phenomenon in a quarter, each by another writer, by turns of two units.
    pub fn observed(&self, of: PhenomenonId, month: &'static str, count: u8, body: &'static str) {
        let first = self.next.fetch_add(count, Ordering::Relaxed);
        self.act(EEVA, move |tx, editor| {
            for writer in first..first + count {
                let id = [writer, 7, 7, 7, 7, 7, 0x47, 7, 0x87, 7, 7, 7, 7, 7, 7, 7];
                tx.execute(
                    "insert into observation (id, receipt, written_on, reporter_kind, language, valence, body, area_level, area, frequency, people, cause, proposal, wished, state, source, unit_id, revision) values ($1, $2, $3, 'professional', 'fi', 'problem', $4, 'county', '', '', '', '', '', '', 'grouped', $5, $6, 1)",
                    &params![id, [writer; 32], format!("{month}-10"), body, [writer; 16], [writer % 2; 16]],
                )?;
                tx.execute(
                    "insert into phenomenon_observation (observation_id, phenomenon_id, grouped_on, grouped_by) values ($1, $2, $3, $4)",
                    &params![id, of.bytes(), format!("{month}-11"), editor.staff.bytes()],
                )?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    }

    /// Open figures of three areas; gives the indicator's id.
    pub fn statistics(&self) -> String {
        const FIGURES: &str = "indicator;category;code;year;gender;value;unit\n5;MAA;358;2023;total;7.1;%\n5;MAA;358;2024;total;7.4;%\n5;HYVINVOINTIALUE;15;2023;total;8;%\n5;HYVINVOINTIALUE;15;2024;total;8.2;%\n5;KUNTA;179;2023;total;8.2;%\n5;KUNTA;179;2024;total;8.9;%\n";
        let read = import::read(FIGURES, "luvut.csv", None).unwrap();
        import::keep(&self.sample.store, &read).unwrap();
        self.indicator("5")
    }

    /// One that has figures of a single municipality; gives its id.
    pub fn of_one_municipality(&self) -> String {
        const FIGURES: &str = "indicator;category;code;year;gender;value;unit\n127;KUNTA;179;2024;total;900;henkilöä\n";
        let read = import::read(FIGURES, "luvut.csv", None).unwrap();
        import::keep(&self.sample.store, &read).unwrap();
        self.indicator("127")
    }

    fn indicator(&self, code: &'static str) -> String {
        let known = self
            .sample
            .store
            .read_blocking(move |tx| own::find_code(tx, Source::Sotkanet, code));
        known.unwrap().unwrap().id.to_string()
    }

    pub async fn posted(&self, cookie: &str, path: &str, fields: &[(&str, &str)]) -> String {
        let done = self.sample.post(path, fields, cookie).await;
        assert_eq!(done.status, 303, "{path}: {}", done.body);
        done.location().split('?').next().unwrap().to_owned()
    }

    /// What a hidden field of a page holds.
    pub async fn revision(&self, cookie: &str, path: &str) -> String {
        let page = self.sample.get(path, cookie).await;
        between(&page.body, "name=\"revision\" value=\"", "\"").to_owned()
    }

    /// The revision of the newest version, whether or not the page of the one who asks shows it.
    pub fn now(&self, path: &str) -> i64 {
        let id: publications::store::PublicationId =
            path.rsplit('/').next().unwrap().parse().unwrap();
        self.sample
            .store
            .read_blocking(move |tx| {
                let row = tx.query_one(
                    "select revision from publication_version where publication_id = $1 order by version desc limit 1",
                    &params![id.bytes()],
                )?;
                row.get::<i64>(0)
            })
            .unwrap()
    }

    /// A step from where the version stands now.
    pub async fn step(&self, cookie: &str, path: &str, what: &str) -> Answered {
        let revision = self.now(path).to_string();
        self.sample
            .post(
                &format!("{path}/{what}"),
                &[("revision", &revision)],
                cookie,
            )
            .await
    }

    /// Begins a publication; gives its path.
    pub async fn begun(&self, cookie: &str, kind: &str, title: &str) -> String {
        let mut fields = vec![
            ("kind", kind),
            ("language", "fi"),
            ("title", title),
            ("from", "2025-1"),
            ("to", "2025-4"),
        ];
        if kind == "hyte" {
            fields.push(("municipality", "179"));
        }
        self.posted(cookie, "/publications/new", &fields).await
    }

    /// Chooses what is drawn in.
    pub async fn chosen(&self, cookie: &str, path: &str, of: &[PhenomenonId], statistics: &[&str]) {
        let form = format!("{path}/material");
        let revision = self.revision(cookie, &form).await;
        let ids: Vec<String> = of.iter().map(ToString::to_string).collect();
        let mut fields = vec![("revision", revision.as_str())];
        fields.extend(ids.iter().map(|id| ("phenomenon", id.as_str())));
        fields.extend(statistics.iter().map(|id| ("statistic", *id)));
        self.posted(cookie, &form, &fields).await;
    }

    /// Writes the text of a section.
    pub async fn wrote(&self, cookie: &str, path: &str, section: &str, words: &str) {
        let form = format!("{path}/sections/{section}");
        let revision = self.revision(cookie, &form).await;
        let fields = [("revision", revision.as_str()), ("words", words)];
        self.posted(cookie, &form, &fields).await;
    }

    /// A sheet with everything it needs, written by Eeva.
    pub async fn sheet(&self, title: &str, of: PhenomenonId) -> String {
        let eeva = self.sample.enter(EEVA).await;
        let path = self.begun(&eeva, "sheet", title).await;
        self.chosen(&eeva, &path, &[of], &[]).await;
        self.wrote(&eeva, &path, "summary", "Häätöuhka kasaantuu kaupungissa.")
            .await;
        self.wrote(
            &eeva,
            &path,
            "interpretation",
            "Luvut ovat havaintoja, eivät ihmisiä.",
        )
        .await;
        path
    }

    /// The same, released by Pentti.
    pub async fn released(&self, title: &str, of: PhenomenonId) -> String {
        let path = self.sheet(title, of).await;
        self.release(&path).await;
        path
    }

    /// Checked by Eeva, reviewed and released by Pentti.
    pub async fn release(&self, path: &str) {
        let (eeva, pentti) = (
            self.sample.enter(EEVA).await,
            self.sample.enter(PENTTI).await,
        );
        for (cookie, what) in [(&eeva, "check"), (&pentti, "review"), (&pentti, "release")] {
            let done = self.step(cookie, path, what).await;
            assert_eq!(done.status, 303, "{what}: {}", done.body);
        }
    }

    pub fn count(&self, sql: &'static str) -> i64 {
        self.sample.count(sql)
    }

    /// Runs a statement past the program; what the engine says of it.
    pub fn forced(&self, sql: &'static str) -> Result<u64, StoreError> {
        self.sample
            .store
            .write_blocking(move |tx| tx.execute(sql, &[]))
            .map(|receipt| receipt.value)
    }

    /// One text of the store.
    pub fn text(&self, sql: &'static str) -> String {
        self.sample
            .store
            .read_blocking(move |tx| tx.query_one(sql, &[])?.get(0))
            .unwrap()
    }
}

pub fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text
        .split_once(start)
        .unwrap_or_else(|| panic!("{start} is not in {text}"));
    rest.split(end).next().unwrap()
}
