//! Values of PostgreSQL: by the column's type, the driver being strict about it.

use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use super::bulk::Kind;
use crate::{Row, StoreError, Value};

type Failure = Box<dyn std::error::Error + Sync + Send>;

/// The parameters as the driver wants them.
pub(super) fn params(values: &[Value]) -> Result<super::wire::Params<'_>, StoreError> {
    values
        .iter()
        .map(|value| {
            super::check_text(value)?;
            Ok(value as &(dyn ToSql + Sync))
        })
        .collect()
}

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Failure> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => integer(*number, kind, out),
            Self::Text(text) if <&str as ToSql>::accepts(kind) => text.as_str().to_sql(kind, out),
            Self::Blob(bytes) if *kind == Type::BYTEA => bytes.as_slice().to_sql(kind, out),
            other => Err(format!("the statement wants {kind} where {other:?} was given").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn integer(number: i64, kind: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Failure> {
    match *kind {
        Type::INT8 => number.to_sql(kind, out),
        Type::INT4 => i32::try_from(number)?.to_sql(kind, out),
        Type::INT2 => i16::try_from(number)?.to_sql(kind, out),
        Type::BOOL => (number != 0).to_sql(kind, out),
        _ => Err(format!("the statement wants {kind} where the integer {number} was given").into()),
    }
}

/// Reads a row.
pub(super) fn row(row: &tokio_postgres::Row) -> Result<Row, StoreError> {
    let values = (0..row.len()).map(|index| {
        row.try_get::<_, Read>(index)
            .map(|read| read.0)
            .map_err(|error| {
                StoreError::Decode(format!(
                    "column {index}: {}",
                    super::pg_refusal::causes(&error)
                ))
            })
    });
    values.collect::<Result<_, _>>().map(Row::new)
}

/// One array for each column of the rows.
pub(super) fn columns<'a>(
    kinds: &[Kind],
    rows: &'a [Vec<Value>],
) -> Result<Vec<Box<dyn ToSql + Sync + 'a>>, StoreError> {
    kinds
        .iter()
        .enumerate()
        .map(|(index, kind)| {
            let values = rows
                .iter()
                .map(move |row| row.get(index).unwrap_or(&Value::Null));
            let other = |value: &Value| {
                StoreError::Decode(format!("column {index} is {kind:?}, not {}", value.kind()))
            };
            Ok(match kind {
                Kind::Int => Box::new(
                    values
                        .map(|value| match value {
                            Value::Null => Ok(None),
                            Value::Int(number) => Ok(Some(*number)),
                            value => Err(other(value)),
                        })
                        .collect::<Result<Vec<Option<i64>>, _>>()?,
                ) as Box<dyn ToSql + Sync + 'a>,
                Kind::Text => Box::new(
                    values
                        .map(|value| match value {
                            Value::Null => Ok(None),
                            Value::Text(text) => Ok(Some(text.as_str())),
                            value => Err(other(value)),
                        })
                        .collect::<Result<Vec<Option<&str>>, _>>()?,
                ),
                Kind::Blob => Box::new(
                    values
                        .map(|value| match value {
                            Value::Null => Ok(None),
                            Value::Blob(bytes) => Ok(Some(bytes.as_slice())),
                            value => Err(other(value)),
                        })
                        .collect::<Result<Vec<Option<&[u8]>>, _>>()?,
                ),
            })
        })
        .collect()
}

struct Read(Value);

impl<'a> FromSql<'a> for Read {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Failure> {
        Ok(Self(match *kind {
            Type::INT8 => Value::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Value::Int(i32::from_sql(kind, raw)?.into()),
            Type::INT2 => Value::Int(i16::from_sql(kind, raw)?.into()),
            Type::BOOL => Value::Int(bool::from_sql(kind, raw)?.into()),
            Type::NUMERIC => {
                Value::Int(whole(raw).ok_or("a fraction or too large: cast it in the statement")?)
            }
            Type::BYTEA => Value::Blob(raw.to_vec()),
            Type::VOID => Value::Null,
            _ if <String as FromSql>::accepts(kind) => Value::Text(String::from_sql(kind, raw)?),
            _ => {
                return Err(
                    format!("{kind} is not read by the store: cast it in the statement").into(),
                );
            }
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Failure> {
        Ok(Self(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// A whole number in the server's binary form of `numeric`, as `sum` of integers gives it: digits of
/// base 10,000, the first one's weight, the sign.
fn whole(raw: &[u8]) -> Option<i64> {
    let word = |index: usize| {
        raw.get(2 * index..2 * index + 2)
            .map(|two| i16::from_be_bytes([two[0], two[1]]))
    };
    let (digits, weight, sign) = (word(0)?, word(1)?, word(2)?);
    let mut number = 0_i64;
    for place in 0..=weight.max(-1) {
        let digit = if place < digits {
            word(4 + usize::try_from(place).ok()?)?
        } else {
            0
        };
        number = number.checked_mul(10_000)?.checked_add(digit.into())?;
    }
    // Digits after the point must be zero; 0x4000 is the minus sign, more is not a number.
    for place in (weight + 1).max(0)..digits {
        if word(4 + usize::try_from(place).ok()?)? != 0 {
            return None;
        }
    }
    match sign {
        0 => Some(number),
        0x4000 => Some(-number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::whole;

    fn numeric(weight: i16, sign: i16, digits: &[i16]) -> Vec<u8> {
        let head = [digits.len() as i16, weight, sign, 0];
        head.iter()
            .chain(digits)
            .flat_map(|word| word.to_be_bytes())
            .collect()
    }

    #[test]
    fn whole_numerics_are_read_and_fractions_refused() {
        assert_eq!(whole(&numeric(0, 0, &[])), Some(0));
        assert_eq!(whole(&numeric(0, 0, &[42])), Some(42));
        assert_eq!(whole(&numeric(1, 0, &[3])), Some(30_000));
        assert_eq!(whole(&numeric(1, 0x4000, &[3, 1])), Some(-30_001));
        assert_eq!(whole(&numeric(0, 0, &[1, 5000])), None);
        assert_eq!(whole(&numeric(-1, 0, &[5000])), None);
        assert_eq!(whole(&numeric(9, 0, &[1])), None, "too large");
        assert_eq!(whole(&[0, 1]), None);
    }
}
