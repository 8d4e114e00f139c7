//! Words for codes and names, so that every page says a thing in the same way.

use kernel::language::Language;
use web::{Choice, Texts};

use crate::domain::transfer::{Part, Soon};
use crate::domain::{
    CloseReason, ExecutionStep, Ground, Heard, InitiationKind, Initiator, NameCode, NoOwnWorker,
    ServiceTask, Way, initiation::SevenDays,
};

/// The word of a code: the message `<family>-<code>`.
pub fn word(t: &Texts, family: &str, code: &str) -> String {
    t.get(&format!("{family}-{code}"))
}

/// The same word at the beginning of a sentence or a line.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The name in the reader's language from names in Finnish, Swedish and English.
pub fn named(language: Language, names: &[String; 3]) -> &str {
    match language {
        Language::Fi | Language::Easy => &names[0],
        Language::Sv => &names[1],
        Language::En => &names[2],
    }
}

/// The name of a matter: the text of code 99, otherwise the name of the code with the text after it.
pub fn matter_name(t: &Texts, code: NameCode, text: Option<&str>) -> String {
    let name = || capital(&word(t, "matter-name", code.code()));
    match (code, text) {
        (NameCode::Other, Some(text)) => text.to_owned(),
        (_, None) => name(),
        (_, Some(text)) => format!("{}, {text}", name()),
    }
}

/// The name of a county; its code when it has none.
pub fn county(t: &Texts, code: &str) -> String {
    kernel::place::county(code).map_or_else(
        || code.to_owned(),
        |county| {
            match t.language() {
                Language::Fi | Language::Easy => county.name_fi,
                Language::Sv => county.name_sv,
                Language::En => county.name_en,
            }
            .to_owned()
        },
    )
}

/// The words of a ground that is stored or sent; the code itself when another system's is not known here.
pub fn ground(t: &Texts, code: &str) -> String {
    Ground::read(code).map_or_else(
        || code.to_owned(),
        |ground| word(t, "ground", ground.code()),
    )
}

fn grounds(t: &Texts, offered: &[Ground]) -> Vec<Choice> {
    offered
        .iter()
        .map(|one| Choice::new(one.code(), capital(&ground(t, one.code()))))
        .collect()
}

/// Grounds on which information comes from elsewhere than the client.
pub fn outside_grounds(t: &Texts) -> Vec<Choice> {
    grounds(t, Ground::OUTSIDE)
}

/// Grounds on which a matter is sent to another county.
pub fn transfer_grounds(t: &Texts) -> Vec<Choice> {
    grounds(t, Ground::TRANSFER)
}

macro_rules! choices {
    ($($name:ident: $kind:ty = $family:literal;)+) => { $(
        pub fn $name(t: &Texts) -> Vec<Choice> {
            <$kind>::ALL.iter().map(|one| Choice::new(one.code(), capital(&word(t, $family, one.code())))).collect()
        }
    )+ };
}

choices! {
    names: NameCode = "matter-name";
    service_tasks: ServiceTask = "service-task";
    kinds: InitiationKind = "initiation";
    ways: Way = "way";
    initiators: Initiator = "initiator";
    seven_days: SevenDays = "seven-days";
    close_reasons: CloseReason = "close-reason";
    execution_steps: ExecutionStep = "execution";
    heard: Heard = "heard-choice";
    no_own_worker: NoOwnWorker = "no-own-worker";
    parts: Part = "part";
    soons: Soon = "soon";
}
