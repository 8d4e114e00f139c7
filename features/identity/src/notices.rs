//! What employees are told beside their work: that somebody made a code for their account, that a request waits, that
//! their bars ought to be looked at. Told on the desk, over the list of people and on `/account`, until seen.
//!
//! A notice is what makes an act of administration visible to the person it is about. It names colleagues and never a
//! client or a relative.

use kernel::time::{Date, Timestamp, day, from_millis, millis};
use store::{Query, StoreError, WriteTx, params};
use web::Texts;

use crate::facts::record::next;
use crate::people::{self, StaffId};

/// What is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Somebody asks for a code for an account.
    CodeAsked,
    /// A code has been made; whoever has it can open the account.
    CodeMade,
    /// A code has been used.
    AccountOpened,
    /// Somebody asks for another identity code, by which bars are found.
    IdentityAsked,
    IdentityChanged,
    /// Somebody wants to end a declaration of a relative.
    WithdrawalAsked,
    /// A declaration has ended.
    Withdrawn,
    /// The lead let a declaration stand.
    WithdrawalRefused,
    /// A token waits for its owner.
    TokenReady,
    /// A professional right has ended or been restricted: what asks for it is closed (bar B04), and somebody else is
    /// to be named.
    RightLost,
    /// The register tells something else of the professional rights than before.
    RightChanged,
    /// The declared relatives have not been looked at for a year.
    BarsDue,
}

impl Kind {
    const KEPT: [Self; 11] = [
        Self::CodeAsked,
        Self::CodeMade,
        Self::AccountOpened,
        Self::IdentityAsked,
        Self::IdentityChanged,
        Self::WithdrawalAsked,
        Self::Withdrawn,
        Self::WithdrawalRefused,
        Self::TokenReady,
        Self::RightLost,
        Self::RightChanged,
    ];

    /// The code in the store; messages `notice-…` and `notice-own-…` say it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CodeAsked => "code-asked",
            Self::CodeMade => "code-made",
            Self::AccountOpened => "account-opened",
            Self::IdentityAsked => "identity-asked",
            Self::IdentityChanged => "identity-changed",
            Self::WithdrawalAsked => "withdrawal-asked",
            Self::Withdrawn => "withdrawn",
            Self::WithdrawalRefused => "withdrawal-refused",
            Self::TokenReady => "token-ready",
            Self::RightLost => "right-lost",
            Self::RightChanged => "right-changed",
            Self::BarsDue => "bars-due",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::KEPT.into_iter().find(|kind| kind.code() == code)
    }
}

/// Something told to one employee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// `None` for a reminder, which passes when what it asks is done.
    pub number: Option<i64>,
    pub kind: Kind,
    pub about: StaffId,
    /// Name of the person it is about.
    pub who: String,
    /// Name of who did it; empty when nobody signed in did: the operator of the machine.
    pub by: String,
    pub at: Timestamp,
    /// It is about the reader.
    pub own: bool,
}

impl Notice {
    /// The sentence of the page.
    pub fn words(&self, t: &Texts, now: Timestamp) -> String {
        let by = if self.by.is_empty() {
            t.get("notice-by-operator")
        } else {
            self.by.clone()
        };
        let own = if self.own { "own-" } else { "" };
        t.with(
            &format!("notice-{own}{}", self.kind.code()),
            &[
                ("who", self.who.as_str().into()),
                ("by", by.into()),
                ("when", t.when(self.at, now).into()),
            ],
        )
    }

    /// Where something can be done about it.
    pub fn place(&self) -> String {
        match self.kind {
            Kind::BarsDue | Kind::Withdrawn | Kind::WithdrawalRefused => "/own/bars".to_owned(),
            Kind::TokenReady => "/account#tokens".to_owned(),
            _ if self.own => "/account#notices".to_owned(),
            _ => format!("/admin/people/{}", self.about),
        }
    }
}

/// Tells somebody something, unless she did it herself.
///
/// # Errors
/// When the engine fails.
pub fn tell(
    tx: &mut WriteTx<'_>,
    to: StaffId,
    kind: Kind,
    about: StaffId,
    by: Option<StaffId>,
    at: Timestamp,
) -> Result<(), StoreError> {
    if by == Some(to) {
        return Ok(());
    }
    let number = next(tx, "staff_notice")?;
    tx.execute(
        "insert into staff_notice (id, staff_id, kind, about_id, by_id, at) values ($1, $2, $3, $4, $5, $6)",
        &params![
            number,
            to.bytes(),
            kind.code(),
            about.bytes(),
            by.map(|by| by.bytes()),
            millis(at)
        ],
    )?;
    Ok(())
}

/// Tells those who lead the person's unit on that day.
///
/// # Errors
/// When the engine fails.
pub fn tell_leads(
    tx: &mut WriteTx<'_>,
    kind: Kind,
    about: StaffId,
    by: Option<StaffId>,
    at: Timestamp,
) -> Result<(), StoreError> {
    for lead in leads(tx, about, day(at))? {
        tell(tx, lead, kind, about, by, at)?;
    }
    Ok(())
}

/// Tells the person and those who lead the person's unit.
///
/// # Errors
/// When the engine fails.
pub fn tell_all(
    tx: &mut WriteTx<'_>,
    kind: Kind,
    about: StaffId,
    by: Option<StaffId>,
    at: Timestamp,
) -> Result<(), StoreError> {
    tell(tx, about, kind, about, by, at)?;
    tell_leads(tx, kind, about, by, at)
}

/// Leads and deputies of the person's unit on a day, the person left out.
pub(crate) fn leads(
    query: &mut impl Query,
    person: StaffId,
    on: Date,
) -> Result<Vec<StaffId>, StoreError> {
    query
        .query(
            "select distinct l.staff_id from unit_leader l join staff s on s.unit_id = l.unit_id where s.id = $1 and l.staff_id <> $1 and l.begins_on <= $2 and l.ends_on >= $2",
            &params![person.bytes(), on.to_string()],
        )?
        .iter()
        .map(|row| Ok(StaffId::from_bytes(row.get(0)?)))
        .collect()
}

/// What the employee has not said to have read, newest first, and the reminder of her bars when it is time.
///
/// # Errors
/// When the engine fails.
pub fn unseen(
    query: &mut impl Query,
    reader: StaffId,
    now: Timestamp,
) -> Result<Vec<Notice>, StoreError> {
    let rows = query.query(
        "select n.id, n.kind, n.about_id, a.name, coalesce(b.name, ''), n.at from staff_notice n join staff a on a.id = n.about_id left join staff b on b.id = n.by_id where n.staff_id = $1 and n.seen_at is null order by n.at desc, n.id desc limit 20",
        &params![reader.bytes()],
    )?;
    let mut found = Vec::new();
    for row in &rows {
        let about = StaffId::from_bytes(row.get(2)?);
        found.push(Notice {
            number: Some(row.get(0)?),
            kind: Kind::from_code(&row.get::<String>(1)?).ok_or_else(people::unreadable)?,
            about,
            who: row.get(3)?,
            by: row.get(4)?,
            at: from_millis(row.get(5)?),
            own: about == reader,
        });
    }
    if let Some(due) = crate::facts::declare::due(query, reader, now)? {
        found.push(Notice {
            number: None,
            kind: Kind::BarsDue,
            about: reader,
            who: String::new(),
            by: String::new(),
            at: due,
            own: true,
        });
    }
    Ok(found)
}

/// Notes that the employee has read what was told until `last`.
///
/// # Errors
/// When the engine fails.
pub(crate) fn see(
    tx: &mut WriteTx<'_>,
    reader: StaffId,
    last: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update staff_notice set seen_at = $3 where staff_id = $1 and id <= $2 and seen_at is null",
        &params![reader.bytes(), last, millis(now)],
    )?;
    Ok(())
}

/// What asked for an act has been decided: nobody need act any more.
///
/// # Errors
/// When the engine fails.
pub(crate) fn settle(
    tx: &mut WriteTx<'_>,
    kind: Kind,
    about: StaffId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update staff_notice set seen_at = $3 where kind = $1 and about_id = $2 and staff_id <> $2 and seen_at is null",
        &params![kind.code(), about.bytes(), millis(now)],
    )?;
    Ok(())
}

/// A notice in the words of a page, and where it leads.
pub struct Line {
    pub text: String,
    pub href: String,
}

/// The lines of a page.
pub fn lines(found: &[Notice], t: &Texts, now: Timestamp) -> Vec<Line> {
    found
        .iter()
        .map(|one| Line {
            text: one.words(t, now),
            href: one.place(),
        })
        .collect()
}
