//! Who sends a request, and with that what may be in its answer.

use crate::ids::Ids;
use crate::request::Sample;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Without any credentials, or with invented ones.
    Nobody,
    /// The administrator of the property.
    Admin,
    /// An agent of all channels.
    Ana,
    /// An agent who may not open the phone's conversations.
    Ben,
    /// Staff of all channels whose customer none of the guests is.
    Sam,
    Bot,
    /// The administrator of another property.
    Stranger,
    /// A guest of the property: the path is the credential.
    Guest,
    /// Another guest of the property.
    OtherGuest,
    /// A guest of another property.
    ForeignGuest,
    /// The administrator by the headers of a sign-in.
    Session,
}

impl Caller {
    /// The request with this caller's credentials.
    pub fn sign(self, sample: Sample, own: &Ids, foreign: &Ids) -> Sample {
        match self {
            Self::Nobody | Self::Guest | Self::OtherGuest | Self::ForeignGuest => sample,
            Self::Admin => sample.with("api_access_token", &own.text("admin_token")),
            Self::Ana => sample.with("api_access_token", &own.text("ana_token")),
            Self::Ben => sample.with("api-access-token", &own.text("ben_token")),
            Self::Sam => sample.with("api_access_token", &own.text("sam_token")),
            Self::Bot => sample.with("api_access_token", &own.text("bot_token")),
            Self::Stranger => sample.with("api_access_token", &foreign.text("admin_token")),
            Self::Session => sample
                .with("access-token", &own.text("session_token"))
                .with("client", &own.text("session_client"))
                .with("uid", &own.text("session_uid")),
        }
    }
}

/// What in a path is a credential by itself.
const KEYS: &[&str] = &["identifier", "chat", "survey", "file", "blob"];

/// Who a bent request really speaks for, where it carries its credentials in itself.
pub fn by_itself(sample: &Sample, text: &str, own: &Ids, foreign: &Ids) -> Option<Caller> {
    let path: Vec<&str> = sample.path.iter().map(|part| part.text.as_str()).collect();
    let key = match path.as_slice() {
        ["public", "api", "v1", "inboxes" | "csat_survey", key, ..] | ["chat" | "files", key, ..] => *key,
        ["auth", "sign_in", ..] => {
            let knows =
                text.contains(&foreign.text("session_uid")) && text.contains(&foreign.text("password"));
            return Some(if knows { Caller::Stranger } else { Caller::Session });
        }
        ["health" | "cable"] | ["api"] => return Some(Caller::Nobody),
        _ => return None,
    };
    let is_of = |ids: &Ids| KEYS.iter().any(|name| ids.text(name) == key);
    Some(match (is_of(own), is_of(foreign)) {
        (true, _) if text.contains(&own.text("other_source")) => Caller::OtherGuest,
        (true, _) => Caller::Guest,
        (_, true) => Caller::ForeignGuest,
        _ => Caller::Nobody,
    })
}
