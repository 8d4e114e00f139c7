//! The pages of the assessment and of special support.

mod approval;
mod begin;
mod experts;
mod fields;
mod finish;
pub mod glue;
mod known;
mod part;
mod print;
mod reasoned;
mod section_model;
mod show;
mod support;
mod versions;
mod void;
pub mod words;

use documents::{DocumentId, voiding};
use web::drafts::DraftName;
use web::{Feature, Guard, Route, Texts};

/// Beginnings of message keys that code puts together.
pub const FAMILIES: &[&str] = &[
    "assessment-answer-",
    "assessment-area-",
    "assessment-authority-",
    "assessment-children-",
    "assessment-done-",
    "assessment-education-",
    "assessment-eviction-",
    "assessment-expert-",
    "assessment-field-",
    "assessment-ground-",
    "assessment-permit-",
    "assessment-hint-",
    "assessment-home-",
    "assessment-lead-",
    "assessment-missing-",
    "assessment-need-",
    "assessment-part-",
    "assessment-print-for-",
    "assessment-correct-",
    "assessment-return-",
    "assessment-void-",
    "assessment-service-",
    "assessment-stage-",
    "assessment-studies-",
    "assessment-support-need-",
    "assessment-work-",
    "support-decides-",
    "support-ground-",
    // Words of the room of documents.
    "document-clash-",
    "document-void-",
];

const fn assessment(action: &'static str) -> Guard {
    Guard::Right {
        class: "assessment",
        action,
    }
}

const JUDGE: Guard = Guard::Right {
    class: "client_relation",
    action: "edit_draft",
};

/// Everything of this room.
pub fn feature() -> Feature {
    Feature {
        name: "assessment",
        routes: routes(),
        migrations: crate::MIGRATIONS,
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: crate::store::EVENTS,
        checks: &[],
    }
}

fn routes() -> Vec<Route> {
    let edit = assessment("edit_draft");
    vec![
        Route::get(
            "/matters/{id}/assessments/new",
            assessment("create"),
            begin::show,
        ),
        Route::post(
            "/matters/{id}/assessments/new",
            assessment("create"),
            begin::send,
        ),
        Route::get("/assessments/{id}", assessment("read"), show::show),
        Route::get("/assessments/{id}/parts/{part}", edit, part::show),
        Route::post("/assessments/{id}/parts/{part}", edit, part::send),
        Route::get("/assessments/{id}/sections/new", edit, experts::show),
        Route::post("/assessments/{id}/sections/new", edit, experts::send),
        Route::post(
            "/assessments/{id}/sections/{section}/send",
            edit,
            experts::sent,
        ),
        Route::post(
            "/assessments/{id}/sections/{section}/withdraw",
            edit,
            experts::withdraw,
        ),
        Route::post("/assessments/{id}/pair", edit, experts::pair),
        // Also for whoever approves and does not write; anybody else is led to the assessment.
        Route::get("/assessments/{id}/finish", assessment("read"), finish::show),
        Route::post(
            "/assessments/{id}/finish",
            assessment("finish"),
            finish::send,
        ),
        Route::post("/assessments/{id}/ask", edit, finish::ask),
        Route::get(
            "/assessments/{id}/correct",
            assessment("correct"),
            reasoned::show_correct,
        ),
        Route::post(
            "/assessments/{id}/correct",
            assessment("correct"),
            reasoned::send_correct,
        ),
        Route::get(
            "/assessments/{id}/return",
            assessment("approve"),
            reasoned::show_return,
        ),
        Route::post(
            "/assessments/{id}/return",
            assessment("approve"),
            reasoned::send_return,
        ),
        Route::post("/assessments/{id}/approval", edit, approval::ask_approval),
        Route::post("/assessments/{id}/withdraw", edit, approval::withdraw),
        Route::get(
            "/assessments/{id}/void",
            assessment("void"),
            reasoned::show_void,
        ),
        Route::post(
            "/assessments/{id}/void",
            assessment("void"),
            reasoned::send_void,
        ),
        Route::get(
            "/assessments/{id}/void/answer",
            assessment("approve"),
            void::show,
        ),
        Route::post(
            "/assessments/{id}/void/answer",
            assessment("approve"),
            void::send,
        ),
        Route::get("/assessments/{id}/print", assessment("print"), print::show),
        Route::post("/assessments/{id}/print", assessment("print"), print::send),
        Route::get(
            "/assessments/{id}/versions",
            assessment("read"),
            versions::list,
        ),
        Route::get(
            "/assessments/{id}/versions/{no}",
            assessment("read"),
            versions::show,
        ),
        Route::get("/matters/{id}/special-support", JUDGE, support::show),
        Route::post("/matters/{id}/special-support", JUDGE, support::send),
    ]
}

/// The form that a draft's key belongs to, for the list of drafts.
pub fn draft_name(t: &Texts, key: &str) -> Option<DraftName> {
    let rest = key.strip_prefix("assessment-")?;
    if let Some(matter) = rest.strip_prefix("begin-") {
        return Some(DraftName {
            href: format!("/matters/{matter}/assessments/new"),
            label: t.get("assessment-begin-title"),
        });
    }
    let (id, tail) = (rest.get(..36)?, rest.get(37..)?);
    let doc: DocumentId = id.parse().ok()?;
    let at = glue::path(doc);
    if tail == voiding::DRAFT {
        return Some(DraftName {
            href: voiding::path(&at),
            label: t.get("document-void-title-assessment"),
        });
    }
    if let Some(act) = reasoned::Act::ALL.iter().find(|act| act.code() == tail) {
        return Some(DraftName {
            href: format!("{at}/{tail}"),
            label: t.get(&format!("assessment-{}-title", act.code())),
        });
    }
    crate::domain::parts::of(tail)?;
    let title = t.get("assessment-title");
    Some(DraftName {
        href: format!("{at}/parts/{tail}"),
        label: format!("{title}: {}", words::part(t, tail, &[], &[])),
    })
}
