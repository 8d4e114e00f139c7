//! The course of contacts over the years: arrivals by hour and weekday, and what workers do.

mod arrivals;
mod course;
mod kept;
mod work;

pub(crate) use work::of_story;

use std::collections::BinaryHeap;
use std::sync::Arc;

use access::rights::Subject;
use identity::people::StaffId;
use intake::store::offers;
use intake::store::{Desk, Worker, holding, record};
use kernel::chance::Chance;
use kernel::clock::ManualClock;
use kernel::time::{SignedDuration, Time, Timestamp, moment, wall_time};
use store::WriteTx;

use crate::cases::{Case, Hand, Planned, Step};
use crate::clients::{self as people_clients, Remembered};
use crate::people::{Person, make, pick};
use crate::places;
use crate::staffing::Staffing;
use crate::stories::{self, Story};
use crate::words::{Words, load};
use crate::{Desks, Made, Plan, SynthError, Written};

/// Contacts of one person over the whole history, in hundredths.
const CONTACTS_PER_HUNDRED: u64 = 140;

pub struct History {
    pub(crate) desk: Desk,
    clock: Arc<ManualClock>,
    pub(crate) staffing: Staffing,
    pub(crate) people: Vec<Person>,
    words: Vec<Words>,
    waiting: BinaryHeap<Planned>,
    order: u64,
    pub(crate) cases: Vec<Case>,
    now: Timestamp,
    /// Code of the municipality where the demo's people work.
    pub(crate) home: &'static str,
    advice: usize,
    pub(crate) clients: clients::store::Desk,
    pub(crate) matters: casework::store::Casework,
    pub(crate) remembered: Remembered,
    pub(crate) stories: Vec<Story>,
    pub(crate) written: Written,
}

impl History {
    pub fn new(
        desks: &Desks,
        clock: Arc<ManualClock>,
        plan: &Plan,
        staffing: Staffing,
    ) -> Result<Self, SynthError> {
        let mut history = Self::still(desks, clock, plan, staffing)?;
        history.plan_clients(plan);
        history.plan_arrivals(plan);
        Ok(history)
    }

    /// A history in which nothing comes by itself: its acts are called one by one.
    pub fn still(
        desks: &Desks,
        clock: Arc<ManualClock>,
        plan: &Plan,
        staffing: Staffing,
    ) -> Result<Self, SynthError> {
        let desk = desks.contacts.clone();
        let people = make(&*desk.chance, &plan.county, plan.persons);
        Ok(Self {
            desk,
            clock,
            staffing,
            people,
            words: load()?,
            waiting: BinaryHeap::new(),
            order: 0,
            cases: Vec::new(),
            now: plan.now,
            home: places::home(&plan.county),
            advice: 0,
            clients: desks.clients.clone(),
            matters: desks.matters.clone(),
            remembered: Remembered::default(),
            stories: stories::load()?,
            written: Written::default(),
        })
    }

    pub fn made(&self, plan: &Plan) -> Made {
        Made {
            persons: usize::try_from(plan.persons).unwrap_or(usize::MAX),
            contacts: self.cases.len(),
            open: self.cases.iter().filter(|case| !case.ended).count(),
            advice: self.advice,
            clients: self.remembered.count,
            matters: self.remembered.matters.len(),
            written: self.written,
            ..Made::default()
        }
    }

    /// Carries out the next steps; gives the moment reached, or nothing when the history is over.
    pub fn run(
        &mut self,
        tx: &mut WriteTx<'_>,
        steps: usize,
    ) -> Result<Option<Timestamp>, SynthError> {
        let mut at = None;
        for _ in 0..steps {
            match self.waiting.pop() {
                Some(next) if next.at <= self.now => {
                    self.clock.set(next.at);
                    at = Some(next.at);
                    self.carry_out(tx, next.step)?;
                }
                _ => break,
            }
        }
        Ok(at)
    }

    pub(crate) fn chance(&self) -> Arc<dyn Chance> {
        Arc::clone(&self.desk.chance)
    }

    pub(crate) fn plan(&mut self, at: Timestamp, step: Step) {
        self.order += 1;
        self.waiting.push(Planned {
            at,
            order: self.order,
            step,
        });
    }

    fn plan_clients(&mut self, plan: &Plan) {
        let chance = self.chance();
        let hours = u64::from(plan.years) * 365 * 24;
        let count = u64::from(plan.persons) * people_clients::CLIENTS_PER_HUNDRED / 100;
        for _ in 0..count {
            let ago = i64::try_from(chance.below(hours)).unwrap_or(0);
            let at = self.working_time(plan.now - SignedDuration::from_hours(ago), 0);
            self.plan(at, Step::BecomeClient);
        }
        for (index, planted) in people_clients::PLANTED.iter().enumerate() {
            let at = plan.now - SignedDuration::from_hours(24 * planted.days_ago);
            self.plan(self.working_time(at, 60), Step::PlantClient(index));
        }
    }

    /// `minutes` after `at`, moved into office hours of a working day.
    pub(crate) fn working_time(&self, at: Timestamp, minutes: u64) -> Timestamp {
        let mut then = at + SignedDuration::from_mins(i64::try_from(minutes).unwrap_or(0));
        for _ in 0..30 {
            let local = wall_time(then);
            if self.desk.calendar.is_working_day(local.date()) && local.hour() < 16 {
                let opens = moment(local.date(), clock_time(8, 0));
                let late = i64::try_from(self.chance().below(40)).unwrap_or(0);
                return if then < opens {
                    opens + SignedDuration::from_mins(late)
                } else {
                    then
                };
            }
            let next = local.date().tomorrow().unwrap_or(local.date());
            then = moment(next, clock_time(8, 0))
                + SignedDuration::from_mins(i64::try_from(self.chance().below(60)).unwrap_or(0));
        }
        then
    }

    pub(crate) fn worker(&self, hand: Hand) -> Worker {
        let (work, qualifications) = hand.role.rights();
        Worker {
            staff: hand.staff,
            unit: hand.unit,
            subject: Subject::employee(work, qualifications),
        }
    }

    pub(crate) fn hand(&self, staff: StaffId) -> Option<Hand> {
        let (_, unit, role) = self.staffing.all.iter().find(|(id, _, _)| *id == staff)?;
        Some(Hand {
            staff,
            unit: *unit,
            role: *role,
        })
    }

    fn front_door(&self) -> Option<Hand> {
        self.hand(*pick(&*self.chance(), &self.staffing.advice))
    }

    fn social(&self) -> Option<Hand> {
        self.staffing
            .somebody(&*self.chance())
            .and_then(|(staff, _)| self.hand(staff))
    }

    fn carry_out(&mut self, tx: &mut WriteTx<'_>, step: Step) -> Result<(), SynthError> {
        let case = match step {
            Step::Arrive => return self.arrive(tx),
            Step::Seen(case) => return self.seen(tx, case),
            Step::Plant(index) => return self.plant(tx, index),
            Step::Advise => return self.advise(tx),
            Step::BecomeClient => return self.become_client(tx),
            Step::PlantClient(index) => return self.plant_client(tx, index),
            Step::CloseMatter(index) => return self.close_matter(tx, index),
            Step::Write(index, chapter) => return self.write(tx, index, chapter),
            Step::Take(case, _)
            | Step::Judge(case)
            | Step::Reach(case)
            | Step::Accept(case)
            | Step::Refuse(case) => case,
            Step::Try(case, _) | Step::RunOut(case) | Step::Answer(case) => case,
            Step::Offer(case, ..) | Step::End(case, _) => case,
        };
        if self.cases[case].ended {
            return Ok(());
        }
        match step {
            Step::Take(case, hand) => {
                holding::take(tx, &self.desk, &self.worker(hand), self.cases[case].id)?;
                self.cases[case].holder = Some(hand);
            }
            Step::Judge(case) => self.judge(tx, case)?,
            Step::Reach(case) => self.reach(tx, case)?,
            Step::Try(case, channel) => {
                if let Some(worker) = self.holder(case) {
                    record::add_attempt(
                        tx,
                        &self.desk,
                        &worker,
                        self.cases[case].id,
                        channel,
                        false,
                        "Ei vastannut.",
                    )?;
                }
            }
            Step::Answer(case) => {
                if let Some(worker) = self.holder(case) {
                    let body = "Kiitos viestistäsi. Luin sen ja selvitän asiaa. Vastaan sinulle viimeistään huomenna.";
                    record::add_message(tx, &self.desk, &worker, self.cases[case].id, body)?;
                }
            }
            Step::Offer(case, to, warm) => self.offer(tx, case, to, warm)?,
            Step::Accept(case) => {
                if let Some((offer, to)) = self.cases[case].offer.take() {
                    offers::accept(tx, &self.desk, &self.worker(to), offer, false)?;
                    self.cases[case].holder = Some(to);
                }
            }
            Step::Refuse(case) => self.refuse(tx, case)?,
            Step::RunOut(case) => {
                if let Some((offer, _)) = self.cases[case].offer.take() {
                    offers::come_back(tx, &self.desk, offer)?;
                }
            }
            Step::End(case, end) => self.end(tx, case, end)?,
            Step::Arrive
            | Step::Plant(_)
            | Step::Advise
            | Step::Seen(_)
            | Step::BecomeClient
            | Step::PlantClient(_)
            | Step::CloseMatter(_)
            | Step::Write(..) => {}
        }
        Ok(())
    }

    pub(crate) fn holder(&self, case: usize) -> Option<Worker> {
        self.cases[case].holder.map(|hand| self.worker(hand))
    }
}

/// A time of day from an hour and a minute that are surely in range.
fn clock_time(hour: u64, minute: u64) -> Time {
    let small = |number: u64| i8::try_from(number).unwrap_or(0);
    Time::new(small(hour), small(minute), 0, 0).unwrap_or(Time::constant(8, 0, 0, 0))
}
