//! What the tests of notes need beside the sample county: a student, a tutor, and a browser that writes a note.

use std::sync::Arc;

use access::rights::Subject;
use casework::domain::MatterId;
use casework::store::joint;
use clients::{ClientId, Reader};
use identity::people::{self, Staff, StaffId, UnitId};
use kernel::time::Date;
pub use sample::*;
use store::{Query, StoreError};
use testkit::TestStore;

/// A student on placement, north.
pub const OPA: [u8; 16] = [21; 16];
/// Social worker and tutor, north.
pub const MAIJA: [u8; 16] = [22; 16];
/// Another tutor, north.
pub const TIMO: [u8; 16] = [23; 16];
/// Keeps the county's phrases.
pub const PEKKA: [u8; 16] = [24; 16];

const WORKER: &[&str] = &["broad_responsibility", "arranging", "duty_holder", "tutor"];

type Person = (
    [u8; 16],
    &'static str,
    &'static [&'static str],
    &'static str,
);

const MORE: [Person; 4] = [
    (OPA, "Oona Opiskelija", &["student"], "other"),
    (MAIJA, "Maija Ohjaaja", WORKER, "sw+office"),
    (TIMO, "Timo Toinen", WORKER, "sc+office"),
    (PEKKA, "Pekka Lund", &["user_admin"], "other"),
];

pub fn tables() -> Vec<store::Migration> {
    rooms_and(&[documents::MIGRATIONS, plan::MIGRATIONS, notes::MIGRATIONS])
}

pub fn county(store: TestStore) -> Sample {
    let sample = sample_of(
        store,
        Rooms {
            features: || vec![documents::feature(), plan::feature(), notes::feature()],
            extras: vec![
                Arc::new(casework::panels::MatterPanels(vec![notes::panel::notes])),
                Arc::new(casework::work::Works(vec![notes::work::works])),
                Arc::new(casework::alerts::Alerts(vec![notes::work::alerts])),
                Arc::new(clients::Panels(vec![notes::pages::students::panel])),
            ],
        },
    );
    sample
        .store
        .write_blocking(|tx| {
            for (id, name, tasks, qualification) in MORE {
                people::add_staff(
                    tx,
                    &Staff {
                        id: StaffId::from_bytes(id),
                        name: name.to_owned(),
                        sort_key: name.to_lowercase(),
                        title: "social_worker".to_owned(),
                        tasks: tasks.iter().map(|task| (*task).to_owned()).collect(),
                        qualifications: vec![qualification.to_owned()],
                        unit: UnitId::from_bytes(NORTH),
                        began_on: Date::constant(2020, 1, 1),
                        ended_on: None,
                        demo_role: None,
                    },
                )?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    sample
}

/// The reader that a member of staff is.
pub fn who(id: [u8; 16]) -> Reader {
    match MORE.iter().find(|person| person.0 == id) {
        None => reader(id),
        Some((_, _, tasks, qualification)) => Reader {
            staff: StaffId::from_bytes(id),
            unit: UnitId::from_bytes(NORTH),
            subject: Subject::employee(tasks.iter().copied(), [*qualification]),
            strong: false,
        },
    }
}

/// A hidden field of a page.
pub fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    page.split_once(&mark)
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or_else(String::new, |(value, _)| value.to_owned())
}

pub fn new_path(matter: MatterId) -> String {
    format!("/matters/{matter}/notes/new")
}

/// Writes a note on a fresh page; gives what was answered.
pub async fn write(
    sample: &Sample,
    cookie: &str,
    matter: MatterId,
    clients: &[ClientId],
    fields: &[(&str, &str)],
) -> Answered {
    let path = new_path(matter);
    let page = sample.get(&path, cookie).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let mut all: Vec<(String, String)> = vec![
        ("form".to_owned(), hidden(&page.body, "form")),
        ("what".to_owned(), "home".to_owned()),
        ("when".to_owned(), "10.3.2026 klo 10.00".to_owned()),
        ("act".to_owned(), "finish".to_owned()),
    ];
    for client in clients {
        all.push(("client".to_owned(), client.to_string()));
    }
    for (name, value) in fields {
        all.retain(|(own, _)| own != name || *name == "client");
        all.push(((*name).to_owned(), (*value).to_owned()));
    }
    let pairs: Vec<(&str, &str)> = all
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    sample.post(&path, &pairs, cookie).await
}

/// A finished note; gives its address.
pub async fn finished(
    sample: &Sample,
    cookie: &str,
    matter: MatterId,
    clients: &[ClientId],
    fields: &[(&str, &str)],
) -> String {
    let answer = write(sample, cookie, matter, clients, fields).await;
    assert_eq!(answer.status, 303, "{}", told(&answer.body));
    let (path, done) = answer.location().split_once('?').unwrap();
    assert_eq!(done, "done=finished");
    path.to_owned()
}

/// A draft; gives its address.
pub async fn draft(
    sample: &Sample,
    cookie: &str,
    matter: MatterId,
    clients: &[ClientId],
    fields: &[(&str, &str)],
) -> String {
    let mut all = fields.to_vec();
    all.push(("act", "draft"));
    let answer = write(sample, cookie, matter, clients, &all).await;
    assert_eq!(
        answer.location(),
        "/notes?done=draft",
        "{}",
        told(&answer.body)
    );
    newest(sample)
}

/// The address of the note that was made last.
pub fn newest(sample: &Sample) -> String {
    let id: [u8; 16] = sample
        .store
        .read_blocking(|tx| {
            tx.query_one(
                "select id from document where kind = 'note' order by made_at desc, id desc limit 1",
                &[],
            )?
            .get(0)
        })
        .unwrap();
    format!("/notes/{}", documents::DocumentId::from_bytes(id))
}

/// What the main part of a page says, without its marks.
pub fn told(page: &str) -> String {
    let main = page
        .split_once("<main")
        .and_then(|(_, rest)| rest.split_once("</main>"))
        .map_or(page, |(main, _)| main);
    let mut text = String::new();
    let mut inside = false;
    for letter in main.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            letter if !inside => text.push(letter),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A client joins a matter whose holder works for the client already.
pub fn joins(sample: &Sample, worker: [u8; 16], matter: MatterId, client: ClientId) {
    sample.relate(client, worker, "contact_holder");
    sample.act(worker, move |tx, casework, reader| {
        joint::join(tx, casework, reader, matter, client)
    });
    sample
        .store
        .write_blocking(|tx| tx.execute("delete from relation where kind = 'contact_holder'", &[]))
        .unwrap();
}
