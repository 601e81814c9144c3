//! Pictures of reports, to be looked at: every row of the verdict table as HTML and text in both languages, on a desk, on a
//! phone and on A4, by headless Chromium.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[path = "../../../tests/support/rows.rs"]
mod rows;

use rows::{Case, ROWS};

/// Names under which systems have it.
const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// What a screen shows without scrolling. Headless Chromium draws no window narrower than 500.
const SCREENS: [(&str, &str); 2] = [("desk", "1280,800"), ("phone", "500,900")];

/// Writes the pictures and an `index.html` over them into a folder.
///
/// # Errors
/// Chromium or the program is not there, a file cannot be written, or nothing was drawn.
pub fn write(folder: &Path) -> Result<(), Box<dyn Error>> {
    let chromium = CHROMIUM.iter().find(|name| Command::new(name).arg("--version").output().is_ok());
    let chromium = chromium.ok_or("no Chromium: apt-get install chromium fonts-noto-cjk")?;
    let build = Command::new(env!("CARGO")).args(["build", "--quiet", "-p", "kenin-cli"]).status()?;
    let program = std::env::current_exe()?.with_file_name("kenin");
    if !build.success() || !program.exists() {
        return Err("kenin was not built".into());
    }
    fs::create_dir_all(folder)?;
    let folder = fs::canonicalize(folder)?;
    let cases = rows::cases()?;
    let mut index = String::from(
        "<!DOCTYPE html><meta charset=\"utf-8\"><title>kenin</title><style>img{border:1px solid;margin:4px;max-width:45%}</style>",
    );
    let shown = ROWS.iter().flat_map(|(row, ids)| ids.iter().map(move |id| (row, id)));
    for (row, id) in shown {
        let case = rows::case(&cases, id)?;
        write!(index, "<h2>{row} {id}</h2>")?;
        for lang in ["ja", "en"] {
            let html = run(&program, case, &["--format", "html", "--lang", lang])?;
            let text = run(&program, case, &["--lang", lang])?;
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let text = format!(
                "<!DOCTYPE html><meta charset=\"utf-8\"><pre style=\"font:14px 'Noto Sans Mono CJK JP',monospace\">{text}</pre>"
            );
            for (kind, page) in [("html", html), ("text", text)] {
                let name = format!("{id}-{lang}-{kind}");
                fs::write(folder.join(&name).with_extension("html"), page)?;
                draw(chromium, &folder, &name, &mut index)?;
            }
        }
    }
    fs::write(folder.join("index.html"), index)?;
    Ok(())
}

fn run(program: &Path, case: &Case, more: &[&str]) -> Result<String, Box<dyn Error>> {
    Ok(String::from_utf8(rows::verify(program, case).args(more).output()?.stdout)?)
}

/// One page on every screen, and on paper.
fn draw(chromium: &str, folder: &Path, name: &str, index: &mut String) -> Result<(), Box<dyn Error>> {
    let page = format!("file://{}.html", folder.join(name).display());
    let chromium = |output: String, more: &[&str]| -> Result<(), Box<dyn Error>> {
        let target = PathBuf::from(output.split_once('=').map_or("", |(_, path)| path));
        let mut command = Command::new(chromium);
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-pdf-header-footer"]);
        command.arg(output).args(more).arg(&page).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        if target.exists() { Ok(()) } else { Err(format!("Chromium drew no {}", target.display()).into()) }
    };
    for (screen, size) in SCREENS {
        let picture = format!("{name}-{screen}.png");
        chromium(format!("--screenshot={}", folder.join(&picture).display()), &[&format!("--window-size={size}")])?;
        write!(index, "<img src=\"{picture}\" alt=\"{picture}\">")?;
    }
    chromium(format!("--print-to-pdf={}", folder.join(format!("{name}.pdf")).display()), &[])?;
    write!(index, "<a href=\"{name}.pdf\">A4</a>")?;
    Ok(())
}
