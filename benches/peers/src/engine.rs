//! The engines behind one face.

mod bladeink;
mod fixpath;
mod yarnspinner;

use std::time::Instant;

use crate::{Measured, peak_memory};

/// Replies measured in one process.
const REPLIES: usize = 50_000;

/// A script that is being walked.
trait Walk {
    /// Takes the answer of that place and goes on to the next prompt; `false` at the end of a walk.
    fn answer(&mut self, at: usize) -> bool;
    /// Begins a new walk, up to its first prompt.
    fn restart(&mut self);
}

/// An engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// This project.
    Fixpath,
    /// ink.
    Bladeink,
    /// Yarn Spinner.
    Yarnspinner,
}

impl Engine {
    /// In the order in which they take turns.
    pub const ALL: [Self; 3] = [Self::Fixpath, Self::Bladeink, Self::Yarnspinner];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fixpath => "fixpath",
            Self::Bladeink => "bladeink",
            Self::Yarnspinner => "yarnspinner",
        }
    }

    /// The engine of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }

    /// Compiles, loads and walks a script of that size.
    pub fn measure(self, size: usize) -> Measured {
        match self {
            Self::Fixpath => measure(&crate::generate::yaml(size), fixpath::start),
            Self::Bladeink => measure(&crate::generate::ink(size), bladeink::start),
            Self::Yarnspinner => measure(&crate::generate::yarn(size), yarnspinner::start),
        }
    }
}

/// Measures from the text on; what walking allocates counts as memory too.
fn measure<W: Walk>(text: &str, start: fn(&str) -> W) -> Measured {
    let before = peak_memory();
    let started = Instant::now();
    let mut walk = start(text);
    let ready = started.elapsed().as_secs_f64();
    let reply = time_replies(&mut walk);
    Measured { ready, reply, memory: peak_memory() - before }
}

/// Mean time of a reply over many walks, in nanoseconds; starting again is not counted. Walks to the end of the tree are short, so
/// the clock is read around each walk, not around each reply.
fn time_replies(walk: &mut impl Walk) -> f64 {
    let mut replies = 0;
    let mut spent = 0.0;
    let mut seed = 1_u64;
    while replies < REPLIES {
        let started = Instant::now();
        loop {
            // A linear congruential generator (Knuth's MMIX constants): which way is taken matters little, only that
            // all engines take the same ones.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            replies += 1;
            if !walk.answer((seed >> 33) as usize % 3) {
                break;
            }
        }
        spent += started.elapsed().as_secs_f64();
        walk.restart();
    }
    spent * 1e9 / replies as f64
}
