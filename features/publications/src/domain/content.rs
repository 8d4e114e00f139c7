//! What a publication says: the editor's texts and what was drawn in under them, on one day.
//!
//! A checked version is frozen as text with a seal whose key is not in the database; what is shown is always opened from it.

use std::collections::BTreeMap;

use disclosure::Released;
use kernel::language::Language;
use reporting::domain::{
    ActionState, Arena, Effect, EvidenceKind, Level, Owed, Quality, ResponseKind,
};
use serde::{Deserialize, Serialize};

use super::figures::{Figures, Frozen};
use super::{Kind, PublishError, Section, Span};

/// A publication's content; `F` is what stands for figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Content<F = Figures> {
    pub kind: String,
    pub language: Language,
    pub title: String,
    pub span: String,
    /// The municipality's or the county's name.
    pub area: String,
    /// The unit that it is given to; empty for none.
    pub unit: String,
    /// The day it was drawn together, ISO.
    pub as_of: String,
    pub parts: Vec<Part<F>>,
}

/// A section: the editor's text, then what was drawn in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part<F = Figures> {
    pub section: String,
    pub words: String,
    pub material: Vec<Material<F>>,
}

/// Something drawn in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Material<F = Figures> {
    Phenomenon {
        title: String,
        words: String,
    },
    Analysis(Analysis),
    Figures(F),
    Quote {
        about: String,
        words: String,
    },
    Proposal(ToldProposal),
    Action(ToldAction),
    Influence(ToldInfluence),
    /// Something that is not told because too few stand behind it.
    NotTold {
        about: String,
    },
    /// A coming day of the yearly cycle.
    Day {
        day: String,
        words: String,
    },
}

/// Statements with the evidence they stand on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    pub about: String,
    /// Words, and numbers of the evidence from one on.
    pub statements: Vec<(String, Vec<usize>)>,
    pub evidence: Vec<ToldEvidence>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldEvidence {
    pub kind: String,
    pub words: String,
    pub source: String,
    pub period: String,
    pub area: String,
    pub quality: String,
}

/// A proposal that was sent, with what was answered. Recipient and day are always there: there is no other way to make one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldProposal {
    words: String,
    level: String,
    recipient: String,
    sent_on: String,
    due_on: String,
    pub owed: String,
    pub answers: Vec<ToldAnswer>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldAnswer {
    pub kind: String,
    pub reason: String,
    pub decided_by_role: String,
    pub received_on: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldAction {
    pub words: String,
    pub responsible_role: String,
    pub ends_on: String,
    pub target: String,
    pub state: String,
    pub effect: String,
    pub effect_words: String,
}

/// Where a phenomenon was taken beyond its proposals, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldInfluence {
    /// The phenomenon.
    pub about: String,
    pub level: String,
    pub forum: String,
    /// ISO day.
    pub brought_on: String,
    /// Empty while nothing has come of it.
    pub outcome: String,
}

impl ToldInfluence {
    pub fn level(&self) -> Option<Arena> {
        Arena::from_code(&self.level)
    }
}

impl ToldProposal {
    /// `None` for a proposal that was not sent, or has no recipient or no day of answer: such a one is in no report.
    pub fn of(told: &reporting::store::gather::Told, owed: Owed) -> Option<Self> {
        let proposal = &told.proposal;
        let recipient = proposal.recipient.trim();
        if recipient.is_empty() || proposal.words.trim().is_empty() {
            return None;
        }
        Some(Self {
            words: proposal.words.clone(),
            level: proposal.level.code().to_owned(),
            recipient: recipient.to_owned(),
            sent_on: proposal.sent_on?.to_string(),
            due_on: proposal.due_on.to_string(),
            owed: owed_code(owed).to_owned(),
            answers: told
                .answers
                .iter()
                .map(|one| ToldAnswer {
                    kind: one.written.kind.code().to_owned(),
                    reason: one.written.reason.clone(),
                    decided_by_role: one.written.decided_by_role.clone(),
                    received_on: one.received_on.to_string(),
                })
                .collect(),
        })
    }

    pub fn words(&self) -> &str {
        &self.words
    }

    pub fn level(&self) -> Option<Level> {
        Level::from_code(&self.level)
    }

    pub fn recipient(&self) -> &str {
        &self.recipient
    }

    /// ISO day.
    pub fn sent_on(&self) -> &str {
        &self.sent_on
    }

    /// ISO day.
    pub fn due_on(&self) -> &str {
        &self.due_on
    }
}

/// The code of how an answer stands.
pub const fn owed_code(owed: Owed) -> &'static str {
    match owed {
        Owed::Nothing => "nothing",
        Owed::Waiting => "waiting",
        Owed::Late => "late",
        Owed::Silent => "silent",
    }
}

impl ToldAnswer {
    pub fn kind(&self) -> Option<ResponseKind> {
        ResponseKind::from_code(&self.kind)
    }
}

impl ToldAction {
    pub fn state(&self) -> Option<ActionState> {
        ActionState::from_code(&self.state)
    }

    pub fn effect(&self) -> Option<Effect> {
        Effect::from_code(&self.effect)
    }
}

impl ToldEvidence {
    pub fn kind(&self) -> Option<EvidenceKind> {
        EvidenceKind::from_code(&self.kind)
    }

    pub fn quality(&self) -> Option<Quality> {
        Quality::from_code(&self.quality)
    }
}

impl<F> Part<F> {
    pub fn section(&self) -> Option<Section> {
        Section::from_code(&self.section)
    }
}

impl<F> Content<F> {
    pub fn kind(&self) -> Option<Kind> {
        Kind::from_code(&self.kind)
    }

    pub fn span(&self) -> Option<Span> {
        self.span.parse().ok()
    }

    fn map<G>(self, mut of: impl FnMut(F) -> Option<G>) -> Option<Content<G>> {
        let parts = self
            .parts
            .into_iter()
            .map(|part| {
                let material = part
                    .material
                    .into_iter()
                    .map(|one| {
                        Some(match one {
                            Material::Figures(figures) => Material::Figures(of(figures)?),
                            Material::Phenomenon { title, words } => {
                                Material::Phenomenon { title, words }
                            }
                            Material::Analysis(analysis) => Material::Analysis(analysis),
                            Material::Quote { about, words } => Material::Quote { about, words },
                            Material::Proposal(proposal) => Material::Proposal(proposal),
                            Material::Action(action) => Material::Action(action),
                            Material::Influence(influence) => Material::Influence(influence),
                            Material::NotTold { about } => Material::NotTold { about },
                            Material::Day { day, words } => Material::Day { day, words },
                        })
                    })
                    .collect::<Option<_>>()?;
                Some(Part {
                    section: part.section,
                    words: part.words,
                    material,
                })
            })
            .collect::<Option<_>>()?;
        Some(Content {
            kind: self.kind,
            language: self.language,
            title: self.title,
            span: self.span,
            area: self.area,
            unit: self.unit,
            as_of: self.as_of,
            parts,
        })
    }
}

/// A frozen text and its seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub body: String,
    pub seal: [u8; 32],
}

/// What a seal binds a text to: no version can show the text of another.
fn digest(key: &[u8; 32], of: [u8; 16], version: i64, what: &[u8]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new_keyed(key);
    hasher.update(&of);
    hasher.update(&version.to_le_bytes());
    hasher.update(what);
    hasher.finalize()
}

/// The seal of a version's bytes.
pub fn seal(key: &[u8; 32], (of, version): ([u8; 16], i64), what: &[u8]) -> [u8; 32] {
    *digest(key, of, version, what).as_bytes()
}

/// Whether a seal is that of a version's bytes.
pub fn holds(key: &[u8; 32], (of, version): ([u8; 16], i64), what: &[u8], seal: &[u8]) -> bool {
    // Comparing blake3 hashes takes the same time whatever differs.
    <[u8; 32]>::try_from(seal)
        .is_ok_and(|told| digest(key, of, version, what) == blake3::Hash::from_bytes(told))
}

impl Content {
    /// Every table of figures, in reading order.
    pub fn figures(&self) -> impl Iterator<Item = &Figures> {
        self.parts
            .iter()
            .flat_map(|part| &part.material)
            .filter_map(|one| match one {
                Material::Figures(figures) => Some(figures),
                _ => None,
            })
    }

    /// The content as text for the store.
    pub fn sealed(&self, key: &[u8; 32], of: ([u8; 16], i64)) -> Sealed {
        let frozen = self
            .clone()
            .map(|figures| Some(figures.frozen()))
            .unwrap_or_else(|| unreachable!("every figure freezes"));
        let body = serde_json::to_string(&frozen)
            .unwrap_or_else(|_| unreachable!("texts and numbers are JSON"));
        Sealed {
            seal: seal(key, of, body.as_bytes()),
            body,
        }
    }

    /// Opens what [`Content::sealed`] gave, with the sealed tables of its runs.
    ///
    /// # Errors
    /// [`PublishError::Seal`] when the text or a table was made with another key, for another version, or changed since.
    pub fn open(
        body: &str,
        seal: &[u8],
        key: &[u8; 32],
        of: ([u8; 16], i64),
        runs: &BTreeMap<String, String>,
    ) -> Result<Self, PublishError> {
        if !holds(key, of, body.as_bytes(), seal) {
            return Err(PublishError::Seal);
        }
        let frozen: Content<Frozen> = serde_json::from_str(body).map_err(|_| PublishError::Seal)?;
        let run = |name: &str| Released::open(runs.get(name)?, key).ok();
        frozen
            .map(|figures| Figures::thawed(figures, &run))
            .ok_or(PublishError::Seal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Content {
        Content {
            kind: "sheet".to_owned(),
            language: Language::Fi,
            title: "Häätöuhka".to_owned(),
            span: "2026-1..2026-2".to_owned(),
            area: "Keski-Suomi".to_owned(),
            unit: String::new(),
            as_of: "2026-07-01".to_owned(),
            parts: vec![Part {
                section: "summary".to_owned(),
                words: "Velka kasvaa.".to_owned(),
                material: Vec::new(),
            }],
        }
    }

    #[test]
    fn a_seal_holds_for_one_version_one_key_and_one_text() {
        let (key, of) = ([1; 32], ([2; 16], 1));
        let sealed = content().sealed(&key, of);
        let runs = BTreeMap::new();
        let open =
            |body: &str, seal: &[u8], key: &[u8; 32], of| Content::open(body, seal, key, of, &runs);
        let back = open(&sealed.body, &sealed.seal, &key, of).expect("opens");
        assert_eq!(back, content());
        let forged = sealed.body.replace("Velka", "Onni");
        for (body, seal, key, of) in [
            (forged.as_str(), &sealed.seal[..], &key, of),
            (&sealed.body, &sealed.seal[..], &[3; 32], of),
            (&sealed.body, &sealed.seal[..], &key, ([2; 16], 2)),
            (&sealed.body, &sealed.seal[..], &key, ([9; 16], 1)),
            (&sealed.body, &sealed.seal[..31], &key, of),
            (&sealed.body, &[][..], &key, of),
        ] {
            assert!(matches!(open(body, seal, key, of), Err(PublishError::Seal)));
        }
    }
}
