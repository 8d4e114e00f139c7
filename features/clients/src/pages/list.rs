//! Own clients by name.

use askama::Template;
use axum::extract::{Query, State};
use identity::session::{CurrentUser, Sessions, keep_choice};
use kernel::time::{Timestamp, day};
use web::{Answer, Failure, Form, House, Page, Posted, Texts, Visit, client_page, go_to, page};

use crate::domain::{ClientId, Reader};
use crate::pages::common::{told, value};
use crate::pages::head;
use crate::pages::labels::{self, capital};
use crate::store::own::{self, Filter, Listed};
use crate::store::sees;

/// Name of this room's choices in the session.
const CHOICES: &str = "clients";
/// Longest beginning of a name.
const SHORT: usize = 100;

/// What the list is narrowed to, kept in the session: names do not stand in addresses.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
struct Choice {
    #[serde(default)]
    prefix: String,
}

/// A small sign beside a name.
pub struct Mark {
    pub label: String,
    pub color: &'static str,
}

/// A row of a list of clients.
pub struct Row {
    pub href: String,
    pub name: String,
    pub born: String,
    pub relation: String,
    pub since: String,
    pub marks: Vec<Mark>,
}

struct List {
    /// There are clients, whatever the filter.
    any: bool,
    filter: String,
    rows: Vec<Row>,
    empty: String,
    shown: String,
    previous: String,
    next: String,
}

#[derive(Template)]
#[template(path = "clients.html")]
struct ListPage {
    page: Page,
    lead: String,
    done: String,
    list: List,
    form: Form,
    may_search: bool,
    may_create: bool,
    may_merge: bool,
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let Choice { prefix } = user.choice(CHOICES);
    let after: Option<ClientId> = value(&pairs, "after").and_then(|id| id.parse().ok());
    let (reader, now) = (Reader::from(&user), house.now());
    let asked = prefix.clone();
    let receipt = house
        .store
        .show(move |tx| {
            let filter = Filter {
                name: asked,
                after: match after {
                    Some(id) => sees::place(tx, &reader, id, now)?,
                    None => None,
                },
                ..Filter::default()
            };
            own::list(tx, &reader, &filter, now)
        })
        .await?;
    let found = receipt.value;
    let t = visit.t();
    let may = |class, action| {
        access::rights::RightsTable::built_in().may_ever(&user.subject, class, action, day(now))
    };
    let next = found
        .rows
        .last()
        .filter(|_| found.more)
        .map_or_else(String::new, |last| format!("/clients?after={}", last.id));
    let rows: Vec<Row> = found.rows.iter().map(|one| row(&t, one, now)).collect();
    let lead = if prefix.is_empty() {
        t.with("clients-lead", &[("count", found.count.into())])
    } else {
        t.with("clients-filter-active", &[("name", prefix.as_str().into())])
    };
    let empty = if prefix.is_empty() {
        t.get("clients-empty")
    } else {
        t.with("clients-empty-filter", &[("name", prefix.as_str().into())])
    };
    let template = ListPage {
        page: visit.page("clients-title"),
        lead,
        done: told(&t, &pairs),
        list: List {
            any: found.count > 0,
            filter: prefix,
            // One page says by itself how many it holds.
            shown: if next.is_empty() && after.is_none() {
                String::new()
            } else {
                t.with(
                    "clients-shown",
                    &[("shown", rows.len().into()), ("count", found.count.into())],
                )
            },
            rows,
            empty,
            previous: after.map_or_else(String::new, |_| "/clients".to_owned()),
            next,
        },
        form: Form::new(),
        may_search: may("person", "search"),
        may_create: may("client_basics", "create"),
        may_merge: may("person", "merge"),
    };
    // A list of nobody shows nobody's data, so there may be no log entry behind it.
    match receipt.logged {
        Some(logged) => Ok(client_page(template, logged)),
        None if found.rows.is_empty() => Ok(page(template)),
        None => Err(Failure::internal("a list of clients was not logged")),
    }
}

pub fn row(t: &Texts, one: &Listed, now: Timestamp) -> Row {
    Row {
        href: head::path(one.id),
        name: one.name.clone(),
        born: one.birth.map_or_else(String::new, |birth| {
            let years = i64::from(labels::age(birth, day(now)));
            format!(
                "{} ({})",
                t.full_day(birth),
                t.with("client-years", &[("years", years.into())])
            )
        }),
        relation: capital(&labels::relation(t, one.why)),
        since: one.since.map_or_else(String::new, |since| {
            t.with("client-since", &[("day", t.full_day(day(since)).into())])
        }),
        marks: Vec::new(),
    }
}

/// Keeps the beginning of the name in the session and shows the narrowed list.
pub(super) async fn filter(
    State(house): State<House>,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let prefix = match posted.value("act") {
        "clear" => String::new(),
        _ => posted.value("prefix").trim().chars().take(SHORT).collect(),
    };
    let sessions = house
        .extra::<Sessions>()
        .ok_or_else(|| Failure::internal("the house has no sessions"))?;
    keep_choice(&house, &sessions, &user, CHOICES, &Choice { prefix }).await?;
    Ok(go_to("/clients"))
}
