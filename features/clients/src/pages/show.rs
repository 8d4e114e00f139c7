//! The client on one screen.

use askama::Template;
use axum::extract::{Path, Query, State};
use identity::people::{self, Unit};
use identity::session::CurrentUser;
use kernel::time::{Timestamp, day};
use store::{ShowTx, StoreError};
use text::search::Analysers;
use web::{Answer, House, Page, Posted, Texts, Visit, client_page, go_to};

use crate::domain::{ClientError, ClientId, Reader};
use crate::gate::Gate;
use crate::pages::common::{desk, id, logged, refused_page, told};
use crate::pages::head::{self, Head, Seen};
use crate::pages::labels::{self, capital};
use crate::panels::{Answerer, Around, OneNumber, Panel, Panels};
use crate::store::record::{self, Record};
use crate::timeline::Words;
use crate::timeline::page::{Ask, TimelineView, view};

/// A person beside the client: worker, relative, representative.
pub struct Beside {
    pub name: String,
    pub what: String,
    pub phone: String,
}

#[derive(Template)]
#[template(path = "client.html")]
struct ClientPage {
    page: Page,
    id: Head,
    done: String,
    little: String,
    panels: Vec<Panel>,
    timeline: TimelineView,
    workers: Vec<Beside>,
    people: Vec<Beside>,
    access_href: String,
    people_href: String,
}

/// A client's record with the gate it came through, for every page about her.
pub struct Opened {
    pub gate: Gate,
    pub record: Record,
    pub units: Vec<Unit>,
}

impl Opened {
    /// Opens the record and logs that it was shown.
    ///
    /// # Errors
    /// As [`record::show`].
    pub fn read(
        tx: &mut impl store::Show,
        reader: &Reader,
        client: ClientId,
        now: Timestamp,
    ) -> Result<Self, ClientError> {
        let gate = Gate::open(tx, reader, client, now)?;
        let record = record::show(tx, &gate, now)?;
        let units = people::list_units(tx)?;
        Ok(Self {
            gate,
            record,
            units,
        })
    }

    /// What the identity bar is made from.
    pub fn seen<'a>(&'a self, t: &'a Texts, now: Timestamp) -> Seen<'a> {
        let unit = self.record.unit.as_ref().map(|(id, _)| *id);
        let unit_phone = self
            .units
            .iter()
            .find(|one| Some(one.id) == unit)
            .and_then(|unit| unit.phone.clone());
        Seen {
            t,
            gate: &self.gate,
            record: &self.record,
            now,
            unit_phone,
            answers: None,
        }
    }

    /// The identity bar of a page about the client.
    pub fn head(&self, t: &Texts, now: Timestamp) -> Head {
        head::short(&self.seen(t, now))
    }

    /// The name of a unit in the reader's language.
    pub fn unit_name(&self, t: &Texts, unit: people::UnitId) -> String {
        self.units
            .iter()
            .find(|one| one.id == unit)
            .map_or_else(String::new, |unit| unit.name(t.language()).to_owned())
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let ask = Ask::from_pairs(&pairs);
    let done = told(&visit.t(), &pairs);
    one_screen(&house, &visit, &user, id(&client)?, ask, done).await
}

/// The same page with the timeline narrowed by words: these are posted, because they may name a person.
pub(super) async fn timeline(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let ask = Ask::from_form(&posted.form());
    one_screen(&house, &visit, &user, id(&client)?, ask, String::new()).await
}

struct Screen {
    opened: Opened,
    answers: Option<Answerer>,
    panels: Vec<Panel>,
    timeline: TimelineView,
}

async fn one_screen(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    client: ClientId,
    ask: Ask,
    done: String,
) -> Answer {
    let (reader, now, t) = (Reader::from(user), house.now(), visit.t());
    let (sources, words) = (house.extra::<Panels>(), t.clone());
    let number = house.extra::<OneNumber>();
    let terms = desk(house)?.terms(ask.words());
    // The words are analysed before the transaction, which is no place for thinking.
    let asked = house
        .extra::<Analysers>()
        .and_then(|analysers| Words::new(&analysers, ask.words()));
    let read = house
        .store
        .show(move |tx| {
            let opened = Opened::read(tx, &reader, client, now)?;
            let sources = sources.as_ref().map_or(&[][..], |panels| &panels.0);
            let panels = panels(tx, sources, &reader, &opened.gate, &words, now)?;
            let gate = &opened.gate;
            let timeline = view(tx, gate, &words, &ask, asked.as_ref(), &terms, now)?;
            let answers = match &number {
                Some(number) => (number.0)(tx, &words, gate.client(), now)?,
                None => None,
            };
            Ok::<_, ClientError>(Screen {
                opened,
                answers,
                panels,
                timeline,
            })
        })
        .await;
    let (screen, proof) = match read {
        Ok(receipt) => logged(receipt)?,
        Err(error) => return refused_page(house, user, client, error).await,
    };
    let opened = &screen.opened;
    // Two records of one person were merged: the address of the other leads to the one kept.
    if opened.record.id != client {
        return Ok(go_to(&head::path(opened.record.id)));
    }
    let id = head::full(&Seen {
        answers: screen.answers,
        ..opened.seen(&t, now)
    });
    let mut page = visit.page_titled(id.name.clone());
    page.path.clone_from(&id.path);
    let template = ClientPage {
        page,
        done,
        little: little(&t, opened),
        panels: screen.panels,
        timeline: screen.timeline,
        workers: workers(&t, &opened.record),
        people: related(&t, &opened.record, now),
        access_href: format!("{}/access", id.path),
        people_href: format!("{}/basics", id.path),
        id,
    };
    Ok(client_page(template, proof))
}

fn panels(
    tx: &mut ShowTx<'_, '_>,
    sources: &[crate::panels::Source],
    reader: &Reader,
    gate: &Gate,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Panel>, StoreError> {
    let around = Around {
        reader,
        gate,
        t,
        now,
    };
    let mut panels = Vec::new();
    for source in sources {
        panels.extend(source(tx, &around)?);
    }
    Ok(panels)
}

/// Why the page shows little, when it does.
fn little(t: &Texts, opened: &Opened) -> String {
    if opened.record.narrow {
        return t.get("client-may-lead");
    }
    let tail = opened
        .gate
        .held()
        .iter()
        .filter(|held| held.kind != "exceptional")
        .all(|held| held.tail);
    match opened.gate.seen_until() {
        Some(until) if tail => t.with("client-tail", &[("day", t.full_day(day(until)).into())]),
        _ => String::new(),
    }
}

/// Each once, with everything that she is to the client.
fn workers(t: &Texts, record: &Record) -> Vec<Beside> {
    let mut workers: Vec<(people::StaffId, Beside)> = Vec::new();
    for one in &record.workers {
        let what = labels::relation(t, one.kind);
        match workers.iter_mut().find(|(staff, _)| *staff == one.staff) {
            Some((_, known)) => {
                known.what.push_str(", ");
                known.what.push_str(&what);
            }
            None => workers.push((
                one.staff,
                Beside {
                    name: one.name.clone(),
                    what: capital(&what),
                    phone: String::new(),
                },
            )),
        }
    }
    workers.into_iter().map(|(_, beside)| beside).collect()
}

fn related(t: &Texts, record: &Record, now: Timestamp) -> Vec<Beside> {
    record
        .related
        .iter()
        .filter(|one| one.holds(day(now)))
        .map(|one| Beside {
            name: one.name.clone(),
            what: role(t, one),
            phone: one
                .phone
                .as_ref()
                .and_then(|told| told.plain())
                .unwrap_or_default()
                .to_owned(),
        })
        .collect()
}

/// "Edunvalvoja, talous" or "Aviopuoliso, samassa taloudessa".
pub fn role(t: &Texts, one: &crate::store::related::Related) -> String {
    let mut parts = vec![capital(&labels::word(t, "client-role", one.role.code()))];
    parts.extend(one.scope.clone());
    if one.same_household {
        parts.push(t.get("client-household"));
    }
    parts.join(", ")
}
