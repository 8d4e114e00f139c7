//! A new note from anywhere: whom it is about is known from the page where one was, or chosen among one's own.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use casework::domain::MatterId;
use casework::store::facts::Facts;
use casework::store::list::{self, Filters, ListRow, Tab};
use clients::{ClientId, Reader};
use documents::DocError;
use identity::session::CurrentUser;
use store::Show;
use web::{Answer, Failure, House, Page, Texts, Visit, client_page_with_status, go_to, page};

use super::common::{Fault, casework};
use super::note::new_in;
use crate::store::{log, rights};

#[derive(Template)]
#[template(path = "note-choose.html")]
struct ChoosePage {
    page: Page,
    groups: Vec<Group>,
    /// There are more than the page holds.
    more: bool,
    /// The client has no matter in which a note can be written.
    empty: String,
    back: String,
}

/// Matters under a heading, each with the way to its new note.
#[derive(Debug)]
struct Group {
    id: &'static str,
    heading: String,
    count: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    href: String,
    who: String,
    matter: String,
}

/// What the reader may write about.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub own: Vec<ListRow>,
    unit: Vec<ListRow>,
    more: bool,
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let value = |name: &str| {
        pairs
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    };
    if let Some(matter) = value("matter").and_then(|id| id.parse::<MatterId>().ok()) {
        return Ok(go_to(&new_in(matter)));
    }
    let client: Option<ClientId> = value("client").and_then(|id| id.parse().ok());
    let casework = casework(&house)?;
    let reader = Reader::from(&user);
    let receipt = house
        .store
        .show(move |tx| match client {
            Some(client) => of_client(tx, &casework, &reader, client).map_err(Fault::from),
            None => mine(tx, &casework, &reader).map_err(Fault::from),
        })
        .await;
    let receipt = match receipt {
        Ok(receipt) => receipt,
        Err(Fault::Failure(failure)) => return Err(failure),
        Err(Fault::Doc(_)) => return Err(Failure::NotFound),
    };
    let found = receipt.value;
    if let (Some(_), [one], []) = (client, &found.own[..], &found.unit[..]) {
        return Ok(go_to(&new_in(one.id)));
    }
    let t = visit.t();
    let template = ChoosePage {
        page: visit.page("note-choose-title"),
        more: found.more,
        groups: groups(&t, &found),
        empty: t.get(if client.is_some() {
            "note-choose-client-empty"
        } else {
            "note-choose-empty"
        }),
        back: client.map_or_else(
            || "/notes".to_owned(),
            |client| format!("/clients/{client}"),
        ),
    };
    Ok(match receipt.logged {
        Some(logged) => client_page_with_status(StatusCode::OK, template, logged),
        // Nobody's data is on the page.
        None => page(template),
    })
}

/// The open matters of a client in which the reader may write; logged when there is something to choose.
pub(super) fn of_client(
    tx: &mut impl Show,
    casework: &casework::store::Casework,
    reader: &Reader,
    client: ClientId,
) -> Result<Found, DocError> {
    let now = casework.now();
    let rows: Vec<ListRow> = list::of_client(tx, reader, client, now)?
        .into_iter()
        .filter(|row| row.stage.is_active())
        .collect();
    let ids: Vec<MatterId> = rows.iter().map(|row| row.id).collect();
    let mut may = Vec::new();
    let mut acting = None;
    for facts in Facts::load_many(tx, reader, &ids, now)? {
        let facts = facts.with_given(&["own_entry"]);
        if let Ok(right) = rights::over(&facts, reader, "create", &[client]) {
            acting = Some(right.acting);
            may.push(facts.id);
        }
    }
    let own: Vec<ListRow> = rows
        .into_iter()
        .filter(|row| may.contains(&row.id))
        .collect();
    if let Some(acting) = acting.filter(|_| own.len() > 1) {
        log(tx, &acting, now, "note.choose", &[client], "")?;
    }
    Ok(Found {
        own,
        ..Found::default()
    })
}

/// The reader's own matters, and those of the unit that are not among them.
fn mine(
    tx: &mut impl Show,
    casework: &casework::store::Casework,
    reader: &Reader,
) -> Result<Found, DocError> {
    let all = Filters::default();
    let own = list::page(tx, casework, reader, Tab::Mine, &all, 0);
    let unit = list::page(tx, casework, reader, Tab::Unit, &all, 0);
    let (own, mut unit, more) = match (own, unit) {
        (Ok(own), Ok(unit)) => {
            let more = own.more || unit.more;
            (own.rows, unit.rows, more)
        }
        (Err(casework::domain::MatterError::Store(error)), _)
        | (_, Err(casework::domain::MatterError::Store(error))) => return Err(error.into()),
        _ => return Ok(Found::default()),
    };
    unit.retain(|row| !own.iter().any(|other| other.id == row.id));
    let now = casework.now();
    let ids: Vec<MatterId> = own.iter().chain(&unit).map(|row| row.id).collect();
    let may: Vec<MatterId> = Facts::load_many(tx, reader, &ids, now)?
        .into_iter()
        .map(|facts| facts.with_given(&["own_entry"]))
        .filter(|facts| rights::over(facts, reader, "create", &facts.clients()).is_ok())
        .map(|facts| facts.id)
        .collect();
    let keep = |rows: Vec<ListRow>| {
        rows.into_iter()
            .filter(|row| may.contains(&row.id))
            .collect()
    };
    Ok(Found {
        own: keep(own),
        unit: keep(unit),
        more,
    })
}

fn groups(t: &Texts, found: &Found) -> Vec<Group> {
    [("own", &found.own), ("unit", &found.unit)]
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(id, rows)| {
            let mut rows: Vec<Row> = rows.iter().map(|row| one(t, row)).collect();
            rows.sort_by_key(|row| text::sort::sort_key(&format!("{} {}", row.who, row.matter)));
            Group {
                id,
                heading: t.get(&format!("note-choose-{id}")),
                count: rows.len().to_string(),
                rows,
            }
        })
        .collect()
}

fn one(t: &Texts, row: &ListRow) -> Row {
    let matter = casework::pages::matter_name(t, row.name_code, row.name_text.as_deref());
    let (who, matter) = if row.clients.is_empty() {
        (matter, String::new())
    } else {
        (row.clients.join(", "), matter)
    };
    Row {
        href: new_in(row.id),
        who,
        matter,
    }
}
