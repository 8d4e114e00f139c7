//! What one request of a page costs, one at a time and warm.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use web::House;

use super::people::Worker;
use crate::load::Line;

/// Requests that are counted, and those before them that warm the cache. Processor time is told in hundredths of a
/// second, so that a page needs many.
const COUNTED: u32 = 100;
const WARM: u32 = 12;

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
            let mut before = (0, 0.0);
            for number in 0..WARM + COUNTED {
                if number == WARM {
                    before = (house.store.statement_count(), cpu_seconds());
                }
                let path = &page.paths[number as usize % page.paths.len()];
                let status = line.get(path, &worker.header).await;
                if status != 200 {
                    return Err(format!("{path} answers {status}: {}", line.said()));
                }
            }
            let statements = house.store.statement_count() - before.0;
            let cpu = cpu_seconds() - before.1;
            let each = f64::from(COUNTED);
            let cost = Cost {
                #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
                statements: statements as f64 / each,
                cpu_ms: cpu * 1_000.0 / each,
            };
            costs.insert(page.name.clone(), cost);
        }
    }
    Ok(costs)
}

/// Processor time of this process so far. Linux counts it in hundredths of a second (proc(5), fields 14 and 15).
fn cpu_seconds() -> f64 {
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<f64>().ok())
        .sum();
    ticks / TICKS
}
