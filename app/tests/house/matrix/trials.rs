//! Over which paper each route of assessments, plans and notes is tried, and what must hold there.

use axum::http::Method;
use web::Route;

use super::cases::{Case, Needed, name, pages_about};
use super::paper_scenes::Paper;

/// The papers over which a route is tried.
pub fn papers(path: &str) -> &'static [Paper] {
    match path {
        "/assessments/{id}/ask" => &[Paper::AssessmentOfPair],
        "/assessments/{id}/void" => &[Paper::OwnAssessment, Paper::AssessmentFinished],
        "/assessments/{id}/void/answer" => &[Paper::AssessmentToVoid],
        "/assessments/{id}/withdraw" => &[Paper::AssessmentForTutor],
        "/assessments/{id}/return" => &[Paper::AssessmentForMe],
        "/plans/{id}/void" => &[Paper::OwnPlan, Paper::PlanInForce],
        "/plans/{id}/void/answer" => &[Paper::PlanToVoid],
        "/plans/{id}/withdraw" => &[Paper::PlanForTutor],
        "/plans/{id}/return" => &[Paper::PlanForMe],
        "/plans/{id}/finish" => &[Paper::PlanDraft, Paper::PlanForMe],
        "/assessments/{id}/finish" => &[Paper::Assessment, Paper::AssessmentForMe],
        "/assessments/{id}/correct"
        | "/assessments/{id}/print"
        | "/assessments/{id}/versions"
        | "/assessments/{id}/versions/{no}" => &[Paper::AssessmentFinished],
        "/plans/{id}"
        | "/plans/{id}/versions"
        | "/plans/{id}/versions/{no}"
        | "/plans/{id}/copy"
        | "/plans/{id}/copy/{language}"
        | "/plans/{id}/actions/{action}/done"
        | "/plans/{id}/change"
        | "/plans/{id}/review"
        | "/plans/{id}/end" => &[Paper::PlanInForce],
        "/notes/{id}" => &[Paper::OthersNote, Paper::OthersDraft],
        "/notes/{id}/versions" | "/note-steps/{id}/done" => &[Paper::OthersNote],
        "/notes/{id}/edit" => &[Paper::OwnDraft, Paper::OthersDraft],
        "/notes/{id}/approve" => &[Paper::WaitsForMe],
        "/notes/{id}/withdraw" => &[Paper::WaitsForTutor],
        "/notes/{id}/correct" | "/notes/{id}/void" => &[Paper::OwnNote, Paper::OthersNote],
        "/notes/{id}/void/answer" => &[Paper::VoidAsked],
        path if path.starts_with("/matters/") => &[Paper::Bare],
        path if path.starts_with("/assessments/") => &[Paper::Assessment],
        path if path.starts_with("/plans/") => &[Paper::PlanDraft],
        other => panic!("tell here over which paper {other} is tried"),
    }
}

/// A route over a paper, with the rights that are all needed there.
pub struct Trial {
    pub route: Route,
    pub case: Case,
    pub paper: Paper,
}

impl Trial {
    pub fn path(&self) -> &str {
        &self.route.path
    }

    pub fn get(&self) -> bool {
        self.route.method == Method::GET
    }

    pub fn name(&self) -> String {
        format!("{} {:?}", name(&self.route), self.paper)
    }

    /// What is written is seen by those who write it; finishing takes more than writing.
    pub fn needs(&self) -> Vec<Needed> {
        let pair = |class: &str, action: &str| vec![(class.to_owned(), action.to_owned())];
        match (self.path(), self.paper) {
            ("/notes/{id}", Paper::OthersDraft) => vec![pair("note", "edit_draft")],
            ("/notes/{id}/edit", Paper::OwnDraft) if !self.get() => {
                vec![pair("note", "edit_draft"), pair("note", "finish")]
            }
            ("/plans/{id}/finish", Paper::PlanForMe) => {
                vec![pair("plan", "approve"), pair("plan", "read")]
            }
            ("/assessments/{id}/finish", Paper::AssessmentForMe) => {
                vec![pair("assessment", "approve"), pair("assessment", "read")]
            }
            _ => self.case.needs.clone(),
        }
    }

    /// Conditions of the table that the paper meets: all others the relation must meet.
    pub fn given(&self) -> Vec<&'static str> {
        // Nobody has judged that the client needs special support.
        let mut given = vec!["special_support_36", "wrong_person_only"];
        let own = [
            Paper::OwnDraft,
            Paper::OwnNote,
            Paper::WaitsForTutor,
            Paper::OwnAssessment,
            Paper::AssessmentForTutor,
            Paper::OwnPlan,
            Paper::PlanForTutor,
        ];
        let writes = ["/matters/{id}/notes/new", "/note-steps/{id}/done"];
        if own.contains(&self.paper) || writes.contains(&self.path()) {
            given.push("own_entry");
        }
        // The worker's own section; of the whole assessment its writer sees that section.
        let own = [
            "/assessments/{id}/sections/{section}/send",
            "/plans/{id}/sections/{section}",
            "/assessments/{id}",
            "/assessments/{id}/versions",
        ];
        if own.contains(&self.path()) {
            given.push("section_only");
        }
        given
    }

    /// Whether a relation counts here, by what the conditions of the table mean that are not asked of a row.
    pub fn counts(&self, kind: &str) -> bool {
        let approved = [Paper::PlanForMe, Paper::AssessmentForMe, Paper::WaitsForMe];
        match self.path() {
            // Only a student asks for an approval.
            "/plans/{id}/ask" | "/assessments/{id}/approval" => kind == "tutor_link",
            // A request to void is answered by the lead; a student's entry is not approved by one who does not guide.
            path if path.ends_with("/void/answer") => kind == "unit_lead",
            _ if approved.contains(&self.paper) => kind != "unit_lead",
            _ => true,
        }
    }
}

/// Every route over every paper on which it is tried.
pub fn trials() -> Vec<Trial> {
    let mut all: Vec<Trial> = pages_about(&["paper"])
        .into_iter()
        .flat_map(|(route, case)| {
            papers(&route.path).iter().map(move |paper| Trial {
                route: route.clone(),
                case: case.clone(),
                paper: *paper,
            })
        })
        .collect();
    // Looking first: it must change nothing.
    all.sort_by_key(|trial| !trial.get());
    all
}
