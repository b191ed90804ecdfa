//! What may happen, as data: a script is a list of steps, made at random and shrunk when it fails.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What a person presses in a conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum Press {
    Reply { take_over: bool },
    Note,
    TakeOver,
    HandBack,
    Escalate,
    AssignColleague,
    AssignNobody,
    AssignTeam,
    Close,
    Snooze { seconds: Option<u16> },
    Priority(u8),
    AddLabel(u8),
    RemoveLabel(u8),
    MarkSeen,
    MarkUnread,
}

/// What a person does about an unsent change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decide {
    Retry,
    Edit,
    Discard,
}

/// What a colleague does on another computer.
#[derive(Clone, Debug, PartialEq)]
pub enum Colleague {
    Reply,
    Take,
    Close,
    Open,
    Priority(u8),
    Label(u8),
    Read,
    Unread,
    /// Takes the newest message back.
    DeleteMessage,
    DeleteConversation,
}

/// Which requests are disturbed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// Sending of messages.
    Messages,
    /// Any change.
    Changes,
    /// Reading.
    Reads,
    /// Opening the socket.
    Socket,
    Anything,
}

/// What happens to them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trouble {
    CutBefore,
    CutAfter,
    /// Performed so much later (seconds), whoever waits.
    Delay(u16),
    /// Performed at once, answered so much later (seconds).
    SlowAnswer(u16),
    /// The connection ends, the server performs it so much later (seconds).
    Late(u16),
    /// A proxy gives up (504), the server performs it so much later (seconds).
    LateBehindProxy(u16),
    /// Performed, but the answer is a page of a proxy.
    Page,
    /// Performed, but the answer is a status of a proxy (502).
    BadGateway,
    /// Performed; half of the answer arrives.
    Half,
    /// Not performed.
    Status(u16),
    /// The token is refused.
    TokenRefused,
}

/// What happens to the frames of the sockets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Frames {
    Drop(u8),
    Repeat(u8),
    /// Held back while newer ones pass.
    Hold(u8),
    Release,
    /// Open, and not a word, not even pings.
    Silent(bool),
    Cut,
}

/// One step. Conversations and items are chosen by number modulo how many there are.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Press(u8, Press),
    Decide(u8, Decide),
    /// Somebody opens a conversation.
    Look(u8),
    Guest(u8),
    /// A guest nobody knows yet, on the channel with this number.
    NewGuest(u8),
    Colleague(u8, Colleague),
    Trouble {
        target: Target,
        trouble: Trouble,
        times: u8,
    },
    Frames(Frames),
    /// All scripted troubles end.
    Heal,
    DeskDown,
    DeskUp,
    /// The program is killed and started again.
    Restart,
    TryNow,
    SignInAgain,
    /// The wall clock leaps, as after sleep (seconds).
    Sleep(u16),
    /// Seconds pass.
    Wait(u16),
    /// A moment only: what was begun is under way.
    Turns(u8),
}

/// One run.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    pub steps: Vec<Step>,
    /// In the end nothing helps sync along: its own slow timer must notice what it missed.
    pub patient: bool,
}

pub fn scripts() -> impl Strategy<Value = Script> {
    let patient = prop_oneof![4 => Just(false), 1 => Just(true)];
    (vec(step(), 8..50), patient).prop_map(|(steps, patient)| Script { steps, patient })
}

fn step() -> impl Strategy<Value = Step> {
    // A few conversations most of the time, so that their changes wait for each other.
    let number = prop_oneof![5 => 0..3_u8, 3 => 0..8_u8];
    prop_oneof![
        18 => (number.clone(), press()).prop_map(|(number, press)| Step::Press(number, press)),
        4 => (number.clone(), decide()).prop_map(|(number, decide)| Step::Decide(number, decide)),
        1 => number.clone().prop_map(Step::Look),
        4 => number.clone().prop_map(Step::Guest),
        1 => (0..3_u8).prop_map(Step::NewGuest),
        4 => (number, colleague()).prop_map(|(number, colleague)| Step::Colleague(number, colleague)),
        8 => (target(), trouble(), 1..4_u8)
            .prop_map(|(target, trouble, times)| Step::Trouble { target, trouble, times }),
        6 => frames().prop_map(Step::Frames),
        2 => Just(Step::Heal),
        1 => Just(Step::DeskDown),
        2 => Just(Step::DeskUp),
        3 => Just(Step::Restart),
        1 => Just(Step::TryNow),
        1 => Just(Step::SignInAgain),
        1 => (30..4000_u16).prop_map(Step::Sleep),
        6 => (1..12_u16).prop_map(Step::Wait),
        2 => (20..200_u16).prop_map(Step::Wait),
        8 => (0..60_u8).prop_map(Step::Turns),
    ]
}

fn press() -> impl Strategy<Value = Press> {
    prop_oneof![
        8 => any::<bool>().prop_map(|take_over| Press::Reply { take_over }),
        2 => Just(Press::Note),
        1 => Just(Press::TakeOver),
        1 => Just(Press::HandBack),
        1 => Just(Press::Escalate),
        1 => select(vec![Press::AssignColleague, Press::AssignNobody, Press::AssignTeam]),
        2 => Just(Press::Close),
        1 => prop_oneof![Just(None), (10..300_u16).prop_map(Some)].prop_map(|seconds| Press::Snooze { seconds }),
        2 => (0..5_u8).prop_map(Press::Priority),
        2 => (0..3_u8).prop_map(Press::AddLabel),
        1 => (0..3_u8).prop_map(Press::RemoveLabel),
        1 => select(vec![Press::MarkSeen, Press::MarkUnread]),
    ]
}

fn decide() -> impl Strategy<Value = Decide> {
    select(vec![Decide::Retry, Decide::Retry, Decide::Edit, Decide::Discard])
}

fn colleague() -> impl Strategy<Value = Colleague> {
    prop_oneof![
        3 => Just(Colleague::Reply),
        2 => Just(Colleague::Take),
        2 => Just(Colleague::Close),
        1 => Just(Colleague::Open),
        1 => (0..5_u8).prop_map(Colleague::Priority),
        1 => (0..3_u8).prop_map(Colleague::Label),
        1 => select(vec![Colleague::Read, Colleague::Unread]),
        1 => Just(Colleague::DeleteMessage),
        1 => Just(Colleague::DeleteConversation),
    ]
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        5 => Just(Target::Messages),
        2 => Just(Target::Changes),
        1 => Just(Target::Reads),
        1 => Just(Target::Socket),
        1 => Just(Target::Anything),
    ]
}

fn trouble() -> impl Strategy<Value = Trouble> {
    let seconds = || prop_oneof![3 => 1..30_u16, 2 => 30..300_u16];
    prop_oneof![
        2 => Just(Trouble::CutBefore),
        2 => Just(Trouble::CutAfter),
        2 => seconds().prop_map(Trouble::Delay),
        2 => seconds().prop_map(Trouble::SlowAnswer),
        2 => seconds().prop_map(Trouble::Late),
        1 => seconds().prop_map(Trouble::LateBehindProxy),
        1 => Just(Trouble::Page),
        1 => Just(Trouble::BadGateway),
        1 => Just(Trouble::Half),
        3 => select(vec![401_u16, 403, 404, 409, 422, 429, 500, 502, 503]).prop_map(Trouble::Status),
        1 => Just(Trouble::TokenRefused),
    ]
}

fn frames() -> impl Strategy<Value = Frames> {
    prop_oneof![
        3 => (1..6_u8).prop_map(Frames::Drop),
        2 => (1..4_u8).prop_map(Frames::Repeat),
        4 => (1..4_u8).prop_map(Frames::Hold),
        2 => Just(Frames::Release),
        1 => any::<bool>().prop_map(Frames::Silent),
        1 => Just(Frames::Cut),
    ]
}
