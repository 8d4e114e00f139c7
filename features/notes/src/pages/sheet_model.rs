//! The parts of the page where a note is written, in words.

use casework::domain::ServiceTask;
use clients::ClientId;
use identity::session::CurrentUser;
use kernel::time::{Timestamp, day};
use web::{Choice, Form, Texts};

use super::labels;
use super::said::{Piece, pieces};
use super::sheet::Place;
use crate::domain::text::client_of;
use crate::domain::{LINES, What};
use crate::store::links::{Contact, clock_value};
use crate::store::read::{Existing, Sheet};
use crate::store::steps::Step;

/// An option of a grouped select.
#[derive(Debug, Clone)]
pub struct Pick {
    pub value: String,
    pub label: String,
    pub disabled: bool,
}

/// A group of options.
#[derive(Debug, Clone)]
pub struct Group {
    pub label: String,
    pub picks: Vec<Pick>,
}

/// What concerns one client of a joint note alone.
#[derive(Debug, Clone)]
pub struct OwnPart {
    pub field: String,
    pub revision: String,
    pub label: String,
}

/// The fields of a step.
#[derive(Debug, Clone)]
pub struct LineView {
    pub next: String,
    pub who: String,
    pub who_name: String,
    pub by: String,
    /// Something is written or wrong there: it is seen at once.
    pub used: bool,
}

/// A phrase on its button.
#[derive(Debug, Clone)]
pub struct PhraseView {
    pub id: String,
    pub title: String,
    pub text: String,
    /// Kinds in which it is offered; empty for all.
    pub of: String,
}

/// The note before.
#[derive(Debug, Clone)]
pub struct PreviousView {
    pub href: String,
    pub what: String,
    pub day: String,
    pub iso: String,
    pub author: String,
    pub body: Vec<Piece>,
}

/// A step that is open.
#[derive(Debug, Clone)]
pub struct StepView {
    pub what: String,
    pub who: String,
    pub due: String,
    pub color: String,
    pub iso: String,
}

/// A tick of the form: a step that came to be done, or what the note is about.
#[derive(Debug, Clone)]
pub struct TickView {
    pub id: String,
    pub label: String,
    pub checked: bool,
}

const APPOINTMENTS: [What; 5] = [
    What::Visit,
    What::Home,
    What::Call,
    What::Video,
    What::Message,
];

/// The kinds, those of every day first.
pub fn kinds(t: &Texts, task: ServiceTask) -> Vec<Group> {
    let pick = |what: &What| Pick {
        value: what.code().to_owned(),
        label: labels::what(t, *what),
        disabled: false,
    };
    let others = What::ALL
        .iter()
        .filter(|what| !APPOINTMENTS.contains(what) && what.is_of(task));
    vec![
        Group {
            label: t.get("note-kinds-appointment"),
            picks: APPOINTMENTS.iter().map(pick).collect(),
        },
        Group {
            label: t.get("note-kinds-other"),
            picks: others.map(pick).collect(),
        },
    ]
}

/// The clients about whom the reader writes.
pub fn clients(sheet: &Sheet) -> Vec<Choice> {
    sheet
        .clients
        .iter()
        .map(|client| {
            let name = sheet.names.get(client).cloned().unwrap_or_default();
            Choice::new(client.to_string(), name)
        })
        .collect()
}

/// Those of them who are chosen.
pub fn chosen(form: &Form, sheet: &Sheet) -> Vec<ClientId> {
    sheet
        .clients
        .iter()
        .copied()
        .filter(|client| form.has("client", &client.to_string()))
        .collect()
}

/// Where the page leads back: to the one client, or to the matter.
pub fn back(sheet: &Sheet, matter: &str) -> (String, String) {
    match sheet.clients[..] {
        [client] => (
            format!("/clients/{client}"),
            sheet.names.get(&client).cloned().unwrap_or_default(),
        ),
        _ => (
            format!("/matters/{}", sheet.matter.view.facts.id),
            matter.to_owned(),
        ),
    }
}

/// One sentence: which matter, and of whom.
pub fn lead(t: &Texts, sheet: &Sheet, matter: &str, chosen: &[ClientId]) -> String {
    let names: Vec<&str> = match chosen.is_empty() {
        true => &sheet.clients[..],
        false => chosen,
    }
    .iter()
    .filter_map(|client| sheet.names.get(client).map(String::as_str))
    .collect();
    match &sheet.document {
        Some(existing) => t.with(
            "note-edit-lead",
            &[
                ("matter", matter.into()),
                ("names", names.join(", ").into()),
                ("author", existing.document.author.as_str().into()),
            ],
        ),
        None => t.with("note-new-lead", &[("matter", matter.into())]),
    }
}

/// Other unfinished texts of the same matter.
pub fn others(
    t: &Texts,
    place: Place,
    others: &[(String, Timestamp)],
    now: Timestamp,
) -> Vec<(String, String)> {
    others
        .iter()
        .map(|(form, at)| {
            (
                format!("{}?text={form}", place.path()),
                t.with("note-other-text", &[("when", t.when(*at, now).into())]),
            )
        })
        .collect()
}

/// The parts of the clients of a joint note, as they are stored. Also a text of somebody whom the note is not about stays
/// on the page that refuses it.
pub fn own_parts(t: &Texts, sheet: &Sheet, form: &Form) -> Vec<OwnPart> {
    let (joint, stored) = match &sheet.document {
        Some(existing) => (
            existing.document.clients.len() > 1,
            stored_parts(existing, &sheet.clients),
        ),
        None => (sheet.clients.len() > 1, Vec::new()),
    };
    let written = stored.iter().any(|(client, owner)| {
        client != owner || !form.value(&format!("body-{client}")).trim().is_empty()
    });
    let mut own = Vec::new();
    if joint || written {
        for client in &sheet.clients {
            let mut codes: Vec<ClientId> = stored
                .iter()
                .filter(|(_, owner)| owner == client)
                .map(|(code, _)| *code)
                .collect();
            if codes.is_empty() {
                codes.push(*client);
            }
            let name = sheet.names.get(client).map_or("", String::as_str);
            for code in codes {
                let label = t.with("note-own-part", &[("name", name.into())]);
                own.push(own_part(code, label));
            }
        }
    }
    own.extend(homeless(t, form, &own));
    own
}

fn own_part(code: ClientId, label: String) -> OwnPart {
    OwnPart {
        field: format!("body-{code}"),
        revision: super::reading::revision_field(Some(code)),
        label,
    }
}

/// By the ids in their codes, with whose they are now.
fn stored_parts(existing: &Existing, clients: &[ClientId]) -> Vec<(ClientId, ClientId)> {
    let codes = existing.written.0.keys();
    codes
        .filter_map(|code| Some((client_of(code)?, existing.owners.of(code)?)))
        .filter(|(_, owner)| clients.contains(owner))
        .collect()
}

/// Texts of the form that have no field among these.
pub fn homeless(t: &Texts, form: &Form, own: &[OwnPart]) -> Vec<OwnPart> {
    super::reading::own_texts_besides(form, &[])
        .into_iter()
        .filter(|field| own.iter().all(|part| part.field != *field))
        .map(|field| OwnPart {
            revision: field.replacen("body-", "rev-client-", 1),
            label: t.get("note-own-part-other"),
            field,
        })
        .collect()
}

/// What the form carries along unseen: records that stand for the clients of its parts, and revisions without a field.
pub fn carried(sheet: &Sheet, form: &Form, own: &[OwnPart]) -> Vec<(String, String)> {
    let Some(existing) = &sheet.document else {
        return Vec::new();
    };
    let older = crate::store::whose::older(&existing.written, &sheet.clients);
    let clients = older
        .into_iter()
        .map(|client| ("client".to_owned(), client.to_string()));
    let revisions = existing
        .written
        .0
        .keys()
        .filter(|code| client_of(code).is_some())
        .map(|code| format!("rev-{code}"))
        .filter(|name| own.iter().all(|part| part.revision != *name))
        .map(|name| (name.clone(), form.value(&name).to_owned()));
    clients.chain(revisions).collect()
}

/// Who may do a step: the writer first, the others of the matter, the clients, somebody else by name.
pub fn who(t: &Texts, user: &CurrentUser, sheet: &Sheet) -> Vec<Choice> {
    let mut who = vec![Choice::new(
        format!("staff:{}", user.staff.id),
        user.staff.name.clone(),
    )];
    for doer in &sheet.doers {
        if doer.staff != user.staff.id {
            let name = doer.name.clone();
            who.push(Choice::new(format!("staff:{}", doer.staff), name));
        }
    }
    for choice in clients(sheet) {
        who.push(Choice::new(
            format!("client:{}", choice.value),
            choice.label,
        ));
    }
    who.push(Choice::new("other", t.get("note-who-other")));
    who
}

/// The lines of steps; the first is always seen.
pub fn lines(form: &Form) -> Vec<LineView> {
    (1..=LINES)
        .map(|no| {
            let name = |field: &str| format!("{field}-{no}");
            let names = [name("next"), name("who"), name("who_name"), name("by")];
            let wrong = form
                .errors()
                .iter()
                .any(|error| names.contains(&error.field));
            let written = form.text(&names[0]).is_some() || form.text(&names[3]).is_some();
            let [next, who, who_name, by] = names;
            LineView {
                next,
                who,
                who_name,
                by,
                used: wrong || written,
            }
        })
        .collect()
}

/// The county's phrases.
pub fn phrases(t: &Texts, sheet: &Sheet) -> Vec<PhraseView> {
    sheet
        .phrases
        .iter()
        .map(|phrase| {
            let (title, text) = phrase.in_language(t.language());
            PhraseView {
                id: phrase.id.to_string(),
                title: title.to_owned(),
                text: text.to_owned(),
                of: phrase.what.map_or("", What::code).to_owned(),
            }
        })
        .collect()
}

/// The note before, in words.
pub fn previous(t: &Texts, sheet: &Sheet, now: Timestamp) -> Option<PreviousView> {
    let previous = sheet.previous.as_ref()?;
    let on = day(previous.head.at);
    let mut texts = vec![previous.written.common("body").to_owned()];
    for client in &sheet.clients {
        texts.push(previous.written.own(*client).to_owned());
    }
    texts.retain(|text| !text.is_empty());
    Some(PreviousView {
        href: format!("/notes/{}", previous.id),
        what: labels::what(t, previous.head.what),
        day: t.near_day(on, day(now)),
        iso: on.to_string(),
        author: previous.author.clone(),
        body: pieces(&texts.join("\n")),
    })
}

/// Who does a step, in words.
pub fn owner(sheet_names: &std::collections::HashMap<ClientId, String>, step: &Step) -> String {
    match step.client {
        Some(client) => sheet_names.get(&client).cloned().unwrap_or_default(),
        None => step.owner.clone(),
    }
}

/// Who does a step of a plan, in words.
fn plan_owner(t: &Texts, step: &crate::store::plans::PlanStep) -> String {
    if step.who.is_empty() {
        t.get("note-step-other-client")
    } else {
        step.who.clone()
    }
}

/// How a day stands: late, near, or neither.
pub fn color(step: &Step, now: Timestamp) -> &'static str {
    let today = day(now);
    if !step.open {
        ""
    } else if step.due < today {
        "danger"
    } else if step.due <= today.tomorrow().unwrap_or(today) {
        "warning"
    } else {
        ""
    }
}

/// The open steps of the matter.
pub fn steps(t: &Texts, sheet: &Sheet, now: Timestamp) -> Vec<StepView> {
    sheet
        .open_steps
        .iter()
        .map(|step| StepView {
            what: step.what.clone(),
            who: owner(&sheet.names, step),
            due: t.near_day(step.due, day(now)),
            color: color(step, now).to_owned(),
            iso: step.due.to_string(),
        })
        .chain(sheet.plan_steps.iter().map(|step| StepView {
            what: step.what.clone(),
            who: plan_owner(t, step),
            due: t.near_day(step.due, day(now)),
            color: String::new(),
            iso: step.due.to_string(),
        }))
        .collect()
}

/// The same as ticks of the form.
pub fn ticks(t: &Texts, form: &Form, sheet: &Sheet, now: Timestamp) -> Vec<TickView> {
    sheet
        .open_steps
        .iter()
        .map(|step| {
            let id = step.id.to_string();
            TickView {
                checked: form.has("done", &id),
                label: t.with(
                    "note-tick",
                    &[
                        ("what", step.what.as_str().into()),
                        ("who", owner(&sheet.names, step).into()),
                        ("day", t.near_day(step.due, day(now)).into()),
                    ],
                ),
                id,
            }
        })
        .chain(sheet.plan_steps.iter().map(|step| {
            let id = format!("action:{}", step.id);
            TickView {
                checked: form.has("done", &id),
                label: t.with(
                    "note-tick",
                    &[
                        ("what", step.what.as_str().into()),
                        ("who", plan_owner(t, step).into()),
                        ("day", t.near_day(step.due, day(now)).into()),
                    ],
                ),
                id,
            }
        }))
        .collect()
}

/// What the note may be about: contacts of the clients, and time limits of the matter.
pub fn links(t: &Texts, form: &Form, sheet: &Sheet, now: Timestamp) -> Vec<TickView> {
    let tick = |id: String, label: String| TickView {
        checked: form.has("link", &id),
        label,
        id,
    };
    let contacts = sheet
        .links
        .contacts
        .iter()
        .map(|contact| tick(contact.value(), contact_words(t, contact, now)));
    let clocks = sheet.links.clocks.iter().map(|clock| {
        let words = casework::pages::clock_words(t, clock, now);
        tick(clock_value(clock), words)
    });
    contacts.chain(clocks).collect()
}

/// A contact in one line.
pub fn contact_words(t: &Texts, contact: &Contact, now: Timestamp) -> String {
    t.with(
        "note-link-contact",
        &[
            ("title", contact.title.as_str().into()),
            ("day", t.near_day(day(contact.at), day(now)).into()),
        ],
    )
}

/// What somebody else linked that this writer does not see: it goes along as it is.
pub fn unseen_links(form: &Form, links: &[TickView]) -> Vec<String> {
    form.values("link")
        .iter()
        .filter(|value| links.iter().all(|one| one.id != **value))
        .map(|value| (*value).to_owned())
        .collect()
}
