//! The cubes of THL (tietokantaraportit).
//!
//! A cube's address is `{prod|beta}/{language}/{subject}/{hydra}/fact_{cube}.json`, with rows, columns and filters named by
//! numbers that are no stable names: the text of a question is the caller's configuration.

use serde::Deserialize;
use serde_json::Value;

use crate::jsonstat::Dataset;
use crate::wire::Wire;
use crate::{Fault, OpenDataError, Settings};

/// Where the service is.
pub const BASE: &str = "https://sampo.thl.fi/pivot";
/// Who keeps the service.
pub const KEEPER: &str = "THL, tietokantaraportit";

/// Where a cube is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Cube {
    /// `prod` or `beta`.
    pub stage: String,
    /// `fi`, `sv` or `en`.
    pub language: String,
    /// Subject, for example `toitu`.
    pub subject: String,
    pub hydra: String,
    pub cube: String,
}

/// What is asked of it, as it stands in a configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub rows: Vec<String>,
    pub columns: Vec<String>,
    pub filters: Vec<String>,
}

/// A node of a dimension: a year, an area, a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub id: String,
    pub label: String,
    /// Level, for example `kunta`.
    pub stage: String,
    pub children: Vec<Node>,
}

/// How deep nodes may lie in each other.
const MOST_LEVELS: usize = 32;

impl Cube {
    fn path(&self, end: &str) -> Result<String, Fault> {
        let Self {
            stage,
            language,
            subject,
            hydra,
            cube,
        } = self;
        if !["prod", "beta"].contains(&stage.as_str()) {
            return Err(Fault::Question(format!("there is no stage {stage}")));
        }
        if !["fi", "sv", "en"].contains(&language.as_str()) {
            return Err(Fault::Question(format!("there is no language {language}")));
        }
        for name in [subject, hydra, cube] {
            let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            if name.is_empty() || !plain {
                return Err(Fault::Question(format!("{name:?} is no name of a cube")));
            }
        }
        Ok(format!(
            "{stage}/{language}/{subject}/{hydra}/fact_{cube}.{end}"
        ))
    }
}

impl Asked {
    /// Parameters of the address.
    ///
    /// # Errors
    /// [`Fault::Question`] for a part that is not `{dimension}-{number}`, `{dimension}-{number}L` (all of a level) or
    /// `{dimension}-{number}.{number}.` (a list, which ends in a dot), and for a question without rows and columns.
    pub fn parameters(&self) -> Result<Vec<(&'static str, String)>, Fault> {
        if self.rows.is_empty() && self.columns.is_empty() {
            return Err(Fault::Question("it asks no rows and no columns".to_owned()));
        }
        let named = [
            ("row", &self.rows),
            ("column", &self.columns),
            ("filter", &self.filters),
        ];
        let mut out = Vec::new();
        for (name, parts) in named {
            for part in parts {
                if !is_part(part) {
                    return Err(Fault::Question(format!(
                        "{name}={part} is not dimension-number"
                    )));
                }
                out.push((name, part.clone()));
            }
        }
        Ok(out)
    }
}

fn is_part(text: &str) -> bool {
    let Some((dimension, numbers)) = text.split_once('-') else {
        return false;
    };
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    if dimension.is_empty() || !dimension.bytes().all(word) {
        return false;
    }
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match numbers.strip_suffix('.') {
        Some(list) => list.split('.').all(number),
        None => number(numbers.strip_suffix('L').unwrap_or(numbers)),
    }
}

/// The service.
#[derive(Debug)]
pub struct Thl {
    wire: Wire,
}

impl Thl {
    /// The service by its settings.
    ///
    /// # Errors
    /// [`Fault::Settings`].
    pub fn new(settings: Settings) -> Result<Self, OpenDataError> {
        Wire::new(settings).map(|wire| Self { wire })
    }

    /// The dimensions of a cube with their nodes.
    ///
    /// # Errors
    /// As [`Fault`] says.
    pub async fn dimensions(&self, cube: &Cube) -> Result<Vec<Node>, OpenDataError> {
        let path = cube
            .path("dimensions.json")
            .map_err(|fault| fault.of(BASE))?;
        let url = self.wire.address(&path, &[]);
        let asked = url.to_string();
        let text = self.wire.get(url).await?;
        read_dimensions(&text).map_err(|fault| fault.of(asked))
    }

    /// Values of a cube.
    ///
    /// # Errors
    /// As [`Fault`] says.
    pub async fn data(&self, cube: &Cube, asked: &Asked) -> Result<Dataset, OpenDataError> {
        let path = cube.path("json").map_err(|fault| fault.of(BASE))?;
        let parameters = asked.parameters().map_err(|fault| fault.of(&path))?;
        let url = self.wire.address(&path, &parameters);
        let asked = url.to_string();
        let text = self.wire.get(url).await?;
        Dataset::read(&text).map_err(|fault| fault.of(asked))
    }
}

/// Reads the list of dimensions, which comes as a call of a function.
///
/// # Errors
/// [`Fault::Truncated`] or [`Fault::Wrong`].
pub fn read_dimensions(text: &str) -> Result<Vec<Node>, Fault> {
    let value: Value = serde_json::from_str(inside(text)?).map_err(|error| Fault::json(&error))?;
    let list = value
        .as_array()
        .ok_or_else(|| Fault::Wrong("it is no list of dimensions".to_owned()))?;
    list.iter().map(|one| node(one, 0)).collect()
}

/// What stands between the parentheses of `name(...);`, or the whole text when there is no call.
fn inside(text: &str) -> Result<&str, Fault> {
    let text = text.trim();
    if text.starts_with(['[', '{']) {
        return Ok(text);
    }
    let name = |c: char| c.is_ascii_alphanumeric() || "._$".contains(c);
    let Some((call, rest)) = text
        .split_once('(')
        .filter(|(call, _)| call.chars().all(name))
    else {
        let told: String = text.chars().take(60).collect();
        return Err(Fault::Wrong(format!(
            "it begins {told:?}, no list of dimensions"
        )));
    };
    let rest = rest.trim_end().trim_end_matches(';').trim_end();
    rest.strip_suffix(')')
        .ok_or_else(|| Fault::Truncated(format!("the call of {call} has no end")))
}

fn node(value: &Value, level: usize) -> Result<Node, Fault> {
    if level > MOST_LEVELS {
        return Err(Fault::Wrong("nodes lie too deep in each other".to_owned()));
    }
    let text = |names: &[&str]| {
        let found = names.iter().find_map(|name| value.get(name));
        match found {
            Some(Value::String(text)) => crate::plain(text),
            Some(Value::Number(number)) => number.to_string(),
            // Labels in several languages: the first that there is.
            Some(Value::Object(languages)) => ["fi", "sv", "en"]
                .iter()
                .find_map(|one| languages.get(*one)?.as_str())
                .map(crate::plain)
                .unwrap_or_default(),
            _ => String::new(),
        }
    };
    // A node is asked by its `sid` where it has one.
    let id = text(&["sid", "id"]);
    if id.is_empty() {
        return Err(Fault::Wrong("a node has no id".to_owned()));
    }
    let children = match value.get("children") {
        Some(Value::Array(list)) => list
            .iter()
            .map(|one| node(one, level + 1))
            .collect::<Result<_, _>>()?,
        _ => Vec::new(),
    };
    Ok(Node {
        id,
        label: text(&["label"]),
        stage: text(&["stage"]),
        children,
    })
}
