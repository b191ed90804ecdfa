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
    let sentence = match language {
        Language::English => english(heaviest),
        Language::German => match heaviest {
            Reason::Person => "Gerne, eine Kollegin oder ein Kollege antwortet Ihnen hier persönlich.",
            Reason::Unknown | Reason::BookingNotFound | Reason::ToolFailed | Reason::NoWords => {
                "Das weiß ich leider nicht sicher, deshalb habe ich eine Kollegin oder einen Kollegen gebeten, Ihnen hier zu antworten."
            }
            _ => {
                "Danke, dass Sie es mir sagen; eine Kollegin oder ein Kollege kümmert sich darum und antwortet Ihnen hier."
            }
        },
        Language::Spanish => match heaviest {
            Reason::Person => "Claro, una persona del equipo le responderá aquí.",
            Reason::Unknown | Reason::BookingNotFound | Reason::ToolFailed | Reason::NoWords => {
                "No lo sé con seguridad, así que he pedido a una persona del equipo que le responda aquí."
            }
            _ => "Gracias por decírmelo; una persona del equipo se ocupará y le responderá aquí.",
        },
        Language::Hungarian => match heaviest {
            Reason::Person => "Természetesen, egy kollégánk itt fog válaszolni Önnek.",
            Reason::Unknown | Reason::BookingNotFound | Reason::ToolFailed | Reason::NoWords => {
                "Ezt nem tudom biztosan, ezért megkértem egy kollégát, hogy itt válaszoljon Önnek."
            }
            _ => "Köszönöm, hogy megírta; egy kollégánk személyesen foglalkozik vele, és itt válaszol Önnek.",
        },
    };
    match closed_note(turn, language) {
        Some(closed) => format!("{sentence} {closed}"),
        None => sentence.to_owned(),
    }
}

fn english(reason: Reason) -> &'static str {
    match reason {
        Reason::Emergency => {
            "I am calling a colleague right away, who will answer you here; if anyone is in danger, please dial 112 first."
        }
        Reason::Payment | Reason::Compensation | Reason::Complaint | Reason::Legal => {
            "I am sorry to hear this, and I have asked a colleague to take care of it personally and answer you here."
        }
        Reason::Person => "Of course, I have asked a colleague, who will answer you here.",
        Reason::Custom => {
            "That is for a colleague to decide, so I have passed it on and they will answer you here."
        }
        Reason::Anger | Reason::Repeated => {
            "I am sorry that I was not of more help; a colleague will take over and answer you here."
        }
        Reason::Unknown => {
            "I do not know that for certain, so I have asked a colleague, who will answer you here."
        }
        Reason::BookingNotFound => {
            "I cannot find a booking under your details, so I have asked a colleague to look, who will answer you here."
        }
        Reason::NoWords => {
            "I can read words only, so I have asked a colleague to look at this and answer you here."
        }
        Reason::ToolFailed => {
            "I cannot look that up at the moment, so I have asked a colleague, who will answer you here."
        }
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
