//! `threadmark.yml` as written: the keys, before defaults and meaning.
