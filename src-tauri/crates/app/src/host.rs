//! What Deskbell asks of the program it runs in. The window, the development page and tests each implement it.

use crate::schema::{EventBatch, Language};
use deskbell_domain::ConversationRef;

/// The few things only a host can do. Calls return at once; a host that cannot do one does nothing.
pub trait Host: Send + Sync + 'static {
    /// Epoch seconds, the wall clock.
    fn now(&self) -> i64;

    /// Something changed: hand it to the screen, in order.
    fn send(&self, batch: EventBatch);

    /// A guest needs a person: show a native notification and strike the bell. One per conversation, replaced, never
    /// stacked.
    fn ring(&self, ring: &Ring);

    /// Something the person may forget: show a native notification, silently. One per conversation, replaced.
    fn remind(&self, _reminder: &Reminder) {}

    /// Worth a look, though nobody waits there: a native notification, without a bell and without a place in the tray. It
    /// takes the place of what is shown of the same conversation.
    fn notice(&self, _notice: &Ring) {}

    /// A person wants to know what a ring is like: one native notification and one strike, for no conversation.
    fn try_bell(&self, _trial: &Trial) {}

    /// Somebody opened or took it, here or elsewhere: take its notification down and stop its bell.
    fn withdraw(&self, conversation: ConversationRef);

    /// What tray, badge and title show.
    fn show_status(&self, status: &HostStatus);

    /// Opens an http, https, mailto or tel address outside the program. The caller has checked the scheme.
    fn open_link(&self, url: &str);

    /// Puts a file into the person's folder of downloads, beside what is there, and answers the name it got; `None` = it
    /// could not be written. `name` is a bare file name.
    fn keep_file(&self, _name: &str, _bytes: &[u8]) -> Option<String> {
        None
    }

    /// Begins a file in that folder, for what is too much to be held at once; `None` = it could not be made.
    fn begin_file(&self, _name: &str) -> Option<Box<dyn NewFile>> {
        None
    }

    /// Ends the program.
    fn quit(&self);
}

/// A file that is being written. Dropped before it is kept, it is gone again.
pub trait NewFile: std::io::Write + Send {
    /// The name it got.
    fn name(&self) -> &str;

    /// Nothing more comes.
    ///
    /// # Errors
    /// When it could not be written to its end.
    fn keep(self: Box<Self>) -> std::io::Result<()>;
}

/// Words for a notification. With names off (the default on a shared PC) title and body hold neither name nor text.
#[derive(Clone, Debug, PartialEq)]
pub struct Ring {
    pub conversation: ConversationRef,
    pub title: String,
    pub body: String,
    /// For what the host adds, such as a button.
    pub language: Language,
    /// 0 to 1; `None` = silent.
    pub volume: Option<f64>,
    /// False for a ring that was already raised before this start: shown in the tray, not struck again.
    pub fresh: bool,
}

/// Words for a silent notification; they hold neither names nor text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// What a click opens.
    pub conversation: ConversationRef,
    pub title: String,
    pub body: String,
    /// For what the host adds, such as a button.
    pub language: Language,
}

/// Words for a ring that is only tried; they name nobody.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    pub title: String,
    pub body: String,
    /// For what the host adds, such as a button.
    pub language: Language,
    /// 0 to 1; `None` = silent.
    pub volume: Option<f64>,
}

/// What the tray shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HostStatus {
    /// Conversations that need a person.
    pub waiting: u32,
    /// No account is in step.
    pub offline: bool,
    pub signed_in: bool,
    pub language: Language,
}
