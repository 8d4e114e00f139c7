//! Notes of visits and calls, and what becomes of what was agreed in them.

use std::collections::{BTreeMap, HashMap};

use clients::Reader;
use kernel::time::{SignedDuration, day};
use notes::domain::{COMMON, FormId, Happened, What, Written};
use notes::store::keep::{self, Act, Sent, Target};
use notes::store::steps;
use plan::domain::ActionState;
use plan::store::actions;
use store::WriteTx;

use super::History;
use crate::SynthError;
use crate::clients::Running;
use crate::people::percent;
use crate::stories::Story;

/// Days in which visits may still wait to be written down.
const FRESH: i64 = 12;

impl History {
    /// Most of what is due has been done by its day; the rest is late, as in life.
    pub(super) fn settle(
        &self,
        tx: &mut WriteTx<'_>,
        running: &Running,
        who: &Reader,
    ) -> Result<(), SynthError> {
        let (casework, today) = (&self.matters, day(self.matters.now()));
        for step in steps::open_of(tx, running.matter)? {
            if step.due < today && percent(&*self.chance(), 85) {
                keep::step_done(tx, casework, who, step.id)?;
            }
        }
        let Some(plan) = running.plan else {
            return Ok(());
        };
        for action in actions::of_plan(tx, plan)? {
            let due = action.state == ActionState::Open && action.due < today;
            if due && percent(&*self.chance(), 80) {
                let which = (plan, action.id);
                actions::set_state(tx, casework, who, which, ActionState::Done, "")?;
            }
        }
        Ok(())
    }

    /// Writes a note; false when it is left as a draft.
    pub(crate) fn note(
        &self,
        tx: &mut WriteTx<'_>,
        running: &Running,
        story: &Story,
        number: usize,
        who: &Reader,
    ) -> Result<bool, SynthError> {
        let told = &story.notes[number];
        let (now, first) = (self.matters.now(), running.clients[0]);
        let today = day(now);
        let mut fields = vec![("body".to_owned(), told.text.clone())];
        if !told.next.is_empty() {
            let due = today.saturating_add(SignedDuration::from_hours(24 * told.days));
            let doer = if told.who == "client" {
                format!("client:{first}")
            } else {
                format!("staff:{}", who.staff)
            };
            fields.push(("next-1".to_owned(), told.next.clone()));
            fields.push(("who-1".to_owned(), doer));
            fields.push((
                "by-1".to_owned(),
                format!("{}.{}.{}", due.day(), due.month(), due.year()),
            ));
        }
        let pairs = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let written = Written::of_form(pairs, &running.clients);
        // A few of the last days' visits wait to be written down: the safety net shows those that waited too long.
        let fresh = now + SignedDuration::from_hours(24 * FRESH) > self.now;
        let left = fresh && percent(&*self.chance(), 25);
        let sent = Sent {
            target: Target::New {
                matter: running.matter,
                form: FormId::new(&*self.matters.clock, &*self.matters.chance),
            },
            clients: running.clients.clone(),
            act: if left { Act::Keep } else { Act::Finish },
            what: What::from_code(&told.what).unwrap_or(What::Other),
            happened: Some(Happened {
                on: today,
                from: None,
                to: None,
            }),
            language: story.language(),
            written,
            based_on: BTreeMap::from([(COMMON.to_owned(), 0)]),
            words: HashMap::new(),
        };
        keep::save(tx, &self.matters, who, &sent)?;
        Ok(!left)
    }
}
