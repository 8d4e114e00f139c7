//! What each part asks, field by field.

use super::{AUTHORITIES, Codes, Field, Input, NEEDS, SERVICES, SUPPORT_NEEDS};

const fn f(name: &'static str, input: Input) -> Field {
    Field { name, input }
}

const fn own(name: &'static str) -> Field {
    f(name, Input::Own)
}

const fn text(name: &'static str) -> Field {
    f(name, Input::Text)
}

const fn line(name: &'static str) -> Field {
    f(name, Input::Line)
}

const fn yes(name: &'static str) -> Field {
    f(name, Input::YesNo)
}

const fn day(name: &'static str) -> Field {
    f(name, Input::Day)
}

const fn one(name: &'static str, list: &'static str, codes: &'static [&'static str]) -> Field {
    f(name, Input::One(Codes { name: list, codes }))
}

const fn many(name: &'static str, list: &'static str, codes: &'static [&'static str]) -> Field {
    f(name, Input::Many(Codes { name: list, codes }))
}

pub(super) const AREA_CODES: &[&str] = &[
    "housing",
    "everyday",
    "money",
    "health",
    "substances",
    "work",
    "relations",
    "safety",
    "inclusion",
    "authorities",
    "immigration",
];

pub(super) const OPEN: &[Field] = &[
    many("open", "area", AREA_CODES),
    one("wish", "area", AREA_CODES),
];

pub(super) const WAY: &[Field] = &[
    text("how"),
    text("participants"),
    many("absent", "authority", &AUTHORITIES),
    text("absent_others"),
];

pub(super) const OWN: &[Field] = &[
    own("own"),
    text("own_actions"),
    text("close_view"),
    text("obstacle"),
];

pub(super) const NEED: Field = one("need", "need", &NEEDS);

pub(super) const HOUSING: &[Field] = &[
    own("own"),
    one(
        "home",
        "home",
        &[
            "rented",
            "owned",
            "with_others",
            "supported",
            "temporary",
            "institution",
            "none",
        ],
    ),
    yes("permanent"),
    yes("searching"),
    one(
        "eviction",
        "eviction",
        &[
            "none",
            "arrears",
            "warned",
            "terminated",
            "court",
            "enforcement",
            "evicted",
        ],
    ),
    day("eviction_on"),
    text("view"),
    NEED,
];

pub(super) const EVERYDAY: &[Field] = &[
    own("own"),
    line("week_1"),
    line("week_2"),
    line("week_3"),
    line("week_4"),
    line("week_5"),
    line("week_6"),
    line("week_7"),
    text("changes"),
    text("view"),
    NEED,
];

pub(super) const MONEY: &[Field] = &[
    own("own"),
    yes("no_income"),
    yes("difficulties"),
    yes("payment_default"),
    text("debts"),
    text("view"),
    NEED,
];

pub(super) const HEALTH: &[Field] = &[
    own("own"),
    text("view"),
    yes("rehabilitation"),
    text("rehabilitation_words"),
    NEED,
];

pub(super) const PLAIN: &[Field] = &[own("own"), text("view"), NEED];

pub(super) const WORK: &[Field] = &[
    own("own"),
    many(
        "work",
        "work",
        &[
            "full_time",
            "part_time",
            "entrepreneur",
            "unemployed",
            "laid_off",
            "student",
            "rehabilitative",
            "pension",
            "home",
            "other",
        ],
    ),
    line("occupation"),
    yes("permanent_job"),
    text("work_more"),
    text("earlier_jobs"),
    line("unemployed_for"),
    yes("jobseeker"),
    day("waiting_from"),
    day("waiting_to"),
    text("unemployed_more"),
    one(
        "education",
        "education",
        &[
            "none",
            "basic",
            "secondary",
            "vocational",
            "lower_degree",
            "higher_degree",
            "doctor",
        ],
    ),
    one(
        "studies",
        "studies",
        &["none", "ongoing", "interrupted", "finished"],
    ),
    text("education_words"),
    text("education_view"),
    text("view"),
    NEED,
];

pub(super) const RELATIONS: &[Field] = &[
    own("own"),
    text("family"),
    text("others"),
    text("network"),
    text("close_support"),
    yes("close_need"),
    one(
        "children",
        "children",
        &["none", "well", "concern", "unknown"],
    ),
    text("children_words"),
    text("view"),
    NEED,
];

pub(super) const INCLUSION: &[Field] = &[own("own"), text("leisure"), text("view"), NEED];

pub(super) const IMMIGRATION: &[Field] = &[
    own("own"),
    day("arrived"),
    line("lived_in"),
    text("history"),
    line("residence"),
    day("residence_from"),
    day("residence_to"),
    text("residence_ground"),
    day("work_permit_from"),
    day("work_permit_to"),
    day("registered"),
    day("municipality"),
    day("passport_to"),
    text("integration"),
    text("view"),
    NEED,
];

pub(super) const STRENGTHS: &[Field] = &[own("own"), text("interests"), text("view")];

pub(super) const EARLIER: &[Field] = &[
    many("services_now", "service", &SERVICES),
    many("services_before", "service", &SERVICES),
    text("services_words"),
    text("measures"),
];

pub(super) const CONCLUSIONS: &[Field] = &[
    text("conclusions"),
    many("needs", "support-need", &SUPPORT_NEEDS),
    one("nature", "need", &NEEDS),
    yes("continues"),
    yes("own_worker_client"),
    own("own_worker_own"),
    yes("own_worker"),
    text("own_worker_words"),
    yes("plan"),
    text("no_plan"),
    yes("activation_plan"),
    yes("employment_plan"),
    text("next"),
    text("delivered_to"),
    text("more"),
];

/// What an expert, or the assessor on a partner's behalf, writes.
pub const EXPERT: &[Field] = &[own("own"), text("view"), text("proposal")];
