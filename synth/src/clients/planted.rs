//! Clients that every demo has, so that each situation can be seen at once.

use kernel::time::Date;

/// What is to be seen of a planted client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The demo's social worker is the own worker; the page of the design.
    OwnClient,
    /// Non-disclosure is in force; the demo's social worker may see the address, nobody else.
    Protected,
    /// Lives with the protected one.
    ProtectedHousehold,
    /// The same person as another, by another spelling: to be merged.
    Double,
    /// Died long ago.
    Dead,
    /// Somebody else's client: found only by the identity code.
    Elsewhere,
}

/// A planted client.
#[derive(Debug, Clone, Copy)]
pub struct Planted {
    pub family: &'static str,
    pub given: &'static str,
    /// An identity code of the artificial range; empty for a temporary identifier.
    pub code: &'static str,
    pub born: Date,
    pub fate: Fate,
    pub days_ago: i64,
}

/// Published fictive codes and codes of the artificial range (Digital and Population Data Services Agency).
pub const PLANTED: [Planted; 7] = [
    Planted {
        family: "Rautio",
        given: "Mikael",
        code: "010594Y9032",
        born: Date::constant(1994, 5, 1),
        fate: Fate::OwnClient,
        days_ago: 120,
    },
    Planted {
        family: "Kivelä",
        given: "Noora",
        code: "010594Y9021",
        born: Date::constant(1994, 5, 1),
        fate: Fate::Protected,
        days_ago: 60,
    },
    Planted {
        family: "Kivelä",
        given: "Oona",
        code: "010516B902W",
        born: Date::constant(2016, 5, 1),
        fate: Fate::ProtectedHousehold,
        days_ago: 59,
    },
    Planted {
        family: "Ivanov",
        given: "Sergei",
        code: "030594W903B",
        born: Date::constant(1994, 5, 3),
        fate: Fate::Elsewhere,
        days_ago: 200,
    },
    Planted {
        family: "Ivanov",
        given: "Sergey",
        code: "",
        born: Date::constant(1994, 5, 3),
        fate: Fate::Double,
        days_ago: 20,
    },
    Planted {
        family: "Vainio",
        given: "Eino",
        code: "111111-9116",
        born: Date::constant(1911, 11, 11),
        fate: Fate::Dead,
        days_ago: 150,
    },
    Planted {
        family: "Korpela",
        given: "Elisa",
        code: "030694W9024",
        born: Date::constant(1994, 6, 3),
        fate: Fate::Elsewhere,
        days_ago: 90,
    },
];
