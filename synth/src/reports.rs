//! Social reporting of the county, through the acts of its own room: observations come in by the box, the editor screens and
//! groups them, proposals are sent and answered. Beside it open statistics of the county's municipalities.

mod book;

use std::collections::BTreeMap;

use access::rights::Subject;
use identity::people::StaffId;
use kernel::chance::Chance;
use kernel::clock::ManualClock;
use kernel::language::Language;
use kernel::time::{Date, SignedDuration, Timestamp, day};
use reporting::domain::{
    ActionState, Arena, Cause, EvidenceKind, Frequency, Level, NewProposal, NewResponse,
    ObservationState, People, PhenomenonState, Quality, ReportError, ReporterKind, ResponseKind,
    Theme, Valence, Written,
};
use reporting::store::bench::{self, Cleaned};
use reporting::store::influence::{self, NewInfluence};
use reporting::store::observe::{self, Source};
use reporting::store::phenomena::{self, Described, NewEvidence};
use reporting::store::proposals::{self, Answerer, Link, NewAction};
use reporting::store::{Editor, ObservationId, PhenomenonId, random_id};
use store::{Query, Store, WriteTx, params};

use crate::SynthError;
use crate::places;
use crate::staffing::{Role, Staffing, publisher};
use book::{Book, Observation, Phenomenon, Proposal, Wave};

/// What was reported, counted while it is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reported {
    pub observations: usize,
    /// Not screened yet.
    pub waiting: usize,
    /// Screened, and in no phenomenon.
    pub ungrouped: usize,
    pub set_aside: usize,
    pub grouped: usize,
    pub phenomena: usize,
    pub proposals: usize,
    pub drafts: usize,
    pub answered: usize,
    /// Their day has passed without an answer.
    pub late: usize,
    pub actions: usize,
    /// Taken on to those who decide.
    pub brought_on: usize,
}

/// A word of the file that its room does not know.
fn code<T>(read: impl Fn(&str) -> Option<T>, word: &str) -> Result<T, SynthError> {
    read(word).ok_or_else(|| SynthError::Code(word.to_owned()))
}

fn some<T>(read: impl Fn(&str) -> Option<T>, word: &str) -> Result<Option<T>, SynthError> {
    if word.is_empty() {
        return Ok(None);
    }
    code(read, word).map(Some)
}

fn themes(words: &[String]) -> Result<Vec<Theme>, SynthError> {
    words
        .iter()
        .map(|word| code(Theme::from_code, word))
        .collect()
}

/// What the acts need.
struct Bench<'a, 't, 'w> {
    tx: &'t mut WriteTx<'w>,
    clock: &'a ManualClock,
    chance: &'a dyn Chance,
    staffing: &'a Staffing,
    county: &'a str,
    now: Timestamp,
    editor: StaffId,
    /// Random names of the units.
    units: BTreeMap<[u8; 16], [u8; 16]>,
    reported: Reported,
}

/// Reports what the county has seen. Nothing when it has no editor.
///
/// # Errors
/// When an act is refused: then a rule of the product has been broken.
pub fn report(
    tx: &mut WriteTx<'_>,
    clock: &ManualClock,
    chance: &dyn Chance,
    staffing: &Staffing,
    (county, now): (&str, Timestamp),
) -> Result<Reported, SynthError> {
    let editor = staffing
        .all
        .iter()
        .find(|(_, _, role)| *role == Role::Structural);
    let Some((editor, unit, _)) = editor else {
        return Ok(Reported::default());
    };
    // Older than anything that is written below.
    let began_on = day(now - SignedDuration::from_hours(24 * 365));
    publisher(tx, (clock, chance), *unit, began_on)?;
    let mut book: Book = toml::from_str(include_str!("../data/reporting.toml"))?;
    let waves: Vec<_> = book.wave.iter().flat_map(Wave::observations).collect();
    book.observation.extend(waves);
    let mut bench = Bench {
        tx,
        clock,
        chance,
        staffing,
        county,
        now,
        editor: *editor,
        units: BTreeMap::new(),
        reported: Reported::default(),
    };
    let ids = bench.observations(&book.observation)?;
    for one in &book.phenomenon {
        let grouped: Vec<ObservationId> = book
            .observation
            .iter()
            .zip(&ids)
            .filter(|(seen, _)| seen.fate == one.key)
            .map(|(_, id)| *id)
            .collect();
        bench.phenomenon(one, &grouped)?;
    }
    let reported = bench.reported;
    clock.set(now);
    Ok(reported)
}

impl Bench<'_, '_, '_> {
    fn at(&self, days: i64) -> Timestamp {
        self.now - SignedDuration::from_hours(24 * days)
    }

    fn day(&self, days: i64) -> Date {
        day(self.at(days))
    }

    /// The editor on an earlier day. The clock goes along: ids of phenomena hold their time.
    fn editor(&self, days: i64) -> Editor {
        let (tasks, qualifications) = Role::Structural.rights();
        self.clock.set(self.at(days));
        Editor {
            staff: self.editor,
            subject: Subject::employee(tasks, qualifications),
            now: self.at(days),
        }
    }

    /// Writes all of them down, the oldest first, and gives their ids in the order of the file.
    fn observations(&mut self, all: &[Observation]) -> Result<Vec<ObservationId>, SynthError> {
        let mut receipts: Vec<[u8; 32]> = Vec::new();
        for one in all {
            let mut receipt = [0; 32];
            self.chance.fill(&mut receipt);
            receipts.push(receipt);
            let source = self.source(one)?;
            let written = written(self.county, one)?.checked()?;
            let day = self.day(one.day);
            observe::put(self.tx, self.chance, &written, receipt, source, day)?;
            self.reported.observations += 1;
        }
        observe::empty_box(self.tx, self.chance, self.day(0))?;
        let mut ids = Vec::new();
        for (one, receipt) in all.iter().zip(receipts) {
            let row = self.tx.query_one(
                "select id from observation where receipt = $1",
                &params![receipt.to_vec()],
            )?;
            let id = ObservationId::from_bytes(row.get(0)?);
            self.screen(one, id)?;
            ids.push(id);
        }
        Ok(ids)
    }

    /// The random names of whoever wants to follow it.
    fn source(&mut self, one: &Observation) -> Result<Source, SynthError> {
        let workers: Vec<_> = self
            .staffing
            .all
            .iter()
            .filter(|(id, _, role)| {
                matches!(role, Role::SocialWorker | Role::Counsellor)
                    && Some(*id) != self.staffing.departed
            })
            .collect();
        // Every third of them, so that they are of many units.
        let Some((staff, unit, _)) = one
            .writer
            .and_then(|number| workers.get((number - 1) * 3 % workers.len().max(1)))
        else {
            return Ok(Source::default());
        };
        let chance = self.chance;
        let unit = *self
            .units
            .entry(unit.bytes())
            .or_insert_with(|| random_id(chance));
        Ok(Source {
            writer: Some(observe::writer(self.tx, self.chance, *staff)?),
            unit: Some(unit),
        })
    }

    fn screen(&mut self, one: &Observation, id: ObservationId) -> Result<(), SynthError> {
        let editor = self.editor((one.day - 1).max(0));
        match one.fate.as_str() {
            "sent" => self.reported.waiting += 1,
            "aside" => {
                bench::set_aside(self.tx, &editor, id, 1, &one.reason)?;
                self.reported.set_aside += 1;
            }
            fate => {
                let cleaned = Cleaned {
                    body: one.body.clone(),
                    proposal: one.proposal.clone(),
                    wished: one.wished.clone(),
                };
                bench::screen(self.tx, &editor, id, 1, &cleaned)?;
                if fate == "screened" {
                    self.reported.ungrouped += 1;
                }
            }
        }
        debug_assert_ne!(
            bench::one(self.tx, &editor, id)?.state,
            ObservationState::Grouped
        );
        Ok(())
    }

    fn phenomenon(
        &mut self,
        one: &Phenomenon,
        observations: &[ObservationId],
    ) -> Result<(), SynthError> {
        let editor = self.editor(one.opened);
        let described = Described {
            title: one.title.clone(),
            description: one.description.clone(),
            themes: themes(&one.themes)?,
            owner: self.editor,
            review_on: self.day(-one.review),
        };
        let made = (self.clock as &dyn kernel::clock::Clock, self.chance);
        let id = phenomena::open(self.tx, &editor, made, described)?;
        bench::group(self.tx, &editor, observations, id)?;
        self.reported.phenomena += 1;
        self.reported.grouped += observations.len();
        let mut behind = Vec::new();
        for piece in &one.evidence {
            let new = NewEvidence {
                kind: code(EvidenceKind::from_code, &piece.kind)?,
                source: piece.source.clone(),
                period: piece.period.clone(),
                area: places::area_here(self.county, &piece.area),
                words: piece.words.clone(),
                quality: code(Quality::from_code, &piece.quality)?,
            };
            behind.push(phenomena::add_evidence(self.tx, &editor, made, id, &new)?);
        }
        phenomena::state_that(self.tx, &editor, made, id, &one.statement, &behind)?;
        for (state, days) in &one.steps {
            let editor = self.editor(*days);
            let revision = phenomena::find(self.tx, &editor, id)?.revision;
            let state = code(PhenomenonState::from_code, state)?;
            phenomena::step(self.tx, &editor, (id, revision), state, "")?;
        }
        for brought in &one.influence {
            let new = NewInfluence {
                level: code(Arena::from_code, &brought.level)?,
                forum: brought.forum.clone(),
                brought_on: self.day(brought.day),
                outcome: brought.outcome.clone(),
                look_on: Some(self.day(-brought.look)),
            };
            influence::bring(self.tx, &self.editor(brought.day), made, id, &new)?;
            self.reported.brought_on += 1;
        }
        for proposal in &one.proposal {
            self.proposal(id, proposal)?;
        }
        Ok(())
    }

    fn proposal(&mut self, of: PhenomenonId, one: &Proposal) -> Result<(), SynthError> {
        let editor = self.editor(one.drafted);
        let made = (self.clock as &dyn kernel::clock::Clock, self.chance);
        let new = NewProposal {
            words: one.words.clone(),
            level: code(Level::from_code, &one.level)?,
            recipient: one.recipient.clone(),
            recipient_role: one.recipient_role.clone(),
            due_on: self.day(one.due),
        };
        let id = proposals::draft(self.tx, &editor, made, of, new)?;
        self.reported.proposals += 1;
        let Some(sent) = one.sent else {
            self.reported.drafts += 1;
            return Ok(());
        };
        // The link is told to its recipient alone, and nobody here is one.
        let link = Link::new(self.chance).digest(&[0; 32]);
        proposals::send(self.tx, &self.editor(sent), (id, 1), link)?;
        let Some(response) = &one.response else {
            self.reported.late += usize::from(one.due > 0);
            return Ok(());
        };
        let editor = self.editor(response.day);
        let answer = NewResponse {
            kind: code(ResponseKind::from_code, &response.kind)?,
            reason: response.reason.clone(),
            decided_by_role: response.role.clone(),
            minutes: response.minutes.clone(),
        };
        let (by, on) = (Answerer::Staff(&editor), self.day(response.day));
        proposals::answer(self.tx, made, &by, id, answer, on)?;
        self.reported.answered += 1;
        for action in &one.action {
            let editor = self.editor(action.day);
            let new = NewAction {
                words: action.words.clone(),
                responsible_role: action.role.clone(),
                ends_on: self.day(-action.ends_in),
                target: action.target.clone(),
            };
            let id = proposals::act(self.tx, &editor, self.chance, id, &new)?;
            let state = code(ActionState::from_code, &action.state)?;
            proposals::follow(self.tx, &editor, (id, 1), (state, None), "")?;
            self.reported.actions += 1;
        }
        Ok(())
    }
}

fn written(county: &str, one: &Observation) -> Result<Written, SynthError> {
    let kind = one.kind.as_deref().unwrap_or("professional");
    let language = if one.language.is_empty() {
        "fi"
    } else {
        &one.language
    };
    let municipality = one
        .area
        .as_deref()
        .map(|code| places::here(county, code).to_owned());
    Ok(Written {
        kind: code(ReporterKind::from_code, kind)?,
        language: code(Language::from_code, language)?,
        valence: code(Valence::from_code, &one.valence)?,
        body: one.body.clone(),
        municipality,
        themes: themes(&one.themes)?,
        needs: one.needs.clone(),
        frequency: some(Frequency::from_code, &one.frequency)?,
        people: some(People::from_code, &one.people)?,
        cause: some(Cause::from_code, &one.cause)?,
        proposal: one.proposal.clone(),
        wished: one.wished.clone(),
    })
}

/// Puts open statistics of the county's municipalities beside its work, by the same import as a county's own file. The file is
/// of one county; the others have theirs fetched.
///
/// # Errors
/// When the file or the store is broken.
pub fn statistics(store: &Store, county: &str) -> Result<(), SynthError> {
    if county != places::WRITTEN_OF {
        return Ok(());
    }
    let text = include_str!("../data/statistics.csv");
    let read = statistics::import::read(text, "sotkanet 2013", None).map_err(|refused| {
        let first = refused.first().map(ToString::to_string);
        SynthError::Statistics(first.unwrap_or_default())
    })?;
    statistics::import::keep(store, &read)
        .map_err(|error| SynthError::Statistics(error.to_string()))?;
    Ok(())
}

impl From<ReportError> for SynthError {
    fn from(error: ReportError) -> Self {
        Self::Report(error.to_string())
    }
}
