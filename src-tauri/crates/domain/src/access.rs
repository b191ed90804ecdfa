//! What a person's role in an account lets them see (reference §2.3). The server enforces it; this says what to expect, so
//! that the screen can say it too.

use crate::{AgentId, Conversation, Role};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The word among the permissions of a role somebody made (reference §1.3).
const CUSTOM: &str = "custom_role";

/// Which conversations of their channels somebody may open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    Everything,
    /// Those nobody holds, and their own.
    Unassigned,
    /// Their own: held or followed.
    Own,
    Nothing,
}

impl Sight {
    /// True when somebody with this sight may open the conversation for certain. Otherwise only the server knows: it may
    /// be one they follow.
    pub fn certainly_opens(self, conversation: &Conversation, me: AgentId) -> bool {
        match self {
            Self::Everything => true,
            Self::Unassigned => conversation.agent().is_none_or(|agent| agent == me),
            Self::Own => conversation.agent() == Some(me),
            Self::Nothing => false,
        }
    }
}

/// A role in an account, as the profile tells it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Access {
    pub role: Role,
    /// What a role that somebody made is called there.
    pub name: Option<String>,
    /// The wire's words. Empty where the server is too old to tell: then the role counts.
    pub permissions: Vec<String>,
}

impl Access {
    /// A role without anything more to it.
    pub fn plain(role: Role) -> Self {
        Self {
            role,
            name: None,
            permissions: Vec::new(),
        }
    }

    /// What they may open. Of several permissions the widest counts; an administrator is one whatever else is told.
    pub fn sight(&self) -> Sight {
        let has = |word: &str| self.permissions.iter().any(|permission| permission == word);
        if self.role == Role::Administrator || !has(CUSTOM) || has("conversation_manage") {
            Sight::Everything
        } else if has("conversation_unassigned_manage") {
            Sight::Unassigned
        } else if has("conversation_participating_manage") {
            Sight::Own
        } else {
            Sight::Nothing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ConversationId, InboxId};

    const ME: AgentId = AgentId(7);

    fn custom(permissions: &[&str]) -> Access {
        let words = permissions.iter().chain(&[CUSTOM]);
        Access {
            name: Some("Staff".into()),
            permissions: words.map(|word| (*word).to_owned()).collect(),
            ..Access::plain(Role::Agent)
        }
    }

    #[test]
    fn the_widest_permission_of_a_role_counts() {
        let own = "conversation_participating_manage";
        for (access, sight) in [
            (Access::plain(Role::Administrator), Sight::Everything),
            (Access::plain(Role::Agent), Sight::Everything),
            (custom(&["conversation_manage", own]), Sight::Everything),
            (
                custom(&[own, "conversation_unassigned_manage"]),
                Sight::Unassigned,
            ),
            (custom(&[own, "report_manage"]), Sight::Own),
            (custom(&["contact_manage"]), Sight::Nothing),
        ] {
            assert_eq!(access.sight(), sight, "{access:?}");
        }
        let agent = Access {
            permissions: vec!["agent".into()],
            ..Access::plain(Role::Agent)
        };
        assert_eq!(
            agent.sight(),
            Sight::Everything,
            "a plain agent's word is no custom role"
        );
        let owner = Access {
            role: Role::Administrator,
            ..custom(&[])
        };
        assert_eq!(owner.sight(), Sight::Everything);
    }

    #[test]
    fn only_what_is_certain_is_not_asked_for() {
        let mut conversation = Conversation::blank(ConversationId(1), InboxId(1), 0);
        let opens = |conversation: &Conversation| {
            let all = [Sight::Everything, Sight::Unassigned, Sight::Own, Sight::Nothing];
            all.map(|sight| sight.certainly_opens(conversation, ME))
        };
        assert_eq!(opens(&conversation), [true, true, false, false]);
        conversation.assignee = Some(crate::Assignee::Agent(ME));
        assert_eq!(opens(&conversation), [true, true, true, false]);
        conversation.assignee = Some(crate::Assignee::Agent(AgentId(8)));
        assert_eq!(opens(&conversation), [true, false, false, false]);
    }
}
