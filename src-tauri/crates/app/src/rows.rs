//! One conversation as a row: who answers, what was said last and by whom, what stands out.

use crate::markup::one_line;
use crate::schema::{PreviewBy, PreviewView, RowView};
use deskbell_domain::{
    AccountKey, AgentId, Channel, Contact, Inbox, Message, MessageKind, SenderKind, Status, WhoAnswers,
    answer_due,
};
use deskbell_store::{AccountRow, Row, Store, StoreError};

const PREVIEW_CHARACTERS: usize = 160;

/// The accounts by key: names of properties, where they are, and who "I" am in each.
pub(crate) struct PropertyNames {
    accounts: Vec<AccountRow>,
    zones: Vec<(AccountKey, String)>,
}

impl PropertyNames {
    pub async fn load(store: &Store) -> Result<Self, StoreError> {
        let accounts = store.accounts().await?;
        let mut zones = Vec::new();
        for account in &accounts {
            let zone = zone(&store.inboxes(account.key).await?);
            zones.extend(zone.map(|zone| (account.key, zone)));
        }
        Ok(Self { accounts, zones })
    }

    pub fn account(&self, key: AccountKey) -> Option<&AccountRow> {
        self.accounts.iter().find(|account| account.key == key)
    }

    pub fn property(&self, key: AccountKey) -> String {
        self.account(key)
            .map(|account| account.name.clone())
            .unwrap_or_default()
    }

    /// Where the clocks of an inbox stand: what it says itself, or else its property.
    pub fn zone(&self, key: AccountKey, inbox: Option<&Inbox>) -> Option<String> {
        let own = inbox.and_then(Inbox::zone).map(str::to_owned);
        own.or_else(|| {
            let of_property = self.zones.iter().find(|(account, _)| *account == key);
            of_property.map(|(_, zone)| zone.clone())
        })
    }

    pub fn me(&self, key: AccountKey) -> AgentId {
        self.account(key).map_or(AgentId(0), |account| account.me)
    }
}

/// Where a property is: the first place one of its inboxes tells.
pub(crate) fn zone(inboxes: &[Inbox]) -> Option<String> {
    inboxes.iter().find_map(Inbox::zone).map(str::to_owned)
}

/// Builds the row; `now` in epoch seconds decides what has expired.
pub(crate) fn row_view(row: &Row, names: &PropertyNames, now: i64) -> RowView {
    let shown = &row.shown;
    let me = names.me(row.account);
    let inbox = row.inbox.as_ref();
    let who = WhoAnswers::of(shown, inbox.and_then(|inbox| inbox.has_bot));
    let contact = row.contact.as_ref();
    let reason = shown.escalation_reason();
    let name = contact.map(Contact::display_name).unwrap_or_default();
    RowView {
        account: row.account,
        id: shown.id,
        named: contact.is_some_and(|contact| !contact.name.trim().is_empty()),
        name,
        channel: inbox.map_or(Channel::Other, |inbox| inbox.channel),
        property: names.property(row.account),
        timezone: names.zone(row.account, inbox),
        persona: contact
            .and_then(|contact| contact.text_attribute("persona"))
            .map(str::to_owned),
        preview: preview(row, me),
        last_activity_at: shown.last_activity_at,
        said_at: row.last_message.as_ref().map(|said| said.created_at),
        has_ai: inbox.and_then(|inbox| inbox.has_bot).unwrap_or(false),
        unread: shown.unread_count,
        status: shown.status,
        who,
        who_is_me: who == WhoAnswers::Person { agent: Some(me) },
        who_name: answering_name(row, who, me),
        escalated: is_escalated(row, who),
        reason,
        waiting_since: shown.waiting_since,
        answer_due: (who == WhoAnswers::Waiting).then(|| answer_due(shown)),
        priority: shown.priority,
        is_new: shown.is_new(),
        lead: contact.is_some_and(Contact::is_lead),
        opted_out: contact.is_some_and(|contact| contact.opted_out_at().is_some()),
        expired: window_closed(
            row.last_incoming_at,
            inbox.and_then(|inbox| inbox.reply_window_seconds),
            shown.can_reply,
            now,
        ),
        conversions: shown.conversions(),
        labels: shown.labels.clone(),
        queued: row.queued,
        stuck: row.stuck,
    }
}

/// Escalated means an AI handed over or the button was pressed, and it is not over yet.
fn is_escalated(row: &Row, who: WhoAnswers) -> bool {
    let handed_over =
        who == WhoAnswers::Waiting && row.inbox.as_ref().and_then(|inbox| inbox.has_bot) != Some(false);
    row.shown.status == Status::Open && (row.shown.is_asked_for() || handed_over)
}

/// Free text is no longer delivered. The server's word counts where the guest's last message is not known here.
pub(crate) fn window_closed(
    last_incoming_at: Option<i64>,
    window: Option<i64>,
    can_reply: bool,
    now: i64,
) -> bool {
    match (window, last_incoming_at) {
        (Some(seconds), Some(at)) => at + seconds <= now,
        (Some(_), None) => !can_reply,
        (None, _) => false,
    }
}

fn answering_name(row: &Row, who: WhoAnswers, me: AgentId) -> Option<String> {
    match who {
        WhoAnswers::Person { agent: Some(agent) } if agent != me => row.agent_name.clone(),
        WhoAnswers::Person { agent: None } => row
            .last_human_reply
            .as_ref()
            .filter(|reply| reply.agent != me)
            .map(|reply| reply.name.clone()),
        _ => None,
    }
}

fn preview(row: &Row, me: AgentId) -> PreviewView {
    if let Some(draft) = &row.draft {
        return said(PreviewBy::Draft, "", &draft.text, false);
    }
    let Some(message) = &row.last_message else {
        return said(PreviewBy::Nobody, "", "", false);
    };
    let name = message.sender.as_ref().map_or("", |sender| sender.name.as_str());
    said(
        author(message, me),
        name,
        &message.content,
        !message.attachments.is_empty(),
    )
}

fn said(by: PreviewBy, name: &str, text: &str, has_file: bool) -> PreviewView {
    let text = one_line(text, PREVIEW_CHARACTERS);
    PreviewView {
        by,
        name: name.to_owned(),
        file: has_file && text.is_empty(),
        text,
    }
}

fn author(message: &Message, me: AgentId) -> PreviewBy {
    let sender = message.sender.as_ref();
    match (message.kind, sender.map(|sender| (sender.kind, sender.id))) {
        _ if message.private => PreviewBy::Note,
        (MessageKind::Incoming, _) => PreviewBy::Guest,
        (MessageKind::Outgoing, Some((SenderKind::User, id))) if id == me.0 => PreviewBy::Me,
        (MessageKind::Outgoing, Some((SenderKind::User, _)) | None) => PreviewBy::Colleague,
        (MessageKind::Outgoing, Some(_)) => PreviewBy::Ai,
        (MessageKind::Template | MessageKind::Activity, _) => PreviewBy::Server,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_closes_a_window_even_when_the_servers_snapshot_is_old() {
        assert!(
            window_closed(Some(100), Some(50), true, 150),
            "closed at 150 sharp"
        );
        assert!(!window_closed(Some(100), Some(50), false, 149));
        assert!(
            window_closed(None, Some(50), false, 0),
            "nothing known here: the server's word"
        );
        assert!(
            !window_closed(Some(0), None, false, i64::MAX),
            "no limit on this channel"
        );
    }
}
