//! A PostgreSQL server of one test's own, which may be killed, started again, copied to a standby and promoted. What others
//! share is [`crate::cluster`].

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use postgres::NoTls;

use crate::{
    Folder,
    cluster::{PACKAGE, USER, as_server, give_to_server, percent, programs},
};

/// A server with its data in a folder of its own. Killed when dropped.
pub struct Server {
    folder: Folder,
    settings: Vec<String>,
    child: Option<Child>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Server({})", self.folder.display())
    }
}

impl Server {
    /// A new server with the given settings (`name=value`), running.
    ///
    /// # Panics
    /// PostgreSQL is not installed or does not start; the text says what to do.
    pub fn start(settings: &[&str]) -> Self {
        let mut own = Self::empty(settings);
        let data = own.data().display().to_string();
        own.program(
            "initdb",
            &[
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "--username",
                USER,
                "--pgdata",
                &data,
            ],
        );
        own.begin();
        own
    }

    /// A standby that follows this server, running; it has the data when this returns.
    ///
    /// # Panics
    /// The copy cannot be made.
    pub fn standby(&self, settings: &[&str]) -> Self {
        let mut own = Self::empty(settings);
        let (data, socket) = (own.data(), self.socket());
        let from = format!(
            "host={} user={USER} application_name=standby",
            socket.display()
        );
        own.program(
            "pg_basebackup",
            &[
                "--pgdata",
                &data.display().to_string(),
                "--dbname",
                &from,
                "--write-recovery-conf",
                "--wal-method=stream",
                "--checkpoint=fast",
                "--no-sync",
            ],
        );
        own.begin();
        own
    }

    fn empty(settings: &[&str]) -> Self {
        let folder = Folder::new();
        for part in ["data", "socket"] {
            let part = folder.join(part);
            fs::create_dir_all(&part).expect("a folder for the server");
            give_to_server(&part).expect("the server gets its folder");
            // The server refuses data that others may read.
            let mode = fs::Permissions::from_mode(0o700);
            fs::set_permissions(&part, mode).expect("the folder is the server's own");
        }
        let settings = settings.iter().map(|one| (*one).to_owned()).collect();
        Self {
            folder,
            settings,
            child: None,
        }
    }

    fn program(&self, name: &str, arguments: &[&str]) {
        let programs = programs().unwrap_or_else(|why| panic!("this test needs PostgreSQL: {why}"));
        let output = as_server(&programs.join(name).to_string_lossy())
            .current_dir("/")
            .args(arguments)
            .output()
            .unwrap_or_else(|error| panic!("{name}: {error}; {PACKAGE}"));
        assert!(
            output.status.success(),
            "{name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The folder of its socket.
    pub fn socket(&self) -> PathBuf {
        self.folder.join("socket")
    }

    /// Its address, with all rights.
    pub fn url(&self) -> String {
        url_of(&[&self.socket()])
    }

    /// Starts the stopped server and waits until it answers.
    ///
    /// # Panics
    /// It does not start within a minute.
    pub fn begin(&mut self) {
        self.launch();
        for _ in 0..3_000 {
            if self.answers() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let said = fs::read_to_string(self.folder.join("server.txt")).unwrap_or_default();
        panic!("the server did not start; it said:\n{said}");
    }

    /// Starts the stopped server and waits for nothing.
    ///
    /// # Panics
    /// There is no such program.
    pub fn launch(&mut self) {
        let programs = programs().unwrap_or_else(|why| panic!("this test needs PostgreSQL: {why}"));
        let log = fs::File::options()
            .create(true)
            .append(true)
            .open(self.folder.join("server.txt"))
            .expect("its log");
        let mut command = as_server(&programs.join("postgres").to_string_lossy());
        command.current_dir("/").arg("-D").arg(self.data());
        command.arg("-k").arg(self.socket());
        for setting in ["listen_addresses=", "shared_buffers=32MB"]
            .into_iter()
            .chain(self.settings.iter().map(String::as_str))
        {
            command.args(["-c", setting]);
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        self.child = Some(command.spawn().expect("the server starts"));
    }

    /// Whether it takes commands.
    pub fn answers(&self) -> bool {
        let url = self.url();
        let ask = move || postgres::Client::connect(&url, NoTls).is_ok();
        // The driver must not be used on a thread of an asynchronous runtime.
        std::thread::spawn(ask).join().unwrap_or(false)
    }

    /// SIGKILL to every process of the server at once, as when its machine goes.
    ///
    /// # Panics
    /// It does not run.
    pub fn kill(&mut self) {
        // Held still first, so that it makes no child that nobody has counted.
        let first = *self.processes().first().expect("the server runs");
        signal("STOP", first);
        for process in self.processes().iter().rev() {
            signal("KILL", *process);
        }
        // Who started it as another user stands still with it.
        if let Some(child) = &self.child {
            signal("CONT", child.id());
        }
        self.reap();
    }

    /// SIGKILL to one of the processes that serve a connection: the server then ends all of them and recovers by itself.
    /// `false` when there is none.
    pub fn kill_one(&self, pick: u64) -> bool {
        let serving: Vec<u32> = self
            .processes()
            .into_iter()
            .skip(1)
            .filter(|process| {
                let line = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
                let line = String::from_utf8_lossy(&line).into_owned();
                line.starts_with(&format!("postgres: {USER}"))
            })
            .collect();
        match serving.get((pick % serving.len().max(1) as u64) as usize) {
            Some(process) => {
                signal("KILL", *process);
                true
            }
            None => false,
        }
    }

    /// Stops it in order, connections or not.
    pub fn stop(&mut self) {
        if let Some(postmaster) = self.processes().first() {
            signal("INT", *postmaster);
        }
        self.reap();
    }

    /// Makes a standby the server that writes, and waits until it does.
    pub fn promote(&self) {
        let data = self.data().display().to_string();
        self.program("pg_ctl", &["promote", "--wait", "--pgdata", &data]);
    }

    fn reap(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.wait());
        }
        // Those that were not its own children end on their own.
        while !self.processes().is_empty() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The server's own process, then its children; empty when it does not run.
    fn processes(&self) -> Vec<u32> {
        let line = fs::read_to_string(self.data().join("postmaster.pid")).unwrap_or_default();
        let Some(postmaster) = line.lines().next().and_then(|id| id.trim().parse().ok()) else {
            return Vec::new();
        };
        let children = fs::read_dir("/proc").into_iter().flatten().flatten();
        let children = children
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .filter(|id| parent_of(*id) == Some(postmaster));
        // One that a killed predecessor left its number to is somebody else.
        let own = parent_of(postmaster).is_some()
            && fs::read_link(format!("/proc/{postmaster}/cwd")).is_ok_and(|cwd| cwd == self.data());
        match own {
            true => std::iter::once(postmaster).chain(children).collect(),
            false => Vec::new(),
        }
    }

    /// Runs commands.
    ///
    /// # Panics
    /// The server refuses.
    pub fn run(&self, sql: &str) {
        let (url, sql) = (self.url(), sql.to_owned());
        let work = move || {
            let mut client = postgres::Client::connect(&url, NoTls).expect("the server answers");
            client.batch_execute(&sql).expect("the server does it");
        };
        std::thread::spawn(work).join().expect("the server does it");
    }

    /// The first column of the first row of a question, as text.
    ///
    /// # Panics
    /// The server refuses.
    pub fn ask(&self, sql: &str) -> Option<String> {
        let (url, sql) = (self.url(), sql.to_owned());
        let work = move || {
            let mut client = postgres::Client::connect(&url, NoTls).expect("the server answers");
            let rows = client.query(&sql, &[]).expect("the server does it");
            rows.first().and_then(|row| row.get(0))
        };
        std::thread::spawn(work).join().expect("the server does it")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for process in self.processes() {
            signal("KILL", process);
        }
        if let Some(mut child) = self.child.take() {
            drop(child.wait());
        }
    }
}

/// The address of one of several servers, the one that writes.
pub fn url_of(sockets: &[&Path]) -> String {
    let hosts: Vec<String> = sockets.iter().map(|socket| host_of(socket)).collect();
    let attributes = match hosts.len() {
        1 => "",
        _ => "?target_session_attrs=read-write",
    };
    let hosts = hosts.join(",");
    format!("postgres://{USER}@{hosts}/postgres{attributes}")
}

/// A socket's folder as it stands in an address.
pub fn host_of(socket: &Path) -> String {
    socket.to_string_lossy().bytes().map(percent).collect()
}

fn parent_of(process: u32) -> Option<u32> {
    let line = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in parentheses may have spaces.
    let after = line.rsplit_once(')')?.1;
    after.split_whitespace().nth(1)?.parse().ok()
}

fn signal(which: &str, process: u32) {
    let sent = Command::new("kill")
        .args(["-s", which, &process.to_string()])
        .stderr(Stdio::null())
        .status();
    drop(sent);
}
