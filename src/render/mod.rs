//! A [`Site`](crate::site::Site) made into pages: bodies, views, templates, and the files that machines read.
//!
//! Pure: values in, text out. Templates see views (plain data made for them), never the site's own types,
//! and nothing here reads a file, a clock or the network.

pub mod machine;
pub mod pages;
pub mod theme;
pub mod views;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

/// The rendered Markdown of one page.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// Safe HTML: what may stand in it was decided when it was made, so it goes into the page as it is.
    pub html: String,
    /// The inside of the title's heading, as safe; `None` where the document has no such heading.
    pub title: Option<String>,
}
