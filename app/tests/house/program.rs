//! The program itself as a child process.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// A running demo; killed when dropped.
pub struct Demo {
    child: Child,
    pub address: SocketAddr,
}

impl Demo {
    /// Starts `noste demo` on a free port and waits until it says where it is.
    pub fn start(data: &Path, persons: u32) -> Self {
        Self::of(&mut Self::command(data, persons), true)
    }

    /// The demo's command without rate limits switched off.
    pub fn command(data: &Path, persons: u32) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_noste"));
        command
            .args(["demo", "--port", "0", "--years", "1", "--persons"])
            .arg(persons.to_string())
            .arg("--data")
            .arg(data);
        command
    }

    /// Starts a demo by its command.
    pub fn of(command: &mut Command, no_limits: bool) -> Self {
        if no_limits {
            command.arg("--no-limits");
        }
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let port = loop {
            let line = lines
                .next()
                .expect("the demo says its address")
                .expect("text");
            if let Some((_, rest)) = line.split_once("http://localhost:") {
                break rest
                    .split(' ')
                    .next()
                    .and_then(|port| port.parse().ok())
                    .expect("a port");
            }
        };
        Self {
            child,
            address: SocketAddr::from(([127, 0, 0, 1], port)),
        }
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL, at once.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// SIGTERM, and waits for a clean end.
    pub fn stop(mut self) -> bool {
        let asked = Command::new("kill")
            .arg(self.child.id().to_string())
            .status()
            .expect("kill runs");
        asked.success() && self.child.wait().expect("ended").success()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command of the program to its end.
pub fn noste(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_noste"))
        .args(arguments)
        .output()
        .expect("the program runs")
}
