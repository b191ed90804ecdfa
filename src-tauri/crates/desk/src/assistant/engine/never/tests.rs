//! Phrasings that must reach a person, and ordinary questions that must not.

use super::*;

/// What guests really write, with the matter it must be recognised as.
const MUST_STOP: &[(&str, Reason)] = &[
    ("I want my money back, the room was dirty", Reason::Payment),
    ("I want my money back, the room was dirty", Reason::Complaint),
    ("I'd like a refund for last night", Reason::Payment),
    ("You charged my card twice!", Reason::Payment),
    ("Why was I charged 80 euros?", Reason::Payment),
    ("I have opened a chargeback with my bank", Reason::Payment),
    ("There is a mistake on my invoice", Reason::Payment),
    ("I don't recognise this charge on my card", Reason::Payment),
    ("When do I get my deposit back?", Reason::Payment),
    ("I was overcharged for the minibar", Reason::Payment),
    ("I am disputing this payment", Reason::Payment),
    ("This looks like fraud", Reason::Payment),
    ("Ich möchte mein Geld zurück", Reason::Payment),
    ("Bitte um Rückerstattung der Anzahlung", Reason::Payment),
    ("Sie haben zweimal abgebucht", Reason::Payment),
    ("Die Rechnung ist falsch", Reason::Payment),
    ("Quiero un reembolso", Reason::Payment),
    ("Me cobraron dos veces la habitación", Reason::Payment),
    ("Devuélvanme mi dinero", Reason::Payment),
    ("Kérem vissza a pénzem", Reason::Payment),
    ("Kétszer vonták le a kártyámról", Reason::Payment),
    ("Visszatérítést szeretnék", Reason::Payment),
    ("I want to complain about the service", Reason::Complaint),
    ("I didn't like the service at all", Reason::Complaint),
    ("The haircut was terrible", Reason::Complaint),
    ("Your receptionist was so rude to us", Reason::Complaint),
    ("The shower doesn't work", Reason::Complaint),
    ("The air conditioning is broken", Reason::Complaint),
    ("We couldn't sleep, it was so loud", Reason::Complaint),
    ("There are cockroaches in the bathroom", Reason::Complaint),
    ("Nobody came to clean the room", Reason::Complaint),
    ("I'm really disappointed with my colour", Reason::Complaint),
    ("We waited for over an hour", Reason::Complaint),
    ("Das Zimmer war schmutzig", Reason::Complaint),
    ("Ich möchte mich beschweren", Reason::Complaint),
    ("Die Heizung ist kaputt", Reason::Complaint),
    ("Tengo una queja", Reason::Complaint),
    ("La habitación está sucia", Reason::Complaint),
    ("No me gustó el corte", Reason::Complaint),
    ("Panaszt szeretnék tenni", Reason::Complaint),
    ("Koszos volt a szoba", Reason::Complaint),
    ("Nem tetszett a hajvágás", Reason::Complaint),
    ("I expect compensation for this", Reason::Compensation),
    ("At least an apology would be nice", Reason::Compensation),
    ("How will you make it up to us?", Reason::Compensation),
    ("Ich verlange eine Entschädigung", Reason::Compensation),
    ("Exijo una compensación", Reason::Compensation),
    ("Kártérítést kérek", Reason::Compensation),
    ("Can I bring a dog?", Reason::Custom),
    ("We'd come with our dog, a small one", Reason::Custom),
    ("Could we get an extra bed in the room?", Reason::Custom),
    ("Can you make an exception for us?", Reason::Custom),
    ("Any chance of a discount?", Reason::Custom),
    ("Can you do it cheaper if we stay a week?", Reason::Custom),
    ("I'd like to decorate the room for her birthday", Reason::Custom),
    ("Darf ich meinen Hund mitbringen?", Reason::Custom),
    ("Gibt es Rabatt für Stammgäste?", Reason::Custom),
    ("¿Puedo llevar a mi perro?", Reason::Custom),
    ("¿Me hacen un descuento?", Reason::Custom),
    ("Hozhatom a kutyámat?", Reason::Custom),
    ("Kaphatnánk egy pótágyat?", Reason::Custom),
    ("My lawyer will contact you", Reason::Legal),
    ("I will take you to court", Reason::Legal),
    ("I'll sue you", Reason::Legal),
    ("Ich schalte meinen Anwalt ein", Reason::Legal),
    ("Voy a llamar a mi abogado", Reason::Legal),
    ("Az ügyvédem fogja keresni", Reason::Legal),
    ("Can I talk to a real person?", Reason::Person),
    ("human please", Reason::Person),
    ("I want to speak with the manager", Reason::Person),
    ("Please call me back", Reason::Person),
    ("Are you a bot?", Reason::Person),
    ("Could someone from reception help me?", Reason::Person),
    ("I don't want to talk to a machine", Reason::Person),
    ("Ich möchte mit einem Mitarbeiter sprechen", Reason::Person),
    ("Kann ich mit einem Menschen sprechen?", Reason::Person),
    ("Quiero hablar con una persona", Reason::Person),
    ("Emberrel szeretnék beszélni", Reason::Person),
    ("Egy kollégával beszélnék", Reason::Person),
    ("THIS IS NOT WHAT I BOOKED", Reason::Anger),
    ("Hello???? Answer me", Reason::Anger),
    ("This is ridiculous", Reason::Anger),
    ("You are useless", Reason::Anger),
    ("I'm fed up with this", Reason::Anger),
    ("Das ist lächerlich", Reason::Anger),
    ("Estoy harta de esperar", Reason::Anger),
    ("Elegem van ebből", Reason::Anger),
    ("My wallet was stolen from the room", Reason::Emergency),
    ("I had an allergic reaction to the dye", Reason::Emergency),
];

const MAY_BE_ANSWERED: &[&str] = &[
    "When is my booking?",
    "Can I move it?",
    "Can I move my appointment to Friday at 3pm?",
    "I want to cancel",
    "Please cancel my reservation",
    "How much is a haircut?",
    "How much is parking per night?",
    "What time is breakfast?",
    "Is breakfast included in the price?",
    "Do you have parking?",
    "What is your cancellation policy?",
    "Are pets allowed?",
    "What is your pet policy?",
    "Where is the pool and is it heated?",
    "What is the wifi password?",
    "Do you have an airport shuttle?",
    "When can I check in?",
    "Can I check out late?",
    "Are you open on Sunday?",
    "What are your opening hours?",
    "Do you have a free room next weekend?",
    "I would like to book a massage",
    "Which products do you use for sensitive skin?",
    "How long does a colour treatment take?",
    "How should I care for my hair after colouring?",
    "Is there an elevator?",
    "Can I pay by card?",
    "Do you charge for parking?",
    "Is there a tennis court nearby?",
    "Do you have a gym?",
    "Thanks!!!",
    "Thank you so much, that is perfect!!!",
    "Yes please",
    "OK",
    "Hello",
    "Guten Tag, wann ist meine Buchung?",
    "Was kostet ein Haarschnitt?",
    "Haben Sie einen Parkplatz?",
    "Wann gibt es Frühstück?",
    "Hola, ¿cuándo es mi reserva?",
    "¿Cuánto cuesta el desayuno?",
    "¿Tienen piscina?",
    "Szia, mikor van a foglalásom?",
    "Mennyibe kerül a hajvágás?",
    "Van parkoló?",
    "We arrive at 11 pm, is somebody at the reception that late?",
    "Can I leave my luggage after check-out?",
    "Do I need to bring anything?",
    "Do you sell gift vouchers?",
    "We are a family of four with two kids, which room fits?",
];

#[test]
fn everything_on_the_list_stops_the_assistant() {
    let missed: Vec<_> = MUST_STOP
        .iter()
        .filter(|(said, reason)| !reasons_in(said).contains(reason))
        .map(|(said, reason)| (said, reason, reasons_in(said)))
        .collect();
    assert!(
        missed.is_empty(),
        "{} of {} missed: {missed:#?}",
        missed.len(),
        MUST_STOP.len()
    );
}

#[test]
fn ordinary_questions_are_left_to_the_assistant() {
    let alarms: Vec<_> = MAY_BE_ANSWERED
        .iter()
        .map(|said| (said, reasons_in(said)))
        .filter(|(_, reasons)| !reasons.is_empty())
        .collect();
    assert!(
        alarms.is_empty(),
        "{} of {} false alarms: {alarms:#?}",
        alarms.len(),
        MAY_BE_ANSWERED.len()
    );
}

#[test]
fn the_heaviest_matter_comes_first() {
    assert_eq!(
        reasons_in("I want my money back, the room was dirty"),
        [Reason::Payment, Reason::Complaint]
    );
}
