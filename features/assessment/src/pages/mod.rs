pub const FAMILIES: &[&str] = &[];
pub fn feature() -> web::Feature { todo!() }
