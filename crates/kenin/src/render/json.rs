use crate::report::Report;

/// The report as JSON (`docs/report.schema.json`): one line, or indented when `pretty`. The messages are those
/// that [`Report::localise`](crate::Report::localise) filled. Ends with a line feed.
pub fn json(report: &Report, pretty: bool) -> String {
    let written = if pretty { serde_json::to_string_pretty(report) } else { serde_json::to_string(report) };
    // Reports hold text, numbers and lists under text keys, which always serialise.
    let mut line = written.unwrap_or_default();
    line.push('\n');
    line
}
