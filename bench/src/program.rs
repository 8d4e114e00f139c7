//! The program as a county runs it: how large it is, how soon it answers after its start, and the memory it holds.
//!
//! It serves the synthetic county of the demo on SQLite, made before, with its first report given out.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::net::TcpStream;

use crate::load::{self, Line};
use crate::table::Table;

/// The program, when it is not beside this one.
const PLACE: &str = "NOSTE_BIN";
/// How long the release program took to build into an empty folder, in seconds: `tools/bench.sh` measures it.
const COLD: &str = "NOSTE_BENCH_COLD_SECONDS";
const PERSONS: &str = "3000";
/// Starts of which the median is told.
const STARTS: usize = 5;
/// Aims of the house: seconds from the start to the first answer, and megabytes when idle.
const STARTED: f64 = 0.3;
const IDLE: f64 = 40.0;
/// After this time of rest the memory is looked at.
const REST: Duration = Duration::from_secs(5);
const REQUESTS: usize = 1_000;
/// Pages of a day that a worker goes through.
const PAGES: [&str; 4] = ["/desk", "/clients", "/matters", "/contacts"];
/// Who signs in, as the list of the demo names her.
const WORKER: &str = ">sosiaalityöntekijä,";
/// The county is made at the first start.
const MAKING: Duration = Duration::from_secs(600);
/// Longest time of everything else.
const PATIENCE: Duration = Duration::from_secs(90);

/// Measures the program.
///
/// # Errors
/// When it is not there, or does not answer.
pub async fn measure(table: &mut Table) -> Result<(), String> {
    let program = place()?;
    let size = std::fs::metadata(&program)
        .map_err(|error| format!("{}: {error}", program.display()))?
        .len();
    let folder = testkit::Folder::new();
    let mut first = Started::new(&program, &folder)?;
    first.answers(MAKING).await?;
    first.report_is_out(&folder).await;
    first.stop()?;
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let mut one = Started::new(&program, &folder)?;
        times.push(one.answers(PATIENCE).await?);
        one.stop()?;
    }
    times.sort_unstable();
    table.program(
        "from the start to the first answer of /health, median of 5, s",
        times[STARTS / 2].as_secs_f64(),
        Some(STARTED),
    );
    let mut one = Started::new(&program, &folder)?;
    one.answers(PATIENCE).await?;
    tokio::time::sleep(REST).await;
    let resident = "resident memory";
    table.program(
        &format!("{resident} 5 s after the start, MB"),
        one.memory("VmRSS")?,
        Some(IDLE),
    );
    table.program(
        "of that not from files (the program's own pages), MB",
        one.memory("RssAnon")?,
        None,
    );
    one.is_asked().await?;
    table.program(
        &format!("{resident} after 1,000 requests of a signed-in worker, MB"),
        one.memory("VmRSS")?,
        Some(IDLE),
    );
    one.stop()?;
    #[expect(clippy::cast_precision_loss, reason = "a file is far below 2^52 bytes")]
    table.program("size of the program, bytes", size as f64, None);
    Ok(())
}

/// Tells how long a build into an empty folder took, when it was measured.
pub fn build_time(table: &mut Table) {
    let seconds = std::env::var(COLD).ok().and_then(|text| text.parse().ok());
    if let Some(seconds) = seconds {
        table.program(
            "building the program into an empty folder, s",
            seconds,
            None,
        );
    }
}

/// Where the program is: told, or beside this one.
fn place() -> Result<PathBuf, String> {
    let beside = || {
        std::env::current_exe()
            .ok()
            .map(|own| own.with_file_name("noste"))
    };
    let place = std::env::var_os(PLACE).map(PathBuf::from).or_else(beside);
    place.filter(|path| path.is_file()).ok_or_else(|| {
        format!("no program to measure: build `--release --package app`, or set {PLACE}")
    })
}

/// A running program. It ends with the value.
struct Started {
    child: Child,
    address: SocketAddr,
    began: Instant,
}

impl Started {
    /// Starts the demo on a free port.
    fn new(program: &Path, folder: &Path) -> Result<Self, String> {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|one| one.local_addr());
        let address = free.map_err(|error| error.to_string())?;
        let began = Instant::now();
        let child = Command::new(program)
            .args(["demo", "--no-limits", "--persons", PERSONS])
            .args(["--port", &address.port().to_string()])
            .arg("--data")
            .arg(folder)
            // What the demo warns of is no part of the measuring.
            .env("NOSTE_LOG", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        Ok(Self {
            child,
            address,
            began,
        })
    }

    /// Waits for the first good answer of `/health`; gives the time since the start.
    async fn answers(&mut self, patience: Duration) -> Result<Duration, String> {
        while self.began.elapsed() < patience {
            if TcpStream::connect(self.address).await.is_ok() {
                let mut line = Line::open(self.address).await;
                if line.get("/health", "Accept: */*").await == 200 {
                    return Ok(self.began.elapsed());
                }
            }
            if let Ok(Some(ended)) = self.child.try_wait() {
                return Err(format!("the program ended: {ended}"));
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Err("the program does not answer".to_owned())
    }

    /// Waits until the demo has given out its first report, which it prints once beside its work.
    async fn report_is_out(&self, folder: &Path) {
        let due = folder.join("report.due");
        let began = Instant::now();
        while due.exists() && began.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Memory in megabytes by a line of the process's state (proc(5)), which Linux tells in units of 1,024 bytes.
    fn memory(&self, line: &str) -> Result<f64, String> {
        let path = format!("/proc/{}/status", self.child.id());
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        megabytes(&text, line).ok_or_else(|| format!("{path} has no {line}"))
    }

    /// A worker signs in and asks her pages one after another.
    async fn is_asked(&self) -> Result<(), String> {
        let mut line = Line::open(self.address).await;
        let said = |what: &str, line: &Line| format!("{what}: {}", line.said());
        let visitor = "Accept-Language: fi";
        if line.get("/fi/alku", visitor).await != 200 {
            return Err(said("the first page", &line));
        }
        let page = line.body();
        let form = load::form_token(&page).zip(worker(&page));
        let (token, staff) = form.ok_or_else(|| said("nobody to sign in as", &line))?;
        let own = line.header("set-cookie").map_or_else(
            || visitor.to_owned(),
            |cookie| format!("{visitor}\r\nCookie: {}", first_part(&cookie)),
        );
        let body = format!("_token={token}&staff={staff}");
        if line.post("/demo/enter", &own, &body).await != 303 {
            return Err(said("signing in", &line));
        }
        let cookie = line
            .header("set-cookie")
            .ok_or_else(|| said("no session", &line))?;
        let cookie = format!("Cookie: {}", first_part(&cookie));
        for page in PAGES.iter().cycle().take(REQUESTS) {
            if line.get(page, &cookie).await != 200 {
                return Err(said(page, &line));
            }
        }
        Ok(())
    }

    /// Asks it to stop, as the county's machine does, and waits: the next start finds a closed database.
    fn stop(mut self) -> Result<(), String> {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status();
        asked.map_err(|error| format!("kill: {error}"))?;
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            match self.child.try_wait() {
                Ok(Some(ended)) if ended.success() => return Ok(()),
                Ok(Some(ended)) => return Err(format!("the program ended: {ended}")),
                Ok(None) => std::thread::sleep(Duration::from_millis(10)),
                Err(error) => return Err(error.to_string()),
            }
        }
        Err("the program does not stop".to_owned())
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The name and value of a cookie, without what a browser is told of it.
fn first_part(cookie: &str) -> &str {
    cookie.split(';').next().unwrap_or_default()
}

/// The identity of the first social worker in the list of the demo.
fn worker(page: &str) -> Option<String> {
    let (_, after) = page.split_once(WORKER)?;
    let (_, value) = after.split_once("name=\"staff\" value=\"")?;
    value.split('"').next().map(str::to_owned)
}

/// A line `VmRSS:   39204 kB` in megabytes.
fn megabytes(status: &str, name: &str) -> Option<f64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1_024.0 / 1_000_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_in_megabytes() {
        let status = "Name:\tnoste\nVmRSS:\t   40000 kB\nRssAnon:\t  10000 kB\nThreads:\t9\n";
        for (text, name, wanted) in [
            (status, "VmRSS", Some(40.96)),
            (status, "RssAnon", Some(10.24)),
            (status, "VmHWM", None),
            (status, "Vm", None),
            (status, "Threads", None),
            ("VmRSS: many kB", "VmRSS", None),
            ("", "VmRSS", None),
        ] {
            assert_eq!(megabytes(text, name), wanted, "{name} of {text:?}");
        }
    }

    #[test]
    fn the_first_social_worker_of_the_list_is_found() {
        let hidden = |id| format!("<input type=\"hidden\" name=\"staff\" value=\"{id}\">");
        let page = format!(
            "<p>sosiaaliohjaaja, Neuvonta</p>{}<p>sosiaalityöntekijä, Jyväskylä</p>{}{}",
            hidden("one"),
            hidden("two"),
            hidden("three")
        );
        assert_eq!(worker(&page).as_deref(), Some("two"));
        assert_eq!(worker("<p>nobody</p>"), None);
        assert_eq!(first_part("a=b; Path=/; HttpOnly"), "a=b");
    }
}
