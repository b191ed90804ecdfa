//! The door to both files.

use crate::*;
use deskbell_domain::*;
use serde_json::Value;
use std::path::Path;
use tokio::sync::broadcast;

/// Both files of a profile folder. Cheap to clone; every clone is the same store.
#[derive(Clone)]
pub struct Store {
    changes: broadcast::Sender<Vec<Change>>,
}

// Interim bodies: the signatures are final.
#[allow(clippy::unused_async)]
impl Store {
    /// Opens the folder's files, or makes them. Blocking.
    ///
    /// # Errors
    /// [`StoreError`], whose variant says what to do.
    pub fn open(_dir: &Path, _key: &Key) -> Result<Store> {
        Err(StoreError::Closed)
    }
    /// Finishes what was begun and closes both files, for every clone.
    pub async fn close(self) {}
    /// What commits changed, from now on.
    pub fn changes(&self) -> broadcast::Receiver<Vec<Change>> {
        self.changes.subscribe()
    }
    pub async fn accounts(&self) -> Result<Vec<AccountRow>> {
        Err(StoreError::Closed)
    }
    pub async fn save_login(&self, _login: NewLogin) -> Result<Vec<AccountKey>> {
        Err(StoreError::Closed)
    }
    pub async fn update_built_in_server(&self, _url: &str) -> Result<()> {
        Err(StoreError::Closed)
    }
    pub async fn remove_login(&self, _login: LoginKey) -> Result<()> {
        Err(StoreError::Closed)
    }
    pub async fn setting(&self, _key: &str) -> Result<Option<Value>> {
        Err(StoreError::Closed)
    }
    pub async fn set_setting(&self, _key: &str, _value: Value) -> Result<()> {
        Err(StoreError::Closed)
    }
    pub async fn enqueue(&self, _items: Vec<NewItem>) -> Result<Vec<OutboxItem>> {
        Err(StoreError::Closed)
    }
    pub async fn enqueue_clearing_draft(&self, _items: Vec<NewItem>) -> Result<Vec<OutboxItem>> {
        Err(StoreError::Closed)
    }
    pub async fn outbox(&self, _conversation: ConversationRef) -> Result<Vec<OutboxItem>> {
        Err(StoreError::Closed)
    }
    pub async fn outbox_all(&self, _account: AccountKey) -> Result<Vec<OutboxItem>> {
        Err(StoreError::Closed)
    }
    pub async fn outbox_heads(&self, _account: AccountKey) -> Result<Vec<OutboxItem>> {
        Err(StoreError::Closed)
    }
    pub async fn outbox_item(&self, _id: i64) -> Result<Option<OutboxItem>> {
        Err(StoreError::Closed)
    }
    pub async fn set_item(
        &self,
        _id: i64,
        _state: OutboxState,
        _attempts: u32,
    ) -> Result<Option<OutboxItem>> {
        Err(StoreError::Closed)
    }
    pub async fn edit_item(&self, _id: i64, _text: &str) -> Result<bool> {
        Err(StoreError::Closed)
    }
    pub async fn discard_item(&self, _id: i64) -> Result<bool> {
        Err(StoreError::Closed)
    }
    pub async fn finish_item(&self, _id: i64, _message: Option<Message>) -> Result<()> {
        Err(StoreError::Closed)
    }
    pub async fn recover_sending(&self, _now: i64) -> Result<()> {
        Err(StoreError::Closed)
    }
    pub async fn unsent_count(&self) -> Result<u32> {
        Err(StoreError::Closed)
    }
    pub async fn draft(&self, _conversation: ConversationRef) -> Result<Option<Draft>> {
        Err(StoreError::Closed)
    }
    pub async fn save_draft(
        &self,
        _conversation: ConversationRef,
        _text: &str,
        _private: bool,
        _at: i64,
    ) -> Result<()> {
        Err(StoreError::Closed)
    }
    pub async fn raise_alert(
        &self,
        _conversation: ConversationRef,
        _since: i64,
        _reason: Option<String>,
        _at: i64,
    ) -> Result<bool> {
        Err(StoreError::Closed)
    }
    pub async fn acknowledge_alert(&self, _conversation: ConversationRef, _at: i64) -> Result<bool> {
        Err(StoreError::Closed)
    }
    pub async fn settle_alerts(&self, _conversation: ConversationRef) -> Result<bool> {
        Err(StoreError::Closed)
    }
    pub async fn open_alerts(&self) -> Result<Vec<Alert>> {
        Err(StoreError::Closed)
    }
    pub async fn apply(&self, _batch: Batch) -> Result<Applied> {
        Err(StoreError::Closed)
    }
    pub async fn replace_inboxes(&self, _account: AccountKey, _inboxes: Vec<Inbox>) -> Result<()> {
        Err(StoreError::Closed)
    }
    pub async fn replace_agents(&self, _account: AccountKey, _agents: Vec<Agent>) -> Result<()> {
        Err(StoreError::Closed)
    }
    pub async fn replace_teams(&self, _account: AccountKey, _teams: Vec<Team>) -> Result<()> {
        Err(StoreError::Closed)
    }
    pub async fn replace_labels(&self, _account: AccountKey, _labels: Vec<Label>) -> Result<()> {
        Err(StoreError::Closed)
    }
    pub async fn replace_canned(&self, _account: AccountKey, _canned: Vec<CannedResponse>) -> Result<()> {
        Err(StoreError::Closed)
    }
    pub async fn set_agent_presence(
        &self,
        _account: AccountKey,
        _presence: Vec<(AgentId, Availability)>,
    ) -> Result<()> {
        Err(StoreError::Closed)
    }
    pub async fn inboxes(&self, _account: AccountKey) -> Result<Vec<Inbox>> {
        Err(StoreError::Closed)
    }
    pub async fn agents(&self, _account: AccountKey) -> Result<Vec<Agent>> {
        Err(StoreError::Closed)
    }
    pub async fn teams(&self, _account: AccountKey) -> Result<Vec<Team>> {
        Err(StoreError::Closed)
    }
    pub async fn labels(&self, _account: AccountKey) -> Result<Vec<Label>> {
        Err(StoreError::Closed)
    }
    pub async fn canned(&self, _account: AccountKey) -> Result<Vec<CannedResponse>> {
        Err(StoreError::Closed)
    }
    pub async fn conversation(&self, _conversation: ConversationRef) -> Result<Option<StoredConversation>> {
        Err(StoreError::Closed)
    }
    pub async fn window(&self, _query: &WindowQuery) -> Result<Window> {
        Err(StoreError::Closed)
    }
    pub async fn counts(&self, _accounts: &[AccountKey]) -> Result<Counts> {
        Err(StoreError::Closed)
    }
    pub async fn position(
        &self,
        _query: &WindowQuery,
        _conversation: ConversationRef,
    ) -> Result<Option<u32>> {
        Err(StoreError::Closed)
    }
    pub async fn messages(
        &self,
        _conversation: ConversationRef,
        _before: Option<MessageId>,
        _limit: u32,
    ) -> Result<Vec<Message>> {
        Err(StoreError::Closed)
    }
    pub async fn messages_after(
        &self,
        _conversation: ConversationRef,
        _after: Option<MessageId>,
        _limit: u32,
    ) -> Result<Vec<Message>> {
        Err(StoreError::Closed)
    }
    pub async fn message(&self, _conversation: ConversationRef, _id: MessageId) -> Result<Option<Message>> {
        Err(StoreError::Closed)
    }
    pub async fn newest_message_id(&self, _conversation: ConversationRef) -> Result<Option<MessageId>> {
        Err(StoreError::Closed)
    }
    pub async fn find_client_ref(
        &self,
        _conversation: ConversationRef,
        _client_ref: &str,
    ) -> Result<Option<MessageId>> {
        Err(StoreError::Closed)
    }
    pub async fn mark_history(&self, _conversation: ConversationRef, _mark: HistoryMark) -> Result<()> {
        Err(StoreError::Closed)
    }
    pub async fn search(&self, _text: &str, _accounts: &[AccountKey], _limit: u32) -> Result<Vec<SearchHit>> {
        Err(StoreError::Closed)
    }
    pub async fn contact_conversations(&self, _account: AccountKey, _contact: ContactId) -> Result<Vec<Row>> {
        Err(StoreError::Closed)
    }
    pub async fn open_load(&self, _account: AccountKey) -> Result<Vec<(AgentId, u32)>> {
        Err(StoreError::Closed)
    }
    pub async fn sync_state(&self, _account: AccountKey) -> Result<SyncState> {
        Err(StoreError::Closed)
    }
    pub async fn set_sync_state(&self, _account: AccountKey, _state: SyncState) -> Result<()> {
        Err(StoreError::Closed)
    }
}
