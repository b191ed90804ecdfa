//! Where a server is.

use crate::ConnectProblem;
use url::{Host, Url};

/// The address of a server: scheme, host, and the path it is mounted at. Holds no secret and may be shown.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ServerUrl {
    /// Ends with a slash, so that paths join below it.
    base: Url,
}

impl ServerUrl {
    /// Reads an address as people type or paste it: without a scheme it means https, and the address of a page of the
    /// web dashboard means its server. A name or password inside it is refused: addresses are shown and logged.
    pub fn parse(text: &str) -> Result<Self, ConnectProblem> {
        let text = text.trim();
        let full = if text.contains("://") {
            text.to_owned()
        } else {
            format!("https://{text}")
        };
        let mut base = Url::parse(&full).map_err(|_| ConnectProblem::BadAddress)?;
        let usable = matches!(base.scheme(), "http" | "https")
            && base.host_str().is_some_and(|host| !host.is_empty())
            && base.username().is_empty()
            && base.password().is_none();
        if !usable {
            return Err(ConnectProblem::BadAddress);
        }
        base.set_query(None);
        base.set_fragment(None);
        let mount = mount_path(base.path());
        base.set_path(&mount);
        Ok(Self { base })
    }

    /// The address of `path` (no leading slash) on this server.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path()));
        url
    }

    /// The address of the socket.
    pub(crate) fn socket(&self) -> String {
        let url = self.join("cable");
        // `http` is a prefix of both schemes: http → ws, https → wss.
        url.as_str().replacen("http", "ws", 1)
    }

    /// True where `host` is the server's own, whatever the port.
    pub(crate) fn is_host(&self, host: &Host) -> bool {
        self.base.host().is_some_and(|own| own.to_owned() == *host)
    }

    /// True for a server on this computer, which no proxy can reach.
    pub fn is_loopback(&self) -> bool {
        match self.base.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        }
    }
}

/// `/desk/app/login` is a page of the server mounted at `/desk/`.
fn mount_path(path: &str) -> String {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let dashboard = segments
        .iter()
        .position(|segment| *segment == "app")
        .filter(|at| {
            matches!(
                segments.get(at + 1),
                None | Some(&"login" | &"accounts" | &"auth")
            )
        });
    let kept = &segments[..dashboard.unwrap_or(segments.len())];
    if kept.is_empty() {
        "/".to_owned()
    } else {
        format!("/{}/", kept.join("/"))
    }
}

impl std::fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.base.as_str().trim_end_matches('/'))
    }
}

impl std::fmt::Debug for ServerUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        ServerUrl::parse(text).unwrap().to_string()
    }

    #[test]
    fn an_address_is_read_as_people_type_it() {
        assert_eq!(shown(" desk.example.com "), "https://desk.example.com");
        assert_eq!(shown("http://127.0.0.1:3000/"), "http://127.0.0.1:3000");
        assert_eq!(shown("localhost:3000"), "https://localhost:3000");
        assert_eq!(shown("https://x.example/desk"), "https://x.example/desk");
        assert_eq!(
            shown("https://x.example/app/accounts/2/dashboard?a=b#c"),
            "https://x.example"
        );
        assert_eq!(shown("x.example/desk/app/login"), "https://x.example/desk");
    }

    #[test]
    fn what_is_no_server_is_refused() {
        for text in [
            "",
            "   ",
            "ftp://x.example",
            "https://",
            "desk example.com",
            "https://me:pw@x.example",
            "x:y:z",
        ] {
            assert_eq!(ServerUrl::parse(text), Err(ConnectProblem::BadAddress), "{text}");
        }
    }

    #[test]
    fn paths_join_below_the_mount_point() {
        let server = ServerUrl::parse("https://x.example/desk").unwrap();
        assert_eq!(
            server.join("api/v1/profile").as_str(),
            "https://x.example/desk/api/v1/profile"
        );
        assert_eq!(server.socket(), "wss://x.example/desk/cable");
        assert_eq!(
            ServerUrl::parse("http://[::1]:80").unwrap().socket(),
            "ws://[::1]/cable"
        );
    }

    #[test]
    fn a_server_on_this_computer_is_known() {
        assert!(ServerUrl::parse("http://127.0.0.1:3000").unwrap().is_loopback());
        assert!(ServerUrl::parse("http://[::1]:3000").unwrap().is_loopback());
        assert!(!ServerUrl::parse("desk.example.com").unwrap().is_loopback());
    }
}
