//! The fields of a search document.

/// How many fields there are.
pub const FIELDS: usize = 5;

/// A field; its number is its place in all that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What the page is called.
    Title,
    /// The forms of its number.
    Number,
    /// A section's own heading.
    Headings,
    /// People, tags and status.
    About,
    /// What stands below a heading.
    Body,
}

impl Field {
    /// All of them in order.
    pub const ALL: [Self; FIELDS] = [Self::Title, Self::Number, Self::Headings, Self::About, Self::Body];

    /// Its name in data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Number => "number",
            Self::Headings => "headings",
            Self::About => "about",
            Self::Body => "body",
        }
    }

    /// Whether each section has it, and not only the page.
    pub fn of_sections(self) -> bool {
        matches!(self, Self::Headings | Self::Body)
    }

    /// How long a field of so many tokens is, from 0 to 7; it has at least one.
    pub fn length_class(self, tokens: usize) -> u8 {
        let bounds: [usize; 7] = match self {
            Self::Body => [16, 32, 64, 128, 256, 512, 1024],
            _ => [2, 3, 4, 5, 6, 7, 8],
        };
        bounds.iter().map(|bound| u8::from(*bound <= tokens)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_eight_classes() {
        let classes = |field: Field, tokens: &[usize]| -> Vec<u8> {
            tokens.iter().map(|tokens| field.length_class(*tokens)).collect()
        };
        assert_eq!(classes(Field::Title, &[1, 2, 3, 7, 8, 9, 1000]), [0, 1, 2, 6, 7, 7, 7]);
        assert_eq!(
            classes(Field::Body, &[1, 15, 16, 31, 32, 512, 1023, 1024, 1 << 20]),
            [0, 0, 1, 1, 2, 6, 6, 7, 7]
        );
    }
}
