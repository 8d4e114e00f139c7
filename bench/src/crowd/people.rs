//! The eight workers, and the pages of each one's day.

use std::collections::BTreeMap;

use clients::ClientId;
use identity::people::StaffId;
use store::{Query, ReadTx, StoreError, params};
use web::House;

/// A page as it is asked: what it is called in the table, and its addresses with this worker's own ids.
#[derive(Debug, Clone)]
pub struct Page {
    pub name: String,
    pub paths: Vec<String>,
}

/// A worker who is signed in.
#[derive(Debug, Clone)]
pub struct Worker {
    pub cookie: String,
    pub pages: Vec<Page>,
    /// Matters in which she writes notes, with a client of each.
    pub writes: Vec<(String, String)>,
}

/// Titles of the eight, most of whom have clients.
const TITLES: [(&str, i64); 5] = [
    ("social_worker", 3),
    ("counsellor", 2),
    ("front_door", 1),
    ("lead", 1),
    ("structural", 1),
];
/// Ids of a kind that one worker goes through.
const EACH: i64 = 40;

/// Pages of a worker with clients: what stands in braces is one of hers.
const WITH_CLIENTS: [&str; 15] = [
    "/desk",
    "/clients",
    "/clients/{client}",
    "/clients/{client}/basics",
    "/matters",
    "/matters/{matter}",
    "/assessments/{assessment}",
    "/assessments/{assessment}/versions",
    "/plans/{plan}",
    "/plans/{plan}/copy",
    "/notes",
    "/notes/{note}",
    "/matters/{matter}/notes/new",
    "/contacts",
    "/clients/search",
];
const FRONT: [&str; 6] = [
    "/desk",
    "/contacts",
    "/contacts/list",
    "/contacts/{contact}",
    "/contacts/new",
    "/advice",
];
const LEAD: [&str; 5] = [
    "/unit",
    "/desk",
    "/contacts",
    "/contacts/{contact}",
    "/oversight/own",
];
const EDITOR: [&str; 7] = [
    "/observations",
    "/phenomena",
    "/phenomena/{phenomenon}",
    "/statistics",
    "/figures",
    "/publications",
    "/themes",
];

/// Which rows are whose: of the worker `$1`, `$2` of them; or of everybody, `$1` of them.
const OWN: [(&str, &str); 7] = [
    (
        "client",
        "select client_id from relation where staff_id = $1 and kind = 'own_worker' and ends_at is null order by client_id limit $2",
    ),
    (
        "matter",
        "select m.id from matter m join relation r on r.object_id = m.id where r.staff_id = $1 and r.ends_at is null and m.ended_at is null group by m.id order by m.id limit $2",
    ),
    (
        "assessment",
        "select d.id from document d join relation r on r.object_id = d.matter_id where r.staff_id = $1 and r.ends_at is null and d.kind = 'assessment' and d.state = 'finished' group by d.id order by d.id limit $2",
    ),
    (
        "plan",
        "select d.id from document d join relation r on r.object_id = d.matter_id where r.staff_id = $1 and r.ends_at is null and d.kind = 'plan' and d.state = 'finished' group by d.id order by d.id limit $2",
    ),
    (
        "note",
        "select d.id from document d join relation r on r.object_id = d.matter_id where r.staff_id = $1 and r.ends_at is null and d.kind = 'note' and d.state = 'finished' group by d.id order by d.id limit $2",
    ),
    (
        "contact",
        "select c.id from contact c join staff s on s.unit_id = c.unit_id where s.id = $1 and c.state = 'open' order by c.id limit $2",
    ),
    (
        "phenomenon",
        "select id from phenomenon order by id limit $1",
    ),
];

/// The workers with the most to do, signed in.
///
/// # Errors
/// When the county has too few of them.
pub async fn crew(house: &House) -> Result<Vec<Worker>, String> {
    let found: Result<Vec<(StaffId, &'static str)>, StoreError> = house.store.read(staff).await;
    let mut crew = Vec::new();
    for (staff, title) in found.map_err(|error| error.to_string())? {
        let token = identity::session::begin(house, staff)
            .await
            .map_err(|error| format!("{error:?}"))?;
        let (pages, writes) = house
            .store
            .read(move |tx| Ok::<_, StoreError>((pages(tx, staff, title)?, writes(tx, staff)?)))
            .await
            .map_err(|error| error.to_string())?;
        crew.push(Worker {
            cookie: format!("{}={token}", identity::session::COOKIE),
            pages,
            writes,
        });
    }
    if crew.len() < 8 {
        return Err(format!("{} workers of eight", crew.len()));
    }
    Ok(crew)
}

fn staff(tx: &mut ReadTx<'_>) -> Result<Vec<(StaffId, &'static str)>, StoreError> {
    let mut all = Vec::new();
    for (title, count) in TITLES {
        let rows = tx.query(
            "select s.id from staff s left join relation r on r.staff_id = s.id and r.ends_at is null where s.title = $1 and s.ended_on is null group by s.id order by count(r.client_id) desc, s.id limit $2",
            &params![title, count],
        )?;
        for row in rows {
            all.push((StaffId::from_bytes(row.get(0)?), title));
        }
    }
    Ok(all)
}

fn pages(tx: &mut ReadTx<'_>, staff: StaffId, title: &str) -> Result<Vec<Page>, StoreError> {
    let kinds: &[&str] = match title {
        "front_door" => &FRONT,
        "lead" => &LEAD,
        "structural" => &EDITOR,
        _ => &WITH_CLIENTS,
    };
    let mut ids: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, sql) in OWN {
        if !kinds
            .iter()
            .any(|kind| kind.contains(&format!("{{{name}}}")))
        {
            continue;
        }
        let rows = if sql.contains("$2") {
            tx.query(sql, &params![staff.bytes(), EACH])?
        } else {
            tx.query(sql, &params![EACH])?
        };
        let own = rows
            .iter()
            // All ids are written alike.
            .map(|row| Ok(ClientId::from_bytes(row.get(0)?).to_string()))
            .collect::<Result<_, StoreError>>()?;
        ids.insert(name, own);
    }
    Ok(kinds
        .iter()
        .map(|kind| Page {
            name: (*kind).to_owned(),
            paths: paths(kind, &ids),
        })
        .filter(|page| !page.paths.is_empty())
        .collect())
}

fn paths(kind: &str, ids: &BTreeMap<&str, Vec<String>>) -> Vec<String> {
    match ids
        .iter()
        .find(|(name, _)| kind.contains(&format!("{{{name}}}")))
    {
        Some((name, own)) => own
            .iter()
            .map(|id| kind.replace(&format!("{{{name}}}"), id))
            .collect(),
        None => vec![kind.to_owned()],
    }
}

/// Matters in which somebody writes, each with a client of it.
fn writes(tx: &mut ReadTx<'_>, staff: StaffId) -> Result<Vec<(String, String)>, StoreError> {
    let rows = tx.query(
        "select m.id, min(c.client_id) from matter m join relation r on r.object_id = m.id join matter_client c on c.matter_id = m.id and c.left_at is null where r.staff_id = $1 and r.ends_at is null and m.ended_at is null group by m.id having count(distinct c.client_id) = 1 order by m.id limit $2",
        &params![staff.bytes(), EACH],
    )?;
    rows.iter()
        .map(|row| {
            let id = |at| Ok::<_, StoreError>(ClientId::from_bytes(row.get(at)?).to_string());
            Ok((id(0)?, id(1)?))
        })
        .collect()
}
