//! Which conversation happens when: weeks of them, denser towards now, at hours when people write.

use super::files::{ConversationsFile, Script};
use super::random::Random;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Where guests write, weighed.
pub const HOTEL_CHANNELS: &[(&str, i64)] = &[
    ("web", 34),
    ("whatsapp", 30),
    ("email", 12),
    ("instagram", 8),
    ("messenger", 8),
    ("sms", 8),
];
/// The same for the salon.
pub const SALON_CHANNELS: &[(&str, i64)] = &[
    ("whatsapp", 30),
    ("web", 26),
    ("instagram", 18),
    ("sms", 14),
    ("messenger", 8),
    ("email", 4),
];

/// A conversation to be told.
pub struct Planned {
    /// When it begins, epoch milliseconds.
    pub at: i64,
    pub script: Script,
    pub channel: String,
    pub fate: Fate,
}

/// How it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Open, nobody has it.
    Waiting,
    /// The AI has it.
    Ai,
    /// A person has it.
    Person,
    /// A person had it and gave it back to the AI.
    HandedBack,
    Snoozed,
    Closed,
}

/// Oldest first; exactly the `now` ones are waiting, with a person or put off on purpose.
pub fn plan(
    file: &ConversationsFile,
    channels: &[(&'static str, i64)],
    count: i64,
    now_ms: i64,
    random: &mut Random,
) -> Vec<Planned> {
    let mut planned: Vec<Planned> = Vec::new();
    for _ in 0..count {
        let Some(script) = random.pick(&file.scripts).cloned() else {
            break;
        };
        let age = age(random, now_ms);
        let fate = fate(&script.ends, age, random);
        let channel = script
            .channel
            .clone()
            .or_else(|| random.weighed(channels).map(str::to_owned));
        planned.push(Planned {
            at: now_ms - age,
            channel: channel.unwrap_or_else(|| "web".to_owned()),
            fate,
            script,
        });
    }
    for script in &file.now {
        let fate = match script.state.as_str() {
            "open" => Fate::Person,
            "snoozed" => Fate::Snoozed,
            "pending" => Fate::Ai,
            _ => Fate::Waiting,
        };
        let channel = script.channel.clone().unwrap_or_else(|| "web".to_owned());
        planned.push(Planned {
            at: now_ms - script.minutes * MINUTE,
            channel,
            fate,
            script: script.clone(),
        });
    }
    planned.sort_by_key(|one| one.at);
    planned
}

/// Milliseconds before now: three hours to six weeks, later ones likelier, none between midnight and six (UTC).
fn age(random: &mut Random, now_ms: i64) -> i64 {
    let spread = random.between(0, 1000);
    let age = 3 * HOUR + (42 * DAY * spread / 1000) * spread / 1000 + random.between(0, 6 * HOUR);
    let hour = (now_ms - age).rem_euclid(DAY) / HOUR;
    if hour < 6 { age + (hour + 3) * HOUR } else { age }
}

fn fate(ends: &str, age: i64, random: &mut Random) -> Fate {
    match ends {
        "ai" if age < 20 * HOUR => Fate::Ai,
        "ai" if age < 5 * DAY && random.chance(45) => Fate::Ai,
        "ai" if random.chance(4) => Fate::Ai,
        "person" if age < 3 * DAY && random.chance(40) => Fate::HandedBack,
        _ => Fate::Closed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::files::{HOTEL, read};

    #[test]
    fn the_plan_is_in_order_and_in_the_past() {
        let file = read(HOTEL).unwrap();
        let now_ms = 1_763_719_200_000;
        let planned = plan(&file, HOTEL_CHANNELS, 200, now_ms, &mut Random::seeded(1));
        assert!(planned.windows(2).all(|pair| pair[0].at <= pair[1].at));
        assert!(planned.iter().all(|one| one.at < now_ms));
        assert_eq!(planned.iter().filter(|one| one.fate == Fate::Waiting).count(), 3);
    }
}
