//! What one request of a page costs, one at a time and warm.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use web::House;

use super::people::Worker;
use crate::load::Line;

/// Rounds that are counted, each with so many requests as a page has addresses at most, and the requests before them that
/// warm the cache. The median round counts: one in which the house also tidied up, which it does beside any page, does not.
const ROUNDS: u32 = 9;
const ROUND: u32 = 12;

/// What a request costs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    pub statements: f64,
    /// Of both cores, in milliseconds.
    pub cpu_ms: f64,
}

/// The cost of each page of each kind of worker.
///
/// # Errors
/// A page that answers with anything but 200.
pub async fn of_pages(
    house: &House,
    address: SocketAddr,
    crew: &[Worker],
) -> Result<BTreeMap<String, Cost>, String> {
    let mut costs = BTreeMap::new();
    for worker in crew {
        let mut line = Line::open(address).await;
        for page in &worker.pages {
            if costs.contains_key(&page.name) {
                continue;
            }
            let mut rounds = Vec::new();
            for number in 0..=ROUNDS {
                let before = (house.store.statement_count(), cpu_nanos());
                for at in 0..ROUND {
                    let path = &page.paths[at as usize % page.paths.len()];
                    let status = line.get(path, &worker.header).await;
                    if status != 200 {
                        return Err(format!("{path} answers {status}: {}", line.said()));
                    }
                }
                if number > 0 {
                    rounds.push((
                        cpu_nanos().saturating_sub(before.1),
                        house.store.statement_count() - before.0,
                    ));
                }
            }
            rounds.sort_unstable();
            let (nanos, statements) = rounds[rounds.len() / 2];
            let each = f64::from(ROUND);
            #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
            let cost = Cost {
                statements: statements as f64 / each,
                cpu_ms: nanos as f64 / 1e6 / each,
            };
            costs.insert(page.name.clone(), cost);
        }
    }
    Ok(costs)
}

/// Processor time of this process's threads so far, in nanoseconds: Linux tells it per thread (kernel documentation,
/// scheduler statistics, first field of `schedstat`).
fn cpu_nanos() -> u64 {
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else {
        return 0;
    };
    threads
        .flatten()
        .filter_map(|thread| std::fs::read_to_string(thread.path().join("schedstat")).ok())
        .filter_map(|line| line.split_whitespace().next()?.parse::<u64>().ok())
        .sum()
}
