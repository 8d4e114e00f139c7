//! Every page of the product that somebody asks for, and the ids that stand in the addresses.

use axum::http::Method;
use identity::people::StaffId;
use store::{Query, ReadTx, StoreError, params};
use web::{Feature, Guard};

/// A page as it is asked: what it is called in the table, and its addresses with this worker's own ids.
#[derive(Debug, Clone)]
pub struct Page {
    pub name: String,
    pub paths: Vec<String>,
    /// What a day is made of; other pages are opened now and then.
    pub daily: bool,
}

/// Whose page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    Worker,
    Visitor,
    Program,
}

/// Pages that are opened again and again.
const DAILY: [&str; 20] = [
    "/desk",
    "/unit",
    "/clients",
    "/clients/{id}",
    "/clients/{id}/basics",
    "/matters",
    "/matters/{id}",
    "/assessments/{id}",
    "/plans/{id}",
    "/notes",
    "/notes/{id}",
    "/matters/{id}/notes/new",
    "/contacts",
    "/contacts/list",
    "/contacts/{id}",
    "/contacts/new",
    "/observations",
    "/phenomena",
    "/phenomena/{id}",
    "/figures",
];

/// Not asked: a stream without an end, and addresses that only lead to others.
const LEFT: [&str; 5] = [
    "/live",
    "/assets/{hash}/{*name}",
    "/sign-in/directory",
    "/sign-in/directory/back",
    "/sign-in/confirm",
];

/// Ids of a kind that one worker goes through.
const EACH: i64 = 12;

/// What stands in a parameter that is no id of a row.
const WORDS: [(&str, &str); 8] = [
    ("{kind}", "phone"),
    ("{part}", "housing"),
    ("{language}", "fi"),
    ("{no}", "1"),
    ("{number}", "1"),
    ("{version}", "1"),
    ("{table}", "1"),
    ("{code}", "asuminen"),
];

/// Which rows stand in the addresses that begin so: of the worker `$1`, `$2` of them; or of everybody, `$1` of them. A
/// beginning that ends with a slash has two columns, which fill two parameters. The first that fits counts.
const ROWS: [(&str, &str); 24] = [
    (
        "/clients/{id}/mistakes/",
        "select d.client_id, d.id from client_detail d join relation r on r.client_id = d.client_id where r.staff_id = $1 and r.kind = 'own_worker' and r.ends_at is null order by d.client_id, d.id limit $2",
    ),
    (
        "/clients/{id}",
        "select distinct client_id from relation where staff_id = $1 and kind = 'own_worker' and ends_at is null order by client_id limit $2",
    ),
    (
        "/matters/{id}",
        "select distinct m.id from matter m join relation r on r.object_id = m.id where r.staff_id = $1 and r.ends_at is null and m.ended_at is null order by m.id limit $2",
    ),
    (
        "/plans/{id}/goals/",
        "select distinct d.id, g.id from plan_goal g join document d on d.id = g.document_id join relation r on r.object_id = d.matter_id where r.staff_id = $1 and r.ends_at is null order by d.id, g.id limit $2",
    ),
    (
        "/plans/{id}/actions/",
        "select distinct d.id, a.id from plan_action a join document d on d.id = a.document_id join relation r on r.object_id = d.matter_id where r.staff_id = $1 and r.ends_at is null order by d.id, a.id limit $2",
    ),
    ("/plans/{id}", "plan"),
    ("/assessments/{id}", "assessment"),
    ("/notes/{id}", "note"),
    (
        "/contacts/{id}",
        "select c.id from contact c left join staff s on s.unit_id = c.holder_unit where c.holder_staff = $1 or s.id = $1 group by c.id, c.holder_staff, c.state order by case c.state when 'open' then 0 else 1 end, case when c.holder_staff is null then 1 else 0 end, c.id limit $2",
    ),
    (
        "/tasks/{id}",
        "select t.id from task t where t.owner = $1 order by t.done_at is not null, t.id limit $2",
    ),
    (
        "/follow-ups/{id}",
        "select id from follow_up where staff_id = $1 order by id limit $2",
    ),
    (
        "/statistics/{id}",
        "select id from statistic_indicator order by id limit $1",
    ),
    (
        "/observations/{id}",
        "select id from observation order by id limit $1",
    ),
    (
        "/phenomena/{id}",
        "select id from phenomenon order by id limit $1",
    ),
    (
        "/proposals/{id}",
        "select id from proposal order by id limit $1",
    ),
    (
        "/proposal-actions/{id}",
        "select id from response_action order by id limit $1",
    ),
    (
        "/influences/{id}",
        "select id from phenomenon_influence order by id limit $1",
    ),
    (
        "/publications/{id}",
        "select id from publication order by number limit $1",
    ),
    (
        "/participation/bikva/{id}",
        "select id from bikva_round order by id limit $1",
    ),
    (
        "/participation/proposals/{id}",
        "select id from gathering_proposal order by id limit $1",
    ),
    (
        "/participation/cycle/{id}",
        "select id from cycle_step order by id limit $1",
    ),
    (
        "/participation/decisions/{id}",
        "select id from forum_decision order by id limit $1",
    ),
    (
        "/participation/{id}",
        "select id from gathering order by id limit $1",
    ),
    (
        "/admin/people/{id}",
        "select id from staff order by id limit $1",
    ),
];

/// Documents of a kind: those that are written on first, then finished ones.
const DOCUMENTS: [&str; 2] = [
    "select distinct d.id from document d join relation r on r.object_id = d.matter_id where r.staff_id = $1 and r.ends_at is null and d.state <> 'finished' and d.kind = '{kind}' order by d.id limit $2",
    "select distinct d.id from document d join relation r on r.object_id = d.matter_id where r.staff_id = $1 and r.ends_at is null and d.state = 'finished' and d.kind = '{kind}' order by d.id limit $2",
];

/// Addresses of pages with their askers, as the features tell them.
pub fn routes(features: &[Feature]) -> Vec<(String, Asker)> {
    let mut all: Vec<(String, Asker)> = features
        .iter()
        .flat_map(|feature| &feature.routes)
        .filter(|route| route.method == Method::GET && !LEFT.contains(&&*route.path))
        .map(|route| {
            let asker = match route.guard {
                Guard::Public => Asker::Visitor,
                Guard::Token { .. } => Asker::Program,
                Guard::SignedIn | Guard::Right { .. } => Asker::Worker,
            };
            (route.path.to_string(), asker)
        })
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

/// The pages of one asker, with the ids of this worker.
///
/// # Errors
/// When the engine fails.
pub fn of(
    tx: &mut ReadTx<'_>,
    routes: &[(String, Asker)],
    (asker, staff): (Asker, StaffId),
) -> Result<Vec<Page>, StoreError> {
    let mut pages = Vec::new();
    for (route, whose) in routes {
        if *whose == asker {
            let paths = paths(tx, route, staff)?;
            pages.push(Page {
                daily: DAILY.contains(&route.as_str()),
                name: route.clone(),
                paths,
            });
        }
    }
    pages.retain(|page| !page.paths.is_empty());
    Ok(pages)
}

fn paths(tx: &mut ReadTx<'_>, route: &str, staff: StaffId) -> Result<Vec<String>, StoreError> {
    let mut path = route.replace("{lang}", "fi");
    for (parameter, word) in WORDS {
        path = path.replace(parameter, word);
    }
    path = path.replace("/figures/{id}", "/figures/contacts");
    path = path.replace("/participation/pack/{id}", "/participation/pack/hyte");
    path = path.replace("/sections/{section}", "/sections/summary");
    if !path.contains('{') {
        return Ok(vec![path]);
    }
    let looked = path.strip_prefix("/api/v1").unwrap_or(&path);
    let Some((begin, sql)) = ROWS.iter().find(|(begin, _)| looked.starts_with(begin)) else {
        return Ok(Vec::new());
    };
    let columns = if begin.ends_with('/') { 2 } else { 1 };
    let mut all = Vec::new();
    if sql.starts_with("select") {
        all.extend(rows(tx, sql, (staff, columns), &path)?);
    } else {
        for documents in DOCUMENTS {
            let sql = documents.replace("{kind}", sql);
            all.extend(rows(tx, &sql, (staff, columns), &path)?);
        }
    }
    Ok(all)
}

/// The address with its parameters filled from each row; one with more parameters than columns is left out.
fn rows(
    tx: &mut ReadTx<'_>,
    sql: &str,
    (staff, columns): (StaffId, usize),
    path: &str,
) -> Result<Vec<String>, StoreError> {
    let found = if sql.contains("$2") {
        tx.query(sql, &params![staff.bytes(), EACH])?
    } else {
        tx.query(sql, &params![EACH])?
    };
    let mut all = Vec::new();
    for row in &found {
        let mut filled = path.to_owned();
        for column in 0..columns {
            let Some((before, rest)) = filled.split_once('{') else {
                break;
            };
            let after = rest.split_once('}').map_or("", |(_, after)| after);
            // All ids are written alike.
            let id = StaffId::from_bytes(row.get(column)?);
            filled = format!("{before}{id}{after}");
        }
        if !filled.contains('{') {
            all.push(filled);
        }
    }
    Ok(all)
}
