//! Handing over to a person: the one sentence the guest reads and the brief the person reads.

use super::draft::Draft;
use super::knowledge::closed_note;
use super::language::Language;
use super::never::Reason;
use super::text;
use super::turn::{Brief, Escalation, Promise, Turn, Who};

/// One kind sentence: a colleague comes. It promises neither money nor a result (the never-list's whole point); outside
/// desk hours a second one says when somebody is there.
pub fn handoff_sentence(turn: &Turn, language: Language, reasons: &[Reason]) -> String {
    let heaviest = reasons.first().copied().unwrap_or(Reason::Unknown);
    let sentence = language.pick(sentences(heaviest));
    match closed_note(turn, language) {
        Some(closed) => format!("{sentence} {closed}"),
        None => sentence.to_owned(),
    }
}

/// In English, German, Spanish and Hungarian.
fn sentences(reason: Reason) -> [&'static str; 4] {
    match reason {
        Reason::Emergency => [
            "I am calling a colleague right away, who will answer you here; if anyone is in danger, please dial 112 first.",
            "Ich rufe sofort eine Kollegin oder einen Kollegen, die Ihnen hier antworten; wenn jemand in Gefahr ist, wählen Sie bitte zuerst die 112.",
            "Aviso ahora mismo a una persona del equipo, que le responderá aquí; si alguien está en peligro, llame primero al 112.",
            "Azonnal szólok egy kollégának, aki itt válaszol Önnek; ha valaki veszélyben van, kérem, először hívja a 112-t.",
        ],
        Reason::Payment | Reason::Compensation | Reason::Complaint | Reason::Legal => [
            "I am sorry to hear this, and I have asked a colleague to take care of it personally and answer you here.",
            "Es tut mir leid, das zu hören; eine Kollegin oder ein Kollege kümmert sich persönlich darum und antwortet Ihnen hier.",
            "Lamento lo ocurrido; una persona del equipo se ocupará personalmente y le responderá aquí.",
            "Sajnálom, hogy ezt kell hallanom; egy kollégánk személyesen foglalkozik vele, és itt válaszol Önnek.",
        ],
        Reason::Person => [
            "Of course, I have asked a colleague, who will answer you here.",
            "Gerne, eine Kollegin oder ein Kollege antwortet Ihnen hier persönlich.",
            "Claro, una persona del equipo le responderá aquí.",
            "Természetesen, egy kollégánk itt fog válaszolni Önnek.",
        ],
        Reason::Custom => [
            "That is for a colleague to decide, so I have passed it on and they will answer you here.",
            "Das entscheidet eine Kollegin oder ein Kollege; ich habe es weitergegeben, und Sie bekommen hier eine Antwort.",
            "Eso lo decide una persona del equipo; se lo he pasado y le responderá aquí.",
            "Erről egy kollégánk dönt; továbbadtam neki, és itt válaszol Önnek.",
        ],
        Reason::Instruction => [
            "That is not something I can do, so I have asked a colleague, who will answer you here.",
            "Das kann ich nicht tun, deshalb habe ich eine Kollegin oder einen Kollegen gebeten, Ihnen hier zu antworten.",
            "Eso no lo puedo hacer, así que he pedido a una persona del equipo que le responda aquí.",
            "Ezt nem tehetem meg, ezért megkértem egy kollégát, hogy itt válaszoljon Önnek.",
        ],
        Reason::Anger | Reason::Repeated => [
            "I am sorry that I was not of more help; a colleague will take over and answer you here.",
            "Es tut mir leid, dass ich nicht besser helfen konnte; eine Kollegin oder ein Kollege übernimmt und antwortet Ihnen hier.",
            "Siento no haberle ayudado mejor; una persona del equipo se hace cargo y le responderá aquí.",
            "Sajnálom, hogy nem tudtam többet segíteni; egy kollégánk átveszi, és itt válaszol Önnek.",
        ],
        Reason::Unknown => [
            "I do not know that for certain, so I have asked a colleague, who will answer you here.",
            "Das weiß ich leider nicht sicher, deshalb habe ich eine Kollegin oder einen Kollegen gebeten, Ihnen hier zu antworten.",
            "No lo sé con seguridad, así que he pedido a una persona del equipo que le responda aquí.",
            "Ezt nem tudom biztosan, ezért megkértem egy kollégát, hogy itt válaszoljon Önnek.",
        ],
        Reason::BookingNotFound => [
            "I cannot find a booking under your details, so I have asked a colleague to look, who will answer you here.",
            "Unter Ihren Daten finde ich keine Buchung, deshalb sieht eine Kollegin oder ein Kollege nach und antwortet Ihnen hier.",
            "No encuentro ninguna reserva con sus datos, así que una persona del equipo lo mirará y le responderá aquí.",
            "Az Ön adataival nem találok foglalást, ezért egy kollégánk utánanéz, és itt válaszol Önnek.",
        ],
        Reason::NoWords => [
            "I can read words only, so I have asked a colleague to look at this and answer you here.",
            "Ich kann nur Text lesen, deshalb sieht es sich eine Kollegin oder ein Kollege an und antwortet Ihnen hier.",
            "Solo puedo leer texto, así que una persona del equipo lo mirará y le responderá aquí.",
            "Csak szöveget tudok olvasni, ezért egy kollégánk megnézi, és itt válaszol Önnek.",
        ],
        Reason::ToolFailed => [
            "I cannot look that up at the moment, so I have asked a colleague, who will answer you here.",
            "Das kann ich gerade nicht nachsehen, deshalb habe ich eine Kollegin oder einen Kollegen gebeten, Ihnen hier zu antworten.",
            "Ahora mismo no puedo consultarlo, así que he pedido a una persona del equipo que le responda aquí.",
            "Ezt most nem tudom megnézni, ezért megkértem egy kollégát, hogy itt válaszoljon Önnek.",
        ],
    }
}

/// Reasons and brief for the person who takes over.
pub fn escalation(turn: &Turn, draft: &Draft) -> Escalation {
    let mut tried: Vec<String> = Vec::new();
    let earlier = turn
        .lines
        .iter()
        .filter(|line| line.who == Who::Ai)
        .flat_map(|line| &line.tools);
    for tool in earlier.chain(&draft.tools) {
        if !tried.contains(&tool.summary) {
            tried.push(tool.summary.clone());
        }
    }
    let heaviest = draft.reasons.first().copied().unwrap_or(Reason::Unknown);
    let brief = Brief {
        wants: text::shorten(&wants(turn), 280),
        tried,
        promised: vec![Promise {
            text: "A colleague answers here".to_owned(),
            message_id: None,
            kept_by_answer: true,
        }],
        next: heaviest.next_step().to_owned(),
    };
    Escalation {
        reasons: draft.reasons.clone(),
        brief,
    }
}

fn wants(turn: &Turn) -> String {
    let question = turn.question();
    if question.trim().is_empty() {
        "Sent a picture or a file".to_owned()
    } else {
        question.replace('\n', " ")
    }
}
