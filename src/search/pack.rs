//! DEFLATE (RFC 1951, no header), for files that few hosts compress themselves.

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor};

/// Texts are most of what the search writes, and little more is gained with more effort.
const TEXTS: i32 = 1;

/// Dictionaries are loaded by every query.
const DICTIONARIES: i32 = 7;

thread_local! {
    /// A compressor is large, and takes long to make: each thread has one of each kind.
    static TEXT: RefCell<Option<Compressor>> = const { RefCell::new(None) };
    static DICTIONARY: RefCell<Option<Compressor>> = const { RefCell::new(None) };
}

/// The texts of a file.
pub fn texts(plain: &[u8]) -> Vec<u8> {
    TEXT.with_borrow_mut(|compressor| packed(compressor, TEXTS, plain))
}

/// The dictionary of a file of words.
pub fn dictionary(plain: &[u8]) -> Vec<u8> {
    DICTIONARY.with_borrow_mut(|compressor| packed(compressor, DICTIONARIES, plain))
}

fn packed(compressor: &mut Option<Compressor>, level: i32, plain: &[u8]) -> Vec<u8> {
    let level = CompressionLvl::new(level).unwrap_or_default();
    let compressor = compressor.get_or_insert_with(|| Compressor::new(level));
    let mut packed = vec![0; compressor.deflate_compress_bound(plain.len())];
    // The room is as large as the library says that it may have to be.
    let length = compressor.deflate_compress(plain, &mut packed).unwrap_or(0);
    packed.truncate(length);
    packed.shrink_to_fit();
    packed
}
