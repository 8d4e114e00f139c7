//! What a reader may do with a contact now. The page shows only this; the act itself asks again.

use kernel::time::{SignedDuration, Timestamp};

use crate::domain::{Holder, IntakeSettings};
use crate::store::Worker;
use crate::store::unlink;
use crate::store::view::ContactView;

/// The acts open to a reader.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct May {
    pub take: bool,
    pub offer: bool,
    /// Note, attempt, call, urgency.
    pub write: bool,
    pub message: bool,
    pub end: bool,
    pub take_over: bool,
    pub reopen: bool,
    pub mark_seen: bool,
    /// Answer the open offer.
    pub answer: bool,
    pub withdraw: bool,
    pub finish_calls: bool,
    /// Make a client and a matter of it.
    pub matter: bool,
    /// Free it from the wrong client.
    pub unlink: bool,
}

impl May {
    /// Asks the rights table about every act, over the facts as they were read.
    pub fn of(
        view: &ContactView,
        worker: &Worker,
        settings: &IntakeSettings,
        now: Timestamp,
    ) -> Self {
        let facts = &view.facts;
        let may = |class, action| facts.authorise(worker, class, action, now).is_ok();
        let holder = facts.holder.staff();
        let holds = holder == Some(worker.staff);
        let offered_by_me = view
            .offer
            .as_ref()
            .is_some_and(|offer| offer.from_staff == worker.staff);
        let days = SignedDuration::from_hours(24 * settings.reopen_days);
        let recent = facts
            .ended_at
            .is_some_and(|ended| now.duration_since(ended) <= days);
        let unseen = view
            .ending
            .as_ref()
            .is_some_and(|ending| ending.kind == "not_reached" && !ending.seen);
        if !facts.open {
            return Self {
                reopen: recent && may("contact", "reopen"),
                mark_seen: unseen && may("contact", "approve"),
                ..Self::default()
            };
        }
        let answers = holds || (holder.is_none() && facts.on_duty == worker.staff);
        let write = may("contact", "edit_draft");
        Self {
            take: matches!(facts.holder, Holder::Duty(_)) && may("contact", "take"),
            offer: facts.offer.is_none() && may("contact", "hand_over"),
            write,
            message: view.has_code && may("message", "create"),
            end: may("contact", "finish"),
            take_over: !holds && view.holder_away && may("contact", "take_over"),
            answer: facts.offer.is_some_and(|offer| offer.is_for(worker))
                && !offered_by_me
                && may("offer", "approve"),
            withdraw: facts.offer.is_some()
                && (offered_by_me || holds)
                && may("contact", "hand_over"),
            finish_calls: answers,
            matter: holds
                && write
                && view.link.as_ref().is_none_or(|link| link.matter.is_none())
                && access::rights::RightsTable::built_in().may_ever(
                    &worker.subject,
                    "matter",
                    "create",
                    kernel::time::day(now),
                ),
            unlink: view.link.is_some() && unlink::may_unlink(facts, worker, now).is_ok(),
            ..Self::default()
        }
    }
}
