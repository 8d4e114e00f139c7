//! What is written of a client over the months: assessment, plan, notes, review, by the product's own acts.

use assessment::domain::parts as asked;
use assessment::store::{acts, finish as assessing, supervised, tutored};
use casework::domain::special_support::{DecidesWho, Judgement, SupportGround};
use casework::domain::{AssessmentStep, ExecutionStep};
use casework::store::clocks::{self, Execution};
use casework::store::special_support;
use clients::{ClientId, Reader};
use documents::{DocumentId, Fields};
use kernel::time::{SignedDuration, Timestamp, day};
use plan::domain::owner::{Owner, PartnerName};
use plan::domain::{Attained, GoalId, GoalKind, NewAction, NewGoal, parts};
use plan::store::finish::{self, Finishing};
use plan::store::goals::{self, SaveGoal};
use plan::store::review::{self, GoalReview, NewReview};
use plan::store::texts::{self, Which};
use store::WriteTx;

use super::History;
use crate::SynthError;
use crate::cases::{Chapter, Step};
use crate::clients::{Running, reader};
use crate::people::percent;
use crate::staffing::Role;
use crate::stories::{self, Action, Story};

/// Days from the opening of a matter until its assessment begins, is finished, its plan is made (days from the finished
/// assessment) and reviewed.
const ASSESS: i64 = 6;
const ASSESSED: i64 = 22;
const PLANNED: i64 = 5;
/// Days from a plan, or from a review, until it is reviewed: some days before the day that was agreed, which is
/// [`AGREED`] after it.
const REVIEW: u64 = 84;
const AGREED: i64 = 98;
/// Days between the times when the worker goes through what was agreed, and how many times there are.
const SETTLED: i64 = 9;
const TIMES: i64 = 40;

impl History {
    /// Plans what is written of a matter: most go the whole way, some are left in the middle, as in life.
    pub(crate) fn plan_story(&mut self, index: usize) {
        let chance = self.chance();
        let story = self.stories[self.remembered.matters[index].story].clone();
        let opened = self.matters.now();
        let mut plan = |days: i64, chapter| {
            let at = opened + SignedDuration::from_hours(24 * days);
            let late = chance.below(240);
            self.plan(self.working_time(at, late), Step::Write(index, chapter));
        };
        for (number, note) in story.notes.iter().enumerate() {
            plan(note.day, Chapter::Note(number));
        }
        for time in 1..=TIMES {
            plan(SETTLED * time, Chapter::Settle);
        }
        // The law gives three months; a few take longer, and say why.
        let begins = if percent(&*chance, 96) {
            35 + chance.below(50)
        } else {
            93 + chance.below(5)
        };
        plan(days(begins), Chapter::Execution);
        if !percent(&*chance, 88) {
            plan(3, Chapter::Unnecessary);
            let close = opened + SignedDuration::from_hours(24 * days(60 + chance.below(60)));
            self.plan(self.working_time(close, 0), Step::CloseMatter(index));
            return;
        }
        let slower = if percent(&*chance, 90) {
            0
        } else {
            days(10 + chance.below(30))
        };
        plan(ASSESS, Chapter::Assess);
        plan(ASSESSED + slower, Chapter::Assessed);
        plan(ASSESSED + slower + PLANNED, Chapter::Plan);
    }

    /// The next review of a plan: nearly always in time.
    fn plan_review(&mut self, index: usize) {
        let chance = self.chance();
        let after = if percent(&*chance, 95) {
            REVIEW + chance.below(12)
        } else {
            REVIEW + 20
        };
        let at = self.matters.now() + SignedDuration::from_hours(24 * days(after));
        self.plan(
            self.working_time(at, 0),
            Step::Write(index, Chapter::Review),
        );
    }

    /// The next thing that is written of a matter, unless it has been closed meanwhile.
    pub(crate) fn write(
        &mut self,
        tx: &mut WriteTx<'_>,
        index: usize,
        chapter: Chapter,
    ) -> Result<(), SynthError> {
        let running = self.remembered.matters[index].clone();
        if running.closed {
            return Ok(());
        }
        let story = self.stories[running.story].clone();
        let who = reader(running.hand);
        match chapter {
            Chapter::Note(number) => {
                if self.note(tx, &running, &story, number, &who)? {
                    self.written.notes_finished += 1;
                } else {
                    self.written.notes_left += 1;
                }
                Ok(())
            }
            Chapter::Settle => self.settle(tx, &running, &who),
            Chapter::Assess => {
                let id = self.assess(tx, &running, &story, &who)?;
                self.remembered.matters[index].assessment = Some(id);
                self.written.assessments_begun += 1;
                Ok(())
            }
            Chapter::Assessed => {
                let done = self.assessed(tx, &running, &story, &who)?;
                self.remembered.matters[index].assessed = done;
                self.written.assessments_finished += usize::from(done);
                if done && story.special_support {
                    self.written.special_support += running.clients.len();
                }
                Ok(())
            }
            Chapter::Plan => {
                if running.assessed {
                    let plan = self.make_plan(tx, &running, &story, &who)?;
                    self.remembered.matters[index].plan = Some(plan);
                    self.plan_review(index);
                    self.written.plans += 1;
                    self.written.goals += story.plan.goals.len();
                }
                Ok(())
            }
            Chapter::Review => {
                if running.plan.is_some() {
                    let (attained, partly) = self.review(tx, &running, &story, &who)?;
                    self.remembered.matters[index].reviewed = true;
                    self.written.reviews += 1;
                    self.written.goals_attained += attained;
                    self.written.goals_partly += partly;
                    if partly == 0 {
                        // Everything agreed has been reached: the matter is closed in a week.
                        let at = self.matters.now() + SignedDuration::from_hours(24 * 7);
                        self.plan(self.working_time(at, 0), Step::CloseMatter(index));
                    } else {
                        self.plan_review(index);
                    }
                }
                Ok(())
            }
            Chapter::Unnecessary => Ok(clocks::assessment(
                tx,
                &self.matters,
                &who,
                running.matter,
                AssessmentStep::Unnecessary,
                "Asiakas tarvitsi ohjausta yhdessä asiassa ja sai sen.",
            )?),
            Chapter::Execution => self.execution(tx, &running, &who),
        }
    }

    /// The service begins in time, or it is seen that nothing needs deciding.
    pub(crate) fn execution(
        &self,
        tx: &mut WriteTx<'_>,
        running: &Running,
        who: &Reader,
    ) -> Result<(), SynthError> {
        let (step, words) = if running.assessment.is_some() {
            let words = "Sosiaaliohjaus alkoi ensimmäisellä tapaamisella.";
            (ExecutionStep::Carried, words)
        } else {
            let words = "Asiakas ei hakenut palvelua, ohjaus riitti.";
            (ExecutionStep::NotNeeded, words)
        };
        let late = "Asiakas oli sairaalassa, palvelu alkoi kotiutuksen jälkeen.";
        let execution = Execution {
            step,
            at: self.matters.now(),
            words: words.to_owned(),
            late_reason: Some(late.to_owned()),
        };
        clocks::execution(tx, &self.matters, who, running.matter, &execution)?;
        Ok(())
    }

    pub(crate) fn assess(
        &self,
        tx: &mut WriteTx<'_>,
        running: &Running,
        story: &Story,
        who: &Reader,
    ) -> Result<DocumentId, SynthError> {
        let new = acts::Begin {
            clients: running.clients.clone(),
            language: story.language(),
            late: "Asiakas toivoi tapaamista vasta seuraavalle viikolle.".to_owned(),
        };
        let id = acts::begin(tx, &self.matters, who, running.matter, &new)?;
        let mut save = |part: &str, fields: &Fields| {
            acts::save(tx, &self.matters, who, id, part, 0, fields).map(drop)
        };
        let mut areas = Fields::default();
        areas.set_all("open", story.assessment.areas.clone());
        if let Some(first) = story.assessment.areas.first() {
            areas.set("wish", first.as_str());
        }
        save(asked::AREAS, &areas)?;
        for (part, texts) in &story.assessment.parts {
            save(part, &stories::fields(texts))?;
        }
        for client in &running.clients {
            let own: Fields = [("own", story.own_words.as_str())].into_iter().collect();
            save(&asked::own_part(*client), &own)?;
        }
        Ok(id)
    }

    /// Finishes the assessment. Where special support is needed the social worker judges so first; a counsellor leaves it
    /// for one to finish.
    pub(crate) fn assessed(
        &self,
        tx: &mut WriteTx<'_>,
        running: &Running,
        story: &Story,
        who: &Reader,
    ) -> Result<bool, SynthError> {
        let Some(id) = running.assessment else {
            return Ok(false);
        };
        if story.special_support {
            if running.hand.role != Role::SocialWorker {
                return Ok(false);
            }
            self.judge_support(tx, running, who)?;
        }
        let document = documents::store::load(tx, documents::Kind::Assessment, id)?;
        let texts = documents::store::parts(tx, id)?;
        let words = assessing::histories(&self.matters.analysers, &document, &texts);
        let now = self.matters.now();
        let mut by = who.clone();
        // A temporary social worker's is finished by a leading one (817/2015 12 §).
        if supervised::is_supervised(tx, who, now)? {
            let leading = supervised::supervisors(tx, who, &document, now)?;
            let Some((leading, _)) = leading.first() else {
                return Ok(false);
            };
            tutored::ask(tx, &self.matters, who, id, *leading)?;
            match clients::holdings::reader_of(tx, *leading, now)? {
                Some(reader) => by = reader,
                None => return Ok(false),
            }
            by.strong = true;
        }
        assessing::finish(tx, &self.matters, &by, id, document.revision, &words)?;
        Ok(true)
    }

    fn judge_support(
        &self,
        tx: &mut WriteTx<'_>,
        running: &Running,
        who: &Reader,
    ) -> Result<(), SynthError> {
        let today = day(self.matters.now());
        for client in &running.clients {
            let judgement = Judgement {
                grounds: vec![SupportGround::ManyNeeds, SupportGround::Illness],
                words: "Useat samanaikaiset tarpeet ja masennus vaikeuttavat palvelujen hakemista."
                    .to_owned(),
                decides: DecidesWho::SocialWorker,
                decides_words: String::new(),
                assessed_on: today,
                review_on: today.saturating_add(SignedDuration::from_hours(24 * 300)),
            };
            let about = (running.matter, *client);
            special_support::record(tx, &self.matters, who, about, &judgement, None)?;
        }
        Ok(())
    }

    pub(crate) fn make_plan(
        &self,
        tx: &mut WriteTx<'_>,
        running: &Running,
        story: &Story,
        who: &Reader,
    ) -> Result<DocumentId, SynthError> {
        let casework = &self.matters;
        let (matter, clients) = (running.matter, &running.clients);
        let id = plan::store::begin::begin(tx, casework, who, matter, clients, story.language())?;
        for (code, fields) in &story.plan.parts {
            let Some(part) = parts::part(code) else {
                continue;
            };
            let own = part.own.then_some(clients[0]);
            let which = Which::Part(part, own);
            texts::save(tx, casework, who, id, &which, 0, &stories::fields(fields))?;
        }
        let now = casework.now();
        for goal in &story.plan.goals {
            let saving = SaveGoal {
                plan: id,
                goal: None,
                based_on: 0,
                new: NewGoal {
                    client: None,
                    words: goal.words.clone(),
                    kind: GoalKind::from_code(&goal.kind).unwrap_or(GoalKind::Better),
                    steps: goal.steps.clone(),
                    helps: String::new(),
                    hinders: String::new(),
                },
                actions: goal
                    .actions
                    .iter()
                    .map(|action| new_action(action, running, now))
                    .collect(),
            };
            goals::save(tx, casework, who, &saving)?;
        }
        finish::finish(tx, casework, who, id, &finishing(now, AGREED, None))?;
        Ok(id)
    }

    /// Reviews the plan; gives how many goals were reached and how many in part.
    fn review(
        &self,
        tx: &mut WriteTx<'_>,
        running: &Running,
        story: &Story,
        who: &Reader,
    ) -> Result<(usize, usize), SynthError> {
        let Some(id) = running.plan else {
            return Ok((0, 0));
        };
        let now = self.matters.now();
        let all = goals::of_plan(tx, id)?;
        // What was reached only in part by the first review is reached by the second.
        let again = all.iter().any(|goal| !review::is_reviewed(goal)) || running.reviewed;
        let open: Vec<GoalId> = all
            .iter()
            .filter(|goal| review::is_reviewed(goal))
            .map(|goal| goal.id)
            .collect();
        let told = &story.review;
        let of = |list: &[String], at: usize| list.get(at).cloned().unwrap_or_default();
        let goals: Vec<GoalReview> = open
            .into_iter()
            .enumerate()
            .map(|(at, goal)| GoalReview {
                goal,
                attained: if again {
                    Attained::Attained
                } else {
                    Attained::from_code(&of(&told.attained, at)).unwrap_or(Attained::Partly)
                },
                client_words: of(&told.client_words, at),
                worker_words: of(&told.worker_words, at),
                helped: Vec::new(),
                helped_words: told.helped.clone(),
                hindered: Vec::new(),
                hindered_words: told.hindered.clone(),
            })
            .collect();
        let new = NewReview {
            on: day(now),
            goals,
            services: Vec::new(),
            services_words: String::new(),
            methods: String::new(),
            words: String::new(),
            finishing: finishing(now, AGREED, Some("Suunnitelman tarkistus")),
        };
        review::review(tx, &self.matters, who, id, &new)?;
        let count = |how| new.goals.iter().filter(|one| one.attained == how).count();
        Ok((count(Attained::Attained), count(Attained::Partly)))
    }
}

/// Days of chance, as days are counted.
fn days(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(0)
}

fn finishing(now: Timestamp, days: i64, why: Option<&str>) -> Finishing {
    Finishing {
        obstacle: None,
        review_on: day(now + SignedDuration::from_hours(24 * days)),
        why: why.map(str::to_owned),
    }
}

fn new_action(action: &Action, running: &Running, now: Timestamp) -> NewAction {
    let owner = match (action.who.as_str(), PartnerName::new(&action.partner)) {
        ("partner", Some(name)) => Owner::Partner(name),
        ("client", _) => Owner::Client(running.clients[0]),
        _ => Owner::Worker(running.hand.staff),
    };
    NewAction {
        what: action.what.clone(),
        owner,
        due: day(now + SignedDuration::from_hours(24 * action.days)),
        development: action.development,
    }
}

/// The clients of a story: whoever came first, and the other of a couple.
pub(crate) fn of_story(first: ClientId, other: Option<ClientId>) -> Vec<ClientId> {
    std::iter::once(first).chain(other).collect()
}
