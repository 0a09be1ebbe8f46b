//! Users in lists.

use serde_json::{Value, json};

use crate::store::{Role, User};

use super::super::age::shown;
use super::super::cases::lines::moment;
use super::super::{output, roles};

/// As columns.
pub fn table(users: &[User]) -> String {
    let head = ["NAME", "ROLES", "TEAMS", "SIGNED IN", "NOTE"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(users.iter().map(|user| {
        let teams = user.teams.join(", ");
        vec![
            user.name.to_string(),
            roles::words(user.roles),
            if teams.is_empty() {
                "all".to_owned()
            } else {
                teams
            },
            user.signed_in_at.map_or("never".to_owned(), shown),
            note(user).to_owned(),
        ]
    }));
    output::table(&rows)
}

const fn note(user: &User) -> &'static str {
    match (user.disabled_at, user.has_password) {
        (Some(_), _) => "disabled",
        (None, false) => "single sign-on alone",
        (None, true) => "",
    }
}

/// As JSON; moments are RFC 3339 in UTC.
pub fn json(user: &User) -> Value {
    let roles: Vec<&str> = user.roles.given().map(Role::name).collect();
    json!({
        "name": user.name.as_str(),
        "roles": roles,
        "teams": user.teams,
        "password": user.has_password,
        "made": moment(user.made_at),
        "signed_in": user.signed_in_at.map(moment),
        "disabled": user.disabled_at.map(moment),
    })
}
