//! People who become clients: with basics, a household, matters that were opened and closed by the product's own acts,
//! own workers, and a few whose address must stay secret.

mod basics;
mod planted;

use std::collections::BTreeSet;

use casework::domain::{
    CloseReason, Holder, Initiation, InitiationKind, Initiator, MatterError, MatterId, MatterName,
    NameCode, ServiceTask, Way,
};
use casework::store::ending::{self, Closing};
use casework::store::joint;
use casework::store::open::{self, NewMatter};
use casework::store::workers::{self, OwnWorker};
use clients::gate::Gate;
use clients::store::create::{Maker, create};
use clients::store::protect;
use clients::store::related::{self, NewRelated, Role as Related};
use clients::{ClientId, Reader};
use documents::DocumentId;
use identity::people::StaffId;
use kernel::chance::Chance;
use kernel::identity_code::IdentityCode;
use kernel::language::Language;
use kernel::time::{Date, SignedDuration, day};
use notes::store::{keep, steps};
use store::{Query, WriteTx, params};

use crate::SynthError;
use crate::cases::{Hand, Step};
use crate::history::{History, of_story};
use crate::people::{Person, percent, pick};
use crate::staffing::Role;

pub(crate) use basics::basics;
pub use planted::{Fate, PLANTED};

/// Clients for every hundred people of the plan.
pub const CLIENTS_PER_HUNDRED: u64 = 20;

/// What a client's matter is about.
const MATTERS: [(NameCode, &str, &str); 6] = [
    (
        NameCode::Assessment,
        "Useita samanaikaisia tarpeita: vuokrat, arki ja työkyky.",
        "En jaksa hoitaa asioita enää yksin.",
    ),
    (
        NameCode::Supplementary,
        "Vuokravelkaa on kertynyt kahdelta kuukaudelta. Häätöuhka.",
        "Pelkään, että menetän asunnon.",
    ),
    (
        NameCode::Guidance,
        "Tarvitsee tukea etuuksien hakemiseen ja postin avaamiseen.",
        "Kirjeet pelottavat, en avaa niitä.",
    ),
    (
        NameCode::Rehabilitation,
        "Päivärytmi on kadonnut työttömyyden jälkeen.",
        "Haluaisin taas nähdä ihmisiä.",
    ),
    (
        NameCode::Housing,
        "Asunto päättyy kuun lopussa. Uutta ei ole.",
        "En tiedä, missä nukun ensi kuussa.",
    ),
    (
        NameCode::MoneyManagement,
        "Rahat loppuvat viikkoa ennen maksupäivää. Velat ovat ulosotossa.",
        "Raha vain katoaa, vaikka yritän.",
    ),
];

/// An opened matter on its way to being closed.
#[derive(Debug, Clone)]
pub struct Running {
    pub matter: MatterId,
    pub hand: Hand,
    pub clients: Vec<ClientId>,
    /// Which story it goes by.
    pub story: usize,
    pub assessment: Option<DocumentId>,
    pub assessed: bool,
    pub plan: Option<DocumentId>,
    pub reviewed: bool,
    pub closed: bool,
}

/// What the history remembers of clients.
#[derive(Debug, Default)]
pub struct Remembered {
    codes: BTreeSet<String>,
    pub matters: Vec<Running>,
    pub count: usize,
}

/// A worker as the rooms of clients know one.
pub fn reader(hand: Hand) -> Reader {
    let (work, qualifications) = hand.role.rights();
    Reader {
        staff: hand.staff,
        unit: hand.unit,
        subject: access::rights::Subject::employee(work, qualifications),
        strong: true,
    }
}

impl History {
    /// Somebody becomes a client of a social worker or counsellor, who opens a matter and stays the own worker.
    pub(crate) fn become_client(&mut self, tx: &mut WriteTx<'_>) -> Result<(), SynthError> {
        let chance = self.chance();
        let Some(hand) = self.professional() else {
            return Ok(());
        };
        let person = pick(&*chance, &self.people).clone();
        let Some(code) = self.free_code(&*chance) else {
            return Ok(());
        };
        let secret = percent(&*chance, 2);
        let mut new = basics(&*chance, &person, hand, secret);
        let temporary = percent(&*chance, 3);
        if temporary {
            new.birth = Some(code.birth_date());
        } else {
            new.code = Some(code);
        }
        let client = create(tx, &self.clients, &reader(hand), &new, Maker::Recorder)?;
        let story = self.pick_story(person.language, hand.role);
        let told = self.stories[story].clone();
        let choice = (
            told.matter(),
            told.reasons.as_str(),
            told.own_words.as_str(),
        );
        let matter = self.open_matter(tx, client, hand, choice)?;
        if percent(&*chance, 70) {
            self.name_own_worker(tx, client, hand, matter)?;
        }
        if secret {
            self.protect(tx, client, hand)?;
        }
        self.remembered.count += 1;
        let other = if told.joint {
            self.other_of_couple(tx, hand, matter)?
        } else {
            None
        };
        let index = self.run_story(matter, hand, of_story(client, other), story);
        if percent(&*chance, 60) {
            let days = i64::try_from(70 + chance.below(250)).unwrap_or(90);
            let then = self.clients.now() + SignedDuration::from_hours(24 * days);
            self.plan(self.working_time(then, 0), Step::CloseMatter(index));
        }
        Ok(())
    }

    /// A story in the person's language. Special support is judged by a social worker in public office.
    pub(crate) fn pick_story(&self, language: &str, role: Role) -> usize {
        let language = Language::from_code(language).unwrap_or(Language::Fi);
        let fits: Vec<usize> = self
            .stories
            .iter()
            .enumerate()
            .filter(|(_, story)| story.language() == language)
            .filter(|(_, story)| role == Role::SocialWorker || !story.special_support)
            .map(|(index, _)| index)
            .collect();
        fits.get(usize::try_from(self.chance().below(fits.len().max(1) as u64)).unwrap_or(0))
            .copied()
            .unwrap_or(0)
    }

    /// Remembers a matter and plans what is written of it.
    fn run_story(
        &mut self,
        matter: MatterId,
        hand: Hand,
        clients: Vec<ClientId>,
        story: usize,
    ) -> usize {
        let index = self.remembered.matters.len();
        let debt = ["rent_debt", "hyresskuld"].contains(&self.stories[story].code.as_str());
        self.written.rent_debts += usize::from(debt);
        self.remembered.matters.push(Running {
            matter,
            hand,
            clients,
            story,
            assessment: None,
            assessed: false,
            plan: None,
            reviewed: false,
            closed: false,
        });
        self.plan_story(index);
        index
    }

    /// The other of a couple, who joins the matter with a record of her own.
    fn other_of_couple(
        &mut self,
        tx: &mut WriteTx<'_>,
        hand: Hand,
        matter: MatterId,
    ) -> Result<Option<ClientId>, SynthError> {
        let chance = self.chance();
        let person = pick(&*chance, &self.people).clone();
        let Some(code) = self.free_code(&*chance) else {
            return Ok(None);
        };
        let mut new = basics(&*chance, &person, hand, false);
        new.code = Some(code);
        let who = reader(hand);
        let other = create(tx, &self.clients, &who, &new, Maker::Recorder)?;
        joint::join(tx, &self.matters, &who, matter, other)?;
        self.remembered.count += 1;
        Ok(Some(other))
    }

    /// A matter has been handled.
    pub(crate) fn close_matter(
        &mut self,
        tx: &mut WriteTx<'_>,
        index: usize,
    ) -> Result<(), SynthError> {
        let Running {
            matter,
            hand,
            closed,
            clients,
            ..
        } = self.remembered.matters[index].clone();
        if closed {
            return Ok(());
        }
        self.remembered.matters[index].closed = true;
        for step in steps::open_of(tx, matter)? {
            keep::step_done(tx, &self.matters, &reader(hand), step.id)?;
        }
        let ends = percent(&*self.chance(), 85) && only_matter(tx, matter, &clients)?;
        let closing = Closing {
            reason: CloseReason::Handled,
            words: "Sovitut asiat on hoidettu. Asiakas tietää, mistä saa apua jatkossa.".to_owned(),
            late_reason: Some("Asiakas pyysi siirtämään tapaamista.".to_owned()),
            no_ground: ends.then(|| "Asiakas pärjää ilman sosiaalihuollon palveluja.".to_owned()),
            follow_up: None,
            voices: Vec::new(),
        };
        ending::close(tx, &self.matters, &reader(hand), matter, &closing)?;
        Ok(())
    }

    /// A client that every demo has.
    pub(crate) fn plant_client(
        &mut self,
        tx: &mut WriteTx<'_>,
        index: usize,
    ) -> Result<(), SynthError> {
        let chance = self.chance();
        let planted = PLANTED[index];
        let secret = matches!(planted.fate, Fate::Protected | Fate::ProtectedHousehold);
        let Some(hand) = self.planted_hand(planted.fate) else {
            return Ok(());
        };
        let person = Person {
            name: String::new(),
            municipality: self.home.to_owned(),
            phone: format!("045 000 99{index:02}"),
            language: "fi",
        };
        let mut new = basics(&*chance, &person, hand, secret);
        new.family = planted.family.to_owned();
        new.given = planted.given.to_owned();
        new.code = IdentityCode::parse(planted.code).ok();
        new.birth = Some(planted.born);
        if planted.fate == Fate::Elsewhere && planted.given == "Sergei" {
            new.details.push(("mother_tongue", "ru".to_owned()));
        }
        let client = create(tx, &self.clients, &reader(hand), &new, Maker::Recorder)?;
        self.remembered.count += 1;
        let choice = MATTERS[index % MATTERS.len()];
        let matter = self.open_matter(tx, client, hand, choice)?;
        match planted.fate {
            Fate::OwnClient => {
                self.name_own_worker(tx, client, hand, matter)?;
                self.run_story(matter, hand, vec![client], 0);
            }
            Fate::Elsewhere => {
                self.name_own_worker(tx, client, hand, matter)?;
            }
            Fate::Protected => {
                self.name_own_worker(tx, client, hand, matter)?;
                self.protect(tx, client, hand)?;
                self.grant_secret(tx, client, hand)?;
                self.run_story(matter, hand, vec![client], 1);
            }
            Fate::ProtectedHousehold => {
                self.name_own_worker(tx, client, hand, matter)?;
                self.join_household(tx, client, hand)?;
            }
            Fate::Dead => {
                let gate = Gate::open(tx, &reader(hand), client, self.clients.now())?;
                let died = day(self.clients.now());
                clients::store::standing::set_death(tx, &self.clients, &gate, Some(died), "close")?;
            }
            Fate::Double => {}
        }
        Ok(())
    }

    fn planted_hand(&self, fate: Fate) -> Option<Hand> {
        let of = |role: Role, number: usize| {
            let (staff, unit, role) = *self
                .staffing
                .all
                .iter()
                .filter(|(_, _, other)| *other == role)
                .nth(number)?;
            Some(Hand { staff, unit, role })
        };
        match fate {
            Fate::OwnClient | Fate::Protected | Fate::ProtectedHousehold => {
                of(Role::SocialWorker, 0)
            }
            Fate::Double => of(Role::Counsellor, 0),
            // Somebody of another unit than the demo's people.
            Fate::Dead | Fate::Elsewhere => {
                of(Role::SocialWorker, 3).or_else(|| of(Role::SocialWorker, 1))
            }
        }
    }

    /// A social worker or counsellor at work.
    fn professional(&self) -> Option<Hand> {
        let (staff, _) = self.staffing.somebody(&*self.chance())?;
        self.hand(staff)
            .filter(|hand| matches!(hand.role, Role::SocialWorker | Role::Counsellor))
    }

    fn free_code(&mut self, chance: &dyn Chance) -> Option<IdentityCode> {
        for _ in 0..20 {
            let year = i16::try_from(1946 + chance.below(60)).ok()?;
            let month = i8::try_from(1 + chance.below(12)).ok()?;
            let born = Date::new(year, month, i8::try_from(1 + chance.below(28)).ok()?).ok()?;
            // The lower half of the artificial range belongs to the synthetic staff.
            let code = IdentityCode::artificial(born, u16::try_from(50 + chance.below(50)).ok()?)?;
            if self.remembered.codes.insert(code.expose().to_owned()) {
                return Some(code);
            }
        }
        None
    }

    pub(crate) fn open_matter(
        &mut self,
        tx: &mut WriteTx<'_>,
        client: ClientId,
        hand: Hand,
        (name, reasons, words): (NameCode, &str, &str),
    ) -> Result<MatterId, SynthError> {
        let now = self.matters.now();
        let new = NewMatter {
            name: MatterName::new(name, None)?,
            service_task: ServiceTask::WorkingAge,
            holder: Holder::Person {
                staff: hand.staff,
                unit: hand.unit,
            },
            initiation: Initiation {
                kind: InitiationKind::Contact,
                way: *pick(
                    &*self.chance(),
                    &[Way::Phone, Way::Web, Way::Visit, Way::Centre],
                ),
                initiator: Initiator::Person,
                initiator_name: None,
                pending_at: now,
                contact_at: now - SignedDuration::from_hours(2),
                reasons: reasons.to_owned(),
                own_words: Some(words.to_owned()),
                outside: None,
                seven_days: None,
            },
        };
        Ok(open::open(tx, &self.matters, &reader(hand), client, &new)?.id)
    }

    pub(crate) fn name_own_worker(
        &self,
        tx: &mut WriteTx<'_>,
        client: ClientId,
        hand: Hand,
        matter: MatterId,
    ) -> Result<(), SynthError> {
        let naming = OwnWorker::new(hand.staff, day(self.matters.now()));
        match workers::name_own_worker(tx, &self.matters, &reader(hand), matter, client, &naming) {
            // A worker whose professional right has ended, who is away or is about to leave is nobody's new own worker.
            Ok(())
            | Err(
                MatterError::NotProfessional | MatterError::ReceiverAway | MatterError::LastDay(_),
            ) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn protect(
        &self,
        tx: &mut WriteTx<'_>,
        client: ClientId,
        hand: Hand,
    ) -> Result<(), SynthError> {
        let now = self.clients.now();
        let gate = Gate::open(tx, &reader(hand), client, now)?;
        let from = day(now);
        let to = from
            .checked_add(SignedDuration::from_hours(24 * 365 * 4))
            .ok();
        protect::set_non_disclosure(tx, &self.clients, &gate, (from, to), "register")?;
        Ok(())
    }

    /// The lead of the unit gives the worker the right to the protected details.
    fn grant_secret(
        &self,
        tx: &mut WriteTx<'_>,
        client: ClientId,
        hand: Hand,
    ) -> Result<(), SynthError> {
        // A lead may answer for several units, of which only one is the lead's own.
        let row = tx.query_one(
            "select lead_id from unit where id = $1",
            &params![hand.unit.bytes()],
        )?;
        let Some(lead) = self.hand(StaffId::from_bytes(row.get(0)?)) else {
            return Ok(());
        };
        let now = self.clients.now();
        let gate = Gate::open(tx, &reader(lead), client, now)?;
        let until = day(now + SignedDuration::from_hours(24 * 300));
        protect::give_secret_right(tx, &self.clients, &gate, hand.staff, "Kotikäynnit", until)?;
        Ok(())
    }

    fn join_household(
        &self,
        tx: &mut WriteTx<'_>,
        child: ClientId,
        hand: Hand,
    ) -> Result<(), SynthError> {
        let gate = Gate::open(tx, &reader(hand), child, self.clients.now())?;
        let new = NewRelated {
            role: Related::Parent,
            name: "Noora Kivelä".to_owned(),
            code: IdentityCode::parse("010594Y9021").ok(),
            phone: None,
            same_household: true,
            scope: None,
            from: None,
            to: None,
            source: "client".to_owned(),
            sure: false,
        };
        let added = related::add(tx, &self.clients, &gate, &new, None)?;
        debug_assert!(matches!(added, related::Added::Row(_)), "{added:?}");
        Ok(())
    }
}

/// Whether the clients have no other open matter.
fn only_matter(
    tx: &mut WriteTx<'_>,
    matter: MatterId,
    clients: &[ClientId],
) -> Result<bool, SynthError> {
    for client in clients {
        let row = tx.query_one(
            "select count(*) from matter_client c join matter m on m.id = c.matter_id where c.client_id = $1 and c.left_at is null and m.ended_at is null and m.id <> $2",
            &params![client.bytes(), matter.bytes()],
        )?;
        if row.get::<i64>(0)? > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}
