//! What a form needs to know before it is shown, and with what it begins.

use kernel::time::Date;
use reporting::domain::Themes;
use reporting::store::{Editor, pages, proposals as theirs, themes};
use store::ReadTx;
use web::{Choice, Form, Texts};

use super::sheet::Before;
use super::work::Act;
use super::{id, labels};
use crate::domain::{BikvaStage, Forum, NewStep, PartError, Planned, ProposalState, State};
use crate::store::gatherings::{self, Gathering};
use crate::store::{EVIDENCE, NO_CLIENT, NO_DATA, RoundId, bikva, cycle, forum, proposals, share};

/// What a form stands on.
#[derive(Default)]
pub struct Ground {
    pub form: Form,
    /// Instead of the title of the form's own; empty for that.
    pub title: String,
    pub back: String,
    pub back_label: String,
    /// What was said before, to be answered to.
    pub before: Vec<Before>,
    /// Phenomena, or for a decision the open proposals.
    pub choices: Vec<Choice>,
    pub themes: Themes,
    pub county: String,
}

/// As one writes a day into a field, whatever the language.
fn written(on: Date) -> String {
    format!("{}.{}.{}", on.day(), on.month(), on.year())
}

/// The first words of a long text.
pub fn short(text: &str) -> String {
    const MOST: usize = 160;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    format!("{}…", cut.trim_end())
}

/// The ground of a form about `of`.
///
/// # Errors
/// [`PartError::NotFound`] without the right, or when there is no such thing.
pub fn of(
    tx: &mut ReadTx<'_>,
    editor: &Editor,
    act: Act,
    of: &str,
    t: &Texts,
    county: &str,
) -> Result<Ground, PartError> {
    let mut ground = Ground {
        county: county.to_owned(),
        back: "/participation".to_owned(),
        back_label: t.get("participation-title"),
        ..Ground::default()
    };
    match act {
        Act::New => {
            editor.right("participation", "create", NO_CLIENT)?;
            ground.themes = themes::on(tx, editor.today())?;
        }
        Act::Change | Act::Hold | Act::Tell | Act::Link | Act::Say => {
            of_gathering(tx, editor, act, of, &mut ground)?;
        }
        Act::Feed => of_said(tx, editor, of, &mut ground)?,
        Act::BikvaNew => {
            editor.right("publication", "edit_draft", EVIDENCE)?;
            ground.choices = phenomena(tx, editor)?;
        }
        Act::BikvaAnswer => of_round(tx, editor, of, t, &mut ground)?,
        Act::StepNew | Act::StepChange => {
            ground.back = "/participation/cycle".to_owned();
            ground.back_label = t.get("cycle-title");
            if act == Act::StepChange {
                let step = cycle::one(tx, editor, id(of)?)?;
                fill_step(&mut ground.form, &step.written, step.is_kept);
                ground.form.set("revision", step.revision.to_string());
            }
        }
        Act::Decide => of_forum(tx, editor, of, t, &mut ground)?,
        Act::Follow => {
            let found = forum::find(tx, editor, id(of)?)?;
            if found.followed.is_some() {
                return Err(PartError::NotFound);
            }
            ground.back = format!("/participation/pack?forum={}", found.written.forum.code());
            ground.back_label = labels::forum(t, found.written.forum);
            ground.before = vec![Before {
                id: "decision".to_owned(),
                heading: t.get("forum-decision"),
                words: found.written.words,
            }];
            ground.form.set("revision", found.revision.to_string());
        }
        Act::Rules => {
            editor.right("participation_rule", "edit_draft", NO_DATA)?;
            for rule in share::rules(tx)? {
                let name = format!("{}-{}", rule.kind.code(), rule.stage.code());
                ground.form.set(&name, rule.least.to_string());
            }
        }
    }
    Ok(ground)
}

/// Phenomena that are followed now, as choices.
fn phenomena(tx: &mut ReadTx<'_>, editor: &Editor) -> Result<Vec<Choice>, PartError> {
    Ok(pages::list(tx, editor, false)?
        .into_iter()
        .map(|one| Choice::new(one.id.to_string(), one.title))
        .collect())
}

fn of_gathering(
    tx: &mut ReadTx<'_>,
    editor: &Editor,
    act: Act,
    of: &str,
    ground: &mut Ground,
) -> Result<(), PartError> {
    let one = gatherings::find(tx, editor, id(of)?)?;
    gatherings::right_to_change(editor, &one)?;
    let held = one.state == State::Held;
    // A form that could not be kept is no page.
    if one.state == State::Cancelled || (!held && matches!(act, Act::Tell | Act::Say)) {
        return Err(PartError::NotFound);
    }
    ground.back = format!("/participation/{}", one.id);
    ground.back_label.clone_from(&one.planned.title);
    ground.form.set("revision", one.revision.to_string());
    match act {
        Act::Change => {
            ground.themes = themes::on(tx, editor.today())?;
            fill_planned(&mut ground.form, &one.planned);
        }
        Act::Hold => fill_outcome(&mut ground.form, &one),
        Act::Tell => {
            if let Some((on, how)) = one.told {
                ground.form.set("told_on", written(on));
                ground.form.set("told_how", how);
            }
        }
        Act::Link => ground.choices = phenomena(tx, editor)?,
        _ => {}
    }
    Ok(())
}

fn fill_planned(form: &mut Form, planned: &Planned) {
    form.set("kind", planned.kind.code());
    form.set("title", planned.title.as_str());
    form.set("place", planned.place.as_str());
    form.set(
        "municipality",
        planned.municipality.clone().unwrap_or_default(),
    );
    form.set("held_on", written(planned.held_on));
    form.set("hours", planned.hours.as_str());
    form.set("held_by", planned.held_by.as_str());
    if planned.is_open {
        form.set("is_open", "yes");
    }
    for theme in &planned.themes {
        form.add("theme", theme.code());
    }
    for (name, text) in planned.plan.fields() {
        form.set(name, text);
    }
}

fn fill_outcome(form: &mut Form, one: &Gathering) {
    if let Some(outcome) = &one.outcome {
        form.set("people", outcome.people.to_string());
        form.set("experts", outcome.experts.to_string());
        form.set("developers", outcome.developers.to_string());
        form.set(
            "reward",
            outcome.reward.map_or("", crate::domain::Reward::code),
        );
        form.set("notes", outcome.notes.as_str());
        form.set("outcome", outcome.outcome.as_str());
    }
}

fn of_said(
    tx: &mut ReadTx<'_>,
    editor: &Editor,
    of: &str,
    ground: &mut Ground,
) -> Result<(), PartError> {
    let said = proposals::one(tx, editor, id(of)?)?;
    let from = gatherings::find(tx, editor, said.gathering)?;
    if said.state != ProposalState::Open {
        return Err(PartError::NotFound);
    }
    ground.back = format!("/participation/{}", said.gathering);
    ground.back_label.clone_from(&from.planned.title);
    ground.before = vec![Before {
        id: "said".to_owned(),
        heading: from.planned.title,
        words: said.words.clone(),
    }];
    ground.form.set("words", said.words);
    ground.choices = phenomena(tx, editor)?;
    Ok(())
}

fn of_round(
    tx: &mut ReadTx<'_>,
    editor: &Editor,
    of: &str,
    t: &Texts,
    ground: &mut Ground,
) -> Result<(), PartError> {
    let round = bikva::find(tx, editor, id::<RoundId>(of)?)?;
    let next = round.next().ok_or(PartError::NotFound)?;
    ground.back = format!("/participation/bikva/{}", round.id);
    ground.back_label.clone_from(&round.title);
    ground.title = t.with(
        "participation-stage-title",
        &[("stage", labels::bikva(t, next).into())],
    );
    ground.before = round
        .told
        .iter()
        .filter(|told| told.skipped.is_empty())
        .map(|told| Before {
            id: told.stage.code().to_owned(),
            heading: labels::bikva(t, told.stage),
            words: told.words.clone(),
        })
        .collect();
    ground.form.set("turn", BikvaStage::code(next));
    Ok(())
}

fn fill_step(form: &mut Form, step: &NewStep, is_kept: bool) {
    form.set("title", step.title.as_str());
    form.set("words", step.words.as_str());
    form.set("role", step.role.as_str());
    form.set("month", step.month.to_string());
    form.set("day", step.day.to_string());
    form.set("forum", step.forum.map_or("", Forum::code));
    if is_kept {
        form.set("is_kept", "yes");
    }
}

fn of_forum(
    tx: &mut ReadTx<'_>,
    editor: &Editor,
    of: &str,
    t: &Texts,
    ground: &mut Ground,
) -> Result<(), PartError> {
    let forum = Forum::from_code(of).ok_or(PartError::NotFound)?;
    editor.right("yearly_cycle", "create", NO_CLIENT)?;
    ground.back = format!("/participation/pack?forum={}", forum.code());
    ground.back_label = labels::forum(t, forum);
    ground.choices = theirs::owed_answers(tx, editor)?
        .into_iter()
        .filter(|(one, _)| forum.follows(one.level))
        .map(|(one, _)| Choice::new(one.id.to_string(), short(&one.words)))
        .collect();
    Ok(())
}
