//! What a recipient is handed with a proposal: what she decides on, and nothing that may not leave the house.

use serde::{Deserialize, Serialize};

use super::EvidenceKind;

impl EvidenceKind {
    /// Whether anybody can read the same elsewhere. Of observations, experience, own figures, complaints and decisions an outsider
    /// is told only that there are some: their words have been through no disclosure control.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Statistic | Self::Research)
    }
}

/// What a proposal rests on, as it stood when it was sent. Words are as they were written; the page screens them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// Of the phenomenon.
    pub title: String,
    /// What it is about; may be empty.
    pub about: String,
    pub statements: Vec<HandedStatement>,
}

/// A statement and what it stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedStatement {
    pub words: String,
    pub evidence: Vec<HandedEvidence>,
}

/// A piece of evidence. Only of a public kind are there words and a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedEvidence {
    /// Code of an [`EvidenceKind`].
    pub kind: String,
    pub words: String,
    /// Where it is from, of what time and which area.
    pub source: String,
    pub period: String,
    pub area: String,
}

impl HandedEvidence {
    /// As a recipient may have it.
    pub fn of(kind: EvidenceKind, [words, source, period, area]: [String; 4]) -> Self {
        let told = |text| {
            if kind.is_public() {
                text
            } else {
                String::new()
            }
        };
        Self {
            kind: kind.code().to_owned(),
            words: told(words),
            source: told(source),
            period: told(period),
            area: told(area),
        }
    }
}

impl Handed {
    /// Tells one from another: what an editor has seen from what has become of it meanwhile.
    pub fn mark(&self) -> String {
        let told = serde_json::to_vec(self).unwrap_or_default();
        blake3::hash(&told).to_hex().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_of_what_is_public_elsewhere_there_are_words() {
        for kind in EvidenceKind::ALL {
            let texts = ["sanat", "lähde", "aika", "alue"].map(str::to_owned);
            let handed = HandedEvidence::of(*kind, texts);
            let public = ["statistic", "research"].contains(&kind.code());
            for text in [&handed.words, &handed.source, &handed.period, &handed.area] {
                assert_eq!(text.is_empty(), !public, "{kind:?}");
            }
        }
    }

    #[test]
    fn another_word_is_another_mark() {
        let one = Handed {
            title: "Vuokravelka".to_owned(),
            ..Handed::default()
        };
        let other = Handed {
            about: "Uusi".to_owned(),
            ..one.clone()
        };
        assert_eq!(one.mark(), one.clone().mark());
        assert_ne!(one.mark(), other.mark());
    }
}
