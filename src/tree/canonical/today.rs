//! What is never pinned, put in place of what a stored library does not have.

use crate::tree::{Incident, Library, Team, TreeId};

/// See [`Library::with_todays`].
pub(super) fn with_todays(pinned: Library, today: &Library) -> Library {
    let own_id = |id: &TreeId| pinned.find(&today.tree(*id).name);
    let incident = |incident: &Incident| {
        let trees: Vec<TreeId> = incident.trees.iter().filter_map(own_id).collect();
        // An incident of trees that the pinned library does not have concerns none of its trees.
        let concerns = incident.trees.is_empty() || !trees.is_empty();
        concerns.then(|| Incident {
            trees,
            ..incident.clone()
        })
    };
    let incidents = today.incidents.iter().filter_map(incident).collect();
    let team = |team: Team| match today.team(&team.key) {
        Some(now) => Team {
            name: team.name,
            ..now.clone()
        },
        None => team,
    };
    Library {
        name: today.name.clone(),
        locale: today.locale.clone(),
        teams: pinned.teams.into_iter().map(team).collect(),
        glossary: today.glossary.clone(),
        incidents,
        theme: today.theme.clone(),
        ..pinned
    }
}
