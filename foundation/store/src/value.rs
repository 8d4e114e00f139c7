//! Values that go into statements and come out of rows, the same for both engines.

use kernel::time::{Date, Timestamp, from_millis, millis};

use crate::StoreError;

/// `$1, $2, ...` for a list of so many values after `before` others; `null` for an empty one, which nothing equals.
pub fn places(count: usize, before: usize) -> String {
    if count == 0 {
        return "null".to_owned();
    }
    let places: Vec<String> = (1..=count)
        .map(|place| format!("${}", place + before))
        .collect();
    places.join(", ")
}

/// One value of a statement or a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl Value {
    /// Bytes the value takes, roughly: what a batch counts against its limit.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Null | Self::Int(_) => 8,
            Self::Text(text) => text.len(),
            Self::Blob(bytes) => bytes.len(),
        }
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Int(_) => "integer",
            Self::Text(_) => "text",
            Self::Blob(_) => "bytes",
        }
    }
}

/// The parameters of a statement: `params![id.bytes(), "text", 3, None::<String>]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { ::std::vec::Vec::<$crate::Value>::from([$($crate::Value::from($value)),*]) };
}

macro_rules! from_integer {
    ($($kind:ty),*) => { $(impl From<$kind> for Value {
        fn from(value: $kind) -> Self { Self::Int(i64::from(value)) }
    })* };
}
from_integer!(i64, i32, i16, u32, u16, u8, bool);

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}
impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Blob(value)
    }
}
impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Blob(value.to_vec())
    }
}
impl<const N: usize> From<[u8; N]> for Value {
    fn from(value: [u8; N]) -> Self {
        Self::Blob(value.to_vec())
    }
}
/// Milliseconds UTC.
impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::Int(millis(value))
    }
}
/// ISO text, `2026-03-13`.
impl From<Date> for Value {
    fn from(value: Date) -> Self {
        Self::Text(value.to_string())
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// What a column can be read as.
pub trait FromValue: Sized {
    /// Reads the value; the error text says what was there instead.
    ///
    /// # Errors
    /// The value is of another kind or out of range.
    fn from_value(value: &Value) -> Result<Self, String>;
}

fn other<T>(wanted: &str, value: &Value) -> Result<T, String> {
    Err(format!("{wanted} was wanted, {} is there", value.kind()))
}

impl FromValue for Value {
    fn from_value(value: &Value) -> Result<Self, String> {
        Ok(value.clone())
    }
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Int(number) => Ok(*number),
            _ => other("an integer", value),
        }
    }
}

macro_rules! to_integer {
    ($($kind:ty),*) => { $(impl FromValue for $kind {
        fn from_value(value: &Value) -> Result<Self, String> {
            let number = i64::from_value(value)?;
            Self::try_from(number).map_err(|_| format!(concat!("{} does not fit ", stringify!($kind)), number))
        }
    })* };
}
to_integer!(i32, i16, u64, u32, u16, u8, usize);

impl FromValue for bool {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            _ => other("0 or 1", value),
        }
    }
}
impl FromValue for String {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Text(text) => Ok(text.clone()),
            _ => other("text", value),
        }
    }
}
impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Blob(bytes) => Ok(bytes.clone()),
            _ => other("bytes", value),
        }
    }
}
impl<const N: usize> FromValue for [u8; N] {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Blob(bytes) => bytes
                .as_slice()
                .try_into()
                .map_err(|_| format!("{N} bytes were wanted, {} are there", bytes.len())),
            _ => other("bytes", value),
        }
    }
}
impl FromValue for Timestamp {
    fn from_value(value: &Value) -> Result<Self, String> {
        i64::from_value(value).map(from_millis)
    }
}
impl FromValue for Date {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Text(text) => text.parse().map_err(|_| format!("{text:?} is no date")),
            _ => other("a date", value),
        }
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::Null => Ok(None),
            _ => T::from_value(value).map(Some),
        }
    }
}

/// One row of an answer; columns by their place in the statement, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(Vec<Value>);

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self(values)
    }

    /// Reads column `index`.
    ///
    /// # Errors
    /// [`StoreError::Decode`] when there is no such column or it holds another kind of value.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T, StoreError> {
        let value = self
            .0
            .get(index)
            .ok_or_else(|| StoreError::Decode(format!("the row has no column {index}")))?;
        T::from_value(value).map_err(|what| StoreError::Decode(format!("column {index}: {what}")))
    }

    /// The text of column `index`, not copied.
    ///
    /// # Errors
    /// As [`Row::get`].
    pub fn text(&self, index: usize) -> Result<&str, StoreError> {
        match self.0.get(index) {
            Some(Value::Text(text)) => Ok(text),
            _ => Err(StoreError::Decode(format!(
                "column {index}: text was wanted"
            ))),
        }
    }

    /// The bytes of column `index`, not copied.
    ///
    /// # Errors
    /// As [`Row::get`].
    pub fn bytes(&self, index: usize) -> Result<&[u8], StoreError> {
        match self.0.get(index) {
            Some(Value::Blob(bytes)) => Ok(bytes),
            _ => Err(StoreError::Decode(format!(
                "column {index}: bytes were wanted"
            ))),
        }
    }

    /// How many columns the row has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the row has no columns.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The values, in order.
    pub fn values(&self) -> &[Value] {
        &self.0
    }
}
