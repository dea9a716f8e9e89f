//! What a person starts with: the next document of a kind, and the files of a new site, as paths and texts.
//!
//! 1. [`home`]: which folder a document of that kind goes into.
//! 2. [`habit`]: how the files of that folder are called and numbered, and what the next one is called.
//! 3. [`template`]: the text, from a template of the site's own or of [`forms`].
//! 4. [`document`]: all of it together.
//!
//! [`site`] has the files of a new site. Pure: nothing here reads a folder, writes a file or asks for the day.

pub mod document;
mod due;
mod forms;
mod habit;
pub mod home;
mod scalar;
pub mod site;
pub mod template;

#[cfg(test)]
mod tests;
