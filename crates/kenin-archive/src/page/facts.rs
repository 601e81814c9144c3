use kenin::TimeSource;

use super::shown::{ShownName, cut};
use super::words::{Words, number};
use crate::{JudgedAlike, RunRow, Summary};

/// What was judged, when and by what.
pub(super) struct Facts {
    pub list: Vec<(String, String)>,
    /// What is missing in it.
    pub notices: Vec<String>,
    pub troubles: Vec<(ShownName, String)>,
    pub troubles_more: Option<String>,
    /// Conditions, where there are several.
    pub conditions: Vec<Condition>,
    /// SHA-256 of policies and trust profiles.
    pub digests: Vec<(String, String)>,
    pub tools: String,
}

/// Documents that were judged under the same conditions.
pub(super) struct Condition {
    pub policy: String,
    pub trust: String,
    pub tool: String,
    pub times: String,
    pub documents: String,
}

impl Facts {
    pub(super) fn new(summary: &Summary, words: &Words) -> Self {
        let counts = &summary.counts;
        let fact = |key: &str, value: String| (words.text(key), value);
        let signed = number(counts.total().saturating_sub(counts.unsigned));
        let documents = words.with(
            "archive-documents-value",
            &[("total", &number(counts.total())), ("signed", &signed), ("unsigned", &number(counts.unsigned))],
        );
        let mut list = vec![fact("archive-documents", documents)];
        list.extend(summary.last.iter().map(|run| fact("archive-last-run", last_run(run, words))));
        list.extend(summary.last.iter().map(|run| fact("archive-policy", run.policy.0.clone())));
        list.extend(summary.last.iter().map(|run| fact("archive-trust", run.trust.0.clone())));
        list.push(fact("archive-as-of", summary.time.to_jst_string()));
        let unfinished = summary.last.as_ref().filter(|run| !run.finished);
        let notices = [
            unfinished.map(|_| words.text("archive-unfinished")),
            (counts.gone > 0).then(|| words.counted("archive-gone", counts.gone)),
            // The places themselves follow.
            (counts.troubles > 0).then(|| words.counted("archive-troubles", counts.troubles)),
        ];
        let troubles = summary.troubles.iter();
        let troubles: Vec<_> =
            troubles.map(|(name, reason)| (ShownName::new(name, words), cut(reason, words))).collect();
        let shown = u64::try_from(troubles.len()).unwrap_or(u64::MAX);
        let more = counts.troubles.saturating_sub(shown);
        let several = summary.judged.len() > 1;
        let conditions = summary.judged.iter().filter(|_| several).map(|judged| condition(judged, words)).collect();
        let mut tools: Vec<&str> = summary.judged.iter().map(|judged| judged.tool.as_str()).collect();
        tools.sort_unstable();
        tools.dedup();
        Self {
            list,
            notices: notices.into_iter().flatten().collect(),
            troubles,
            troubles_more: (more > 0).then(|| words.counted("archive-troubles-more", more)),
            conditions,
            digests: digests(summary, words),
            tools: words.catalogue.join(tools),
        }
    }
}

fn last_run(run: &RunRow, words: &Words) -> String {
    let key = match (run.rejudged, run.time_source) {
        (true, _) => "archive-run-rejudged",
        (false, TimeSource::Now) => "archive-run-now",
        (false, TimeSource::Given) => "archive-run-given",
    };
    words.with(key, &[("time", &run.time.to_jst_string())])
}

fn condition(judged: &JudgedAlike, words: &Words) -> Condition {
    let (first, last) = &judged.times;
    let times = match first == last {
        true => words.with("archive-at", &[("time", first)]),
        false => words.with("archive-from-to", &[("from", first), ("to", last)]),
    };
    Condition {
        policy: judged.policy.0.clone(),
        trust: judged.trust.0.clone(),
        tool: judged.tool.clone(),
        times,
        documents: number(judged.documents),
    }
}

/// Each once, with the name that it has.
fn digests(summary: &Summary, words: &Words) -> Vec<(String, String)> {
    let mut digests = Vec::new();
    for (key, pick) in [
        ("archive-policy-sha256", (|judged| &judged.policy) as fn(&JudgedAlike) -> &(String, String)),
        ("archive-trust-sha256", |judged| &judged.trust),
    ] {
        for (name, sha256) in summary.judged.iter().map(pick) {
            let digest = (words.with(key, &[("name", name)]), sha256.clone());
            if !digests.contains(&digest) {
                digests.push(digest);
            }
        }
    }
    digests
}
