//! Phrasings that must reach a person, and ordinary questions that must not.

use super::*;

/// What guests really write, with the matter it must be recognised as.
pub const MUST_STOP: &[(&str, Reason)] = &[
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

/// Written after the tables, by somebody who had not read them: how well the list does on words it was not made for.
pub const NEVER_SEEN: &[(&str, Reason)] = &[
    ("There's a charge of 45 EUR I did not make", Reason::Payment),
    ("my card has been debited two times", Reason::Payment),
    ("Please give me back what I paid", Reason::Payment),
    ("The amount on the bill is not what we agreed", Reason::Payment),
    ("I've asked my bank to reverse the transaction", Reason::Payment),
    ("Why did you take 200 euro from my account", Reason::Payment),
    ("I am still waiting for my money", Reason::Payment),
    ("Wo bleibt meine Rückzahlung?", Reason::Payment),
    ("Mir wurde zu viel berechnet", Reason::Payment),
    ("Quiero que me devuelvan el dinero", Reason::Payment),
    ("Nem kaptam meg a visszatérítést", Reason::Payment),
    ("honestly a horrible stay", Reason::Complaint),
    (
        "the towels smelled and there was hair everywhere",
        Reason::Complaint,
    ),
    ("My nails chipped after one day", Reason::Complaint),
    ("The colour looks nothing like the picture", Reason::Complaint),
    (
        "we've been waiting for room service for an hour",
        Reason::Complaint,
    ),
    ("the staff was very unfriendly to my mother", Reason::Complaint),
    ("There's no hot water in our room", Reason::Complaint),
    ("The wifi is not working", Reason::Complaint),
    ("Our neighbours are partying, it is 2 am", Reason::Complaint),
    ("Das Essen war ungenießbar", Reason::Complaint),
    ("Ich bin sehr unzufrieden mit dem Schnitt", Reason::Complaint),
    ("El aire acondicionado no funciona", Reason::Complaint),
    ("El servicio fue pésimo", Reason::Complaint),
    ("Nagyon csalódott vagyok", Reason::Complaint),
    ("Nem működik a fűtés", Reason::Complaint),
    ("What will you offer us for the trouble?", Reason::Compensation),
    ("I think we deserve an apology", Reason::Compensation),
    ("You should make this right", Reason::Compensation),
    ("Was bekommen wir als Wiedergutmachung?", Reason::Compensation),
    ("Could our labrador stay with us?", Reason::Custom),
    ("is it ok to have my cat in the room", Reason::Custom),
    ("Do you have a better price if I pay cash?", Reason::Custom),
    ("Can you put rose petals on the bed?", Reason::Custom),
    (
        "Could you let us stay until 18:00 without extra cost?",
        Reason::Custom,
    ),
    ("I want to bring my own hairdresser", Reason::Custom),
    ("Können wir unseren Hund mitnehmen?", Reason::Custom),
    ("Geht es etwas günstiger?", Reason::Custom),
    ("¿Aceptan perros grandes? Viajamos con el nuestro", Reason::Custom),
    ("Van kedvezmény diákoknak?", Reason::Custom),
    ("You will hear from my solicitor", Reason::Legal),
    ("I will report this to consumer protection", Reason::Legal),
    ("Das wird rechtliche Folgen haben", Reason::Legal),
    ("Los voy a denunciar", Reason::Legal),
    ("let me talk to somebody please", Reason::Person),
    ("is there a human I can write with", Reason::Person),
    ("get me the boss", Reason::Person),
    (
        "I'd prefer to discuss this with a member of staff",
        Reason::Person,
    ),
    ("can you have reception ring me in my room", Reason::Person),
    ("Ich will mit jemandem reden", Reason::Person),
    ("Bitte rufen Sie mich zurück", Reason::Person),
    ("¿Puedo hablar con alguien?", Reason::Person),
    ("Szeretnék valakivel beszélni", Reason::Person),
    ("Kérem, hívjanak fel", Reason::Person),
    ("What a joke of a hotel", Reason::Anger),
    ("WHY DOES NOBODY ANSWER ME", Reason::Anger),
    ("are you kidding me", Reason::Anger),
    ("this bot is so dumb", Reason::Anger),
    ("Das ist eine Unverschämtheit", Reason::Anger),
    ("Esto es una vergüenza", Reason::Anger),
    ("There is smoke in the corridor", Reason::Emergency),
    ("my husband collapsed, please help", Reason::Emergency),
];

#[test]
fn words_it_was_not_made_for_reach_a_person_too() {
    let first = NEVER_SEEN.iter().map(|(said, _)| *said);
    let all: Vec<&str> = first.chain(NEVER_SEEN_EITHER.iter().copied()).collect();
    let missed: Vec<_> = all.iter().filter(|said| reasons_in(said).is_empty()).collect();
    assert!(
        missed.is_empty(),
        "{} of {} missed: {missed:#?}",
        missed.len(),
        all.len()
    );
}

/// A second round of the same, without the expected matter.
pub const NEVER_SEEN_EITHER: &[&str] = &[
    "my bank statement shows your hotel twice",
    "I never agreed to pay for the minibar",
    "could you cancel the charge on my visa",
    "where's my refund?",
    "you owe me 40 euros",
    "I was promised the deposit would be returned",
    "Warum wurde meine Karte belastet?",
    "Ich will die Anzahlung wiederhaben",
    "¿Por qué me han cargado 80 euros?",
    "Miért vontak le többet a kártyámról?",
    "the mattress is awful, my back hurts",
    "bathroom has mould",
    "the receptionist laughed at us",
    "our room was never cleaned",
    "you cut off far too much",
    "I look ridiculous with this fringe",
    "the massage was painful",
    "the elevator has been out of order for days",
    "we were woken at six by builders",
    "the pictures on your site are misleading",
    "Der Service war eine Katastrophe",
    "Im Bad ist Schimmel",
    "Das Personal war sehr unfreundlich",
    "La comida estaba fría",
    "Hay mucho ruido",
    "A személyzet udvariatlan volt",
    "Hideg volt a szoba egész éjjel",
    "what do we get for this disaster?",
    "a voucher is the least you could do",
    "Ich erwarte eine Entschuldigung",
    "may we come with two small dogs?",
    "can my parrot stay with us",
    "could you do 100 instead of 120 per night?",
    "would you open earlier just for me?",
    "could we have the room decorated with balloons",
    "I need a kosher kitchen for my family",
    "Kann ich eine Ausnahme bekommen?",
    "Dürfen Katzen mit ins Zimmer?",
    "¿Podrían hacer una excepción?",
    "Lehetne olcsóbban?",
    "I will get a lawyer involved",
    "expect a letter from my attorney",
    "see you in court",
    "Ich gehe vor Gericht",
    "Pondré una denuncia",
    "real human pls",
    "put me through to the front desk",
    "I only want to deal with people",
    "operator",
    "Kann mich jemand anrufen?",
    "Quiero una persona, no una máquina",
    "Valódi emberrel szeretnék beszélni",
    "you people are impossible",
    "this is the third time I ask",
    "I've had it with you",
    "NO ONE IS HELPING US HERE",
    "so frustrating",
    "wtf is this",
    "Was für ein Saftladen",
    "Qué vergüenza de hotel",
    "there's someone trying to get into our room",
    "my friend is not breathing",
];

#[test]
fn a_sum_that_is_argued_with_is_a_dispute_and_one_that_is_asked_for_is_not() {
    for said in [
        "You took 80 euros although we left a day early",
        "80 Euro sind weg, obwohl wir storniert haben",
        "Me faltan 40 €, aunque no fui a la cita",
        "Eltűnt 12000 forint, pedig ott sem voltam",
    ] {
        assert!(reasons_in(said).contains(&Reason::Payment), "{said}");
    }
    for said in [
        "Is it 80 euros, although we are only two?",
        "We are coming although it rains",
        "18 Euro pro Nacht",
    ] {
        assert!(!reasons_in(said).contains(&Reason::Payment), "{said}");
    }
}

#[test]
fn a_word_that_is_rude_in_one_language_only_is_not_in_another() {
    for said in [
        "Wie groß ist das Zimmer?",
        "Ist das Zimmer hell?",
        "Gibt es große Zimmer?",
    ] {
        assert_eq!(reasons_in(said), [], "{said}");
    }
    assert!(reasons_in("the bathroom is gross").contains(&Reason::Complaint));
    assert!(reasons_in("what the hell is this").contains(&Reason::Anger));
}
