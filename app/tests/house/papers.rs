//! Documents of somebody who hides that are still being written, so that their forms have something on them: an
//! assessment, a plan with goals and a part, a note in the middle, a closed matter with a follow-up; of others what waits for
//! a tutor and what is to be voided; and a phrase of the county.

use clients::ClientId;
use identity::people::StaffId;
use kernel::time::SignedDuration;

use crate::actors::text;
use crate::county::{County, Reader};

/// Writes them, all by their forms. `worker` is the client's own worker and opens a matter for each thing that another
/// matter's document would stand in the way of.
pub fn write(county: &County, worker: &Reader, client: ClientId) {
    let papers = Papers {
        county,
        worker,
        client,
    };
    let matter = papers.open("social_work");
    let whose = client.to_string();
    let begin = [("how", "begin"), ("client", whose.as_str())];
    papers.sent(&format!("/matters/{matter}/assessments/new"), &begin);
    papers.plan(&matter);
    let noted = format!("/matters/{matter}/notes/new");
    let on = papers.day(0);
    let note = [
        ("form", matter.clone()),
        ("client", papers.client.to_string()),
        ("what", "visit".to_owned()),
        ("when", on),
        ("body", "Käynti jäi kesken.".to_owned()),
        ("act", "draft".to_owned()),
    ];
    let got = county.send(worker, &noted, Some(&note));
    assert_eq!(got.status, 303, "{noted}: {}", got.body);
    papers.close(&papers.open("guidance"));
    papers.waits_for_tutor();
    papers.to_void();
    papers.phrase();
}

struct Papers<'c> {
    county: &'c County,
    worker: &'c Reader,
    client: ClientId,
}

impl Papers<'_> {
    fn day(&self, days: i64) -> String {
        let on = self.county.built.house.now() + SignedDuration::from_hours(24 * days);
        let on = kernel::time::day(on);
        format!("{}.{}.{}", on.day(), on.month(), on.year())
    }

    fn sent(&self, path: &str, fields: &[(&str, &str)]) -> String {
        self.sent_by(self.worker, path, fields)
    }

    fn sent_by(&self, reader: &Reader, path: &str, fields: &[(&str, &str)]) -> String {
        let got = self.county.post(reader, path, fields);
        assert_eq!(got.status, 303, "{} {path}: {}", reader.who, got.body);
        let path = got.location.split('?').next().unwrap_or_default();
        path.rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// Another matter of the client.
    fn open(&self, name: &str) -> String {
        let today = self.day(0);
        self.sent(
            &format!("/clients/{}/matters/new", self.client),
            &[
                ("name", name),
                ("service_task", "working_age"),
                ("kind", "contact"),
                ("way", "phone"),
                ("initiator", "1"),
                ("holder", "me"),
                ("reasons", "Arki kaipaa tukea."),
                ("pending_on", &today),
            ],
        )
    }

    fn plan(&self, matter: &str) {
        let plan = self.sent(
            &format!("/matters/{matter}/plans/new"),
            &[("language", "fi"), ("whose", &self.client.to_string())],
        );
        let form = format!("/plans/{plan}/goals/new");
        assert_eq!(
            self.county.get(self.worker, &form).status,
            200,
            "the goals of the plan are written"
        );
        let (client, due) = (format!("client:{}", self.client), self.day(9));
        self.sent(
            &format!("/plans/{plan}/goals/new"),
            &[
                ("words", "Haluan nukkua rauhassa."),
                ("kind", "1"),
                ("what-1", "Käyn kävelyllä"),
                ("owner-1", &client),
                ("due-1", &due),
            ],
        );
        self.sent(
            &format!("/plans/{plan}/sections/new"),
            &[
                ("heading", "Terveysaseman osa"),
                ("partner", "Terveysasema"),
            ],
        );
    }

    fn close(&self, matter: &str) {
        let (heard, on) = (format!("heard-{}", self.client), self.day(20));
        let me = self.worker.staff.expect("a person").to_string();
        self.sent(
            &format!("/matters/{matter}/close"),
            &[
                ("reason", "handled"),
                ("seen", "yes"),
                ("body", "Asia on hoidettu."),
                ("voice", &self.client.to_string()),
                (&heard, "fully"),
                ("follow_on", &on),
                ("follow_who", &me),
                ("follow_what", "Soitto: miten menee"),
            ],
        );
    }

    /// The student writes of a client whom the tutor has named: a note, a plan and an assessment.
    fn waits_for_tutor(&self) {
        let student = self
            .county
            .readers
            .iter()
            .find(|one| one.who.starts_with("student"))
            .expect("the demo's student");
        let tutored = self.county.rows(
            "select m.id, mc.client_id, t.tutor from tutoring t join relation r on r.staff_id = t.student and r.kind = 'tutor_link' join matter_client mc on mc.client_id = r.client_id and mc.left_at is null join matter m on m.id = mc.matter_id and m.state = 'open' where t.student = $1 order by m.id limit 1",
            &[student.staff.expect("a person").bytes().into()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        );
        let Some((matter, client, tutor)) = tutored.first().copied() else {
            panic!("the student has a client");
        };
        assert_eq!(Some(StaffId::from_bytes(tutor)), self.worker.staff);
        let (matter, client, tutor) = (text(matter), text(client), text(tutor));
        self.sent_by(
            student,
            &format!("/matters/{matter}/notes/new"),
            &[
                ("form", &client),
                ("client", &client),
                ("what", "call"),
                ("when", &self.day(0)),
                ("body", "Soitin asiakkaalle."),
                ("tutor", &tutor),
                ("act", "ask"),
            ],
        );
        let plan = self.opened("plan", &matter, &client);
        let goal = [("words", "Haluan avata postini."), ("kind", "1")];
        self.sent_by(student, &format!("/plans/{plan}/goals/new"), &goal);
        let to = [("tutor", tutor.as_str())];
        self.sent_by(student, &format!("/plans/{plan}/ask"), &to);
        let assessment = self.opened("assessment", &matter, &client);
        let approval = format!("/assessments/{assessment}/approval");
        self.sent_by(student, &approval, &to);
    }

    /// A document of a matter to be written on: a finished one is opened again, else one is begun.
    fn opened(&self, kind: &str, matter: &str, client: &str) -> String {
        let id: StaffId = matter.parse().expect("an id");
        let finished = self.county.rows(
            "select id from document where kind = $1 and matter_id = $2 and state = 'finished' order by id limit 1",
            &[kind.into(), id.bytes().into()],
            |row| row.get(0).map(text),
        );
        let reason = "Tilanne on muuttunut.";
        match (kind, finished.first()) {
            ("plan", Some(plan)) => {
                self.sent(&format!("/plans/{plan}/change"), &[("why", reason)]);
                plan.clone()
            }
            ("plan", None) => self.sent(
                &format!("/matters/{matter}/plans/new"),
                &[("language", "fi"), ("whose", client)],
            ),
            (_, Some(assessment)) => {
                let path = format!("/assessments/{assessment}/correct");
                self.sent(&path, &[("reason", reason)]);
                assessment.clone()
            }
            (_, None) => self.sent(
                &format!("/matters/{matter}/assessments/new"),
                &[("client", client), ("late_reason", reason)],
            ),
        }
    }

    /// The worker asks that a plan and an assessment of hers be voided.
    fn to_void(&self) {
        let me = self.worker.staff.expect("a person").bytes();
        for (kind, room, field) in [
            ("plan", "plans", "why"),
            ("assessment", "assessments", "reason"),
        ] {
            let own = self.county.rows(
                "select d.id from document d join matter m on m.id = d.matter_id where d.kind = $1 and d.state = 'finished' and d.made_by = $2 and m.holder_staff = $2 and m.state = 'open' order by d.id limit 1",
                &[kind.into(), me.into()],
                |row| row.get(0).map(text),
            );
            let [document] = own.as_slice() else {
                panic!("the worker has no finished {kind}");
            };
            let path = format!("/{room}/{document}/void");
            self.sent(&path, &[(field, "Kirjattu samannimiselle.")]);
        }
    }

    fn phrase(&self) {
        let main_user = self
            .county
            .readers
            .iter()
            .find(|one| one.who.starts_with("user_admin"))
            .expect("an administrator");
        self.sent_by(
            main_user,
            "/admin/phrases/new",
            &[
                ("title_fi", "Ei vastannut"),
                ("title_sv", "Svarade inte"),
                ("text_fi", "Soitettu, ei vastausta."),
                ("text_sv", "Ringt, inget svar."),
                ("active", "yes"),
            ],
        );
    }
}
