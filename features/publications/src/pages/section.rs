//! The form of a section's text; two editors lose no words.

use axum::extract::{Path, State};
use identity::session::CurrentUser;
use web::{Answer, Failure, Form, House, Posted, Visit, go_to};

use super::sheet::{self, Clash, Field, Kind as Asked, Sheet};
use super::{act, id, read, refused};
use crate::domain::{PublishError, Section};
use crate::paper_of::heading;
use crate::store::read::{self as rows, Draft};
use crate::store::write;
use crate::store::{EVIDENCE, HandPart};

/// The form of a section's text.
async fn section_sheet(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    wanted: &str,
    code: &str,
) -> Result<(Sheet, Form, Draft, Section), Failure> {
    let wanted = id(wanted)?;
    let section = Section::from_code(code).ok_or(Failure::NotFound)?;
    let draft = read(house, user, move |tx, editor| {
        editor.right("publication", "edit_draft", EVIDENCE)?;
        rows::newest(tx, editor, wanted)
    })
    .await?;
    let here = draft.kind.outline().contains(&section);
    if !here || !draft.state.is_open() || draft.hand == Some(HandPart::Publishes) {
        return Err(Failure::NotFound);
    }
    let t = visit.t();
    let lead = match section {
        Section::Summary => "publication-section-summary-lead",
        Section::Interpretation => "publication-section-interpretation-lead",
        _ => "publication-section-lead",
    };
    let sheet = Sheet {
        title: heading(&t, section),
        lead: t.get(lead),
        back: format!("/publications/{wanted}"),
        back_label: draft.title.clone(),
        action: format!("/publications/{wanted}/sections/{}", section.code()),
        fields: vec![
            Field::new(&t, Asked::Area, "words", "publication-words")
                .hint(t.get("publication-words-hint"))
                .rows(14),
        ],
        button: t.get("publication-save"),
        draft: format!("publication-section-{}-{wanted}", section.code()),
        told: Vec::new(),
        clash: None,
    };
    let mut form = Form::new();
    let own = draft.sections.get(&section);
    form.set("words", draft.words(section));
    form.set("revision", own.map_or(0, |own| own.revision).to_string());
    Ok((sheet, form, draft, section))
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((wanted, code)): Path<(String, String)>,
) -> Answer {
    let (sheet, form, _, _) = section_sheet(&house, &visit, &user, &wanted, &code).await?;
    sheet::show(&house, &visit, &user, sheet, form).await
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((wanted, code)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (mut sheet, now, draft, section) =
        section_sheet(&house, &visit, &user, &wanted, &code).await?;
    let mut form = posted.form();
    let (at, words) = (draft.at, form.value("words").to_owned());
    let revision: i64 = form.value("revision").parse().unwrap_or(0);
    let sent = words.clone();
    let done = act(&house, &user, &sheet.draft, move |tx, editor, _| {
        write::set_section(tx, editor, at, (section, revision), &sent)
    })
    .await;
    let error = match done {
        Ok(()) => return Ok(go_to(&format!("/publications/{}?done=saved", at.0))),
        Err(error) => error,
    };
    if matches!(error, PublishError::Changed) {
        let t = visit.t();
        let own = draft.sections.get(&section);
        sheet.clash = Some(Clash {
            mine: words,
            theirs: now.value("words").to_owned(),
            theirs_meta: own.map_or_else(String::new, |own| t.full_day(own.edited_on)),
        });
    }
    let status = refused(&mut form, error)?;
    form.set("revision", now.value("revision"));
    Ok(sheet::again(&visit, sheet, form, status))
}
