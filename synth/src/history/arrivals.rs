//! How people come: by hour and weekday, by the door they choose, and those who only ask for advice.

use intake::domain::urgency::judge_by_rule;
use intake::domain::{AnswerWay, Door, Kind, NewContact, Parties, TalkLanguage, Theme};
use intake::store::{advice, receive, sender};
use kernel::time::{SignedDuration, day, moment, wall_time};
use store::WriteTx;

use super::{CONTACTS_PER_HUNDRED, History, clock_time};
use crate::cases::{Case, Hand, Step};
use crate::people::{Person, percent, pick};
use crate::planted::PLANTED;
use crate::words::{ADVICE, Words, choose};
use crate::{Plan, SynthError};

impl History {
    pub(super) fn plan_arrivals(&mut self, plan: &Plan) {
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

    pub(super) fn arrive(&mut self, tx: &mut WriteTx<'_>) -> Result<(), SynthError> {
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

    pub(super) fn advise(&mut self, tx: &mut WriteTx<'_>) -> Result<(), SynthError> {
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
