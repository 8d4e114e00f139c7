//! The page on which the second pair of eyes reads what is to be voided, and voids it; afterwards it tells that it was.

use askama::Template;
use kernel::time::Timestamp;
use web::{Page, Visit};

use crate::domain::{Document, DocumentId};
use crate::store::{VoidRequest, Voided};

/// A part of the text: its heading and the named fields of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    pub heading: String,
    pub fields: Vec<(String, String)>,
}

/// What a room knows of the document.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The address of the document.
    pub path: String,
    /// Names of the clients whom the reader may see.
    pub people: Vec<String>,
    /// The newest text; nothing once it is voided.
    pub told: Vec<Told>,
}

#[derive(Template)]
#[template(path = "document-void.html")]
pub struct VoidPage {
    page: Page,
    heading: String,
    people: String,
    reason: String,
    asked: String,
    /// Where it is voided; empty once it is, and for the one who asked.
    action: String,
    save: String,
    means: String,
    /// Who voided it and when.
    done: String,
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

/// The page before the answer.
pub fn page(
    visit: &Visit,
    document: &Document,
    request: &VoidRequest,
    mine: bool,
    about: About,
    now: Timestamp,
) -> VoidPage {
    let t = visit.t();
    let kind = document.kind.code();
    VoidPage {
        action: if mine {
            String::new()
        } else {
            path(&about.path)
        },
        save: t.get(&format!("document-void-do-{kind}")),
        means: t.get(if mine {
            "document-void-mine"
        } else {
            "document-void-means"
        }),
        told: about.told,
        ..of(visit, kind, request, &about.people, now)
    }
}

/// The page after it: nothing of the text is shown any more.
pub fn after(
    visit: &Visit,
    document: &Document,
    voided: &Voided,
    people: &[String],
    now: Timestamp,
) -> VoidPage {
    let done = visit.t().with(
        "document-void-done",
        &[
            ("who", voided.by.as_str().into()),
            ("when", visit.t().when(voided.at, now).into()),
        ],
    );
    VoidPage {
        done,
        ..of(visit, document.kind.code(), &voided.request, people, now)
    }
}

fn of(
    visit: &Visit,
    kind: &str,
    request: &VoidRequest,
    people: &[String],
    now: Timestamp,
) -> VoidPage {
    let t = visit.t();
    let heading = t.get(&format!("document-void-title-{kind}"));
    VoidPage {
        page: visit.page_titled(heading.clone()),
        heading,
        people: people.join(", "),
        reason: request.reason.clone(),
        asked: t.with(
            "document-void-meta",
            &[
                ("who", request.asker.as_str().into()),
                ("when", t.when(request.asked_at, now).into()),
            ],
        ),
        action: String::new(),
        save: String::new(),
        means: String::new(),
        done: String::new(),
        told: Vec::new(),
    }
}

/// The name of a kept text of a wish to void, by the id of its document.
pub fn draft_key(document: DocumentId, kind: &str) -> String {
    format!("{kind}-{document}-void")
}
