//! `teams:` of the library file.

use super::super::TeamNode;
use super::super::key::Key;
use super::super::shape::TEAM;
use super::Lower;
use super::fields::Fields;
use super::what::What;

impl<'y> Lower<'y> {
    /// `teams:`; a team about which nothing can be read is still there.
    pub(super) fn teams(&mut self, fields: &Fields<'y>) -> Option<Vec<TeamNode>> {
        let node = fields.value(Key::Teams)?;
        let mut teams = Vec::new();
        for (key, body) in self.named_entries(node, What::Key(Key::Teams)) {
            self.check_line(&key, What::Entry(Key::Teams));
            let inner = self.fields(body, &TEAM, What::Named("team", &key.value));
            let mut team = TeamNode {
                key,
                name: None,
                tier: None,
                contact: None,
                hours: None,
            };
            if let Some(inner) = inner {
                team.name = self.text_of(&inner, Key::Name);
                team.tier = self.text_of(&inner, Key::Tier);
                team.contact = self.text_of(&inner, Key::Contact);
                team.hours = self.text_of(&inner, Key::Hours);
            }
            teams.push(team);
        }
        self.broken |= teams.is_empty() || node.lacks_entries();
        Some(teams)
    }
}
