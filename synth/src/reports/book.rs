//! The file `reporting.toml`: days are counted back from the end of the history.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Book {
    pub(super) phenomenon: Vec<Phenomenon>,
    pub(super) observation: Vec<Observation>,
    pub(super) wave: Vec<Wave>,
}

/// What many have seen of the same, month after month.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wave {
    pub(super) fate: String,
    /// Observations of each month, the oldest first.
    pub(super) months: Vec<usize>,
    pub(super) themes: Vec<String>,
    pub(super) areas: Vec<String>,
    pub(super) first: Vec<String>,
    pub(super) second: Vec<String>,
}

impl Wave {
    /// Its observations: each month of other workers, in other words, about other municipalities.
    pub(super) fn observations(&self) -> impl Iterator<Item = Observation> {
        const DAYS: i64 = 30;
        let pick = |from: &[String], at: usize| from.get(at % from.len().max(1)).cloned();
        let mut number = 0;
        let mut all = Vec::new();
        for (months_ago, count) in (0..).zip(self.months.iter().rev()) {
            for one in 0..*count {
                let days = i64::try_from(one * 3).unwrap_or(0).min(DAYS - 4);
                let words = [pick(&self.first, number), pick(&self.second, number)];
                all.push(Observation {
                    day: months_ago * DAYS + 2 + days,
                    fate: self.fate.clone(),
                    writer: Some(one + 1),
                    valence: "problem".to_owned(),
                    area: pick(&self.areas, number * number / 3),
                    themes: self.themes.clone(),
                    body: words.into_iter().flatten().collect::<Vec<_>>().join(" "),
                    ..Observation::default()
                });
                number += 1;
            }
        }
        all.into_iter()
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phenomenon {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) themes: Vec<String>,
    pub(super) opened: i64,
    /// Days from now on.
    pub(super) review: i64,
    pub(super) steps: Vec<(String, i64)>,
    pub(super) statement: String,
    pub(super) evidence: Vec<Evidence>,
    #[serde(default)]
    pub(super) influence: Vec<Influence>,
    pub(super) proposal: Vec<Proposal>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Influence {
    pub(super) level: String,
    pub(super) forum: String,
    pub(super) day: i64,
    /// Days from now on.
    pub(super) look: i64,
    pub(super) outcome: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Evidence {
    pub(super) kind: String,
    pub(super) source: String,
    pub(super) period: String,
    pub(super) area: String,
    pub(super) words: String,
    pub(super) quality: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Proposal {
    pub(super) words: String,
    pub(super) level: String,
    pub(super) recipient: String,
    pub(super) recipient_role: String,
    pub(super) drafted: i64,
    /// A draft without.
    pub(super) sent: Option<i64>,
    /// Days back, or ahead with a minus.
    #[serde(default = "soon")]
    pub(super) due: i64,
    pub(super) response: Option<Response>,
    #[serde(default)]
    pub(super) action: Vec<Action>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Response {
    pub(super) day: i64,
    pub(super) kind: String,
    pub(super) reason: String,
    pub(super) role: String,
    pub(super) minutes: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Action {
    pub(super) day: i64,
    pub(super) words: String,
    pub(super) role: String,
    pub(super) ends_in: i64,
    pub(super) target: String,
    pub(super) state: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Observation {
    pub(super) day: i64,
    /// The key of a phenomenon, or where it stands without one.
    pub(super) fate: String,
    /// A worker who follows it on her own page; nobody's without.
    pub(super) writer: Option<usize>,
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) language: String,
    pub(super) valence: String,
    pub(super) area: Option<String>,
    #[serde(default)]
    pub(super) themes: Vec<String>,
    #[serde(default)]
    pub(super) needs: Vec<String>,
    #[serde(default)]
    pub(super) frequency: String,
    #[serde(default)]
    pub(super) people: String,
    #[serde(default)]
    pub(super) cause: String,
    pub(super) body: String,
    #[serde(default)]
    pub(super) proposal: String,
    #[serde(default)]
    pub(super) wished: String,
    #[serde(default)]
    pub(super) reason: String,
}

const fn soon() -> i64 {
    -30
}
