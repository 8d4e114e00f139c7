//! What the house cannot tell yet: said plainly, so that nobody makes a figure of something else.

use crate::definition::{Elsewhere, NotRecorded, Words};

pub const NOT_RECORDED: &[NotRecorded] = &[
    NotRecorded {
        code: "caseload-norm",
        question: 6,
        title: Words {
            fi: "Asiakasmäärä työntekijää kohti, avoimet virat, vaihtuvuus",
            sv: "Klienter per arbetstagare, lediga tjänster, omsättning",
            en: "Caseload per worker, vacancies, turnover",
        },
        because: Words {
            fi: "Sovittua mitoitusta ja avoimia virkoja ei kirjata tähän järjestelmään. Työntekijän omat asiakasmäärät näkyvät vain hänelle ja esihenkilölle työn jakamista varten; niistä ei tehdä tunnuslukua.",
            sv: "Överenskommen dimensionering och lediga tjänster antecknas inte i detta system. En arbetstagares egna klientantal syns bara för henne och chefen för fördelning av arbetet; inget nyckeltal görs av dem.",
            en: "The agreed norm and vacancies are not recorded in this system. A worker's own numbers are shown to her and her lead alone for sharing the work; no figure is made of them.",
        },
    },
    NotRecorded {
        code: "decisions",
        question: 8,
        title: Words {
            fi: "Päätökset: myönnetty, hylätty, osittain; muutoksenhaut ja oikaisut",
            sv: "Beslut: beviljade, avslagna, delvis; ändringssökande och rättelser",
            en: "Decisions: granted, rejected, partly; appeals and corrections",
        },
        because: Words {
            fi: "Päätöksiä ei vielä tehdä tässä järjestelmässä.",
            sv: "Beslut fattas ännu inte i detta system.",
            en: "Decisions are not made in this system yet.",
        },
    },
    NotRecorded {
        code: "services-dose",
        question: 9,
        title: Words {
            fi: "Palvelut, palvelusetelit, käyntimäärät ja keskeyttäminen",
            sv: "Service, servicesedlar, mängd och avbrott",
            en: "Services, vouchers, dose and drop-out",
        },
        because: Words {
            fi: "Palvelujen toteutumista ja palveluseteleitä ei kirjata tietona: suunnitelmissa ne ovat tekstiä.",
            sv: "Servicens genomförande och servicesedlar antecknas inte som data: i planerna är de text.",
            en: "Services carried out and vouchers are not recorded as data: in plans they are text.",
        },
    },
    NotRecorded {
        code: "function-measures",
        question: 10,
        title: Words {
            fi: "Toimintakyvyn mittarit alussa ja puolen vuoden kuluttua",
            sv: "Mått på funktionsförmåga i början och efter ett halvt år",
            en: "Function measures at the start and after six months",
        },
        because: Words {
            fi: "Mittareita ei vielä ole tässä järjestelmässä.",
            sv: "Måtten finns ännu inte i detta system.",
            en: "Measures are not in this system yet.",
        },
    },
    NotRecorded {
        code: "cost",
        question: 11,
        title: Words {
            fi: "Kustannukset asiakasta, palvelutuotetta ja tuottajaa kohti",
            sv: "Kostnader per klient, serviceprodukt och producent",
            en: "Cost per client, service product and provider",
        },
        because: Words {
            fi: "Rahaa ei kirjata tähän järjestelmään.",
            sv: "Pengar antecknas inte i detta system.",
            en: "Money is not recorded in this system.",
        },
    },
    NotRecorded {
        code: "income-support",
        question: 12,
        title: Words {
            fi: "Täydentävä ja ehkäisevä toimeentulotuki",
            sv: "Kompletterande och förebyggande utkomststöd",
            en: "Supplementary and preventive income support",
        },
        because: Words {
            fi: "Toimeentulotukea ei käsitellä tässä järjestelmässä. Tuen saajien osuudet kunnittain ovat avoimissa tilastoissa.",
            sv: "Utkomststöd handläggs inte i detta system. Andelen mottagare per kommun finns i den öppna statistiken.",
            en: "Income support is not handled in this system. Shares of recipients by municipality are among the open statistics.",
        },
    },
    NotRecorded {
        code: "evictions",
        question: 14,
        title: Words {
            fi: "Torjutut ja toteutuneet häädöt",
            sv: "Avvärjda och genomförda vräkningar",
            en: "Evictions averted and carried out",
        },
        because: Words {
            fi: "Kirjataan vain asunnon menettämisen uhka, ei sitä, miten siinä kävi.",
            sv: "Bara risken att förlora bostaden antecknas, inte hur det gick.",
            en: "The risk of losing a home is recorded, but not how it ended.",
        },
    },
    NotRecorded {
        code: "complaints",
        question: 19,
        title: Words {
            fi: "Muistutukset ja kantelut",
            sv: "Anmärkningar och klagomål",
            en: "Objections and complaints",
        },
        because: Words {
            fi: "Muistutuksia ja kanteluita ei kirjata tähän järjestelmään.",
            sv: "Anmärkningar och klagomål antecknas inte i detta system.",
            en: "Objections and complaints are not recorded in this system.",
        },
    },
    NotRecorded {
        code: "other-counties",
        question: 20,
        title: Words {
            fi: "Oman alueen luvut muiden alueiden lukujen rinnalla",
            sv: "Områdets egna tal jämsides med andra områdens",
            en: "The county's own figures beside other counties'",
        },
        because: Words {
            fi: "Muiden alueiden omat luvut eivät tule tähän järjestelmään. Vertailun voi tehdä avoimista tilastoista; edelliseen vuoteen vertaa jokainen luku täällä.",
            sv: "Andra områdens egna tal kommer inte till detta system. Jämförelsen kan göras i den öppna statistiken; varje tal här jämförs med året före.",
            en: "Other counties' own figures do not come to this system. Open statistics compare counties; every figure here is set beside the year before.",
        },
    },
];

pub const ELSEWHERE: &[Elsewhere] = &[
    Elsewhere {
        question: 17,
        title: Words {
            fi: "Ilmiöt, joita työssä nähdään",
            sv: "Fenomen som syns i arbetet",
            en: "Phenomena seen in the work",
        },
        href: "/phenomena",
    },
    Elsewhere {
        question: 18,
        title: Words {
            fi: "Toimenpide-ehdotukset ja vastaukset niihin",
            sv: "Åtgärdsförslag och svaren på dem",
            en: "Proposals and their answers",
        },
        href: "/phenomena",
    },
    Elsewhere {
        question: 16,
        title: Words {
            fi: "Avoimet tilastot tarpeesta kunnittain",
            sv: "Öppen statistik om behovet per kommun",
            en: "Open statistics of need by municipality",
        },
        href: "/statistics",
    },
    Elsewhere {
        question: 20,
        title: Words {
            fi: "Avoimet tilastot muista alueista",
            sv: "Öppen statistik om andra områden",
            en: "Open statistics of other counties",
        },
        href: "/statistics",
    },
];
