//! `kenin policy show` and `kenin policy export`.

use std::path::Path;

use kenin::Policy;
use kenin::render::Sheet;

use crate::args::PolicyCommand;
use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::printer;
use crate::{files, resolve, shell};

/// Carries out a `kenin policy` command.
pub fn run(command: PolicyCommand, speech: &Speech) -> Result<Exit, Failure> {
    match command {
        PolicyCommand::Show { policy } => printer::page(&text(&resolve::policy(&policy)?))?,
        PolicyCommand::Export { policy, output, force } => {
            export(&resolve::policy(&policy)?, &output, force, speech)?;
        }
    }
    Ok(Exit::Valid)
}

/// The policy as the TOML it was read from, its hash in a comment.
fn text(policy: &Policy) -> String {
    let newline = if policy.text.ends_with('\n') { "" } else { "\n" };
    format!("# {}: SHA-256 {}\n{}{newline}", policy.name, policy.sha256, policy.text)
}

fn export(policy: &Policy, output: &Path, force: bool, speech: &Speech) -> Result<(), Failure> {
    let catalogue = &speech.people;
    let header = files::comment(&catalogue.text("policy-export-header", &[]));
    files::write(output, &format!("{header}{}", text(policy)), force)?;
    let mut sheet = Sheet::new(&speech.layout(printer::colour()));
    sheet.heading(&catalogue.text("import-written", &[("path", (&output.display().to_string()).into())]));
    sheet.paragraph(&catalogue.text("policy-exported", &[]));
    sheet.command(&format!("kenin verify FILE --policy {}", shell::path_argument(output)));
    printer::page(&sheet.finish())
}
