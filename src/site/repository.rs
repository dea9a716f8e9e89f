//! Links into the repository that the site is built from.

use super::RepositoryLinks;
use crate::path::{SourcePath, encode_path};

impl RepositoryLinks {
    /// Where `path` can be read there.
    pub fn blob(&self, path: &SourcePath, suffix: &str) -> String {
        format!("{}{suffix}", self.at("blob", path))
    }

    /// Where `path` can be edited.
    pub fn edit(&self, path: &SourcePath) -> String {
        self.at("edit", path)
    }

    /// The commits of `path`.
    pub fn history(&self, path: &SourcePath) -> String {
        self.at("commits", path)
    }

    /// The address of `relative` from `base` (a folder of the site), where it climbs above the site's root
    /// but stays in the repository.
    pub fn climb(&self, base: &str, relative: &str) -> Option<String> {
        let folder = [self.prefix.as_str(), base]
            .iter()
            .filter(|p| !p.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join("/");
        let path = SourcePath::resolve(&folder, relative).ok()?;
        Some(format!("{}/blob/{}/{}", self.web, encode_path(&self.branch), encode_path(path.as_str())))
    }

    fn at(&self, what: &str, path: &SourcePath) -> String {
        let prefix = if self.prefix.is_empty() { String::new() } else { format!("{}/", self.prefix) };
        format!(
            "{}/{what}/{}/{}",
            self.web,
            encode_path(&self.branch),
            encode_path(&format!("{prefix}{path}"))
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn climbs_only_inside_the_repository() {
        let links = RepositoryLinks {
            web: "https://h/o/r".into(),
            branch: "main".into(),
            prefix: "docs/site".into(),
        };
        assert_eq!(
            links.climb("specs", "../../../LICENSE.md").as_deref(),
            Some("https://h/o/r/blob/main/LICENSE.md")
        );
        assert_eq!(links.climb("", "../../../x"), None);
        let path = SourcePath::new("a b.md").unwrap();
        assert_eq!(links.edit(&path), "https://h/o/r/edit/main/docs/site/a%20b.md");
    }
}
