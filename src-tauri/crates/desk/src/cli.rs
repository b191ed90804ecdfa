//! The command line of `deskbell-desk`.

use crate::admin::{self, command::AdminCommand};
use crate::desk::Llm;
use crate::export::{self, command::Export};
use crate::mail::Server;
use crate::signals::StopSignals;
use crate::{Options, Reach, Simulation, TlsFiles, backup, error::DeskError, serve_at};
use clap::{Args, Parser, Subcommand};
use serde_json::Value;
use std::fmt::Display;
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use tokio::sync::oneshot;

/// What a wrong start ends with.
const WRONG_START: u8 = 2;

/// The built-in desk of Deskbell.
#[derive(Parser)]
#[command(
    name = "deskbell-desk",
    version,
    subcommand_required = true,
    arg_required_else_help = false
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve a desk until it is told to stop.
    Serve(Box<Serve>),
    /// Set a desk up: properties, people, channels, knowledge, prices, bookings. Not while it runs.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Copy a desk's data into a new folder, also while it runs. The copy serves like any data folder.
    Backup(Backup),
    Export(Export),
}

#[derive(Args)]
struct Backup {
    /// Folder of the data.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Folder of the copy; must not exist.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

#[derive(Args)]
struct Serve {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Folder of the data; made when missing.
    #[arg(long)]
    data: PathBuf,
    /// Certificate chain (PEM): serve https and wss. Read once, at the start.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Its private key (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Where guests and agents reach it, such as https://chat.example.org; the address it listens on when absent.
    #[arg(long, value_name = "URL")]
    public_url: Option<url::Url>,
    /// Mail server for the booking e-mails: smtp://name@host:port (STARTTLS) or smtps://…; the password comes from
    /// DESKBELL_SMTP_PASSWORD. Into the folder `mail` of the data when absent.
    #[arg(long, value_name = "URL", requires = "mail_from")]
    smtp: Option<url::Url>,
    /// Whom they are from.
    #[arg(long, value_name = "ADDRESS", requires = "smtp")]
    mail_from: Option<String>,
    /// Fill an empty desk with the demo properties.
    #[arg(long)]
    demo: bool,
    /// Say on one line of JSON where it is and who may sign in.
    #[arg(long)]
    print_json: bool,
    /// Open the controls that tests use. Never on a desk with real guests.
    #[arg(long)]
    test_controls: bool,
    /// Stop when standard input closes, so that it does not outlive the program that started it.
    #[arg(long)]
    with_parent: bool,
    /// Let so many simulated guests an hour write to the web chats: for demos, soak and load. Never on a desk with real
    /// guests.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    simulate: Option<u32>,
    /// The same number brings the same guests.
    #[arg(long, value_name = "NUMBER", requires = "simulate", default_value_t = 1)]
    simulate_seed: u64,
    /// Base address of an OpenAI-compatible API for the assistant.
    #[arg(long, requires = "llm_model")]
    llm_url: Option<url::Url>,
    /// Its model.
    #[arg(long, requires = "llm_url")]
    llm_model: Option<String>,
}

/// Runs the program.
pub async fn run() -> ExitCode {
    let command = match Cli::try_parse() {
        Ok(cli) => cli.command,
        Err(error) if !error.use_stderr() => {
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => return refused(&one_line(&error.to_string())),
    };
    let done = match command {
        Command::Serve(options) => run_server(*options).await.map_err(|error| error.to_string()),
        Command::Admin(command) => said(admin::run(command).await),
        // Nothing else runs in this process, so nothing waits for it.
        Command::Backup(wanted) => said(backup::run(&wanted.data, &wanted.to)),
        Command::Export(wanted) => said(export::run(wanted).await),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refused(&format!("error: {error}")),
    }
}

/// Prints what a command has to say.
fn said(result: Result<String, impl Display>) -> Result<(), String> {
    let words = result.map_err(|error| error.to_string())?;
    writeln!(std::io::stdout(), "{words}").map_err(|error| format!("cannot write the answer: {error}"))
}

/// What is wrong, without the usage that follows it.
fn one_line(help: &str) -> String {
    let lines = help.lines().take_while(|line| !line.trim().is_empty());
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

fn refused(line: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "{line}");
    ExitCode::from(WRONG_START)
}

async fn run_server(mut serve_options: Serve) -> Result<(), DeskError> {
    // Listened for before anybody can know that it runs.
    let signals = StopSignals::listen().map_err(DeskError::Signals)?;
    let parent = serve_options.with_parent.then(parent_gone);
    let print_json = serve_options.print_json;
    let tls = serve_options.tls_cert.take().zip(serve_options.tls_key.take());
    let reach = Reach {
        tls: tls.map(|(cert, key)| TlsFiles { cert, key }),
        public_url: serve_options.public_url.take(),
        mail: mail_server(&serve_options)?,
    };
    let simulation = simulation(&serve_options);
    let mut running = serve_at(options(serve_options), reach).await?;
    if let Some(simulation) = simulation
        && let Err(error) = running.simulate(simulation).await
    {
        running.stop().await;
        return Err(error);
    }
    let facts = running.facts().await?;
    print_facts(&facts, print_json);
    wait_for_the_end(parent, signals).await;
    running.stop().await;
    Ok(())
}

fn mail_server(serve: &Serve) -> Result<Option<Server>, DeskError> {
    let Some((url, sender)) = serve.smtp.as_ref().zip(serve.mail_from.as_deref()) else {
        return Ok(None);
    };
    let password = std::env::var("DESKBELL_SMTP_PASSWORD").ok();
    Ok(Some(Server::parse(url, sender, password)?))
}

fn simulation(serve: &Serve) -> Option<Simulation> {
    serve.simulate.map(|per_hour| Simulation {
        per_hour,
        seed: serve.simulate_seed,
    })
}

fn options(serve: Serve) -> Options {
    let llm = serve.llm_url.zip(serve.llm_model);
    Options {
        listen: serve.listen,
        data: serve.data,
        demo: serve.demo,
        test_controls: serve.test_controls,
        llm: llm.map(|(url, model)| Llm {
            url: url.as_str().trim_end_matches('/').to_owned(),
            model,
        }),
    }
}

/// A closed standard output is no reason to stop serving.
fn print_facts(facts: &Value, as_json: bool) {
    let mut output = std::io::stdout();
    let line = if as_json {
        facts.to_string()
    } else {
        format!("The desk is at {}", facts["url"].as_str().unwrap_or_default())
    };
    let _ = writeln!(output, "{line}");
    let _ = output.flush();
}

/// Completes when standard input ends. A thread of its own: reading cannot be interrupted.
fn parent_gone() -> oneshot::Receiver<()> {
    let (gone, parent) = oneshot::channel();
    std::thread::spawn(move || {
        let mut input = std::io::stdin();
        let mut buffer = [0; 256];
        while input.read(&mut buffer).is_ok_and(|count| count > 0) {}
        let _ = gone.send(());
    });
    parent
}

async fn wait_for_the_end(parent: Option<oneshot::Receiver<()>>, mut signals: StopSignals) {
    let parent_gone = async {
        match parent {
            Some(parent) => drop(parent.await),
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = parent_gone => {}
        () = signals.told() => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_option_is_one_line() {
        let error = Cli::try_parse_from(["deskbell-desk", "serve", "--data", "x", "--nope"]);
        let line = one_line(&error.err().unwrap().to_string());
        assert!(line.contains("--nope"), "{line}");
        assert!(!line.contains("Usage"), "{line}");
        let missing = Cli::try_parse_from(["deskbell-desk", "serve"]);
        let line = one_line(&missing.err().unwrap().to_string());
        assert!(line.contains("--data"), "{line}");
    }

    #[test]
    fn the_model_needs_its_address() {
        let alone = ["deskbell-desk", "serve", "--data", "x", "--llm-model", "m"];
        assert!(Cli::try_parse_from(alone).is_err());
    }
}
