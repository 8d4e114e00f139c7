//! The course of contacts over the years: arrivals by hour and weekday, and what workers do.

use std::collections::BinaryHeap;
use std::sync::Arc;

use access::rights::Subject;
use identity::people::StaffId;
use intake::domain::ending::Ending;
use intake::domain::urgency::{Urgency, judge_by_professional, judge_by_rule};
use intake::domain::{
    AnswerWay, AttemptChannel, Door, Kind, NewContact, Parties, TalkLanguage, Theme,
};
use intake::store::facts::Facts;
use intake::store::offers::{self, NewOffer, Receiver};
use intake::store::{Desk, Worker, advice, ending, holding, receive, record, sender, tasks};
use kernel::chance::Chance;
use kernel::clock::ManualClock;
use kernel::time::{SignedDuration, Time, Timestamp, day, moment, wall_time};
use store::WriteTx;

use crate::cases::{Case, End, Hand, Planned, Step};
use crate::clients::{self as people_clients, Remembered};
use crate::people::{Person, make, percent, pick};
use crate::planted::PLANTED;
use crate::staffing::{Role, Staffing};
use crate::words::{ADVICE, Words, choose, load};
use crate::{Desks, Made, Plan, SynthError};

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
    advice: usize,
    pub(crate) clients: clients::store::Desk,
    pub(crate) matters: casework::store::Casework,
    pub(crate) remembered: Remembered,
}

impl History {
    pub fn new(
        desks: &Desks,
        clock: Arc<ManualClock>,
        plan: &Plan,
        staffing: Staffing,
    ) -> Result<Self, SynthError> {
        let desk = desks.contacts.clone();
        let people = make(&*desk.chance, &plan.county, plan.persons);
        let mut history = Self {
            desk,
            clock,
            staffing,
            people,
            words: load()?,
            waiting: BinaryHeap::new(),
            order: 0,
            cases: Vec::new(),
            now: plan.now,
            advice: 0,
            clients: desks.clients.clone(),
            matters: desks.matters.clone(),
            remembered: Remembered::default(),
        };
        history.plan_clients(plan);
        history.plan_arrivals(plan);
        Ok(history)
    }

    pub fn made(&self, plan: &Plan) -> Made {
        Made {
            persons: usize::try_from(plan.persons).unwrap_or(usize::MAX),
            contacts: self.cases.len(),
            open: self.cases.iter().filter(|case| !case.ended).count(),
            advice: self.advice,
            clients: self.remembered.count,
            matters: self.remembered.matters.len(),
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

    fn plan_arrivals(&mut self, plan: &Plan) {
        let chance = self.chance();
        let days = i64::from(plan.years) * 365;
        let count = u64::from(plan.persons) * CONTACTS_PER_HUNDRED / 100;
        for index in 0..count {
            let date = day(plan.now
                - SignedDuration::from_hours(
                    24 * i64::try_from(chance.below(days.unsigned_abs())).unwrap_or(0),
                ));
            // Two of three come in office hours; the web is open at night too.
            let hour = if percent(&*chance, 66) {
                8 + chance.below(8)
            } else {
                chance.below(24)
            };
            let at = moment(date, clock_time(hour, chance.below(60)));
            self.plan(at, Step::Arrive);
            if index % 2 == 0 {
                self.plan(self.working_time(at, 0), Step::Advise);
            }
        }
        for (index, planted) in PLANTED.iter().enumerate() {
            self.plan(
                plan.now - SignedDuration::from_mins(planted.minutes_ago),
                Step::Plant(index),
            );
        }
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
            | Step::CloseMatter(_) => {}
        }
        Ok(())
    }

    pub(crate) fn holder(&self, case: usize) -> Option<Worker> {
        self.cases[case].holder.map(|hand| self.worker(hand))
    }

    fn arrive(&mut self, tx: &mut WriteTx<'_>) -> Result<(), SynthError> {
        let chance = self.chance();
        let person = pick(&*chance, &self.people).clone();
        let words = choose(&*chance, &self.words, person.language).clone();
        let at = self.desk.now();
        let open_hours =
            (8..16).contains(&wall_time(at).hour()) && self.desk.calendar.is_working_day(day(at));
        let door = match chance.below(100) {
            _ if !open_hours => Door::Web,
            0..=44 => Door::Web,
            45..=74 => Door::Phone,
            75..=86 => Door::Visit,
            87..=93 => Door::Centre,
            _ => Door::Authority,
        };
        let new = self.contact(&words, &person, door);
        let by = match door {
            Door::Web | Door::Authority => None,
            Door::Centre => self.staffing.centre.first().and_then(|_| {
                let (_, staff) = *pick(&*chance, &self.staffing.centre);
                self.hand(staff)
            }),
            _ if percent(&*chance, 70) => self.front_door(),
            _ => self.social(),
        };
        let case = self.receive(tx, &new, by)?;
        self.plan_course(case, at);
        Ok(())
    }

    /// Receives a contact, written down by `by` or sent by the person.
    pub(crate) fn receive(
        &mut self,
        tx: &mut WriteTx<'_>,
        new: &NewContact,
        by: Option<Hand>,
    ) -> Result<usize, SynthError> {
        let mut digest = [0; 32];
        self.desk.chance.fill(&mut digest);
        let received = match by {
            Some(hand) => {
                let (worker, mut new) = (self.worker(hand), new.clone());
                if receive::needs_ground(&worker, self.desk.now()) {
                    // A health professional has asked the person (SHL 35 §).
                    new.authority_ground
                        .get_or_insert(intake::domain::AuthorityGround::Consent);
                }
                receive::from_worker(tx, &self.desk, &worker, &new, None)?
            }
            None => {
                let received = receive::from_sender(tx, &self.desk, new, Some(&digest))?;
                if new.answer_way == AnswerWay::Call {
                    let unit = identity::people::receiving_unit(tx, new.municipality.as_deref())?;
                    sender::ask_call_back(tx, &self.desk, received.id, unit, "")?;
                }
                received
            }
        };
        self.cases.push(Case {
            id: received.id,
            holder: by,
            offer: None,
            unknown: new.person_name.is_none()
                && new.phone.is_none()
                && new.answer_way != AnswerWay::Code,
            reads_code: new.answer_way == AnswerWay::Code,
            ended: false,
            refusals: 0,
        });
        Ok(self.cases.len() - 1)
    }

    pub(crate) fn contact(&self, words: &Words, person: &Person, door: Door) -> NewContact {
        let chance = &*self.desk.chance;
        let named = percent(chance, 82) || door == Door::Authority;
        let calls = named && percent(chance, 75);
        let written = !matches!(door, Door::Web | Door::Authority);
        NewContact {
            kind: if door == Door::Authority {
                Kind::Notification
            } else {
                Kind::Contact
            },
            door,
            municipality: (door != Door::Web || percent(chance, 55))
                .then(|| person.municipality.clone()),
            language: TalkLanguage::from_code(person.language).unwrap_or(TalkLanguage::Fi),
            other_language: (person.language == "other").then(|| {
                (*pick(chance, &["arabia", "somali", "ukraina", "dari", "venäjä"])).to_owned()
            }),
            interpreter: person.language == "other",
            parties: *pick(
                chance,
                &[
                    Parties::One,
                    Parties::One,
                    Parties::One,
                    Parties::One,
                    Parties::Couple,
                    Parties::Family,
                ],
            ),
            own_words: words.said(chance, &person.municipality),
            title: words.title.clone(),
            theme: words.theme,
            person_name: named.then(|| person.name.clone()),
            phone: calls.then(|| person.phone.clone()),
            answer_way: match (calls, door) {
                (true, _) => AnswerWay::Call,
                (false, Door::Web) => AnswerWay::Code,
                (false, _) => AnswerWay::None,
            },
            wish: words.signs.wish,
            authority: (door == Door::Authority).then(|| {
                (*pick(
                    chance,
                    &[
                        "Kela",
                        "Poliisi",
                        "Ulosotto",
                        "Työllisyysalue",
                        "Terveysasema",
                    ],
                ))
                .to_owned()
            }),
            authority_contact: None,
            authority_ground: (door == Door::Authority)
                .then_some(intake::domain::AuthorityGround::Consent),
            assisted: written && percent(chance, 15),
            urgency: judge_by_rule(words.signs),
        }
    }

    /// Decides the course of an ordinary case.
    fn plan_course(&mut self, case: usize, at: Timestamp) {
        let chance = self.chance();
        let taken = match self.cases[case].holder {
            Some(_) => at,
            None => {
                let by = if percent(&*chance, 65) {
                    self.front_door()
                } else {
                    self.social()
                };
                let by = by
                    .filter(|hand| hand.role == Role::FrontDoor)
                    .or_else(|| self.front_door());
                let Some(by) = by else { return };
                let at = self.working_time(at, 5 + chance.below(240));
                self.plan(at, Step::Take(case, by));
                at
            }
        };
        self.plan(
            self.working_time(taken, 3 + chance.below(20)),
            Step::Judge(case),
        );
        let mut then = self.working_time(taken, 20 + chance.below(300));
        let ends = match chance.below(100) {
            0..=6 if self.cases[case].unknown => End::Unknown,
            7..=14 => End::NotWanted,
            15..=19 => End::NotReached,
            _ => End::NextStep,
        };
        if ends == End::NotReached {
            for (channel, minutes) in [
                (AttemptChannel::Call, 30),
                (AttemptChannel::Text, 1_440),
                (AttemptChannel::Letter, 4_000),
            ] {
                then = self.working_time(then, minutes);
                self.plan(then, Step::Try(case, channel));
            }
            let ended = self.working_time(then, 8 * 1_440);
            self.plan(ended, Step::End(case, ends));
            self.plan(self.working_time(ended, 2_000), Step::Seen(case));
            return;
        }
        let contacted = if self.cases[case].reads_code {
            Step::Answer(case)
        } else {
            Step::Reach(case)
        };
        self.plan(then, contacted);
        if percent(&*chance, 58) && ends != End::Unknown {
            self.plan_offer(case, self.working_time(then, 10 + chance.below(200)));
            then = self.working_time(then, 2_000 + chance.below(4_000));
        }
        self.plan(
            self.working_time(then, 60 + chance.below(4_000)),
            Step::End(case, ends),
        );
    }

    /// Plans an offer and its answer.
    pub(crate) fn plan_offer(&mut self, case: usize, at: Timestamp) {
        let chance = self.chance();
        let Some(to) = self.social() else { return };
        self.plan(at, Step::Offer(case, to, percent(&*chance, 20)));
        let answered =
            at + SignedDuration::from_mins(30 + i64::try_from(chance.below(1_200)).unwrap_or(0));
        match chance.below(100) {
            0..=79 => self.plan(answered, Step::Accept(case)),
            80..=93 => self.plan(answered, Step::Refuse(case)),
            _ => {
                // The longest it may take, whatever the urgency turns out to be.
                let over = self.desk.offer_answer_by(Urgency::None, at);
                self.plan(over + SignedDuration::from_mins(1), Step::RunOut(case));
            }
        }
    }

    fn judge(&mut self, tx: &mut WriteTx<'_>, case: usize) -> Result<(), SynthError> {
        let Some(worker) = self.holder(case) else {
            return Ok(());
        };
        let chance = self.chance();
        let urgency = *pick(
            &*chance,
            &[
                Urgency::Today,
                Urgency::Week,
                Urgency::Week,
                Urgency::None,
                Urgency::None,
            ],
        );
        let judgement = judge_by_professional(
            urgency,
            percent(&*chance, 15),
            percent(&*chance, 15),
            "Arvioitu puhelussa.",
        );
        holding::judge(tx, &self.desk, &worker, self.cases[case].id, &judgement)?;
        Ok(())
    }

    fn reach(&mut self, tx: &mut WriteTx<'_>, case: usize) -> Result<(), SynthError> {
        let Some(worker) = self.holder(case) else {
            return Ok(());
        };
        let id = self.cases[case].id;
        for task in tasks::list_of_contact(tx, id)? {
            tasks::finish(tx, &self.desk, &worker, task.id, "Soitettu ja tavoitettu.")?;
        }
        let said =
            "Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.";
        record::add_attempt(
            tx,
            &self.desk,
            &worker,
            id,
            AttemptChannel::Call,
            true,
            said,
        )?;
        Ok(())
    }

    fn offer(
        &mut self,
        tx: &mut WriteTx<'_>,
        case: usize,
        to: Hand,
        warm: bool,
    ) -> Result<(), SynthError> {
        let Some(worker) = self.holder(case) else {
            return Ok(());
        };
        if worker.staff == to.staff || self.cases[case].offer.is_some() {
            return Ok(());
        }
        let reason = "Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.".to_owned();
        let new = NewOffer {
            receiver: Receiver::Person(to.staff),
            reason,
            warm,
        };
        let offer = offers::make(tx, &self.desk, &worker, self.cases[case].id, &new)?;
        self.cases[case].offer = Some((offer, to));
        Ok(())
    }

    fn refuse(&mut self, tx: &mut WriteTx<'_>, case: usize) -> Result<(), SynthError> {
        let Some((offer, to)) = self.cases[case].offer.take() else {
            return Ok(());
        };
        let alternative = "Ehdotan kollegaa, jolla on tilaa tällä viikolla.";
        offers::refuse(
            tx,
            &self.desk,
            &self.worker(to),
            offer,
            "Olen täynnä kahden viikon ajan.",
            alternative,
        )?;
        self.cases[case].refusals += 1;
        if self.cases[case].refusals < 2 {
            let at = self.working_time(self.desk.now(), 60);
            self.plan_offer(case, at);
        }
        Ok(())
    }

    fn end(&mut self, tx: &mut WriteTx<'_>, case: usize, end: End) -> Result<(), SynthError> {
        let Some(worker) = self.holder(case) else {
            return Ok(());
        };
        let chance = self.chance();
        let soon =
            SignedDuration::from_hours(24 * (1 + i64::try_from(chance.below(9)).unwrap_or(0)));
        let ending = match end {
            End::NextStep => {
                let (what, who) = *pick(&*chance, &NEXT);
                Ending::NextStep {
                    what: what.to_owned(),
                    who: who.to_owned(),
                    who_staff: None,
                    by: day(self.desk.now() + soon),
                    told: true,
                }
            }
            End::NotWanted => Ending::NotWanted {
                own_words: "En tarvitse nyt apua. Soitan, jos tilanne muuttuu.".to_owned(),
            },
            End::NotReached => Ending::NotReached {
                tried: "Soitettu, lähetetty tekstiviesti ja kirje.".to_owned(),
            },
            End::Unknown => Ending::UnknownCaller {
                advised: "Neuvottiin hakemaan asumistukea ja ottamaan uudelleen yhteyttä."
                    .to_owned(),
            },
        };
        ending::end(tx, &self.desk, &worker, self.cases[case].id, &ending)?;
        self.cases[case].ended = true;
        Ok(())
    }

    fn seen(&mut self, tx: &mut WriteTx<'_>, case: usize) -> Result<(), SynthError> {
        let id = self.cases[case].id;
        let facts = Facts::load(tx, id, self.desk.now())?;
        if let Some(lead) = self.hand(facts.lead) {
            ending::mark_seen(tx, &self.desk, &self.worker(lead), id)?;
        }
        Ok(())
    }

    fn advise(&mut self, tx: &mut WriteTx<'_>) -> Result<(), SynthError> {
        let chance = self.chance();
        let Some(hand) = self.front_door() else {
            return Ok(());
        };
        let (asked, advised, next) = *pick(&*chance, &ADVICE);
        let new = advice::NewAdvice {
            door: *pick(
                &*chance,
                &[Door::Phone, Door::Phone, Door::Visit, Door::Chat],
            ),
            person: percent(&*chance, 35).then(|| pick(&*chance, &self.people).name.clone()),
            asked: asked.to_owned(),
            advised: advised.to_owned(),
            next: next.to_owned(),
            theme: Some(*pick(&*chance, Theme::ALL)),
        };
        advice::add(tx, &self.desk, &self.worker(hand), &new)?;
        self.advice += 1;
        Ok(())
    }
}

/// What was promised and who does it.
const NEXT: [(&str, &str); 6] = [
    (
        "Ensimmäinen tapaaminen ja palvelutarpeen arvioinnin aloitus",
        "Aikuissosiaalityön sosiaaliohjaaja",
    ),
    (
        "Maksusuunnitelma vuokranantajan kanssa",
        "Sosiaaliohjaaja yhdessä asiakkaan kanssa",
    ),
    ("Yhteinen soitto Kelaan", "Sosiaaliohjaaja"),
    (
        "Velkaneuvonnan aika",
        "Talous- ja velkaneuvonta, sovittu nimellä",
    ),
    ("Kotikäynti", "Sosiaalityöntekijä"),
    ("Ryhmän ensimmäinen kerta", "Ryhmän ohjaaja, tietää tulosta"),
];

/// A time of day from an hour and a minute that are surely in range.
fn clock_time(hour: u64, minute: u64) -> Time {
    let small = |number: u64| i8::try_from(number).unwrap_or(0);
    Time::new(small(hour), small(minute), 0, 0).unwrap_or(Time::constant(8, 0, 0, 0))
}
