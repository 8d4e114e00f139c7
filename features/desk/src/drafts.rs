//! Unfinished text: saved forms by the names that the rooms give their drafts, and documents that are drafts.

use casework::work::Draft;
use intake::domain::ContactId;
use intake::store::worklist::Worklist;
use kernel::time::Timestamp;
use store::{Query, StoreError, params};
use web::Texts;
use web::drafts::DraftNames;

/// Text that waits to be finished.
pub struct DraftRow {
    pub href: String,
    pub label: String,
    pub saved: String,
}

/// A row of the drafts' table.
pub struct SavedDraft {
    pub key: String,
    pub saved_at: Timestamp,
}

/// Most drafts on the desk.
const MOST: usize = 20;

/// The saved forms of somebody, newest first.
pub fn saved(query: &mut impl Query, owner: [u8; 16]) -> Result<Vec<SavedDraft>, StoreError> {
    query
        .query("select form_key, saved_at from draft where owner = $1 order by saved_at desc, form_key limit 40", &params![owner])?
        .iter()
        .map(|row| Ok(SavedDraft { key: row.get(0)?, saved_at: row.get(1)? }))
        .collect()
}

/// Everything unfinished, newest first. A key of no page is left out.
pub fn rows(
    t: &Texts,
    list: &Worklist,
    names: &DraftNames,
    saved: &[SavedDraft],
    documents: &[Draft],
    now: Timestamp,
) -> Vec<DraftRow> {
    let forms = saved.iter().filter_map(|draft| {
        let (href, label) = name(t, list, names, &draft.key)?;
        Some((draft.saved_at, href, label))
    });
    let documents = documents
        .iter()
        .map(|draft| (draft.saved_at, draft.href.clone(), draft.label.clone()));
    let mut all: Vec<(Timestamp, String, String)> = forms.chain(documents).collect();
    all.sort_by_key(|(saved, ..)| std::cmp::Reverse(*saved));
    all.into_iter()
        .take(MOST)
        .map(|(saved, href, label)| DraftRow {
            href,
            label,
            saved: t.when(saved, now),
        })
        .collect()
}

/// A draft's page and name by its key: those of contacts, whose titles are on this desk, and what the rooms say.
fn name(t: &Texts, list: &Worklist, names: &DraftNames, key: &str) -> Option<(String, String)> {
    match key {
        "contact-new" => Some(("/contacts/new".to_owned(), t.get("desk-draft-contact"))),
        crate::advice::DRAFT => Some(("/advice".to_owned(), t.get("desk-draft-advice"))),
        key => of_contact(t, list, key).or_else(|| {
            let named = names.name(t, key)?;
            Some((named.href, named.label))
        }),
    }
}

fn of_contact(t: &Texts, list: &Worklist, key: &str) -> Option<(String, String)> {
    let (room, rest) = key.split_once('-')?;
    let id = rest.get(..36)?;
    let form = rest.get(36..).unwrap_or_default().trim_start_matches('-');
    match room {
        "task" => Some((format!("/tasks/{id}"), t.get("desk-draft-task"))),
        "contact" => {
            let contact: ContactId = id.parse().ok()?;
            let title =
                title_of(list, contact).map_or_else(|| t.get("desk-draft-other"), str::to_owned);
            Some((
                contact_form(id, form),
                t.with("desk-draft-of", &[("title", title.into())]),
            ))
        }
        _ => None,
    }
}

/// Forms of a contact have pages of their own.
fn contact_form(id: &str, form: &str) -> String {
    const FORMS: [&str; 9] = [
        "note",
        "attempt",
        "call",
        "urgency",
        "message",
        "offer",
        "end",
        "reopen",
        "take-over",
    ];
    if FORMS.contains(&form) {
        format!("/contacts/{id}/{form}")
    } else {
        format!("/contacts/{id}")
    }
}

/// The title, when the contact is on this desk anyway.
fn title_of(list: &Worklist, contact: ContactId) -> Option<&str> {
    let held = list
        .held
        .iter()
        .find(|held| held.id == contact)
        .map(|held| held.title.as_str());
    let task = || {
        list.tasks
            .iter()
            .find(|task| task.contact == contact)
            .map(|task| task.title.as_str())
    };
    let offer = || {
        list.offers
            .iter()
            .find(|offer| offer.contact == contact)
            .map(|offer| offer.title.as_str())
    };
    held.or_else(task).or_else(offer)
}
