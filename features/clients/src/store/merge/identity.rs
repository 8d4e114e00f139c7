//! Who the kept client is after the join, and what is restored by parting.

use store::{Query, StoreError, WriteTx, params};

use crate::domain::{ClientError, ClientId, RowId};

/// What the join changes in the kept client and in the merged one's names, to be restored by parting.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Before {
    /// The merged client's code, when the kept one got it.
    code: Option<String>,
    hash: Option<[u8; 32]>,
    kept_birth: Option<String>,
    kept_unit: Option<[u8; 16]>,
    kept_died: Option<String>,
    /// The merged client's current name, which became a former one.
    name: Option<[u8; 16]>,
    /// What the join wrote into the kept client. Parting takes back only what is still so.
    #[serde(default)]
    joined: Option<Joined>,
}

/// Columns of the kept client as the join left them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Joined {
    birth: Option<String>,
    unit: Option<[u8; 16]>,
    died: Option<String>,
}

impl Before {
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

pub(super) fn identity_before(
    tx: &mut impl Query,
    to: ClientId,
    from: ClientId,
) -> Result<Before, ClientError> {
    let sql = "select identity_code, identity_hash, birth_date, responsible_unit, died_on from client where id = $1";
    let kept = tx.query_one(sql, &params![to.bytes()])?;
    let merged = tx.query_one(sql, &params![from.bytes()])?;
    let (own, other): (Option<String>, Option<String>) = (kept.get(0)?, merged.get(0)?);
    if own.is_some() && other.is_some() {
        return Err(ClientError::HasCode);
    }
    let name = tx.query_optional(
        "select id from client_name where client_id = $1 and kind = 'current' order by recorded_at desc limit 1",
        &params![from.bytes()],
    )?;
    let births: [Option<String>; 2] = [kept.get(2)?, merged.get(2)?];
    let units: [Option<[u8; 16]>; 2] = [kept.get(3)?, merged.get(3)?];
    let deaths: [Option<String>; 2] = [kept.get(4)?, merged.get(4)?];
    let [kept_birth, other_birth] = births;
    let ([kept_unit, other_unit], [kept_died, other_died]) = (units, deaths);
    let joined = Joined {
        // The code tells the birth date, so its day goes before one that somebody typed.
        birth: if other.is_some() {
            other_birth
        } else {
            kept_birth.clone().or(other_birth)
        },
        unit: kept_unit.or(other_unit),
        died: kept_died.clone().or(other_died),
    };
    Ok(Before {
        code: other,
        hash: merged.get(1)?,
        kept_birth,
        kept_unit,
        kept_died,
        name: name.map(|row| row.get(0)).transpose()?,
        joined: Some(joined),
    })
}

/// The kept client gets the identity code, and whatever of birth, unit and death it lacks.
pub(super) fn join_identity(
    tx: &mut WriteTx<'_>,
    to: ClientId,
    from: ClientId,
    before: &Before,
) -> Result<(), StoreError> {
    if let Some(joined) = &before.joined {
        write(tx, to, joined)?;
    }
    if let (Some(code), Some(hash)) = (&before.code, before.hash) {
        tx.execute(
            "update client set identity_code = null, identity_hash = null where id = $1",
            &params![from.bytes()],
        )?;
        tx.execute(
            "update client set identity_code = $2, identity_hash = $3 where id = $1",
            &params![to.bytes(), code.as_str(), hash],
        )?;
    }
    if let Some(name) = before.name {
        tx.execute(
            "update client_name set kind = 'former' where id = $1",
            &params![name],
        )?;
    }
    Ok(())
}

/// What a column holds after parting: what stood there before the join, unless somebody has corrected it since.
fn restored<T: Clone + PartialEq>(
    now: Option<T>,
    joined: &Option<T>,
    before: &Option<T>,
) -> Option<T> {
    if now == *joined { before.clone() } else { now }
}

fn write(tx: &mut WriteTx<'_>, client: ClientId, columns: &Joined) -> Result<(), StoreError> {
    tx.execute(
        "update client set birth_date = $2, responsible_unit = $3, died_on = $4 where id = $1",
        &params![
            client.bytes(),
            columns.birth.clone(),
            columns.unit,
            columns.died.clone()
        ],
    )?;
    Ok(())
}

pub(super) fn part_identity(
    tx: &mut WriteTx<'_>,
    id: RowId,
    to: ClientId,
    from: ClientId,
) -> Result<(), ClientError> {
    let text: String = tx
        .query_one(
            "select before from merge where id = $1",
            &params![id.bytes()],
        )?
        .get(0)?;
    let before: Before = serde_json::from_str(&text).map_err(|_| ClientError::Unreadable)?;
    let sql =
        "select identity_hash, birth_date, responsible_unit, died_on from client where id = $1";
    let now = tx.query_one(sql, &params![to.bytes()])?;
    if before.code.is_some() {
        // Somebody else's code by now: the two cannot be parted by machine.
        if now.get::<Option<[u8; 32]>>(0)? != before.hash {
            return Err(ClientError::HasCode);
        }
        tx.execute(
            "update client set identity_code = null, identity_hash = null where id = $1",
            &params![to.bytes()],
        )?;
    }
    if let Some(joined) = &before.joined {
        let restored = Joined {
            birth: restored(now.get(1)?, &joined.birth, &before.kept_birth),
            unit: restored(now.get(2)?, &joined.unit, &before.kept_unit),
            died: restored(now.get(3)?, &joined.died, &before.kept_died),
        };
        write(tx, to, &restored)?;
    }
    tx.execute(
        "update client set state = 'active', merged_into = null, identity_code = $2, identity_hash = $3 where id = $1",
        &params![from.bytes(), before.code, before.hash],
    )?;
    if let Some(name) = before.name {
        tx.execute(
            "update client_name set kind = 'current' where id = $1 and kind = 'former'",
            &params![name],
        )?;
    }
    Ok(())
}
