//! Who comes, with what, and how soon somebody meets her: questions 1-4, 13, 14.

use super::PLAIN;
use crate::definition::{Definition, Measure, Span, Unit, Words};

/// What is said of every figure of contacts.
const OF_CONTACTS: Words = Words {
    fi: "Yhteydenotto, jota ei ole liitetty asiakkaaseen, lasketaan kunnalle, jonka ottaja itse kertoi; ikää siitä ei tiedetä. Turvakieltoa koskevat lasketaan vain koko alueelle.",
    sv: "En kontakt som inte har knutits till en klient räknas till den kommun som personen själv uppgav; åldern är då okänd. Kontakter som gäller en spärrmarkering räknas bara för hela området.",
    en: "A contact that is not tied to a client is counted to the municipality its sender told; her age is not known. Those under non-disclosure are counted for the whole county only.",
};

pub const COMING: &[Definition] = &[
    Definition {
        code: "clients-open",
        same_as: "clients",
        questions: &[1, 16],
        title: Words {
            fi: "Asiakkaat",
            sv: "Klienter",
            en: "Clients",
        },
        counts: Words {
            fi: "Henkilöt, joiden asiakkuus on voimassa kuukauden viimeisen päivän päättyessä. Vuoden luku on jakson viimeiseltä päivältä.",
            sv: "Personer vars klientskap gäller när månadens sista dag slutar. Årets tal gäller periodens sista dag.",
            en: "People whose client relationship is in force when the last day of the month ends. The year's figure is of the last day of the period.",
        },
        omits: Words {
            fi: "Pelkkä yhteydenotto tai neuvonta ei ole asiakkuus. Turvakieltoasiakkaat lasketaan vain koko alueelle.",
            sv: "Enbart en kontakt eller rådgivning är inget klientskap. Klienter med spärrmarkering räknas bara för hela området.",
            en: "A contact or advice alone is no client relationship. Clients under non-disclosure are counted for the whole county only.",
        },
        unit: Unit::Clients,
        span: Span::Stock,
        measure: Measure::PerHead,
        tables: &[
            "client_relation",
            "client",
            "client_detail",
            "non_disclosure",
        ],
        ..PLAIN
    },
    Definition {
        code: "clients-new",
        questions: &[1],
        title: Words {
            fi: "Alkaneet asiakkuudet",
            sv: "Inledda klientskap",
            en: "Client relationships begun",
        },
        counts: Words {
            fi: "Jaksolla alkaneet asiakkuudet.",
            sv: "Klientskap som har inletts under perioden.",
            en: "Client relationships that began in the period.",
        },
        omits: Words {
            fi: "Sama henkilö lasketaan kahdesti, jos asiakkuus päättyi ja alkoi uudelleen. Turvakieltoasiakkaat lasketaan vain koko alueelle.",
            sv: "Samma person räknas två gånger om klientskapet slutade och började på nytt. Klienter med spärrmarkering räknas bara för hela området.",
            en: "The same person is counted twice when a relationship ended and another began. Clients under non-disclosure are counted for the whole county only.",
        },
        unit: Unit::Clients,
        measure: Measure::PerHead,
        tables: &[
            "client_relation",
            "client",
            "client_detail",
            "non_disclosure",
        ],
        ..PLAIN
    },
    Definition {
        code: "contact-themes",
        same_as: "contacts",
        questions: &[1],
        title: Words {
            fi: "Mihin apua haetaan",
            sv: "Vad människor söker hjälp för",
            en: "What help is sought for",
        },
        counts: Words {
            fi: "Saapuneet yhteydenotot aiheen mukaan. Yhteydenotolla on yksi aihe.",
            sv: "Inkomna kontakter enligt ämne. En kontakt har ett ämne.",
            en: "Contacts that came in, by theme. A contact has one theme.",
        },
        omits: Words {
            fi: "Palvelutarpeen arvion tarpeet ovat asiakirjojen tekstiä, eikä niitä lasketa. Turvakieltoa koskevat lasketaan vain koko alueelle.",
            sv: "Behoven i bedömningen av servicebehovet är text i handlingar och räknas inte. Kontakter som gäller en spärrmarkering räknas bara för hela området.",
            en: "Needs of the assessments are text in documents and are not counted. Those under non-disclosure are counted for the whole county only.",
        },
        parts: &[
            "housing",
            "money",
            "everyday",
            "health",
            "substances",
            "work",
            "loneliness",
            "violence",
            "close_ones",
            "other",
            "no_theme",
        ],
        tables: &["contact", "contact_link", "client_detail", "non_disclosure"],
        sensitive: true,
        ..PLAIN
    },
    Definition {
        code: "contacts",
        same_as: "contacts",
        questions: &[2, 16],
        title: Words {
            fi: "Yhteydenotot",
            sv: "Kontakter",
            en: "Contacts",
        },
        counts: Words {
            fi: "Saapuneet yhteydenotot sen mukaan, mistä ne tulivat.",
            sv: "Inkomna kontakter enligt hur de kom in.",
            en: "Contacts that came in, by the door they came through.",
        },
        omits: OF_CONTACTS,
        measure: Measure::PerHead,
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
        tables: &["contact", "contact_link", "client_detail", "non_disclosure"],
        ..PLAIN
    },
    Definition {
        code: "matters-begun",
        questions: &[2],
        title: Words {
            fi: "Vireille tulleet asiat",
            sv: "Anhängiggjorda ärenden",
            en: "Matters initiated",
        },
        counts: Words {
            fi: "Jaksolla vireille tulleet asiat vireilletulon tavan mukaan, asiakas kerrallaan.",
            sv: "Ärenden som har anhängiggjorts under perioden enligt sätt, en klient åt gången.",
            en: "Matters that became pending in the period by the way they did, one client at a time.",
        },
        omits: Words {
            fi: "Erehdyksessä avatut asiat jäävät pois. Yhteinen asia lasketaan jokaiselle asiakkaalleen.",
            sv: "Ärenden som öppnats av misstag är inte med. Ett gemensamt ärende räknas för var och en av klienterna.",
            en: "Matters opened by mistake are left out. A joint matter is counted for each of its clients.",
        },
        unit: Unit::Matters,
        measure: Measure::PerHead,
        parts: &["application", "contact", "notification", "office"],
        tables: &["matter", "matter_client", "client_detail", "non_disclosure"],
        ..PLAIN
    },
    Definition {
        code: "urgent-at-once",
        questions: &[3],
        title: Words {
            fi: "Kiireelliset otettu heti",
            sv: "Brådskande tagna genast",
            en: "Urgent contacts taken at once",
        },
        counts: Words {
            fi: "Saapuneet yhteydenotot, joiden arvio on ”heti”. Osuus: nimetty työntekijä otti vastuun tunnin kuluessa.",
            sv: "Inkomna kontakter med bedömningen ”genast”. Andel: en namngiven arbetstagare tog ansvaret inom en timme.",
            en: "Contacts judged as “now”. The share: a named worker took them within an hour.",
        },
        omits: Words {
            fi: "Arvio on se, joka on nyt voimassa; ottamatta jääneet ovat mukana. Päivystäjä vastaa jo ennen ottamista.",
            sv: "Bedömningen är den som gäller nu; de som inte har tagits är med. Den jourhavande svarar redan innan.",
            en: "The judgement is the one in force now; those nobody took are in. The duty holder answers for them already before.",
        },
        measure: Measure::Share(&["within_hour"]),
        parts: &["within_hour", "within_day", "later"],
        tables: &["contact", "contact_link", "client_detail", "non_disclosure"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "contact-wait",
        questions: &[4],
        title: Words {
            fi: "Odotus yhteydenotosta ihmiseen",
            sv: "Väntan från kontakt till människa",
            en: "Wait from contact to a person",
        },
        counts: Words {
            fi: "Yhteydenotot, jotka nimetty työntekijä otti jaksolla. Osuus: vuorokauden kuluessa saapumisesta.",
            sv: "Kontakter som en namngiven arbetstagare tog under perioden. Andel: inom ett dygn efter ankomsten.",
            en: "Contacts that a named worker took in the period. The share: within a day of their arrival.",
        },
        omits: Words {
            fi: "Vielä ottamatta olevat eivät ole mukana. Aika on kellon aikaa: yöt ja viikonloput ovat mukana.",
            sv: "De som ännu inte har tagits är inte med. Tiden är klocktid: nätter och veckoslut ingår.",
            en: "Those not taken yet are left out. Time is by the clock: nights and weekends are in.",
        },
        measure: Measure::Share(&["within_hour", "within_day"]),
        parts: &["within_hour", "within_day", "within_week", "over_week"],
        tables: &["contact", "contact_link", "client_detail", "non_disclosure"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "holders-met",
        same_as: "ended contacts",
        questions: &[4],
        title: Words {
            fi: "Montako vastuuhenkilöä ennen apua",
            sv: "Hur många ansvariga före hjälpen",
            en: "Holders met before help",
        },
        counts: Words {
            fi: "Jaksolla päättyneet yhteydenotot sen mukaan, montako eri työntekijää niistä vastasi. Osuus: enintään kaksi.",
            sv: "Kontakter som avslutades under perioden enligt hur många olika arbetstagare som svarade för dem. Andel: högst två.",
            en: "Contacts that ended in the period, by how many different workers answered for them. The share: two at most.",
        },
        omits: OF_CONTACTS,
        measure: Measure::Share(&["one_holder", "two_holders"]),
        parts: &["one_holder", "two_holders", "more_holders"],
        tables: &["contact", "contact_link", "client_detail", "non_disclosure"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "contact-endings",
        same_as: "ended contacts",
        questions: &[13, 16],
        title: Words {
            fi: "Mihin yhteydenotot päättyivät",
            sv: "Hur kontakterna avslutades",
            en: "How contacts ended",
        },
        counts: Words {
            fi: "Jaksolla päättyneet yhteydenotot. Osuus: henkilö ei halunnut apua tai häntä ei tavoitettu. Näistä näkyy, missä tarve jäi vaille vastausta.",
            sv: "Kontakter som avslutades under perioden. Andel: personen ville inte ha hjälp eller nåddes inte. Här syns var ett behov blev utan svar.",
            en: "Contacts that ended in the period. The share: the person did not want help or was not reached. It shows where a need was left unmet.",
        },
        omits: OF_CONTACTS,
        measure: Measure::Share(&["not_wanted", "not_reached"]),
        parts: &["next_step", "not_wanted", "not_reached", "unknown_caller"],
        tables: &["contact", "contact_link", "client_detail", "non_disclosure"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "authority-contacts",
        part_of: Some(("contacts", "authority")),
        questions: &[13],
        title: Words {
            fi: "Viranomaisten yhteydenotot",
            sv: "Kontakter från myndigheter",
            en: "Contacts by authorities",
        },
        counts: Words {
            fi: "Viranomaisten tekemät yhteydenotot. Osuus: Kela.",
            sv: "Kontakter som myndigheter har tagit. Andel: FPA.",
            en: "Contacts made by authorities. The share: Kela.",
        },
        omits: Words {
            fi: "Kela tunnistetaan viranomaisen nimestä sellaisena kuin se on kirjoitettu. Sitä, mitä Kelan ilmoituksesta seurasi, ei lasketa erikseen.",
            sv: "FPA känns igen av myndighetens namn så som det är skrivet. Vad som följde av FPA:s meddelande räknas inte separat.",
            en: "Kela is known by the name of the authority as it is written. What came of Kela's notice is not counted apart.",
        },
        measure: Measure::Share(&["kela"]),
        parts: &["kela", "other_authority"],
        tables: &["contact", "contact_link", "client_detail", "non_disclosure"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "housing-risk",
        same_as: "contacts",
        questions: &[14],
        title: Words {
            fi: "Asunnon menettämisen uhka",
            sv: "Risk att förlora bostaden",
            en: "Home at risk",
        },
        counts: Words {
            fi: "Saapuneet yhteydenotot. Osuus: henkilöllä on uhka menettää asuntonsa.",
            sv: "Inkomna kontakter. Andel: personen riskerar att förlora sin bostad.",
            en: "Contacts that came in. The share: the person may lose her home.",
        },
        omits: Words {
            fi: "Kertoo uhasta, ei häädöistä: toteutuneita ja torjuttuja häätöjä ei kirjata.",
            sv: "Berättar om risken, inte om vräkningar: genomförda och avvärjda vräkningar antecknas inte.",
            en: "Tells of the threat, not of evictions: evictions that took place or were averted are not recorded.",
        },
        measure: Measure::Share(&["yes"]),
        parts: &["yes", "no"],
        tables: &["contact", "contact_link", "client_detail", "non_disclosure"],
        ages: false,
        ..PLAIN
    },
    Definition {
        code: "homeless",
        same_as: "clients",
        questions: &[14],
        title: Words {
            fi: "Asunnottomat asiakkaat",
            sv: "Bostadslösa klienter",
            en: "Homeless clients",
        },
        counts: Words {
            fi: "Asiakkaat jakson viimeisenä päivänä. Osuus: asunnottomaksi kirjattu.",
            sv: "Klienter på periodens sista dag. Andel: antecknade som bostadslösa.",
            en: "Clients on the last day of the period. The share: recorded as homeless.",
        },
        omits: Words {
            fi: "Kirjaamaton asunnottomuus puuttuu, joten luku on todellista pienempi.",
            sv: "Bostadslöshet som inte har antecknats saknas, så talet är mindre än det verkliga.",
            en: "Homelessness that nobody wrote down is missing, so the figure is too low.",
        },
        unit: Unit::Clients,
        span: Span::Stock,
        measure: Measure::Share(&["yes"]),
        parts: &["yes", "no"],
        tables: &["client_relation", "client_detail", "non_disclosure"],
        ages: false,
        sensitive: true,
        ..PLAIN
    },
];
