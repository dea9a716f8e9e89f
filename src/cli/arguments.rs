//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use super::formats::Format;
use super::report::Color;

// Texts that are no Markdown, as documentation comments would have to be.
const BASE_URL: &str = "Where the site will be served, such as https://acme.github.io/handbook/";
const NOW: &str = "The time that counts as now: RFC 3339, a date, or seconds since 1970 \
                   [default: $SOURCE_DATE_EPOCH, else the clock]";
const SITE: &str =
    "The site [default: the nearest folder at or above this one with a threadmark.yml, else this one]";
const OUTPUT: &str = "Where the site goes [default: DIR/_site]";

/// Turns a repository of Markdown into a site for teams that work asynchronously.
#[derive(Debug, Parser)]
#[command(name = "threadmark", version, propagate_version = true, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Begin a site: a configuration, one document of each kind, a workflow for GitHub Pages
    Init(Init),
    /// Write the next document of a kind from its template, and print its path
    New(New),
    /// Build the site
    Build(Build),
    /// Build in memory, serve on this machine, reload the browser on change
    Serve(Serve),
    /// Report what is wrong, lapsed or missing, and write nothing
    Check(Check),
    /// Read a transcript and print it
    Transcript(Transcript),
    /// Turn a transcript into a document to edit
    Draft(Draft),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Common options")]
pub(super) struct Common {
    #[arg(long, global = true, value_name = "URL", help = BASE_URL)]
    pub base_url: Option<String>,
    /// Publish drafts too
    #[arg(long, global = true)]
    pub drafts: bool,
    /// How many threads to use; all cores by default
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    #[arg(long, global = true, value_name = "TIME", help = NOW)]
    pub now: Option<String>,
    /// Print errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print every warning and note, and how long each step took
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Colour in messages
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

/// `threadmark transcript`
#[derive(Debug, Args)]
pub(super) struct Transcript {
    /// The transcript: WebVTT, SRT or SBV
    pub file: PathBuf,
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: TranscriptFormat,
}

/// `threadmark draft`
#[derive(Debug, Args)]
pub(super) struct Draft {
    /// The transcript: WebVTT, SRT or SBV
    pub transcript: PathBuf,
    /// The address or the file of the recording
    #[arg(long, value_name = "URL")]
    pub video: Option<String>,
    /// The title [default: the first line of the chapters, else the name of the transcript]
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// A file with lines such as `0:00 Title` [default: cut where the talk turns]
    #[arg(long, value_name = "FILE")]
    pub chapters: Option<PathBuf>,
    /// Write to this file, which must not be there yet, instead of printing
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// The forms in which a transcript is printed.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum TranscriptFormat {
    /// The cues of the file one by one, times in seconds
    Json,
    /// WebVTT, speakers as voices
    Vtt,
    /// SRT, speakers before what they say
    Srt,
    /// Paragraphs, each with its time and its speaker
    Text,
}

/// `threadmark build`
#[derive(Debug, Args)]
pub(super) struct Build {
    /// The site [default: the nearest folder at or above this one with a threadmark.yml, else this one]
    pub dir: Option<PathBuf>,
    #[arg(short, long, value_name = "OUT", help = OUTPUT)]
    pub output: Option<PathBuf>,
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Neither read nor write the cache
    #[arg(long)]
    pub no_cache: bool,
}

/// `threadmark check`
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The site [default: the nearest folder at or above this one with a threadmark.yml, else this one]
    pub dir: Option<PathBuf>,
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Explain a code and check nothing; without CODE, list all codes
    #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = "list", conflicts_with = "dir")]
    pub explain: Option<String>,
}

/// `threadmark serve`
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The site [default: the nearest folder at or above this one with a threadmark.yml, else this one]
    pub dir: Option<PathBuf>,
    /// The port [default: 4000, or the next that is free]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
}

/// `threadmark init`
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder of the site [default: the current one]
    pub dir: Option<PathBuf>,
}

/// `threadmark new`
#[derive(Debug, Args)]
pub(super) struct New {
    /// decision, spec, update, recording, page, or the name of a collection
    pub kind: String,
    /// Its title; updates can do without
    pub title: Option<String>,
    #[arg(short = 'C', value_name = "DIR", help = SITE)]
    pub dir: Option<PathBuf>,
    /// The collection, where there are several of that kind
    #[arg(long = "in", value_name = "COLLECTION")]
    pub within: Option<String>,
}
