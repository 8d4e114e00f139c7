//! Contacts that every synthetic county has in its last days, so that each state of the work can be
//! seen at once: untaken and urgent, offered, refused, unanswered, held by somebody away.

use identity::people::StaffId;
use intake::domain::urgency::{Signs, Urgency, judge_by_rule};
use intake::domain::{AnswerWay, Door, Kind, NewContact, Parties, TalkLanguage, Theme, Wish};
use kernel::time::SignedDuration;
use store::WriteTx;

use crate::SynthError;
use crate::cases::{Hand, Step};
use crate::history::History;
use crate::staffing::Role;

/// What becomes of a planted contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Nobody has taken it.
    Untaken,
    /// The front door has it.
    Taken,
    /// Offered to the demo's social worker; the answer is waited for.
    OfferedToSocialWorker,
    /// Offered to the demo's counsellor with a warm hand-over.
    OfferedToCounsellor,
    /// Refused with an alternative: the front door still answers for it.
    Refused,
    /// Nobody answered the offer: it came back to both leads.
    Unanswered,
    /// Held by the worker who has left.
    HeldByDeparted,
    /// Held by the worker on leave.
    HeldByAbsent,
    /// Tried without reaching; ended in the lead's sight.
    NotReached,
    /// The demo's social worker answers for it.
    HeldBySocialWorker,
}

/// A planted contact.
#[derive(Debug, Clone, Copy)]
pub struct Planted {
    pub minutes_ago: i64,
    pub fate: Fate,
    pub door: Door,
    pub theme: Theme,
    pub wish: Wish,
    pub danger: bool,
    pub housing: bool,
    pub child: bool,
    pub name: Option<&'static str>,
    pub language: TalkLanguage,
    pub title: &'static str,
    pub words: &'static str,
}

const DAY: i64 = 24 * 60;

const BASE: Planted = Planted {
    minutes_ago: 60,
    fate: Fate::Untaken,
    door: Door::Web,
    theme: Theme::Other,
    wish: Wish::NoHurry,
    danger: false,
    housing: false,
    child: false,
    name: None,
    language: TalkLanguage::Fi,
    title: "",
    words: "",
};

pub const PLANTED: [Planted; 14] = [
    Planted {
        minutes_ago: 12,
        theme: Theme::Violence,
        wish: Wish::Today,
        danger: true,
        child: true,
        title: "”En uskalla mennä kotiin”",
        words: "Mies on ollut juovuksissa eilisestä ja huusi aamulla. Olen ulkona kaupan luona. Lapsi on koulussa kahteen asti. En tiedä, mihin voin mennä.",
        ..BASE
    },
    Planted {
        minutes_ago: 41,
        theme: Theme::Housing,
        wish: Wish::Week,
        housing: true,
        name: Some("Leyla Hassan"),
        language: TalkLanguage::Other,
        title: "Häätöpäivä on sovittu",
        words: "Sain kirjeen, jossa on häätöpäivä. En ymmärrä kaikkea, mitä siinä lukee. Voiko joku soittaa tulkin kanssa?",
        ..BASE
    },
    Planted {
        minutes_ago: 80,
        theme: Theme::Money,
        wish: Wish::Today,
        name: Some("Kari Ojala"),
        title: "Rahat loppu, lääkkeet hakematta",
        words: "Tuki on myöhässä ja lääkkeet ovat hakematta. Pärjään tämän päivän, mutta huomenna en.",
        ..BASE
    },
    Planted {
        minutes_ago: 285,
        theme: Theme::Money,
        name: Some("Sofia Lindqvist"),
        language: TalkLanguage::Sv,
        title: "Skuldrådgivning, flera krediter",
        words: "Jag har flera små krediter och vill få ordning på dem innan det blir värre. Helst på svenska.",
        ..BASE
    },
    Planted {
        minutes_ago: 20 * 60,
        theme: Theme::Work,
        door: Door::Authority,
        name: Some("Joni Virolainen"),
        title: "Monialaisen tuen arvio",
        words: "Työllisyysalueelta pyydetään yhteistä arviota. Asiakas on antanut suostumuksen yhteydenottoon.",
        ..BASE
    },
    Planted {
        minutes_ago: 125,
        fate: Fate::Taken,
        door: Door::Visit,
        theme: Theme::Everyday,
        name: Some("Heikki Sorsa"),
        language: TalkLanguage::Sign,
        title: "Tukea arjen asioihin",
        words: "Posti jää avaamatta, ja kotona on sekaista. Haluaisi, että joku kävisi yhdessä läpi, mistä aloitetaan.",
        ..BASE
    },
    Planted {
        minutes_ago: 7 * 60,
        fate: Fate::OfferedToSocialWorker,
        door: Door::Phone,
        theme: Theme::Housing,
        wish: Wish::Week,
        housing: true,
        name: Some("Elisa Korpela"),
        title: "Päihdepalvelun jälkeen ei asuntoa",
        words: "Jakso päättyy kolmen viikon päästä. Aiempi asunto meni, eikä paluuta entiseen porukkaan ole.",
        ..BASE
    },
    Planted {
        minutes_ago: 5 * 60,
        fate: Fate::OfferedToCounsellor,
        door: Door::Phone,
        theme: Theme::Money,
        title: "Kysyy velkajärjestelystä, haluaa tavata",
        words: "Ei halua vielä kertoa nimeään. Velkaa on monesta paikasta, ja kirjeet pelottavat.",
        ..BASE
    },
    Planted {
        minutes_ago: 2 * DAY,
        fate: Fate::Refused,
        door: Door::Phone,
        theme: Theme::CloseOnes,
        name: Some("Raija Kettunen"),
        title: "Läheisen huoli pojan pelaamisesta",
        words: "Poika pelaa rahaa öisin ja on lainannut äidiltään. Äiti on väsynyt eikä tiedä, miten auttaa.",
        ..BASE
    },
    Planted {
        minutes_ago: 5 * DAY,
        fate: Fate::Unanswered,
        door: Door::Visit,
        theme: Theme::Health,
        wish: Wish::Week,
        name: Some("Kerttu Mäkelä"),
        title: "Asunnon siivous, huoli pärjäämisestä",
        words: "Naapuri saattoi neuvontaan. Asunnossa on paljon tavaraa, ja lääkkeet ovat menneet sekaisin.",
        ..BASE
    },
    Planted {
        minutes_ago: 9 * DAY,
        fate: Fate::HeldByDeparted,
        door: Door::Phone,
        theme: Theme::Substances,
        name: Some("Arto Pulkkinen"),
        title: "Katkaisuhoidon jälkeen yksin",
        words: "Tuli katkaisuhoidosta viikko sitten. Odottaa, että joku soittaa takaisin niin kuin luvattiin.",
        ..BASE
    },
    Planted {
        minutes_ago: 5 * DAY,
        fate: Fate::HeldByAbsent,
        door: Door::Web,
        theme: Theme::Housing,
        wish: Wish::Week,
        housing: true,
        child: true,
        name: Some("Minna Salo"),
        title: "Vuokrarästi ja kaksi lasta",
        words: "Vuokra on rästissä kahdelta kuulta, ja vuokranantaja puhuu irtisanomisesta. Lapset ovat neljä ja seitsemän.",
        ..BASE
    },
    Planted {
        minutes_ago: 16 * DAY,
        fate: Fate::NotReached,
        door: Door::Web,
        theme: Theme::Loneliness,
        name: Some("Tapio Rinne"),
        title: "Haluaisi juttuseuraa",
        words: "Olen muuttanut tänne keväällä enkä tunne ketään. Olisiko jokin ryhmä?",
        ..BASE
    },
    Planted {
        minutes_ago: 26 * 60,
        fate: Fate::HeldBySocialWorker,
        door: Door::Phone,
        theme: Theme::Violence,
        wish: Wish::Today,
        child: true,
        name: Some("Sari Niemelä"),
        title: "Ero ja turvallinen paikka lapsille",
        words: "Haluaa erota, mutta pelkää puolison reaktiota. Lapset ovat nyt isoäidin luona.",
        ..BASE
    },
];

impl Planted {
    /// The contact as it came, in the county's home municipality.
    fn contact(&self, home: &str) -> NewContact {
        let signs = Signs {
            wish: Some(self.wish),
            danger: self.danger,
            necessities: false,
            housing_risk: self.housing,
            child_in_household: self.child,
        };
        let phone = self.name.map(|_| "045 000 1234".to_owned());
        NewContact {
            kind: if self.door == Door::Authority {
                Kind::Notification
            } else {
                Kind::Contact
            },
            door: self.door,
            municipality: Some(home.to_owned()).filter(|_| self.fate != Fate::Untaken),
            language: self.language,
            other_language: (self.language == TalkLanguage::Other).then(|| "somali".to_owned()),
            interpreter: self.language == TalkLanguage::Other,
            parties: if self.child {
                Parties::Family
            } else {
                Parties::One
            },
            own_words: self.words.to_owned(),
            title: self.title.to_owned(),
            theme: Some(self.theme),
            person_name: self.name.map(str::to_owned),
            answer_way: match (&phone, self.door) {
                (Some(_), Door::Authority) => AnswerWay::None,
                (Some(_), _) => AnswerWay::Call,
                (None, Door::Web) => AnswerWay::Code,
                (None, _) => AnswerWay::None,
            },
            phone,
            wish: Some(self.wish),
            authority: (self.door == Door::Authority).then(|| "Työllisyysalue".to_owned()),
            authority_contact: None,
            authority_ground: (self.door == Door::Authority)
                .then_some(intake::domain::AuthorityGround::Consent),
            assisted: false,
            urgency: judge_by_rule(signs),
        }
    }
}

impl History {
    pub(crate) fn plant(&mut self, tx: &mut WriteTx<'_>, index: usize) -> Result<(), SynthError> {
        let planted = PLANTED[index];
        let front = self
            .staffing
            .advice
            .first()
            .copied()
            .and_then(|id| self.hand(id));
        let demo = |role: Role| {
            self.staffing
                .all
                .iter()
                .find(|(_, _, one)| *one == role)
                .map(|(id, _, _)| *id)
        };
        let by_role = |role| demo(role).and_then(|id| self.hand(id));
        let (social, counsellor) = (by_role(Role::SocialWorker), by_role(Role::Counsellor));
        let away = |id: Option<StaffId>| id.and_then(|id| self.hand(id));
        let (departed, absent) = (away(self.staffing.departed), away(self.staffing.absent));
        let holder = match planted.fate {
            Fate::Untaken => None,
            Fate::HeldByDeparted => departed,
            Fate::HeldByAbsent => absent,
            Fate::HeldBySocialWorker => social,
            _ => front,
        };
        let written = !matches!(planted.door, Door::Web | Door::Authority);
        let case = self.receive(tx, &planted.contact(self.home), holder.filter(|_| written))?;
        let at = self.desk.now();
        let later = |minutes: i64| at + SignedDuration::from_mins(minutes);
        if let (Some(hand), false) = (holder, written) {
            self.plan(later(15), Step::Take(case, hand));
        }
        match planted.fate {
            Fate::OfferedToSocialWorker => self.offered(case, later(45), social),
            Fate::OfferedToCounsellor => self.offered(case, later(45), counsellor),
            Fate::Refused => {
                self.offered(case, later(60), counsellor);
                self.cases[case].refusals = 9;
                self.plan(later(20 * 60), Step::Refuse(case));
            }
            Fate::Unanswered => {
                self.offered(case, later(60), self.social_of_unit());
                let over = self.desk.offer_answer_by(Urgency::Today, later(60));
                self.plan(over + SignedDuration::from_mins(1), Step::RunOut(case));
            }
            Fate::NotReached => {
                use intake::domain::AttemptChannel::{Call, Letter, Text};
                for (day, channel) in [(1, Call), (2, Text), (4, Letter)] {
                    self.plan(later(day * DAY), Step::Try(case, channel));
                }
                self.plan(
                    later(14 * DAY),
                    Step::End(case, crate::cases::End::NotReached),
                );
            }
            Fate::Untaken
            | Fate::Taken
            | Fate::HeldByDeparted
            | Fate::HeldByAbsent
            | Fate::HeldBySocialWorker => {}
        }
        Ok(())
    }

    fn offered(&mut self, case: usize, at: kernel::time::Timestamp, to: Option<Hand>) {
        if let Some(to) = to {
            self.plan(at, Step::Offer(case, to, to.role == Role::Counsellor));
        }
    }

    /// Somebody of the demo lead's own social work unit.
    fn social_of_unit(&self) -> Option<Hand> {
        self.staffing
            .social
            .first()
            .and_then(|(_, workers)| workers.get(2))
            .and_then(|id| self.hand(*id))
    }
}
