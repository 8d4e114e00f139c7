//! The eight workers with a visitor and a program beside them, and the pages that open for each.

use std::net::SocketAddr;

use clients::ClientId;
use identity::people::StaffId;
use store::{Query, ReadTx, StoreError, params};
use web::House;

use super::pages::{self, Asker, Page};
use crate::load::Line;
use crate::programs;

/// Somebody who asks.
#[derive(Debug, Clone)]
pub struct Worker {
    /// What tells who it is: a line of the head of each request.
    pub header: String,
    /// The title, for messages.
    pub title: &'static str,
    /// What she answers for: her own clients, and the open matters of the units she leads.
    pub load: i64,
    pub pages: Vec<Page>,
    /// Matters in which she writes notes, with a client of each.
    pub writes: Vec<(String, String)>,
}

/// Workers who are measured.
pub const EIGHT: usize = 8;
/// Titles of the eight, most of whom have clients: how many of each, and what each answers for, as near as the county
/// has one. The counties' own figures speak of 40 to 60 clients of a worker.
const TITLES: [(&str, usize, i64); 7] = [
    ("social_worker", 2, 45),
    ("counsellor", 1, 45),
    ("front_door", 1, 0),
    ("lead", 1, 100),
    ("structural", 1, 0),
    ("dpo", 1, 0),
    ("user_admin", 1, 0),
];
/// What the program reads.
const SCOPES: [&str; 4] = ["clients.read", "contacts.read", "matters.read", "log.read"];
/// Matters in which somebody writes.
const MATTERS: i64 = 40;

/// Everybody who asks, with the pages that open. `like` is what the eight of another county answer for: counties are
/// compared by people with as much work.
///
/// # Errors
/// When the county has too few workers, or a page answers with a fault.
pub async fn crew(
    house: &House,
    address: SocketAddr,
    routes: &[(String, Asker)],
    like: &[i64],
) -> Result<Vec<Worker>, String> {
    let like = like.to_vec();
    let found: Result<Vec<Chosen>, StoreError> = house.store.read(move |tx| staff(tx, &like)).await;
    let found = found.map_err(|error| error.to_string())?;
    let Some(Chosen { staff: first, .. }) = found.first().copied().filter(|_| found.len() == EIGHT)
    else {
        return Err(format!("{} workers of eight", found.len()));
    };
    let mut crew = Vec::new();
    for Chosen { staff, title, load } in found {
        let token = identity::session::begin(house, staff)
            .await
            .map_err(|error| format!("{error:?}"))?;
        let header = format!("Cookie: {}={token}", identity::session::COOKIE);
        let mut worker = somebody(house, routes, (Asker::Worker, staff), (header, title)).await?;
        worker.load = load;
        crew.push(worker);
    }
    let token = house
        .store
        .write(move |tx| programs::token(tx, first, &SCOPES))
        .await;
    let header = format!(
        "Authorization: Bearer {}",
        token.map_err(|error| error.to_string())?.value
    );
    crew.push(somebody(house, routes, (Asker::Program, first), (header, "program")).await?);
    let nobody = "Accept-Language: fi".to_owned();
    crew.push(somebody(house, routes, (Asker::Visitor, first), (nobody, "visitor")).await?);
    for worker in &mut crew {
        keep_what_opens(address, worker).await?;
    }
    Ok(crew)
}

/// Drops the addresses that are not this worker's: a page of a draft does not open for a finished text.
async fn keep_what_opens(address: SocketAddr, worker: &mut Worker) -> Result<(), String> {
    let mut line = Line::open(address).await;
    for page in &mut worker.pages {
        let mut open = Vec::new();
        for path in std::mem::take(&mut page.paths) {
            match line.get(&path, &worker.header).await {
                200 => open.push(path),
                status if status >= 500 => {
                    return Err(format!("{path} answers {status}: {}", line.said()));
                }
                _ => {}
            }
        }
        page.paths = open;
    }
    worker.pages.retain(|page| !page.paths.is_empty());
    Ok(())
}

async fn somebody(
    house: &House,
    routes: &[(String, Asker)],
    (asker, staff): (Asker, StaffId),
    (header, title): (String, &'static str),
) -> Result<Worker, String> {
    let routes = routes.to_vec();
    let (pages, writes) = house
        .store
        .read(move |tx| {
            let writes = if asker == Asker::Worker {
                writes(tx, staff)?
            } else {
                Vec::new()
            };
            Ok::<_, StoreError>((pages::of(tx, &routes, (asker, staff))?, writes))
        })
        .await
        .map_err(|error| error.to_string())?;
    Ok(Worker {
        header,
        title,
        load: 0,
        pages,
        writes,
    })
}

/// One of the eight.
#[derive(Debug, Clone, Copy)]
struct Chosen {
    staff: StaffId,
    title: &'static str,
    load: i64,
}

fn staff(tx: &mut ReadTx<'_>, like: &[i64]) -> Result<Vec<Chosen>, StoreError> {
    let mut all = Vec::new();
    for (title, count, wanted) in TITLES {
        let rows = tx.query(
            "select s.id, (select count(distinct r.client_id) from relation r where r.staff_id = s.id and r.kind = 'own_worker' and r.ends_at is null) + (select count(*) from unit u join matter m on m.holder_unit = u.id where u.lead_id = s.id and m.ended_at is null) from staff s where s.title = $1 and s.ended_on is null order by s.id",
            &params![title],
        )?;
        let mut left: Vec<Chosen> = Vec::new();
        for row in rows {
            let staff = StaffId::from_bytes(row.get(0)?);
            let load = row.get(1)?;
            left.push(Chosen { staff, title, load });
        }
        for _ in 0..count {
            let wanted = like.get(all.len()).copied().unwrap_or(wanted);
            let nearest = (0..left.len()).min_by_key(|at| (left[*at].load - wanted).abs());
            all.extend(nearest.map(|at| left.remove(at)));
        }
    }
    Ok(all)
}

/// Matters in which somebody writes, each with a client of it.
fn writes(tx: &mut ReadTx<'_>, staff: StaffId) -> Result<Vec<(String, String)>, StoreError> {
    let rows = tx.query(
        "select distinct m.id, c.client_id from matter m join relation r on r.object_id = m.id join matter_client c on c.matter_id = m.id and c.left_at is null where r.staff_id = $1 and r.ends_at is null and m.ended_at is null and not exists (select 1 from matter_client d where d.matter_id = m.id and d.left_at is null and d.client_id <> c.client_id) order by m.id limit $2",
        &params![staff.bytes(), MATTERS],
    )?;
    rows.iter()
        .map(|row| {
            let id = |at| Ok::<_, StoreError>(ClientId::from_bytes(row.get(at)?).to_string());
            Ok((id(0)?, id(1)?))
        })
        .collect()
}
