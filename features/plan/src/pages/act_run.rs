//! The acts behind the posted forms.

use casework::store::Casework;
use clients::Reader;
use documents::DocumentId;
use store::WriteTx;

use crate::domain::PlanError;
use crate::pages::act::What;
use crate::pages::act_read::Wanted;
use crate::store::actions::{self, SaveAction};
use crate::store::goals::{self, SaveGoal};
use crate::store::texts::{self, Which};
use crate::store::{finish, others, read, review, tutored, void};

/// Does what was asked.
///
/// # Errors
/// A refusal of the act.
pub fn run(
    wanted: Wanted,
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
) -> Result<(), PlanError> {
    match wanted {
        Wanted::Goal(what, based_on, new, actions) => {
            let goal = match what {
                What::Goal(goal) => Some(goal),
                _ => None,
            };
            let saving = SaveGoal {
                plan,
                goal,
                based_on,
                new,
                actions,
            };
            goals::save(tx, casework, reader, &saving).map(drop)
        }
        Wanted::GoalEnd(What::GoalEnd(goal), state, words) => {
            goals::set_state(tx, casework, reader, (plan, goal), state, &words)
        }
        Wanted::Action(what, based_on, new) => {
            let (goal, action) = match what {
                What::ActionNew(goal) => (goal, None),
                What::Action(action) => (actions::one(tx, plan, action)?.goal, Some(action)),
                _ => return Err(PlanError::NotFound),
            };
            let saving = SaveAction {
                plan,
                goal,
                action,
                based_on,
                new,
            };
            actions::save(tx, casework, reader, &saving).map(drop)
        }
        Wanted::ActionEnd(What::ActionEnd(action), state, words) => {
            actions::set_state(tx, casework, reader, (plan, action), state, &words)
        }
        Wanted::Part(what, based_on, fields) => {
            let which = which(tx, casework, reader, plan, what)?;
            texts::save(tx, casework, reader, plan, &which, based_on, &fields)
        }
        Wanted::Section(new) => texts::add(tx, casework, reader, plan, &new).map(drop),
        Wanted::Finish(finishing) => {
            finish::finish(tx, casework, reader, plan, &finishing).map(drop)
        }
        Wanted::Change(why) => finish::change(tx, casework, reader, plan, &why),
        Wanted::Review(new) => review::review(tx, casework, reader, plan, &new).map(drop),
        Wanted::End(reason, words) => finish::end(tx, casework, reader, plan, reason, &words),
        Wanted::Elsewhere(new) => others::add(tx, casework, reader, plan, &new),
        Wanted::Coordinator(who) => others::coordinate(tx, casework, reader, plan, &who),
        Wanted::Remove(What::GoalEnd(goal)) => goals::remove(tx, casework, reader, (plan, goal)),
        Wanted::Remove(What::ActionEnd(action)) => {
            actions::remove(tx, casework, reader, (plan, action))
        }
        Wanted::Remove(What::SectionEnd(section)) => {
            texts::remove(tx, casework, reader, plan, section)
        }
        Wanted::Ask(tutor) => tutored::ask(tx, casework, reader, plan, tutor),
        Wanted::Return(words) => tutored::send_back(tx, casework, reader, plan, &words),
        Wanted::Void(why) => void::ask(tx, casework, reader, plan, &why),
        Wanted::GoalEnd(..) | Wanted::ActionEnd(..) | Wanted::Remove(_) => Err(PlanError::NotFound),
    }
}

fn which(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    what: What,
) -> Result<Which, PlanError> {
    Ok(match what {
        What::Section(section) => Which::Section(section),
        What::Part(part, no) => {
            let view = read::view(tx, reader, plan, casework.now())?;
            let client = match no {
                None => None,
                Some(no) => Some(
                    view.people
                        .iter()
                        .find(|one| one.no == no)
                        .ok_or(PlanError::NotFound)?
                        .id,
                ),
            };
            Which::Part(part, client)
        }
        _ => return Err(PlanError::NotFound),
    })
}
