//! The forms of the staff: what each asks, and with what it begins.

use axum::extract::State;
use identity::session::CurrentUser;
use store::ReadTx;
use web::drafts::DraftName;
use web::{Answer, Choice, Failure, Form, House, Posted, Texts, Visit, go_to};

use super::once::Once;
use super::sheet::{self, Sheet};
use super::{answer, deed, editor, fields, labels, read, refused};
use crate::domain::{PhenomenonState, ReportError};
use crate::store::influence::{self, InfluenceId};
use crate::store::{
    ActionId, Editor, PhenomenonId, ProposalId, pages, phenomena, proposals, themes,
};

/// What a form does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    New,
    Describe,
    Close,
    Merge,
    Split,
    Evidence,
    Statement,
    Propose,
    Answer,
    Action,
    Follow,
    Influence,
    Outcome,
}

const ALL: [Act; 13] = [
    Act::New,
    Act::Describe,
    Act::Close,
    Act::Merge,
    Act::Split,
    Act::Evidence,
    Act::Statement,
    Act::Propose,
    Act::Answer,
    Act::Action,
    Act::Follow,
    Act::Influence,
    Act::Outcome,
];

impl Act {
    /// Begins the keys of its messages and drafts.
    const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Describe => "describe",
            Self::Close => "close",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Evidence => "evidence",
            Self::Statement => "statement",
            Self::Propose => "propose",
            Self::Answer => "answer",
            Self::Action => "action",
            Self::Follow => "follow",
            Self::Influence => "influence",
            Self::Outcome => "outcome",
        }
    }

    fn path(self, id: &str) -> String {
        match self {
            Self::New => "/phenomena/new".to_owned(),
            Self::Describe => format!("/phenomena/{id}/edit"),
            Self::Close => format!("/phenomena/{id}/close"),
            Self::Merge => format!("/phenomena/{id}/merge"),
            Self::Split => format!("/phenomena/{id}/split"),
            Self::Evidence => format!("/phenomena/{id}/evidence"),
            Self::Statement => format!("/phenomena/{id}/statements"),
            Self::Propose => format!("/phenomena/{id}/proposals/new"),
            Self::Answer => format!("/proposals/{id}/answer"),
            Self::Action => format!("/proposals/{id}/actions"),
            Self::Follow => format!("/proposal-actions/{id}"),
            Self::Influence => format!("/phenomena/{id}/influence"),
            Self::Outcome => format!("/influences/{id}"),
        }
    }

    fn draft(self, id: &str) -> String {
        format!("reporting-{}-{id}", self.code())
    }

    fn title(self, t: &Texts) -> String {
        t.get(&format!("reporting-{}-title", self.code()))
    }
}

/// The page and name of a draft of these forms.
pub fn draft_name(t: &Texts, key: &str) -> Option<DraftName> {
    let rest = key.strip_prefix("reporting-")?;
    ALL.into_iter().find_map(|act| {
        let id = rest.strip_prefix(act.code())?.strip_prefix('-')?;
        Some(DraftName {
            href: act.path(id),
            label: act.title(t),
        })
    })
}

/// What a form needs to know before it is shown.
#[derive(Default)]
struct Ground {
    /// The phenomenon is closed, or is now part of this one.
    gone: Option<PhenomenonId>,
    form: Form,
    back: String,
    back_label: String,
    /// Phenomena, evidence or observations to choose from: value and words.
    choices: Vec<(String, String)>,
    /// The county's themes, for the forms that ask them.
    themes: Vec<Choice>,
}

/// Characters of a long text where it names something.
const NAMING: usize = 160;

/// The first words of a long text.
pub(super) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    format!("{}…", cut.trim_end())
}

fn ground(
    tx: &mut ReadTx<'_>,
    editor: &Editor,
    act: Act,
    of: [u8; 16],
    t: &Texts,
) -> Result<Ground, ReportError> {
    let mut ground = Ground::default();
    if matches!(act, Act::New | Act::Describe | Act::Split) {
        ground.themes = labels::themes(t, &themes::on(tx, editor.today())?);
    }
    match act {
        Act::New => {
            editor.right("publication", "create", &["evidence_required"])?;
            ground.back = "/phenomena".to_owned();
            ground.back_label = t.get("phenomena-title");
        }
        Act::Answer | Act::Action => {
            let found = proposals::one(tx, editor, ProposalId::from_bytes(of))?;
            ground.back = format!("/proposals/{}", found.id);
            ground.back_label = short(&found.words, NAMING);
        }
        Act::Outcome => {
            let (phenomenon, found) = influence::one(tx, editor, InfluenceId::from_bytes(of))?;
            ground.back = format!("/phenomena/{phenomenon}");
            ground.back_label = short(&found.written.forum, NAMING);
            let form = &mut ground.form;
            form.set("revision", found.revision.to_string());
            form.set("outcome", found.written.outcome);
            if let Some(day) = found.written.look_on {
                form.set("look_on", as_typed(day));
            }
        }
        Act::Follow => {
            let found = pages::action(tx, editor, ActionId::from_bytes(of))?;
            ground.back = format!("/proposals/{}", found.proposal);
            ground.back_label = short(&found.written.words, NAMING);
            let form = &mut ground.form;
            form.set("revision", found.revision.to_string());
            form.set("state", found.state.code());
            form.set(
                "effect",
                found.effect.map_or("", crate::domain::Effect::code),
            );
            form.set("words", found.effect_words);
        }
        _ => of_phenomenon(
            tx,
            editor,
            act,
            PhenomenonId::from_bytes(of),
            t,
            &mut ground,
        )?,
    }
    Ok(ground)
}

/// A day as one writes it into the field, whatever the language.
fn as_typed(day: kernel::time::Date) -> String {
    format!("{}.{}.{}", day.day(), day.month(), day.year())
}

fn of_phenomenon(
    tx: &mut ReadTx<'_>,
    editor: &Editor,
    act: Act,
    id: PhenomenonId,
    t: &Texts,
    ground: &mut Ground,
) -> Result<(), ReportError> {
    let found = phenomena::find(tx, editor, id)?;
    // A merged one is worked on where it went, and a closed one opens before anything is done to it.
    if found.id != id || found.state == PhenomenonState::Closed {
        ground.gone = Some(found.id);
    }
    let id = found.id;
    ground.back = format!("/phenomena/{id}");
    ground.back_label.clone_from(&found.described.title);
    let form = &mut ground.form;
    form.set("revision", found.revision.to_string());
    match act {
        Act::Describe => {
            form.set("title", found.described.title);
            form.set("description", found.described.description);
            for theme in found.described.themes {
                form.add("theme", theme.code());
            }
            form.set("review_on", as_typed(found.described.review_on));
            if found.described.owner == editor.staff {
                form.set("own", "yes");
            }
        }
        Act::Merge => {
            editor.right("observation", "merge", &["redact_only", "no_client_link"])?;
            ground.choices = pages::list(tx, editor, false)?
                .into_iter()
                .filter(|one| one.id != id)
                .map(|one| (one.id.to_string(), one.title))
                .collect();
        }
        Act::Split => {
            ground.choices = pages::members(tx, editor, id)?
                .into_iter()
                .map(|(one, day, body)| {
                    (
                        one.to_string(),
                        format!("{}: {}", t.full_day(day), short(&body, NAMING)),
                    )
                })
                .collect();
        }
        Act::Statement => {
            ground.choices = pages::evidence(tx, editor, id)?
                .into_iter()
                .map(|one| {
                    let words = format!(
                        "{}: {}",
                        one.written.source,
                        short(&one.written.words, NAMING)
                    );
                    (one.id.to_string(), words)
                })
                .collect();
        }
        _ => {}
    }
    Ok(())
}

fn sheet(t: &Texts, act: Act, id: &str, ground: Ground) -> Ready {
    let gone = ground.gone.map(|at| {
        if at.to_string() == id {
            ReportError::State
        } else {
            ReportError::Changed
        }
    });
    // What is written on one that was merged is sent on to where it went.
    let id = &ground
        .gone
        .map_or_else(|| id.to_owned(), |at| at.to_string());
    let choices = ground
        .choices
        .into_iter()
        .map(|(value, label)| Choice::new(value, label))
        .collect();
    let sheet = Sheet {
        title: act.title(t),
        lead: t.get(&format!("reporting-{}-lead", act.code())),
        back: ground.back,
        back_label: ground.back_label,
        action: act.path(id),
        fields: fields::of(t, act, choices, ground.themes),
        button: t.get("reporting-save"),
        draft: act.draft(id),
        once: Once::default(),
    };
    Ready {
        sheet,
        form: ground.form,
        gone,
    }
}

/// A form as it begins.
struct Ready {
    sheet: Sheet,
    form: Form,
    /// What it is about has been merged into another, or closed.
    gone: Option<ReportError>,
}

async fn ready(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    id: &str,
    act: Act,
) -> Result<Ready, Failure> {
    let of = if act == Act::New {
        [0; 16]
    } else {
        deed::bytes(id)?
    };
    let t = visit.t();
    let words = t.clone();
    let ground = read(house, user, move |tx, editor| {
        ground(tx, editor, act, of, &words)
    })
    .await?;
    Ok(sheet(&t, act, id, ground))
}

pub(super) async fn show(
    house: House,
    visit: Visit,
    user: CurrentUser,
    id: String,
    act: Act,
) -> Answer {
    let Ready { sheet, form, gone } = ready(&house, &visit, &user, &id, act).await?;
    if gone.is_some() {
        return Err(Failure::NotFound);
    }
    sheet::show(&house, &visit, &user, sheet, form).await
}

pub(super) async fn send(
    house: House,
    visit: Visit,
    user: CurrentUser,
    id: String,
    posted: Posted,
    act: Act,
) -> Answer {
    let Ready {
        mut sheet,
        form: now,
        gone,
    } = ready(&house, &visit, &user, &id, act).await?;
    let mut form = posted.form();
    let deed = deed::read(&mut form, act, &editor(&house, &user));
    if let Some(deed::Deed::Answer(response)) = &deed {
        sheet.once = answer::looked_through(&house, &visit.t(), &mut form, response).await?;
    }
    let clean = form.is_valid() && !sheet.once.asks();
    let Some(deed) = deed.filter(|_| clean) else {
        let status = super::written::status(&form);
        return Ok(sheet::again(&visit, sheet, form, status));
    };
    if let Some(error) = gone {
        // Another was faster: what was typed stays, and the page leads to what stands now.
        let status = refused(&mut form, error)?;
        form.set("revision", now.value("revision"));
        return Ok(sheet::again(&visit, sheet, form, status));
    }
    let of = if act == Act::New {
        [0; 16]
    } else {
        deed::bytes(&id)?
    };
    let revision = form.value("revision").parse().unwrap_or(0);
    let done = super::act(&house, &user, &act.draft(&id), move |tx, editor, made| {
        deed::perform(tx, editor, made, (of, revision), deed)
    })
    .await;
    match done {
        Ok(path) => Ok(go_to(&path)),
        Err(error) => {
            let status = refused(&mut form, error)?;
            // The page says that it has changed; sent again, it changes what stands now.
            form.set("revision", now.value("revision"));
            Ok(sheet::again(&visit, sheet, form, status))
        }
    }
}

pub(super) async fn show_new(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
) -> Answer {
    show(house, visit, user, String::new(), Act::New).await
}

pub(super) async fn send_new(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    send(house, visit, user, String::new(), posted, Act::New).await
}
