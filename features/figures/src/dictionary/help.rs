//! How the help is arranged: time limits, own workers, plans, hand-overs. Questions 3-7, 9.

use super::PLAIN;
use crate::definition::{Definition, Measure, Span, Unit, Words};

/// What is said of the clients of a matter.
const OF_CLIENTS: Words = Words {
    fi: "Yhteinen asia tai suunnitelma lasketaan jokaiselle asiakkaalleen. Turvakieltoasiakkaat lasketaan vain koko alueelle.",
    sv: "Ett gemensamt ärende eller en gemensam plan räknas för var och en av klienterna. Klienter med spärrmarkering räknas bara för hela området.",
    en: "A joint matter or plan is counted for each of its clients. Clients under non-disclosure are counted for the whole county only.",
};

pub const HELP: &[Definition] = &[
    Definition {
        code: "assessment-seven-days",
        questions: &[3],
        title: Words {
            fi: "Arviointi aloitettu seitsemässä arkipäivässä",
            sv: "Bedömningen inledd inom sju vardagar",
            en: "Assessment begun in seven working days",
        },
        counts: Words {
            fi: "Lain seitsemän arkipäivän määräajat, joiden viimeinen päivä on jaksolla (SHL 36 §). Osuus: arviointi aloitettiin määräajassa.",
            sv: "Lagens tidsfrister på sju vardagar vars sista dag är under perioden (SHL 36 §). Andel: bedömningen inleddes i tid.",
            en: "The law's limits of seven working days whose last day is in the period (SHL 36 §). The share: the assessment began in time.",
        },
        omits: Words {
            fi: "Määräaika koskee vain niitä, joille laki sen antaa. Ilman arviointia päättyneet ovat omana kohtanaan.",
            sv: "Tidsfristen gäller bara dem som lagen ger den. De som avslutades utan bedömning har en egen rad.",
            en: "The limit concerns those alone to whom the law gives it. Those that ended without an assessment stand apart.",
        },
        unit: Unit::Limits,
        measure: Measure::Share(&["in_time"]),
        parts: &["in_time", "late", "no_assessment"],
        tables: &[
            "matter_clock",
            "matter_client",
            "client_detail",
            "non_disclosure",
        ],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "assessment-wait",
        questions: &[3, 4],
        title: Words {
            fi: "Palvelutarpeen arvion valmistuminen",
            sv: "Bedömningen av servicebehovet färdig",
            en: "Assessment finished",
        },
        counts: Words {
            fi: "Jaksolla ensimmäisen kerran valmistuneet palvelutarpeen arviot. Osuus: 92 vuorokauden kuluessa asian vireilletulosta.",
            sv: "Bedömningar som blev färdiga första gången under perioden. Andel: inom 92 dygn från att ärendet anhängiggjordes.",
            en: "Needs assessments finished for the first time in the period. The share: within 92 days of the matter's becoming pending.",
        },
        omits: Words {
            fi: "Kesken olevat eivät ole mukana. Laki ei aseta aikuisen arviolle kolmen kuukauden määräaikaa; se rajaa palvelun alkamista (SHL 45 §).",
            sv: "Oavslutade är inte med. Lagen ställer ingen tidsfrist på tre månader för en vuxens bedömning; den begränsar när servicen ska börja (SHL 45 §).",
            en: "Unfinished ones are left out. The law sets no three months for an adult's assessment; they bound the beginning of the service (SHL 45 §).",
        },
        unit: Unit::Assessments,
        measure: Measure::Share(&["days_7", "days_31", "days_92"]),
        parts: &["days_7", "days_31", "days_92", "days_over"],
        tables: &["document", "document_version", "document_client", "matter"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "plan-wait",
        questions: &[4],
        title: Words {
            fi: "Asiakassuunnitelman valmistuminen",
            sv: "Klientplanen färdig",
            en: "Client plan made",
        },
        counts: Words {
            fi: "Jaksolla voimaan tulleet asiakassuunnitelmat. Osuus: 92 vuorokauden kuluessa asian vireilletulosta.",
            sv: "Klientplaner som trädde i kraft under perioden. Andel: inom 92 dygn från att ärendet anhängiggjordes.",
            en: "Client plans that came into force in the period. The share: within 92 days of the matter's becoming pending.",
        },
        omits: OF_CLIENTS,
        unit: Unit::Plans,
        measure: Measure::Share(&["days_7", "days_31", "days_92"]),
        parts: &["days_7", "days_31", "days_92", "days_over"],
        tables: &["plan", "plan_client", "matter"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "own-worker",
        same_as: "clients",
        questions: &[5],
        title: Words {
            fi: "Omatyöntekijä",
            sv: "Egen kontaktperson",
            en: "Own worker",
        },
        counts: Words {
            fi: "Asiakkaat kuukauden viimeisenä päivänä. Osuus: omatyöntekijä on nimetty.",
            sv: "Klienter på månadens sista dag. Andel: en egen kontaktperson har utsetts.",
            en: "Clients on the last day of the month. The share: an own worker is named.",
        },
        omits: Words {
            fi: "Perustellusti nimeämättä jätetyt ovat omana kohtanaan (SHL 42 § 1 mom.). Työntekijöitä ei eritellä.",
            sv: "De som av motiverade skäl inte har fått en egen kontaktperson har en egen rad (SHL 42 § 1 mom.). Arbetstagarna särskiljs inte.",
            en: "Those without one for a stated reason stand apart (SHL 42 § 1). Workers are not told apart.",
        },
        unit: Unit::Clients,
        span: Span::Stock,
        measure: Measure::Share(&["named"]),
        parts: &["named", "waived", "without"],
        tables: &["client_relation", "relation", "own_worker_waiver"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "own-worker-changes",
        same_as: "clients",
        questions: &[5],
        title: Words {
            fi: "Omatyöntekijän vaihtuminen",
            sv: "Byte av egen kontaktperson",
            en: "Changes of own worker",
        },
        counts: Words {
            fi: "Asiakkaat jakson viimeisenä päivänä. Osuus: enemmän kuin kaksi omatyöntekijää edeltävien 365 vuorokauden aikana.",
            sv: "Klienter på periodens sista dag. Andel: fler än två egna kontaktpersoner under de föregående 365 dygnen.",
            en: "Clients on the last day of the period. The share: more than two own workers in the 365 days before.",
        },
        omits: OF_CLIENTS,
        unit: Unit::Clients,
        span: Span::Stock,
        measure: Measure::Share(&["more_workers"]),
        parts: &["none_or_one", "two_workers", "more_workers"],
        tables: &["client_relation", "relation"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "plan-in-force",
        same_as: "clients",
        questions: &[7],
        title: Words {
            fi: "Voimassa oleva asiakassuunnitelma",
            sv: "Klientplan i kraft",
            en: "Client plan in force",
        },
        counts: Words {
            fi: "Asiakkaat kuukauden viimeisenä päivänä. Osuus: suunnitelma on voimassa.",
            sv: "Klienter på månadens sista dag. Andel: en plan är i kraft.",
            en: "Clients on the last day of the month. The share: a plan is in force.",
        },
        omits: Words {
            fi: "Niitä, joille suunnitelmaa ei tarvitse tehdä, ei vähennetä. Asiakkaalla on enintään yksi voimassa oleva suunnitelma.",
            sv: "De för vilka ingen plan behöver göras dras inte av. En klient har högst en plan i kraft.",
            en: "Those who need no plan are not taken off. A client has one plan in force at most.",
        },
        unit: Unit::Clients,
        span: Span::Stock,
        measure: Measure::Share(&["yes"]),
        parts: &["yes", "no"],
        tables: &["client_relation", "plan", "plan_client"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "plan-overdue",
        questions: &[7],
        title: Words {
            fi: "Tarkistus myöhässä",
            sv: "Försenad översyn",
            en: "Review overdue",
        },
        counts: Words {
            fi: "Voimassa olevat suunnitelmat laskentahetkellä. Osuus: sovittu tarkistuspäivä oli ennen jakson loppua.",
            sv: "Planer i kraft när talet räknas. Andel: den överenskomna översynsdagen var före periodens slut.",
            en: "Plans in force when it is counted. The share: the agreed day of review was before the end of the period.",
        },
        omits: Words {
            fi: "Aiempia tarkistuspäiviä ei säilytetä, joten luku on vain jakson lopusta.",
            sv: "Tidigare översynsdagar sparas inte, så talet gäller bara periodens slut.",
            en: "Earlier days of review are not kept, so there is a figure of the end of the period alone.",
        },
        unit: Unit::Plans,
        span: Span::Now,
        measure: Measure::Share(&["late"]),
        parts: &["in_time", "late"],
        tables: &["plan", "plan_client"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "offers",
        questions: &[4],
        title: Words {
            fi: "Siirtopyyntöjen vastaukset",
            sv: "Svar på överföringsbegäran",
            en: "Answers to hand-over offers",
        },
        counts: Words {
            fi: "Jaksolla tehdyt yhteydenottojen ja asioiden siirtopyynnöt, joihin on tullut vastaus tai aika loppui. Osuus: kieltäytyminen tai vastaamatta jättäminen.",
            sv: "Begäran om överföring av kontakter och ärenden under perioden som fick svar eller vars tid gick ut. Andel: avslag eller uteblivet svar.",
            en: "Offers of contacts and matters made in the period that were answered or ran out. The share: refused or unanswered.",
        },
        omits: Words {
            fi: "Avoimet eivät ole mukana. Yksiköitä ja työntekijöitä ei eritellä.",
            sv: "Öppna är inte med. Enheter och arbetstagare särskiljs inte.",
            en: "Open ones are left out. Units and workers are not told apart.",
        },
        unit: Unit::Offers,
        measure: Measure::Share(&["refused", "unanswered"]),
        parts: &["accepted", "refused", "unanswered", "withdrawn"],
        tables: &["offer", "matter_offer"],
        areas: false,
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "advice",
        questions: &[9],
        title: Words {
            fi: "Ohjaus ja neuvonta",
            sv: "Handledning och rådgivning",
            en: "Guidance and advice",
        },
        counts: Words {
            fi: "Jaksolla annettu ohjaus ja neuvonta sen mukaan, miten henkilö otti yhteyttä.",
            sv: "Handledning och rådgivning under perioden enligt hur personen tog kontakt.",
            en: "Guidance and advice given in the period, by the door the person came through.",
        },
        omits: Words {
            fi: "Neuvonnassa ei kysytä kuntaa eikä ikää. Sama henkilö voi olla mukana monta kertaa.",
            sv: "I rådgivningen frågas varken kommun eller ålder. Samma person kan finnas med flera gånger.",
            en: "Advice asks for no municipality and no age. The same person may be in it many times.",
        },
        unit: Unit::Talks,
        measure: Measure::Count,
        parts: &[
            "web",
            "phone",
            "visit",
            "chat",
            "letter",
            "centre",
            "street",
            "authority",
            "api",
        ],
        tables: &["advice"],
        areas: false,
        ages: false,
        ..PLAIN
    },
];
