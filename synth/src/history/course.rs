//! What becomes of a contact: judged, reached, offered on, ended, and seen by the lead.

use intake::domain::AttemptChannel;
use intake::domain::ending::Ending;
use intake::domain::urgency::{Urgency, judge_by_professional};
use intake::store::facts::Facts;
use intake::store::offers::{self, NewOffer, Receiver};
use intake::store::{ending, holding, record, tasks};
use kernel::time::{SignedDuration, Timestamp, day};
use store::WriteTx;

use super::History;
use crate::SynthError;
use crate::cases::{End, Hand, Step};
use crate::people::{percent, pick};
use crate::staffing::Role;

impl History {
    /// Decides the course of an ordinary case.
    pub(super) fn plan_course(&mut self, case: usize, at: Timestamp) {
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

    pub(super) fn judge(&mut self, tx: &mut WriteTx<'_>, case: usize) -> Result<(), SynthError> {
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

    pub(super) fn reach(&mut self, tx: &mut WriteTx<'_>, case: usize) -> Result<(), SynthError> {
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

    pub(super) fn offer(
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

    pub(super) fn refuse(&mut self, tx: &mut WriteTx<'_>, case: usize) -> Result<(), SynthError> {
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

    pub(super) fn end(
        &mut self,
        tx: &mut WriteTx<'_>,
        case: usize,
        end: End,
    ) -> Result<(), SynthError> {
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

    pub(super) fn seen(&mut self, tx: &mut WriteTx<'_>, case: usize) -> Result<(), SynthError> {
        let id = self.cases[case].id;
        let facts = Facts::load(tx, id, self.desk.now())?;
        if let Some(lead) = self.hand(facts.lead) {
            ending::mark_seen(tx, &self.desk, &self.worker(lead), id)?;
        }
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
