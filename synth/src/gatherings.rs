//! Participation of the county, through the acts of its own room: gatherings, a round of Bikva, the yearly cycle and what
//! forums decided.

use access::rights::Subject;
use identity::people::StaffId;
use kernel::chance::Chance;
use kernel::clock::{Clock, ManualClock};
use kernel::language::Language;
use kernel::time::{Date, SignedDuration, Timestamp, day};
use participation::domain::{
    BikvaStage, Forum, Kind, NewStep, Outcome, PartError, Plan, Planned, Reward, Stage, Standing,
};
use participation::store::bikva::{self, Answer};
use participation::store::forum::{self, NewDecision};
use participation::store::proposals::{self, Way};
use participation::store::{cycle, gatherings};
use reporting::domain::{Quality, Theme};
use reporting::store::{Editor, PhenomenonId, pages};
use serde::Deserialize;
use store::WriteTx;

use crate::SynthError;
use crate::places;
use crate::staffing::{Role, Staffing};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    gathering: Vec<Gathering>,
    bikva: Round,
    cycle: Cycle,
    decision: Vec<Decision>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Gathering {
    kind: String,
    title: String,
    written: i64,
    day: i64,
    #[serde(default)]
    hours: String,
    open: bool,
    place: String,
    municipality: String,
    held_by: String,
    themes: Vec<String>,
    #[serde(default)]
    what: String,
    #[serde(default)]
    many: String,
    #[serde(default)]
    results: String,
    #[serde(default)]
    told_to: String,
    /// It was held with so many.
    people: Option<u32>,
    #[serde(default)]
    experts: u32,
    #[serde(default)]
    developers: u32,
    #[serde(default)]
    reward: String,
    #[serde(default)]
    outcome: String,
    told: Option<i64>,
    #[serde(default)]
    told_how: String,
    #[serde(default)]
    phenomenon: String,
    #[serde(default)]
    stage: String,
    #[serde(default)]
    said: Vec<Said>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    words: String,
    way: String,
    #[serde(default)]
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Round {
    title: String,
    phenomenon: String,
    opened: i64,
    stage: Vec<RoundStage>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoundStage {
    day: i64,
    #[serde(default)]
    people: u32,
    #[serde(default)]
    words: String,
    #[serde(default)]
    skipped: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cycle {
    written: i64,
    step: Vec<Step>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    title: String,
    words: String,
    role: String,
    month: u8,
    day: u8,
    forum: String,
    /// What was late of it was done.
    #[serde(default)]
    done: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    forum: String,
    day: i64,
    words: String,
    minutes: String,
    role: String,
    follow: i64,
    #[serde(default)]
    came: String,
}

impl From<PartError> for SynthError {
    fn from(error: PartError) -> Self {
        match error {
            PartError::Store(error) => Self::Store(error),
            error => Self::Report(error.to_string()),
        }
    }
}

/// A word of the file that its room does not know.
fn code<T>(read: impl Fn(&str) -> Option<T>, word: &str) -> Result<T, SynthError> {
    read(word).ok_or_else(|| SynthError::Code(word.to_owned()))
}

struct Table<'a, 't, 'w> {
    tx: &'t mut WriteTx<'w>,
    clock: &'a ManualClock,
    chance: &'a dyn Chance,
    county: &'a str,
    now: Timestamp,
    editor: StaffId,
}

/// Writes down what the county's editor has held and decided. Nothing when it has no editor. Reports must be there.
///
/// # Errors
/// When an act is refused: then a rule of the product has been broken.
pub fn gather(
    tx: &mut WriteTx<'_>,
    clock: &ManualClock,
    chance: &dyn Chance,
    staffing: &Staffing,
    (county, now): (&str, Timestamp),
) -> Result<(), SynthError> {
    let found = staffing
        .all
        .iter()
        .find(|(_, _, role)| *role == Role::Structural);
    let Some((editor, _, _)) = found else {
        return Ok(());
    };
    let book: Book = toml::from_str(include_str!("../data/participation.toml"))?;
    let mut table = Table {
        tx,
        clock,
        chance,
        county,
        now,
        editor: *editor,
    };
    for one in &book.gathering {
        table.gathering(one)?;
    }
    table.round(&book.bikva)?;
    table.cycle(&book.cycle)?;
    for one in &book.decision {
        table.decision(one)?;
    }
    clock.set(now);
    Ok(())
}

impl Table<'_, '_, '_> {
    fn at(&self, days: i64) -> Timestamp {
        self.now - SignedDuration::from_hours(24 * days)
    }

    fn day(&self, days: i64) -> Date {
        day(self.at(days))
    }

    /// The editor on an earlier day. The clock goes along: ids hold their time.
    fn editor(&self, days: i64) -> Editor {
        let (tasks, qualifications) = Role::Structural.rights();
        self.clock.set(self.at(days));
        Editor {
            staff: self.editor,
            subject: Subject::employee(tasks, qualifications),
            now: self.at(days),
        }
    }

    fn phenomenon(&mut self, title: &str) -> Result<PhenomenonId, SynthError> {
        let editor = self.editor(0);
        let all = pages::list(self.tx, &editor, false).map_err(PartError::from)?;
        let found = all.into_iter().find(|one| one.title == title);
        code(|_| found.as_ref().map(|one| one.id), title)
    }

    fn gathering(&mut self, one: &Gathering) -> Result<(), SynthError> {
        let themes = one
            .themes
            .iter()
            .map(|word| code(Theme::from_code, word))
            .collect::<Result<_, _>>()?;
        let planned = Planned {
            kind: code(Kind::from_code, &one.kind)?,
            title: one.title.clone(),
            language: Language::Fi,
            place: one.place.clone(),
            municipality: Some(one.municipality.as_str())
                .filter(|code| !code.is_empty())
                .map(|code| places::here(self.county, code).to_owned()),
            held_on: self.day(one.day),
            hours: one.hours.clone(),
            is_open: one.open,
            held_by: one.held_by.clone(),
            themes,
            plan: Plan {
                what: one.what.clone(),
                many: one.many.clone(),
                results: one.results.clone(),
                told: one.told_to.clone(),
                ..Plan::default()
            },
        };
        let editor = self.editor(one.written);
        let made = (self.clock as &dyn Clock, self.chance);
        let id = gatherings::write(self.tx, &editor, made, planned)?;
        if !one.phenomenon.is_empty() {
            let to = self.phenomenon(&one.phenomenon)?;
            let stage = code(Stage::from_code, &one.stage)?;
            gatherings::link(self.tx, &self.editor(one.written), id, to, stage)?;
        }
        let Some(people) = one.people else {
            return Ok(());
        };
        let outcome = Outcome {
            people,
            experts: one.experts,
            developers: one.developers,
            reward: Reward::from_code(&one.reward),
            notes: String::new(),
            outcome: one.outcome.clone(),
        };
        gatherings::hold(self.tx, &self.editor(one.day - 1), (id, 1), outcome)?;
        for said in &one.said {
            self.said(one, id, said)?;
        }
        if let Some(told) = one.told {
            let (editor, on) = (self.editor(told), self.day(told));
            gatherings::tell(self.tx, &editor, (id, 2), on, one.told_how.clone())?;
        }
        Ok(())
    }

    fn said(
        &mut self,
        one: &Gathering,
        gathering: participation::store::GatheringId,
        said: &Said,
    ) -> Result<(), SynthError> {
        let way = match said.way.as_str() {
            "evidence" => {
                let to = self.phenomenon(&one.phenomenon)?;
                Some(Way::Evidence(to, Quality::Moderate))
            }
            "aside" => Some(Way::Aside(said.reason.clone())),
            _ => None,
        };
        let editor = self.editor(one.day - 1);
        let made = (self.clock as &dyn Clock, self.chance);
        let id = proposals::say(self.tx, &editor, made, gathering, said.words.clone())?;
        if let Some(way) = way {
            proposals::feed(self.tx, &editor, made, id, way)?;
        }
        Ok(())
    }

    fn round(&mut self, one: &Round) -> Result<(), SynthError> {
        let on = self.phenomenon(&one.phenomenon)?;
        let editor = self.editor(one.opened);
        let made = (self.clock as &dyn Clock, self.chance);
        let id = bikva::open(self.tx, &editor, made, on, one.title.clone())?;
        for (stage, told) in BikvaStage::ALL.iter().zip(&one.stage) {
            let answer = if told.skipped.is_empty() {
                Answer::Told {
                    people: told.people,
                    words: told.words.clone(),
                }
            } else {
                Answer::Skipped {
                    reason: told.skipped.clone(),
                }
            };
            let (editor, held_on) = (self.editor(told.day), self.day(told.day));
            bikva::answer(self.tx, &editor, made, (id, *stage), held_on, answer)?;
        }
        Ok(())
    }

    fn cycle(&mut self, cycle: &Cycle) -> Result<(), SynthError> {
        for one in &cycle.step {
            let step = NewStep {
                title: one.title.clone(),
                words: one.words.clone(),
                role: one.role.clone(),
                month: one.month,
                day: one.day,
                forum: Forum::from_code(&one.forum),
            };
            let editor = self.editor(cycle.written);
            let made = (self.clock as &dyn Clock, self.chance);
            let ids = cycle::add(self.tx, &editor, made, vec![step])?;
            let (editor, today) = (self.editor(0), self.day(0));
            for id in ids.into_iter().filter(|_| one.done) {
                let step = cycle::one(self.tx, &editor, id)?;
                for late in step.occurrences(today) {
                    if late.standing == Standing::Late {
                        cycle::finish(self.tx, &editor, id, late.year)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn decision(&mut self, one: &Decision) -> Result<(), SynthError> {
        let new = NewDecision {
            forum: code(Forum::from_code, &one.forum)?,
            decided_on: self.day(one.day),
            words: one.words.clone(),
            minutes: one.minutes.clone(),
            role: one.role.clone(),
            follow_on: self.day(one.follow),
            proposal: None,
        };
        let editor = self.editor(one.day);
        let made = (self.clock as &dyn Clock, self.chance);
        let id = forum::decide(self.tx, &editor, made, new)?;
        if !one.came.is_empty() {
            forum::follow(self.tx, &self.editor(one.follow), (id, 1), one.came.clone())?;
        }
        Ok(())
    }
}
