//! The same words in elasticlunr's own form: one index in one file, for clients that know it.

use elasticlunr::{Index, IndexBuilder, Pipeline};

use super::PageInput;
use super::language;
use super::words::{numbers, words};

/// The index as JSON, with the texts. Each page comes with the references of its search documents, in order.
pub fn elasticlunr_json(
    language: &str,
    pages: &mut dyn Iterator<Item = (Vec<String>, PageInput<'_>)>,
) -> String {
    let mut index = builder(language).build();
    for (references, page) in pages {
        add(&mut index, &references, &page);
    }
    index.to_json()
}

fn builder(language: &str) -> IndexBuilder {
    let each_number = |text: &str| collected(|give| numbers(text, give));
    IndexBuilder::with_language(Box::new(Ours(language.to_owned())))
        .save_docs(true)
        .add_field("title")
        .add_field_with_tokenizer("number", Box::new(each_number))
        .add_fields(["headings", "about", "body"])
}

fn add(index: &mut Index, references: &[String], page: &PageInput<'_>) {
    for (at, (reference, section)) in references.iter().zip(&page.sections).enumerate() {
        let of_page = |text| if at == 0 { text } else { "" };
        let heading = if at == 0 { "" } else { section.heading };
        let fields = [of_page(page.title), of_page(page.number), heading, of_page(page.about), section.text];
        index.add_doc(reference, fields);
    }
}

/// The site's language with our words in it.
struct Ours(String);

impl elasticlunr::Language for Ours {
    fn name(&self) -> String {
        language::name(&self.0)
    }

    fn code(&self) -> String {
        self.0.clone()
    }

    fn tokenize(&self, text: &str) -> Vec<String> {
        collected(|give| words(text, give))
    }

    fn make_pipeline(&self) -> Pipeline {
        language::pipeline(&self.0)
    }
}

fn collected(each: impl FnOnce(&mut dyn FnMut(&str))) -> Vec<String> {
    let mut all = Vec::new();
    each(&mut |word| all.push(word.to_owned()));
    all
}
