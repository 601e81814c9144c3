-- kenin-results/2. Times are RFC 3339 in UTC, digests and names are octets; codes are those of kenin-report/1.

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    -- 'running' until every document has its row, then 'finished'; a run that was interrupted stays so until it is gone on with or
    -- 'given-up'.
    state TEXT NOT NULL,
    -- 'verify', or 'rejudge' when stored facts were judged and no document was read.
    kind TEXT NOT NULL,
    -- Which documents it is over, as its arguments said it: roots, lists and what passes documents over. Empty for 'rejudge'.
    scope TEXT NOT NULL,
    tool TEXT NOT NULL,
    policy TEXT NOT NULL,
    policy_sha256 BLOB NOT NULL,
    trust TEXT NOT NULL,
    trust_sha256 BLOB NOT NULL,
    -- Over the digests of the evidence that was given beside the documents, sorted.
    evidence_sha256 BLOB NOT NULL,
    validation_time TEXT NOT NULL,
    time_source TEXT NOT NULL,
    -- How all documents stood when it ended, those that have gone not counted.
    valid INTEGER,
    invalid INTEGER,
    indeterminate INTEGER,
    no_signature INTEGER,
    error INTEGER,
    gone INTEGER
) STRICT;

-- Policies and trust profiles as text, by SHA-256, from which a report is made again.
CREATE TABLE profile (
    sha256 BLOB PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;

-- Every document as it was judged last.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    -- The path's bytes.
    name BLOB NOT NULL UNIQUE,
    run INTEGER NOT NULL REFERENCES run (id),
    -- The run that did not find it any more where it was; NULL while it is there.
    gone INTEGER REFERENCES run (id),
    size INTEGER NOT NULL,
    -- Nanoseconds since 1970.
    modified INTEGER,
    sha256 BLOB,
    format TEXT NOT NULL,
    verdict TEXT NOT NULL,
    conformity TEXT NOT NULL,
    error TEXT,
    error_reason TEXT,
    -- What a detached signature was judged with: the path's bytes.
    content BLOB,
    -- Of the file that it is beside by its name, whether or not it was judged with it.
    beside_size INTEGER,
    beside_modified INTEGER,
    -- The first blocking requirement that is not met or not decided, and why.
    requirement TEXT,
    reason TEXT,
    verifiable_until TEXT,
    renew_before TEXT,
    verification_id TEXT NOT NULL
) STRICT;

CREATE INDEX document_verdict ON document (gone, verdict, requirement, reason, error);
CREATE INDEX document_renew_before ON document (gone, renew_before) WHERE renew_before IS NOT NULL;

CREATE TABLE signature (
    document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    -- In document order, from 0.
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    format TEXT NOT NULL,
    level TEXT NOT NULL,
    reached_level TEXT NOT NULL,
    indication TEXT NOT NULL,
    sub_indication TEXT,
    signer TEXT,
    issuer TEXT,
    certificate_sha256 BLOB,
    -- National licences in the certificate, separated by ', '.
    licence TEXT,
    best_signature_time TEXT,
    -- Of the timestamp with the highest grade.
    tsa TEXT,
    grade TEXT,
    -- Checks that failed, are undecided or warn, with those above them: JSON, compressed (zstd). NULL when there are none.
    checks BLOB,
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

-- What was observed, from which a report is made again: kenin-facts/1 without the octets of its evidence, compressed (zstd).
-- A document that could not be read has none.
CREATE TABLE facts (
    document INTEGER PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
    facts BLOB NOT NULL
) STRICT;

-- Certificates, CRLs, OCSP responses and timestamps, each once, compressed (zstd).
CREATE TABLE evidence (
    -- Of its DER before compression.
    sha256 BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    der BLOB NOT NULL
) STRICT;

-- Places that could not be entered: nothing is known of what lies below.
CREATE TABLE trouble (
    run INTEGER NOT NULL REFERENCES run (id),
    name BLOB NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;
