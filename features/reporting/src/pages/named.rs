//! What is wrong in a form, said with the names of its fields.

use web::{Form, Texts};

/// Fields and their labels.
pub type Names = Vec<(&'static str, String)>;

/// Beginnings of the keys of sentences that fit any field.
const ANY_FIELD: [&str; 3] = ["public-error-", "public-reporting-", "reporting-"];

/// A form whose errors name their fields, where the sentence alone does not say which is meant: the summary stands away from them.
pub fn with_names(t: &Texts, mut form: Form, names: &[(&str, String)]) -> Form {
    for error in form.errors_mut() {
        let fits_any = ANY_FIELD.iter().any(|start| error.key.starts_with(start));
        let label = names.iter().find(|(field, _)| *field == error.field);
        if let Some((_, label)) = label.filter(|_| fits_any) {
            error.args = vec![
                ("field".to_owned(), label.clone().into()),
                ("sentence".to_owned(), error.sentence(t).into()),
            ];
            "public-reporting-named".clone_into(&mut error.key);
        }
    }
    form
}
