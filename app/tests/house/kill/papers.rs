//! A social worker writes notes and a plan while the server is killed: a note that was said to be finished, a draft that was
//! said to be kept and a goal with its action that was said to be saved are there afterwards.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use store::{Query, ReadTx, StoreError};

use crate::client::Client;

/// What was acknowledged: the words of each, and what it was.
pub type Acknowledged = BTreeMap<String, &'static str>;

/// The witness of what was acknowledged.
#[derive(Default)]
pub struct Written(Mutex<Acknowledged>);

/// Someone who answers for matters in the demo.
const WORKER: &str = "Aino Salmela";

/// Beginnings of the words, by what is written.
const NOTE: &str = "note";
const DRAFT: &str = "draft";
const GOAL: &str = "goal";

impl Written {
    fn put(&self, words: String, what: &'static str) {
        self.0.lock().expect("no panic").insert(words, what);
    }

    /// Nothing of the round was acknowledged yet.
    pub fn is_silent(&self, round: u64) -> bool {
        let end = format!(" {round} ");
        let written = self.0.lock().expect("no panic");
        !written.keys().any(|words| words.contains(&end))
    }

    pub fn acknowledged(&self) -> Acknowledged {
        self.0.lock().expect("no panic").clone()
    }
}

/// Everything acknowledged is in the database.
pub fn compare(tx: &mut ReadTx<'_>, acknowledged: &Acknowledged) -> Result<(), StoreError> {
    let mut kept = BTreeMap::new();
    for (what, sql) in [
        (
            NOTE,
            "select v.body from document_version v join document d on d.id = v.document_id where d.kind = 'note'",
        ),
        (
            DRAFT,
            "select p.fields from document_part p join document d on d.id = p.document_id where d.kind = 'note'",
        ),
        (
            GOAL,
            "select g.words || ' ' || a.what from plan_goal g join plan_action a on a.goal_id = g.id",
        ),
    ] {
        let rows = tx.query(sql, &[])?;
        let texts = rows.iter().map(|row| row.get::<String>(0));
        kept.insert(what, texts.collect::<Result<Vec<_>, _>>()?.join("\n"));
    }
    for (words, what) in acknowledged {
        let there = kept[what].contains(words.as_str());
        assert!(there, "{what} {words} was acknowledged");
    }
    for what in [NOTE, DRAFT, GOAL] {
        let some = acknowledged.values().any(|own| *own == what);
        assert!(some, "no {what} was acknowledged");
    }
    Ok(())
}

/// What stands after a mark of a page, up to a quote.
fn after<'p>(page: &'p str, mark: &str) -> Option<&'p str> {
    page.split_once(mark)?.1.split('"').next()
}

/// Somebody at work: with the token of her pages, the form of a note with the client whom it is about, and a plan.
struct Desk {
    client: Client,
    token: String,
    form: String,
    whose: String,
    plan: String,
}

/// Writes until the server is gone: drafts and finished notes of a matter, goals of a plan.
pub fn write(address: SocketAddr, written: &Written, stop: &AtomicBool, round: u64) -> Option<()> {
    let mut desk = Desk::open(address)?;
    for number in 0_u64.. {
        if stop.load(Ordering::SeqCst) {
            return None;
        }
        let (words, what) = desk.note(round, number)?;
        written.put(words, what);
        written.put(desk.goal(round, number)?, GOAL);
    }
    None
}

impl Desk {
    fn open(address: SocketAddr) -> Option<Self> {
        let mut client = Client::new(address);
        client.enter(WORKER)?;
        let list = client.get("/matters")?.text();
        let matters: Vec<String> = list
            .split("href=\"/matters/")
            .skip(1)
            .filter_map(|rest| rest.get(..36))
            .map(str::to_owned)
            .collect();
        let (form, page, token) = matters.iter().find_map(|matter| {
            let form = format!("/matters/{matter}/notes/new");
            let page = client.get(&form)?;
            let token = page.token().filter(|_| page.status == 200)?;
            Some((form, page.text(), token))
        })?;
        let whose = after(&page, "name=\"client\" value=\"")?.to_owned();
        let plan = plan_of(&mut client, &token, &matters)?;
        Some(Self {
            client,
            token,
            form,
            whose,
            plan,
        })
    }

    fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Option<()> {
        let answer = self.client.post_with(&self.token, path, fields)?;
        assert_eq!(answer.status, 303, "{}", answer.text());
        Some(())
    }

    /// A note, finished or left as a draft; gives its words and what it is.
    fn note(&mut self, round: u64, number: u64) -> Option<(String, &'static str)> {
        let words = format!("Todistus {round} {number}");
        let id = format!("00000000-0000-4000-8000-{round:04x}{number:08x}");
        let (act, what) = if number.is_multiple_of(2) {
            ("finish", NOTE)
        } else {
            ("draft", DRAFT)
        };
        let (form, whose) = (self.form.clone(), self.whose.clone());
        self.send(
            &form,
            &[
                ("form", &id),
                ("act", act),
                ("what", "home"),
                ("client", &whose),
                ("when", "1.3.2026 klo 10"),
                ("body", &words),
            ],
        )?;
        Some((words, what))
    }

    /// A goal with an action; gives the words of both.
    fn goal(&mut self, round: u64, number: u64) -> Option<String> {
        let goal = format!("Tavoite {round} {number}");
        let what = format!("Teko {round} {number}");
        self.send(
            &format!("{}/goals/new", self.plan),
            &[
                ("words", &goal),
                ("kind", "1"),
                ("what-1", &what),
                ("owner-1", "partner"),
                ("name-1", "Velkaneuvonta"),
                ("due-1", "1.12.2030"),
            ],
        )?;
        Some(format!("{goal} {what}"))
    }
}

/// The address of a plan that is open to be written: one that is being made, one that is begun, or one opened for a change.
fn plan_of(client: &mut Client, token: &str, matters: &[String]) -> Option<String> {
    for matter in matters {
        let page = client.get(&format!("/matters/{matter}"))?.text();
        if let Some(plan) = after(&page, "href=\"/plans/") {
            let plan = format!("/plans/{}", plan.get(..36)?);
            let why = [("why", "Tilanne muuttui")];
            // One that is open already says so, and is written as it is.
            client.post_with(token, &format!("{plan}/change"), &why)?;
            let form = client.get(&format!("{plan}/goals/new"))?;
            if form.status == 200 {
                return Some(plan);
            }
        }
        let form = client.get(&format!("/matters/{matter}/plans/new"))?.text();
        let Some(whose) = after(&form, "name=\"whose\" value=\"") else {
            continue;
        };
        let fields = [("whose", whose), ("language", "fi")];
        let begun = client.post_with(token, &format!("/matters/{matter}/plans/new"), &fields)?;
        if let Some(plan) = begun
            .header("location")
            .and_then(|to| to.strip_prefix("/plans/"))
        {
            return Some(format!("/plans/{}", plan.get(..36)?));
        }
    }
    None
}
