//! The words of `deskbell-desk export`.

use super::pace::Pace;
use clap::Args;
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// Carry a property over to a hosted Chatwoot. Not while the desk runs.
///
/// The server's access token, of an administrator there, is never an argument: it is read from DESKBELL_EXPORT_TOKEN,
/// from --token-file, or asked for (the first line of standard input). Cut off at any moment, the same command goes on
/// where it was and creates nothing twice.
#[derive(Args)]
pub struct Export {
    /// Where the hosted Chatwoot is, such as https://app.chatwoot.com.
    #[arg(long, value_name = "URL")]
    pub to_chatwoot: Url,
    /// Folder of the data; a backup will do.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Number of the property here.
    #[arg(long, value_name = "ID")]
    pub property: i64,
    /// Number of the inbox there that takes the conversations: an API inbox without bot, greeting, survey, webhook and
    /// automatic assignment.
    #[arg(long, value_name = "ID")]
    pub inbox: i64,
    /// Number of the account there; needed where the token's owner administers several.
    #[arg(long, value_name = "ID")]
    pub account: Option<i64>,
    /// File with the token on its first line.
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// Where it is written down what was carried; export-<property>.db in the data folder when absent.
    #[arg(long, value_name = "FILE")]
    pub progress: Option<PathBuf>,
    /// Most requests in a minute. Hosted servers take 3000 of one address, some fewer.
    #[arg(long, value_name = "COUNT", default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub per_minute: u32,
    /// How long the server may still work on a request whose answer was lost, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub settle: u32,
}

impl Export {
    /// How fast it may go.
    pub(super) fn pace(&self) -> Pace {
        Pace {
            between: Duration::from_secs(60) / self.per_minute,
            settle: Duration::from_secs(u64::from(self.settle)),
        }
    }
}
