//! A batch of printed reports: the county's own publications, and an extract for the wellbeing report of each of its
//! municipalities, begun by the editor as on her pages, put together and set as PDF by the product's own functions.
//!
//! What is measured is the setting alone: the texts, tables and pictures of all reports are there before it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use figures::Works;
use identity::people;
use kernel::language::Language;
use kernel::place;
use paper::Paper;
use publications::domain::{Kind, PublishError};
use publications::paper_of::{self, Edition};
use publications::ready::{self, Which};
use publications::store::PublicationId;
use publications::store::read::{self, Draft};
use publications::store::write::{self, Head};
use reporting::acting;
use reporting::store::Editor;
use store::{StoreError, WriteTx};
use web::House;

use crate::table::{Table, figure};

/// The line's name.
pub const NAME: &str =
    "PDF batch: the county's reports and an extract for each municipality, on all cores";
/// Who edits publications in the demo.
const EDITOR: &str = "structural_editor";

/// The reports of the batch, put together.
///
/// # Errors
/// When the county has no editor or no publication, or the product refuses one of them.
pub async fn all(house: &House) -> Result<Vec<Paper>, PublishError> {
    let works = Works::of(house);
    let counted = tokio::task::spawn_blocking(move || figures::refresh(&works)).await;
    counted
        .map_err(|error| fault(&error))?
        .map_err(|error| fault(&error))?;
    let editor = editor(house).await?;
    let own: Vec<PublicationId> = acting::read_as(house, editor.clone(), |tx, editor| {
        let lines = read::list(tx, editor)?;
        Ok::<_, PublishError>(lines.into_iter().map(|line| line.at.0).collect())
    })
    .await?;
    let mut papers = Vec::new();
    let mut yearly = None;
    for id in own {
        let (draft, paper) = one(house, &editor, id).await?;
        papers.push(paper);
        yearly = yearly.or((draft.kind == Kind::Yearly).then_some(draft));
    }
    let yearly = yearly.ok_or_else(|| fault(&"the county has no yearly report"))?;
    for id in extracts(house, &editor, yearly).await? {
        papers.push(one(house, &editor, id).await?.1);
    }
    Ok(papers)
}

fn fault(error: &impl std::fmt::Display) -> PublishError {
    StoreError::Config(error.to_string()).into()
}

async fn editor(house: &House) -> Result<Editor, PublishError> {
    let now = house.now();
    let found = house.store.read(move |tx| {
        let all = people::list_demo_staff(tx)?;
        let editor = all
            .into_iter()
            .find(|one| one.tasks.iter().any(|task| task == EDITOR));
        let Some(editor) = editor else {
            return Ok(None);
        };
        let subject = identity::facts::subject(tx, editor.id, now)?;
        Ok::<_, StoreError>(subject.map(|subject| Editor {
            staff: editor.id,
            subject,
            now,
        }))
    });
    let found = found.await?;
    found.ok_or_else(|| fault(&"the county has no editor"))
}

/// A publication's newest version as it would be printed today.
async fn one(
    house: &House,
    editor: &Editor,
    id: PublicationId,
) -> Result<(Draft, Paper), PublishError> {
    let ready = ready::ready(house, editor, Which::Newest(id)).await?;
    let edition = Edition {
        number: ready.draft.number,
        version: ready.draft.at.1,
        released_on: house.today(),
    };
    let content = ready.composed.content;
    let t = house.texts(content.language);
    let paper = paper_of::paper(&t, &content, &house.county, Some(&edition));
    Ok((ready.draft, paper))
}

/// Begins an extract for each municipality, of what the yearly report is made of.
async fn extracts(
    house: &House,
    editor: &Editor,
    yearly: Draft,
) -> Result<Vec<PublicationId>, PublishError> {
    let county = house.county.code.clone();
    acting::act_as(house, editor.clone(), move |tx, editor, made| {
        place::municipalities_of(&county)
            .into_iter()
            .map(|place| {
                let head = Head {
                    title: format!("Ote hyvinvointikertomukseen: {}", place.name(Language::Fi)),
                    span: yearly.span,
                    municipality: place.code.to_owned(),
                    unit: None,
                };
                let how = (&*made.clock, &*made.chance);
                let id = write::begin(tx, editor, how, (Kind::Hyte, Language::Fi), head)?;
                material(tx, editor, id, &yearly)?;
                Ok(id)
            })
            .collect()
    })
    .await
}

fn material(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    id: PublicationId,
    yearly: &Draft,
) -> Result<(), PublishError> {
    let at = (id, 1);
    let phenomena = &yearly.phenomena[..yearly.phenomena.len().min(Kind::Hyte.most_phenomena())];
    write::set_material(tx, editor, (at, 1), phenomena, &yearly.statistics)?;
    write::set_own(tx, editor, at, &yearly.own)
}

/// Sets whole batches for as long as a line is measured, at least one.
pub fn measure(table: &mut Table, papers: &[Paper], window: Duration) {
    let size = |paper: &Paper| {
        let bytes = app::features::printed(paper).expect("a report is printed");
        assert!(bytes.starts_with(b"%PDF"), "no PDF");
        bytes.len()
    };
    // Each has been printed once, also so that fonts are read.
    let bytes: usize = papers.iter().map(size).sum();
    let began = Instant::now();
    let mut times = Vec::new();
    while times.is_empty() || began.elapsed() < window {
        times.extend(batch(papers));
    }
    table.add(NAME, figure(times, began.elapsed()));
    table.note(format!(
        "The PDF batch: {} reports of {} kB on the mean.",
        papers.len(),
        bytes / papers.len().max(1) / 1_000
    ));
}

/// Prints each paper once; the next free thread takes the next paper.
fn batch(papers: &[Paper]) -> Vec<Duration> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut times = Vec::new();
        while let Some(paper) = papers.get(next.fetch_add(1, Ordering::Relaxed)) {
            let start = Instant::now();
            app::features::printed(paper).expect("a report is printed");
            times.push(start.elapsed());
        }
        times
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .flat_map(|thread| thread.join().expect("a printing thread ends"))
            .collect()
    })
}
