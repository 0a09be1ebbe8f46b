//! Who asks: the address at the other end, or the one that a proxy we trust names (`X-Forwarded-For`). Anybody can write
//! that header, so nobody else is believed.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderName, Request};
use ipnet::IpNet;

/// The proxies in front of us.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Vec<IpNet>);

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

impl Proxies {
    /// Those in these networks.
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    /// Whether this is one of them.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whether a request comes through one of them.
    pub fn sent<B>(&self, request: &Request<B>) -> bool {
        self.brought(request.extensions())
    }

    /// As [`Self::sent`], by what comes with a request.
    pub fn brought(&self, extensions: &Extensions) -> bool {
        connected(extensions).is_some_and(|address| self.contains(address))
    }

    /// The address that asks: the last one that no proxy of ours has.
    pub fn peer<B>(&self, request: &Request<B>) -> IpAddr {
        let Some(connected) = connected(request.extensions()) else {
            return IpAddr::V6(Ipv6Addr::UNSPECIFIED);
        };
        if !self.contains(connected) {
            return connected;
        }
        let named = request.headers().get_all(FORWARDED_FOR).iter().rev();
        let named = named.filter_map(|value| value.to_str().ok());
        let hops = named.flat_map(|value| value.rsplit(','));
        let mut peer = connected;
        for hop in hops {
            let Ok(address) = hop.trim().parse() else {
                break;
            };
            peer = address;
            if !self.contains(peer) {
                break;
            }
        }
        peer
    }
}

fn connected(extensions: &Extensions) -> Option<IpAddr> {
    let info = extensions.get::<ConnectInfo<SocketAddr>>()?;
    Some(info.0.ip().to_canonical())
}

/// What counts as one sender: an IPv4 address, or the network of 64 bits that one household has (RFC 6177).
pub fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => {
            let network = six.to_bits() & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from_bits(network))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::extract::ConnectInfo;
    use axum::http::Request;

    use super::{Proxies, household};

    fn peer(connected: &str, forwarded: &[&str]) -> String {
        let proxies = Proxies::new(vec!["10.0.0.0/8".parse().unwrap()]);
        let mut request = Request::builder().uri("/");
        for value in forwarded {
            request = request.header("x-forwarded-for", *value);
        }
        let mut request = request.body(()).unwrap();
        let address: SocketAddr = format!("{connected}:80").parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(address));
        proxies.peer(&request).to_string()
    }

    #[test]
    fn only_our_proxies_are_believed() {
        assert_eq!(peer("198.51.100.7", &["192.0.2.1"]), "198.51.100.7");
        assert_eq!(peer("10.0.0.1", &["192.0.2.1"]), "192.0.2.1");
        // What the sender wrote itself stands before what our proxies add.
        assert_eq!(
            peer("10.0.0.1", &["203.0.113.9, 192.0.2.1, 10.2.2.2"]),
            "192.0.2.1"
        );
        assert_eq!(peer("10.0.0.1", &["203.0.113.9", "192.0.2.1"]), "192.0.2.1");
        assert_eq!(peer("10.0.0.1", &["nonsense"]), "10.0.0.1");
        assert_eq!(peer("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn a_household_is_one_sender() {
        let of = |text: &str| household(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("192.0.2.1"), "192.0.2.1");
    }
}
