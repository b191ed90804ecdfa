//! How it ends: whoever is connected is told, what was begun is finished, and one file is left.

use crate::program::Served;
use tempfile::TempDir;

#[test]
fn with_its_parent_gone_it_stops() {
    let data = TempDir::new().unwrap();
    let mut desk = Served::start(data.path(), &["--with-parent"]);
    drop(desk.child.stdin.take());
    assert!(desk.wait().success());
}

#[cfg(unix)]
mod told {
    use super::*;
    use futures_util::StreamExt;
    use serde_json::Value;
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use tokio_tungstenite::tungstenite::Message;
    use tokio_tungstenite::tungstenite::client::IntoClientRequest;

    fn names_in(data: &TempDir) -> Vec<String> {
        let entries = std::fs::read_dir(data.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_termination_signal_leaves_one_file() {
        let data = TempDir::new().unwrap();
        let mut desk = Served::start(data.path(), &["--demo"]);
        assert!(names_in(&data).contains(&"desk.db-wal".to_owned()));
        desk.ask_to_stop();
        assert_eq!(desk.wait().code(), Some(0));
        assert_eq!(names_in(&data), ["desk.db", "desk.lock", "files"]);
    }

    #[test]
    fn a_request_in_flight_is_answered() {
        let data = TempDir::new().unwrap();
        let mut desk = Served::start(data.path(), &[]);
        let mut stream = TcpStream::connect(desk.address()).unwrap();
        let body = r#"{"email": "nobody@example.org", "password": "x"}"#;
        let head = format!(
            "POST /auth/sign_in HTTP/1.1\r\nhost: desk\r\nexpect: 100-continue\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        // It asks for the body: by now the request is being answered.
        let mut interim = [0; 25];
        stream.read_exact(&mut interim).unwrap();
        assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
        desk.ask_to_stop();
        while TcpStream::connect(desk.address()).is_ok() {
            std::thread::yield_now();
        }
        stream.write_all(body.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
        assert_eq!(desk.wait().code(), Some(0));
    }

    #[tokio::test]
    async fn sockets_are_told_that_it_restarts() {
        let data = TempDir::new().unwrap();
        let mut desk = Served::start(data.path(), &[]);
        let mut request = format!("ws://{}/cable", desk.address())
            .into_client_request()
            .unwrap();
        let protocol = "actioncable-v1-json".parse().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        let mut frames = Vec::new();
        while let Some(frame) = socket.next().await {
            match frame.unwrap() {
                Message::Text(text) => frames.push(serde_json::from_str::<Value>(&text).unwrap()),
                Message::Close(_) => break,
                _ => {}
            }
            if frames.len() == 1 {
                desk.ask_to_stop();
            }
        }
        let last = frames.last().unwrap();
        assert_eq!(last["type"], "disconnect", "{frames:?}");
        assert_eq!(last["reason"], "server_restart");
        assert_eq!(desk.wait().code(), Some(0));
    }
}
