//! JSON-stat, the form in which StatFin and THL give tables: dimensions, and one row of values in their order.
//!
//! Read here: version 2 with its dimensions at the top, and the older shape that THL uses, with the table inside `dataset`
//! and the names of dimensions inside `dimension`. Values may be a list, or an object that names only the places that have
//! one; they may be texts. A missing value is null, absent or a text that is no number (`..`).

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::{Fault, Figure};

/// Cells that a table may have: dimensions of a hostile or mistaken answer multiply quickly.
const MOST_CELLS: usize = 2_000_000;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    pub label: String,
    pub dimensions: Vec<Dimension>,
    /// In the order of dimensions, the last running fastest.
    pub values: Vec<Option<Figure>>,
    /// When the service changed it last, as it writes it.
    pub updated: Option<String>,
}

/// One dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    pub id: String,
    pub label: String,
    /// Code and label, in the order of values.
    pub items: Vec<(String, String)>,
    pub role: Role,
}

/// What a dimension is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Time,
    Geo,
    Metric,
    None,
}

/// A cell: the code of each dimension, in their order, and the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'a> {
    pub codes: Vec<&'a str>,
    pub value: Option<&'a Figure>,
}

impl Dataset {
    /// Reads a table.
    ///
    /// # Errors
    /// [`Fault::Truncated`] or [`Fault::Wrong`].
    pub fn read(text: &str) -> Result<Self, Fault> {
        let value: Value = serde_json::from_str(text).map_err(|error| Fault::json(&error))?;
        let top = value.get("dataset").unwrap_or(&value);
        let top = top.as_object().ok_or_else(|| wrong("it is no table"))?;
        if let Some(class) = top.get("class").and_then(Value::as_str)
            && class != "dataset"
        {
            return Err(wrong(&format!("it is a {class}, no dataset")));
        }
        let dimensions = dimensions(top)?;
        let values = values(top, dimensions.iter().map(|one| one.items.len()))?;
        Ok(Self {
            label: text_of(top.get("label")),
            dimensions,
            values,
            updated: top
                .get("updated")
                .and_then(Value::as_str)
                .map(str::to_owned),
        })
    }

    /// The dimension with the id and its place.
    pub fn dimension(&self, id: &str) -> Option<(usize, &Dimension)> {
        self.dimensions
            .iter()
            .enumerate()
            .find(|(_, one)| one.id == id)
    }

    /// Every cell.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        self.values.iter().enumerate().map(|(place, value)| Cell {
            codes: self.codes(place),
            value: value.as_ref(),
        })
    }

    fn codes(&self, mut place: usize) -> Vec<&str> {
        let mut codes = vec![""; self.dimensions.len()];
        for (slot, dimension) in codes.iter_mut().zip(&self.dimensions).rev() {
            let size = dimension.items.len();
            *slot = &dimension.items[place % size].0;
            place /= size;
        }
        codes
    }
}

fn wrong(why: &str) -> Fault {
    Fault::Wrong(why.to_owned())
}

fn text_of(value: Option<&Value>) -> String {
    crate::plain(value.and_then(Value::as_str).unwrap_or_default())
}

fn dimensions(top: &Map<String, Value>) -> Result<Vec<Dimension>, Fault> {
    let inside = top
        .get("dimension")
        .and_then(Value::as_object)
        .ok_or_else(|| wrong("it has no dimensions"))?;
    let list = |name: &str| {
        let found = top.get(name).or_else(|| inside.get(name));
        found
            .and_then(Value::as_array)
            .ok_or_else(|| wrong(&format!("it has no list {name}")))
    };
    let (ids, sizes) = (list("id")?, list("size")?);
    if ids.len() != sizes.len() || ids.is_empty() {
        return Err(wrong("ids and sizes of its dimensions do not match"));
    }
    let roles = top.get("role").or_else(|| inside.get("role"));
    let mut seen = BTreeSet::new();
    ids.iter()
        .zip(sizes)
        .map(|(id, size)| {
            let id = id.as_str().ok_or_else(|| wrong("a dimension has no id"))?;
            // Named a thousand times, its items would be read a thousand times.
            if !seen.insert(id) {
                return Err(wrong(&format!("dimension {id} is named twice")));
            }
            let one = inside
                .get(id)
                .ok_or_else(|| wrong(&format!("dimension {id} is not told")))?;
            let items = items(id, one)?;
            if size.as_u64() != Some(items.len() as u64) {
                let count = items.len();
                return Err(wrong(&format!(
                    "dimension {id} has {count} items, not {size}"
                )));
            }
            Ok(Dimension {
                id: id.to_owned(),
                label: text_of(one.get("label")),
                items,
                role: role(roles, id),
            })
        })
        .collect()
}

fn role(roles: Option<&Value>, id: &str) -> Role {
    [
        ("time", Role::Time),
        ("geo", Role::Geo),
        ("metric", Role::Metric),
    ]
    .into_iter()
    .find(|(name, _)| {
        let named = roles
            .and_then(|roles| roles.get(name))
            .and_then(Value::as_array);
        named.is_some_and(|ids| ids.iter().any(|one| one.as_str() == Some(id)))
    })
    .map_or(Role::None, |(_, role)| role)
}

/// Codes and labels in the order of `index`, which is a list of codes, an object from code to place, or absent when there is
/// one item.
fn items(id: &str, dimension: &Value) -> Result<Vec<(String, String)>, Fault> {
    let category = dimension
        .get("category")
        .ok_or_else(|| wrong(&format!("dimension {id} has no categories")))?;
    let labels = category.get("label").and_then(Value::as_object);
    let codes: Vec<String> = match category.get("index") {
        Some(Value::Array(list)) => list
            .iter()
            .map(|code| code.as_str().map(str::to_owned))
            .collect::<Option<_>>()
            .ok_or_else(|| wrong(&format!("dimension {id} has a code that is no text")))?,
        Some(Value::Object(places)) => ordered(id, places)?,
        _ => match labels {
            Some(labels) if labels.len() == 1 => labels.keys().cloned().collect(),
            _ => return Err(wrong(&format!("dimension {id} has no order"))),
        },
    };
    if codes.is_empty() {
        return Err(wrong(&format!("dimension {id} is empty")));
    }
    let label = |code: &String| {
        let label = text_of(labels.and_then(|labels| labels.get(code)));
        if label.is_empty() {
            code.clone()
        } else {
            label
        }
    };
    Ok(codes
        .into_iter()
        .map(|code| (code.clone(), label(&code)))
        .collect())
}

fn ordered(id: &str, places: &Map<String, Value>) -> Result<Vec<String>, Fault> {
    let mut codes: Vec<Option<String>> = vec![None; places.len()];
    for (code, place) in places {
        let slot = place
            .as_u64()
            .and_then(|place| codes.get_mut(usize::try_from(place).ok()?))
            .filter(|slot| slot.is_none())
            .ok_or_else(|| wrong(&format!("dimension {id}: {code} has no place of its own")))?;
        *slot = Some(code.clone());
    }
    // As many places as codes, and no place twice: none is left empty.
    Ok(codes.into_iter().flatten().collect())
}

fn values(
    top: &Map<String, Value>,
    sizes: impl Iterator<Item = usize>,
) -> Result<Vec<Option<Figure>>, Fault> {
    let cells = sizes
        .into_iter()
        .try_fold(1usize, usize::checked_mul)
        .filter(|cells| *cells <= MOST_CELLS)
        .ok_or_else(|| wrong(&format!("it has more than {MOST_CELLS} cells")))?;
    match top.get("value") {
        Some(Value::Array(list)) if list.len() == cells => list.iter().map(figure).collect(),
        Some(Value::Array(list)) => {
            let count = list.len();
            Err(wrong(&format!("it has {count} values for {cells} cells")))
        }
        Some(Value::Object(sparse)) => {
            let mut values = vec![None; cells];
            for (place, value) in sparse {
                let slot = place
                    .parse::<usize>()
                    .ok()
                    .and_then(|place| values.get_mut(place))
                    .ok_or_else(|| {
                        wrong(&format!("it has a value at {place:?} of {cells} cells"))
                    })?;
                *slot = figure(value)?;
            }
            Ok(values)
        }
        _ => Err(wrong("it has no values")),
    }
}

/// A value; none for null and for the marks of missing and secret values.
fn figure(value: &Value) -> Result<Option<Figure>, Fault> {
    match value {
        Value::Null => Ok(None),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Figure::read(&whole.to_string()).ok(),
            None => number.as_f64().and_then(Figure::of),
        }
        .map(Some)
        .ok_or_else(|| wrong(&format!("{number} is no value"))),
        Value::String(text) => match text.trim() {
            "" | "." | ".." | "..." | "-" | "x" => Ok(None),
            text => Figure::read(text)
                .map(Some)
                .map_err(|error| wrong(&error.to_string())),
        },
        other => Err(wrong(&format!("{other} is no value"))),
    }
}
