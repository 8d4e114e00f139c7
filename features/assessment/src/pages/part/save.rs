//! A part is saved; when two have written, both texts are shown.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use documents::pages::ClashView;
use documents::{Clash, DocError, DocumentId, Fields};
use identity::session::CurrentUser;
use web::{
    Answer, Failure, Form, House, Posted, Visit, client_page_with_status, drafts, go_to,
    page_with_status,
};

use super::{ClashPage, PartPage, answer, draft_key};
use crate::domain::parts::{self, PartSpec};
use crate::domain::{Area, Refusal};
use crate::pages::fields::{form_field, read};
use crate::pages::glue::{self, id, open, path, run};
use crate::pages::words;

pub(in crate::pages) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((id_text, part)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let doc: DocumentId = id(&id_text)?;
    let spec = parts::of(&part).ok_or(Failure::NotFound)?;
    let mut form = posted.form();
    let key = draft_key(doc, &part);
    let choice = form.value("choice").to_owned();
    if choice == "theirs" {
        let owner = user.staff.id.bytes();
        house
            .store
            .write(move |tx| drafts::delete(tx, owner, &key))
            .await?;
        return Ok(go_to(&path(doc)));
    }
    let fields = read(&mut form, spec);
    if form.has_errors() || choice == "edit" {
        let status = if choice == "edit" {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        return again(
            &house,
            &visit,
            &user,
            doc,
            &part,
            spec,
            form,
            choice == "edit",
            status,
        )
        .await;
    }
    let based_on = form.value("revision").parse().unwrap_or(0);
    let (code, text) = (part.clone(), fields.clone());
    let saved = run(&house, &user, move |tx, casework, reader| {
        crate::store::acts::save(tx, casework, reader, doc, &code, based_on, &text)?;
        drafts::delete(tx, reader.staff.bytes(), &key)?;
        Ok(())
    })
    .await;
    match saved {
        Ok(Ok(())) => {
            // The areas that were just opened come next.
            let next = match Area::opened(&fields).first() {
                Some(area) if part == parts::AREAS => first_of(&house, doc, *area).await?,
                _ => form.value("next").to_owned(),
            };
            let known = parts::of(&next).is_some() && form.value("go") == "next";
            Ok(go_to(&if known {
                format!("{}/parts/{next}", path(doc))
            } else {
                format!("{}?done=saved", path(doc))
            }))
        }
        Ok(Err(Refusal::Doc(DocError::Clash(clash)))) => {
            clashed(&house, &visit, &user, doc, &part, &fields, &form, &clash).await
        }
        Ok(Err(refusal)) => {
            let (field, key) = glue::told(&refusal);
            form.error(field, key);
            let status = StatusCode::CONFLICT;
            again(&house, &visit, &user, doc, &part, spec, form, false, status).await
        }
        // The assessment is no longer this worker's to see, but the text is the worker's own.
        Err(Failure::NotFound) => {
            form.error("", "assessment-refused-lost");
            Ok(alone(&visit, doc, &part, spec, form))
        }
        Err(failure) => Err(failure),
    }
}

/// The code of the first part of an area: in a joint assessment that of the first client, where each has her own.
async fn first_of(house: &House, doc: DocumentId, area: Area) -> Result<String, Failure> {
    let document = house
        .store
        .read(
            move |tx| match documents::store::load(tx, documents::Kind::Assessment, doc) {
                Ok(document) => Ok(Some(document)),
                Err(DocError::Store(error)) => Err(error),
                Err(_) => Ok(None),
            },
        )
        .await?
        .ok_or(Failure::NotFound)?;
    let codes = parts::codes_of(
        area.code(),
        &document.clients,
        &parts::Owners::default(),
        |_| false,
    );
    Ok(codes.into_iter().next().unwrap_or_default())
}

#[expect(
    clippy::too_many_arguments,
    reason = "everything the page shows, from callers beside"
)]
async fn again(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    doc: DocumentId,
    part: &str,
    spec: PartSpec,
    form: Form,
    beside: bool,
    status: StatusCode,
) -> Answer {
    match open(house, user, doc, String::new()).await {
        Ok(opened) => {
            let theirs = opened.view.part(part).filter(|_| beside).map(|one| Clash {
                theirs: one.fields.clone(),
                by: one.changed_by.clone(),
                at: one.changed_at,
                revision: one.revision,
            });
            let mut form = form;
            if let Some(theirs) = &theirs {
                form.set("revision", theirs.revision.to_string());
            }
            let none = String::new();
            Ok(answer(
                house,
                visit,
                opened,
                part,
                spec,
                form,
                none,
                theirs.as_ref(),
                status,
            ))
        }
        Err(Failure::NotFound) => Ok(alone(visit, doc, part, spec, form)),
        Err(failure) => Err(failure),
    }
}

/// The form with its text alone, for somebody to whom nothing of the client is shown any more.
fn alone(
    visit: &Visit,
    doc: DocumentId,
    part: &str,
    spec: PartSpec,
    form: Form,
) -> axum::response::Response {
    let t = visit.t();
    let heading = words::part(&t, part, &[], &[]);
    let page = PartPage {
        page: visit.page_titled(heading.clone()),
        lead: String::new(),
        law: String::new(),
        action: format!("{}/parts/{part}", path(doc)),
        back: "/desk".to_owned(),
        draft: draft_key(doc, part),
        restored: String::new(),
        fields: spec
            .fields
            .iter()
            .map(|field| form_field(&t, field))
            .collect(),
        known: Vec::new(),
        earlier: Vec::new(),
        earlier_meta: String::new(),
        take: String::new(),
        theirs: Vec::new(),
        theirs_meta: String::new(),
        next: String::new(),
        asked: String::new(),
        clients: Vec::new(),
        heading,
        form,
    };
    page_with_status(StatusCode::NOT_FOUND, page)
}

#[expect(clippy::too_many_arguments, reason = "both texts and where they stand")]
async fn clashed(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    doc: DocumentId,
    part: &str,
    mine: &Fields,
    form: &Form,
    clash: &Clash,
) -> Answer {
    let opened = open(house, user, doc, String::new()).await?;
    let t = visit.t();
    let heading = words::part_of(&t, part, &opened.view);
    let spec = parts::of(part).ok_or(Failure::NotFound)?;
    let worded = |fields: &Fields| -> Fields {
        spec.fields
            .iter()
            .map(|field| (field.name, words::value(&t, field, fields)))
            .collect()
    };
    let shown = Clash {
        theirs: worded(&clash.theirs),
        ..clash.clone()
    };
    let label = |name: &str| words::label(&t, name);
    let page = ClashPage {
        page: visit.page_titled(heading.clone()),
        action: format!("{}/parts/{part}", path(doc)),
        back: path(doc),
        clash: ClashView::of(&t, &shown, &worded(mine), form, label, house.now()),
        heading,
    };
    Ok(client_page_with_status(
        StatusCode::CONFLICT,
        page,
        opened.logged,
    ))
}
