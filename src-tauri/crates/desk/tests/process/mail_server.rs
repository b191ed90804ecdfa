//! A mail server that speaks as much SMTP (RFC 5321) as a letter needs, and misbehaves when asked to.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    Takes,
    /// 451 to the recipient.
    Later,
    /// 550 to the recipient.
    Never,
    /// Reads the letter and says nothing.
    NeverAnswersTheLetter,
}

#[derive(Clone, Default)]
pub struct Received {
    pub from: String,
    pub to: String,
    pub text: String,
}

pub struct MailServer {
    pub address: SocketAddr,
    state: Arc<State>,
}

struct State {
    behaviour: Mutex<Behaviour>,
    letters: Mutex<Vec<Received>>,
    count: watch::Sender<usize>,
    asked: watch::Sender<usize>,
}

impl MailServer {
    pub async fn open(behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            behaviour: Mutex::new(behaviour),
            letters: Mutex::default(),
            count: watch::Sender::new(0),
            asked: watch::Sender::new(0),
        });
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                tokio::spawn(async move { talk(stream, &state).await });
            }
        });
        Self { address, state }
    }

    pub fn behave(&self, behaviour: Behaviour) {
        *self.state.behaviour.lock().unwrap() = behaviour;
    }

    pub fn letters(&self) -> Vec<Received> {
        self.state.letters.lock().unwrap().clone()
    }

    /// Completes when so many letters were read.
    pub async fn has(&self, count: usize) {
        let mut seen = self.state.count.subscribe();
        seen.wait_for(|now| *now >= count).await.unwrap();
    }

    /// Completes when somebody named a recipient so many times.
    pub async fn was_asked(&self, count: usize) {
        let mut seen = self.state.asked.subscribe();
        seen.wait_for(|now| *now >= count).await.unwrap();
    }
}

fn address(line: &str) -> String {
    let (_, rest) = line.split_once('<').unwrap();
    rest.split_once('>').unwrap().0.to_owned()
}

/// One connection, until either side ends it.
async fn talk(stream: TcpStream, state: &State) -> Option<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 mail.test ready\r\n").await.ok()?;
    let mut letter = Received::default();
    while let Some(line) = lines.next_line().await.ok()? {
        let behaviour = *state.behaviour.lock().unwrap();
        let command = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let answer = match command.as_str() {
            "EHLO" => "250-mail.test\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
            "MAIL" => {
                letter.from = address(&line);
                "250 ok\r\n"
            }
            "RCPT" => {
                state.asked.send_modify(|count| *count += 1);
                letter.to = address(&line);
                match behaviour {
                    Behaviour::Later => "451 not now\r\n",
                    Behaviour::Never => "550 nobody here\r\n",
                    _ => "250 ok\r\n",
                }
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await.ok()?;
                loop {
                    let line = lines.next_line().await.ok()??;
                    if line == "." {
                        break;
                    }
                    letter.text += line.strip_prefix('.').unwrap_or(&line);
                    letter.text += "\r\n";
                }
                state.letters.lock().unwrap().push(std::mem::take(&mut letter));
                state.count.send_modify(|count| *count += 1);
                if behaviour == Behaviour::NeverAnswersTheLetter {
                    std::future::pending::<()>().await;
                }
                "250 taken\r\n"
            }
            "QUIT" => {
                writer.write_all(b"221 bye\r\n").await.ok()?;
                return Some(());
            }
            _ => "250 ok\r\n",
        };
        writer.write_all(answer.as_bytes()).await.ok()?;
    }
    Some(())
}
