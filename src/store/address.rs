//! Where a store is: a file, or a PostgreSQL server.

use std::fmt;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use super::error::{Result, StoreError};

/// Where a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A file of SQLite's.
    File(PathBuf),
    /// `postgres://user:password@host:port/database`, as libpq reads it.
    Postgres(String),
}

impl Address {
    /// Reads what `--store` or `FIXPATH_STORE` says.
    ///
    /// # Errors
    /// It names another kind of store, or nothing.
    pub fn parse(text: &str) -> Result<Self> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        if text.is_empty() || text.contains("://") {
            return Err(StoreError::NotAnAddress(format!(
                "\"{text}\" names no store; give a file, or postgres://USER:PASSWORD@HOST/DATABASE"
            )));
        }
        Ok(Self::File(PathBuf::from(text)))
    }

    /// The file in the user's data folder.
    ///
    /// # Errors
    /// The user has no home.
    pub fn default_file() -> Result<Self> {
        let no_home = |_| {
            StoreError::NotAnAddress(
                "there is no home folder to keep cases in; give a file with --store, or walk with --no-store".to_owned(),
            )
        };
        let folders = etcetera::choose_base_strategy().map_err(no_home)?;
        Ok(Self::File(
            folders.data_dir().join("fixpath").join("cases.db"),
        ))
    }

    /// The file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Postgres(_) => None,
        }
    }
}

impl fmt::Display for Address {
    /// Without the password.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(out, "{}", path.display()),
            Self::Postgres(url) => out.write_str(&without_password(url)),
        }
    }
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return "postgres://…".to_owned();
    };
    // What follows `?` can hold a password, too.
    let rest = rest.split('?').next().unwrap_or_default();
    match rest.rsplit_once('@') {
        Some((who, place)) => {
            let user = who.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{place}")
        }
        None => format!("{scheme}://{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn a_password_is_not_shown() {
        for url in [
            "postgres://desk:s3cret@db.example:5432/fixpath",
            "postgres://desk@db.example:5432/fixpath?password=s3cret",
            "postgresql://desk:s3@cret@db.example/fixpath",
        ] {
            let shown = Address::parse(url).unwrap().to_string();
            assert!(!shown.contains("cret"), "{shown}");
            assert!(shown.contains("desk@db.example"), "{shown}");
        }
    }

    #[test]
    fn other_kinds_of_store_are_refused() {
        for text in ["", "mysql://db/fixpath", "https://example.org"] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
        assert_eq!(
            Address::parse("cases.db").unwrap().to_string(),
            "cases.db".to_owned()
        );
    }
}
