//! The program of a script: the real engine over real encrypted files, killed and started on the same folder.

use crate::template::Template;
use crate::time::{Time, Works};
use deskbell_desk::Desk;
use deskbell_domain::{Access, AccountKey, ConversationId, ConversationRef, Role};
use deskbell_store::{AccountRow, Key, NewAccount, NewLogin, Store};
use deskbell_sync::{Clock, Connection, Engine};
use std::path::PathBuf;
use std::sync::Arc;

pub struct Program {
    pub store: Store,
    pub engine: Engine,
    pub account: AccountKey,
    folder: PathBuf,
    key: Key,
    clock: Arc<dyn Clock>,
}

impl Program {
    /// Signs in on a folder that never did.
    pub async fn first_start(folder: PathBuf, url: &str, template: &Template, time: &Time) -> Self {
        let house = &template.house;
        let store = Store::open(&folder, &template.key).expect("the files can be opened");
        let login = NewLogin {
            server: url.to_owned(),
            built_in: false,
            email: "ana@example.org".into(),
            user_id: house.me.id,
            user_name: "Ana".into(),
            token: house.me.token.clone(),
            pubsub_token: house.me.pubsub_token.clone(),
            stay: true,
            accounts: vec![NewAccount {
                account_id: house.account,
                name: "Hotel Adler".into(),
                access: Access::plain(Role::Agent),
            }],
        };
        let keys = store.save_login(login).await.expect("the login can be kept");
        let clock: Arc<dyn Clock> = time.clock.clone();
        let program = Self {
            engine: engine(&store, &clock).await,
            store,
            account: keys[0],
            folder,
            key: template.key.clone(),
            clock,
        };
        program.engine.start_account(program.row().await);
        program
    }

    /// Ends in the middle of whatever it does, and starts again.
    pub async fn restart(&mut self, time: &Time, desk: Option<&Desk>) {
        // Dropped, not stopped: every task ends where it is.
        self.engine = Engine::new(self.store.clone(), self.clock.clone());
        self.store.clone().close().await;
        time.settle(&Works { desk, store: None }).await;
        self.store = Store::open(&self.folder, &self.key).expect("the files open again");
        self.engine = engine(&self.store, &self.clock).await;
        self.engine.start_account(self.row().await);
    }

    pub async fn stop(self) {
        drop(self.engine);
        self.store.close().await;
    }

    pub fn sign_in_again(&self, row: AccountRow) {
        self.engine.start_account(row);
    }

    pub async fn row(&self) -> AccountRow {
        let accounts = self.store.accounts().await.expect("accounts can be read");
        let own = accounts.into_iter().find(|row| row.key == self.account);
        own.expect("the account is kept")
    }

    pub fn at(&self, id: i64) -> ConversationRef {
        ConversationRef::new(self.account, ConversationId(id))
    }

    pub fn is_online(&self) -> bool {
        self.engine.status(self.account).is_online()
    }

    pub fn is_signed_out(&self) -> bool {
        self.engine.status(self.account).connection == Connection::SignedOut
    }
}

async fn engine(store: &Store, clock: &Arc<dyn Clock>) -> Engine {
    let engine = Engine::new(store.clone(), clock.clone());
    engine.recover().await.expect("the outbox can be recovered");
    engine
}
