//! Where a new password comes from: typed twice unseen, from a pipe, or made here.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};

use anyhow::{Context as _, bail, ensure};
use clap::Args;

use crate::store::{PasswordHash, SHORTEST_PASSWORD, StoreError, UserName, random_password};
use crate::terminal;

/// More is no password.
const LONGEST_LINE: u64 = 64 * 1024;

/// So often is asked for one that is good enough.
const TRIES: usize = 3;

/// How a password is chosen.
#[derive(Debug, Args)]
pub struct How {
    /// Read the password from standard input: its first line
    #[arg(long, conflicts_with = "generate")]
    password_stdin: bool,
    /// Make a password that nobody guesses, and print it once
    #[arg(long)]
    generate: bool,
}

/// A password that was chosen.
pub struct Chosen {
    pub hash: PasswordHash,
    /// One that was made here: nobody knows it yet.
    made: Option<String>,
}

impl Chosen {
    /// Gets a password; none if the person leaves.
    ///
    /// # Errors
    /// It is too weak, or there is no way to ask for it.
    pub fn ask(how: &How, name: &UserName) -> anyhow::Result<Option<Self>> {
        if how.generate {
            let made = random_password()?;
            return Ok(Some(Self {
                hash: PasswordHash::of(&made, name)?,
                made: Some(made),
            }));
        }
        let hash = if how.password_stdin {
            Some(PasswordHash::of(&first_line()?, name)?)
        } else {
            typed(name)?
        };
        Ok(hash.map(|hash| Self { hash, made: None }))
    }

    /// Prints the password if it was made here.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn tell(&self) -> io::Result<()> {
        match &self.made {
            None => Ok(()),
            Some(made) => {
                writeln!(io::stdout(), "{made}")?;
                writeln!(io::stderr(), "This is the password; it is shown this once.")
            }
        }
    }
}

fn first_line() -> anyhow::Result<String> {
    let mut line = String::new();
    let mut input = io::stdin().lock().take(LONGEST_LINE);
    input
        .read_line(&mut line)
        .context("the password on standard input cannot be read")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn typed(name: &UserName) -> anyhow::Result<Option<PasswordHash>> {
    ensure!(
        io::stdin().is_terminal() && io::stdout().is_terminal(),
        "there is no terminal to ask for the password; give it with --password-stdin, or let --generate make one"
    );
    for _ in 0..TRIES {
        let question = format!("Password for {name}, at least {SHORTEST_PASSWORD} characters");
        let Some(password) = terminal::ask_unseen(&question)? else {
            return Ok(None);
        };
        let hash = match PasswordHash::of(&password, name) {
            Err(StoreError::Unfit(why)) => {
                writeln!(io::stderr(), "No: {why}.")?;
                continue;
            }
            hashed => hashed?,
        };
        let Some(again) = terminal::ask_unseen("The same again")? else {
            return Ok(None);
        };
        if again == password {
            return Ok(Some(hash));
        }
        writeln!(io::stderr(), "No: the two are not the same.")?;
    }
    bail!("no password was chosen, so nothing was changed")
}
