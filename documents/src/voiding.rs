//! The page on which the second pair of eyes reads what is to be voided, and voids it or refuses; afterwards it tells which.

use askama::Template;
use identity::people::StaffId;
use kernel::time::Timestamp;
use web::drafts::Draft;
use web::{Form, Page, Texts, Visit};

use crate::domain::{Document, DocumentId, Kind};
use crate::store::{Answered, Wish};
use crate::unfinished::address;

/// Longest reason (characters).
const LONG: usize = 2_000;

/// A part of the text: its heading and the named fields of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    pub heading: String,
    pub fields: Vec<(String, String)>,
}

/// What the second person sees: the wish, and the newest text as long as the wish waits.
#[derive(Debug, Clone)]
pub struct Second<T> {
    pub document: Document,
    /// Names of the clients whom the reader may see.
    pub people: Vec<String>,
    pub wish: Wish,
    pub text: Option<T>,
}

/// How the second person answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Void,
    /// The document stays, with the reason.
    Refuse(String),
}

impl Answer {
    /// What was posted; none when a refusal has no reason, which then stands in the form.
    pub fn read(form: &mut Form) -> Option<Self> {
        if form.value("answer") != "refuse" {
            return Some(Self::Void);
        }
        let words = form.require("words", "document-void-refuse-missing", LONG);
        form.is_valid().then_some(Self::Refuse(words))
    }
}

#[derive(Template)]
#[template(path = "document-void.html")]
pub struct VoidPage {
    page: Page,
    form: Form,
    heading: String,
    people: String,
    reason: String,
    asked: String,
    /// Where it is answered; empty once it is, and for the one who asked.
    action: String,
    draft: String,
    restored: String,
    save: String,
    means: String,
    /// Who answered and when.
    done: String,
    /// Why it was refused.
    refused: String,
    told: Vec<Told>,
}

/// Whether a row of the rights table answers wishes to void and nothing else (row LE-06): a lead who is no tutor does not
/// approve a student's text by it.
pub fn is_for_voiding(right: &str) -> bool {
    access::rights::RightsTable::built_in()
        .rows()
        .iter()
        .any(|row| row.id == right && row.shows("void_request"))
}

/// Where it is answered.
pub fn path(of: &str) -> String {
    format!("{of}/void/answer")
}

/// The end of the keys of drafts of a refusal's reason.
pub const DRAFT: &str = "refuse";

/// The name of a kept reason of a refusal.
pub fn draft_key(kind: Kind, document: DocumentId) -> String {
    format!("{}-{document}-{DRAFT}", kind.code())
}

/// The page before the answer and after it: then nothing of the text is shown any more. `told` gives the text in words.
pub fn page<T>(
    visit: &Visit,
    second: &Second<T>,
    me: StaffId,
    told: impl FnOnce(&Texts, &T) -> Vec<Told>,
    (form, draft): (Form, Option<Draft>),
    now: Timestamp,
) -> VoidPage {
    let t = visit.t();
    let kind = second.document.kind.code();
    let (request, answered) = match &second.wish {
        Wish::Asked(request) => (request, None),
        Wish::Voided(answered) | Wish::Refused(answered) => (&answered.request, Some(answered)),
    };
    let mine = request.asked_by == me;
    let asks = answered.is_none() && !mine;
    let mut form = form;
    let mut restored = String::new();
    if let Some(draft) = draft.filter(|_| asks) {
        draft.fill(&mut form);
        restored = t.when(draft.saved_at, now);
    }
    let heading = t.get(&format!("document-void-title-{kind}"));
    VoidPage {
        page: visit.page_titled(heading.clone()),
        form,
        heading,
        people: second.people.join(", "),
        reason: request.reason.clone(),
        asked: t.with(
            "document-void-meta",
            &[
                ("who", request.asker.as_str().into()),
                ("when", t.when(request.asked_at, now).into()),
            ],
        ),
        action: if asks {
            path(&address(&second.document))
        } else {
            String::new()
        },
        draft: draft_key(second.document.kind, second.document.id),
        restored,
        save: t.get(&format!("document-void-do-{kind}")),
        means: match (answered, mine) {
            (Some(_), _) => String::new(),
            (None, true) => t.get("document-void-mine"),
            (None, false) => t.get("document-void-means"),
        },
        done: answered.map_or_else(String::new, |one| {
            let key = match second.wish {
                Wish::Refused(_) => "document-void-refused-by",
                _ => "document-void-done",
            };
            said(&t, key, one, now)
        }),
        refused: answered.map_or_else(String::new, |one| one.words.clone()),
        told: second
            .text
            .as_ref()
            .map_or_else(Vec::new, |text| told(&t, text)),
    }
}

fn said(t: &Texts, key: &str, answered: &Answered, now: Timestamp) -> String {
    t.with(
        key,
        &[
            ("who", answered.by.as_str().into()),
            ("when", t.when(answered.at, now).into()),
        ],
    )
}

/// The wish in a sentence for whoever may ask: that it waits (`asked` is the room's message), or that it was refused and why.
pub fn sentence(t: &Texts, wish: &Wish, asked: &str, now: Timestamp) -> String {
    match wish {
        Wish::Asked(request) => t.with(asked, &[("why", request.reason.as_str().into())]),
        Wish::Voided(_) => String::new(),
        Wish::Refused(answered) => format!(
            "{} {}",
            said(t, "document-void-refused-by", answered, now),
            answered.words
        ),
    }
}
