//! Everything that can stand between a worker and a contact, as the contact's room and the table know it.

use crate::between::Between;

/// Which unit answers, seen from the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Own,
    Led,
    Deputised,
    OnDuty,
    Foreign,
}

/// Who answers, seen from the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    Me,
    Other,
    Colleague,
    /// By somebody who is away today.
    Absent,
    /// By somebody away, for whom the worker is the named substitute.
    Substituted,
    /// By nobody's name: the duty holder of the unit.
    Queue,
}

/// The latest offer of the contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offered {
    /// Withdrawn, between others.
    Closed,
    ToMe,
    ToMyUnit,
    ToColleague,
    RefusedByMe,
    /// From the worker; accepted by whoever holds it now.
    Accepted,
    /// From the worker to somebody else, open.
    Mine,
    /// Between others, open.
    Others,
}

/// Whose the promise is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Of whoever answers.
    Holders,
    Mine,
    Others,
}

/// Everything that stands between a worker and a contact.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    pub name: &'static str,
    pub place: Place,
    pub held: Held,
    /// Days since it ended.
    pub ended: Option<i64>,
    pub offered: Offered,
    pub promise: Promise,
    /// The worker wrote it down.
    pub wrote: bool,
    /// What stands between the worker and the client whose contact it has become.
    pub client: Toward,
}

/// What stands between the worker and the client of the contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// The contact is nobody's yet.
    Nobody,
    Related(Between),
    /// The worker is disqualified (B19).
    Barred,
}

const fn open(name: &'static str, place: Place, held: Held) -> Standing {
    Standing {
        name,
        place,
        held,
        ended: None,
        offered: Offered::Closed,
        promise: Promise::Holders,
        wrote: false,
        client: Toward::Nobody,
    }
}

const fn of_client(name: &'static str, between: Between) -> Standing {
    Standing {
        client: Toward::Related(between),
        ..open(name, Place::Foreign, Held::Other)
    }
}

const fn ended(name: &'static str, place: Place, held: Held, days: i64) -> Standing {
    Standing {
        ended: Some(days),
        ..open(name, place, held)
    }
}

const fn offered(name: &'static str, place: Place, held: Held, offered: Offered) -> Standing {
    Standing {
        offered,
        ..open(name, place, held)
    }
}

const fn promised(name: &'static str, place: Place, held: Held, promise: Promise) -> Standing {
    Standing {
        promise,
        ..open(name, place, held)
    }
}

pub const STANDINGS: [Standing; 38] = [
    open("nothing", Place::Foreign, Held::Other),
    open("holder", Place::Own, Held::Me),
    Standing {
        wrote: true,
        ..open("holder who wrote it down", Place::Own, Held::Me)
    },
    offered("holder who offers it", Place::Own, Held::Me, Offered::Mine),
    promised(
        "holder, with another's promise",
        Place::Own,
        Held::Me,
        Promise::Others,
    ),
    offered(
        "former holder, handed over",
        Place::Foreign,
        Held::Other,
        Offered::Accepted,
    ),
    ended("former holder, ended", Place::Own, Held::Me, 5),
    ended("former holder, ended long ago", Place::Own, Held::Me, 31),
    open("holder's substitute", Place::Foreign, Held::Substituted),
    offered("offered to", Place::Foreign, Held::Other, Offered::ToMe),
    offered(
        "offered to the unit",
        Place::Foreign,
        Held::Other,
        Offered::ToMyUnit,
    ),
    offered(
        "offered to a colleague",
        Place::Foreign,
        Held::Other,
        Offered::ToColleague,
    ),
    offered(
        "refused it",
        Place::Foreign,
        Held::Other,
        Offered::RefusedByMe,
    ),
    open("lead of the unit", Place::Led, Held::Other),
    open("lead of the unit, holder away", Place::Led, Held::Absent),
    open("lead of the unit, untaken", Place::Led, Held::Queue),
    offered(
        "lead of the unit, offered to",
        Place::Led,
        Held::Other,
        Offered::ToMe,
    ),
    offered(
        "lead of the unit, on offer",
        Place::Led,
        Held::Other,
        Offered::Others,
    ),
    ended("lead of the unit, ended", Place::Led, Held::Other, 5),
    ended(
        "lead of the unit, ended long ago",
        Place::Led,
        Held::Other,
        31,
    ),
    open("deputy of the lead", Place::Deputised, Held::Other),
    open(
        "deputy of the lead, holder away",
        Place::Deputised,
        Held::Absent,
    ),
    open("duty of the unit", Place::OnDuty, Held::Queue),
    offered(
        "duty of the unit, on offer",
        Place::OnDuty,
        Held::Queue,
        Offered::Others,
    ),
    open("duty of the unit, taken", Place::OnDuty, Held::Other),
    open("colleague of the unit, untaken", Place::Own, Held::Queue),
    open("colleague of the unit, taken", Place::Own, Held::Colleague),
    ended(
        "colleague of the unit, ended",
        Place::Own,
        Held::Colleague,
        5,
    ),
    open("other unit, untaken", Place::Foreign, Held::Queue),
    promised(
        "own promise, another's contact",
        Place::Foreign,
        Held::Other,
        Promise::Mine,
    ),
    Standing {
        client: Toward::Related(Between::Nothing),
        ..open("holder, of a client", Place::Own, Held::Me)
    },
    of_client("nothing to its client", Between::Nothing),
    of_client("own worker of its client", Between::Kind("own_worker")),
    of_client("former own worker of its client", Between::Tail),
    of_client("lead of its client's unit", Between::UnitLead),
    of_client("exceptional access to its client", Between::Exceptional),
    Standing {
        client: Toward::Barred,
        ..open("holder, barred from its client", Place::Own, Held::Me)
    },
    Standing {
        client: Toward::Barred,
        promise: Promise::Mine,
        ..offered(
            "offered to, barred from its client",
            Place::Foreign,
            Held::Other,
            Offered::ToMe,
        )
    },
];
