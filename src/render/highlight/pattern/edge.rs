//! What leads from one front to the next, as small as it can be. Knows no text.

use super::front::Front;
use super::shelf::Address;
use std::hash::Hasher;
use std::sync::atomic::{AtomicU32, Ordering};

/// Open ways that cost as much as one step.
const WAYS_PER_STEP: usize = 8;

/// What leads to a front, in 32 bits: all that a walk needs on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge(u32);

impl Edge {
    const KNOWN: u32 = 1 << 31;
    const DECIDED: u32 = 1 << 30;
    const STEPS: u32 = 20;
    const MOST_STEPS: u32 = 1023;

    pub(super) fn new(address: Address, front: &Front) -> Self {
        let steps = u32::try_from(steps_of(front)).unwrap_or(Self::MOST_STEPS) << Self::STEPS;
        let decided = if front.is_decided() { Self::DECIDED } else { 0 };
        Self(Self::KNOWN | decided | steps | address.bits())
    }

    /// For `read`.
    pub(super) fn write(self, slot: &AtomicU32) {
        slot.store(self.0, Ordering::Release);
    }

    #[inline]
    pub(super) fn read(slot: &AtomicU32) -> Option<Self> {
        let bits = slot.load(Ordering::Acquire);
        (bits != 0).then_some(Self(bits))
    }

    #[inline]
    pub(super) fn is_decided(self) -> bool {
        self.0 & Self::DECIDED != 0
    }

    /// Whether it is decided that nothing matches.
    #[inline]
    pub(super) fn is_empty(self) -> bool {
        self.0 & (Self::DECIDED | ((1 << Self::STEPS) - 1)) == Self::DECIDED
    }

    #[inline]
    pub(super) fn steps(self) -> u64 {
        u64::from(self.0 >> Self::STEPS & Self::MOST_STEPS)
    }

    #[inline]
    pub(super) fn address(self) -> Address {
        Address::from_bits(self.0 & ((1 << Self::STEPS) - 1))
    }
}

/// What a step to this front costs.
pub(super) fn steps_of(front: &Front) -> u64 {
    (1 + front.width() / WAYS_PER_STEP).min(Edge::MOST_STEPS as usize) as u64
}

/// Hashes fronts: quick, as they are few and nobody chooses their numbers.
#[derive(Debug, Default)]
pub(super) struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.write_u64(chunk.try_into().map_or(0, u64::from_le_bytes));
        }
        self.write_u64(chunks.remainder().iter().fold(0, |rest, byte| rest << 8 | u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(23) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        (self.0 ^ self.0 >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93)
    }
}
