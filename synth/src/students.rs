//! The student on placement, guided by a social worker who has named some clients of her own (457/2024 21 §).

use casework::store::Casework;
use identity::people::StaffId;
use kernel::time::{SignedDuration, Timestamp, day};
use notes::store::tutoring;
use store::{Query, WriteTx, params};

use crate::SynthError;
use crate::cases::Hand;
use crate::clients::reader;
use crate::staffing::{Role, Staffing};

/// Days of the placement that are left.
const DAYS: i64 = 60;
/// Clients whom the tutor has named.
const CLIENTS: i64 = 3;

/// The lead says who guides the student, and the tutor names clients whose own worker she is.
///
/// # Errors
/// When an act is refused: then a rule of the product has been broken.
pub fn guide(
    tx: &mut WriteTx<'_>,
    matters: &Casework,
    staffing: &Staffing,
    now: Timestamp,
) -> Result<(), SynthError> {
    let (Some(student), Some((unit, workers))) = (staffing.student, staffing.social.first()) else {
        return Ok(());
    };
    let Some(tutor) = workers.first() else {
        return Ok(());
    };
    let lead: [u8; 16] = tx
        .query_one(
            "select lead_id from unit where id = $1",
            &params![unit.bytes()],
        )?
        .get(0)?;
    let hand = |staff, role| Hand {
        staff,
        unit: *unit,
        role,
    };
    let until = day(now + SignedDuration::from_hours(24 * DAYS));
    let leading = reader(hand(StaffId::from_bytes(lead), Role::Lead));
    tutoring::begin(tx, matters, &leading, (student, *tutor), until)?;
    let own = tx.query(
        "select r.client_id from relation r join client c on c.id = r.client_id where r.staff_id = $1 and r.kind = 'own_worker' and r.ends_at is null and c.state = 'active' and exists (select 1 from matter_client mc join matter m on m.id = mc.matter_id where mc.client_id = r.client_id and mc.left_at is null and m.state = 'open' and m.holder_staff = $1) order by r.began_at, r.id limit $2",
        &params![tutor.bytes(), CLIENTS],
    )?;
    for row in own {
        let client = ::clients::ClientId::from_bytes(row.get(0)?);
        let tutor = reader(hand(*tutor, Role::SocialWorker));
        tutoring::name(tx, matters, &tutor, client, student)?;
    }
    Ok(())
}
