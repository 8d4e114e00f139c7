//! What the forms of the staff do: read from the form, then done in one transaction.

use std::str::FromStr;

use store::WriteTx;
use web::{Failure, Form};

use super::{Made, answer, id};
use crate::domain::{
    ActionState, Arena, Effect, EvidenceKind, LONGEST, LONGEST_NAME, LONGEST_PROPOSAL, Level,
    NewProposal, NewResponse, PhenomenonState, Quality, ReportError, Theme,
};
use crate::pages::work::Act;
use crate::store::influence::{InfluenceId, NewInfluence};
use crate::store::phenomena::{self, Described, NewEvidence};
use crate::store::proposals::{self, Answerer, NewAction};
use crate::store::{Editor, EvidenceId, ObservationId, PhenomenonId};

/// A form that was read.
pub enum Deed {
    Describe(Described, bool),
    New(Described),
    Split(Vec<ObservationId>, Described),
    Close(String),
    Merge(PhenomenonId, String),
    Evidence(NewEvidence),
    Statement(String, Vec<EvidenceId>),
    Propose(NewProposal),
    Answer(NewResponse),
    Action(NewAction),
    Follow(ActionState, Option<Effect>, String),
    Influence(NewInfluence),
    Outcome(String, Option<kernel::time::Date>),
}

/// The value of a code; a missing or unknown one is marked.
fn code<T>(form: &mut Form, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let value = read(form.value(name));
    if value.is_none() {
        form.error(name, "reporting-choose-one");
    }
    value
}

fn ids<T: FromStr>(form: &mut Form, name: &str) -> Vec<T> {
    let ids: Vec<T> = form
        .values(name)
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect();
    if ids.is_empty() {
        form.error(name, "reporting-choose-one");
    }
    ids
}

/// A day that must be told.
fn day(form: &mut Form, name: &str) -> Option<kernel::time::Date> {
    if form.text(name).is_none() {
        form.error(name, "public-error-date");
    }
    form.day(name)
}

/// What a phenomenon is called and about. Its owner is whoever writes it, until somebody else takes it.
pub fn described(form: &mut Form, editor: &Editor) -> Option<Described> {
    let title = form.require_line("title", "phenomenon-title-missing", LONGEST_NAME);
    let description = form.optional("description", LONGEST).unwrap_or_default();
    let themes: Vec<Theme> = form
        .values("theme")
        .iter()
        .filter_map(|code| Theme::from_code(code))
        .collect();
    if themes.is_empty() {
        form.error("theme", "reporting-choose-one");
    }
    let review_on = day(form, "review_on")?;
    form.is_valid().then_some(Described {
        title,
        description,
        themes,
        owner: editor.staff,
        review_on,
    })
}

/// Reads the form of an act; `None` when something is wrong, and then it is marked.
pub fn read(form: &mut Form, act: Act, editor: &Editor) -> Option<Deed> {
    let missing = "public-reporting-missing";
    let deed = match act {
        Act::New => Deed::New(described(form, editor)?),
        Act::Describe => {
            let own = form.has("own", "yes");
            Deed::Describe(described(form, editor)?, own)
        }
        Act::Split => {
            let chosen = ids(form, "observation");
            Deed::Split(chosen, described(form, editor)?)
        }
        Act::Close => Deed::Close(form.require("reason", missing, LONGEST_PROPOSAL)),
        Act::Merge => {
            let into = code(form, "into", |text| text.parse().ok());
            let reason = form.require("reason", missing, LONGEST_PROPOSAL);
            Deed::Merge(into?, reason)
        }
        Act::Evidence => evidence(form)?,
        Act::Statement => {
            let words = form.require("words", missing, LONGEST_PROPOSAL);
            Deed::Statement(words, ids(form, "evidence"))
        }
        Act::Propose => propose(form)?,
        Act::Answer => Deed::Answer(answer::read(form)?),
        Act::Action => {
            let words = form.require("words", missing, LONGEST_PROPOSAL);
            let responsible_role = form.require_line("responsible_role", missing, LONGEST_NAME);
            let target = form
                .optional_line("target", LONGEST_NAME)
                .unwrap_or_default();
            Deed::Action(NewAction {
                words,
                responsible_role,
                ends_on: day(form, "ends_on")?,
                target,
            })
        }
        Act::Follow => {
            let state = code(form, "state", ActionState::from_code);
            let effect = Effect::from_code(form.value("effect"));
            let words = form.optional("words", LONGEST_PROPOSAL).unwrap_or_default();
            Deed::Follow(state?, effect, words)
        }
        Act::Influence => influence(form)?,
        Act::Outcome => {
            let outcome = form.require("outcome", missing, LONGEST_PROPOSAL);
            Deed::Outcome(outcome, form.day("look_on"))
        }
    };
    form.is_valid().then_some(deed)
}

fn influence(form: &mut Form) -> Option<Deed> {
    let level = code(form, "level", Arena::from_code);
    let forum = form.require_line("forum", "public-reporting-missing", LONGEST_NAME);
    let brought_on = day(form, "brought_on");
    let outcome = form
        .optional("outcome", LONGEST_PROPOSAL)
        .unwrap_or_default();
    let look_on = form.day("look_on");
    Some(Deed::Influence(NewInfluence {
        level: level?,
        forum,
        brought_on: brought_on?,
        outcome,
        look_on,
    }))
}

fn evidence(form: &mut Form) -> Option<Deed> {
    let missing = "public-reporting-missing";
    let kind = code(form, "kind", EvidenceKind::from_code);
    let words = form.require("words", missing, LONGEST_PROPOSAL);
    let source = form.require_line("source", missing, LONGEST_NAME);
    let period = form
        .optional_line("period", LONGEST_NAME)
        .unwrap_or_default();
    let area = form.optional_line("area", LONGEST_NAME).unwrap_or_default();
    let quality = code(form, "quality", Quality::from_code);
    Some(Deed::Evidence(NewEvidence {
        kind: kind?,
        source,
        period,
        area,
        words,
        quality: quality?,
    }))
}

fn propose(form: &mut Form) -> Option<Deed> {
    let missing = "public-reporting-missing";
    let words = form.require("words", missing, LONGEST_PROPOSAL);
    let level = code(form, "level", Level::from_code);
    let recipient = form.require_line("recipient", missing, LONGEST_NAME);
    let recipient_role = form.require_line("recipient_role", missing, LONGEST_NAME);
    let due_on = day(form, "due_on");
    Some(Deed::Propose(NewProposal {
        words,
        level: level?,
        recipient,
        recipient_role,
        due_on: due_on?,
    }))
}

/// Does what was read; gives where the browser goes.
///
/// # Errors
/// As the store's own functions.
pub fn perform(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    made: &Made,
    (of, revision): ([u8; 16], i64),
    deed: Deed,
) -> Result<String, ReportError> {
    let phenomenon = PhenomenonId::from_bytes(of);
    let proposal = crate::store::ProposalId::from_bytes(of);
    let back = |done: &str| Ok(format!("/phenomena/{phenomenon}?done={done}"));
    match deed {
        Deed::New(described) => {
            let new = phenomena::open(tx, editor, made.by(), described)?;
            Ok(format!("/phenomena/{new}?done=opened"))
        }
        Deed::Describe(mut described, own) => {
            if !own {
                described.owner = phenomena::find(tx, editor, phenomenon)?.described.owner;
            }
            phenomena::describe(tx, editor, (phenomenon, revision), described)?;
            back("saved")
        }
        Deed::Split(chosen, described) => {
            let by = made.by();
            let new = phenomena::split(tx, editor, by, phenomenon, &chosen, described)?;
            Ok(format!("/phenomena/{new}?done=split"))
        }
        Deed::Close(reason) => {
            let next = PhenomenonState::Closed;
            phenomena::step(tx, editor, (phenomenon, revision), next, &reason)?;
            back("stepped")
        }
        Deed::Merge(into, reason) => {
            phenomena::merge(tx, editor, (phenomenon, into), &reason)?;
            Ok(format!("/phenomena/{into}?done=merged"))
        }
        Deed::Evidence(new) => {
            phenomena::add_evidence(tx, editor, made.by(), phenomenon, &new)?;
            back("saved")
        }
        Deed::Statement(words, evidence) => {
            phenomena::state_that(tx, editor, made.by(), phenomenon, &words, &evidence)?;
            back("saved")
        }
        Deed::Propose(new) => {
            let new = proposals::draft(tx, editor, made.by(), phenomenon, new)?;
            Ok(format!("/proposals/{new}?done=drafted"))
        }
        Deed::Answer(response) => {
            let (by, today) = (Answerer::Staff(editor), editor.today());
            proposals::answer(tx, made.by(), &by, proposal, response, today)?;
            Ok(format!("/proposals/{proposal}?done=answered"))
        }
        Deed::Action(new) => {
            proposals::act(tx, editor, &*made.chance, proposal, &new)?;
            Ok(format!("/proposals/{proposal}?done=saved"))
        }
        Deed::Follow(state, effect, words) => {
            let action = crate::store::ActionId::from_bytes(of);
            let found = crate::store::pages::action(tx, editor, action)?;
            proposals::follow(tx, editor, (action, revision), (state, effect), &words)?;
            Ok(format!("/proposals/{}?done=followed", found.proposal))
        }
        Deed::Influence(new) => {
            crate::store::influence::bring(tx, editor, made.by(), phenomenon, &new)?;
            back("saved")
        }
        Deed::Outcome(outcome, look_on) => {
            let id = InfluenceId::from_bytes(of);
            let about =
                crate::store::influence::outcome(tx, editor, (id, revision), &outcome, look_on)?;
            Ok(format!("/phenomena/{about}?done=saved"))
        }
    }
}

/// The bytes of an id of an address.
///
/// # Errors
/// [`Failure::NotFound`] for what is no id.
pub fn bytes(text: &str) -> Result<[u8; 16], Failure> {
    Ok(id::<PhenomenonId>(text)?.bytes())
}
