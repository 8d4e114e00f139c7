//! What a document holds: parts, and in each part fields with their texts and codes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The fields of one part by name. A field without text is not kept, so two parts that read alike are equal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub BTreeMap<String, Vec<String>>);

impl Fields {
    /// The text of a field; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// Every value of a field that repeats.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a field holds the value.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|one| one == value)
    }

    /// Sets a field; nothing but space takes it away.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.set_all(name, vec![value.into()]);
    }

    /// Sets a field that repeats.
    pub fn set_all(&mut self, name: &str, values: Vec<String>) {
        let kept: Vec<String> = values
            .into_iter()
            .map(|value| value.replace("\r\n", "\n"))
            .filter(|value| !value.trim().is_empty())
            .collect();
        if kept.is_empty() {
            self.0.remove(name);
        } else {
            self.0.insert(name.to_owned(), kept);
        }
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As text: the same fields give the same text.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Fields {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut fields = Self::default();
        for (name, value) in pairs {
            let name = name.into();
            let mut values = fields.all(&name).to_vec();
            values.push(value.into());
            fields.set_all(&name, values);
        }
        fields
    }
}

/// A whole document: the fields of each part by the part's code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Body(pub BTreeMap<String, Fields>);

impl Body {
    /// The fields of a part; none when there is no such part.
    pub fn part(&self, code: &str) -> Option<&Fields> {
        self.0.get(code)
    }

    /// The text of a field of a part; empty when there is none.
    pub fn get(&self, part: &str, name: &str) -> &str {
        self.part(part).map_or("", |fields| fields.get(name))
    }

    /// Puts a part; an empty one is left out.
    pub fn put(&mut self, code: impl Into<String>, fields: Fields) {
        if !fields.is_empty() {
            self.0.insert(code.into(), fields);
        }
    }

    /// As text: the same document gives the same text, over which its digest is counted.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_written_is_not_kept() {
        let mut fields = Fields::default();
        fields.set("text", "  \n");
        assert!(fields.is_empty());
        fields.set("text", "a\r\nb");
        assert_eq!(fields.get("text"), "a\nb");
        fields.set_all("codes", vec!["1".into(), String::new(), "2".into()]);
        assert_eq!(fields.all("codes"), ["1", "2"]);
        assert!(fields.has("codes", "2") && !fields.has("codes", "3"));
        assert_eq!(fields.get("nothing"), "");
    }

    #[test]
    fn the_same_document_gives_the_same_text() {
        let one: Fields = [("b", "2"), ("a", "1"), ("b", "3")].into_iter().collect();
        let other: Fields = [("b", "2"), ("b", "3"), ("a", "1")].into_iter().collect();
        assert_eq!(one.to_json(), r#"{"a":["1"],"b":["2","3"]}"#);
        assert_eq!(one.to_json(), other.to_json());
        let mut body = Body::default();
        body.put("empty", Fields::default());
        body.put("part", one);
        assert_eq!(body.to_json(), r#"{"part":{"a":["1"],"b":["2","3"]}}"#);
        assert_eq!(
            serde_json::from_str::<Body>(&body.to_json()).unwrap_or_default(),
            body
        );
    }
}
