//! `fixpath token`: with what other programs come to the API.

use std::io::{self, Write as _};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::store::{NewToken, Role, Store, Token};

use super::age::{self, shown};
use super::cases::lines::moment;
use super::keep::{self, Who};
use super::list::ListFormat;
use super::output::{Exit, table};
use super::roles::{self, Program};

/// Say which programs may use the API, by tokens
#[derive(Debug, Args)]
pub struct Command {
    #[command(subcommand)]
    action: Action,
}

/// What to do with tokens.
#[derive(Debug, Subcommand)]
enum Action {
    /// Let a program in: prints its token, once
    Add(Add),
    /// List the tokens, but not what they are
    List {
        /// How they are printed
        #[arg(long, value_enum, default_value = "table")]
        format: ListFormat,
    },
    /// End a token for good
    Remove {
        /// Its name
        name: String,
    },
}

/// A new token.
#[derive(Debug, Args)]
struct Add {
    /// What it is for: the program's name
    name: String,
    /// What the program may do (may be repeated)
    #[arg(long = "role", value_enum, required = true, value_delimiter = ',')]
    roles: Vec<Program>,
    /// How long it is good for, like 90d (default: until it is removed)
    #[arg(long, value_name = "TIME", value_parser = age::span)]
    expires: Option<i64>,
    #[command(flatten)]
    who: Who,
}

/// Does it.
///
/// # Errors
/// There is no such token, or one already, or the store cannot be used.
pub fn run(command: &Command, store: Option<&str>) -> anyhow::Result<Exit> {
    let store = keep::open(store)?;
    match &command.action {
        Action::Add(new) => add(new, &store)?,
        Action::List { format } => list(&store, *format)?,
        Action::Remove { name } => {
            store.remove_token(name).wait()?;
            writeln!(io::stderr(), "The token {name} is good for nothing now.")?;
        }
    }
    Ok(Exit::Success)
}

fn add(new: &Add, store: &Store) -> anyhow::Result<()> {
    let expires_at = new.expires.map(|span| now().saturating_add(span));
    let token = NewToken {
        name: new.name.clone(),
        roles: roles::set(&new.roles),
        made_by: new.who.agent(),
        expires_at,
    };
    let roles = roles::words(token.roles);
    let bearer = store.add_token(token).wait()?;
    writeln!(io::stdout(), "{}", bearer.as_str())?;
    let until = match expires_at {
        Some(until) => format!("until {}", shown(until)),
        None => format!("until `fixpath token remove {}`", new.name),
    };
    writeln!(
        io::stderr(),
        "This is the token for {}; it is shown this once. Good for: {roles}, {until}.",
        new.name
    )?;
    Ok(())
}

fn list(store: &Store, format: ListFormat) -> anyhow::Result<()> {
    let tokens = store.tokens().wait()?;
    let mut out = io::stdout().lock();
    match format {
        ListFormat::Table if tokens.is_empty() => {
            writeln!(
                io::stderr(),
                "There are no tokens; `fixpath token add NAME --role customer` makes one."
            )?;
        }
        ListFormat::Table => write!(out, "{}", as_table(&tokens))?,
        ListFormat::Json => {
            let rows: Vec<_> = tokens.iter().map(as_json).collect();
            writeln!(out, "{:#}", json!(rows))?;
        }
    }
    Ok(())
}

fn as_table(tokens: &[Token]) -> String {
    let head = ["NAME", "ROLES", "MADE BY", "MADE", "GOOD UNTIL", "USED"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(tokens.iter().map(|token| {
        let until = match token.expires_at {
            None => "removed".to_owned(),
            Some(at) if at <= now() => format!("{} (over)", shown(at)),
            Some(at) => shown(at),
        };
        vec![
            token.name.to_string(),
            roles::words(token.roles),
            token.made_by.as_deref().unwrap_or("-").to_owned(),
            shown(token.made_at),
            until,
            token.used_at.map_or("never".to_owned(), shown),
        ]
    }));
    table(&rows)
}

fn as_json(token: &Token) -> Value {
    let roles: Vec<&str> = token.roles.given().map(Role::name).collect();
    json!({
        "name": token.name,
        "roles": roles,
        "made_by": token.made_by,
        "made": moment(token.made_at),
        "expires": token.expires_at.map(moment),
        "used": token.used_at.map(moment),
    })
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
