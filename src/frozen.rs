//! A value that never changes once it is made, shared by all who need it: a document that was parsed, a page that was placed.
//!
//! Who holds one may keep it for as long as they like, and two that are the same value are known to be without a look into
//! them. Nothing here makes a value changeable again; tests alone may, to say what they are about.

use std::ops::Deref;
use std::sync::Arc;

/// A `T` that nobody changes.
#[derive(Debug, Default)]
pub struct Frozen<T>(Arc<T>);

impl<T> Frozen<T> {
    /// Takes the finished `value`.
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }

    /// Whether both are the one value that was made once.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Clone for Frozen<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Frozen<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[cfg(test)]
impl<T: Clone> std::ops::DerefMut for Frozen<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}
