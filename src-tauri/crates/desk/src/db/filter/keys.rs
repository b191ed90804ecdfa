//! What can be filtered by, and how (reference §3.3, §7).

/// What is filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Conversation,
    Contact,
}

impl Subject {
    /// Whose custom attributes count.
    pub fn attribute_model(self) -> &'static str {
        match self {
            Self::Conversation => "conversation_attribute",
            Self::Contact => "contact_attribute",
        }
    }

    pub fn keys(self) -> &'static [Key] {
        match self {
            Self::Conversation => CONVERSATION,
            Self::Contact => CONTACT,
        }
    }
}

/// Where a key's value lies and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `status`, whose value `all` is every one.
    Status,
    /// A column of words compared as they are.
    Word(&'static str),
    /// A column of ids.
    Id(&'static str),
    /// There is no such column here: always empty.
    Nothing,
    /// The titles in a table of labels.
    Labels {
        table: &'static str,
        owner: &'static str,
    },
    /// A text in `additional_attributes`, case-sensitive under `equal_to`.
    Additional(&'static str),
    /// As `Additional`, without regard to case.
    AdditionalAnyCase(&'static str),
    /// A text column, without regard to case.
    Text(&'static str),
    /// As `Text`; a number may leave its `+` away.
    Phone(&'static str),
    /// A truth value.
    Flag(&'static str),
    /// Epoch milliseconds, compared by the date part.
    Moment(&'static str),
}

/// One key of the grammar.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub field: Field,
    pub operators: &'static [&'static str],
}

pub const EQUAL: &[&str] = &["equal_to", "not_equal_to"];
const EQUAL_OR_PRESENT: &[&str] = &["equal_to", "not_equal_to", "is_present", "is_not_present"];
const EQUAL_OR_CONTAINS: &[&str] = &["equal_to", "not_equal_to", "contains", "does_not_contain"];
const PHONE: &[&str] = &[
    "equal_to",
    "not_equal_to",
    "contains",
    "does_not_contain",
    "starts_with",
];
const DATE: &[&str] = &["is_greater_than", "is_less_than", "days_before"];

const fn key(name: &'static str, field: Field, operators: &'static [&'static str]) -> Key {
    Key {
        name,
        field,
        operators,
    }
}

const CONVERSATION: &[Key] = &[
    key("status", Field::Status, EQUAL),
    key("priority", Field::Word("c.priority"), EQUAL),
    key("assignee_id", Field::Id("c.assignee_id"), EQUAL_OR_PRESENT),
    key("inbox_id", Field::Id("c.inbox_id"), EQUAL_OR_PRESENT),
    key("team_id", Field::Id("c.team_id"), EQUAL_OR_PRESENT),
    key("campaign_id", Field::Nothing, EQUAL_OR_PRESENT),
    key("contact_id", Field::Id("c.contact_id"), EQUAL),
    key("display_id", Field::Id("c.display_id"), EQUAL_OR_CONTAINS),
    key(
        "labels",
        Field::Labels {
            table: "conversation_label",
            owner: "conversation_id",
        },
        EQUAL_OR_PRESENT,
    ),
    key("browser_language", Field::Additional("browser_language"), EQUAL),
    key(
        "conversation_language",
        Field::Additional("conversation_language"),
        EQUAL,
    ),
    key("referer", Field::Additional("referer"), EQUAL_OR_CONTAINS),
    key(
        "mail_subject",
        Field::Additional("mail_subject"),
        EQUAL_OR_CONTAINS,
    ),
    key("created_at", Field::Moment("c.created_at"), DATE),
    key("last_activity_at", Field::Moment("c.last_activity_at"), DATE),
];

const CONTACT: &[Key] = &[
    key("name", Field::Text("c.name"), EQUAL_OR_CONTAINS),
    key("phone_number", Field::Phone("c.phone_number"), PHONE),
    key("email", Field::Text("c.email"), EQUAL_OR_CONTAINS),
    key("identifier", Field::Text("c.identifier"), EQUAL),
    key("country_code", Field::AdditionalAnyCase("country_code"), EQUAL),
    key("city", Field::AdditionalAnyCase("city"), EQUAL_OR_CONTAINS),
    key(
        "company_name",
        Field::AdditionalAnyCase("company_name"),
        EQUAL_OR_CONTAINS,
    ),
    key(
        "labels",
        Field::Labels {
            table: "contact_label",
            owner: "contact_id",
        },
        EQUAL_OR_PRESENT,
    ),
    key("created_at", Field::Moment("c.created_at"), DATE),
    key("last_activity_at", Field::Moment("c.last_activity_at"), DATE),
    key("blocked", Field::Flag("c.blocked"), EQUAL),
];
