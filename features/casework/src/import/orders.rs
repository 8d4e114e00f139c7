//! Non-disclosure for safety in an import: nobody comes in unprotected because one of her rows is silent or wrong.

use std::collections::HashMap;

use kernel::time::Date;

use super::{Fields, ImportRow, LONGEST, Refusal};

/// An order of non-disclosure for safety that is in force in the other system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportOrder {
    /// Its last day.
    Until(Date),
    /// In force, and its end is not known.
    Unknown,
}

impl ImportOrder {
    /// Its last day, when known.
    pub const fn last(self) -> Option<Date> {
        match self {
            Self::Until(day) => Some(day),
            Self::Unknown => None,
        }
    }
}

/// What the rows of each client tell of non-disclosure, refused rows too; `None` when they do not agree or one cannot be
/// read.
#[derive(Default)]
pub(super) struct Orders(HashMap<String, Option<ImportOrder>>);

impl Orders {
    pub(super) fn note(&mut self, fields: &Fields<'_>) {
        let Ok(Some(client)) = fields.text("client_id", LONGEST) else {
            return;
        };
        let order = match fields.order() {
            Ok(None) => return,
            Ok(order) => order,
            Err(_) => None,
        };
        self.0
            .entry(client)
            .and_modify(|known| *known = known.filter(|_| *known == order))
            .or_insert(order);
    }

    /// Gives a row what any row of its client tells: she is protected from her first row on. When that is not clear, no
    /// row of hers is brought in.
    pub(super) fn protect(&self, row: &mut ImportRow) -> Result<(), Refusal> {
        match self.0.get(&row.client_id) {
            None => Ok(()),
            Some(Some(order)) => {
                row.order = Some(*order);
                Ok(())
            }
            Some(None) => Err(Refusal {
                line: row.line,
                why: "non_disclosure_until is wrong or another one in some row of this client"
                    .to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read;

    #[test]
    fn an_order_is_read_and_holds_for_every_row_of_its_client() {
        let head =
            "client_id;birth_date;family_name;unit;matter_id;matter_name;non_disclosure_until\n";
        let all = |rows: &str| read(format!("{head}{rows}").as_bytes()).unwrap();
        let person = |id: &str, until: &str| format!("{id};1980-05-04;V;pohj;;;{until}\n");
        let (rows, refused) = all(&[
            person("1", "4.5.2028"),
            person("2", "Unknown"),
            person("3", ""),
            person("3", "2028-01-01"),
        ]
        .concat());
        let until = ImportOrder::Until(Date::constant(2028, 1, 1));
        let orders: Vec<_> = rows.iter().map(|row| row.order).collect();
        assert_eq!(
            orders,
            [
                Some(ImportOrder::Until(Date::constant(2028, 5, 4))),
                Some(ImportOrder::Unknown),
                Some(until),
                Some(until),
            ]
        );
        assert_eq!(refused, []);
        // A row that is refused for something else still protects the client of the others.
        let (rows, refused) = all(&[
            person("4", ""),
            "4;1980-05-04;V;pohj;m;shoes;unknown\n".to_owned(),
        ]
        .concat());
        assert_eq!(
            (rows[0].order, refused.len()),
            (Some(ImportOrder::Unknown), 1)
        );
        // What cannot be read, and rows that do not agree: nobody comes in unprotected.
        for wrong in ["31.2.2028", "yes"] {
            let (rows, refused) = all(&[person("5", ""), person("5", wrong)].concat());
            assert_eq!((rows.len(), refused.len()), (0, 2));
            let why: Vec<_> = refused.iter().map(|one| one.why.as_str()).collect();
            assert!(
                why.contains(&"non_disclosure_until is no day, nor unknown"),
                "{why:?}"
            );
        }
        let (rows, refused) = all(&[
            person("6", "unknown"),
            person("6", "2028-01-01"),
            person("6", "unknown"),
            person("7", ""),
        ]
        .concat());
        assert_eq!((rows.len(), refused.len()), (1, 3));
        assert_eq!(rows[0].order, None);
    }
}
