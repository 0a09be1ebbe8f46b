//! How much one sender, and one case, may ask for: enough for a large office behind one address, too little to fill the
//! store or to guess. Each process counts for itself.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;

use axum::extract::Request;
use axum::http::Method;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::store::CaseId;

use super::peer::household;
use super::state::Web;
use super::trouble::Trouble;

/// A sender may ask for this many seconds' worth at once.
const BURST: u32 = 5;
/// Of so many requests one may begin a case.
const BEGINNINGS: u32 = 10;
/// So many codes a second may be tried by one sender, and so many at once: more than a desk types, far too few to find one
/// of 2^40.
const CODES: u32 = 2;
const CODES_AT_ONCE: u32 = 20;
/// Where codes are tried.
const WITH_A_CODE: [&str; 2] = ["/desk/take", "/api/v1/take"];
/// A case takes so many requests a second, and no more than one sender may make.
const CASE: u32 = 20;

/// What is counted; nothing where there is no limit.
#[derive(Debug, Default)]
pub struct Limits {
    all: Option<DefaultKeyedRateLimiter<IpAddr>>,
    beginnings: Option<DefaultKeyedRateLimiter<IpAddr>>,
    codes: Option<DefaultKeyedRateLimiter<IpAddr>>,
    cases: Option<DefaultKeyedRateLimiter<String>>,
}

impl Limits {
    /// So many requests a second of one sender; 0 is no limit.
    pub fn new(rate: u32) -> Self {
        Self {
            all: limiter(rate, BURST),
            beginnings: limiter(rate.div_ceil(BEGINNINGS), BURST),
            codes: limiter(if rate == 0 { 0 } else { CODES }, CODES_AT_ONCE / CODES),
            cases: limiter(rate.min(CASE), BURST),
        }
    }

    /// Forgets who has not asked lately.
    pub fn tidy(&self) {
        for limiter in [&self.all, &self.beginnings, &self.codes]
            .into_iter()
            .flatten()
        {
            limiter.retain_recent();
        }
        if let Some(cases) = &self.cases {
            cases.retain_recent();
        }
    }

    /// Whether a case may be asked for now by somebody who may: a program, an agent. Whoever may not is refused before,
    /// so that nobody keeps others from a case whose name he has heard.
    ///
    /// # Errors
    /// It was asked for too often.
    pub fn admit_case(&self, case: &CaseId) -> Result<(), Trouble> {
        check(self.cases.as_ref(), &case.as_str().to_owned())
    }

    /// Whether this sender may go on now.
    fn admit(&self, sender: IpAddr, method: &Method, path: &str) -> Result<(), Trouble> {
        // Without these no page is legible, also the one that says to wait; they cost nothing.
        if path.starts_with("/assets/") || path == "/theme.css" {
            return Ok(());
        }
        check(self.all.as_ref(), &sender)?;
        if *method != Method::POST {
            return Ok(());
        }
        if path.starts_with("/t/") {
            check(self.beginnings.as_ref(), &sender)?;
        }
        if WITH_A_CODE.contains(&path) {
            check(self.codes.as_ref(), &sender)?;
        }
        // By its whole address, which nobody guesses.
        match path.strip_prefix("/c/") {
            Some(case) => check(self.cases.as_ref(), &case.to_owned()),
            None => Ok(()),
        }
    }
}

/// So many a second, and so many seconds' worth at once.
fn limiter<K: Hash + Eq + Clone>(rate: u32, seconds: u32) -> Option<DefaultKeyedRateLimiter<K>> {
    let rate = NonZeroU32::new(rate)?;
    let burst = rate.saturating_mul(NonZeroU32::new(seconds)?);
    Some(RateLimiter::keyed(
        Quota::per_second(rate).allow_burst(burst),
    ))
}

fn check<K: Hash + Eq + Clone>(
    limiter: Option<&DefaultKeyedRateLimiter<K>>,
    key: &K,
) -> Result<(), Trouble> {
    let Some(limiter) = limiter else {
        return Ok(());
    };
    limiter.check_key(key).map_err(|not_until| {
        let wait = not_until.wait_time_from(DefaultClock::default().now());
        Trouble::TooMany(wait.as_secs() + 1)
    })
}

/// Refuses who asks for too much.
///
/// # Errors
/// It is too much, and how long to wait.
pub fn admit(web: &Web, request: &Request) -> Result<(), Trouble> {
    let sender = household(web.proxies.peer(request));
    let path = request.uri().path();
    web.limits.admit(sender, request.method(), path)
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::Limits;
    use crate::store::CaseId;
    use crate::web::trouble::Trouble;

    #[test]
    fn who_asks_for_too_much_waits_and_others_do_not() {
        let limits = Limits::new(10);
        let one = "192.0.2.1".parse().unwrap();
        let other = "192.0.2.2".parse().unwrap();
        for _ in 0..50 {
            limits.admit(one, &Method::GET, "/").unwrap();
        }
        let refused = limits.admit(one, &Method::GET, "/");
        assert_eq!(refused, Err(Trouble::TooMany(1)));
        limits.admit(other, &Method::GET, "/").unwrap();
        limits
            .admit(one, &Method::GET, "/assets/1/base.css")
            .unwrap();
        // Beginning a case is a tenth of it.
        for _ in 0..5 {
            limits.admit(other, &Method::POST, "/t/a").unwrap();
        }
        assert!(limits.admit(other, &Method::POST, "/t/a").is_err());
        limits.admit(other, &Method::POST, "/c/x").unwrap();
        // Codes are tried a few at a time, at whichever face.
        for at in 0..20 {
            let path = if at % 2 == 0 {
                "/desk/take"
            } else {
                "/api/v1/take"
            };
            limits.admit(other, &Method::POST, path).unwrap();
        }
        assert!(limits.admit(other, &Method::POST, "/desk/take").is_err());
        let none = Limits::new(0);
        for _ in 0..1_000 {
            none.admit(one, &Method::POST, "/t/a").unwrap();
            none.admit(one, &Method::POST, "/desk/take").unwrap();
        }
    }

    #[test]
    fn a_case_that_is_asked_for_too_often_waits_and_others_do_not() {
        let limits = Limits::new(50);
        let case = CaseId::random().unwrap();
        for _ in 0..100 {
            limits.admit_case(&case).unwrap();
        }
        assert_eq!(limits.admit_case(&case), Err(Trouble::TooMany(1)));
        limits.admit_case(&CaseId::random().unwrap()).unwrap();
        let none = Limits::new(0);
        for _ in 0..1_000 {
            none.admit_case(&case).unwrap();
        }
    }
}
