-- Which channels and teams somebody is in: asked with every list and every single conversation.
CREATE INDEX inbox_member_by_user ON inbox_member (user_id, inbox_id);
CREATE INDEX team_member_by_user ON team_member (user_id, team_id);
