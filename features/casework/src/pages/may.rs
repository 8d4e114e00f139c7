//! What a reader may do with a matter now. The page shows only this; the act itself asks again.

use clients::Reader;

use crate::domain::clocks;
use crate::store::view::MatterView;

/// The acts open to a reader.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct May {
    pub take: bool,
    pub take_over: bool,
    pub offer: bool,
    pub withdraw: bool,
    /// Answer the open offer.
    pub answer: bool,
    /// Joint clients and their parts.
    pub edit: bool,
    /// Workers join and leave.
    pub workers: bool,
    /// Name the own worker and a substitute.
    pub own_worker: bool,
    /// The service has begun, or nothing needs deciding.
    pub execution: bool,
    pub close: bool,
    pub transfer: bool,
    /// Open another matter for the same client.
    pub print: bool,
}

impl May {
    /// Asks the rights table about every act, over the facts as they were read.
    pub fn of(view: &MatterView, reader: &Reader) -> Self {
        let facts = &view.facts;
        let may = |class, action| facts.authorise(reader, class, action).is_ok();
        if facts.life.holder().is_none() {
            return Self {
                print: view.print,
                ..Self::default()
            };
        }
        let holder = facts.holder().staff();
        let lead = facts.disposes(reader) && may("matter", "hand_over");
        let edit = view.content && may("matter", "edit_draft");
        Self {
            take: holder.is_none() && may("matter", "take"),
            take_over: holder != Some(reader.staff)
                && (holder.is_none() || facts.holder_away)
                && may("matter", "take_over"),
            offer: facts.offer.is_none() && lead,
            withdraw: facts.offer.is_some_and(|offer| {
                offer.from_staff == reader.staff || holder == Some(reader.staff)
            }) && lead,
            answer: facts.offer.is_some_and(|offer| offer.is_for(reader))
                && may("offer", "approve"),
            edit,
            workers: lead,
            own_worker: may("client_relation", "edit_draft"),
            execution: edit
                && view.clocks.iter().any(|row| {
                    row.clock.ended.is_none() && row.clock.basis.code() == clocks::EXECUTION
                }),
            close: may("matter", "finish"),
            transfer: view.content && !view.hidden && may("matter", "transfer"),
            print: false,
        }
    }
}
