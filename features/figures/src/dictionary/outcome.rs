//! What came of it: goals, endings, returns, what clients say. Questions 1, 10, 15, 19.

use super::PLAIN;
use crate::definition::{Definition, Measure, Span, Unit, Words};

pub const OUTCOME: &[Definition] = &[
    Definition {
        code: "special-support",
        same_as: "clients",
        questions: &[1],
        title: Words {
            fi: "Erityistä tukea tarvitsevat",
            sv: "Personer som behöver särskilt stöd",
            en: "People who need special support",
        },
        counts: Words {
            fi: "Asiakkaat kuukauden viimeisenä päivänä. Osuus: arvioitu erityistä tukea tarvitsevaksi (SHL 3 §).",
            sv: "Klienter på månadens sista dag. Andel: bedömda att behöva särskilt stöd (SHL 3 §).",
            en: "Clients on the last day of the month. The share: judged to need special support (SHL 3 §).",
        },
        omits: Words {
            fi: "Arvioimattomat ovat kohdassa ”ei”.",
            sv: "De som inte har bedömts finns under ”nej”.",
            en: "Those nobody has judged are under “no”.",
        },
        unit: Unit::Clients,
        span: Span::Stock,
        measure: Measure::Share(&["yes"]),
        parts: &["yes", "no"],
        tables: &["client_relation", "special_support"],
        ages: false,
        sensitive: true,
        ..PLAIN
    },
    Definition {
        code: "goals",
        questions: &[10],
        title: Words {
            fi: "Tavoitteiden toteutuminen",
            sv: "Hur målen uppnåddes",
            en: "Goals reached",
        },
        counts: Words {
            fi: "Jaksolla tarkistettujen suunnitelmien tavoitteet. Osuus: toteutui kokonaan tai osittain.",
            sv: "Mål i planer som sågs över under perioden. Andel: uppnåddes helt eller delvis.",
            en: "Goals of plans that were reviewed in the period. The share: reached wholly or in part.",
        },
        omits: Words {
            fi: "Tavoite on mukana joka tarkistuksessa, ja yhteinen tavoite jokaisella asiakkaalla. Pahenemisen estäminen on tavoite siinä kuin muutoskin.",
            sv: "Ett mål är med vid varje översyn, och ett gemensamt mål för varje klient. Att hindra försämring är ett mål lika väl som en förändring.",
            en: "A goal is in every review of it, a common one for each client. To prevent worsening is as good a goal as change.",
        },
        unit: Unit::Goals,
        measure: Measure::Share(&["attained", "partly"]),
        parts: &["attained", "partly", "not"],
        tables: &[
            "plan_review",
            "plan_review_goal",
            "plan_goal",
            "plan_client",
        ],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "matters-closed",
        questions: &[10],
        title: Words {
            fi: "Miksi asiat päättyivät",
            sv: "Varför ärendena avslutades",
            en: "Why matters were closed",
        },
        counts: Words {
            fi: "Jaksolla päättyneet asiat syyn mukaan, asiakas kerrallaan. Osuus: ei halunnut apua tai ei tavoitettu.",
            sv: "Ärenden som avslutades under perioden enligt orsak, en klient åt gången. Andel: ville inte ha hjälp eller nåddes inte.",
            en: "Matters closed in the period by reason, one client at a time. The share: did not want help or was not reached.",
        },
        omits: Words {
            fi: "Erehdyksessä avatut ja toiseen asiaan liitetyt jäävät pois. Kuolemat, muutot ja muut syyt ovat yhdessä.",
            sv: "Ärenden som öppnats av misstag eller gått upp i ett annat är inte med. Dödsfall, flyttar och andra orsaker är tillsammans.",
            en: "Those opened by mistake or joined to another are left out. Deaths, moves and other reasons stand together.",
        },
        unit: Unit::Matters,
        measure: Measure::Share(&["declined", "not_reached"]),
        parts: &[
            "handled",
            "no_need",
            "declined",
            "not_reached",
            "other_reason",
        ],
        tables: &["matter", "matter_client"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "returns",
        questions: &[15],
        title: Words {
            fi: "Palanneet vuoden sisällä",
            sv: "Återkomna inom ett år",
            en: "Returned within a year",
        },
        counts: Words {
            fi: "Asiakkuudet, jotka päättyivät vuosi ennen jaksoa. Osuus: uusi asiakkuus alkoi vuoden kuluessa.",
            sv: "Klientskap som avslutades ett år före perioden. Andel: ett nytt klientskap inleddes inom ett år.",
            en: "Client relationships that ended a year before the period. The share: another began within a year.",
        },
        omits: Words {
            fi: "Seuranta kestää vuoden, joten luku kertoo edellisen vuoden päättymisistä. Paluu ei ole epäonnistuminen.",
            sv: "Uppföljningen tar ett år, så talet gäller klientskap som avslutades året före. En återkomst är inget misslyckande.",
            en: "The follow-up takes a year, so it tells of the endings of the year before. To return is no failure.",
        },
        unit: Unit::Clients,
        measure: Measure::Share(&["yes"]),
        parts: &["yes", "no"],
        tables: &["client_relation"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "heard",
        questions: &[19],
        title: Words {
            fi: "Tulinko kuulluksi",
            sv: "Blev jag hörd",
            en: "Was I heard",
        },
        counts: Words {
            fi: "Asiakkaan vastaukset asian päättyessä. Osuus: täysin tai enimmäkseen.",
            sv: "Klientens svar när ärendet avslutas. Andel: helt eller för det mesta.",
            en: "What clients said when a matter was closed. The share: fully or mostly.",
        },
        omits: Words {
            fi: "Ne, joilta ei voitu kysyä tai jotka eivät halunneet vastata, ovat omina kohtinaan ja osuuden nimittäjässä.",
            sv: "De som inte kunde tillfrågas eller inte ville svara har egna rader och ingår i nämnaren.",
            en: "Those who could not be asked or did not want to answer stand apart, and in the denominator.",
        },
        unit: Unit::Answers,
        measure: Measure::Share(&["fully", "mostly"]),
        parts: &[
            "fully",
            "mostly",
            "little",
            "not_at_all",
            "no_answer",
            "not_asked",
        ],
        tables: &["closing_voice"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "plans-declined",
        questions: &[19],
        title: Words {
            fi: "Miksi suunnitelmaa ei tehty",
            sv: "Varför ingen plan gjordes",
            en: "Why no plan was made",
        },
        counts: Words {
            fi: "Jaksolla kirjatut syyt olla tekemättä suunnitelmaa. Osuus: asiakas itse ei halunnut (AsL 8 §).",
            sv: "Orsaker att inte göra en plan som antecknats under perioden. Andel: klienten själv ville inte (KlientL 8 §).",
            en: "Reasons for no plan recorded in the period. The share: the client herself did not want one (AsL 8 §).",
        },
        omits: Words {
            fi: "Kieltäytyminen on oikeus, ei merkki asiakkaasta. Myöhemmin perutut ovat mukana.",
            sv: "Att avstå är en rättighet och säger inget om klienten. De som senare återtogs är med.",
            en: "To refuse is a right and no mark on the client. Those taken back later are in.",
        },
        unit: Unit::Clients,
        measure: Measure::Share(&["declined"]),
        parts: &["declined", "unnecessary", "advice_enough"],
        tables: &["plan_waiver"],
        ages: false,
        ..PLAIN
    },
];
