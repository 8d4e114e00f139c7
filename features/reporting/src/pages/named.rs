//! What is wrong in a form, said with the names of its fields.

use web::{Form, Texts};

/// Fields and their labels.
pub type Names = Vec<(&'static str, String)>;

/// Beginnings of the keys of sentences that fit any field.
const ANY_FIELD: [&str; 3] = ["public-error-", "public-reporting-", "reporting-"];

/// A form whose errors name their fields, where the sentence alone does not say which is meant: the summary stands away from them.
pub fn with_names(t: &Texts, form: &Form, names: &[(&str, String)]) -> Form {
    let mut told = Form::new();
    for (name, value) in form.fields() {
        told.add(name, value);
    }
    for error in form.errors() {
        let fits_any = ANY_FIELD.iter().any(|start| error.key.starts_with(start));
        match names.iter().find(|(field, _)| *field == error.field) {
            Some((_, label)) if fits_any => told.error_with(
                &error.field,
                "public-reporting-named",
                vec![
                    ("field", label.clone().into()),
                    ("sentence", error.sentence(t).into()),
                ],
            ),
            _ => {
                let args = error.args.iter();
                told.error_with(
                    &error.field,
                    &error.key,
                    args.map(|(name, arg)| (name.as_str(), arg.clone()))
                        .collect(),
                );
            }
        }
    }
    told
}
