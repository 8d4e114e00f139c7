//! What the forms do: read from the form, then done in one transaction.

use kernel::language::Language;
use kernel::place;
use kernel::time::Date;
use reporting::domain::{
    LONGEST, LONGEST_NAME, LONGEST_PROPOSAL, Level, NewProposal, Quality, Theme,
};
use reporting::store::{Editor, PhenomenonId, ProposalId};
use store::WriteTx;
use web::{Form, House};

use super::work::Act;
use super::{Made, id};
use crate::domain::{
    BikvaStage, Forum, Kind, LONGEST_HOURS, NewStep, Outcome, PartError, Plan, Planned,
    Publication, Reward, Stage,
};
use crate::store::bikva::Answer;
use crate::store::forum::NewDecision;
use crate::store::proposals::Way;
use crate::store::share::{MOST_ASKED, Rule};
use crate::store::{bikva, cycle, forum, gatherings, proposals, share};

/// A form that was read.
pub enum Deed {
    New(Planned),
    Change(Planned),
    Hold(Outcome),
    Tell(Date, String),
    Link(PhenomenonId, Stage),
    Say(String),
    Feed(Way),
    BikvaNew(String, PhenomenonId),
    BikvaAnswer(BikvaStage, Date, Answer),
    StepNew(NewStep),
    StepChange(NewStep, bool),
    Decide(NewDecision),
    Follow(String),
    Rules(Vec<Rule>),
}

const MISSING: &str = "participation-missing";

/// The value of a code; a missing or unknown one is marked.
fn code<T>(form: &mut Form, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let value = read(form.value(name));
    if value.is_none() {
        form.error(name, "participation-choose-one");
    }
    value
}

/// A day that must be told.
fn day(form: &mut Form, name: &str) -> Option<Date> {
    if form.text(name).is_none() {
        form.error(name, "public-error-date");
    }
    form.day(name)
}

/// A whole number that must be told; no sign, no fraction.
fn number(form: &mut Form, name: &str) -> Option<u32> {
    let typed = form.text(name).unwrap_or_default();
    let plain = !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_digit());
    let read = typed.parse().ok().filter(|_| plain);
    if read.is_none() {
        form.error(name, "participation-number");
    }
    read
}

fn phenomenon(form: &mut Form) -> Option<PhenomenonId> {
    code(form, "phenomenon", |text| text.parse().ok())
}

/// Reads the form of an act; `None` when something is wrong, and then it is marked.
pub fn read(form: &mut Form, act: Act, house: &House, language: Language) -> Option<Deed> {
    let deed = match act {
        Act::New => Deed::New(planned(form, &house.county.code, language)?),
        Act::Change => Deed::Change(planned(form, &house.county.code, language)?),
        Act::Hold => Deed::Hold(outcome(form)?),
        Act::Tell => {
            let on = day(form, "told_on");
            let how = form.require("told_how", MISSING, LONGEST_PROPOSAL);
            Deed::Tell(on?, how)
        }
        Act::Link => {
            let phenomenon = phenomenon(form);
            let stage = code(form, "stage", Stage::from_code);
            Deed::Link(phenomenon?, stage?)
        }
        Act::Say => Deed::Say(form.require("words", MISSING, LONGEST_PROPOSAL)),
        Act::Feed => Deed::Feed(way(form)?),
        Act::BikvaNew => {
            let title = form.require_line("title", MISSING, LONGEST_NAME);
            Deed::BikvaNew(title, phenomenon(form)?)
        }
        Act::BikvaAnswer => {
            let stage = code(form, "turn", BikvaStage::from_code);
            let held_on = day(form, "held_on");
            let answer = bikva_answer(form);
            Deed::BikvaAnswer(stage?, held_on?, answer?)
        }
        Act::StepNew => Deed::StepNew(step(form)?),
        Act::StepChange => {
            let is_kept = form.has("is_kept", "yes");
            Deed::StepChange(step(form)?, is_kept)
        }
        Act::Decide => Deed::Decide(decision(form)?),
        Act::Follow => Deed::Follow(form.require("came", MISSING, LONGEST_PROPOSAL)),
        Act::Rules => Deed::Rules(rules(form)?),
    };
    form.is_valid().then_some(deed)
}

fn planned(form: &mut Form, county: &str, language: Language) -> Option<Planned> {
    let kind = code(form, "kind", Kind::from_code);
    let title = form.require_line("title", MISSING, LONGEST_NAME);
    let held_on = day(form, "held_on");
    let hours = form
        .optional_line("hours", LONGEST_HOURS)
        .unwrap_or_default();
    let place = form.require_line("place", MISSING, LONGEST_NAME);
    let municipality = form.text("municipality").map(str::to_owned);
    let of_county = |code: &String| {
        place::municipalities_of(county)
            .iter()
            .any(|one| one.code == code.as_str())
    };
    if municipality.as_ref().is_some_and(|code| !of_county(code)) {
        form.error("municipality", "participation-choose-one");
    }
    let held_by = form.require_line("held_by", MISSING, LONGEST_NAME);
    let chosen = form.values("theme").len();
    let themes: Vec<Theme> = form
        .values("theme")
        .iter()
        .filter_map(|code| Theme::from_code(code))
        .collect();
    if themes.is_empty() || themes.len() < chosen {
        form.error("theme", "participation-choose-one");
    }
    let mut text = |name| form.optional(name, LONGEST_PROPOSAL).unwrap_or_default();
    let plan = Plan {
        what: text("plan_what"),
        many: text("plan_many"),
        how: text("plan_how"),
        when: text("plan_when"),
        collects: text("plan_collects"),
        sums_up: text("plan_sums_up"),
        results: text("plan_results"),
        told: text("plan_told"),
    };
    Some(Planned {
        kind: kind?,
        title,
        language,
        place,
        municipality,
        held_on: held_on?,
        hours,
        is_open: form.has("is_open", "yes"),
        held_by,
        themes,
        plan,
    })
}

fn outcome(form: &mut Form) -> Option<Outcome> {
    let people = number(form, "people");
    let experts = number(form, "experts");
    let developers = number(form, "developers");
    let reward = match form.value("reward") {
        "" => None,
        _ => code(form, "reward", Reward::from_code),
    };
    let outcome = form.require("outcome", MISSING, LONGEST_PROPOSAL);
    let notes = form.optional("notes", LONGEST).unwrap_or_default();
    Some(Outcome {
        people: people?,
        experts: experts?,
        developers: developers?,
        reward,
        notes,
        outcome,
    })
}

fn way(form: &mut Form) -> Option<Way> {
    match form.value("way") {
        "proposal" => {
            let of = phenomenon(form);
            let words = form.require("words", MISSING, LONGEST_PROPOSAL);
            let level = code(form, "level", Level::from_code);
            let recipient = form.require_line("recipient", MISSING, LONGEST_NAME);
            let recipient_role = form.require_line("recipient_role", MISSING, LONGEST_NAME);
            let due_on = day(form, "due_on");
            let new = NewProposal {
                words,
                level: level?,
                recipient,
                recipient_role,
                due_on: due_on?,
            };
            Some(Way::Propose(of?, new))
        }
        "evidence" => {
            let of = phenomenon(form);
            let quality = code(form, "quality", Quality::from_code);
            Some(Way::Evidence(of?, quality?))
        }
        "aside" => Some(Way::Aside(form.require(
            "reason",
            MISSING,
            LONGEST_PROPOSAL,
        ))),
        _ => {
            form.error("way", "participation-choose-one");
            None
        }
    }
}

/// Either what was said or why nobody was asked; both at once is neither.
fn bikva_answer(form: &mut Form) -> Option<Answer> {
    let words = form.optional("words", LONGEST_PROPOSAL);
    let reason = form.optional("skipped", LONGEST_PROPOSAL);
    match (words, reason) {
        (Some(_), Some(_)) => {
            form.error("skipped", "bikva-both");
            None
        }
        (None, Some(reason)) => Some(Answer::Skipped { reason }),
        (words, None) => {
            let people = number(form, "people");
            if words.is_none() {
                form.error("words", "bikva-neither");
            }
            Some(Answer::Told {
                people: people?,
                words: words?,
            })
        }
    }
}

fn step(form: &mut Form) -> Option<NewStep> {
    let title = form.require_line("title", MISSING, LONGEST_NAME);
    let words = form.optional("words", LONGEST_PROPOSAL).unwrap_or_default();
    let role = form.require_line("role", MISSING, LONGEST_NAME);
    let month = code(form, "month", |text| text.parse().ok());
    let day = number(form, "day").and_then(|day| u8::try_from(day).ok());
    if day.is_none() && form.is_valid() {
        form.error("day", "participation-no-day");
    }
    let forum = match form.value("forum") {
        "" => None,
        _ => code(form, "forum", Forum::from_code),
    };
    Some(NewStep {
        title,
        words,
        role,
        month: month?,
        day: day?,
        forum,
    })
}

fn decision(form: &mut Form) -> Option<NewDecision> {
    let decided_on = day(form, "decided_on");
    let words = form.require("words", MISSING, LONGEST_PROPOSAL);
    let proposal: Option<ProposalId> = match form.value("proposal") {
        "" => None,
        _ => code(form, "proposal", |text| text.parse().ok()),
    };
    let minutes = form
        .optional_line("minutes", LONGEST_NAME)
        .unwrap_or_default();
    let role = form.require_line("role", MISSING, LONGEST_NAME);
    let follow_on = day(form, "follow_on");
    Some(NewDecision {
        // The address says whose it is.
        forum: Forum::Council,
        decided_on: decided_on?,
        words,
        minutes,
        role,
        follow_on: follow_on?,
        proposal,
    })
}

fn rules(form: &mut Form) -> Option<Vec<Rule>> {
    let mut rules = Vec::new();
    for kind in Publication::ALL {
        for stage in Stage::ALL {
            let name = format!("{}-{}", kind.code(), stage.code());
            if form.text(&name).is_none_or(|typed| typed == "0") {
                continue;
            }
            let least = number(form, &name)?;
            if least > MOST_ASKED {
                form.error(&name, "participation-number");
                return None;
            }
            rules.push(Rule {
                kind: *kind,
                stage: *stage,
                least,
            });
        }
    }
    Some(rules)
}

/// Does what was read; gives where the browser goes.
///
/// # Errors
/// As the store's own functions.
pub fn perform(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    made: &Made,
    (of, revision): (&str, i64),
    deed: Deed,
) -> Result<String, PartError> {
    let by = made.by();
    let done = |done: &str| Ok(format!("/participation/{of}?done={done}"));
    match deed {
        Deed::New(planned) => {
            let new = gatherings::write(tx, editor, by, planned)?;
            Ok(format!("/participation/{new}?done=written"))
        }
        Deed::Change(planned) => {
            gatherings::change(tx, editor, (id(of)?, revision), planned)?;
            done("saved")
        }
        Deed::Hold(outcome) => {
            gatherings::hold(tx, editor, (id(of)?, revision), outcome)?;
            done("held")
        }
        Deed::Tell(on, how) => {
            gatherings::tell(tx, editor, (id(of)?, revision), on, how)?;
            done("told")
        }
        Deed::Link(phenomenon, stage) => {
            gatherings::link(tx, editor, id(of)?, phenomenon, stage)?;
            done("linked")
        }
        Deed::Say(words) => {
            proposals::say(tx, editor, by, id(of)?, words)?;
            done("said")
        }
        Deed::Feed(way) => {
            let said = proposals::one(tx, editor, id(of)?)?;
            proposals::feed(tx, editor, by, said.id, way)?;
            Ok(format!("/participation/{}?done=fed", said.gathering))
        }
        Deed::BikvaNew(title, phenomenon) => {
            let new = bikva::open(tx, editor, by, phenomenon, title)?;
            Ok(format!("/participation/bikva/{new}?done=opened"))
        }
        Deed::BikvaAnswer(stage, held_on, answer) => {
            bikva::answer(tx, editor, by, (id(of)?, stage), held_on, answer)?;
            Ok(format!("/participation/bikva/{of}?done=answered"))
        }
        Deed::StepNew(step) => {
            cycle::add(tx, editor, by, vec![step])?;
            Ok("/participation/cycle?done=added".to_owned())
        }
        Deed::StepChange(step, is_kept) => {
            cycle::change(tx, editor, (id(of)?, revision), step, is_kept)?;
            Ok("/participation/cycle?done=saved".to_owned())
        }
        Deed::Decide(mut new) => {
            new.forum = Forum::from_code(of).ok_or(PartError::NotFound)?;
            forum::decide(tx, editor, by, new)?;
            Ok(format!("/participation/pack?forum={of}&done=decided"))
        }
        Deed::Follow(came) => {
            let found = forum::find(tx, editor, id(of)?)?;
            forum::follow(tx, editor, (found.id, revision), came)?;
            let forum = found.written.forum.code();
            Ok(format!("/participation/pack?forum={forum}&done=followed"))
        }
        Deed::Rules(rules) => {
            share::set_rules(tx, editor, &rules)?;
            Ok("/participation?done=ruled".to_owned())
        }
    }
}
