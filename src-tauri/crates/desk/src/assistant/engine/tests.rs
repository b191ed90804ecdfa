//! The engine over the real look-ups: the demo properties' knowledge and prices in a database of its own.

use super::answer;
use super::hours::Hours;
use super::language::Language;
use super::tools::{Article, Booking, Price, ToolFailed, Tools};
use super::turn::*;
use crate::assistant::lookup::Lookup;
use crate::demo::property::{HOTEL, PropertyFile, SALON};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use rusqlite::{Connection, params};
use serde_json::Map;

/// Friday 21 November 2025, 10:00 in Berlin and Budapest.
const NOW: i64 = 1_763_715_600;
const DAY: i64 = 86_400;
/// Friday 5 December 2025, 14:00.
const APPOINTMENT: i64 = 1_764_939_600;

/// A property, its guest, and what was said so far.
struct Desk {
    connection: Connection,
    turn: Turn,
}

impl Desk {
    fn open(file: &str) -> Self {
        let file: PropertyFile = serde_json::from_str(file).unwrap();
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE account (id INTEGER PRIMARY KEY); CREATE TABLE contact (id INTEGER PRIMARY KEY); CREATE TABLE conversation (id INTEGER PRIMARY KEY); CREATE TABLE message (id INTEGER PRIMARY KEY); INSERT INTO account VALUES (1); INSERT INTO contact VALUES (7)").unwrap();
        for migration in crate::assistant::MIGRATIONS {
            connection.execute_batch(migration.sql).unwrap();
        }
        file.teach(&connection, 1).unwrap();
        let property = Property {
            name: file.name,
            kind: file.kind,
            zone: TimeZone::get(&file.timezone).unwrap_or(TimeZone::UTC),
            hours: Hours { days: file.hours },
            portal_url: Some(file.portal_url),
        };
        let guest = Guest {
            name: Some("Priya Raghunathan".to_owned()),
            attributes: Map::new(),
        };
        let turn = Turn {
            lines: Vec::new(),
            guest,
            property,
            pending: None,
            attributes: Map::new(),
            now: NOW,
        };
        Self { connection, turn }
    }

    fn hotel() -> Self {
        Self::open(HOTEL)
    }

    fn salon() -> Self {
        Self::open(SALON)
    }

    fn with_booking(
        self,
        reference: &str,
        title: &str,
        resource: Option<&str>,
        starts_at: i64,
        seconds: i64,
    ) -> Self {
        self.connection
            .execute(
                "INSERT INTO booking (account_id, contact_id, reference, title, resource, starts_at, ends_at, cancel_until, move_until)
                 VALUES (1, 7, ?1, ?2, ?3, ?4, ?5, ?6, ?6)",
                params![reference, title, resource, starts_at * 1000, (starts_at + seconds) * 1000, (starts_at - DAY) * 1000],
            )
            .unwrap();
        self
    }

    fn with_haircut(self) -> Self {
        self.with_booking("MIR-2041", "Women's haircut", Some("Sofia"), APPOINTMENT, 3600)
    }

    fn says(&mut self, who: Who, text: &str, tools: Vec<ToolUse>) {
        let id = self.turn.lines.len() as i64 + 1;
        self.turn.lines.push(Line {
            id,
            who,
            text: text.to_owned(),
            at: self.turn.now,
            tools,
        });
    }

    /// The guest writes; the answer becomes part of the thread.
    fn ask(&mut self, text: &str) -> Reply {
        self.says(Who::Guest, text, Vec::new());
        let lookup = Lookup {
            connection: &self.connection,
            account_id: 1,
            contact_id: 7,
        };
        let reply = answer(&self.turn, &lookup).unwrap();
        self.says(Who::Ai, &reply.text, reply.tools.clone());
        self.turn.pending = reply.proposal.clone();
        self.turn.attributes.extend(reply.attributes.clone());
        self.turn.guest.attributes.extend(reply.guest_attributes.clone());
        reply
    }
}

fn has_tool(reply: &Reply, name: &str) -> bool {
    reply.tools.iter().any(|tool| tool.name == name && tool.ok)
}

#[test]
fn a_booking_is_told_with_the_date_and_time_of_its_row() {
    let mut salon = Desk::salon().with_haircut();
    let reply = salon.ask("Hi, when is my booking?");
    assert_eq!(
        reply.text,
        "Hi Priya! Your booking is on Friday, 5 December 2025 at 14:00: Women's haircut with Sofia, reference MIR-2041."
    );
    assert!(has_tool(&reply, "Bookings"));
    assert_eq!(reply.attributes["topic"], "booking");
    assert_eq!(reply.escalation, None);
}

#[test]
fn a_stay_is_told_in_the_language_of_the_guest() {
    let starts_at = 1_764_943_200; // 5 December 2025, 15:00
    let mut hotel = Desk::hotel().with_booking("AUR-77", "Double room", None, starts_at, 2 * DAY - 4 * 3600);
    let reply = hotel.ask("Guten Tag, wann ist meine Buchung?");
    assert_eq!(
        reply.text,
        "Guten Tag Priya! Ihre Buchung beginnt am Freitag, 5. Dezember 2025 um 15:00 Uhr und endet am Sonntag, 7. Dezember 2025 um 11:00 Uhr: Double room, Nummer AUR-77."
    );
}

#[test]
fn without_a_booking_a_colleague_is_asked_to_look() {
    let reply = Desk::salon().ask("When is my appointment?");
    assert_eq!(reply.escalation.unwrap().words(), "Booking not found");
    assert!(reply.text.contains("cannot find a booking"));
}

#[test]
fn cancelling_needs_a_yes() {
    let mut salon = Desk::salon().with_haircut();
    let asked = salon.ask("I want to cancel my appointment");
    assert!(asked.text.contains("Shall I cancel it?"), "{}", asked.text);
    assert_eq!(asked.action, None, "nothing is done before the yes");
    let done = salon.ask("yes please");
    assert_eq!(done.action, Some(Action::Cancel { booking_id: 1 }));
    assert!(has_tool(&done, "Cancel booking"));
}

#[test]
fn a_no_leaves_the_booking_alone() {
    let mut salon = Desk::salon().with_haircut();
    salon.ask("I want to cancel my appointment");
    let kept = salon.ask("No, better not");
    assert_eq!(kept.action, None);
    assert!(kept.text.contains("stays as it is"));
}

#[test]
fn a_yes_after_the_limit_cancels_nothing() {
    let mut salon = Desk::salon().with_haircut();
    salon.ask("I want to cancel my appointment");
    salon.turn.now = APPOINTMENT - 3600;
    let late = salon.ask("yes");
    assert_eq!(late.action, None);
    assert!(late.escalation.is_some());
}

#[test]
fn moving_asks_for_a_free_time_and_a_yes() {
    let mut salon = Desk::salon().with_haircut();
    let offer = salon.ask("Can I move it?");
    assert!(
        offer
            .text
            .contains("The next free times are Friday, 21 November 2025 at 12:00"),
        "{}",
        offer.text
    );
    let proposal = salon.ask("Tuesday at 3pm would be nice");
    assert!(
        proposal
            .text
            .contains("Tuesday, 25 November 2025 at 15:00 is free"),
        "{}",
        proposal.text
    );
    let done = salon.ask("Yes");
    assert_eq!(
        done.action,
        Some(Action::Move {
            booking_id: 1,
            starts_at: 1_764_079_200
        })
    );
}

#[test]
fn a_taken_time_is_not_offered() {
    let mut salon = Desk::salon().with_haircut().with_booking(
        "MIR-1",
        "Balayage",
        Some("Sofia"),
        1_764_075_600,
        4 * 3600,
    );
    salon
        .connection
        .execute("UPDATE booking SET contact_id = 9 WHERE reference = 'MIR-1'", [])
        .unwrap_err();
    salon
        .connection
        .execute_batch(
            "INSERT INTO contact VALUES (9); UPDATE booking SET contact_id = 9 WHERE reference = 'MIR-1'",
        )
        .unwrap();
    let reply = salon.ask("Can I move my appointment to Tuesday at 3pm?");
    assert!(reply.text.contains("is not free"), "{}", reply.text);
    let reply = salon.ask("Sunday at 11:00 then");
    assert!(
        reply.text.contains("is not free"),
        "closed on Sundays: {}",
        reply.text
    );
}

#[test]
fn a_stay_is_moved_in_the_portal() {
    let mut hotel = Desk::hotel().with_booking("AUR-77", "Double room", None, APPOINTMENT, 2 * DAY);
    let reply = hotel.ask("Can I move my booking?");
    assert!(
        reply.text.contains("https://aurora.example/my-stay"),
        "{}",
        reply.text
    );
    assert_eq!(reply.action, None);
}

#[test]
fn two_bookings_are_listed_and_one_is_chosen() {
    let mut salon = Desk::salon().with_haircut().with_booking(
        "MIR-3000",
        "Facial",
        Some("Lilla"),
        APPOINTMENT + DAY,
        3600,
    );
    assert!(
        salon
            .ask("When are my bookings?")
            .text
            .contains("You have 2 bookings")
    );
    assert!(
        salon
            .ask("Please cancel one of them")
            .text
            .contains("Which booking do you mean?")
    );
    let asked = salon.ask("the facial");
    assert_eq!(asked.proposal, Some(Proposal::Cancel { booking_id: 2 }));
}

#[test]
fn prices_come_from_the_list() {
    let mut salon = Desk::salon();
    let all = salon.ask("How much is a haircut?");
    assert!(
        all.text
            .contains("Women's haircut €48, Men's haircut €32, Child's haircut €22"),
        "{}",
        all.text
    );
    let one = salon.ask("And how much is a men's haircut?");
    assert!(one.text.contains("Men's haircut costs €32."), "{}", one.text);
    assert!(has_tool(&one, "Price list"));
    assert!(
        Desk::hotel()
            .ask("What does parking cost?")
            .text
            .contains("€18 per night")
    );
}

#[test]
fn questions_about_the_house_are_answered_from_the_knowledge() {
    for (question, expected) in [
        ("What time is breakfast?", "07:00 to 10:30"),
        ("Do you have parking?", "18 euros per night"),
        ("When can I check in?", "from 15:00"),
        ("what's the wifi password", "printed on your room card"),
        ("Is there a shuttle from the airport?", "55 euros"),
        ("Are pets allowed?", "Assistance dogs"),
        ("Wo kann ich parken?", "18 Euro pro Nacht"),
        ("¿A qué hora es el desayuno?", "07:00 a 10:30"),
        ("Van medence?", "hatodik emeleten"),
        ("Can I leave my luggage after check-out?", "luggage"),
        ("Is the pool heated?", "28 degrees"),
        ("What is your cancellation policy?", "two days before arrival"),
        ("What time does the pool open?", "07:00 to 21:00"),
        ("Can I pay by card?", "Visa"),
        ("Do you have vegan breakfast?", "vegan"),
        ("Where are you located?", "Lindenstraße 6"),
    ] {
        let reply = Desk::hotel().ask(question);
        assert!(reply.text.contains(expected), "{question} → {}", reply.text);
        assert!(has_tool(&reply, "Knowledge"), "{question}");
        assert_eq!(reply.escalation, None, "{question}");
    }
}

#[test]
fn what_it_does_not_know_goes_to_a_colleague() {
    for question in [
        "Do you have a helicopter landing pad?",
        "Which theatre plays tonight would you recommend?",
        "Can you print forty pages for me?",
        "Do you have kosher food?",
    ] {
        let reply = Desk::hotel().ask(question);
        assert_eq!(
            reply.escalation.as_ref().map(Escalation::words).as_deref(),
            Some("AI has no answer"),
            "{question} → {}",
            reply.text
        );
        assert!(reply.text.contains("do not know"), "{}", reply.text);
    }
}

#[test]
fn an_unclear_message_is_asked_back_once() {
    let mut hotel = Desk::hotel();
    let first = hotel.ask("hmm");
    assert_eq!(first.escalation, None);
    assert_eq!(first.proposal, Some(Proposal::AskColleague));
    let second = hotel.ask("so");
    assert!(second.escalation.is_some(), "twice unclear needs a person");
}

#[test]
fn a_complaint_about_money_is_handed_over_without_promises() {
    let mut hotel = Desk::hotel();
    hotel.ask("What time is breakfast?");
    let reply = hotel.ask("I want my money back, the room was dirty");
    let escalation = reply.escalation.unwrap();
    assert_eq!(escalation.words(), "Payment dispute, complaint");
    assert_eq!(escalation.brief.wants, "I want my money back, the room was dirty");
    assert_eq!(escalation.brief.tried, ["Read “Breakfast”"]);
    assert_eq!(escalation.brief.promised.len(), 1);
    assert_eq!(
        reply.text,
        "I am sorry to hear this, and I have asked a colleague to take care of it personally and answer you here."
    );
}

/// What counts in the end: whatever the never-list recognised, a person is called.
#[test]
fn no_matter_for_people_is_answered_by_the_engine() {
    use super::never::tests::{MUST_STOP, NEVER_SEEN, NEVER_SEEN_EITHER};
    let known = MUST_STOP.iter().chain(NEVER_SEEN).map(|(said, _)| said);
    let mut desks = [Desk::hotel().with_haircut(), Desk::salon().with_haircut()];
    let mut missed = Vec::new();
    for said in known.chain(NEVER_SEEN_EITHER) {
        for desk in &mut desks {
            desk.turn.lines.clear();
            desk.turn.pending = None;
            let reply = desk.ask(said);
            if reply.escalation.is_none() {
                missed.push((*said, reply.text));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn the_same_question_twice_goes_to_a_colleague() {
    let mut hotel = Desk::hotel();
    assert_eq!(hotel.ask("What time is breakfast served?").escalation, None);
    assert_eq!(
        hotel
            .ask("so what time is breakfast served")
            .escalation
            .unwrap()
            .words(),
        "Asked twice"
    );
}

#[test]
fn after_the_hand_back_it_refers_to_what_the_person_said() {
    let mut hotel = Desk::hotel();
    hotel.ask("Can I bring a dog?");
    hotel.says(
        Who::Person("Nadia".to_owned()),
        "Of course! Room 104 has a garden door. There is a bowl and a blanket for the dog.",
        Vec::new(),
    );
    let lookup = Lookup {
        connection: &hotel.connection,
        account_id: 1,
        contact_id: 7,
    };
    assert!(
        answer(&hotel.turn, &lookup).is_none(),
        "the person had the last word"
    );
    let reply = hotel.ask("Great. Is there a blanket?");
    assert!(
        reply
            .text
            .contains("As Nadia told you: “There is a bowl and a blanket for the dog.”"),
        "{}",
        reply.text
    );
    let reply = hotel.ask("What time is breakfast?");
    assert!(reply.text.contains("07:00"), "{}", reply.text);
}

#[test]
fn a_question_the_person_left_open_is_answered_after_the_hand_back() {
    let mut hotel = Desk::hotel();
    hotel.says(
        Who::Person("Nadia".to_owned()),
        "Hello, this is Nadia.",
        Vec::new(),
    );
    hotel.says(Who::Guest, "Where can I park?", Vec::new());
    let lookup = Lookup {
        connection: &hotel.connection,
        account_id: 1,
        contact_id: 7,
    };
    assert!(answer(&hotel.turn, &lookup).unwrap().text.contains("18 euros"));
}

#[test]
fn outside_desk_hours_it_says_when_somebody_is_there() {
    let mut salon = Desk::salon();
    salon.turn.now = 1_763_899_200; // Sunday noon
    let reply = salon.ask("I want to speak to a person");
    assert!(
        reply
            .text
            .contains("opens again on Monday, 24 November 2025 at 09:00"),
        "{}",
        reply.text
    );
    let reply = Desk {
        turn: Turn {
            lines: Vec::new(),
            ..salon.turn
        },
        connection: salon.connection,
    }
    .ask("I'd like to book a facial");
    assert!(
        reply
            .text
            .contains("The next free times are Monday, 24 November 2025 at 09:00"),
        "{}",
        reply.text
    );
    assert_eq!(reply.guest_attributes["lead"], true);
    assert_eq!(reply.attributes["topic"], "lead");
    assert_eq!(reply.attributes["intent_level"], "high");
}

#[test]
fn opening_hours_are_told() {
    let reply = Desk::salon().ask("Are you open on Sunday?");
    assert!(
        reply
            .text
            .contains("On Sunday we are closed. We are open Monday to Wednesday 09:00–19:00"),
        "{}",
        reply.text
    );
}

#[test]
fn several_questions_get_one_answer() {
    let mut hotel = Desk::hotel().with_booking("AUR-77", "Double room", None, APPOINTMENT, 2 * DAY);
    let reply = hotel.ask("Hello! When is my booking? And is there parking? We travel with two kids.");
    assert!(
        reply.text.contains("5 December 2025") && reply.text.contains("18 euros"),
        "{}",
        reply.text
    );
    assert_eq!(reply.escalation, None);
    assert_eq!(reply.guest_attributes["persona"], "Family");
    assert_eq!(reply.attributes["topic"], "mixed");
}

#[test]
fn a_greeting_is_greeted() {
    let reply = Desk::hotel().ask("Hola");
    assert!(reply.text.starts_with("Hola Priya! "), "{}", reply.text);
    assert_eq!(reply.escalation, None);
}

/// A booking system that does not answer.
struct Down;

impl Tools for Down {
    fn bookings(&self, _: i64) -> Result<Vec<Booking>, ToolFailed> {
        Err(ToolFailed)
    }
    fn prices(&self, _: Language) -> Result<Vec<Price>, ToolFailed> {
        Err(ToolFailed)
    }
    fn articles(&self, _: &[String], _: Language) -> Result<Vec<Article>, ToolFailed> {
        Err(ToolFailed)
    }
    fn capacity(&self) -> Result<usize, ToolFailed> {
        Err(ToolFailed)
    }
    fn taken(&self, _: Option<&str>, _: i64, _: i64) -> Result<Vec<(i64, i64)>, ToolFailed> {
        Err(ToolFailed)
    }
}

#[test]
fn a_failed_look_up_is_named_and_calls_a_colleague() {
    let mut salon = Desk::salon();
    salon.says(Who::Guest, "When is my booking?", Vec::new());
    let reply = answer(&salon.turn, &Down).unwrap();
    assert_eq!(
        reply.escalation.unwrap().words(),
        "No answer from the booking system"
    );
    assert!(reply.tools.iter().any(|tool| !tool.ok));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gets_an_answer_and_no_panic(said in "\\PC{0,200}", again in "[ a-z?!.0-9:/-]{0,60}", pending in 0..5usize) {
        let mut salon = Desk::salon().with_haircut();
        salon.turn.pending = [
            None,
            Some(Proposal::Cancel { booking_id: 1 }),
            Some(Proposal::Move { booking_id: 1, starts_at: i64::MAX }),
            Some(Proposal::ChooseTime { booking_id: 5 }),
            Some(Proposal::AskColleague),
        ][pending].clone();
        prop_assert!(!salon.ask(&said).text.is_empty());
        prop_assert!(!salon.ask(&again).text.is_empty());
    }
}

#[test]
fn ordinary_questions_need_nobody() {
    let of_hotel = [
        "What's the address of the hotel?",
        "Do rooms have air conditioning?",
        "Is there a lift?",
        "How do I get from the airport to you?",
        "Do you have a restaurant?",
        "Until when is dinner served?",
        "What time can I check out?",
        "I forgot my charger in the room",
        "Is the reception open 24 hours?",
        "Can I have a baby cot?",
        "Do you accept American Express?",
        "How far is the underground?",
        "Can we arrive before 3pm?",
        "Is there a charging station for my Tesla?",
        "What is the city tax?",
        "Is breakfast vegan friendly?",
        "How big are the rooms?",
        "Can I do laundry?",
        "Where can I smoke?",
        "Do you rent bicycles?",
        "Are towels provided at the pool?",
        "When does the sauna open?",
        "I'd like to reserve a double room from 3 December to 5 December",
        "Can you confirm my reservation?",
        "At what time is my check-in on friday?",
        "what's the price of a single room",
        "Do kids eat for free?",
        "Is there room service at night?",
        "thank you for your help",
        "Guten Abend, wann kann ich einchecken?",
        "Gibt es ein Fitnessstudio?",
        "¿Dónde puedo aparcar?",
        "¿Aceptan tarjeta?",
        "Hol vagytok pontosan?",
        "Can I extend my stay by one night?",
        "please send me the menu of the restaurant",
    ];
    let of_salon = [
        "How much for highlights?",
        "Do you do balayage?",
        "what does a beard trim cost",
        "Can I come on Saturday?",
        "Do you cut children's hair?",
        "How long does a manicure take?",
        "Are you open today?",
        "Where are you?",
        "Do you use ammonia free dye?",
        "Can I pay cash?",
        "What should I do after a lash lift?",
        "I want to book a haircut for tomorrow at 10",
        "Do you have time on Friday afternoon?",
        "I will be 5 minutes late",
        "price list please",
        "how much is balayage and how long does it take",
        "Do you do eyebrows?",
        "Mennyi egy női hajvágás?",
        "Tienen cita libre mañana?",
        "Was kostet eine Maniküre?",
        "Can I change my appointment to Dec 9 at 4pm?",
        "do i need to wash my hair before",
    ];
    let mut hotel = Desk::hotel().with_booking("AUR-77", "Double room", None, APPOINTMENT, 2 * DAY);
    let mut salon = Desk::salon().with_haircut();
    let mut called = Vec::new();
    for (desk, questions) in [(&mut hotel, &of_hotel[..]), (&mut salon, &of_salon[..])] {
        for question in questions {
            desk.turn.lines.clear();
            desk.turn.pending = None;
            if let Some(escalation) = desk.ask(question).escalation {
                called.push((*question, escalation.words()));
            }
        }
    }
    assert!(called.is_empty(), "{called:#?}");
}
