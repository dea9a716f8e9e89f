//! Strongly connected components, without recursion: a chain of 20,000 decisions must not end on the stack.
//!
//! Tarjan, "Depth-First Search and Linear Graph Algorithms" (1972).

/// The components of the graph whose node `n` leads to the nodes `next[n]`. Each comes after all that it leads to.
pub(super) fn components(next: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        next,
        seen: vec![None; next.len()],
        low: vec![0; next.len()],
        waiting: vec![false; next.len()],
        stack: Vec::new(),
        found: Vec::new(),
        count: 0,
    };
    for node in 0..next.len() {
        if search.seen[node].is_none() {
            search.from(node);
        }
    }
    search.found
}

struct Search<'a> {
    next: &'a [Vec<usize>],
    /// When each node was first met.
    seen: Vec<Option<usize>>,
    /// The earliest node that each leads back to.
    low: Vec<usize>,
    /// Whether each is on `stack`.
    waiting: Vec<bool>,
    stack: Vec<usize>,
    found: Vec<Vec<usize>>,
    count: usize,
}

impl Search<'_> {
    fn from(&mut self, start: usize) {
        self.meet(start);
        // Nodes on the way, each with how many of its ways on have been taken.
        let mut way = vec![(start, 0)];
        while let Some((node, taken)) = way.last_mut() {
            let (node, place) = (*node, *taken);
            *taken += 1;
            let Some(&to) = self.next[node].get(place) else {
                way.pop();
                if let Some((before, _)) = way.last() {
                    self.low[*before] = self.low[*before].min(self.low[node]);
                }
                self.close(node);
                continue;
            };
            match self.seen[to] {
                None => {
                    self.meet(to);
                    way.push((to, 0));
                }
                Some(when) if self.waiting[to] => self.low[node] = self.low[node].min(when),
                Some(_) => {}
            }
        }
    }

    fn meet(&mut self, node: usize) {
        self.seen[node] = Some(self.count);
        self.low[node] = self.count;
        self.count += 1;
        self.waiting[node] = true;
        self.stack.push(node);
    }

    /// All that was met since `node` is one component, where nothing of it leads back beyond.
    fn close(&mut self, node: usize) {
        if self.seen[node] != Some(self.low[node]) {
            return;
        }
        let start = self.stack.iter().rposition(|known| *known == node).unwrap_or(self.stack.len());
        let group = self.stack.split_off(start);
        for member in &group {
            self.waiting[*member] = false;
        }
        self.found.push(group);
    }
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn what_leads_back_is_one_and_comes_after_what_it_leads_to() {
        assert_eq!(components(&[vec![1], vec![2], vec![1, 3], vec![]]), [vec![3], vec![1, 2], vec![0]]);
        assert_eq!(components(&[vec![0]]), [vec![0]]);
        assert_eq!(components(&[]), Vec::<Vec<usize>>::new());
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_reachability(edges in proptest::collection::vec((0usize..8, 0usize..8), 0..20)) {
            let mut next = vec![Vec::new(); 8];
            let mut reach = [[false; 8]; 8];
            for (from, to) in edges {
                next[from].push(to);
                reach[from][to] = true;
            }
            let all = || (0..8).flat_map(|a| (0..8).map(move |b| (a, b)));
            for by in 0..8 {
                for (from, to) in all() {
                    reach[from][to] |= reach[from][by] && reach[by][to];
                }
            }
            let found = components(&next);
            let group = |node: usize| found.iter().position(|group| group.contains(&node)).unwrap();
            for (from, to) in all() {
                let same = from == to || (reach[from][to] && reach[to][from]);
                proptest::prop_assert_eq!(group(from) == group(to), same);
                proptest::prop_assert!(same || !reach[from][to] || group(to) < group(from));
            }
        }
    }
}
