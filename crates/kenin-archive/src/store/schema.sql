-- kenin-results/1. Times are RFC 3339 in UTC, digests and names are octets; codes are those of kenin-report/1.

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    -- 'running' until every document has its row; a run that was interrupted stays so.
    state TEXT NOT NULL,
    tool TEXT NOT NULL,
    policy TEXT NOT NULL,
    policy_sha256 BLOB NOT NULL,
    trust TEXT NOT NULL,
    trust_sha256 BLOB NOT NULL,
    -- Over the digests of the evidence that was given beside the documents, sorted.
    evidence_sha256 BLOB NOT NULL,
    validation_time TEXT NOT NULL,
    time_source TEXT NOT NULL
) STRICT;

-- Every document as it was judged last.
CREATE TABLE document (
    -- The path's bytes.
    name BLOB PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id),
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
) STRICT, WITHOUT ROWID;

CREATE INDEX document_run ON document (run);

CREATE TABLE signature (
    document BLOB NOT NULL REFERENCES document (name) ON DELETE CASCADE,
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
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

-- Places that could not be entered: nothing is known of what lies below.
CREATE TABLE trouble (
    run INTEGER NOT NULL REFERENCES run (id),
    name BLOB NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;
