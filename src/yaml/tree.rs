//! The values of a block, read by `serde_yaml`, each with the place that the survey noted for it.
//!
//! Both meet values in the order of the text, so the n-th value has the n-th mark. Should the two ever read a
//! text differently, the block is refused rather than read one way or the other.

use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::survey::{Mark, Shape};
use super::{Node, Source, Value, explain};
use crate::diagnostic::Diagnostic;

/// Both readers agree, or the block is refused with this.
const DISAGREE: &str = "two readers of YAML disagree about this";

/// The tree of a block; `None` with an error in `source` where it can't be read.
pub(super) fn build(source: &Source<'_>, block: Range<usize>, marks: Vec<Mark>) -> Option<Node> {
    if marks.is_empty() {
        return Some(Node { span: block.start..block.start, value: Value::Empty });
    }
    let text = source.slice(&block);
    let mut marks = marks.into_iter();
    match (Seed { marks: &mut marks }).deserialize(serde_yaml::Deserializer::from_str(text)) {
        Ok(node) if marks.next().is_none() => Some(node),
        Ok(node) => {
            source.report(&node.span, Diagnostic::error("yaml-syntax", DISAGREE));
            None
        }
        Err(error) => {
            let at = error.location().map_or(0, |place| place.index().min(text.len()));
            explain::syntax(source, &block, block.start + at, &error.to_string());
            None
        }
    }
}

/// Reads the next value.
struct Seed<'m> {
    marks: &'m mut std::vec::IntoIter<Mark>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        let mark = self.marks.next().ok_or_else(|| D::Error::custom(DISAGREE))?;
        let reading = Reading { shape: mark.shape, marks: self.marks };
        Ok(Node { value: deserializer.deserialize_any(reading)?, span: mark.span })
    }
}

/// Reads what stands at one mark.
struct Reading<'m> {
    shape: Shape,
    marks: &'m mut std::vec::IntoIter<Mark>,
}

impl Reading<'_> {
    fn scalar<E: Error>(&self, value: Value) -> Result<Value, E> {
        self.expect(Shape::Scalar).map(|()| value)
    }

    fn expect<E: Error>(&self, shape: Shape) -> Result<(), E> {
        if self.shape == shape { Ok(()) } else { Err(E::custom(DISAGREE)) }
    }
}

impl<'de> Visitor<'de> for Reading<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.scalar(Value::Empty)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        self.scalar(Value::Flag(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        self.scalar(Value::Number(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        self.scalar(Value::Number(number.into()))
    }

    #[allow(clippy::cast_precision_loss, reason = "past 64 bits only the digits as written count")]
    fn visit_i128<E: Error>(self, number: i128) -> Result<Value, E> {
        self.scalar(Value::Number((number as f64).into()))
    }

    #[allow(clippy::cast_precision_loss, reason = "past 64 bits only the digits as written count")]
    fn visit_u128<E: Error>(self, number: u128) -> Result<Value, E> {
        self.scalar(Value::Number((number as f64).into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        self.scalar(Value::Number(number.into()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.scalar(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.expect(Shape::List)?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Seed { marks: self.marks })? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.expect(Shape::Map)?;
        let mut map = Vec::new();
        while let Some(key) = entries.next_key_seed(Seed { marks: self.marks })? {
            map.push((key, entries.next_value_seed(Seed { marks: self.marks })?));
        }
        Ok(Value::Map(map))
    }
}
