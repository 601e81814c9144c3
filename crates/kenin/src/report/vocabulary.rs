use serde::Serialize;

/// The overall answer: the worse of the signature headline and the guideline headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// 有効: every signature passed and the blocking requirements are satisfied.
    Valid,
    /// 無効: a signature failed, or a blocking requirement is positively not satisfied.
    Invalid,
    /// 判定不能: information is missing.
    Indeterminate,
    /// There is no signature where one is expected.
    NoSignature,
    /// The document could not be processed.
    Error,
}

/// The guideline headline: 適合, 不適合 or 判定不能.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conformity {
    /// One signature satisfies every blocking requirement.
    Conforming,
    /// Every signature positively misses a blocking requirement.
    NonConforming,
    /// Information is missing.
    Undetermined,
    /// The policy assesses no guideline, or there is no signature to assess.
    NotAssessed,
}

/// Where the validation time came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeSource {
    /// The clock, at the start of the run.
    Now,
    /// The caller, who asserts that everything existed then.
    Given,
}

/// One of the four axes on which a signature is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AxisStatus {
    /// Nothing is wrong.
    Passed,
    /// Something is wrong.
    Failed,
    /// Information is missing.
    Indeterminate,
    /// The axis does not apply.
    NotApplicable,
}

/// How far a timestamp can be relied upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Imprint or signature does not hold.
    None,
    /// Imprint and signature hold.
    Verified,
    /// And the chain leads to a time-stamping anchor and validates.
    Trusted,
    /// And a configured accreditation covers genTime.
    Accredited,
}
