//! The command line itself: its texts, its statuses, and where it looks for a site.

#![allow(missing_docs, reason = "a test file has no readers of its documentation")]

mod site;

use std::process::{Command, Stdio};

use site::{Run, command, files, site};
use snapbox::{assert_data_eq, str};

#[test]
fn help_names_the_commands() {
    let run = site(&[]).run_in(&[], &["--help"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_data_eq!(
        run.out,
        str![[r"
Turns a repository of Markdown into a site for teams that work asynchronously

Usage: threadmark [OPTIONS] <COMMAND>

Commands:
  init         Begin a site: a configuration, one document of each kind, a workflow for GitHub Pages
  new          Write the next document of a kind from its template, and print its path
  build        Build the site
  serve        Build in memory, serve on this machine, reload the browser on change
  check        Report what is wrong, lapsed or missing, and write nothing
  transcript   Read a transcript and print it
  draft        Turn a transcript into a document to edit
  completions  Print completions for a shell
  man          Print the manual page
  help         Print this message or the help of the given subcommand(s)

Options:
  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version

Common options:
      --base-url <URL>
          Where the site will be served, such as https://acme.github.io/handbook/

      --drafts
          Publish drafts too

      --jobs <N>
          How many threads to use; all cores by default

      --now <TIME>
          The time that counts as now: RFC 3339, a date, or seconds since 1970 [default:
          $SOURCE_DATE_EPOCH, else the clock]

  -q, --quiet
          Print errors only

  -v, --verbose
          Print every warning and note, and how long each step took

      --color <WHEN>
          Colour in messages

          Possible values:
          - auto:   Where a person reads it: in a terminal, unless NO_COLOR is set
          - always: Always
          - never:  Never
          
          [default: auto]

"]]
    );
}

#[test]
fn help_of_a_command_names_its_options() {
    let run = site(&[]).run_in(&[], &["build", "-h"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_data_eq!(
        run.out,
        str![[r"
Build the site

Usage: threadmark build [OPTIONS] [DIR]

Arguments:
  [DIR]  The site [default: the nearest folder at or above this one with a threadmark.yml, else this
         one]

Options:
  -o, --output <OUT>  Where the site goes [default: DIR/_site]
      --strict        Treat warnings as errors
      --no-cache      Neither read nor write the cache
  -h, --help          Print help (see more with '--help')
  -V, --version       Print version

Common options:
      --base-url <URL>  Where the site will be served, such as https://acme.github.io/handbook/
      --drafts          Publish drafts too
      --jobs <N>        How many threads to use; all cores by default
      --now <TIME>      The time that counts as now: RFC 3339, a date, or seconds since 1970
                        [default: $SOURCE_DATE_EPOCH, else the clock]
  -q, --quiet           Print errors only
  -v, --verbose         Print every warning and note, and how long each step took
      --color <WHEN>    Colour in messages [default: auto] [possible values: auto, always, never]

"]]
    );
}

#[test]
fn wrong_usage_has_status_2() {
    let site = site(&[("a.md", "# A\n")]);
    for arguments in [
        &["bulid"][..],
        &["build", "--strikt"],
        &["build", "a", "b"],
        &["build", "--jobs", "0"],
        &["build", "-q", "-v"],
        &["build", "--now", "soon"],
        &["build", "--base-url", "javascript:x"],
        &["build", "nowhere"],
        &["build", "a.md"],
        &["completions", "klingon"],
        &["serve", "--port", "70000"],
        &[],
    ] {
        let run = site.run_in(&[], arguments);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{arguments:?}: {}", run.err);
        assert!(!run.err.is_empty(), "{arguments:?}");
    }
    assert!(!site.path("_site").exists());
}

#[test]
fn what_is_wrong_with_an_option_is_said() {
    let site = site(&[("a.md", "# A\n")]);
    assert_data_eq!(
        site.run_in(&[], &["build", "--now", "soon"]).err,
        str![[r"
error[bad-time]: `soon` in --now is not a time
 |
 = help: Expected a date (`2026-11-26`), a date and time (`2026-11-26T17:00`), or one with its zone (`2026-11-26T17:00[Europe/Berlin]`, `2026-11-26T17:00Z`, `2026-11-26T17:00+01:00`). Seconds since 1970 are understood too.

1 error

"]]
    );
    assert_data_eq!(
        site.run_in(&[("SOURCE_DATE_EPOCH", "soon")], &["build"]).err,
        str![[r"
error[bad-time]: `soon` in SOURCE_DATE_EPOCH is not a time
 |
 = help: Expected a date (`2026-11-26`), a date and time (`2026-11-26T17:00`), or one with its zone (`2026-11-26T17:00[Europe/Berlin]`, `2026-11-26T17:00Z`, `2026-11-26T17:00+01:00`). Seconds since 1970 are understood too.

1 error

"]]
    );
    assert_data_eq!(
        site.run(&["build", "nowhere"]).err,
        str![[r"
error[not-a-folder]: there is no folder `[..]/handbook/nowhere`

1 error

"]]
    );
    assert_data_eq!(
        site.run(&["build", "--base-url", "javascript:x"]).err,
        str![[r"
error[wrong-value]: --base-url can't be `javascript:x`
 |
 = help: Expected an address that starts with `https://`.

1 error

"]]
    );
}

#[test]
fn the_version_is_that_of_the_crate() {
    let run = site(&[]).run_in(&[], &["--version"]);
    assert_eq!(run.out, concat!("threadmark ", env!("CARGO_PKG_VERSION"), "\n"));
}

/// A shell that is there reads the script without complaint and then knows the commands.
#[test]
fn completions_are_scripts_that_shells_read() {
    let site = site(&[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = site.run_in(&[], &["completions", shell]);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{shell}");
        for word in ["build", "serve", "completions", "strict", "base-url"] {
            assert!(run.out.contains(word), "{shell} does not know {word}");
        }
        site.write(shell, &run.out);
    }
    let script = "source ./bash && COMP_WORDS=(threadmark bui) && COMP_CWORD=1 && _threadmark threadmark bui threadmark && echo \"${COMPREPLY[@]}\"";
    let bash = Command::new("bash").args(["-c", script]).current_dir(site.root()).output().unwrap();
    assert_eq!(
        (String::from_utf8_lossy(&bash.stdout).trim(), bash.status.success()),
        ("build", true),
        "{bash:?}"
    );
}

#[test]
fn the_manual_is_a_page_for_man() {
    let run = site(&[]).run_in(&[], &["man"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.contains("\n.TH threadmark 1"), "{}", run.out);
    for section in [".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH OPTIONS", ".SH SUBCOMMANDS"] {
        assert!(run.out.contains(section), "{section}");
    }
    // A line that starts with a dot is a request; only those of the man macros may stand there.
    let requests = run.out.lines().filter_map(|line| line.strip_prefix('.'));
    for request in requests.map(|line| line.split(' ').next().unwrap_or("")) {
        assert!(
            ["TH", "SH", "SS", "TP", "IP", "ie", "el", "RS", "RE", "PP", "br"].contains(&request),
            ".{request}"
        );
    }
}

/// `threadmark man | head` ends when `head` has enough.
#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    for arguments in [&["man"][..], &["completions", "bash"], &["--help"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_threadmark"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_site_is_found_from_any_folder_in_it() {
    let site = site(&[("threadmark.yml", "title: Acme\n"), ("a/b/c.md", "# C\n")]);
    let inside = site.path("a/b");
    let run =
        Run::of(&command(&inside, site.home(), &["--now", site::NOW, "build"]).output().unwrap()).clean();
    assert!(site.path("_site/a/b/c/index.html").exists(), "{}", run.err);
    let named = ["--now", site::NOW, "build", "handbook", "-o", "elsewhere"];
    Run::of(&command(site.home(), site.home(), &named).output().unwrap()).clean();
    assert_eq!(files(&site.home().join("elsewhere")), site.output());
}
