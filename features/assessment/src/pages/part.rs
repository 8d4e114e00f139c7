//! One part of an assessment: its form, kept as a draft while it is written; two texts when two have written.

mod save;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use clients::ClientId;
use documents::pages::ClashView;
use documents::{Clash, DocumentId, Fields};
use identity::session::CurrentUser;
use web::{Answer, Failure, Form, House, Page, Visit, client_page_with_status, go_to};

use crate::domain::Area;
use crate::domain::parts::{self, Input, PartSpec};
use crate::pages::fields::{FormField, fill, form_field};
use crate::pages::glue::{self, Opened, id, open, path};
use crate::pages::known::{self, Fact};
use crate::pages::words::{self, Told};
use crate::store::Sees;
use crate::store::view::View;

pub(super) use save::send;

#[derive(Template)]
#[template(path = "assessment-part.html")]
struct PartPage {
    page: Page,
    form: Form,
    heading: String,
    lead: String,
    law: String,
    action: String,
    back: String,
    draft: String,
    restored: String,
    fields: Vec<FormField>,
    /// What is known already, with its source.
    known: Vec<Fact>,
    /// What an earlier assessment says of the same.
    earlier: Vec<Told>,
    earlier_meta: String,
    take: String,
    /// The text that somebody else saved, when one joins the two by hand.
    theirs: Vec<Told>,
    theirs_meta: String,
    /// The next part, "" for the last.
    next: String,
    asked: String,
    clients: Vec<String>,
}

#[derive(Template)]
#[template(path = "assessment-clash.html")]
struct ClashPage {
    page: Page,
    heading: String,
    action: String,
    back: String,
    clash: ClashView,
}

/// The key of the draft of a part.
fn draft_key(id: DocumentId, part: &str) -> String {
    format!("assessment-{id}-{part}")
}

/// The parts in the order in which they are written.
pub fn order(view: &View) -> Vec<String> {
    let clients: Vec<ClientId> = view.clients.iter().map(|(client, _)| *client).collect();
    let written = |code: &str| view.part(code).is_some_and(|one| !one.fields.is_empty());
    parts::order(&clients, &view.fields(parts::AREAS), &view.owners, written)
}

/// Whether the reader writes this part now.
fn writes(view: &View, part: &str, user: &CurrentUser, house: &House) -> bool {
    if !view.document.is_open() {
        return false;
    }
    match parts::expert_section(part) {
        None => view.may.edit,
        Some(section) => view.sections.iter().any(|one| {
            one.id == section
                && match one.expert() {
                    Some(staff) => staff == user.staff.id && one.is_open(house.today()),
                    None => view.may.edit,
                }
        }),
    }
}

/// The spec of a part that this assessment has.
fn spec_of(view: &View, part: &str) -> Option<PartSpec> {
    if let Some(client) = view.owners.of(part) {
        view.clients.iter().find(|(id, _)| *id == client)?;
    }
    if let Some(section) = parts::expert_section(part) {
        view.sections.iter().find(|one| one.id == section)?;
    } else if view.sees == Sees::Section {
        return None;
    }
    parts::of(part)
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((id_text, part)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let doc: DocumentId = id(&id_text)?;
    // Before anything is asked of the store: the code of a part is also that of a draft.
    parts::of(&part).ok_or(Failure::NotFound)?;
    let opened = open(&house, &user, doc, draft_key(doc, &part)).await?;
    let spec = spec_of(&opened.view, &part).ok_or(Failure::NotFound)?;
    if !writes(&opened.view, &part, &user, &house) {
        return Ok(go_to(&path(doc)));
    }
    // What was written under another record of the same client goes on there.
    let kept = opened.view.owners.kept(&part);
    if kept != part {
        return Ok(go_to(&format!("{}/parts/{kept}", path(doc))));
    }
    let mut form = Form::new();
    let (fields, revision) = opened.view.part(&part).map_or_else(
        || (Fields::default(), 0),
        |one| (one.fields.clone(), one.revision),
    );
    fill(&mut form, spec, &fields);
    form.set("revision", revision.to_string());
    let mut restored = String::new();
    if let Some(draft) = &opened.draft {
        form = Form::new();
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    if pairs
        .iter()
        .any(|(name, value)| name == "take" && value == "earlier")
    {
        take_along(&visit, &opened, &part, spec, &mut form);
    }
    Ok(answer(
        &house,
        &visit,
        opened,
        &part,
        spec,
        form,
        restored,
        None,
        StatusCode::OK,
    ))
}

/// The same part of an earlier assessment, which is of this client alone, under whichever record it was written.
fn of_earlier<'a>(body: &'a documents::Body, part: &str) -> Option<&'a Fields> {
    let (name, own) = parts::split(part);
    let same = |code: &str| own.is_some() && parts::split(code).0 == name;
    let other = body.0.iter().find(|(code, _)| same(code));
    body.part(part).or(other.map(|(_, fields)| fields))
}

/// Fills what is empty with an earlier assessment's texts, and says in the text where it is from.
fn take_along(visit: &Visit, opened: &Opened, part: &str, spec: PartSpec, form: &mut Form) {
    let (t, Some(earlier)) = (visit.t(), &opened.earlier) else {
        return;
    };
    let Some(fields) = of_earlier(&earlier.body, part) else {
        return;
    };
    let source = t.with(
        "assessment-taken-from",
        &[
            (
                "day",
                t.full_day(kernel::time::day(earlier.finished_at)).into(),
            ),
            ("name", glue::arg(&earlier.by)),
        ],
    );
    for field in spec.fields {
        let kept = fields.get(field.name);
        if kept.is_empty() || form.text(field.name).is_some() {
            continue;
        }
        match field.input {
            // A judgement is made anew, and so is what a day says.
            Input::One(_) | Input::YesNo | Input::Day | Input::Many(_) => {}
            Input::Line => form.set(field.name, kept),
            Input::Own | Input::Text => form.set(field.name, format!("{kept}\n({source})")),
        }
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "everything the page shows, from callers beside"
)]
fn answer(
    house: &House,
    visit: &Visit,
    opened: Opened,
    part: &str,
    spec: PartSpec,
    form: Form,
    restored: String,
    clash: Option<&Clash>,
    status: StatusCode,
) -> axum::response::Response {
    let t = visit.t();
    let view = &opened.view;
    let doc = view.document.id;
    let base = path(doc);
    let heading = words::part_of(&t, part, view);
    let earlier = opened.earlier.as_ref().and_then(|one| {
        let told = words::told(&t, spec, of_earlier(&one.body, part)?);
        let day = t.full_day(kernel::time::day(one.finished_at));
        let meta = [("day", day.into()), ("name", glue::arg(&one.by))];
        Some((told, t.with("assessment-earlier-meta", &meta)))
    });
    let (earlier, earlier_meta) = earlier.unwrap_or_default();
    let all = order(view);
    let next = all
        .iter()
        .position(|code| code == part)
        .and_then(|here| all.get(here + 1).cloned())
        .unwrap_or_default();
    let asked = parts::expert_section(part)
        .and_then(|section| view.sections.iter().find(|one| one.id == section))
        .map(|one| one.question.clone())
        .unwrap_or_default();
    let lead_key = if Area::from_code(parts::split(part).0).is_some() {
        "assessment-lead-area".to_owned()
    } else {
        format!("assessment-lead-{}", spec.code)
    };
    let page = PartPage {
        page: visit.page_titled(heading.clone()),
        lead: t.get(&lead_key),
        law: law_of(part).to_owned(),
        action: format!("{base}/parts/{part}"),
        back: base.clone(),
        draft: draft_key(doc, part),
        restored,
        fields: spec
            .fields
            .iter()
            .map(|field| form_field(&t, field))
            .collect(),
        known: known::of_part(&t, view, part),
        take: if earlier.is_empty() {
            String::new()
        } else {
            format!("{base}/parts/{part}?take=earlier")
        },
        earlier,
        earlier_meta,
        theirs: clash
            .map(|one| words::told(&t, spec, &one.theirs))
            .unwrap_or_default(),
        theirs_meta: clash.map_or_else(String::new, |one| {
            t.with(
                "assessment-theirs-meta",
                &[
                    ("name", glue::arg(&one.by)),
                    ("when", t.when(one.at, house.now()).into()),
                ],
            )
        }),
        next,
        asked,
        clients: view.clients.iter().map(|(_, name)| name.clone()).collect(),
        heading,
        form,
    };
    client_page_with_status(status, page, opened.logged)
}

/// The section of law that a part follows.
fn law_of(part: &str) -> &'static str {
    match parts::split(part).0 {
        "relations" => "SHL 44 §",
        parts::END => "SHL 37 §",
        parts::HOW | parts::AREAS => "SHL 36 § 4 mom.",
        "own" => "SHL 37 § 3 mom.",
        _ if parts::expert_section(part).is_some() => "SHL 41 §",
        _ => "",
    }
}
