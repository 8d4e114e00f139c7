//! A round of Bikva: its four stages side by side.

use askama::Template;
use axum::extract::{Path, Query, State};
use identity::session::CurrentUser;
use reporting::store::phenomena;
use web::{Answer, House, Page, Visit, page};

use super::{id, labels, may, read};
use crate::domain::BikvaStage;
use crate::store::{EVIDENCE, RoundId, bikva};

struct StageView {
    id: &'static str,
    heading: String,
    /// When and from how many; empty when it is still to come.
    about: String,
    words: String,
    skipped: String,
    /// It is this stage's turn.
    is_next: bool,
}

#[derive(Template)]
#[template(path = "bikva.html")]
struct RoundPage {
    page: Page,
    notice: String,
    /// Where the next stage is written down.
    answer: String,
    phenomenon: String,
    phenomenon_title: String,
    lead: String,
    stages: Vec<StageView>,
    /// The stage whose turn it is, in words; empty when all are told.
    next: String,
    may_answer: bool,
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(wanted): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let wanted: RoundId = id(&wanted)?;
    let (round, about) = read(&house, &user, move |tx, editor| {
        let round = bikva::find(tx, editor, wanted)?;
        let about = phenomena::find(tx, editor, round.phenomenon)?;
        Ok((round, about))
    })
    .await?;
    let page_ = visit.page_titled(round.title.clone());
    let t = &page_.t;
    let next = round.next();
    let stages = BikvaStage::ALL
        .iter()
        .map(|stage| {
            let told = round.told.iter().find(|told| told.stage == *stage);
            StageView {
                id: stage.code(),
                heading: format!("{}. {}", stage.number(), labels::bikva(t, *stage)),
                about: told.map_or_else(String::new, |told| {
                    let day = t.full_day(told.held_on);
                    if told.skipped.is_empty() {
                        let args = [("day", day.into()), ("count", told.people.into())];
                        t.with("bikva-about", &args)
                    } else {
                        day
                    }
                }),
                words: told.map_or_else(String::new, |told| told.words.clone()),
                skipped: told.map_or_else(String::new, |told| told.skipped.clone()),
                is_next: next == Some(*stage),
            }
        })
        .collect();
    Ok(page(RoundPage {
        notice: super::done(&visit, &pairs),
        answer: format!("/participation/bikva/{}/answer", round.id),
        phenomenon: format!("/phenomena/{}", round.phenomenon),
        phenomenon_title: about.described.title,
        lead: t.with("bikva-lead", &[("day", t.full_day(round.opened_on).into())]),
        stages,
        next: next.map_or_else(String::new, |stage| {
            let stage = labels::bikva(t, stage);
            t.with("participation-stage-title", &[("stage", stage.into())])
        }),
        may_answer: next.is_some() && may(&house, &user, "publication", "edit_draft", EVIDENCE),
        page: page_,
    }))
}
