//! Changes behind the product's back.

use std::path::Path;

/// Runs statements on an SQLite file that no store has open, as somebody with the file in hand would.
///
/// # Panics
/// When a statement fails.
pub fn run_sqlite(path: &Path, sql: &str) {
    let connection = rusqlite::Connection::open(path).expect("the file opens");
    connection.execute_batch(sql).expect("the statements run");
    connection
        .close()
        .map_err(|(_, error)| error)
        .expect("the file closes");
}
