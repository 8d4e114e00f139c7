//! What each form asks, and what stands around it.

use casework::store::workers::may_be_own_worker;
use clients::Reader;
use documents::store::Wish;
use documents::{DocumentId, State};
use identity::people::list_staff;
use identity::session::CurrentUser;
use store::StoreError;
use web::{Failure, House, Texts, Visit};

use crate::domain::{GoalState, Stage, body};
use crate::pages::act::What;
use crate::pages::ask::{Frame, Told};
use crate::pages::blocks::blocks;
use crate::pages::common::{path, who, word};
use crate::store::actions::{self, Action};
use crate::store::free::Free;
use crate::store::goals::Goal;
use crate::store::read::View;
use crate::store::texts;

/// Whether the reader may do this now; the act itself asks again.
pub fn is_open_to(view: &View, reader: &Reader, what: What) -> bool {
    let opened = &view.opened;
    let (may, stage) = (view.may, opened.stage());
    match what {
        What::GoalNew | What::SectionNew => may.write,
        What::Goal(goal) | What::GoalEnd(goal) | What::ActionNew(goal) => {
            may.write && view.goals.iter().any(|one| one.id == goal)
        }
        What::Action(action) => may.write && find_action(view, action).is_some(),
        What::ActionEnd(action) => {
            find_action(view, action).is_some_and(|(goal, one)| may_end(view, reader, goal, one))
        }
        What::Part(part, no) => {
            let person = view.people.iter().find(|one| Some(one.no) == no);
            may.write && part.own == person.is_some()
        }
        What::Section(section) => view.sections.iter().any(|one| {
            one.id == section
                && opened.document.is_open()
                && texts::writing_section(opened, reader, one).is_ok()
        }),
        What::SectionEnd(section) => may.write && view.sections.iter().any(|one| one.id == section),
        What::Finish => may.approve || may.finish && opened.document.state == State::Draft,
        What::Ask => !view.tutors.is_empty(),
        What::Return => may.approve,
        What::Void => may.void && !view.void.as_ref().is_some_and(Wish::is_open),
        What::Change => may.change,
        What::Review => {
            let waits = opened.document.state == State::Waiting;
            let may_change = may.change || opened.document.is_open();
            may.finish && may_change && stage == Stage::InForce && !waits
        }
        What::End => may.finish && stage != Stage::Ended,
        What::Elsewhere | What::Coordinator => {
            stage != Stage::Ended && opened.writing_at_once(reader, None).is_ok()
        }
    }
}

/// Whether the reader may say that an action was done: whoever writes in the plan, and the one who does it.
pub fn may_end(view: &View, reader: &Reader, goal: &Goal, action: &Action) -> bool {
    // What is over is not marked any more: a goal that was attained takes its actions along.
    goal.state == GoalState::Open
        && actions::may_set_state(&view.opened, reader, goal.client, action).is_ok()
}

/// An action of the plan with its goal.
pub fn find_action(view: &View, id: crate::domain::ActionId) -> Option<(&Goal, &Action)> {
    view.goals.iter().find_map(|goal| {
        let action = goal.actions.iter().find(|one| one.id == id)?;
        Some((goal, action))
    })
}

/// Acts on a thing of the plan that may be somebody else's own: without a right there is no such thing.
pub const fn hides(what: What) -> bool {
    matches!(
        what,
        What::Goal(_) | What::GoalEnd(_) | What::ActionNew(_) | What::Action(_) | What::Part(..)
    )
}

/// The form without what stands around it, for text that is the worker's own.
pub fn bare(visit: &Visit, plan: DocumentId, what: What) -> Frame {
    let t = visit.t();
    Frame {
        heading: word(&t, "plan", &format!("{}-title", what.code())),
        action: format!("{}/{}", path(plan), what.tail()),
        back: "/matters".to_owned(),
        back_label: t.get("plan-back-matters"),
        save: word(&t, "plan", &format!("{}-save", what.code())),
        ..Frame::default()
    }
}

/// The form.
///
/// # Errors
/// When the engine fails.
pub async fn frame(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    view: &View,
    what: What,
) -> Result<Frame, Failure> {
    let t = visit.t();
    let plan = view.opened.id();
    let offered = offered(house, view, what).await?;
    let mut f = Frame {
        back: path(plan),
        back_label: t.get("plan-back"),
        draft: what.draft(plan),
        people: view.people.iter().map(|one| one.name.clone()).collect(),
        lead: word(&t, "plan", &format!("{}-lead", what.code())),
        blocks: blocks(&t, user.staff.id, view, what, &offered),
        ..bare(visit, plan, what)
    };
    match what {
        What::Part(part, no) => {
            f.heading = word(&t, "plan-part", part.code);
            if let Some(person) = view.people.iter().find(|one| Some(one.no) == no)
                && view.joint()
            {
                f.heading = format!("{}: {}", f.heading, person.name);
            }
            part.law.clone_into(&mut f.law);
        }
        What::Section(section) | What::SectionEnd(section) => {
            if let Some(one) = view.sections.iter().find(|one| one.id == section) {
                f.heading.clone_from(&one.heading);
            }
        }
        What::Void => "703/2023 22 §".clone_into(&mut f.law),
        What::Ask | What::Return => "457/2024 21 §".clone_into(&mut f.law),
        What::Finish | What::Review => {
            "SHL 39 § 1 mom.".clone_into(&mut f.law);
            f.told = warnings(&t, view);
        }
        _ => {}
    }
    Ok(f)
}

/// What is to be known before a plan comes into force: special support without a rhythm, goals of those whom the reader does
/// not see.
fn warnings(t: &Texts, view: &View) -> Vec<Told> {
    let mut told = Vec::new();
    let rhythm = view
        .part("together")
        .is_some_and(|part| !part.fields.get("rhythm").is_empty());
    if view.people.iter().any(|one| one.special) && !rhythm {
        told.push(Told {
            href: format!("{}/parts/together", path(view.opened.id())),
            text: t.get("plan-warn-rhythm"),
        });
    }
    if view.seen.hidden {
        told.push(Told {
            href: String::new(),
            text: t.get("plan-warn-hidden"),
        });
    }
    told
}

/// What is saved now, beside a form in which two texts become one.
pub fn stored(t: &Texts, view: &View, what: What) -> Told {
    let part = |code: &str| {
        view.part(code).map_or_else(Vec::new, |part| {
            let lines = part.fields.0.iter();
            lines
                .map(|(name, values)| {
                    format!("{}: {}", field_label(t, what, name), values.join(", "))
                })
                .collect()
        })
    };
    let lines: Vec<String> = match what {
        What::Part(one, no) => part(&body::code(one.code, no)),
        What::Section(id) => view
            .sections
            .iter()
            .find(|one| one.id == id)
            .map_or_else(Vec::new, |one| part(&one.code(&view.opened))),
        What::Goal(id) => view
            .goals
            .iter()
            .find(|one| one.id == id)
            .map_or_else(Vec::new, |one| {
                [&one.words, &one.steps, &one.helps, &one.hinders]
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .cloned()
                    .collect()
            }),
        What::Action(id) => find_action(view, id).map_or_else(Vec::new, |(_, one)| {
            vec![one.what.clone(), who(t, &one.who), t.full_day(one.due)]
        }),
        _ => Vec::new(),
    };
    Told {
        href: String::new(),
        text: t.with("plan-stored", &[("text", lines.join(". ").into())]),
    }
}

/// The name of a field of a form, for two texts side by side.
pub fn field_label(t: &Texts, what: What, name: &str) -> String {
    match what {
        What::Part(part, _) => word(t, "plan-field", &format!("{}-{name}", part.code)),
        What::Section(_) => word(t, "plan-field", &format!("section-{name}")),
        What::Goal(_) => word(t, "plan-goal", name),
        _ => word(t, "plan-action", name),
    }
}

/// Who may be named in a form.
#[derive(Debug, Clone, Default)]
pub struct Offered {
    /// Everybody in service who does client work and whom no bar keeps from the clients, by name.
    pub staff: Vec<(String, String)>,
    pub free: Free,
}

async fn offered(house: &House, view: &View, what: What) -> Result<Offered, Failure> {
    let (names, owners) = (
        matches!(what, What::SectionNew | What::Coordinator),
        matches!(what, What::GoalNew | What::ActionNew(_) | What::Action(_)),
    );
    if !names && !owners {
        return Ok(Offered::default());
    }
    let (today, now) = (house.today(), house.now());
    let clients = view.opened.subjects(None);
    let (staff, free) = house
        .store
        .read(move |tx| {
            let staff = if names {
                list_staff(tx, today)?
            } else {
                Vec::new()
            };
            Ok::<_, StoreError>((staff, Free::load(tx, clients, now)?))
        })
        .await?;
    let staff = staff
        .into_iter()
        .filter(|one| may_be_own_worker(one) && free.is(one.id))
        .map(|one| (one.id.to_string(), one.name))
        .collect();
    Ok(Offered { staff, free })
}
