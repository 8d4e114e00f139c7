//! What the directory says of a person.

use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Claims beyond the standard ones, as they came: which of them names the groups is the county's setting.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Extra {
    #[serde(flatten)]
    pub all: Map<String, Value>,
}

impl AdditionalClaims for Extra {}

/// Who the directory says has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// `iss` of the token.
    pub issuer: String,
    /// `sub`: the directory's own lasting name of the person.
    pub subject: String,
    /// The claim by which the county's accounts are found, for example a user name.
    pub login: String,
    /// Groups of the person, in the order of the token; each once.
    pub groups: Vec<String>,
    /// `acr`: how strongly the directory identified the person, when it tells.
    pub strength: Option<String>,
}

/// The texts of a claim: one text, or a list of texts. Anything else is no answer.
pub(crate) fn texts(claims: &Map<String, Value>, name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |text: &str| {
        let text = text.trim();
        if !text.is_empty() && !found.iter().any(|one| one == text) {
            found.push(text.to_owned());
        }
    };
    match claims.get(name) {
        Some(Value::String(text)) => add(text),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).for_each(add),
        _ => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_a_text_or_a_list_of_texts() {
        let claims = |json: Value| json.as_object().cloned().unwrap_or_default();
        let some = claims(serde_json::json!({
            "one": " a ", "list": ["b", "a", "b", "", 7, null], "number": 7, "deep": {"a": 1}
        }));
        assert_eq!(texts(&some, "one"), ["a"]);
        assert_eq!(texts(&some, "list"), ["b", "a"]);
        for none in ["number", "deep", "missing"] {
            assert!(texts(&some, none).is_empty(), "{none}");
        }
    }
}
