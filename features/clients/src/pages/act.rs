//! One small form about a client, under her identity bar.

use askama::Template;
use web::{Choice, Form, Page};

use crate::pages::change::Input;
use crate::pages::head::Head;

/// The page of one form. `act` is the code by which the template knows which fields to show.
#[derive(Template)]
#[template(path = "client-act.html")]
pub struct ActPage {
    pub page: Page,
    pub id: Head,
    pub act: &'static str,
    pub heading: String,
    pub lead: String,
    /// What happens when the form is sent, or who is told: one sentence each.
    pub points_heading: String,
    pub points: Vec<String>,
    pub more_heading: String,
    pub more: String,
    pub form: Form,
    pub action: String,
    pub back: String,
    pub back_label: String,
    pub version: String,
    /// Which of several is changed; empty when there is one only.
    pub row: String,
    /// The state of the thing when the form was opened, to tell whether somebody has changed it since.
    pub was: String,
    pub input: Input,
    pub hint: String,
    pub choices: Vec<Choice>,
    pub sources: Vec<Choice>,
    pub may_stop: bool,
    pub may_protect: bool,
    pub save: String,
    /// Another form about the same thing.
    pub other_href: String,
    pub other_label: String,
    pub history_heading: String,
    pub history: Vec<String>,
}

impl ActPage {
    /// A page with nothing but its words: the rest is put in by whoever knows it.
    pub fn new(page: Page, id: Head, act: &'static str, keys: [&str; 3], form: Form) -> Self {
        let [heading, lead, save] = keys.map(|key| match key {
            "" => String::new(),
            key => page.t.get(key),
        });
        Self {
            heading,
            lead,
            save,
            action: page.path.clone(),
            back: id.path.clone(),
            back_label: page.t.get(if id.path.is_empty() {
                "clients-title"
            } else {
                "client-back"
            }),
            history_heading: page.t.get("relation-history"),
            page,
            id,
            act,
            form,
            points_heading: String::new(),
            more_heading: String::new(),
            more: String::new(),
            points: Vec::new(),
            version: String::new(),
            row: String::new(),
            was: String::new(),
            input: Input::Line,
            hint: String::new(),
            choices: Vec::new(),
            sources: Vec::new(),
            may_stop: false,
            may_protect: false,
            other_href: String::new(),
            other_label: String::new(),
            history: Vec::new(),
        }
    }
}
