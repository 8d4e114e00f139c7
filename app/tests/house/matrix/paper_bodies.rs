//! The forms of assessments, plans and notes, filled as they should be.

use kernel::time::{Date, SignedDuration};

use super::paper_scenes::{Laid, Paper};
use crate::actors::{Cast, fresh, text};

type Fields = Vec<(String, String)>;

fn written(day: Date) -> String {
    format!("{}.{}.{}", day.day(), day.month(), day.year())
}

/// The fields of a form. A new form breaks the test until it is told here how it is filled.
pub fn body(path: &str, laid: &Laid, cast: &Cast, paper: Paper, today: Date) -> Fields {
    let (on, ahead) = (
        written(today),
        written(today.saturating_add(SignedDuration::from_hours(24 * 40))),
    );
    let client = laid.set.client.to_string();
    let third = cast.third.to_string();
    let attained = format!("attained-{}", text(laid.goal));
    let goal = text(laid.goal);
    let form = text(fresh());
    let act = if paper == Paper::OwnDraft {
        "finish"
    } else {
        "draft"
    };
    let pairs: &[(&str, &str)] = match path {
        "/assessments/{id}/sections/{section}/send"
        | "/assessments/{id}/sections/{section}/withdraw"
        | "/plans/{id}/actions/{action}/done"
        | "/plans/{id}/elsewhere/{row}/end"
        | "/plans/{id}/sections/{section}/end"
        | "/plans/{id}/void/answer"
        | "/assessments/{id}/void/answer"
        | "/plans/{id}/withdraw"
        | "/assessments/{id}/withdraw"
        | "/notes/{id}/withdraw"
        | "/notes/{id}/void/answer"
        | "/note-steps/{id}/done" => &[],
        "/matters/{id}/assessments/new" => &[("client", &client), ("late_reason", "Syy")],
        "/assessments/{id}/parts/{part}" => &[("own", "Velat painavat"), ("revision", "0")],
        "/assessments/{id}/sections/new" => &[
            ("kind", "kela"),
            ("who", "partner"),
            ("partner", "Kela"),
            ("ground", "consent"),
            ("told_on", &on),
            ("question", "Mitä etuuksia?"),
        ],
        "/assessments/{id}/pair" | "/assessments/{id}/ask" => &[("staff", &third)],
        "/assessments/{id}/finish" => &[("revision", "1")],
        "/plans/{id}/ask" | "/assessments/{id}/approval" => &[("tutor", &third)],
        "/plans/{id}/return" => &[("words", "Täydennä")],
        "/plans/{id}/void" => &[("why", "Väärä henkilö")],
        "/assessments/{id}/correct"
        | "/assessments/{id}/return"
        | "/assessments/{id}/void"
        | "/notes/{id}/correct"
        | "/notes/{id}/void" => &[("reason", "Syy")],
        "/assessments/{id}/print" => &[("client", &client), ("purpose", "client")],
        "/matters/{id}/special-support" => &[
            ("client", &client),
            ("grounds", "many_needs"),
            ("words", "Ei saa hoidettua asioita yksin"),
            ("decides", "social_worker"),
            ("assessed_on", &on),
            ("review_on", &ahead),
        ],
        "/matters/{id}/plans/new" => &[("whose", &client), ("language", "fi")],
        "/matters/{id}/plans/skip" => &[
            ("whose", &client),
            ("reason", "unnecessary"),
            ("words", "Yksi neuvo riittää"),
        ],
        "/plans/{id}/copy/{language}" => &[("client", &client), ("purpose", "client")],
        "/plans/{id}/goals/new" => &[("words", "Saan työtä"), ("kind", "1")],
        "/plans/{id}/goals/{goal}" => &[("words", "Pidän kodin"), ("kind", "1"), ("revision", "1")],
        "/plans/{id}/goals/{goal}/end" => &[("state", "attained")],
        "/plans/{id}/goals/{goal}/actions" | "/plans/{id}/actions/{action}" => &[
            ("what", "Soitto"),
            ("owner", "partner"),
            ("name", "Vuokranantaja"),
            ("due", &ahead),
            ("revision", "1"),
        ],
        "/plans/{id}/actions/{action}/end" => &[("state", "done")],
        "/plans/{id}/parts/{part}" => &[("rhythm", "Joka viikko"), ("revision", "0")],
        "/plans/{id}/sections/{section}" => &[("aims", "Työkokeilu"), ("revision", "0")],
        "/plans/{id}/sections/new" => &[("heading", "Toimeentulo"), ("partner", "Kela")],
        "/plans/{id}/finish" => &[("with", "yes"), ("review_on", &ahead)],
        "/plans/{id}/change" => &[("why", "Tilanne muuttui")],
        "/plans/{id}/review" => &[
            ("on", &on),
            ("goal", &goal),
            (&attained, "partly"),
            ("with", "yes"),
            ("review_on", &ahead),
        ],
        "/plans/{id}/end" => &[("reason", "other"), ("words", "Muutti")],
        "/plans/{id}/elsewhere" => &[
            ("whose", &client),
            ("keeper", "TE"),
            ("what", "Suunnitelma"),
            ("told_by", "Asiakas"),
            ("known_on", &on),
        ],
        "/plans/{id}/coordinator" => &[("name", "Sosiaaliasiavastaava")],
        "/matters/{id}/notes/new" => &[
            ("form", &form),
            ("act", "draft"),
            ("what", "home"),
            ("client", &client),
            ("when", &on),
            ("body", "Kotikäynti"),
        ],
        "/notes/{id}/edit" => &[
            ("act", act),
            ("what", "home"),
            ("client", &client),
            ("when", &on),
            ("body", "Kotikäynti tehty"),
            ("rev-common", "1"),
        ],
        "/notes/{id}/approve" => &[
            ("act", "approve"),
            ("what", "home"),
            ("client", &client),
            ("when", &on),
            ("body", "Kotikäynti tehty"),
            ("rev-common", "1"),
        ],
        other => panic!("tell here how the form of {other} is filled"),
    };
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}
