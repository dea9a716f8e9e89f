//! Where the vocabulary of a talk changes: `TextTiling` (Hearst 1997), on sentences.
//!
//! Between any two sentences, the words of the few before are compared with those of the few after; a valley between two
//! hills is where the subject changes.

use std::collections::HashMap;

use super::english;
use super::speech::Sentence;

/// So many sentences on each side are compared.
const WINDOW: usize = 6;

/// For each sentence how deep the valley before it is: 0 for none, 1 for a usual one, more for a deeper one; 0 for the first.
pub(super) fn depths(sentences: &[Sentence]) -> Vec<f64> {
    let words = numbered(sentences);
    let mut likeness = vec![0.0; sentences.len()];
    for (at, value) in likeness.iter_mut().enumerate().skip(1) {
        let before = counts(&words[at.saturating_sub(WINDOW)..at]);
        let after = counts(&words[at..(at + WINDOW).min(words.len())]);
        *value = cosine(&before, &after);
    }
    let raw: Vec<f64> =
        (0..likeness.len()).map(|at| if at == 0 { 0.0 } else { depth(&likeness, at) }).collect();
    // Lossless: talks have fewer sentences than a float has whole numbers.
    #[expect(clippy::cast_precision_loss, reason = "a talk has fewer sentences")]
    let count = raw.len().max(1) as f64;
    let mean = raw.iter().sum::<f64>() / count;
    let spread = (raw.iter().map(|depth| (depth - mean).powi(2)).sum::<f64>() / count).sqrt();
    raw.into_iter()
        .map(|depth| if spread > 1e-9 { ((depth - mean) / spread).max(0.0) } else { 0.0 })
        .collect()
}

/// The words of each sentence that say something, as numbers.
fn numbered(sentences: &[Sentence]) -> Vec<Vec<u32>> {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut all = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let mut words = Vec::new();
        for word in &sentence.words {
            let stem = stem(&word.key);
            if !stem.is_empty() && !english::is_stop_word(&word.key) {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                words.push(*numbers.entry(stem).or_insert(next));
            }
        }
        all.push(words);
    }
    all
}

/// `key` without the endings that change most often.
pub(super) fn stem(key: &str) -> &str {
    let stem = key.strip_suffix("'s").unwrap_or(key);
    ["ing", "es", "ed", "s"]
        .iter()
        .find_map(|end| stem.strip_suffix(end).filter(|stem| stem.len() > 3))
        .unwrap_or(stem)
}

/// How often each word stands there, sorted by word.
fn counts(sentences: &[Vec<u32>]) -> Vec<(u32, f64)> {
    let mut words: Vec<u32> = sentences.iter().flatten().copied().collect();
    words.sort_unstable();
    let mut counts: Vec<(u32, f64)> = Vec::new();
    for word in words {
        match counts.last_mut().filter(|(last, _)| *last == word) {
            Some((_, count)) => *count += 1.0,
            None => counts.push((word, 1.0)),
        }
    }
    counts
}

fn cosine(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut at, mut product) = (0, 0.0);
    for (word, count) in a {
        while b.get(at).is_some_and(|(other, _)| other < word) {
            at += 1;
        }
        if let Some((_, other)) = b.get(at).filter(|(other, _)| other == word) {
            product += count * other;
        }
    }
    let norm = |counts: &[(u32, f64)]| counts.iter().map(|(_, count)| count * count).sum::<f64>().sqrt();
    let norms = norm(a) * norm(b);
    if norms > 0.0 { product / norms } else { 0.0 }
}

/// How far it goes up on both sides of `at`, within a window.
fn depth(likeness: &[f64], at: usize) -> f64 {
    let here = likeness[at];
    let climb = |side: &mut dyn Iterator<Item = &f64>| {
        let mut top = here;
        for value in side.take(2 * WINDOW) {
            if *value < top {
                break;
            }
            top = *value;
        }
        top - here
    };
    climb(&mut likeness[1..at].iter().rev()) + climb(&mut likeness[at + 1..].iter())
}
