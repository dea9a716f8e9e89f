//! The pages that one file speaks of. A page has an id that no other page can change, and such ids are long: a file
//! says once which it has, and its lists name pages by their places among these.

use super::bits::{Bits, Code};
use super::write::{List, number};

/// The pages of one file.
#[derive(Debug)]
pub struct Pages {
    /// Their ids, ascending.
    ids: Vec<u32>,
    /// For each page of the site its place here; of a page that isn't here anything.
    places: Vec<u32>,
}

impl Pages {
    /// The pages of some lists, which `each` names by their places among `all`, the ids of the site.
    pub fn new(all: &[u32], each: impl FnOnce(&mut dyn FnMut(&[u32]))) -> Self {
        let mut places = vec![0; all.len()];
        each(&mut |pages| pages.iter().for_each(|page| places[*page as usize] = 1));
        let mut ids = Vec::new();
        for (place, id) in places.iter_mut().zip(all) {
            if *place == 1 {
                *place = number(ids.len());
                ids.push(*id);
            }
        }
        Self { ids, places }
    }

    /// Writes which pages there are, up to a whole byte.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        let mut bits = Bits::new(bytes);
        bits.put(Code::gamma(number(self.ids.len() + 1)));
        ascending(&self.ids.iter().copied(), &mut bits);
        bits.finish();
    }

    /// Writes the list of `pages`, of which the first `list.bits` bits of `said` tell the rest, up to a whole byte.
    pub fn list(&self, list: List, pages: &[u32], said: &[u8], bytes: &mut Vec<u8>) {
        let mut bits = Bits::new(bytes);
        bits.put(Code::gamma(list.pages));
        ascending(&pages.iter().map(|page| self.places[*page as usize]), &mut bits);
        bits.append(said, list.bits as usize);
        bits.finish();
    }
}

/// Numbers, each as how many are left out before it.
fn ascending(numbers: &(impl ExactSizeIterator<Item = u32> + Clone), bits: &mut Bits<'_>) {
    let gaps = numbers.clone().scan(0, |next, number| Some(number - std::mem::replace(next, number + 1)));
    let all = numbers.clone().last().map_or(0, |last| last + 1);
    let k = best_k(&gaps, number(numbers.len()), all);
    bits.put(Code::plain(k, 5));
    gaps.for_each(|gap| bits.rice(k, gap));
}

/// The parameter with which `count` gaps take the fewest bits, of those near what their mean suggests. All of them and
/// the numbers between make `all`.
fn best_k(gaps: &(impl Iterator<Item = u32> + Clone), count: u32, all: u32) -> u32 {
    let guess = (all / count.max(1)).max(1).ilog2();
    let cost =
        |k: &u32| gaps.clone().map(|gap| u64::from(gap >> k)).sum::<u64>() + u64::from(*k) * u64::from(count);
    (guess.saturating_sub(2)..=guess).min_by_key(cost).unwrap_or(guess)
}
