//! Local sign-in: accounts, passwords, time-based codes, passkeys, recovery codes, invitations.
//!
//! The choices and their reasons: `docs/decisions/0007-sign-in.md`. The pages are in [`crate::signin`].

pub(crate) mod codes;
pub(crate) mod device;
pub(crate) mod held;
pub(crate) mod invite;
pub(crate) mod keys;
pub(crate) mod password;
pub(crate) mod slow;
pub(crate) mod store;
pub(crate) mod totp;

use std::borrow::Cow;

use access::log::{Actor, LogEntry};
use kernel::time::Timestamp;
use web::Secrets;

pub use invite::{
    DAYS, InviteError, Invited, LoginName, Overview, close, invite, is_taken, overview,
};
pub use password::Hasher;
pub use store::State;

/// Codes of the log entries of sessions and sign-in.
pub const EVENTS: &[&str] = &[
    "session.begin",
    "session.end",
    "account.invited",
    "account.closed",
    "account.opened",
    "account.number",
    "account.password",
    "account.codes",
    "account.recovery",
    "account.token",
    "passkey.added",
    "passkey.removed",
    "passkey.cloned",
    "signin.done",
    "signin.failed",
    "signin.confirmed",
    "signin.form_shown",
];

/// Signing in opens no client's data, so no row of the rights table stands behind it.
pub(crate) fn entry(at: Timestamp, actor: Actor, event: &'static str, detail: String) -> LogEntry {
    LogEntry {
        at,
        actor,
        event,
        right: Cow::Borrowed("public"),
        purpose: "P08",
        subjects: Vec::new(),
        detail,
        digest: None,
    }
}

/// A failed attempt. The name is in it only as a keyed digest: people type passwords into the field of the name.
pub(crate) fn failed(
    secrets: &Secrets,
    at: Timestamp,
    login: &str,
    reason: &'static str,
) -> LogEntry {
    let name = secrets.digest("noste 2026 login name in log", login.as_bytes());
    let detail = format!("name={} reason={reason}", &name.to_hex()[..16]);
    entry(at, Actor::System, "signin.failed", detail)
}

const TOTP: &str = "noste 2026 time-based codes";

/// The secret of time-based codes, sealed for its person.
pub(crate) fn seal_totp(
    house: &web::House,
    staff: crate::people::StaffId,
    secret: &[u8],
) -> Vec<u8> {
    let chance = house.chance.as_ref();
    house.secrets.seal(TOTP, chance, &staff.bytes(), secret)
}

/// The secret of an account; `None` when it has none or another root secret sealed it.
pub(crate) fn open_totp(secrets: &Secrets, account: &store::Account) -> Option<Vec<u8>> {
    secrets.open(TOTP, &account.staff.bytes(), account.totp.as_deref()?)
}
