//! Trying to sign in. Who fails often must wait, longer each time, whichever process is asked: by the name that is tried
//! and by the address from which it is. A name that there is not costs the same time and gets the same answer.

use std::net::IpAddr;
use std::time::Duration;

use super::super::bearer::digest;
use super::super::connection::{Connection, Param};
use super::super::error::Result;
use super::name::UserName;
use super::password::{self, PasswordHash};
use super::user::{self, User};

/// The first wait is one second, each further one twice the one before.
#[derive(Debug)]
struct Patience {
    /// So many may fail without a wait.
    free: i64,
    /// No wait is longer.
    longest: Duration,
}

/// With one name. The longest wait is short, so that a stranger cannot keep somebody out of their own account for long.
const NAME: Patience = Patience {
    free: 5,
    longest: Duration::from_mins(1),
};

/// From one address, behind which there may be a whole house.
const ADDRESS: Patience = Patience {
    free: 20,
    longest: Duration::from_mins(15),
};

/// Failures older than that are forgotten.
const MEMORY: Duration = Duration::from_hours(24);

/// Who tries.
#[derive(Debug, Clone)]
pub(super) struct Tried {
    /// What was typed as the name, if it is one.
    name: Option<UserName>,
    /// What is counted: the digests of the name and of the address.
    digests: [(String, &'static Patience); 2],
}

/// Somebody who wants to sign in and may try now. It counts as failed until the store lets them in.
#[derive(Debug)]
pub struct Attempt {
    pub(super) user: Option<User>,
    pub(super) hash: Option<PasswordHash>,
    pub(super) tried: Tried,
}

/// Somebody whose password was right.
#[derive(Debug)]
pub struct Proven {
    pub(super) user: User,
    pub(super) hash: PasswordHash,
    pub(super) tried: Tried,
}

/// Whether one may try.
#[derive(Debug)]
pub enum Gate {
    /// Yes, once.
    Open(Attempt),
    /// Not before that time has passed.
    Wait(Duration),
}

impl Attempt {
    /// Whether the password is right. Slow on purpose, and as slow for a name that there is not: not in a thread on which
    /// others wait.
    pub fn check(self, password: &str) -> Option<Proven> {
        let is_right = password::is_right(self.hash.as_ref(), password);
        let (user, hash) = self.user.zip(self.hash)?;
        (is_right && user.disabled_at.is_none()).then_some(Proven {
            user,
            hash,
            tried: self.tried,
        })
    }
}

impl Tried {
    pub(super) fn new(name: &str, address: IpAddr) -> Self {
        let name_digest = digest(&format!("name {}", name.trim().to_lowercase()));
        let address_digest = digest(&format!("address {}", network(address)));
        Self {
            name: name.parse().ok(),
            digests: [(name_digest, &NAME), (address_digest, &ADDRESS)],
        }
    }
}

/// Of IPv6 a house has the first 64 bits and can choose all others.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        address @ IpAddr::V4(_) => address,
    }
}

impl Patience {
    fn wait(&self, failures: i64) -> Duration {
        let over = failures - self.free;
        if over < 0 {
            return Duration::ZERO;
        }
        Duration::from_secs(1 << over.min(20)).min(self.longest)
    }
}

/// Counts an attempt as failed, unless one must wait; what is tried at the same moment is counted one after the other.
pub(super) fn begin(connection: &mut dyn Connection, tried: &Tried, now: i64) -> Result<Gate> {
    // Looked at first without writing: who hammers at the door costs little.
    let wait = match wait(&counted(connection, tried)?, now) {
        Some(wait) => Some(wait),
        None => count(connection, tried, now)?,
    };
    if let Some(wait) = wait {
        return Ok(Gate::Wait(wait));
    }
    let found = match &tried.name {
        Some(name) => user::find(connection, name)?,
        None => None,
    };
    let (user, hash) = found.unzip();
    Ok(Gate::Open(Attempt {
        user,
        hash: hash.flatten(),
        tried: tried.clone(),
    }))
}

/// Counts it, or says how long one must wait.
fn count(connection: &mut dyn Connection, tried: &Tried, now: i64) -> Result<Option<Duration>> {
    connection.transaction(|connection| {
        forget(connection, now)?;
        lock(connection, tried, now)?;
        let counted = counted(connection, tried)?;
        if let Some(wait) = wait(&counted, now) {
            return Ok(Some(wait));
        }
        for ((digest, patience), (failures, _)) in tried.digests.iter().zip(counted) {
            let wait = i64::try_from(patience.wait(failures + 1).as_millis()).unwrap_or(i64::MAX);
            connection.execute(
                "UPDATE attempt SET failures = failures + 1, last_at = $1, free_at = $2 WHERE digest = $3",
                &[
                    Param::Int(now),
                    Param::Int(now.saturating_add(wait)),
                    Param::Text(digest),
                ],
            )?;
        }
        Ok(None)
    })
}

/// Nobody else counts them until the transaction ends. Locked in one order: the name first.
fn lock(connection: &mut dyn Connection, tried: &Tried, now: i64) -> Result<()> {
    for (digest, _) in &tried.digests {
        connection.execute(
            "INSERT INTO attempt (digest, failures, last_at, free_at) VALUES ($1, 0, $2, 0) ON CONFLICT (digest) DO UPDATE SET failures = attempt.failures",
            &[Param::Text(digest), Param::Int(now)],
        )?;
    }
    Ok(())
}

/// How often each has failed, and when it may be tried again.
fn counted(connection: &mut dyn Connection, tried: &Tried) -> Result<[(i64, i64); 2]> {
    let sql = "SELECT failures, free_at FROM attempt WHERE digest = $1";
    let mut counted = [(0, 0); 2];
    for (counted, (digest, _)) in counted.iter_mut().zip(&tried.digests) {
        let found = connection.first(sql, &[Param::Text(digest)], |row| {
            row.int(0).zip(row.int(1))
        })?;
        *counted = found.flatten().unwrap_or_default();
    }
    Ok(counted)
}

fn wait(counted: &[(i64, i64)], now: i64) -> Option<Duration> {
    let free_at = counted.iter().map(|(_, free_at)| *free_at).max()?;
    let left = u64::try_from(free_at - now).ok().filter(|left| *left > 0)?;
    Some(Duration::from_millis(left))
}

fn forget(connection: &mut dyn Connection, now: i64) -> Result<()> {
    let oldest = now - i64::try_from(MEMORY.as_millis()).unwrap_or_default();
    let sql = "DELETE FROM attempt WHERE last_at < $1";
    connection.execute(sql, &[Param::Int(oldest)])?;
    Ok(())
}

/// It was right after all: the name is free again, and at the address it is as if nobody had tried.
pub(super) fn succeeded(connection: &mut dyn Connection, tried: &Tried) -> Result<()> {
    let [(name, _), (address, _)] = &tried.digests;
    let sql = "DELETE FROM attempt WHERE digest = $1";
    connection.execute(sql, &[Param::Text(name)])?;
    let sql = "UPDATE attempt SET failures = failures - 1, free_at = 0 WHERE digest = $1 AND failures > 0";
    connection.execute(sql, &[Param::Text(address)])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{ADDRESS, NAME, network};

    #[test]
    fn waits_grow_and_end() {
        let name =
            [0, 4, 5, 6, 8, 11, 12, 99, i64::MAX].map(|failures| NAME.wait(failures).as_secs());
        assert_eq!(name, [0, 0, 1, 2, 8, 60, 60, 60, 60]);
        assert_eq!(ADDRESS.wait(19), Duration::ZERO);
        assert_eq!(ADDRESS.wait(i64::MAX), Duration::from_mins(15));
    }

    #[test]
    fn a_house_is_one_address() {
        let of = |address: &str| network(address.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(of("192.0.2.7"), "192.0.2.7");
    }
}
