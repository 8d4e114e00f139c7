//! Whether an answer about a client or a matter is as it was wanted.

use super::tally::Came;
use crate::inside::Got;

/// What an answer has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The page opens, the act is done.
    Open,
    /// The table shows only a part: the page of the rest need not be there.
    Part,
    /// The door of exceptional access is told of to whoever reads.
    Exceptional,
    Refused,
    /// Nobody of the role has such a page at all.
    NoDoor,
}

/// What was seen of an answer.
pub struct Seen<'g> {
    pub get: bool,
    /// The form shows and changes nothing.
    pub shows: bool,
    pub changed: bool,
    pub got: &'g Got,
}

impl Seen<'_> {
    /// The page opened, or the act was done.
    fn open(&self) -> bool {
        if self.get || self.shows {
            self.got.status == 200
        } else {
            self.changed
        }
    }

    /// How it is counted.
    pub fn came(&self, wanted: Wanted) -> Came {
        match wanted {
            _ if self.open() => Came::In,
            Wanted::NoDoor => Came::NoDoor,
            _ => Came::Back,
        }
    }

    /// What came, in words.
    pub fn told(&self, blank: bool) -> String {
        format!(
            "{}{}{} {}",
            self.got.status,
            if self.changed { ", done" } else { "" },
            if blank { "" } else { ", with the name" },
            self.got.location
        )
    }
}

/// Whether the answer is as it was wanted. A form that comes back may hold what was typed, and of the client only what
/// its sender may see anyway.
pub fn fits(wanted: Wanted, seen: &Seen<'_>, blank: bool, may_look: bool) -> bool {
    let status = seen.got.status.as_u16();
    let location = &seen.got.location;
    let open = seen.open() && (seen.get || seen.shows || status == 303);
    let door = status == 303 && location.ends_with("/exceptional");
    let back = match status {
        404 => true,
        // Back to the thing itself, where the act is not offered, or is done already: pressed twice.
        303 => may_look && !door && (!location.contains('?') || location.ends_with("=taken")),
        400 | 409 | 422 | 429 => may_look || (!seen.get && blank),
        _ => false,
    };
    let refused = back && !seen.changed;
    match wanted {
        Wanted::Open => open && (!seen.get || !seen.changed),
        Wanted::Part => open || refused,
        // An act simply is not there.
        Wanted::Exceptional => !seen.changed && (refused || door),
        Wanted::Refused => refused,
        Wanted::NoDoor => status == 404 && !seen.changed,
    }
}

#[test]
fn each_way_of_being_wrong_about_a_client_is_found() {
    let got = |status: u16, location: &str| Got {
        status: axum::http::StatusCode::from_u16(status).expect("a status"),
        headers: axum::http::HeaderMap::new(),
        body: String::new(),
        location: location.to_owned(),
    };
    let form = |changed, got: &Got, wanted, blank, may_look| {
        let seen = Seen {
            get: false,
            shows: false,
            changed,
            got,
        };
        fits(wanted, &seen, blank, may_look)
    };
    let (done, door) = (
        got(303, "/matters/x?done=close"),
        got(303, "/clients/x/exceptional"),
    );
    let (hidden, back) = (got(404, ""), got(409, ""));
    assert!(form(true, &done, Wanted::Open, true, true));
    assert!(form(false, &hidden, Wanted::Refused, true, false));
    assert!(form(false, &back, Wanted::Refused, true, false));
    assert!(form(false, &door, Wanted::Exceptional, true, false));
    for (changed, got, wanted) in [
        // Said to be done and not done, or refused though allowed.
        (false, &done, Wanted::Open),
        (false, &back, Wanted::Open),
        (false, &hidden, Wanted::Open),
        // Done though refused, in silence or not.
        (true, &done, Wanted::Refused),
        (true, &hidden, Wanted::Refused),
        (true, &door, Wanted::Exceptional),
        (true, &back, Wanted::Part),
        // A door told of where there is none, and a page where there is no door.
        (false, &door, Wanted::Refused),
        (false, &back, Wanted::NoDoor),
    ] {
        let told = form(changed, got, wanted, true, true);
        assert!(
            !told,
            "{wanted:?} {changed} {} {}",
            got.status, got.location
        );
    }
    // The name comes back to somebody who may not see it.
    assert!(!form(false, &back, Wanted::Refused, false, false));
    let page = |got: &Got, changed, wanted| {
        let seen = Seen {
            get: true,
            shows: false,
            changed,
            got,
        };
        fits(wanted, &seen, true, true)
    };
    assert!(page(&got(200, ""), false, Wanted::Open));
    assert!(
        !page(&got(200, ""), true, Wanted::Open),
        "a page changes nothing"
    );
    assert!(!page(&got(200, ""), false, Wanted::Refused));
    assert!(!page(&got(200, ""), false, Wanted::Exceptional));
    assert!(!page(&done, false, Wanted::Open));
}
