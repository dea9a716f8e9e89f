//! Time zones by their IANA names, from the rules that are built in: the same on every machine.

use std::sync::OnceLock;

use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::TimeError;
use crate::diagnostic::nearest;

fn database() -> &'static TimeZoneDatabase {
    static DATABASE: OnceLock<TimeZoneDatabase> = OnceLock::new();
    DATABASE.get_or_init(TimeZoneDatabase::bundled)
}

/// The zone called `name`, such as `Europe/Berlin` or `UTC`.
///
/// # Errors
/// Where IANA has no such zone; the nearest name is suggested.
pub fn zone(name: &str) -> Result<TimeZone, TimeError> {
    let name = name.trim();
    if let Ok(found) = database().get(name) {
        return Ok(found);
    }
    let known: Vec<String> = database().available().map(|name| name.as_str().to_owned()).collect();
    Err(TimeError(match near(name, &known) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => "Expected an IANA time zone such as `Europe/Berlin`, `America/Sao_Paulo` or `UTC`.".into(),
    }))
}

/// The nearest name; for a city alone (`Berlin`, `Sao Paulo`) the zone that ends in it.
fn near<'k>(name: &str, known: &'k [String]) -> Option<&'k str> {
    let wanted = name.replace(' ', "_");
    let city =
        |zone: &&String| zone.rsplit_once('/').is_some_and(|(_, city)| city.eq_ignore_ascii_case(&wanted));
    let by_city = known.iter().find(city).map(String::as_str);
    by_city.or_else(|| nearest(&wanted, known.iter().map(String::as_str)))
}

/// The IANA name of a zone; `UTC` for one that has none.
pub fn zone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_zones_and_suggests_near_names() {
        assert_eq!(zone_name(&zone("Europe/Berlin").unwrap()), "Europe/Berlin");
        assert_eq!(zone_name(&zone("UTC").unwrap()), "UTC");
        for (wrong, near) in [
            ("Europe/Berln", "Europe/Berlin"),
            ("Berlin", "Europe/Berlin"),
            ("Sao Paulo", "America/Sao_Paulo"),
        ] {
            assert_eq!(zone(wrong).unwrap_err().to_string(), format!("Did you mean `{near}`?"));
        }
        assert!(zone("+02:00").unwrap_err().to_string().starts_with("Expected an IANA"));
        assert!(zone("").is_err());
    }
}
