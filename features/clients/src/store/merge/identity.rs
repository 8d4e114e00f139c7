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
    Ok(Before {
        code: other,
        hash: merged.get(1)?,
        kept_birth: kept.get(2)?,
        kept_unit: kept.get(3)?,
        kept_died: kept.get(4)?,
        name: name.map(|row| row.get(0)).transpose()?,
    })
}

/// The kept client gets the identity code, and whatever of birth, unit and death it lacks.
pub(super) fn join_identity(
    tx: &mut WriteTx<'_>,
    to: ClientId,
    from: ClientId,
    before: &Before,
) -> Result<(), StoreError> {
    tx.execute(
        "update client set birth_date = case when $3 = 1 then (select f.birth_date from client f where f.id = $2) else coalesce(birth_date, (select f.birth_date from client f where f.id = $2)) end, responsible_unit = coalesce(responsible_unit, (select f.responsible_unit from client f where f.id = $2)), died_on = coalesce(died_on, (select f.died_on from client f where f.id = $2)) where id = $1",
        &params![to.bytes(), from.bytes(), i64::from(before.code.is_some())],
    )?;
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
    if before.code.is_some() {
        tx.execute(
            "update client set identity_code = null, identity_hash = null where id = $1",
            &params![to.bytes()],
        )?;
    }
    tx.execute(
        "update client set birth_date = $2, responsible_unit = $3, died_on = $4 where id = $1",
        &params![
            to.bytes(),
            before.kept_birth,
            before.kept_unit,
            before.kept_died
        ],
    )?;
    tx.execute(
        "update client set state = 'active', merged_into = null, identity_code = $2, identity_hash = $3 where id = $1",
        &params![from.bytes(), before.code, before.hash],
    )?;
    if let Some(name) = before.name {
        tx.execute(
            "update client_name set kind = 'current' where id = $1",
            &params![name],
        )?;
    }
    Ok(())
}
