//! Filling a template's variables from the conversation, before it is edited and sent.

/// What variables can be filled with; an empty text counts as unknown.
#[derive(Clone, Copy, Debug, Default)]
pub struct TemplateFacts<'a> {
    pub contact_name: &'a str,
    pub contact_email: &'a str,
    pub contact_phone: &'a str,
    pub agent_name: &'a str,
    pub property: &'a str,
    pub booking: &'a str,
}

impl TemplateFacts<'_> {
    fn value(&self, name: &str) -> Option<String> {
        let text = match name {
            "contact.name" => self.contact_name,
            "contact.first_name" => self.contact_name.split_whitespace().next().unwrap_or(""),
            "contact.last_name" => self.contact_name.split_whitespace().skip(1).last().unwrap_or(""),
            "contact.email" => self.contact_email,
            "contact.phone" | "contact.phone_number" => self.contact_phone,
            "agent.name" => self.agent_name,
            "agent.first_name" => self.agent_name.split_whitespace().next().unwrap_or(""),
            "account.name" | "inbox.name" | "property" => self.property,
            "booking" => self.booking,
            _ => "",
        };
        (!text.trim().is_empty()).then(|| text.to_owned())
    }
}

/// Fills `{{contact.name}}` and its like (the wire's Liquid variables, reference §4.4) with `facts`. Unknown ones stay
/// as they are and are returned, so that the screen can mark them and hold back Send.
pub fn fill(template: &str, facts: &TemplateFacts<'_>) -> (String, Vec<String>) {
    let mut filled = String::with_capacity(template.len());
    let mut missing = Vec::new();
    let mut rest = template;
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest[start..].find("}}") else {
            break;
        };
        let end = start + length + 2;
        let name = rest[start + 2..end - 2].trim();
        filled.push_str(&rest[..start]);
        match facts.value(name) {
            Some(value) => filled.push_str(&value),
            None => {
                missing.push(name.to_owned());
                filled.push_str(&rest[start..end]);
            }
        }
        rest = &rest[end..];
    }
    filled.push_str(rest);
    (filled, missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fills_what_is_known_and_names_what_is_not() {
        let facts = TemplateFacts {
            contact_name: "Priya Raghunathan",
            ..Default::default()
        };
        let (text, missing) = fill(
            "Hello {{contact.first_name}}, room {{ booking }} is ready.",
            &facts,
        );
        assert_eq!(text, "Hello Priya, room {{ booking }} is ready.");
        assert_eq!(missing, ["booking"]);
    }

    proptest! {
        #[test]
        fn any_text_without_variables_stays_as_it_is(text in "[^{}]*") {
            prop_assert_eq!(fill(&text, &TemplateFacts::default()), (text, Vec::new()));
        }

        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = fill(&text, &TemplateFacts::default());
        }
    }
}
