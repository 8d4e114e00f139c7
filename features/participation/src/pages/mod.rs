//! The pages of participation.
pub(crate) fn routes() -> Vec<web::Route> { Vec::new() }
pub(crate) fn nav() -> Vec<web::NavItem> { Vec::new() }
