//! Eight workers at once: each reads the pages of a day and writes, with pauses between.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kernel::chance::{Chance, SeededChance};
use kernel::clock::{Clock, SystemClock};
use kernel::time::{SignedDuration, day};

use super::Times;
use super::pages::Page;
use super::people::Worker;
use crate::load::{Line, form_token};

/// The pause between two requests of one worker, in milliseconds: a hundredth of what people take, so that eight of them
/// ask as much as some hundreds.
const PAUSE: (u64, u64) = (50, 250);
/// Of so many pages all but one are those of every day.
const OTHERS_ONE_IN: u64 = 3;
/// Every so many requests of a worker with clients is a note, a search or a draft.
const WRITES_ONE_IN: u64 = 6;
/// Families that are searched for: common ones, so that there is something to leave out.
const FAMILIES: [&str; 4] = ["Virtanen", "Korhonen", "Hämäläinen", "Nieminen"];

/// Times of answers by page.
///
/// # Errors
/// An answer that is none of a page.
pub async fn of_crowd(
    address: SocketAddr,
    crew: &[Worker],
    window: Duration,
) -> Result<BTreeMap<String, Times>, String> {
    let began = Instant::now();
    let tasks: Vec<_> = crew
        .iter()
        .cloned()
        .enumerate()
        .map(|(number, worker)| {
            let chance = Arc::new(SeededChance::new(number as u64 + 1));
            tokio::spawn(one(address, worker, began + window, chance))
        })
        .collect();
    let mut all: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
    for task in tasks {
        for (page, time) in task.await.map_err(|error| error.to_string())?? {
            all.entry(page).or_default().push(time);
        }
    }
    Ok(all
        .into_iter()
        .map(|(page, times)| (page, of(times)))
        .collect())
}

fn of(mut times: Vec<Duration>) -> Times {
    times.sort_unstable();
    let at = |share: usize| {
        let place = (times.len() * share / 100).min(times.len().saturating_sub(1));
        times.get(place).copied().unwrap_or_default()
    };
    Times {
        count: times.len(),
        median: at(50),
        p95: at(95),
        p99: at(99),
    }
}

async fn one(
    address: SocketAddr,
    worker: Worker,
    until: Instant,
    chance: Arc<SeededChance>,
) -> Result<Vec<(String, Duration)>, String> {
    let mut line = Line::open(address).await;
    let token = token(&mut line, &worker).await?;
    let mut times = Vec::new();
    for number in 0.. {
        if Instant::now() >= until {
            break;
        }
        let writes = !worker.writes.is_empty() && chance.below(WRITES_ONE_IN) == 0;
        let began = Instant::now();
        let name = if writes {
            write(&mut line, &worker, &token, (&*chance, number)).await?
        } else {
            let page = page(&worker, &*chance);
            let path = &page.paths[pick(&*chance, page.paths.len())];
            expect(line.get(path, &worker.header).await, &[200], path, &line)?;
            page.name.clone()
        };
        times.push((name, began.elapsed()));
        let pause = PAUSE.0 + chance.below(PAUSE.1 - PAUSE.0);
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }
    Ok(times)
}

/// A page of every day, or now and then any other.
fn page<'a>(worker: &'a Worker, chance: &dyn Chance) -> &'a Page {
    let daily: Vec<&Page> = worker.pages.iter().filter(|page| page.daily).collect();
    if daily.is_empty() || chance.below(OTHERS_ONE_IN) == 0 {
        &worker.pages[pick(chance, worker.pages.len())]
    } else {
        daily[pick(chance, daily.len())]
    }
}

fn pick(chance: &dyn Chance, of: usize) -> usize {
    usize::try_from(chance.below(of.max(1) as u64)).unwrap_or(0)
}

fn expect(status: u16, wanted: &[u16], path: &str, line: &Line) -> Result<(), String> {
    if wanted.contains(&status) {
        Ok(())
    } else {
        Err(format!("{path} answers {status}: {}", line.said()))
    }
}

/// The token of forms, from the first of the worker's pages that has one; nothing for whoever writes nothing.
async fn token(line: &mut Line, worker: &Worker) -> Result<String, String> {
    if worker.writes.is_empty() {
        return Ok(String::new());
    }
    for path in worker.pages.iter().filter_map(|page| page.paths.first()) {
        expect(line.get(path, &worker.header).await, &[200], path, line)?;
        if let Some(token) = form_token(&line.body()) {
            return Ok(token);
        }
    }
    Err(format!("no page of a {} has a form", worker.title))
}

/// One writing; gives what it was.
async fn write(
    line: &mut Line,
    worker: &Worker,
    token: &str,
    (chance, number): (&dyn Chance, u64),
) -> Result<String, String> {
    let yesterday = day(SystemClock.now() - SignedDuration::from_hours(24)).strftime("%d.%m.%Y");
    let (matter, client) = &worker.writes[pick(chance, worker.writes.len())];
    let note = format!("/matters/{matter}/notes/new");
    let (name, path, fields): (&str, &str, String) = match chance.below(3) {
        0 => {
            // A form's own id: each note is a new one, also in a county that was measured before with the same chance.
            let form = format!(
                "{:08x}-{:04x}-4000-8000-{number:012x}",
                SystemClock.now().as_millisecond() & 0xffff_ffff,
                chance.below(65_536)
            );
            let fields = format!(
                "form={form}&client={client}&what=call&when={yesterday}&body=Soitettu+vuokranantajalle+{number}.+Maksusuunnitelma+sovittiin.&act=finish"
            );
            ("write: a finished note", note.as_str(), fields)
        }
        1 => {
            let family = FAMILIES[pick(chance, FAMILIES.len())];
            (
                "search: a name",
                "/clients/search",
                format!("by=any&q={family}"),
            )
        }
        _ => (
            "write: a draft",
            "/drafts",
            format!("_draft=note-{matter}&body=Luonnos+{number}"),
        ),
    };
    let body = format!("_token={token}&{fields}");
    let status = line.post(path, &worker.header, &body).await;
    expect(status, &[200, 303], path, line)?;
    Ok(name.to_owned())
}
