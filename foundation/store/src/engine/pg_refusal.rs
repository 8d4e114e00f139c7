//! What a PostgreSQL server refuses, in the words of the store.

use tokio_postgres::error::SqlState;

use crate::StoreError;

/// Names the constraint as SQLite does: `table.column, table.column`.
pub(super) fn engine(error: tokio_postgres::Error) -> StoreError {
    if error.is_closed() {
        return StoreError::Unavailable(causes(&error));
    }
    let Some(refusal) = error.as_db_error() else {
        return StoreError::Engine(Box::new(error));
    };
    let table = refusal.table().unwrap_or_default();
    let name = refusal.constraint().unwrap_or_default();
    match *refusal.code() {
        SqlState::UNIQUE_VIOLATION => {
            let columns = refusal.detail().and_then(key_columns).map(|columns| {
                columns
                    .iter()
                    .map(|column| format!("{table}.{column}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            });
            StoreError::Unique {
                constraint: columns.unwrap_or_else(|| name.to_owned()),
            }
        }
        SqlState::FOREIGN_KEY_VIOLATION => StoreError::Foreign,
        SqlState::NOT_NULL_VIOLATION => {
            StoreError::Rule(format!("{table}.{}", refusal.column().unwrap_or_default()))
        }
        SqlState::CHECK_VIOLATION => StoreError::Rule(name.to_owned()),
        // The server goes, comes, is another one's copy, or has no room: later it is not so.
        SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::READ_ONLY_SQL_TRANSACTION
        | SqlState::DISK_FULL
        | SqlState::IO_ERROR => StoreError::Unavailable(causes(&error)),
        _ => StoreError::Engine(Box::new(Refused(error))),
    }
}

/// What the server refused for a reason of its own. Told with the code and the server's words, which name tables, roles
/// and limits; where those may repeat a value (SQLSTATE classes 22 and 23) the code stands alone, and the details never do.
#[derive(Debug)]
pub(super) struct Refused(tokio_postgres::Error);

impl Refused {
    pub fn code(&self) -> Option<&SqlState> {
        self.0.code()
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.as_db_error() {
            Some(refusal) => out.write_str(&told(refusal.code().code(), refusal.message())),
            None => self.0.fmt(out),
        }
    }
}

/// No source: the driver's own error would bring the details along.
impl std::error::Error for Refused {}

fn told(code: &str, message: &str) -> String {
    if code.starts_with("22") || code.starts_with("23") {
        format!("PostgreSQL refused it ({code})")
    } else {
        format!("PostgreSQL refused it ({code}): {message}")
    }
}

/// The columns in `Key (owner, form_key)=(...) already exists`, in any language of the server; `None`
/// for an index of expressions.
fn key_columns(detail: &str) -> Option<Vec<&str>> {
    let (before, _) = detail.split_once(")=(")?;
    let (_, columns) = before.split_once('(')?;
    let columns: Vec<_> = columns.split(", ").collect();
    let plain = |column: &&str| {
        column
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    columns.iter().all(plain).then_some(columns)
}

/// The error with its causes: the driver's own text is only "db error".
pub(super) fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{key_columns, told};

    #[test]
    fn columns_of_a_unique_violation() {
        assert_eq!(
            key_columns("Key (owner, form_key)=(\\x00, a) already exists."),
            Some(vec!["owner", "form_key"])
        );
        assert_eq!(
            key_columns("Schlüssel »(code)=(A)« existiert bereits."),
            Some(vec!["code"])
        );
        assert_eq!(key_columns("Key (lower(name))=(a) already exists."), None);
        assert_eq!(key_columns("something else"), None);
    }
    #[test]
    fn a_refusal_is_told_without_values() {
        assert_eq!(
            told("42501", "permission denied for schema county_15"),
            "PostgreSQL refused it (42501): permission denied for schema county_15"
        );
        for code in ["22007", "22P02", "23514"] {
            let said = told(code, "invalid input syntax for type date: \"131052-308T\"");
            assert_eq!(said, format!("PostgreSQL refused it ({code})"));
        }
    }
}
