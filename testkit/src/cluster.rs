//! A PostgreSQL server for tests: started by the first test process that needs it, shared by all that
//! come while it runs, stopped by its own watcher when nobody has used it for two minutes.
//!
//! Who uses it holds a shared lock on `users.lock`; starting and stopping happen under an exclusive
//! lock on `start.lock`. Locks end with their process, so a killed test leaves nothing behind.

use std::{
    fs::{self, File},
    os::unix::fs::chown,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
    time::{Duration, Instant},
};

use postgres::NoTls;

pub(crate) const PACKAGE: &str =
    "install the Debian package `postgresql` (apt-get install postgresql)";
pub(crate) const USER: &str = "noste";
/// The longest path of a unix socket the system takes is 107 bytes; the server adds a name of 16.
const SOCKET_FOLDER_LIMIT: usize = 90;

/// The running server.
#[derive(Debug)]
pub struct Cluster {
    socket: PathBuf,
    _used: File,
}

/// The server, started if it does not run yet. It stays at least as long as this process.
///
/// # Panics
/// PostgreSQL is not installed or does not start; the text says what to do.
pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    // The driver must not be used on a thread of an asynchronous runtime.
    let start = || {
        std::thread::spawn(Cluster::start)
            .join()
            .unwrap_or_else(|_| Err("the start panicked".into()))
    };
    match CLUSTER.get_or_init(start) {
        Ok(cluster) => cluster,
        Err(why) => panic!("this test needs PostgreSQL: {why}"),
    }
}

impl Cluster {
    /// The address of the database `postgres` over the unix socket, with all rights.
    pub fn url(&self) -> String {
        let folder: String = self.socket.to_string_lossy().bytes().map(percent).collect();
        format!("postgres://{USER}@/postgres?host={folder}")
    }

    /// Runs commands outside any test's schema.
    ///
    /// # Panics
    /// The server refuses.
    pub fn run(&self, sql: &str) {
        let (url, sql) = (self.url(), sql.to_owned());
        let work = move || {
            let mut client =
                postgres::Client::connect(&url, NoTls).expect("the test server answers");
            client.batch_execute(&sql).expect("the test server does it");
        };
        std::thread::spawn(work)
            .join()
            .expect("the test server does it");
    }

    fn start() -> Result<Self, String> {
        let programs = programs()?;
        let base = base(&programs)?;
        let socket = socket_folder(&base);
        let say = |what: &str| {
            let what = what.to_owned();
            move |error: std::io::Error| format!("{what}: {error}")
        };
        fs::create_dir_all(&base).map_err(say("its folder"))?;
        let used = open_lock(&base.join("users.lock")).map_err(say("users.lock"))?;
        used.lock_shared().map_err(say("users.lock"))?;
        let start = open_lock(&base.join("start.lock")).map_err(say("start.lock"))?;
        start.lock().map_err(say("start.lock"))?;
        let cluster = Self {
            socket,
            _used: used,
        };
        if cluster.answers() {
            return Ok(cluster);
        }
        fs::create_dir_all(&cluster.socket).map_err(say("the socket's folder"))?;
        give_to_server(&cluster.socket).map_err(say("the socket's folder"))?;
        make_data(&programs, &base)?;
        cluster.wait(&programs, &base)?;
        Ok(cluster)
    }

    fn answers(&self) -> bool {
        postgres::Client::connect(&self.url(), NoTls).is_ok()
    }

    /// Starts the server and waits until it answers. One that another checkout's end, a kill or a full disk stopped
    /// meanwhile is started again: a second start beside a living server does nothing.
    fn wait(&self, programs: &Path, base: &Path) -> Result<(), String> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(180) {
            let tried = Instant::now();
            watch(programs, base, &self.socket).map_err(|error| format!("the server: {error}"))?;
            while tried.elapsed() < Duration::from_secs(15) {
                if self.answers() {
                    return Ok(());
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        let log = fs::read_to_string(base.join("server.txt")).unwrap_or_default();
        Err(format!(
            "the server did not start within three minutes; it said:\n{log}"
        ))
    }
}

pub(crate) fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

fn open_lock(path: &Path) -> std::io::Result<File> {
    fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

/// The newest installed version's programs.
pub(crate) fn programs() -> Result<PathBuf, String> {
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let mut found: Vec<_> = versions
        .filter(|version| version.join("bin/initdb").exists())
        .collect();
    found.sort_by_key(|version| {
        version
            .file_name()
            .and_then(|name| name.to_str()?.parse::<u32>().ok())
            .unwrap_or_default()
    });
    let newest = found
        .pop()
        .ok_or_else(|| format!("it is not installed; {PACKAGE}"))?;
    Ok(newest.join("bin"))
}

/// The build's own folder, or one under `/var/tmp` when the server's user cannot get there.
fn base(programs: &Path) -> Result<PathBuf, String> {
    let exe = std::env::current_exe().map_err(|error| error.to_string())?;
    let target = exe
        .ancestors()
        .find(|folder| folder.join("CACHEDIR.TAG").exists());
    let target = target.map_or_else(std::env::temp_dir, Path::to_owned);
    let reachable = as_server("test")
        .arg("-x")
        .arg(&target)
        .status()
        .is_ok_and(|status| status.success());
    let fsync = if fsync() { "" } else { "-unsafe" };
    let version = programs
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| name.to_str())
        .unwrap_or("0");
    let name = format!("testkit-postgres-{version}{fsync}");
    if reachable {
        return Ok(target.join(name));
    }
    Ok(Path::new("/var/tmp").join(format!("noste-{name}-{:08x}", short_number(&target))))
}

fn socket_folder(base: &Path) -> PathBuf {
    let inside = base.join("socket");
    if inside.as_os_str().len() <= SOCKET_FOLDER_LIMIT {
        return inside;
    }
    PathBuf::from(format!("/tmp/noste-socket-{:08x}", short_number(base)))
}

/// FNV-1a: tells two checkouts apart.
fn short_number(path: &Path) -> u32 {
    let bytes = path.as_os_str().as_encoded_bytes();
    bytes.iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

/// Whether the server flushes to disk. On unless `NOSTE_TEST_FSYNC=off` asks for speed.
fn fsync() -> bool {
    std::env::var_os("NOSTE_TEST_FSYNC").is_none_or(|value| value != "off")
}

fn is_root() -> bool {
    output("id", &["-u"]).is_some_and(|id| id == "0")
}

fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The server refuses to run as root; Debian's package makes the user `postgres` for it.
pub(crate) fn as_server(program: &str) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--", program]);
    command
}

pub(crate) fn give_to_server(path: &Path) -> std::io::Result<()> {
    if !is_root() {
        return Ok(());
    }
    let uid = output("id", &["-u", "postgres"]).and_then(|id| id.parse().ok());
    chown(path, uid, None)
}

fn make_data(programs: &Path, base: &Path) -> Result<(), String> {
    let data = base.join("data");
    if data.join("PG_VERSION").exists() && data.join("made").exists() {
        return Ok(());
    }
    // An interrupted start leaves half a folder.
    drop(fs::remove_dir_all(&data));
    fs::create_dir_all(&data)
        .and_then(|()| give_to_server(&data))
        .map_err(|error| error.to_string())?;
    let output = as_server(&programs.join("initdb").to_string_lossy())
        .current_dir("/")
        .args([
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--username",
            USER,
            "--pgdata",
        ])
        .arg(&data)
        .output()
        .map_err(|error| format!("initdb: {error}; {PACKAGE}"))?;
    if !output.status.success() {
        return Err(format!(
            "initdb failed: {}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    fs::write(data.join("made"), "").map_err(|error| error.to_string())
}

/// Starts the server and, beside it, the loop that stops it when nobody uses it any more.
fn watch(programs: &Path, base: &Path, socket: &Path) -> std::io::Result<()> {
    const SCRIPT: &str = r#"
        cd /
        "$@" >>"$BASE/server.txt" 2>&1 8>&- 9>&- &
        server=$!
        idle=0
        while sleep 5; do
            kill -0 $server 2>/dev/null || exit 0
            if flock -n -x "$BASE/users.lock" true; then idle=$((idle + 1)); else idle=0; fi
            if [ $idle -ge 24 ]; then
                (
                    flock -x 8
                    flock -n -x 9 || exit 1
                    # Nobody may start a second server while this one writes to disk, however long that takes.
                    kill -INT "$(head -n 1 "$BASE/data/postmaster.pid")"
                    while kill -0 $server 2>/dev/null && [ -e "$BASE/data/postmaster.pid" ]; do sleep 0.1; done
                ) 8>"$BASE/start.lock" 9>"$BASE/users.lock" && exit 0
                idle=0
            fi
        done"#;
    let server = as_server(&programs.join("postgres").to_string_lossy());
    let mut command = Command::new("setsid");
    command
        .args(["sh", "-c", SCRIPT, "testkit-postgres"])
        .arg(server.get_program())
        .args(server.get_args());
    command
        .arg("-D")
        .arg(base.join("data"))
        .arg("-k")
        .arg(socket);
    let fsync = if fsync() { "fsync=on" } else { "fsync=off" };
    for setting in [
        fsync,
        "listen_addresses=",
        "max_connections=300",
        "shared_buffers=64MB",
        "max_locks_per_transaction=256",
        "max_wal_size=512MB",
    ] {
        command.args(["-c", setting]);
    }
    // Own session and no inherited pipes: the server outlives the test process that began it.
    command
        .env("BASE", base)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().map(drop)
}
