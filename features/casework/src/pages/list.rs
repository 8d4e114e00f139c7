//! Matters as lists: one's own, untaken ones, offered ones, the unit's.

use askama::Template;
use axum::extract::{Query, State};
use clients::Reader;
use identity::session::{CurrentUser, Sessions, keep_choice};
use kernel::time::{Timestamp, day};
use law::DeadlineTable;
use web::{Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit, client_page, go_to};

use crate::domain::{NameCode, ServiceTask, Stage};
use crate::glue::casework;
use crate::pages::labels::{self, capital, matter_name, named, word};
use crate::pages::show::done;
use crate::store::list::{self, Filters, ListPage, ListRow, PAGE, Tab};

/// Name of this room's choices in the session.
const CHOICES: &str = "matters";
/// The last page: nobody turns further by hand.
const LAST: i64 = 200;

struct TabModel {
    href: String,
    label: String,
    current: bool,
}

struct RowModel {
    href: String,
    title: String,
    number: String,
    clients: String,
    joint: bool,
    stage: String,
    holder: String,
    unit: String,
    pending: String,
    due: String,
    iso: String,
    color: &'static str,
    law: String,
    /// Where to post to take it; empty when it cannot be taken.
    take: String,
    offered: bool,
}

struct FilterModel {
    form: Form,
    tab: &'static str,
    service_tasks: Vec<Choice>,
    names: Vec<Choice>,
    stages: Vec<Choice>,
    active: String,
}

#[derive(Template)]
#[template(path = "matters.html")]
struct MattersPage {
    page: Page,
    notice: Option<String>,
    tabs: Vec<TabModel>,
    heading: String,
    empty: String,
    rows: Vec<RowModel>,
    filters: FilterModel,
    next: String,
    previous: String,
}

struct Place {
    tab: Tab,
    page: i64,
}

impl Place {
    fn read(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            pairs
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.as_str())
        };
        Self {
            tab: value("tab").and_then(Tab::from_code).unwrap_or(Tab::Mine),
            page: value("page")
                .and_then(|text| text.parse().ok())
                .unwrap_or(1_i64)
                .clamp(1, LAST),
        }
    }

    fn address(tab: Tab, page: i64) -> String {
        match (tab, page) {
            (Tab::Mine, 1) => "/matters".to_owned(),
            (tab, 1) => format!("/matters?tab={}", tab.code()),
            (tab, page) => format!("/matters?tab={}&page={page}", tab.code()),
        }
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let place = Place::read(&pairs);
    let filters: Filters = user.choice(CHOICES);
    let casework = casework(&house)?;
    let reader = Reader::from(&user);
    let (tab, offset) = (place.tab, (place.page - 1) * PAGE);
    let asked = filters.clone();
    let receipt = house
        .store
        .show(move |tx| list::page(tx, &casework, &reader, tab, &asked, offset))
        .await?;
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let t = visit.t();
    let ListPage { rows, more } = receipt.value;
    let now = house.now();
    let turned = |show: bool, page: i64| {
        if show {
            Place::address(tab, page)
        } else {
            String::new()
        }
    };
    let template = MattersPage {
        page: visit.page("matters-title"),
        notice: done(&visit, &pairs, &["refused"]),
        tabs: Tab::ALL
            .iter()
            .map(|one| TabModel {
                href: Place::address(*one, 1),
                label: word(&t, "matters-tab", one.code()),
                current: *one == tab,
            })
            .collect(),
        heading: word(&t, "matters-tab", tab.code()),
        empty: word(&t, "matters-empty", tab.code()),
        rows: rows.iter().map(|one| row(&t, one, now)).collect(),
        filters: filter_model(&t, &filters, tab),
        next: turned(more, place.page + 1),
        previous: turned(place.page > 1, place.page - 1),
    };
    Ok(client_page(template, logged))
}

fn row(t: &Texts, one: &ListRow, now: Timestamp) -> RowModel {
    let today = day(now);
    let due = one.due.as_ref();
    let color = due.map_or("", |due| match due.on {
        on if on < today => "danger",
        on if on <= today.tomorrow().unwrap_or(today) => "warning",
        _ => "",
    });
    RowModel {
        href: format!("/matters/{}", one.id),
        title: matter_name(t, one.name_code, one.name_text.as_deref()),
        number: one.number.clone(),
        clients: one.clients.join(", "),
        joint: one.joint,
        stage: capital(&word(t, "stage", one.stage.code())),
        holder: one
            .holder
            .clone()
            .unwrap_or_else(|| t.get("matter-untaken")),
        unit: named(t.language(), &one.unit_names).to_owned(),
        pending: t.day(day(one.pending_at)),
        due: due.map_or_else(String::new, |due| t.near_day(due.on, today)),
        iso: due.map_or_else(String::new, |due| due.on.to_string()),
        color,
        law: due
            .and_then(|due| DeadlineTable::of_law().lookup(&due.code, due.version).ok())
            .map_or_else(String::new, |law| law.source.clone()),
        take: if one.take {
            format!("/matters/{}/take", one.id)
        } else {
            String::new()
        },
        offered: one.offered,
    }
}

fn filter_model(t: &Texts, filters: &Filters, tab: Tab) -> FilterModel {
    let mut form = Form::new();
    form.set("service_task", filters.service_task.clone());
    form.set("name", filters.name.clone());
    form.set("stage", filters.stage.clone());
    let mut active = Vec::new();
    if ServiceTask::from_code(&filters.service_task).is_some() {
        active.push(word(t, "service-task", &filters.service_task));
    }
    if NameCode::from_code(&filters.name).is_some() {
        active.push(word(t, "matter-name", &filters.name));
    }
    if Stage::from_code(&filters.stage).is_some() {
        active.push(word(t, "stage", &filters.stage));
    }
    if filters.late {
        form.set("late", "yes");
        active.push(t.get("matters-late"));
    }
    FilterModel {
        form,
        tab: tab.code(),
        service_tasks: labels::service_tasks(t),
        names: labels::names(t),
        stages: Stage::ALL
            .iter()
            .map(|stage| Choice::new(stage.code(), capital(&word(t, "stage", stage.code()))))
            .collect(),
        active: active.join(", "),
    }
}

/// Keeps the filters in the session and shows the beginning of the narrowed list.
pub(super) async fn filters(
    State(house): State<House>,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let form = posted.form();
    let known = |name: &str, is: fn(&str) -> bool| {
        let value = form.value(name);
        if is(value) {
            value.to_owned()
        } else {
            String::new()
        }
    };
    let filters = match posted.value("act") {
        "clear" => Filters::default(),
        _ => Filters {
            service_task: known("service_task", |code| {
                ServiceTask::from_code(code).is_some()
            }),
            name: known("name", |code| NameCode::from_code(code).is_some()),
            stage: known("stage", |code| Stage::from_code(code).is_some()),
            late: form.has("late", "yes"),
        },
    };
    let sessions = house
        .extra::<Sessions>()
        .ok_or_else(|| Failure::internal("the house has no sessions"))?;
    keep_choice(&house, &sessions, &user, CHOICES, &filters).await?;
    let tab = Tab::from_code(posted.value("tab")).unwrap_or(Tab::Mine);
    Ok(go_to(&Place::address(tab, 1)))
}
