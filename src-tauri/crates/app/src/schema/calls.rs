//! The one list of what the screen may ask. A host gets a name and JSON; a command without a body does not compile,
//! because `handle` in this crate matches these enums.

use super::*;
use deskbell_domain::{ChannelTemplate, ContactRef, ConversationRef};
use serde::{Deserialize, Serialize};
use ts_rs::{Config, TS};

macro_rules! calls {
    ($(#[$doc:meta])* $kind:ident { $($(#[$call_doc:meta])* $variant:ident($request:ty) -> $response:ty as $name:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Serialize, Deserialize)]
        #[serde(tag = "name", content = "request")]
        pub enum $kind {
            $($(#[$call_doc])* #[serde(rename = $name)] $variant($request),)*
        }

        impl $kind {
            /// The call's name, for logs: requests may hold what logs must not.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)* }
            }

            pub(super) fn typescript(cfg: &Config, declare: &mut impl ts_rs::TypeVisitor) -> String {
                let mut out = format!("export interface {} {{\n", stringify!($kind));
                $(
                    declare.visit::<$request>();
                    declare.visit::<$response>();
                    out += &format!("  {}: {{ request: {}; response: {} }};\n", $name, <$request as TS>::name(cfg), <$response as TS>::name(cfg));
                )*
                out + "}\n"
            }
        }
    };
}

calls! {
    /// Questions without effect.
    Query {
        Session(()) -> SessionView as "session";
        Counts(CountsRequest) -> CountsView as "counts";
        Window(WindowRequest) -> WindowView as "window";
        Position(PositionRequest) -> PositionView as "position";
        Conversation(ConversationRef) -> ConversationView as "conversation";
        Timeline(TimelineRequest) -> TimelineView as "timeline";
        Search(SearchRequest) -> SearchView as "search";
        /// The address book.
        Customers(CustomersRequest) -> CustomersView as "customers";
        Templates(TemplatesRequest) -> Vec<TemplateView> as "templates";
        /// What may be sent through the conversation's channel although its window is closed; empty where it has none.
        ChannelTemplates(ConversationRef) -> Vec<ChannelTemplate> as "channel_templates";
        /// The AI of the channels; `null` = the server cannot be asked now.
        Channels(ChannelsRequest) -> Option<ChannelsView> as "channels";
        Mail(MailRequest) -> Option<MailView> as "mail";
        Assignees(ConversationRef) -> AssigneesView as "assignees";
        /// Everything that is not on a server yet.
        Outbox(()) -> OutboxView as "outbox";
        /// What was written in conversations that one may no longer see.
        LeftBehind(()) -> Vec<LeftBehindView> as "left_behind";
        /// Asked of the server when there is one, else as last read here.
        ContactNotes(ContactRef) -> ContactNotesView as "contact_notes";
        Labels(AccountRequest) -> Vec<LabelView> as "labels";
        SavedViews(()) -> SavedViewsView as "saved_views";
        Statistics(StatisticsRequest) -> StatisticsView as "statistics";
        /// The conversations behind a number.
        Behind(BehindRequest) -> BehindView as "behind";
        Morning(MorningRequest) -> MorningView as "morning";
        Handover(HandoverRequest) -> HandoverView as "handover";
    }
}

calls! {
    /// Changes; "refused because" and "ask first" are ordinary answers.
    Mutate {
        SignIn(SignInRequest) -> SignInOutcome as "sign_in";
        StartBuiltInDesk(()) -> SignInOutcome as "start_built_in_desk";
        Unlock(UnlockRequest) -> UnlockOutcome as "unlock";
        SignOut(SignOutRequest) -> SignOutOutcome as "sign_out";
        /// Signs out everywhere and forgets what was written and chosen here.
        Wipe(()) -> () as "wipe";
        /// Hides everything until the PIN is entered.
        Lock(()) -> LockOutcome as "lock";
        SetPin(SetPinRequest) -> SetPinOutcome as "set_pin";
        EnterPin(EnterPinRequest) -> EnterPinOutcome as "enter_pin";
        SaveSettings(SettingsView) -> () as "save_settings";
        /// The person looks at it: loads what is missing and takes its alert down.
        Opened(ConversationRef) -> () as "opened";
        /// A mail with the pictures that lie elsewhere: fetches them now.
        ShowPictures(MailRequest) -> Option<MailView> as "show_pictures";
        LoadOlder(ConversationRef) -> LoadOlderOutcome as "load_older";
        Send(SendRequest) -> SendOutcome as "send";
        TakeOver(ConversationRef) -> ActOutcome as "take_over";
        HandBack(ConversationRef) -> ActOutcome as "hand_back";
        Escalate(EscalateRequest) -> ActOutcome as "escalate";
        Assign(AssignRequest) -> ActOutcome as "assign";
        Close(CloseRequest) -> ActOutcome as "close";
        Snooze(SnoozeRequest) -> ActOutcome as "snooze";
        SetPriority(PriorityRequest) -> ActOutcome as "set_priority";
        ChangeLabels(LabelsRequest) -> ActOutcome as "change_labels";
        MarkSeen(ConversationRef) -> ActOutcome as "mark_seen";
        MarkUnread(ConversationRef) -> ActOutcome as "mark_unread";
        SaveDraft(DraftRequest) -> () as "save_draft";
        RetryItem(ItemRequest) -> ItemOutcome as "retry_item";
        EditItem(EditItemRequest) -> ItemOutcome as "edit_item";
        DiscardItem(ItemRequest) -> ItemOutcome as "discard_item";
        /// Back into the composer, with its files.
        RecallItem(ItemRequest) -> ItemOutcome as "recall_item";
        AddFile(AddFileRequest) -> AddFileOutcome as "add_file";
        AppendFile(AppendFileRequest) -> ItemOutcome as "append_file";
        DropFile(FileRequest) -> ItemOutcome as "drop_file";
        ChangeAttributes(AttributesRequest) -> ActOutcome as "change_attributes";
        SetMuted(MuteRequest) -> ActOutcome as "set_muted";
        /// Approves or declines what the AI proposes.
        DecideAction(DecideRequest) -> DecideOutcome as "decide_action";
        DeleteMessage(DeleteMessageRequest) -> ActOutcome as "delete_message";
        EditContact(EditContactRequest) -> ActOutcome as "edit_contact";
        ChangeContactLabels(ContactLabelsRequest) -> ActOutcome as "change_contact_labels";
        AddContactNote(ContactNoteRequest) -> ActOutcome as "add_contact_note";
        EditContactNote(EditContactNoteRequest) -> ActOutcome as "edit_contact_note";
        DeleteContactNote(DeleteContactNoteRequest) -> ActOutcome as "delete_contact_note";
        SaveView(SaveViewRequest) -> ViewOutcome as "save_view";
        DeleteView(ViewRef) -> ViewOutcome as "delete_view";
        ShareView(ShareViewRequest) -> ViewOutcome as "share_view";
        OrderViews(OrderViewsRequest) -> () as "order_views";
        /// Into the folder of downloads.
        KeepFile(KeepFileRequest) -> KeepFileOutcome as "keep_file";
        /// For everybody: lets an AI answer first in a channel, or nobody but people.
        SetChannelAi(SetChannelAiRequest) -> ChannelAiOutcome as "set_channel_ai";
        /// Writes conversations into a file for a spreadsheet, in the folder of downloads.
        ExportConversations(ExportRequest) -> ExportOutcome as "export_conversations";
        SaveTemplate(SaveTemplateRequest) -> TemplateOutcome as "save_template";
        DeleteTemplate(DeleteTemplateRequest) -> TemplateOutcome as "delete_template";
        /// Ticks a conversation off on one of the day's screens.
        Check(CheckRequest) -> () as "check";
    }
}

calls! {
    /// Things only a computer can do; nothing is answered.
    Trigger {
        /// Try the connections now.
        TryNow(()) -> () as "try_now";
        Typing(TypingRequest) -> () as "typing";
        /// A person is there: said seldom, and only where the screen locks by itself.
        Active(()) -> () as "active";
        /// The person has the conversation before them, or no longer: said again every few seconds while they stay.
        Looking(LookingRequest) -> () as "looking";
        OpenLink(LinkRequest) -> () as "open_link";
        /// Shows and sounds what a ring is like.
        TryBell(()) -> () as "try_bell";
        /// What the screen is written in: tray and notifications follow.
        Speak(LanguageRequest) -> () as "speak";
        /// The screen is drawn: events held back until now may come.
        Ready(()) -> () as "ready";
        Quit(()) -> () as "quit";
    }
}
