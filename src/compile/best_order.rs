//! The order of remedies with the least expected time, exactly: over all subsets of at most twelve remedies.
//!
//! A remedy that comes when others with odds p₁, p₂ … were tried before is needed in 1 − (p₁ + p₂ + …) of the cases,
//! for odds are shares of the same cases. The expected time of an order is the sum of each remedy's time by that share.
//! It is counted in whole milliseconds by millionths, so that ties are ties and not matters of rounding.

use std::time::Duration;

/// The most remedies that are ordered.
pub(super) const MAX_REMEDIES: usize = 12;

/// All cases, in millionths.
const ALL: u128 = 1_000_000;

/// A remedy with what its place in the order depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timed {
    milliseconds: u128,
    /// The share of cases that it solves, in millionths.
    solves: u128,
    /// The remedies that come before it, as bits.
    after: usize,
}

impl Timed {
    /// A remedy that takes so long, solves so many percent of the cases, and comes after those.
    pub fn new(takes: Duration, percent: f64, after: &[usize]) -> Self {
        Self {
            milliseconds: takes.as_millis(),
            solves: (percent.clamp(0.0, 100.0) * 10_000.0).round() as u128,
            after: after.iter().fold(0, |bits, at| bits | 1 << at),
        }
    }
}

/// The best order, by places; of several that are equally good the one nearest to the order as written. `None` where
/// remedies wait for one another, or there are more than [`MAX_REMEDIES`].
pub(super) fn best_order(remedies: &[Timed]) -> Option<Vec<usize>> {
    if remedies.len() > MAX_REMEDIES {
        return None;
    }
    let all = (1_usize << remedies.len()) - 1;
    let rest = rest_times(remedies, all);
    let mut done = 0;
    let mut order = Vec::with_capacity(remedies.len());
    while done != all {
        let wanted = (*rest.get(done)?)?;
        let (next, _) = choices(remedies, done)
            .find(|(at, cost)| time_with(&rest, done, *at, *cost) == Some(wanted))?;
        order.push(next);
        done |= 1 << next;
    }
    Some(order)
}

/// For each set of remedies that were tried, the least expected time of the others; `None` where there is no order.
fn rest_times(remedies: &[Timed], all: usize) -> Vec<Option<u128>> {
    let mut rest = vec![None; all + 1];
    if let Some(last) = rest.last_mut() {
        *last = Some(0);
    }
    for done in (0..all).rev() {
        let best = choices(remedies, done)
            .filter_map(|(at, cost)| time_with(&rest, done, at, cost))
            .min();
        if let Some(place) = rest.get_mut(done) {
            *place = best;
        }
    }
    rest
}

/// The expected time if this remedy comes next.
fn time_with(rest: &[Option<u128>], done: usize, at: usize, cost: u128) -> Option<u128> {
    rest.get(done | 1 << at)
        .copied()
        .flatten()
        .map(|rest| rest + cost)
}

/// The remedies that may come next, as written, each with its time by the share of cases that are still open.
fn choices(remedies: &[Timed], done: usize) -> impl Iterator<Item = (usize, u128)> {
    let solved: u128 = remedies
        .iter()
        .enumerate()
        .filter(|(at, _)| done >> at & 1 == 1)
        .map(|(_, remedy)| remedy.solves)
        .sum();
    let open = ALL.saturating_sub(solved);
    remedies
        .iter()
        .enumerate()
        .filter(move |(at, remedy)| done >> at & 1 == 0 && remedy.after & !done == 0)
        .map(move |(at, remedy)| (at, remedy.milliseconds * open))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::{prop_assert_eq, proptest};

    use super::{ALL, Timed, best_order};

    fn remedies(list: &[(u64, f64, &[usize])]) -> Vec<Timed> {
        list.iter()
            .map(|(seconds, odds, after)| Timed::new(Duration::from_secs(*seconds), *odds, after))
            .collect()
    }

    #[test]
    fn quick_and_likely_goes_first() {
        let order = best_order(&remedies(&[
            (600, 10.0, &[]),
            (60, 40.0, &[]),
            (60, 50.0, &[]),
        ]));
        assert_eq!(order, Some(vec![2, 1, 0]));
    }

    #[test]
    fn ties_stay_as_written() {
        let order = best_order(&remedies(&[
            (60, 10.0, &[]),
            (60, 10.0, &[]),
            (60, 10.0, &[]),
        ]));
        assert_eq!(order, Some(vec![0, 1, 2]));
    }

    #[test]
    fn what_waits_for_another_pulls_it_forward() {
        let order = best_order(&remedies(&[
            (60, 1.0, &[]),
            (30, 15.0, &[]),
            (1, 80.0, &[0]),
        ]));
        assert_eq!(order, Some(vec![0, 2, 1]));
    }

    #[test]
    fn a_ring_has_no_order() {
        assert_eq!(
            best_order(&remedies(&[(1, 1.0, &[1]), (1, 1.0, &[0])])),
            None
        );
    }

    /// Expected time of an order, and whether it respects `after`.
    fn time(remedies: &[Timed], order: &[usize]) -> Option<u128> {
        let (mut open, mut done, mut sum) = (ALL, 0_usize, 0);
        for at in order {
            let remedy = remedies[*at];
            if remedy.after & !done != 0 {
                return None;
            }
            sum += remedy.milliseconds * open;
            open = open.saturating_sub(remedy.solves);
            done |= 1 << at;
        }
        Some(sum)
    }

    fn permutations(count: usize) -> Vec<Vec<usize>> {
        if count == 0 {
            return vec![Vec::new()];
        }
        let shorter = permutations(count - 1);
        let insert = |order: &Vec<usize>| {
            (0..count).map({
                let order = order.clone();
                move |at| {
                    let mut order = order.clone();
                    order.insert(at, count - 1);
                    order
                }
            })
        };
        shorter.iter().flat_map(insert).collect()
    }

    proptest! {
        #[test]
        fn no_other_order_is_better_and_ties_are_as_written(
            list in proptest::collection::vec((1_u64..6, 0_u32..30, 0_usize..6), 1..6)
        ) {
            let remedies: Vec<Timed> = list
                .iter()
                .enumerate()
                .map(|(at, (seconds, odds, after))| {
                    let after: Vec<usize> = (*after < at).then_some(*after).into_iter().collect();
                    Timed::new(Duration::from_secs(*seconds), f64::from(*odds), &after)
                })
                .collect();
            let mut orders = permutations(remedies.len());
            orders.sort();
            let best = orders
                .iter()
                .filter_map(|order| time(&remedies, order).map(|time| (time, order.clone())))
                .min_by_key(|(time, _)| *time);
            prop_assert_eq!(best_order(&remedies), best.map(|(_, order)| order));
        }
    }
}
