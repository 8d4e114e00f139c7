//! A code that meets somebody in an act that is no search: it counts, and leaves its trace, as a search does (rights of
//! the domain, section 7).

use kernel::identity_code::IdentityCode;
use kernel::time::day;
use store::{StoreError, WriteTx, params};

use super::limits::{Pause, Way};
use super::search::{self, Met, Terms, Trace};
use super::{Desk, watch};
use crate::domain::{ClientError, ClientId, Reader};
use crate::gate::{self, Granted};

/// On what occasion a code met somebody for whom nobody searched.
#[derive(Debug, Clone, Copy)]
pub enum Occasion {
    /// It is told that the code is another client's. The act that met her was rolled back, or has written nothing, so
    /// this is written by itself, before the answer.
    Taken,
    /// Somebody is named by it in the record of another, by this right. Nothing is told of her, whoever she is.
    Beside(Granted),
}

/// Writes down that a code has met, or has not met, somebody: a search like any other, counted, looked at by the rules
/// of watching, and in the log of the one who was met. While searching waits nobody is named beside another, and the
/// wait is the answer.
///
/// # Errors
/// [`ClientError::NotFound`] for a reader who may neither search nor make clients.
pub fn by_code(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    code: &IdentityCode,
    occasion: Occasion,
) -> Result<Option<Pause>, ClientError> {
    let now = desk.now();
    let granted = match occasion {
        Occasion::Beside(granted) => granted,
        Occasion::Taken => match search::rights(reader, now) {
            Ok(rights) => rights.search,
            Err(_) => gate::general(reader, "client_basics", "create", day(now), &[])?,
        },
    };
    let digest = desk.terms(code.expose());
    let beside = matches!(occasion, Occasion::Beside(_));
    if beside && let Some(pause) = search::waits(tx, desk, reader, Way::Code, now)? {
        let said = (Way::Code, "beside paused", &digest);
        search::log(tx, reader, &granted, now, said, None)?;
        return Ok(Some(pause));
    }
    let candidates = search::candidates(tx, desk, &Terms::Code(*code))?;
    let found = search::look(tx, reader, &candidates, now)?;
    let told = search::tell(tx, &found, reader, now)?;
    let (reason, result, said) = if beside {
        let (_, result) = search::answer(&found, None, false);
        ("related", result, format!("beside {result}"))
    } else {
        ("create", "exists", "taken".to_owned())
    };
    let trace = Trace {
        granted: &granted,
        way: Way::Code,
        reason,
        result,
        said,
        digest,
    };
    search::write_down(tx, desk, reader, &trace, &found, &told)?;
    if beside {
        named(tx, desk, reader, &found)?;
    }
    Ok(None)
}

/// What follows when somebody was named beside another: for a client of one's own it is an entry, and whoever answers
/// for a hidden one is told, as protection goes over a household and shows (661/2009 36-37 §). The same statements
/// whoever was met.
fn named(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    reader: &Reader,
    found: &Met,
) -> Result<(), StoreError> {
    let now = desk.now();
    let id = found.id().unwrap_or(ClientId::from_bytes([0; 16]));
    let seen = if found.opens {
        id
    } else {
        ClientId::from_bytes([0; 16])
    };
    watch::note_entry(tx, reader.staff, Some(seen), now)?;
    let unseen = if found.opens {
        ClientId::from_bytes([0; 16])
    } else {
        id
    };
    tx.execute(
        "insert into client_notice (id, to_unit, client_id, kind, object_id, at) select $1, c.responsible_unit, c.id, 'hidden_named', $2, $3 from client c where c.id = $4 and c.responsible_unit is not null and exists (select 1 from hidden_client h where h.client_id = c.id and h.begins_on <= $5 and h.ends_on >= $5)",
        &params![
            desk.row_id(),
            reader.staff.bytes(),
            now,
            unseen.bytes(),
            day(now).to_string()
        ],
    )?;
    Ok(())
}
