//! Output folders that are refused, and why.

use super::*;

#[test]
fn refuses_folders_that_are_not_ours() {
    let root = tempfile::tempdir().unwrap();
    for folder in ["docs", "other", ".git", "theme/x", "empty"] {
        fs::create_dir_all(root.path().join(folder)).unwrap();
    }
    fs::write(root.path().join("other/precious.txt"), "x").unwrap();
    fs::write(root.path().join("plain"), "x").unwrap();
    let home = root.path().join("home/me");
    let refused = |output: &str| {
        let sources = vec!["docs".into(), "theme".into()];
        let plan = WritePlan {
            root: root.path().into(),
            output: output.into(),
            sources,
            home: Some(home.clone()),
            foreign: false,
        };
        match DiskSink::open(&plan) {
            Ok(_) => "no".to_owned(),
            Err(failure) => format!("{} {failure}", failure.status()),
        }
    };
    for output in [".", "..", "/", "docs/..", "docs", "theme", "other", "plain", ".git/x", "home", "home/me"]
    {
        assert!(refused(output).starts_with("2 `"), "{output}: {}", refused(output));
    }
    assert!(refused("other").contains("such as `precious.txt`"));
    for output in ["empty", "theme/x", "home/me/site", "not/yet"] {
        assert_eq!(refused(output), "no", "{output}");
    }
}

#[cfg(unix)]
#[test]
fn refuses_a_link_that_leads_outside() {
    let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(other.path(), root.path().join("_site")).unwrap();
    let failure = DiskSink::open(&plan(root.path())).err().unwrap();
    assert!(failure.to_string().contains("symbolic link outside"), "{failure}");
}

#[test]
fn a_path_below_a_file_is_the_machines_fault_with_its_name() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("file"), "x").unwrap();
    let plan = WritePlan { output: "file/_site".into(), ..plan(root.path()) };
    let sink = DiskSink::open(&plan).unwrap();
    let error = fill(&sink, &new()).unwrap_err();
    assert!(error.to_string().starts_with("cannot write `a/index.html`: "), "{error}");
}
