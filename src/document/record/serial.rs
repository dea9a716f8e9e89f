//! Proposals that carry their number in their front matter, below the name of their series, as EIPs do: `fip: "0036"`,
//! `simd: '0046'`, `CIP: 139`.

use serde_json::Value as Json;

use super::relation::{Relation, is_nothing, of_value};
use crate::document::FrontMatter;
use crate::document::front_matter::Located;
use crate::path::SourcePath;

/// How many letters the name of a series has.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=5;

/// The number, where the key is `eip`, or where the file is called by the same number (`fip-0036.md`,
/// `0046-restart.md`, `CIP-0139/README.md`), and a status says that it is a record.
pub(super) fn number(front: &FrontMatter, path: &SourcePath) -> Option<String> {
    front.status.as_ref()?;
    let named = number_of_file(path);
    front.extra.iter().find_map(|(key, value)| {
        let series = LETTERS.contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphabetic());
        let number = digits(value).filter(|_| series)?;
        let value: u64 = number.parse().ok()?;
        (key == "eip" || (named == Some(value) && value > 0)).then_some(number)
    })
}

fn digits(value: &Json) -> Option<String> {
    let number = match value {
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let fine = (1..=12).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    fine.then_some(number)
}

/// The first number in the name of the file, or of the folder that it is the page of, whatever series it is of.
fn number_of_file(path: &SourcePath) -> Option<u64> {
    let name = super::number::record_name(path);
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start_matches(['-', '_', ' ']);
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest[..count].parse().ok().filter(|_| count <= 7)
}

/// What the keys of these series say of other records: `replaces`, `obsoletes`.
pub(super) fn relate(front: &mut FrontMatter) {
    for (key, relation) in [
        ("replaces", Relation::Supersedes),
        ("obsoletes", Relation::Supersedes),
        ("replaced-by", Relation::SupersededBy),
        ("superseded", Relation::SupersededBy),
    ] {
        let Some(value) = front.extra.get(key) else { continue };
        let texts: Vec<String> = match value {
            Json::Array(items) => items.iter().filter_map(text).collect(),
            one => text(one).into_iter().collect(),
        };
        let named: Vec<String> =
            texts.iter().flat_map(|line| of_value(line)).filter(|name| !is_nothing(name)).collect();
        let list = match relation {
            Relation::Supersedes => &mut front.decision.supersedes,
            _ => &mut front.decision.superseded_by,
        };
        if list.is_empty() {
            list.extend(named.into_iter().map(|value| Located { value, line: 1 }));
        }
    }
}

fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
