//! Room for connections: for so many at all, and of each sender for a share of them, so that one who opens many and leaves
//! them open (or does not read what is answered) keeps nobody else out.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::peer::{Proxies, household};

/// So many connections at once; more wait to be taken.
const CONNECTIONS: usize = 4_096;
/// So many of one sender.
const OF_ONE: usize = 512;

/// Who has how many connections.
type Taken = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// The room.
#[derive(Debug)]
pub struct Room {
    all: Arc<Semaphore>,
    taken: Taken,
    of_one: usize,
}

/// A place for one connection, free again when it is dropped.
#[derive(Debug)]
pub struct Place {
    taken: Taken,
    /// None of whom there may be as many as come: a proxy of ours, this computer.
    sender: Option<IpAddr>,
    _one: OwnedSemaphorePermit,
}

impl Default for Room {
    fn default() -> Self {
        Self::new(CONNECTIONS, OF_ONE)
    }
}

impl Room {
    fn new(all: usize, of_one: usize) -> Self {
        Self {
            all: Arc::new(Semaphore::new(all)),
            taken: Taken::default(),
            of_one,
        }
    }

    /// Waits until there is room for one more.
    pub async fn wait(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.all).acquire_owned().await.ok()
    }

    /// A place for whoever has come; `None` where they have enough.
    pub fn place(
        &self,
        one: OwnedSemaphorePermit,
        peer: IpAddr,
        proxies: &Proxies,
    ) -> Option<Place> {
        let peer = peer.to_canonical();
        let is_counted = !(peer.is_loopback() || proxies.contains(peer));
        let sender = is_counted.then(|| household(peer));
        if let Some(sender) = sender {
            let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
            let own = taken.entry(sender).or_default();
            if *own >= self.of_one {
                return None;
            }
            *own += 1;
        }
        Some(Place {
            taken: Arc::clone(&self.taken),
            sender,
            _one: one,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(sender) = self.sender else { return };
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.get_mut(&sender) {
            *own -= 1;
            if *own == 0 {
                taken.remove(&sender);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, Proxies, Room};

    async fn come(room: &Room, from: &str) -> Option<Place> {
        let proxies = Proxies::new(vec!["10.0.0.0/8".parse().unwrap()]);
        let one = room.wait().await.unwrap();
        room.place(one, from.parse().unwrap(), &proxies)
    }

    #[tokio::test]
    async fn one_sender_does_not_take_all_places() {
        let room = Room::new(8, 2);
        let first = come(&room, "192.0.2.1").await;
        let second = come(&room, "::ffff:192.0.2.1").await;
        assert!(first.is_some() && second.is_some());
        assert!(come(&room, "192.0.2.1").await.is_none());
        let others = [
            come(&room, "192.0.2.2").await,
            come(&room, "2001:db8::1").await,
        ];
        assert!(others.iter().all(Option::is_some));
        // A proxy of ours brings many people, and so does one on this computer.
        let proxies = [
            come(&room, "10.0.0.1").await,
            come(&room, "10.0.0.1").await,
            come(&room, "10.0.0.1").await,
            come(&room, "127.0.0.1").await,
        ];
        assert!(proxies.iter().all(Option::is_some));
        assert_eq!(room.all.available_permits(), 0);
        drop(first);
        assert!(come(&room, "192.0.2.1").await.is_some());
        drop((second, others, proxies));
        assert_eq!(room.all.available_permits(), 8);
        assert!(room.taken.lock().unwrap().is_empty());
    }
}
