//! Codes of the log entries that this room writes.

use crate::domain::Kind;

/// What is done to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Begin,
    Save,
    Finish,
    AskApproval,
    Approve,
    SendBack,
    Correct,
    AskVoid,
    RefuseVoid,
    Void,
    Read,
}

macro_rules! codes {
    ($($act:ident $code:literal),+ $(,)?) => {
        /// Every code.
        pub const ALL: &[&str] = &[$(
            concat!("assessment.", $code), concat!("plan.", $code), concat!("note.", $code),
        )+];

        /// The code of an act on a kind of document.
        pub const fn code(kind: Kind, act: Act) -> &'static str {
            match (kind, act) {$(
                (Kind::Assessment, Act::$act) => concat!("assessment.", $code),
                (Kind::Plan, Act::$act) => concat!("plan.", $code),
                (Kind::Note, Act::$act) => concat!("note.", $code),
            )+}
        }
    };
}

codes! {
    Begin "begin",
    Save "save",
    Finish "finish",
    AskApproval "ask_approval",
    Approve "approve",
    SendBack "send_back",
    Correct "correct",
    AskVoid "ask_void",
    RefuseVoid "refuse_void",
    Void "void",
    Read "read",
}
