//! The fields of a part as a form: what is shown, what is filled in, what is read.

use documents::Fields;
use web::{Choice, Form, Texts};

use crate::domain::parts::{self, Input, PartSpec};
use crate::pages::words;

/// Longest text of a field.
const LONG: usize = 12_000;
/// Longest line.
const SHORT: usize = 300;

/// A field of the form.
pub struct FormField {
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    pub kind: &'static str,
    pub choices: Vec<Choice>,
}

/// A field of a part as the form shows it.
pub fn form_field(t: &Texts, field: &parts::Field) -> FormField {
    let (kind, choices) = match field.input {
        Input::Own => ("own", Vec::new()),
        Input::Text => ("text", Vec::new()),
        Input::Line if field.name.starts_with("week_") => ("week", Vec::new()),
        Input::Line => ("line", Vec::new()),
        Input::YesNo => ("one", words::yes_no(t)),
        Input::Day => ("day", Vec::new()),
        Input::One(codes) if codes.codes.len() > 7 => ("select", words::choices(t, codes)),
        Input::One(codes) => ("one", words::choices(t, codes)),
        Input::Many(codes) => ("many", words::choices(t, codes)),
    };
    let hint = format!("assessment-hint-{}", field.name);
    FormField {
        name: field.name,
        label: words::label(t, field.name),
        hint: if t.has(&hint) {
            t.get(&hint)
        } else {
            String::new()
        },
        kind,
        choices,
    }
}

/// Puts the fields into a form as they are typed.
pub fn fill(form: &mut Form, spec: PartSpec, fields: &Fields) {
    for field in spec.fields {
        for value in fields.all(field.name) {
            match field.input {
                Input::Day => form.set(field.name, words::written(value)),
                _ => form.add(field.name, value.clone()),
            }
        }
    }
}

/// Reads the fields of a part; what is wrong is marked in the form.
pub fn read(form: &mut Form, spec: PartSpec) -> Fields {
    let mut fields = Fields::default();
    for field in spec.fields {
        match field.input {
            Input::Own | Input::Text => {
                if let Some(text) = form.optional(field.name, LONG) {
                    fields.set(field.name, text);
                }
            }
            Input::Line => {
                if let Some(text) = form.optional_line(field.name, SHORT) {
                    fields.set(field.name, text);
                }
            }
            Input::Day => {
                if let Some(day) = form.day(field.name) {
                    fields.set(field.name, day.to_string());
                }
            }
            Input::YesNo => {
                let value = form.value(field.name).to_owned();
                if ["yes", "no"].contains(&value.as_str()) {
                    fields.set(field.name, value);
                }
            }
            Input::One(codes) => {
                let value = form.value(field.name).to_owned();
                if codes.codes.contains(&value.as_str()) {
                    fields.set(field.name, value);
                }
            }
            Input::Many(codes) => {
                let chosen = codes.codes.iter().filter(|code| form.has(field.name, code));
                fields.set_all(field.name, chosen.map(|code| (*code).to_owned()).collect());
            }
        }
    }
    fields
}
