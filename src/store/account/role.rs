//! What somebody may do.

use std::fmt;

/// What a person or a program may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Role {
    /// Walk as a customer does. For programs alone: people need no account for it.
    Customer,
    /// Walk with people: the desk.
    Agent,
    /// See what the statistics and feedback say about trees.
    Author,
    /// Everything.
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Customer, Self::Agent, Self::Author, Self::Admin];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Agent => "agent",
            Self::Author => "author",
            Self::Admin => "admin",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of roles.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Roles(u8);

impl Roles {
    /// Whether one may do what a role may: it is among them, or `admin` is.
    pub const fn allow(self, role: Role) -> bool {
        self.0 & (role.bit() | Role::Admin.bit()) != 0
    }

    /// Those that were given, in order.
    pub fn given(self) -> impl Iterator<Item = Role> {
        let is_given = move |role: &Role| self.0 & role.bit() != 0;
        Role::ALL.into_iter().filter(is_given)
    }

    /// Whether none was given.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Reads the words that [`fmt::Display`] writes; words of a newer fixpath allow nothing.
    pub(in crate::store) fn kept(text: &str) -> Self {
        let known = |word: &str| Role::ALL.into_iter().find(|role| role.name() == word);
        text.split(' ').filter_map(known).collect()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().fold(0, |all, role| all | role.bit()))
    }
}

impl fmt::Display for Roles {
    /// Words with spaces between them.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, role) in self.given().enumerate() {
            let space = if at > 0 { " " } else { "" };
            write!(out, "{space}{}", role.name())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Roles {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Roles({self})")
    }
}
