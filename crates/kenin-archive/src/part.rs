//! One part of an archive's results: what a run over a shard of a list leaves, for runs on many machines.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use kenin::{Source, TimeSource};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::export::{ExportError, ParquetWriter};
use crate::hash::sha256_of;
use crate::{Conditions, Counts, Kept, Receive, Shard, Trouble};

/// The schema of a part's description.
pub const PART_SCHEMA: &str = "kenin-part/1";

/// Troubles that a description lists; it counts all.
const LISTED: usize = 100;

/// What a part is and how it came about, beside it as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartMeta {
    /// [`PART_SCHEMA`].
    pub schema: String,
    /// What was asked.
    pub question: Question,
    /// The time at which documents were judged.
    pub validation_time: String,
    /// The name of the Parquet file beside the description.
    pub file: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// Rows in it.
    pub rows: u64,
    /// Documents by verdict, and places that could not be entered.
    pub counts: Counts,
    /// The first hundred of those places, and why.
    pub troubles: Vec<(String, String)>,
}

/// What decides a part. One that is there is not made again when all of it is the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The version of kenin.
    pub tool: String,
    /// The policy's name.
    pub policy: String,
    /// Its SHA-256.
    pub policy_sha256: String,
    /// The trust profile's name.
    pub trust: String,
    /// Its SHA-256.
    pub trust_sha256: String,
    /// SHA-256 over the evidence given beside the documents.
    pub evidence_sha256: String,
    /// The time that was given; absent when documents were judged as of now.
    pub time: Option<String>,
    /// SHA-256 of the list.
    pub manifest_sha256: String,
    /// The shard's number, from 1.
    pub shard: u64,
    /// How many shards there are.
    pub of: u64,
}

/// A part that is to be made, or that is there.
pub enum Part {
    /// It is there, for the same question.
    There(Box<PartMeta>),
    /// It is to be made.
    New(Box<PartWriter>),
}

/// Makes a part. Nobody sees it before it is whole.
pub struct PartWriter {
    folder: PathBuf,
    question: Question,
    validation_time: String,
    writer: ParquetWriter<NamedTempFile>,
    counts: Counts,
    troubles: Vec<(String, String)>,
}

impl Part {
    /// The part of `shard` of the list at `manifest`, in `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// A list that cannot be read, a folder that cannot be written to.
    pub fn begin(
        folder: &Path,
        manifest: &Path,
        shard: Shard,
        conditions: &Conditions<'_>,
    ) -> Result<Self, ExportError> {
        let question = Question::of(sha256_of(&Source::file(File::open(manifest)?)?)?.to_string(), shard, conditions);
        if let Some(there) = question.answered(folder) {
            return Ok(Self::There(Box::new(there)));
        }
        fs::create_dir_all(folder)?;
        let file = tempfile::Builder::new().prefix(".kenin-part-").tempfile_in(folder)?;
        Ok(Self::New(Box::new(PartWriter {
            folder: folder.to_owned(),
            question,
            validation_time: conditions.time.0.to_string(),
            writer: ParquetWriter::new(file)?,
            counts: Counts::default(),
            troubles: Vec::new(),
        })))
    }
}

impl Question {
    fn of(manifest_sha256: String, shard: Shard, conditions: &Conditions<'_>) -> Self {
        let (policy, trust) = (conditions.verifier.policy(), conditions.verifier.trust());
        let (time, source) = conditions.time;
        Self {
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            policy: policy.name.clone(),
            policy_sha256: policy.sha256.to_string(),
            trust: trust.name.clone(),
            trust_sha256: trust.sha256.to_string(),
            evidence_sha256: conditions.evidence_sha256.to_string(),
            time: (source == TimeSource::Given).then(|| time.to_string()),
            manifest_sha256,
            shard: shard.number,
            of: shard.of,
        }
    }

    fn name(&self) -> String {
        format!("part-{:05}-of-{:05}", self.shard, self.of)
    }

    /// The part that is there, if it is this one's and whole.
    fn answered(&self, folder: &Path) -> Option<PartMeta> {
        let meta = fs::read(folder.join(self.name() + ".json")).ok()?;
        let meta: PartMeta = serde_json::from_slice(&meta).ok()?;
        let file = Source::file(File::open(folder.join(self.name() + ".parquet")).ok()?).ok()?;
        let whole = file.len() == meta.size && sha256_of(&file).ok()?.to_string() == meta.sha256;
        (meta.schema == PART_SCHEMA && meta.question == *self && whole).then_some(meta)
    }
}

impl PartWriter {
    /// Ends the part: first its Parquet file is put in its place, then its description. Both are there, or the part is made
    /// again.
    ///
    /// # Errors
    /// [`ExportError`].
    pub fn finish(self) -> Result<PartMeta, ExportError> {
        let (file, rows) = self.writer.finish()?;
        file.as_file().sync_all()?;
        let written = Source::file(file.reopen()?)?;
        let name = self.question.name();
        let meta = PartMeta {
            schema: PART_SCHEMA.to_owned(),
            validation_time: self.validation_time,
            file: name.clone() + ".parquet",
            size: written.len(),
            sha256: sha256_of(&written)?.to_string(),
            rows,
            counts: self.counts,
            troubles: self.troubles,
            question: self.question,
        };
        let mut description = tempfile::Builder::new().prefix(".kenin-part-").tempfile_in(&self.folder)?;
        description.write_all(&serde_json::to_vec_pretty(&meta).map_err(io::Error::from)?)?;
        description.as_file().sync_all()?;
        let there = |error: tempfile::PersistError| error.error;
        file.persist(self.folder.join(&meta.file)).map_err(there)?;
        description.persist(self.folder.join(name + ".json")).map_err(there)?;
        Ok(meta)
    }
}

impl Receive<Kept> for PartWriter {
    type Error = ExportError;

    fn kept(&mut self, kept: Kept) -> Result<(), ExportError> {
        if let Kept::Document(record, _) = kept {
            self.counts.add(&record.verdict, record.error.as_deref());
            self.writer.add(&record, false)?;
        }
        Ok(())
    }

    fn trouble(&mut self, trouble: Trouble) -> Result<(), ExportError> {
        self.counts.troubles += 1;
        if self.troubles.len() < LISTED {
            self.troubles.push((trouble.name.to_string(), trouble.error.to_string()));
        }
        Ok(())
    }
}
