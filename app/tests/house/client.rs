//! A browser without a screen: one connection a request, cookies kept, form tokens found on pages.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        let (_, value) = all.find(|(own, _)| own.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    /// The form token of a page.
    pub fn token(&self) -> Option<String> {
        let text = self.text();
        let (_, rest) = text.split_once("name=\"_token\" value=\"")?;
        rest.split_once('"').map(|(token, _)| token.to_owned())
    }
}

/// A browser at one address.
#[derive(Debug, Clone)]
pub struct Client {
    pub address: SocketAddr,
    cookies: BTreeMap<String, String>,
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            cookies: BTreeMap::new(),
        }
    }

    pub fn get(&mut self, path: &str) -> Option<Answer> {
        self.request("GET", path, &[], b"")
    }

    pub fn post_with(&mut self, token: &str, to: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        let mut all = vec![("_token", token)];
        all.extend_from_slice(fields);
        let body = encode(&all);
        let origin = format!("http://{}", self.address);
        let headers = [
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Origin", origin.as_str()),
        ];
        self.request("POST", to, &headers, body.as_bytes())
    }

    pub fn post_json(&mut self, to: &str, body: &str) -> Option<Answer> {
        self.request(
            "POST",
            to,
            &[("Content-Type", "application/json")],
            body.as_bytes(),
        )
    }

    /// `None` when the connection broke: then nothing is known of what the server did.
    pub fn request(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Option<Answer> {
        let mut stream = TcpStream::connect_timeout(&self.address, Duration::from_secs(5)).ok()?;
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .ok()?;
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.address
        );
        if method != "GET" {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !self.cookies.is_empty() {
            let all: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            head.push_str(&format!("Cookie: {}\r\n", all.join("; ")));
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).ok()?;
        stream.write_all(body).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let answer = parse(&bytes)?;
        self.keep_cookies(&answer);
        Some(answer)
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for (name, value) in &answer.headers {
            if !name.eq_ignore_ascii_case("set-cookie") {
                continue;
            }
            let pair = value.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies
                    .insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }

    /// Enters a demo as the identity whose title stands in its entry.
    pub fn enter(&mut self, name: &str) -> Option<()> {
        let start = self.get("/")?;
        let (page, token) = (start.text(), start.token()?);
        let after = page.split_once(name)?.1;
        let before = page.split_once(name)?.0;
        // The form of an identity holds its id before or after the name.
        let id_in = |text: &str, from_end: bool| -> Option<String> {
            let mark = "name=\"staff\" value=\"";
            let found = if from_end {
                text.rfind(mark)?
            } else {
                text.find(mark)?
            };
            text[found + mark.len()..]
                .split_once('"')
                .map(|(id, _)| id.to_owned())
        };
        let behind = before
            .len()
            .saturating_sub(before.rfind("name=\"staff\"").unwrap_or(0));
        let ahead = after.find("name=\"staff\"").unwrap_or(usize::MAX);
        let id = if ahead < behind {
            id_in(after, false)
        } else {
            id_in(before, true)
        }?;
        let entered = self.post_with(&token, "/demo/enter", &[("staff", &id)])?;
        (entered.status == 303).then_some(())
    }
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    let rest = &bytes[end + 4..];
    let of = |name: &str| {
        headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.clone())
    };
    let body = if of("transfer-encoding").is_some_and(|how| how.contains("chunked")) {
        unchunk(rest)?
    } else {
        let length: usize = of("content-length")
            .and_then(|length| length.parse().ok())
            .unwrap_or(rest.len());
        // A body cut short by a kill is no answer.
        rest.get(..length)?.to_vec()
    };
    Some(Answer {
        status,
        headers,
        body,
    })
}

fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let size =
            usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?.trim(), 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}

/// Percent-encodes a form.
pub fn encode(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect()
    };
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}
