//! Finding the right tree by a caller's own words: misspelled, in a sentence, half typed.
//!
//! The ranking is plain on purpose: every word of the query brings the best weight of a field in which a near
//! word stands, times how rare that word is in the library (inverse document frequency: Spärck Jones 1972); a title or
//! symptom of which much was said brings a bonus. It learns nothing and reads no files.

mod words;

use std::collections::HashMap;

use crate::tree::{Audience, Library, Tree, TreeId};

pub use words::folded;
use words::{nearness, telling_words, words};

/// Weight of a word in the title, a symptom, a tag, the name, the summary, and the steps.
const TITLE: f64 = 4.0;
const SYMPTOM: f64 = 4.0;
const TAG: f64 = 3.0;
const SUMMARY: f64 = 1.5;
const STEP: f64 = 0.6;
/// What a phrase brings of which everything was said, beside the weight of its words.
const PHRASE: f64 = 4.0;

/// Trees that fit so much worse than the best are left out: nobody means them, and somebody would have to read them.
const WORST: f64 = 0.125;

/// A tree that may be meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The tree.
    pub tree: TreeId,
    /// How well it fits; higher is better, comparable within one query only.
    pub score: f64,
}

/// A word of the library: in which trees it stands, with the best field's weight.
#[derive(Debug, Default)]
struct Entry {
    trees: Vec<(u32, f64)>,
}

/// A title or symptom, as numbers of words.
#[derive(Debug)]
struct Phrase {
    tree: u32,
    words: Vec<u32>,
}

/// All words of a library, ready to be searched at every key press.
#[derive(Debug)]
pub struct SearchIndex {
    numbers: HashMap<String, u32>,
    words: Vec<(String, Entry)>,
    phrases: Vec<Phrase>,
    trees: usize,
    agents_only: Vec<bool>,
}

impl SearchIndex {
    /// Reads titles, symptoms, tags, names, summaries and steps of every tree. Takes time of the library's size, once.
    pub fn new(library: &Library) -> Self {
        let mut building = Building::default();
        for (at, tree) in library.trees.iter().enumerate() {
            building.add_tree(at as u32, tree);
        }
        Self {
            numbers: building.numbers,
            words: building.words,
            phrases: building.phrases,
            trees: library.trees.len(),
            agents_only: library
                .trees
                .iter()
                .map(|tree| tree.about.audience.is_some())
                .collect(),
        }
    }

    /// The trees that fit, best first; ties by name. What fits far worse than the best is left out. Customers are not
    /// offered trees for agents. Empty for a query without words.
    pub fn find(&self, query: &str, audience: Audience) -> Vec<Hit> {
        let mut scores = vec![0.0; self.trees];
        let mut said: HashMap<u32, f64> = HashMap::new();
        for typed in telling_words(query) {
            self.score_word(&typed, &mut scores, &mut said);
        }
        self.score_phrases(&said, &mut scores);
        let hidden =
            |at: usize| audience == Audience::Customer && self.agents_only.get(at) == Some(&true);
        let mut hits: Vec<Hit> = scores
            .into_iter()
            .enumerate()
            .filter(|(at, score)| *score > 0.0 && !hidden(*at))
            .map(|(at, score)| Hit {
                tree: TreeId(at as u32),
                score,
            })
            .collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.tree.cmp(&b.tree)));
        let least = hits.first().map_or(0.0, |best| best.score * WORST);
        hits.retain(|hit| hit.score >= least);
        hits
    }

    /// How rare a word is: ln(1 + trees / trees with it).
    fn rarity(&self, entry: &Entry) -> f64 {
        (1.0 + self.trees as f64 / entry.trees.len().max(1) as f64).ln()
    }

    /// Adds what one typed word brings to each tree, and notes which known words were said, and how surely.
    fn score_word(&self, typed: &str, scores: &mut [f64], said: &mut HashMap<u32, f64>) {
        let mut best: HashMap<u32, f64> = HashMap::new();
        // A rare form of a common word must not count for more than the word itself: `mails` beside `mail`.
        let own = self
            .numbers
            .get(typed)
            .and_then(|number| self.words.get(*number as usize));
        let most = own.map_or(f64::INFINITY, |(_, entry)| self.rarity(entry));
        for (number, (known, entry)) in self.words.iter().enumerate() {
            let near = nearness(typed, known);
            if near <= 0.0 {
                continue;
            }
            let sure = said.entry(number as u32).or_default();
            *sure = sure.max(near);
            let worth = near * near * self.rarity(entry).min(most);
            for (tree, weight) in &entry.trees {
                let score = best.entry(*tree).or_default();
                *score = score.max(worth * weight);
            }
        }
        for (tree, score) in best {
            if let Some(total) = scores.get_mut(tree as usize) {
                *total += score;
            }
        }
    }

    /// Adds the bonus of the title or symptom of which most was said, for each tree.
    fn score_phrases(&self, said: &HashMap<u32, f64>, scores: &mut [f64]) {
        let mut bonus = vec![0.0_f64; scores.len()];
        for phrase in &self.phrases {
            let mut whole = 0.0;
            let mut covered = 0.0;
            for number in &phrase.words {
                let rarity = self
                    .words
                    .get(*number as usize)
                    .map_or(0.0, |(_, entry)| self.rarity(entry));
                whole += rarity;
                covered += rarity * said.get(number).copied().unwrap_or_default();
            }
            if let Some(best) = bonus.get_mut(phrase.tree as usize)
                && whole > 0.0
            {
                *best = best.max(PHRASE * covered * covered / whole);
            }
        }
        for (score, bonus) in scores.iter_mut().zip(bonus) {
            *score += bonus;
        }
    }
}

/// An index under construction.
#[derive(Debug, Default)]
struct Building {
    numbers: HashMap<String, u32>,
    words: Vec<(String, Entry)>,
    phrases: Vec<Phrase>,
}

impl Building {
    fn add_tree(&mut self, at: u32, tree: &Tree) {
        let about = &tree.about;
        self.add_phrase(at, about.title.0.source(), TITLE);
        for symptom in &about.symptoms {
            self.add_phrase(at, symptom, SYMPTOM);
        }
        for tag in &about.tags {
            self.add_text(at, tag, TAG);
        }
        self.add_text(at, &tree.name, TAG);
        if let Some(summary) = &about.summary {
            self.add_text(at, summary.0.source(), SUMMARY);
        }
        for (_, step) in tree.steps() {
            for text in [&step.ask, &step.instruction].into_iter().flatten() {
                self.add_text(at, text.0.source(), STEP);
            }
        }
    }

    fn add_phrase(&mut self, tree: u32, text: &str, weight: f64) {
        self.add_text(tree, text, weight);
        let mut words: Vec<u32> = telling_words(text)
            .into_iter()
            .map(|word| self.number(word))
            .collect();
        words.sort_unstable();
        words.dedup();
        self.phrases.push(Phrase { tree, words });
    }

    fn add_text(&mut self, tree: u32, text: &str, weight: f64) {
        for word in words(text) {
            let number = self.number(word);
            let Some((_, entry)) = self.words.get_mut(number as usize) else {
                continue;
            };
            match entry.trees.last_mut() {
                Some((last, best)) if *last == tree => *best = best.max(weight),
                _ => entry.trees.push((tree, weight)),
            }
        }
    }

    fn number(&mut self, word: String) -> u32 {
        let next = self.words.len() as u32;
        *self.numbers.entry(word).or_insert_with_key(|word| {
            self.words.push((word.clone(), Entry::default()));
            next
        })
    }
}
