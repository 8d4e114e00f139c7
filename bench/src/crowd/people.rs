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
    pub pages: Vec<Page>,
    /// Matters in which she writes notes, with a client of each.
    pub writes: Vec<(String, String)>,
}

/// Titles of the eight, most of whom have clients.
const TITLES: [(&str, i64); 7] = [
    ("social_worker", 2),
    ("counsellor", 1),
    ("front_door", 1),
    ("lead", 1),
    ("structural", 1),
    ("dpo", 1),
    ("user_admin", 1),
];
/// What the program reads.
const SCOPES: [&str; 4] = ["clients.read", "contacts.read", "matters.read", "log.read"];
/// Clients of a worker who is measured, as near as the county has one: the counties' own figures speak of 40 to 60.
const CLIENTS: i64 = 45;
/// Matters in which somebody writes.
const MATTERS: i64 = 40;

/// Everybody who asks, with the pages that open.
///
/// # Errors
/// When the county has too few workers, or a page answers with a fault.
pub async fn crew(
    house: &House,
    address: SocketAddr,
    routes: &[(String, Asker)],
) -> Result<Vec<Worker>, String> {
    let found: Result<Vec<(StaffId, &'static str)>, StoreError> = house.store.read(staff).await;
    let found = found.map_err(|error| error.to_string())?;
    let Some((first, _)) = found.first().copied().filter(|_| found.len() == 8) else {
        return Err(format!("{} workers of eight", found.len()));
    };
    let mut crew = Vec::new();
    for (staff, title) in found {
        let token = identity::session::begin(house, staff)
            .await
            .map_err(|error| format!("{error:?}"))?;
        let header = format!("Cookie: {}={token}", identity::session::COOKIE);
        crew.push(somebody(house, routes, (Asker::Worker, staff), (header, title)).await?);
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
        pages,
        writes,
    })
}

fn staff(tx: &mut ReadTx<'_>) -> Result<Vec<(StaffId, &'static str)>, StoreError> {
    let mut all = Vec::new();
    for (title, count) in TITLES {
        let rows = tx.query(
            "select s.id from staff s left join relation r on r.staff_id = s.id and r.kind = 'own_worker' and r.ends_at is null where s.title = $1 and s.ended_on is null group by s.id order by abs(count(r.client_id) - $2), s.id limit $3",
            &params![title, CLIENTS, count],
        )?;
        for row in rows {
            all.push((StaffId::from_bytes(row.get(0)?), title));
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
