//! The one place that writes to standard output and standard error.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::exit::{Exit, Failure};
use crate::files;

/// Where reports go: standard output, a file, or nowhere.
pub struct Printer {
    target: Target,
    /// What reading end closed: nothing more is written, and that is no error.
    closed: bool,
}

enum Target {
    Stdout(BufWriter<io::Stdout>),
    File(PathBuf, BufWriter<File>),
    Nowhere,
}

impl Printer {
    /// Prints to standard output.
    pub fn stdout() -> Self {
        Self { target: Target::Stdout(BufWriter::new(io::stdout())), closed: false }
    }

    /// Prints to a new file.
    pub fn file(path: &Path) -> Result<Self, Failure> {
        let file = files::standard(path).unwrap_or_else(|| File::create(path));
        let file = file.map_err(|error| cannot_write(path, &error))?;
        Ok(Self { target: Target::File(path.to_owned(), BufWriter::new(file)), closed: false })
    }

    /// Prints nothing.
    pub fn nowhere() -> Self {
        Self { target: Target::Nowhere, closed: false }
    }

    /// Whether colour may be used: never in a file.
    pub fn colour(&self) -> bool {
        matches!(self.target, Target::Stdout(_)) && colour()
    }

    /// Whether anybody still reads.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Writes text. A reader that has gone is no error.
    pub fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())
    }

    /// Writes bytes of a document as they are.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.by(|writer| writer.write_all(bytes))
    }

    /// Hands everything over to the system.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.by(|writer| writer.flush())
    }

    /// Writes what `act` does, which may be long. A reader that has gone is no error.
    pub fn by(&mut self, act: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let (path, outcome) = match &mut self.target {
            Target::Stdout(writer) => (Path::new("stdout"), act(writer)),
            Target::File(path, writer) => (path.as_path(), act(writer)),
            Target::Nowhere => return Ok(()),
        };
        match outcome {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => Err(Failure::io("usage-output", cannot(path, &error))),
            Ok(()) => Ok(()),
        }
    }

    /// One message for people on standard error. Further lines of it are indented, so that none passes for a message of
    /// its own.
    pub fn complain(message: &str) {
        let message = kenin::render::sanitised_lines(message);
        let _ = writeln!(io::stderr(), "kenin: {}", message.trim_end().replace('\n', "\n  "));
    }
}

/// Whether standard output may be coloured: on a terminal, unless NO_COLOR (no-color.org) is set or the terminal is
/// dumb.
pub fn colour() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdout().is_terminal() && !set("NO_COLOR") && !dumb
}

/// Prints a finished page on standard output.
pub fn page(text: &str) -> Result<(), Failure> {
    let mut printer = Printer::stdout();
    printer.print(text)?;
    printer.finish()
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure::io("usage-output", cannot(path, error))
}

fn cannot(path: &Path, error: &io::Error) -> [(&'static str, String); 2] {
    [("path", path.display().to_string()), ("reason", error.to_string())]
}

/// What clap has to say: help and version on standard output (exit 0), mistakes on standard error (exit 4; clap's
/// own 2 means something else here).
pub fn clap_message(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    if error.use_stderr() { Exit::Usage.into() } else { Exit::Valid.into() }
}

/// A panic is caught where one document is verified and becomes exit 6; here only its place is said, since its
/// message could hold parts of the document.
pub fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        Printer::complain(&format!("internal error at {place}"));
    }));
}

/// A line on standard error that is written over and over, only on a terminal.
pub struct Progress {
    shown: bool,
}

impl Progress {
    /// A progress line for `total` documents; silent for one, when asked, or without a terminal.
    pub fn new(total: usize, quiet: bool) -> Self {
        Self { shown: total > 1 && !quiet && io::stderr().is_terminal() }
    }

    /// A progress line for work of a size not known before; silent without a terminal.
    pub fn of_batch() -> Self {
        Self { shown: io::stderr().is_terminal() }
    }

    /// Whether anybody sees it.
    pub fn is_shown(&self) -> bool {
        self.shown
    }

    /// Shows how far the work is.
    pub fn show(&self, text: &str) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\u{1b}[K{text}");
        }
    }

    /// Takes the line away.
    pub fn clear(&self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
