//! What `check` looks for, one file per family. Each takes a finished site and gives findings; none changes it, and
//! none forbids to build.

pub mod numbers;
pub mod status;
pub mod supersession;
