//! Tells systemd that the house is open (`Type=notify`), so that what waits for it does not begin too early.

use std::os::unix::net::{SocketAddr, UnixDatagram};

/// Says it to whoever started the process, if anybody wants to know (sd_notify(3)).
pub fn ready() {
    let Ok(name) = std::env::var("NOTIFY_SOCKET") else {
        return;
    };
    if let Err(error) = say(&name, b"READY=1") {
        tracing::warn!(%error, "systemd could not be told that the house is open");
    }
}

fn say(name: &str, words: &[u8]) -> std::io::Result<()> {
    let socket = UnixDatagram::unbound()?;
    match name.strip_prefix('@') {
        #[cfg(target_os = "linux")]
        Some(name) => {
            use std::os::linux::net::SocketAddrExt;
            socket.send_to_addr(words, &SocketAddr::from_abstract_name(name)?)?
        }
        _ => socket.send_to_addr(words, &SocketAddr::from_pathname(name)?)?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_listens_hears_it() {
        let folder = testkit::Folder::new();
        let path = folder.join("notify");
        let socket = UnixDatagram::bind(&path).unwrap();
        say(path.to_str().unwrap(), b"READY=1").unwrap();
        let mut heard = [0; 32];
        let length = socket.recv(&mut heard).unwrap();
        assert_eq!(&heard[..length], b"READY=1");
    }
}
