//! A body too large is refused before it is read, in words a client can show.

use crate::program::Served;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use tempfile::TempDir;

#[test]
fn a_body_too_large_is_413_in_json() {
    let data = TempDir::new().unwrap();
    let desk = Served::start(data.path(), &[]);
    for (kind, length) in [
        ("application/json", 9_000_000_u64),
        ("application/x-www-form-urlencoded", 9_000_000),
        ("multipart/form-data; boundary=x", 200_000_000),
    ] {
        let mut stream = TcpStream::connect(desk.address()).unwrap();
        let head = format!(
            "POST /auth/sign_in HTTP/1.1\r\nhost: desk\r\nconnection: close\r\ncontent-type: {kind}\r\n\
             content-length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 413 "), "{kind}: {answer}");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!(body["status"], 413);
        assert_eq!(body["error"], "Payload Too Large");
    }
}
