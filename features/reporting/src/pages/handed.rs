//! What a recipient is shown of a proposal and of what it rests on: on her own page, and as a preview to whoever sends it. Both have it
//! from here, so that they cannot differ.

use text::few::tells_few;
use text::screening::Weight;
use web::{Failure, House, Texts};

use super::labels;
use super::reading::{Mark, Reader, marked, without_certain};
use crate::domain::{EvidenceKind, Handed, HandedEvidence};
use crate::store::proposals::Proposal;

/// Evidence of a statement, as an outsider has it.
pub struct EvidenceView {
    pub kind: String,
    /// Empty where only the kind may be told.
    pub words: String,
    pub source: String,
}

pub struct StatementView {
    pub words: String,
    pub evidence: Vec<EvidenceView>,
}

/// Everything the recipient decides on.
pub struct HandedView {
    pub recipient: String,
    pub words: String,
    pub due: String,
    pub title: String,
    pub about: String,
    pub statements: Vec<StatementView>,
    /// Of some evidence only the kind is told.
    pub kinds_alone: bool,
    /// For whoever sends it: something is not shown, since it tells of a few people by number.
    pub left_out: bool,
    /// For whoever sends it: places that may tell who somebody is and are shown all the same.
    pub marks: Vec<Mark>,
}

/// What is shown of a proposal, without what surely tells who somebody is and without small numbers of people: no number of people goes
/// to an outsider but through disclosure control, and what is typed by hand has not been there.
///
/// # Errors
/// When the thread fails that looks through the texts.
pub async fn view(
    house: &House,
    t: &Texts,
    proposal: &Proposal,
    handed: Handed,
) -> Result<HandedView, Failure> {
    let (house, t, proposal) = (house.clone(), t.clone(), proposal.clone());
    // Looking through texts takes a moment: not on the thread that answers.
    tokio::task::spawn_blocking(move || told(&Reader::of(&house), &t, &proposal, handed))
        .await
        .map_err(Failure::internal)
}

struct Telling<'a> {
    reader: &'a Reader,
    t: &'a Texts,
    left_out: bool,
    marks: Vec<Mark>,
}

impl Telling<'_> {
    fn text(&mut self, text: &str) -> String {
        let found = self.reader.find(text);
        for mark in marked(self.t, text, &found, Some(Weight::Ask)) {
            if self.marks.iter().all(|one| one.text != mark.text) {
                self.marks.push(mark);
            }
        }
        without_certain(text, &found)
    }

    /// A text that is left out when it tells of few.
    fn counted(&mut self, text: &str) -> Option<String> {
        if tells_few(text) {
            self.left_out = true;
            return None;
        }
        Some(self.text(text))
    }

    fn evidence(&mut self, one: HandedEvidence) -> EvidenceView {
        let kind = EvidenceKind::from_code(&one.kind);
        let source = [one.source, labels::when(self.t, one.period), one.area]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        EvidenceView {
            kind: kind.map_or_else(String::new, |kind| labels::evidence_kind(self.t, kind)),
            words: self.counted(&one.words).unwrap_or_default(),
            source: self.text(&source),
        }
    }
}

fn told(reader: &Reader, t: &Texts, proposal: &Proposal, handed: Handed) -> HandedView {
    let mut telling = Telling {
        reader,
        t,
        left_out: false,
        marks: Vec::new(),
    };
    let recipient = format!("{}, {}", proposal.recipient, proposal.recipient_role);
    let kinds_alone = handed
        .statements
        .iter()
        .flat_map(|one| &one.evidence)
        .any(|one| EvidenceKind::from_code(&one.kind).is_none_or(|kind| !kind.is_public()));
    let mut statements = Vec::new();
    for one in handed.statements {
        if let Some(words) = telling.counted(&one.words) {
            statements.push(StatementView {
                words,
                evidence: one
                    .evidence
                    .into_iter()
                    .map(|one| telling.evidence(one))
                    .collect(),
            });
        }
    }
    HandedView {
        recipient: telling.text(&recipient),
        words: telling.text(&proposal.words),
        due: t.full_day(proposal.due_on),
        title: telling.counted(&handed.title).unwrap_or_default(),
        about: telling.counted(&handed.about).unwrap_or_default(),
        statements,
        kinds_alone,
        left_out: telling.left_out,
        marks: telling.marks,
    }
}
