//! The people of the sample county and their units.

pub const NORTH: [u8; 16] = [1; 16];
pub const SOUTH: [u8; 16] = [2; 16];
/// Social worker, north.
pub const AINO: [u8; 16] = [11; 16];
/// Counsellor, north, on duty.
pub const VILLE: [u8; 16] = [12; 16];
/// Lead of north.
pub const HANNA: [u8; 16] = [13; 16];
/// Social worker, south.
pub const SANNA: [u8; 16] = [14; 16];
/// Lead of south.
pub const LIISA: [u8; 16] = [15; 16];
/// Nurse, south.
pub const NURSE: [u8; 16] = [16; 16];
/// Administrator, south.
pub const TUULA: [u8; 16] = [17; 16];
/// A student on placement, north: there after [`Sample::placement`].
pub const STUDENT: [u8; 16] = [21; 16];
/// Social worker and tutor, north: there after [`Sample::placement`].
pub const TUTOR: [u8; 16] = [22; 16];

pub(crate) const WORKER: [&str; 4] = [
    "broad_responsibility",
    "arranging",
    "carrying_out",
    "duty_holder",
];

pub(crate) type Person = (
    [u8; 16],
    [u8; 16],
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
);

pub(crate) const PEOPLE: [Person; 7] = [
    (
        AINO,
        NORTH,
        "Aino Salmela",
        "social_worker",
        &WORKER,
        "sw+office",
    ),
    (VILLE, NORTH, "Ville Aho", "counsellor", &WORKER, "sc"),
    (
        HANNA,
        NORTH,
        "Hanna Rantanen",
        "lead",
        &["lead", "duty_holder"],
        "sw+office",
    ),
    (
        SANNA,
        SOUTH,
        "Sanna Wirta",
        "social_worker",
        &WORKER,
        "sw+office",
    ),
    (LIISA, SOUTH, "Liisa Kettu", "lead", &["lead"], "sw+office"),
    (
        NURSE,
        SOUTH,
        "Noora Hoiva",
        "centre",
        &["centre_health"],
        "hp",
    ),
    (
        TUULA,
        SOUTH,
        "Tuula Kivi",
        "user_admin",
        &["user_admin"],
        "none",
    ),
];
