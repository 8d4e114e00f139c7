//! Addresses of every route with every kind of id it can take, from a county. A new parameter breaks the tests that
//! use this until it is told what stands in it.

use web::Route;

use crate::county::County;

/// Kinds of the pages on which one part of the basics is changed.
const PARTS: [&str; 9] = [
    "name",
    "identity",
    "phone",
    "email",
    "address",
    "temporary_address",
    "postal_address",
    "home_municipality",
    "safe_number",
];

/// Parts of an assessment and of a plan that are written on a page of their own.
const SECTIONS_OF_TEXT: [&str; 5] = ["areas", "housing", "conclusions", "together", "life-1"];

/// SQL of whether the contact `c` has become that of somebody who hides.
const HIDES_CONTACT: &str = "select 1 from contact_link l join hidden_client h on h.client_id = l.client_id where l.contact_id = c.id and l.ended_at is null";

/// What stands in the addresses.
pub struct Ids {
    /// Those of most interest first.
    pub clients: Vec<String>,
    pub contacts: Vec<String>,
    pub matters: Vec<String>,
    related: Vec<String>,
    details: Vec<String>,
    merges: Vec<String>,
    matter_offers: Vec<String>,
    offers: Vec<String>,
    tasks: Vec<String>,
    attachments: Vec<String>,
    pub staff: Vec<String>,
    units: Vec<String>,
    requests: Vec<String>,
    held: Vec<String>,
    exceptional: Vec<String>,
    hits: Vec<String>,
    /// Assessments, plans and notes, in that order.
    documents: [Vec<String>; 3],
    /// What stands inside a plan, and the sections of an assessment.
    goals: Vec<String>,
    actions: Vec<String>,
    sections: Vec<String>,
    follow_ups: Vec<String>,
    steps: Vec<String>,
    phrases: Vec<String>,
    tutoring: Vec<String>,
    /// Open statistics and what was reported: nothing of a client's.
    indicators: Vec<String>,
    observations: Vec<String>,
    phenomena: Vec<String>,
    proposals: Vec<String>,
    deeds: Vec<String>,
    influences: Vec<String>,
    publications: Vec<String>,
    gatherings: Vec<String>,
    said: Vec<String>,
    rounds: Vec<String>,
    cycle_steps: Vec<String>,
    decisions: Vec<String>,
}

/// SQL of whether the document `d` is about somebody who hides.
const HIDES_DOCUMENT: &str = "select 1 from document_client dc join hidden_client h on h.client_id = dc.client_id where dc.document_id = d.id";

impl Ids {
    /// All ids of `clients` and what belongs to them, a few of everything else.
    pub fn of(county: &County, clients: Vec<String>) -> Self {
        let some = |table: &str, order: &str| {
            county.ids(&format!("select id from {table} order by {order} limit 4"))
        };
        let documents = |kind: &str| {
            let hiding = county.ids(&format!(
                "select d.id from document d where d.kind = '{kind}' and exists ({HIDES_DOCUMENT}) order by case d.state when 'finished' then 1 else 0 end, d.changed_at desc, d.id limit 5",
            ));
            // A page of something that waits opens for somebody, whoever it is about.
            let waiting = county.ids(&format!(
                "select d.id from document d where d.kind = '{kind}' and d.state = 'waiting' order by d.changed_at desc, d.id limit 2",
            ));
            let to_void = county.ids(&format!(
                "select d.id from document d join document_void v on v.document_id = d.id where d.kind = '{kind}' and v.answered_at is null order by v.asked_at desc, d.id limit 1",
            ));
            [hiding, waiting, to_void].concat()
        };
        let of_plans = |table: &str| {
            county.ids(&format!(
                "select t.id from {table} t join document d on d.id = t.document_id order by case when exists ({HIDES_DOCUMENT}) then 0 else 1 end, t.id desc limit 3",
            ))
        };
        Self {
            documents: [documents("assessment"), documents("plan"), documents("note")],
            goals: of_plans("plan_goal"),
            actions: of_plans("plan_action"),
            sections: [of_plans("plan_section"), of_plans("assessment_section")].concat(),
            follow_ups: some("follow_up", "id desc"),
            steps: of_plans("note_step"),
            phrases: some("note_phrase", "id"),
            tutoring: some("tutoring", "id"),
            indicators: some("statistic_indicator", "id"),
            observations: some("observation", "state desc, id"),
            phenomena: some("phenomenon", "id"),
            proposals: some("proposal", "state, id"),
            deeds: some("response_action", "id"),
            influences: some("phenomenon_influence", "id"),
            publications: some("publication", "number"),
            gatherings: some("gathering", "id"),
            said: some("gathering_proposal", "state desc, id"),
            rounds: some("bikva_round", "id"),
            cycle_steps: some("cycle_step", "id"),
            decisions: some("forum_decision", "followed_on is not null, id"),
            clients,
            contacts: [
                county.ids(&format!(
                    "select c.id from contact c order by case when exists ({HIDES_CONTACT}) then 0 else 1 end, case c.state when 'open' then 0 else 1 end, c.arrived_at desc, c.id limit 8",
                )),
                // Whoever has a receipt code can be written to.
                county.ids(
                    "select c.id from contact c where c.state = 'open' and c.answer_way = 'code' and c.holder_kind = 'person' order by case when exists (select 1 from staff s where s.id = c.holder_staff and s.demo_role is not null) then 0 else 1 end, c.arrived_at desc, c.id limit 3",
                ),
            ]
            .concat(),
            matters: county.ids(
                "select m.id from matter m order by case when exists (select 1 from matter_client mc join hidden_client h on h.client_id = mc.client_id where mc.matter_id = m.id) then 0 else 1 end, m.id desc limit 8",
            ),
            related: some("related_person", "id desc"),
            details: county.ids(
                "select id from client_detail order by protected desc, coalesce(ended_at, 0), id desc limit 6",
            ),
            merges: some("merge", "id"),
            matter_offers: some("matter_offer", "id desc"),
            offers: some("offer", "id desc"),
            tasks: county.ids(&format!(
                "select t.id from task t join contact c on c.id = t.contact_id order by case when exists ({HIDES_CONTACT}) then 0 else 1 end, t.id desc limit 6",
            )),
            attachments: some("attachment", "id desc"),
            staff: some("staff", "coalesce(demo_role, 'x')"),
            units: some("unit", "code"),
            requests: some("log_request", "id"),
            held: some("held_form", "id"),
            exceptional: some("exceptional_access", "id"),
            hits: some("watch_hit", "id"),
        }
    }

    /// Every client with every row of details: one of another's opens nothing.
    pub fn rows_of_clients(&self) -> Vec<(&str, &str)> {
        let rows = |client| self.details.iter().map(move |row| (client, row.as_str()));
        self.clients
            .iter()
            .flat_map(|client| rows(client.as_str()))
            .collect()
    }

    /// Values of each parameter of an address, in its order.
    fn values(&self, path: &str) -> Vec<Vec<String>> {
        let parts = || PARTS.map(str::to_owned).to_vec();
        let first = if path.starts_with("/clients/merges/") {
            &self.merges
        } else if path.starts_with("/clients/") || path.starts_with("/api/v1/clients/") {
            &self.clients
        } else if path.starts_with("/matters/") || path.starts_with("/api/v1/matters/") {
            &self.matters
        } else if path.starts_with("/contacts/") || path.starts_with("/api/v1/contacts/") {
            &self.contacts
        } else if path.starts_with("/matter-offers/") {
            &self.matter_offers
        } else if path.starts_with("/offers/") {
            &self.offers
        } else if path.starts_with("/tasks/") {
            &self.tasks
        } else if path.starts_with("/attachments/") {
            &self.attachments
        } else if path.starts_with("/oversight/users/") || path.starts_with("/admin/people/") {
            &self.staff
        } else if path.starts_with("/admin/units/") {
            &self.units
        } else if path.starts_with("/oversight/requests/") {
            &self.requests
        } else if path.starts_with("/sign-in/held/") {
            &self.held
        } else if path.starts_with("/oversight/exceptional/") {
            &self.exceptional
        } else if path.starts_with("/oversight/searches/") {
            &self.hits
        } else if path.starts_with("/assessments/") {
            &self.documents[0]
        } else if path.starts_with("/plans/") {
            &self.documents[1]
        } else if path.starts_with("/notes/") {
            &self.documents[2]
        } else if path.starts_with("/note-steps/") {
            &self.steps
        } else if path.starts_with("/admin/phrases/") {
            &self.phrases
        } else if path.starts_with("/students/") {
            &self.tutoring
        } else if path.starts_with("/follow-ups/") {
            &self.follow_ups
        } else if path.starts_with("/statistics/") {
            &self.indicators
        } else if path.starts_with("/observations/") {
            &self.observations
        } else if path.starts_with("/phenomena/") {
            &self.phenomena
        } else if path.starts_with("/proposals/") {
            &self.proposals
        } else if path.starts_with("/proposal-actions/") {
            &self.deeds
        } else if path.starts_with("/influences/") {
            &self.influences
        } else if path.starts_with("/publications/{id}/sections/") {
            return vec![
                self.publications.clone(),
                vec!["summary".to_owned(), "method".to_owned()],
            ];
        } else if path.starts_with("/publications/") {
            &self.publications
        } else if path.starts_with("/participation/proposals/") {
            &self.said
        } else if path.starts_with("/participation/bikva/") {
            &self.rounds
        } else if path.starts_with("/participation/cycle/") {
            &self.cycle_steps
        } else if path.starts_with("/participation/decisions/") {
            &self.decisions
        } else if path.starts_with("/participation/pack/") {
            return vec![vec!["hyte".to_owned()]];
        } else if path.starts_with("/participation/") {
            &self.gatherings
        } else if path.starts_with("/figures/") {
            return vec![vec!["contacts".to_owned()], vec!["clients-open".to_owned()]];
        } else if path.starts_with("/themes/") {
            return vec![vec!["asuminen".to_owned()]];
        } else {
            // Rows that hold no client's data: numbers of tasks, delegations, tokens, declarations.
            return path
                .split('/')
                .filter(|part| part.starts_with('{'))
                .map(|_| vec!["1".to_owned()])
                .collect();
        };
        let mut all = vec![first.clone()];
        for part in path.split('/').filter(|part| part.starts_with('{')).skip(1) {
            all.push(match part {
                "{kind}" => parts(),
                "{row}" => self.related.clone(),
                "{detail}" => self.details.clone(),
                "{staff}" => self.staff.clone(),
                "{part}" => SECTIONS_OF_TEXT.map(str::to_owned).to_vec(),
                "{goal}" => self.goals.clone(),
                "{action}" => self.actions.clone(),
                "{section}" => self.sections.clone(),
                "{language}" => vec!["fi".to_owned(), "easy".to_owned()],
                "{no}" => vec!["1".to_owned()],
                other => panic!("tell here what stands in {other} of {path}"),
            });
        }
        all
    }

    /// Every address of a route.
    pub fn addresses(&self, route: &Route) -> Vec<String> {
        web::addresses(route)
            .into_iter()
            .flat_map(|path| {
                let mut made = vec![String::new()];
                let mut values = if path.contains('{') {
                    self.values(&path).into_iter()
                } else {
                    Vec::new().into_iter()
                };
                for part in path.split('/').skip(1) {
                    let options = if part.starts_with('{') {
                        values.next().expect("a value for each parameter")
                    } else {
                        vec![part.to_owned()]
                    };
                    made = made
                        .iter()
                        .flat_map(|begin| {
                            options
                                .iter()
                                .map(move |option| format!("{begin}/{option}"))
                        })
                        .collect();
                }
                made
            })
            .collect()
    }
}
