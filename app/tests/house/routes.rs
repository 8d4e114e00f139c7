//! Every route with every role: who is let in at the door, and that nothing ever breaks. A route
//! without a guard or an exemption cannot be added unseen, because the list is the features' own.

use access::rights::RightsTable;
use web::{Guard, Route};

use crate::inside::Inside;

/// An address of the route with every parameter filled by something that does not exist.
fn sample(route: &Route) -> String {
    web::addresses(route)[0]
        .split('/')
        .map(|part| {
            if part.starts_with('{') {
                "01890000-0000-7000-8000-000000000000"
            } else {
                part
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// Narrower than their guard: everybody has a row for her own log, and the list of users asks for a wider one; a lead
/// has a row for texts of the own unit, and founds none.
const NARROWER: [&str; 2] = ["/oversight/users", "/admin/units/new"];

#[test]
fn every_route_admits_whom_the_table_says() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let inside = Inside::new();
    let today = inside.built.house.today();
    let routes: Vec<Route> = app::features::all(true)
        .into_iter()
        .flat_map(|feature| feature.routes)
        .collect();
    assert!(routes.len() > 30);
    let mut public = Vec::new();
    for route in &routes {
        let path = sample(route);
        let method = route.method.as_str();
        let fixed = !route.path.replace("{lang}", "").contains('{');
        let stranger = runtime.block_on(inside.send(method, &path, None));
        assert!(
            stranger.status.as_u16() < 500,
            "{route:?}: {}",
            stranger.status
        );
        if route.guard == Guard::Public {
            public.push(format!("{method} {}", route.path));
        } else {
            let turned = stranger.status == 401
                || (stranger.status == 303 && stranger.location.starts_with('/'));
            assert!(turned, "{route:?} lets a stranger in: {}", stranger.status);
        }
        for worker in &inside.town.workers {
            let got = runtime.block_on(async {
                let cookie = inside.cookie(worker.staff).await;
                inside.send(method, &path, Some(&cookie)).await
            });
            assert!(
                got.status.as_u16() < 500,
                "{route:?} for {:?}: {}",
                worker.subject.tasks,
                got.status
            );
            if let Guard::Right { class, action } = route.guard {
                let may = RightsTable::built_in().may_ever(&worker.subject, class, action, today);
                if !may {
                    assert_eq!(got.status, 404, "{route:?} for {:?}", worker.subject.tasks);
                } else if fixed && method == "GET" && !NARROWER.contains(&&*route.path) {
                    assert!(
                        got.status == 200 || got.status == 303,
                        "{route:?} for {:?}: {}",
                        worker.subject.tasks,
                        got.status
                    );
                }
            }
        }
    }
    let exempt = include_str!("public_routes.txt");
    public.sort();
    assert_eq!(
        public.join("\n"),
        exempt.trim(),
        "a public route is a decision: write it down in public_routes.txt"
    );
}

/// The whole matrix of the rights table, as people review it: regenerated here, and the
/// committed page must be the same. `NOSTE_UPDATE=1` writes it.
#[test]
fn the_matrix_in_docs_is_the_tables() {
    let table = RightsTable::built_in();
    let mut page = String::from(
        "# Rights\n\nGenerated from `foundation/access/data/rights.csv` by a test of `app`. A right exists only if a row gives it.\n\n| row | task | qualification | service task | what | actions | relation | scope | conditions | basis | purpose | in force |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in table.rows() {
        page.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} – {} |\n",
            row.id,
            row.tasks.join(", "),
            row.qualifications.join(", "),
            row.service_task,
            row.classes.join(", "),
            row.actions.join(", "),
            row.relation,
            row.scope,
            row.tokens().collect::<Vec<_>>().join(", "),
            row.basis,
            row.purpose,
            row.valid_from,
            row.valid_to.map(|day| day.to_string()).unwrap_or_default()
        ));
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rights-matrix.md");
    if std::env::var_os("NOSTE_UPDATE").is_some() {
        std::fs::write(&path, &page).expect("written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == page,
        "run the test once with NOSTE_UPDATE=1 and review the change"
    );
}
