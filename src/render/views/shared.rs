//! A view that stands on many pages, put into the form that templates want once for all of them.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use tera::Value;

/// A `T` that is shared by those who show it. To templates it looks like one.
#[derive(Clone, Debug)]
pub struct Shared<T> {
    view: Arc<T>,
    value: Value,
}

impl<T: Serialize> Shared<T> {
    /// Takes `view`, which can't change any more.
    pub fn new(view: T) -> Self {
        Self { value: Value::from_serializable(&view), view: Arc::new(view) }
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.view
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The engine takes its own values as they are.
        self.value.serialize(serializer)
    }
}
