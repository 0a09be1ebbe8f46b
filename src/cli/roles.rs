//! Roles as they are typed.

use clap::ValueEnum;

use crate::store::{Role, Roles};

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Person {
    /// Walk with callers: the desk
    Agent,
    /// See what statistics and feedback say about the trees
    Author,
    /// Everything
    Admin,
}

/// What a program may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Program {
    /// Walk as customers do: it sees nothing that is meant for agents
    Customer,
    /// What agents may
    Agent,
    /// What authors may
    Author,
    /// Everything
    Admin,
}

impl From<Person> for Role {
    fn from(person: Person) -> Self {
        match person {
            Person::Agent => Self::Agent,
            Person::Author => Self::Author,
            Person::Admin => Self::Admin,
        }
    }
}

impl From<Program> for Role {
    fn from(program: Program) -> Self {
        match program {
            Program::Customer => Self::Customer,
            Program::Agent => Self::Agent,
            Program::Author => Self::Author,
            Program::Admin => Self::Admin,
        }
    }
}

/// The set of those that were typed.
pub fn set(typed: &[impl Into<Role> + Copy]) -> Roles {
    typed.iter().map(|role| (*role).into()).collect()
}

/// As a list for people.
pub fn words(roles: Roles) -> String {
    let names: Vec<&str> = roles.given().map(Role::name).collect();
    names.join(", ")
}
