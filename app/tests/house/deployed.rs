//! What is handed to those who run the house: the unit of systemd, examples of proxies, the container file.

use std::path::{Path, PathBuf};
use std::process::Command;

use app::config::Config;

fn place(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(place(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Options of the unit by name.
fn options(unit: &str) -> Vec<(&str, &str)> {
    unit.lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with('['))
        .filter_map(|line| line.split_once('='))
        .collect()
}

#[test]
fn the_unit_shuts_the_service_in() {
    let unit = text("deploy/noste.service");
    let options = options(&unit);
    let said = |name: &str| {
        let found = options.iter().find(|(own, _)| *own == name);
        found.map(|(_, value)| *value)
    };
    for (name, value) in [
        ("Type", "notify"),
        ("DynamicUser", "yes"),
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("PrivateTmp", "yes"),
        ("PrivateDevices", "yes"),
        ("MemoryDenyWriteExecute", "yes"),
        ("CapabilityBoundingSet", ""),
        ("UMask", "0077"),
    ] {
        assert_eq!(said(name), Some(value), "{name}");
    }
    assert!(said("ExecReload").is_some_and(|how| how.contains("-HUP")));
    // Requests in progress have thirty seconds.
    assert_eq!(said("TimeoutStopSec"), Some("45s"));
}

/// systemd reads the unit and knows every option in it; where it is not installed its own test is the one above.
#[test]
fn systemd_knows_every_option_of_the_unit() {
    let folder = testkit::Folder::new();
    let unit = text("deploy/noste.service").replace("/usr/local/bin/noste", "/bin/true");
    let path = folder.join("noste.service");
    std::fs::write(&path, unit).expect("a file");
    let judged = Command::new("systemd-analyze")
        .arg("verify")
        .arg(&path)
        .output();
    let Ok(judged) = judged else {
        println!("systemd-analyze is not here");
        return;
    };
    let said = String::from_utf8_lossy(&judged.stderr).into_owned();
    let ours: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("noste.service"))
        .collect();
    assert_eq!(ours, [""; 0], "{said}");
}

#[test]
fn the_container_is_built_by_the_script_of_make_build() {
    let (container, make) = (text("deploy/Containerfile"), text("Makefile"));
    assert!(make.contains("\nbuild:") && make.contains("@tools/build.sh"));
    let runs: Vec<&str> = container
        .lines()
        .filter_map(|line| line.strip_prefix("RUN "))
        .collect();
    assert!(runs.contains(&"tools/build.sh"), "{runs:?}");
    assert!(
        !runs.iter().any(|run| run.contains("cargo build")),
        "{runs:?}"
    );
    let last = container.rsplit("FROM ").next().unwrap_or_default();
    assert!(last.contains("\nUSER ") && last.contains("THIRD-PARTY-LICENCES.txt"));
}

/// The configuration beside the unit is one that the program takes.
#[test]
fn the_example_configuration_is_taken() {
    let config = Config::load(&place("deploy/noste.toml")).expect("a configuration");
    assert!(config.https && config.trusted_proxy_header.is_some());
    assert!(
        config
            .metrics_listen
            .is_some_and(|address| address.ip().is_loopback())
    );
    assert_eq!(config.county.len(), 3);
}

/// Proxies pass on the name in the address bar and the client's address, and never lead to the figures.
#[test]
fn proxies_hand_on_what_the_house_needs() {
    let config = Config::load(&place("deploy/noste.toml")).expect("a configuration");
    let header = config.trusted_proxy_header.expect("a header");
    for name in ["deploy/nginx.conf", "deploy/Caddyfile"] {
        let proxy = text(name);
        assert!(proxy.contains(&config.listen.to_string()), "{name}");
        assert!(proxy.to_lowercase().contains(&header), "{name}");
        let figures = config.metrics_listen.expect("figures").port().to_string();
        assert!(!proxy.contains(&figures), "{name}");
    }
    assert!(text("deploy/nginx.conf").contains("proxy_set_header Host $host;"));
}
