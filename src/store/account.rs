//! Who may come in: people with a name and a password, and programs with a token. It shows no page and knows no cookie;
//! what is done with a role is decided by whoever asks.
//!
//! Signing in takes three calls, because hashing is slow and must not hold up the store: [`Store::attempt`] says whether
//! one may try now, [`Attempt::check`] looks at the password in a thread of the caller's, [`Store::sign_in`] lets in.

mod attempt;
mod name;
mod password;
mod role;
mod sign_in;
mod token;
mod user;

use std::net::IpAddr;

pub use attempt::{Attempt, Gate, Proven};
pub use name::UserName;
pub use password::{PasswordHash, SHORTEST_PASSWORD, random_password};
pub use role::{Role, Roles};
pub use sign_in::{IDLE_SIGN_IN, LONGEST_SIGN_IN, SignedIn};
pub use token::{NewToken, TOKEN_PREFIX, Token};
pub use user::{NewUser, User, UserChange};

use super::bearer::Bearer;
use super::error::Result;
use super::secret::{self, Secret};
use super::ticket::Ticket;
use super::worker::Desk;
use super::{Store, now};
use attempt::Tried;

impl Store {
    /// Lets somebody sign in from now on.
    ///
    /// The ticket says [`UserExists`](super::StoreError::UserExists) if the name is taken.
    pub fn add_user(&self, new: NewUser) -> Ticket<()> {
        self.writer
            .run(move |desk| user::add(desk.connection.as_mut(), &new, now()))
    }

    /// All who may sign in, by name.
    pub fn users(&self) -> Ticket<Vec<User>> {
        self.reader()
            .run(|desk| user::list(desk.connection.as_mut()))
    }

    /// The user of that name, for who was let in by somebody else who is trusted; disabled ones, too.
    pub fn user(&self, name: UserName) -> Ticket<Option<User>> {
        let find = move |desk: &mut Desk| {
            let found = user::find(desk.connection.as_mut(), &name)?;
            Ok(found.map(|(user, _)| user))
        };
        self.reader().run(find)
    }

    /// Changes what somebody may do, or the password; ends all that they are signed in to.
    ///
    /// The ticket says [`NoSuchUser`](super::StoreError::NoSuchUser) where there is none.
    pub fn change_user(&self, name: UserName, change: UserChange) -> Ticket<()> {
        self.writer
            .run(move |desk| user::change(desk.connection.as_mut(), &name, &change, now()))
    }

    /// Takes somebody out, and ends all that they are signed in to. Cases keep the name.
    ///
    /// The ticket says [`NoSuchUser`](super::StoreError::NoSuchUser) where there is none.
    pub fn remove_user(&self, name: UserName) -> Ticket<()> {
        self.writer
            .run(move |desk| user::remove(desk.connection.as_mut(), &name))
    }

    /// Whether somebody may try to sign in now, by the name as it was typed and the address from which they come. The
    /// attempt counts as failed until [`Store::sign_in`] lets them in.
    pub fn attempt(&self, name: &str, address: IpAddr) -> Ticket<Gate> {
        let tried = Tried::new(name, address);
        self.writer
            .run(move |desk| attempt::begin(desk.connection.as_mut(), &tried, now()))
    }

    /// Lets somebody in whose password was right: gives what their browser shows from now on. Nothing, if the account was
    /// changed in between.
    pub fn sign_in(&self, proven: Proven) -> Ticket<Option<Bearer>> {
        self.writer
            .run(move |desk| sign_in::begin(desk.connection.as_mut(), &proven, now()))
    }

    /// Who is signed in with what a browser shows.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn signed_in(&self, shown: &str) -> Result<Option<SignedIn>> {
        let shown = shown.to_owned();
        let find = {
            let shown = shown.clone();
            move |desk: &mut Desk| sign_in::find(desk.connection.as_mut(), &shown, now())
        };
        let found = self.reader().run(find).await?;
        if found.as_ref().is_some_and(|found| found.is_to_be_noted) {
            let seen =
                move |desk: &mut Desk| sign_in::seen(desk.connection.as_mut(), &shown, now());
            self.writer.run(seen).await?;
        }
        Ok(found)
    }

    /// Ends what a browser is signed in to.
    pub fn sign_out(&self, shown: &str) -> Ticket<()> {
        let shown = shown.to_owned();
        self.writer
            .run(move |desk| sign_in::end(desk.connection.as_mut(), &shown))
    }

    /// Lets a program come in: gives what it shows from now on, which nobody can be told again.
    ///
    /// The ticket says [`TokenExists`](super::StoreError::TokenExists) if the name is taken.
    pub fn add_token(&self, new: NewToken) -> Ticket<Bearer> {
        self.writer
            .run(move |desk| token::add(desk.connection.as_mut(), &new, now()))
    }

    /// All tokens, by name; those that have ended, too.
    pub fn tokens(&self) -> Ticket<Vec<Token>> {
        self.reader()
            .run(|desk| token::list(desk.connection.as_mut()))
    }

    /// The token that a program shows, if it is good.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn token(&self, shown: &str) -> Result<Option<Token>> {
        let shown = shown.to_owned();
        let find = {
            let shown = shown.clone();
            move |desk: &mut Desk| token::find(desk.connection.as_mut(), &shown, now())
        };
        let Some((token, is_to_be_noted)) = self.reader().run(find).await? else {
            return Ok(None);
        };
        if is_to_be_noted {
            let used = move |desk: &mut Desk| token::used(desk.connection.as_mut(), &shown, now());
            self.writer.run(used).await?;
        }
        Ok(Some(token))
    }

    /// Ends a token for good.
    ///
    /// The ticket says [`NoSuchToken`](super::StoreError::NoSuchToken) where there is none.
    pub fn remove_token(&self, name: &str) -> Ticket<()> {
        let name = name.to_owned();
        self.writer
            .run(move |desk| token::remove(desk.connection.as_mut(), &name))
    }

    /// The secret that all processes on this store share; made if there is none yet.
    pub fn secret(&self) -> Ticket<Secret> {
        self.writer
            .run(|desk| secret::load(desk.connection.as_mut()))
    }

    /// The secret, if there is one: a store that was put in this one's place has none, or another.
    pub fn secret_there(&self) -> Ticket<Option<Secret>> {
        self.reader()
            .run(|desk| secret::find(desk.connection.as_mut()))
    }
}
