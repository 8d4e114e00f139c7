//! Step-up: what copies or joins many clients' data, shows a protected detail, or hands over a key to the house (codes of
//! invitation and recovery, tokens of programs) asks again who is at the screen.

use kernel::time::{SignedDuration, Timestamp};
use web::{Failure, House};

use crate::session::CurrentUser;

/// How long a proof is fresh.
pub const FRESH: SignedDuration = SignedDuration::from_mins(15);

/// Whether a proof given at a moment is still fresh.
pub fn is_fresh(strong_at: Option<Timestamp>, now: Timestamp) -> bool {
    strong_at.is_some_and(|at| now.duration_since(at) < FRESH)
}

/// Lets only somebody through who has proved who she is with two factors or a passkey in the last [`FRESH`].
///
/// Call it when the right has been decided and before anything is done. A page leads to the one that asks and comes back; a form is kept meanwhile and comes
/// back filled, to be sent by one press.
///
/// # Errors
/// [`Failure::Confirm`] when the proof is older.
pub fn require(house: &House, user: &CurrentUser) -> Result<(), Failure> {
    if is_fresh(user.strong_at, house.now()) {
        Ok(())
    } else {
        Err(Failure::Confirm)
    }
}
