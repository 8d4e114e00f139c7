//! The bulk insert of log entries on PostgreSQL: one of the few statements that differ between the
//! engines. Entries and head go in one statement, so a batch of readings is one round trip.

use access::log::SealedHead;
use tokio_postgres::Statement;

use super::{PackedEntry, wire::Wire};

pub(super) const INSERT: &str = "with entries as (
    insert into log_entry (position, header, body, link)
    select * from unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bytea[])
)
insert into log_head (writer, count, link, code) values ($5, $6, $7, $8)
on conflict (writer) do update set count = excluded.count, link = excluded.link, code = excluded.code";

pub(super) fn insert(
    wire: &Wire,
    before: &str,
    statement: &Statement,
    entries: &[PackedEntry],
    sealed: &SealedHead,
) -> Result<(), tokio_postgres::Error> {
    let positions: Vec<i64> = entries.iter().map(|entry| entry.position).collect();
    let headers: Vec<&[u8]> = entries
        .iter()
        .map(|entry| entry.header.as_slice())
        .collect();
    let bodies: Vec<&[u8]> = entries.iter().map(|entry| entry.body.as_slice()).collect();
    let links: Vec<&[u8]> = entries.iter().map(|entry| entry.link.as_slice()).collect();
    let head = &sealed.head;
    let (writer, count) = (i64::from(head.writer), head.count as i64);
    let (link, code) = (head.link.as_slice(), sealed.code.as_slice());
    let params: &[&(dyn tokio_postgres::types::ToSql + Sync)] = &[
        &positions, &headers, &bodies, &links, &writer, &count, &link, &code,
    ];
    wire.execute(before, statement, params).map(drop)
}
