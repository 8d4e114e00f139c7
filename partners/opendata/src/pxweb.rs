//! StatFin of Statistics Finland: PxWeb, version 1 of its interface.
//!
//! Ids of tables and codes of variables and values are the caller's configuration, never code: on 8 June 2026 all of them were
//! changed. Each question is held against what the table says of itself before it is sent.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::jsonstat::Dataset;
use crate::wire::Wire;
use crate::{Fault, OpenDataError, Settings};

/// Where the service is, before the language.
pub const BASE: &str = "https://pxdata.stat.fi/PxWeb/api/v1";
/// Who keeps the service.
pub const KEEPER: &str = "Tilastokeskus, StatFin";

/// A line of a folder, or of what a search found.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Entry {
    pub id: String,
    /// `l` is a folder, `t` a table; a search does not say.
    #[serde(default, rename = "type")]
    pub kind: String,
    #[serde(default, alias = "title")]
    pub text: String,
    #[serde(default)]
    pub updated: Option<String>,
}

/// What a table says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Table {
    pub title: String,
    pub variables: Vec<Variable>,
}

/// A variable of a table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Variable {
    /// By this the interface knows it.
    pub code: String,
    /// This a person reads.
    pub text: String,
    pub values: Vec<String>,
    #[serde(default, rename = "valueTexts")]
    pub value_texts: Vec<String>,
    /// Left out of a question, it is summed over.
    #[serde(default)]
    pub elimination: bool,
    #[serde(default)]
    pub time: bool,
}

/// What the service allows. Field names are PxWeb's usual ones; what is not told is not limited here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Limits {
    /// Values of one question.
    pub max_values: Option<u64>,
    /// Cells of one answer.
    pub max_cells: Option<u64>,
    /// Questions in a window of time, and the window in seconds.
    pub max_calls: Option<u64>,
    pub time_window: Option<u64>,
}

/// A question to a table, as it stands in a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    pub query: Vec<Choice>,
}

/// The values of one variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub code: String,
    pub selection: Selection,
}

/// How values are chosen: `item` by code, `all` by a pattern, `top` the newest so many, `agg:...` by a grouping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    pub filter: String,
    pub values: Vec<String>,
}

impl Query {
    /// Holds the question against the table and the limits; the number of cells that it asks at most.
    ///
    /// # Errors
    /// [`Fault::Question`], which names what does not fit and what there is instead.
    pub fn check(&self, table: &Table, limits: Limits) -> Result<u64, Fault> {
        let mut cells: u64 = 1;
        for variable in &table.variables {
            let mut choices = self.query.iter().filter(|one| one.code == variable.code);
            let count = match (choices.next(), choices.next()) {
                (None, _) if variable.elimination => 1,
                // Not chosen and not summed over: all of it comes.
                (None, _) => variable.values.len(),
                (Some(one), None) => one.count(variable)?,
                (Some(_), Some(_)) => {
                    return Err(Fault::Question(format!(
                        "{} is chosen twice",
                        variable.code
                    )));
                }
            };
            cells = cells.saturating_mul(count as u64);
        }
        for choice in &self.query {
            if !table.variables.iter().any(|one| one.code == choice.code) {
                let known: Vec<&str> = table
                    .variables
                    .iter()
                    .map(|one| one.code.as_str())
                    .collect();
                let (code, known) = (&choice.code, known.join(", "));
                return Err(Fault::Question(format!(
                    "there is no variable {code}; there are {known}"
                )));
            }
        }
        let asked = self
            .query
            .iter()
            .map(|one| one.selection.values.len() as u64)
            .sum();
        for (name, count, most) in [
            ("cells", cells, limits.max_cells),
            ("values", asked, limits.max_values),
        ] {
            if let Some(most) = most
                && count > most
            {
                return Err(Fault::Question(format!(
                    "it asks {count} {name}, the service gives {most}"
                )));
            }
        }
        Ok(cells)
    }

    fn body(&self) -> String {
        json!({"query": self.query, "response": {"format": "json-stat2"}}).to_string()
    }
}

impl Choice {
    /// How many values of the variable it takes at most.
    fn count(&self, variable: &Variable) -> Result<usize, Fault> {
        let Selection { filter, values } = &self.selection;
        let refused = |why: String| Fault::Question(format!("{}: {why}", self.code));
        if values.is_empty() {
            return Err(refused("no value is chosen".to_owned()));
        }
        match filter.as_str() {
            "item" => match values.iter().find(|value| !variable.values.contains(value)) {
                Some(missing) => {
                    let known = beginning(&variable.values);
                    Err(refused(format!(
                        "there is no value {missing}; there are {known}"
                    )))
                }
                None => Ok(values.len()),
            },
            "top" => match values[0].parse::<usize>() {
                Ok(count) if count > 0 && values.len() == 1 => Ok(count.min(variable.values.len())),
                _ => Err(refused(format!("{} is not a number of values", values[0]))),
            },
            "all" => Ok(variable.values.len()),
            // A grouping's own codes are not in the table.
            grouped if grouped.starts_with("agg:") => Ok(values.len()),
            other => Err(refused(format!("there is no filter {other}"))),
        }
    }
}

fn beginning(values: &[String]) -> String {
    let more = if values.len() > 5 { ", ..." } else { "" };
    let shown: Vec<&str> = values.iter().take(5).map(String::as_str).collect();
    format!("{}{more}", shown.join(", "))
}

/// The service in one language.
#[derive(Debug)]
pub struct Pxweb {
    wire: Wire,
}

impl Pxweb {
    /// The service by its settings; the base ends in the language, `.../v1/fi`.
    ///
    /// # Errors
    /// [`Fault::Settings`].
    pub fn new(settings: Settings) -> Result<Self, OpenDataError> {
        Wire::new(settings).map(|wire| Self { wire })
    }

    /// What is in a folder, for example `StatFin/tyonv`.
    ///
    /// # Errors
    /// As [`Fault`] says.
    pub async fn folder(&self, path: &str) -> Result<Vec<Entry>, OpenDataError> {
        self.read(path, &[]).await
    }

    /// Tables whose texts hold the words.
    ///
    /// # Errors
    /// As [`Fault`] says.
    pub async fn find(&self, path: &str, words: &str) -> Result<Vec<Entry>, OpenDataError> {
        self.read(path, &[("query", words.to_owned())]).await
    }

    /// What a table says of itself.
    ///
    /// # Errors
    /// As [`Fault`] says.
    pub async fn table(&self, path: &str) -> Result<Table, OpenDataError> {
        let table: Table = self.read(path, &[]).await?;
        if table.variables.is_empty() || table.variables.iter().any(|one| one.values.is_empty()) {
            return Err(Fault::Wrong("a table without values".to_owned()).of(path));
        }
        Ok(table)
    }

    /// What the service allows.
    ///
    /// # Errors
    /// As [`Fault`] says.
    pub async fn limits(&self) -> Result<Limits, OpenDataError> {
        let mut url = self.wire.address("", &[]);
        url.set_query(Some("config"));
        let asked = url.to_string();
        let text = self.wire.get(url).await?;
        serde_json::from_str(&text).map_err(|error| Fault::json(&error).of(asked))
    }

    /// The values of a question, after it has been held against the table.
    ///
    /// # Errors
    /// As [`Fault`] says; an answer with other variables than the table's is [`Fault::Wrong`].
    pub async fn data(
        &self,
        path: &str,
        table: &Table,
        query: &Query,
        limits: Limits,
    ) -> Result<Dataset, OpenDataError> {
        query.check(table, limits).map_err(|fault| fault.of(path))?;
        let url = self.wire.address(path, &[]);
        let asked = url.to_string();
        let text = self.wire.post(url, query.body()).await?;
        let data = Dataset::read(&text).map_err(|fault| fault.of(&asked))?;
        answers(&data, query).map_err(|fault| fault.of(asked))?;
        Ok(data)
    }

    async fn read<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, String)],
    ) -> Result<T, OpenDataError> {
        let url = self.wire.address(path, query);
        let asked = url.to_string();
        let text = self.wire.get(url).await?;
        serde_json::from_str(&text).map_err(|error| Fault::json(&error).of(asked))
    }
}

/// The answer has the values that were named, and no others of those variables.
fn answers(data: &Dataset, query: &Query) -> Result<(), Fault> {
    for choice in &query.query {
        let Some((_, dimension)) = data.dimension(&choice.code) else {
            return Err(Fault::Wrong(format!("it has no variable {}", choice.code)));
        };
        let asked = &choice.selection.values;
        if choice.selection.filter == "item"
            && let Some((other, _)) = dimension
                .items
                .iter()
                .find(|(code, _)| !asked.contains(code))
        {
            return Err(Fault::Wrong(format!(
                "it has {other} of {}, which was not asked",
                choice.code
            )));
        }
    }
    Ok(())
}
