//! Lists of the plain runner, and what is done with their entries: facts, trail, corrections, other trees, the note.

use std::io;

use crate::session::Reply;
use crate::terminal::answers;
use crate::terminal::history::{self, Entry};
use crate::terminal::markdown::inline;
use crate::terminal::style::Role;

use super::{Plain, Step};

/// How many trees are offered for a few words.
const OFFERED: usize = 5;

impl Plain<'_, '_> {
    pub(super) fn list_facts(&mut self) -> io::Result<Step> {
        let facts = history::facts(&self.walk.session);
        if facts.is_empty() {
            self.say("Nothing is known yet.")?;
        }
        for fact in facts {
            let names = if fact.what == fact.name.replace('_', " ") {
                String::new()
            } else {
                format!(" [{}]", fact.name)
            };
            self.say(&format!("  {}{names}: {}", fact.what, fact.came))?;
        }
        Ok(Step::Ask)
    }

    pub(super) fn list_trail(&mut self) -> io::Result<Step> {
        let trail = history::trail(&self.walk.session);
        if trail.is_empty() {
            self.say("This is the first question.")?;
        }
        for (at, entry) in trail.iter().enumerate() {
            self.say(&format!("  {}. {} -> {}", at + 1, entry.what, entry.came))?;
        }
        Ok(Step::Ask)
    }

    /// Corrects an earlier answer, found by its number in the trail or a name.
    pub(super) fn change(&mut self, which: &str, answer: &str) -> io::Result<Step> {
        let Some(entry) = self.find_entry(which) else {
            self.say(&format!(
                "There is no earlier answer \"{which}\"; trail lists them with their numbers."
            ))?;
            return Ok(Step::Ask);
        };
        let correction = entry
            .change
            .as_ref()
            .and_then(|what| history::correction(&self.walk.session, what));
        let Some(correction) = correction else {
            self.say("That cannot be changed by itself; go back to it with back, or change the answer that it follows from.")?;
            return Ok(Step::Ask);
        };
        match answers::read(
            &correction.takes,
            &correction.choices,
            answer,
            self.walk.now().day(),
        ) {
            Ok(Reply::Answer(value)) => {
                let changed = self.walk.change(correction.what, value);
                if changed.is_ok() {
                    self.say("Changed; the answers that still fit were kept.")?;
                }
                self.outcome(changed)
            }
            Ok(_) => Ok(Step::Ask),
            Err(expected) => {
                self.say(&inline(&correction.ask, Role::Body).text())?;
                self.say(&format!("Please give {expected}: change {which} ANSWER"))?;
                Ok(Step::Ask)
            }
        }
    }

    fn find_entry(&self, which: &str) -> Option<Entry> {
        let trail = history::trail(&self.walk.session);
        if let Some(at) = which
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1))
        {
            return trail.into_iter().nth(at);
        }
        let facts = history::facts(&self.walk.session);
        let mut named = facts
            .into_iter()
            .chain(trail.into_iter().rev())
            .filter(|entry| entry.name == which);
        let first = named.next()?;
        if first.change.is_some() {
            Some(first)
        } else {
            named.find(|entry| entry.change.is_some()).or(Some(first))
        }
    }

    /// Leaves for another tree, or offers those that fit the words.
    pub(super) fn other_tree(&mut self, words: &str) -> io::Result<Step> {
        let library = std::sync::Arc::clone(self.walk.session.library());
        if library.find(words).is_some() {
            let left = self.walk.leave(words);
            return self.outcome(left);
        }
        let found = (self.walk.find)(words, self.walk.session.audience());
        if found.is_empty() {
            self.say("No tree fits these words.")?;
            return Ok(Step::Ask);
        }
        self.say("These trees fit; type tree and a name:")?;
        for tree in found.into_iter().take(OFFERED).map(|id| library.tree(id)) {
            let title = inline(tree.about.title.0.source(), Role::Body).text();
            self.say(&format!("  {}: {title}", tree.name))?;
        }
        Ok(Step::Ask)
    }

    pub(super) fn print_note(&mut self) -> io::Result<Step> {
        let note = (self.walk.note)(&self.walk.session);
        for line in note.lines() {
            self.say(line)?;
        }
        Ok(Step::Ask)
    }
}
