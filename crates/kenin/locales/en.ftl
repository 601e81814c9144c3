# kenin's messages in English. Keys are the stable codes of the report; the texts are not a contract.
# A value says what is so. `.next` says what to do. `.about` is background for `kenin explain`.

## Answers

verdict-valid = VALID
    .about = Every signature passed, and the requirements that decide conformity with the guideline are shown to be met.
verdict-invalid = INVALID
    .about = A signature failed for good, or a requirement that decides conformity is shown not to be met.
verdict-indeterminate = INDETERMINATE
    .about = Nothing was shown to be wrong, but information needed for an answer is missing.
verdict-no-signature = NO SIGNATURE
    .about = The document has no signature that kenin can find.
verdict-error = ERROR
    .about = The document could not be processed.

headline-valid = VALID
headline-invalid = INVALID
headline-indeterminate = INDETERMINATE

conformity-conforming = CONFORMING
conformity-non-conforming = NOT CONFORMING
conformity-undetermined = INDETERMINATE
conformity-because = { $word } ({ $ids }). { $reason }
conformity-not-assessed = not assessed

indication-total-passed = TOTAL-PASSED
    .about = The signature passed every check of EN 319 102-1 that the policy asks for.
indication-total-failed = TOTAL-FAILED
    .about = A check failed for good: more information cannot turn this into a valid signature.
indication-indeterminate = INDETERMINATE
    .about = The information at hand does not decide whether the signature is valid. More evidence, such as revocation lists or certificates, may.

status-passed = ok
status-failed = failed
status-indeterminate = undecided
status-warning = notice
status-info = info
status-skipped = skipped

requirement-status-satisfied = met
requirement-status-not-satisfied = NOT MET
requirement-status-undetermined = undecided
requirement-status-not-applicable = n/a
requirement-by-route = { $title } ({ $route })
requirement-status-organisational = elsewhere

## Words of the text report

list-separator = { ", " }
text-headline-gap = { " / " }
text-signature-title = { $kind } { $id }
text-signature-headline = Signature
text-guideline-headline = Guideline
text-who = Who
    .question = Who signed, with which licence
text-when = When
    .question = When, and what proves it
text-tampering = Tampering
    .question = Tampering
text-certificate = Certificate
    .question = Certificate
text-guideline = Guideline
    .question = Guideline
text-requirements = Requirements
text-checks = Checks
text-findings = Noticed
text-document-findings = About the document
text-next = What to do next
text-error = Problem
text-timestamps = Timestamps
text-claims = Claimed
    .question = Signer's claims
text-validity = Verifiable until
text-judged-now = Judged at { $time } under { $policy }, trust profile { $trust }.
text-judged-given = Judged as of { $time } (given; that everything existed then is your assertion) under { $policy }, trust profile { $trust }.
text-folded = { $count ->
    [one] 1 check passed
   *[other] { $count } checks passed
 }: { $names }
text-all-passed = { $count ->
    [one] the one check passed
   *[other] all { $count } checks passed
 }
text-field = field { $field }
text-counter-of = counter-signature of { $parent }
text-bytes = { $size } bytes
text-level = claims level { $claimed }, reaches level { $reached }
text-level-same = level { $reached }
level-none = none
text-also = also: { $names }
text-file-error = could not be read
text-unsigned = no signature

text-level-names = Level names
text-next-level = For level { $level } the document lacks:

missing-signature-timestamp = a timestamp over the signature, made while the signer's certificate is valid
missing-signing-certificate = the certificate of the signer or of a timestamping authority
missing-certificate = a certificate of the path
    .detail = the certificate of { $subject }
missing-revocation-data = usable revocation data (a CRL or an OCSP response)
    .detail = usable revocation data (a CRL or an OCSP response) for { $subject }
missing-security-store = a document security store (DSS) made after the signature
missing-complete-references = references to the certificates and to the revocation data
missing-references-timestamp = a timestamp over those references
missing-archive-timestamp = an archive timestamp (in a PDF a document timestamp) over all of it
missing-archive-timestamp-covering = an archive timestamp that covers the earlier timestamps
    .detail = an archive timestamp that covers the revocation data for { $subject }

kind-signature = Signature
kind-document-timestamp = Document timestamp
kind-counter-signature = Counter-signature
kind-timestamp = Timestamp
kind-evidence-record = Evidence record

who-unknown = not identified: the signing certificate is missing or cannot be determined
who-licence = { $name }, { $roles }
who-short = { $name } ({ $role })
who-no-role = { $name } (the certificate names no licence)
who-not-trusted = { $who }; not confirmed, because the certificate is not
who-not-shown = { $who }; but the signature does not hold, so it is not shown to be theirs
who-superseded = { $who }; signed revision { $revision } of { $revisions }, not the document as it is now
who-stamped-superseded = { $who }; stamped revision { $revision } of { $revisions }, not the document as it is now
who-stamp-not-shown = { $who }; but the timestamp does not hold, so it is not shown to be theirs
role-manager = { $name }: a manager role, not a licence
role-unrecognised = “{ $name }” (not in the licence table)
who-redacted = name withheld (JPKI; --show-personal shows it)

when-proven-accredited = existed by { $time }; proof: accredited timestamp of { $tsa }
when-proven-trusted = existed by { $time }; proof: trusted timestamp of { $tsa }, accreditation not shown
when-proven = existed by { $time }; proof: a timestamp
when-claimed = not proven; the signer claims { $time }
when-unknown = not proven, and the signature claims no time
when-claimed-stamped = not proven: there is a timestamp, but it proves nothing; the signer claims { $time }
when-unknown-stamped = not proven: there is a timestamp, but it proves nothing
when-not-shown = not proven, because the signature does not hold
when-superseded = { $when }. This is about revision { $revision }, not the document as it is now
when-stamped = { $time } (grade: { $grade })
when-stamp-broken = proves nothing (it says { $time })
when-unreadable = the time cannot be read

grade-none = does not count
    .about = The timestamp's imprint or signature does not hold; it proves nothing.
grade-verified = verified
    .about = Imprint and signature of the timestamp hold; its certificate is not shown to be trusted.
grade-trusted = trusted
    .about = The timestamp's certificate leads to a time-stamping anchor of the trust profile and validates.
grade-accredited = accredited
    .about = The timestamp is trusted, and the trust profile shows that its service was accredited at that time.

tampering-none = none: exactly as it was signed
tampering-later-material = none; what was added after signing only preserves the signature
tampering-later-unknown = what was signed is unchanged, but the document was extended afterwards, and what that changed cannot be told
tampering-later-forbidden = YES: something was changed after signing that the signature does not permit (listed below)
tampering-later-unclear = what was signed is unchanged; something was changed afterwards that the signature neither permits nor forbids (listed below)
tampering-later-doubtful = what was signed is unchanged, but programs may see more in what was added afterwards than kenin can list
tampering-later-noticed = none in what was signed; changes were made afterwards that are allowed and show in the document (listed below)
tampering-later-permitted = none; what was added after signing is permitted
tampering-later-appearance = none in what was signed; a form field was changed afterwards, as is permitted, and now shows something other than its value
tampering-trailing = YES: bytes that belong to no revision were appended after signing
tampering-differential = YES: the file holds another page, field or signature than the one it names, and programs may show it
tampering-later = what was signed is unchanged, but the document was extended afterwards
tampering-partial = what was signed is unchanged, but it is only a part of the document
tampering-changed = YES: the signed content was changed
tampering-signature-broken = the signature value does not verify: content or signature was changed
tampering-unclear = cannot be decided: the structure of the signature is damaged
tampering-not-found = cannot be checked: the signed content is not at hand
tampering-unknown = cannot be decided
tampering-unprotected = the signed content matches, but the signature does not meet a condition of the policy
tampering-stamp-none = none: exactly as it was time-stamped
tampering-stamp-changed = YES: the time-stamped content is different
tampering-stamp-not-checked = cannot be checked: the time-stamped content is not at hand

certificate-good = valid at { $time }, leads to { $anchor }
certificate-good-now = valid, leads to { $anchor }
certificate-missing = not identified
certificate-not-judged = not judged, because the signature does not hold
certificate-no-anchor = does not lead to a trusted authority
certificate-problem = { $problem }

coverage-entire-file = the whole file
coverage-entire-revision = the whole revision it was made in
coverage-partial = a part of the document
coverage-unclear = unclear
coverage-detached = content held in another file
coverage-attached = content held inside the signature

format-pdf = PDF
format-cms = CMS signature
format-timestamp-token = timestamp token
format-timestamp-response = timestamp response
format-xml = XML
format-asic = ASiC container
format-jades = JSON signature
format-evidence-record = evidence record
format-other = unrecognised format

timestamp-kind-content = content timestamp
timestamp-kind-signature = signature timestamp
timestamp-kind-cades-c = CAdES-C timestamp
timestamp-kind-certs-crls = timestamp over references
timestamp-kind-archive-v2 = archive timestamp (v2)
timestamp-kind-archive-v3 = archive timestamp (v3)
timestamp-kind-xades-archive = archive timestamp (XAdES)
timestamp-kind-evidence-record = evidence record
timestamp-kind-document = document timestamp

revocation-status-good = not revoked
revocation-status-revoked = revoked
revocation-status-on-hold = on hold
revocation-status-unknown = unknown

validity-until = { $until } ({ validity-because }). Add a timestamp before then to keep it verifiable.
validity-renew = { $until }. Add a timestamp by { $renew } ({ validity-because }).
validity-now = not shown by the document alone ({ validity-because }).
validity-because = { $because ->
    [signer-certificate-expiry] the signer's certificate expires
    [ca-certificate-expiry] a CA certificate expires
    [tsa-certificate-expiry] the timestamp's certificate expires
    [algorithm-horizon] end of use of { $subject }
    [anchor-sunset] the trust profile ends the trust in { $subject }
   *[missing-material] it lacks certificates or revocation data; embed them and time-stamp them
 }

next-renew = Add a timestamp by { $renew }.
next-revocation = Get the revocation data from { $uri }, pass it with --evidence and verify again ({ $subject }).
next-issuer = Get the certificate of the authority “{ $subject }” from { $uri } and pass it with --evidence.

summary-line = { $total ->
    [one] 1 document
   *[other] { $total } documents
 }: { $valid } valid, { $invalid } invalid, { $indeterminate } indeterminate, { $unsigned } without signature, { $errors } with errors
progress = { $done } of { $total } documents verified

## Errors and usage

error-io = The file could not be read: { $reason }
    .next = Check that the file exists and that you may read it.
error-unsupported-format = The format is recognised but kenin does not judge it yet.
    .next = Verify it with a tool that supports the format; kenin names what it supports in its README.
error-encrypted-needs-password = The document is encrypted, and no password that was given opens it.
    .next = Give the password with --password-file.
error-limit-exceeded = A processing limit was reached; what lies beyond was not examined.
    .next = The document is unusually large or built to exhaust a reader. Treat it with care.
error-usage = The command line cannot be used: { $reason }
error-internal = kenin itself failed on this document. This is a bug, and no statement about the document.
    .next = Please report it, with the document if you may share it.
error-not-signed = No signature was found.
    .next = Check that this is the signed file and not a copy made by printing or converting.
error-empty = The file is empty.
error-not-recognised = This is no format of signature that kenin knows.

usage-directory = { $path } is a folder. Add -r to verify every file in it.
usage-content-one-file = --content takes exactly one FILE.
usage-pretty-one-file = --pretty takes exactly one FILE.
usage-pretty-json = --pretty goes with --format json.
usage-stdin-once = “-” (standard input) can be given only once.
usage-stdin-twice = Standard input cannot be both the document and the content.
usage-time = --time { $value } is not an RFC 3339 time such as 2026-11-22T00:00:00Z.
usage-file = { $path }: { $reason }
usage-password-file = { $path } holds no password.
usage-evidence = { $path } is not a certificate, CRL or OCSP response (DER or PEM).
usage-evidence-empty = { $path } holds no certificate, CRL, OCSP response or evidence record.
usage-unknown-code = kenin knows no code “{ $code }”.
usage-unknown-code-near = kenin knows no code “{ $code }”. Did you mean: { $near }?
usage-output = { $path } cannot be written: { $reason }
usage-save-facts-one-file = --save-facts takes exactly one FILE.
usage-save-facts-exists = { $path } exists. Give another --save-facts; facts are never written over a file.
usage-facts = { $path } cannot be used as stored facts (kenin verify --save-facts): { $reason }
usage-facts-evidence = { $path } was changed or damaged: the evidence under { $key } has SHA-256 { $actual }.
usage-facts-schema = { $path } follows { $found }. This version of kenin reads kenin-facts/1.
usage-facts-document = { $path } is another document than the facts are about: its SHA-256 is { $actual }, expected is { $expected }.
usage-output-is-input = { $path } is a document to verify. Give another --output, so that the report does not overwrite it.
usage-output-exists = { $path } exists. Give --force to write over it, or another --output.
usage-oid = { $value } is not an object identifier such as 1.2.392.100495.1.5.1.1.3.1.
usage-day = { $value } is neither a day such as 2022-04-01 nor an RFC 3339 time.
usage-import-expect = --expect-sha256 is missing. kenin adds no authority unchecked: take the SHA-256 fingerprint from the authority's own publication (its website, 官報, a letter), by another way than the file came, and give it here.
usage-import-digest = --expect-sha256 { $value } is not a SHA-256 value: 64 hexadecimal digits, colons and spaces allowed. (40 digits are a SHA-1 value, which is not enough.)
usage-import-mismatch = Refused, nothing was written: { $path } has SHA-256 { $actual }, expected is { $expected }. Either this is another file than the authority published, or the expected value is that of something else.
usage-import-role = Say for whom the authority stands: --as signer or --as tsa.
usage-import-archive-signer = A ZIP is read as a timestamp service's. Import the certificates of signer authorities one by one.
usage-import-archive-accredited = Give the day since which the service is accredited, as the Ministry publishes it: --accredited-from 2022-04-01.
usage-import-accredited-signer = --accredited-from goes with --as tsa.
usage-import-purpose-tsa = --purpose goes with --as signer.
usage-import-archive-limit = { $path } is larger or grows more than an archive of certificates does. Nothing was written.
usage-import-archive-nothing = { $path } holds no certificate of a time-stamping unit or of its CA. Nothing was written.
usage-import-one-certificate = { $path } is not one certificate (DER or PEM) and not a ZIP.
usage-import-base = { $path } does not exist. Give --base jp-hpki to start it from the built-in profile.
usage-import-append = { $path } cannot be added to at its end. Nothing was written.
usage-import-different = { $path } has an entry for { $sha256 } already that says something else. Change it there by hand; nothing was written.
policy-export-header =
    A policy of kenin. Change what you need, and `name` too: every report shows
    the name of the policy it was judged by. Use: kenin verify FILE --policy ./THIS-FILE
policy-exported = Change it, and its name, then use it with:
usage-inspect-unknown = { $path } is nothing that kenin can show: not a certificate, CRL, OCSP response, CMS signature, timestamp or PDF.
usage-revision = { $path } has no revision { $revision }. It has { $count }.
usage-revision-not-pdf = { $path } is not a PDF. Only a PDF has revisions.
extract-revision = Revision { $revision } of { $revisions }: the first { $size } bytes of the file.
extract-signed = These are the bytes that { $id } covers.
extract-unsigned = No signature ends with this revision.

## explain

explain-finding = finding
explain-check = check
explain-sub-indication = sub-indication (EN 319 102-1)
explain-indication = indication (EN 319 102-1)
explain-requirement = requirement of the guideline
explain-reason = reason for a requirement's status
explain-verdict = overall verdict
explain-grade = timestamp grade
explain-modification = kind of change after signing
explain-meaning = What it means
explain-background = Background
explain-next = What to do

## Requirements (企画管理編 chapter 14)

requirement-14-1-1-1 = An electronic signature under the Act, Article 2(1)
    .about = Chapter 14, rule 1, item 1 (1); the Act is the Act on Electronic Signatures and Certification Business (Act 102 of 2000). The signature must be intact, cover the document and identify its signer. The same holds for local, remote and witness-type signing.
requirement-14-1-1-2 = The national licence can be verified electronically
    .about = Chapter 14, rule 1, item 1 (2), for documents that the law asks a holder of a national licence to make. The licence is shown (a) by an HPKI certificate, (b) by an accredited or other certification business that proves it, or (c) by JPKI together with an electronic confirmation of the licence.
requirement-14-1-2 = A timestamp over the whole document and signature
    .about = Chapter 14, rule 1, item 2. The timestamp keeps the signature verifiable for as long as the law asks the document to be kept.
requirement-14-1-2-1 = The timestamp is from an accredited operator
    .about = Chapter 14, rule 1, item 2 (1). Accredited under MIC notice 146 of 2021; operators accredited by the Japan Data Communications Association may still be used for the time being. Accreditation is not written in the timestamp: it comes from the trust profile.
requirement-14-1-2-2 = The timestamp lasts for the retention period
    .about = Chapter 14, rule 1, item 2 (2). From the evidence at hand: until when the document can be verified. A further timestamp before that date extends it.
requirement-14-1-2-3 = Notices and standards on timestamps are followed
    .about = Chapter 14, rule 1, item 2 (3). What a document shows of it: the algorithms used, judged by the dated algorithm table of the policy.
requirement-14-1-3 = The certificate was valid at the time-stamping
    .about = Chapter 14, rule 1, item 3. Decided from the certificate's validity and from revocation data that is fresh enough at the time of the earliest accredited timestamp.
requirement-14-2 = Private keys are managed as the CA's policy demands
    .about = Chapter 14, rule 2. This is about how an organisation works; no document can show it.

reason-signature-intact = The signature is intact, covers the whole document and identifies its signer.
reason-changed-after-signing = The document was changed after signing in a way that the signature does not permit.
    .next = Use the document as signed: kenin inspect --revision extracts it. Ask the issuer about the change.
reason-signature-broken = The signature does not hold: the document or the signature was changed.
reason-signature-not-decided = It could not be decided whether the signature holds.
reason-signer-not-identified = Who signed cannot be established: the certificate does not lead to a trusted authority, or is missing.
    .next = Check which certification authority issued the signer's certificate. If your organisation trusts it, name it in a trust profile and pass it with --trust.
reason-not-whole-document = No signature covers the whole document.
    .next = Ask the issuer whether something was added after signing, and have the final document signed.
reason-licence-shown = The certificate shows the national licence under the HPKI signing policy.
reason-licence-missing = The certificate is a good HPKI certificate, but it names no licence.
    .next = Have the document signed by a holder of the licence, with the HPKI card that shows it.
reason-licence-other = The certificate shows a national licence, but not the one this policy asks for.
    .next = Check that the right policy was used (required_roles), or have a holder of the licence sign.
reason-licence-unrecognised = The certificate names a role that is not in the licence table; whether it is a licence cannot be decided.
    .next = Read the role as written in the certificate and ask its issuer what it stands for.
reason-manager-role-only = The certificate shows a manager role (such as director of a hospital), which is not a national licence.
    .next = Have the document signed with the licence holder's own HPKI card.
reason-test-certificate = The certificate is an HPKI TEST certificate. It proves no licence.
    .next = Sign again with a production HPKI card. Find out how a test card came to be used.
reason-authentication-certificate = The certificate is for logging in (HPKI authentication), not for signing.
    .next = Sign again with the signing certificate of the same HPKI card. Check the settings of the signing software.
reason-path-not-found = The certificate does not lead to an authority of the trust profile, or is not for this use; so it cannot be confirmed.
reason-licence-route-needs-external-proof = The signer is identified by a route (b or c) whose certificate holds no licence; a confirmation from outside the document is needed.
    .next = Confirm the licence by the service that goes with the certificate, and keep the result with the document.
reason-licence-not-required = The policy asks for no licence.
reason-timestamp-shown = A valid timestamp covers the whole document including the signature.
reason-timestamp-missing = There is no timestamp over the document and its signature.
    .next = If the signing certificate is still valid, add an accredited timestamp now. Otherwise the time of signing can no longer be proven by this document.
reason-timestamp-bad = The timestamp does not hold, so it proves no time.
    .next = Ask the issuer for the document with a sound timestamp, or have it signed and time-stamped again.
reason-timestamp-not-decided = Whether the timestamp holds cannot be decided: its certificate is not trusted, or revocation data for it is missing.
    .next = Supply the CRL of the timestamp authority with --evidence, or add the authority to your trust profile if your organisation trusts it.
reason-timestamp-not-required = The policy asks for no timestamp.
reason-tsa-accredited = The trust profile shows that the time-stamping service was accredited at that time.
reason-tsa-not-accredited = The trust profile shows that the time-stamping service was not accredited at that time.
    .next = Have the document time-stamped by an accredited service.
reason-tsa-accreditation-unknown = The trust profile does not say whether the time-stamping service was accredited at that time.
    .next = Look the service up in the Ministry's publication of accredited services, and add its interval to your trust profile.
reason-retention-covered = By the evidence at hand the document can be verified until the end of the retention period.
reason-retention-not-covered = The document can be verified for less than the retention period; it needs a further timestamp in time.
    .next = Plan a further (archive) timestamp before the date shown.
reason-retention-unknown = Until when the document can be verified is not known.
reason-algorithms-acceptable = The algorithms are acceptable under the policy.
reason-algorithms-not-acceptable = An algorithm or key is not acceptable under the policy.
    .next = Documents with such algorithms need evidence that they existed while the algorithm was sound, such as an older archive timestamp.
reason-certificate-good-at-timestamp = The certificate was within its validity and not revoked when the timestamp was applied.
reason-certificate-expired-at-timestamp = The certificate had expired, or was not yet valid, when the timestamp was applied.
    .next = Have the document signed again with a valid certificate, and time-stamp it at once.
reason-certificate-revoked-at-timestamp = The certificate had been revoked when the timestamp was applied.
    .next = Do not rely on this signature. Ask the issuer to sign again with a valid card.
reason-certificate-status-unknown = Whether the certificate was revoked at that time cannot be decided: usable and fresh revocation data is missing.
reason-invalidity-date-before-timestamp = The certificate was revoked later, but the revocation says that the key could not be trusted from a time before the timestamp.
    .next = Ask the certification authority or the signer what happened before relying on this signature.
reason-not-read-completely = A limit was reached before the whole document was read; what would satisfy this may be in the rest.
    .next = Verify the document with higher limits by the library, or have it looked at: documents of this kind are unusual.
reason-organisational = This depends on how the organisation works and cannot be read from a document.

## Sub-indications (EN 319 102-1)

sub-format-failure = The signature does not conform to its format.
    .about = A structure that decides what was signed is damaged, missing or contradictory. Such damage is also how forged signatures try to slip past a verifier. A change after signing that the signature does not permit counts as well.
    .next = Ask the issuer for the original file. If the file came by e-mail or a converter, get it another way.
    .stamp = The timestamp does not conform to its format.
    .stamp-next = Ask the system that applied the timestamp, or the issuer, for one with a sound timestamp.
sub-hash-failure = The signed content was changed after signing.
    .about = The digest of the content differs from the one that was signed. At least one byte is different.
    .next = Do not rely on this document. Ask the issuer for the original and compare.
    .stamp = The timestamp was made over other content.
    .stamp-next = This timestamp proves nothing here. Ask the issuer for the document with a sound timestamp.
sub-sig-crypto-failure = The signature value does not verify with the signer's key.
    .about = The signature was damaged or does not belong to this content or certificate.
    .next = Do not rely on this document. Ask the issuer for the original.
    .stamp = The timestamp's signature value does not verify with the authority's key.
    .stamp-next = This timestamp proves nothing here. Ask the issuer for the document with a sound timestamp.
sub-revoked = The certificate was revoked before the signature was made.
    .about = It is proven that the signature was made after the revocation.
    .next = Do not rely on this signature. Ask the signer to sign with a valid card.
sub-expired = The signature was made after the certificate expired.
    .about = It is proven that the signature did not exist while the certificate was valid.
    .next = Have the document signed again with a valid certificate.
sub-not-yet-valid = The signature was made before the certificate became valid.
    .about = The proven time lies before the first day of the certificate's validity.
    .next = Check the clock of the system that signed, and have the document signed again.
sub-sig-constraints-failure = The signature does not meet a condition of the policy.
    .about = For example, a signed attribute that protects the certificate is missing, or something was changed after signing that is neither permitted nor forbidden. The checks say which.
sub-chain-constraints-failure = The certificate is not of the kind that the policy accepts for this.
    .about = The chain is sound, but its certificate policy, key usage or purpose is another one: for example a TEST card or an authentication certificate.
    .next = See which certificate was used (kenin inspect) and have the document signed with the right one.
    .stamp = The certificate is not of the kind that may issue timestamps.
    .stamp-next = Ask the time-stamping authority, or have a sound timestamp applied.
sub-certificate-chain-general-failure = The certificate chain does not validate.
    .about = A signature, name or constraint in the chain of certificates does not hold.
    .next = Check that the certificates come from the genuine authority; supply them with --evidence.
sub-crypto-constraints-failure = An algorithm or key is not acceptable: weaker than the policy asks for, or none that this version verifies.
    .next = Have the document signed again with current algorithms (for example RSA 2048 with SHA-256).
sub-policy-processing-error = A signature policy named by the signature could not be processed.
    .next = Ask the signer which policy is meant.
sub-signature-policy-not-available = The signature policy that the signature names is not at hand.
    .next = Ask the signer for the policy document.
sub-timestamp-order-failure = The times contradict each other.
    .about = A timestamp lies in the future, or an earlier step is stamped with a later time.
    .next = Check the clock of this computer first. If it is right, the timestamp is not to be relied upon.
sub-no-signing-certificate-found = The signing certificate cannot be identified.
    .about = It is missing, or what the signature says about it fits no certificate at hand.
    .next = Get the signer's certificate from its issuer and pass it with --evidence. If it is there but does not match, do not rely on the signature.
sub-no-certificate-chain-found = The certificate does not lead to an authority of the trust profile.
    .about = Either certificates in between are missing, or the authority is not one that the trust profile names. Carrying a root certificate inside the document does not make it trusted.
    .next = Check the issuer. If your organisation trusts it, pass a trust profile with --trust; if certificates are missing, pass them with --evidence.
    .stamp = The timestamp does not lead to a time-stamping authority of the trust profile.
    .stamp-next = If your organisation trusts the authority, add its certificate to your trust profile.
sub-no-certificate-chain-found-no-poe = The trusted authority is no longer valid, and nothing proves that the signature is older.
    .next = Look for a timestamp or archive record from while the authority was valid.
sub-revoked-no-poe = The certificate is revoked, and nothing proves that the signature is older than the revocation.
    .about = A valid timestamp before the revocation would settle it.
    .next = Do not rely on this signature unless another record proves that it is older than the revocation.
sub-revoked-ca-no-poe = A certification authority's certificate is revoked, and nothing proves that the signature is older.
    .next = Ask the authority what happened and since when its certificates must not be relied upon.
sub-out-of-bounds-not-revoked = The certificate is outside its validity at the time judged; it is known not to be revoked.
    .next = Without a timestamp from while the certificate was valid, the signature cannot be confirmed. Look for such a record.
sub-out-of-bounds-no-poe = A certificate is outside its validity, and nothing proves that the signature is older.
    .about = When the signature was made is not proven by a valid timestamp, so it may have been made after the certificate expired.
    .next = Look for a timestamped copy. For documents to come: time-stamp at signing.
sub-revocation-out-of-bounds-no-poe = The certificate of the revocation data's issuer is outside its validity.
    .next = Get newer revocation data and pass it with --evidence.
sub-crypto-constraints-failure-no-poe = An algorithm is no longer acceptable, and nothing proves that the material is older.
    .next = Look for an archive timestamp from while the algorithm was sound.
sub-no-poe = Proof that something existed at the right time is missing.
    .next = Look for a timestamp from that time.
sub-try-later = Usable and fresh revocation data is missing.
    .about = Whether the certificate was revoked is not known. Some revocation data may be there but too old, for another scope or not verifiable.
    .next = Get the CRL of the certificate's issuer and pass it with --evidence. Right after signing: wait for the next CRL and verify again.
    .stamp = Usable and fresh revocation data for the time-stamping authority is missing.
    .stamp-next = Get the CRL of the time-stamping authority and pass it with --evidence.
sub-signed-data-not-found = The signed content is not at hand.
    .about = The signature is detached: it signs another file.
    .next = Give the signed or time-stamped file with --content FILE.
    .stamp = The time-stamped content is not at hand.
    .stamp-next = Give the signed or time-stamped file with --content FILE.

## Checks

check-format-checking = Structure of the signature
    .passed = The structure conforms to its format.
    .failed = The structure does not conform to its format.
    .indeterminate = The structure could not be examined to the end.
    .about = EN 319 102-1 5.2.2. Everything that decides which bytes were signed must be present and unambiguous.
check-signing-certificate-identification = Signing certificate
    .passed = The signing certificate is identified.
    .failed = What the signature says about its certificate fits none at hand.
    .indeterminate = The signing certificate cannot be identified.
    .about = EN 319 102-1 5.2.3. The signature itself names its certificate by a digest, so that it cannot be exchanged.
check-x509-certificate-validation = Certificate
    .passed = The certificate validates up to a trusted authority.
    .failed = The certificate does not validate.
    .indeterminate = Whether the certificate is good could not be decided.
    .about = EN 319 102-1 5.2.6. Path, validity, revocation and purpose of the certificate.
check-certification-path = Path to a trusted authority
    .passed = The certificate leads to a trusted authority.
    .failed = The certificate does not lead to a trusted authority.
    .indeterminate = No path to a trusted authority was found.
    .indeterminate-detail = { $reason ->
            [issuer-not-found] The issuer's certificate is missing: { $issuer }
            [anchor-sunset] The trust profile believes this authority only until { $not_after }: { $issuer }
            [untrusted-root] The root is not in the trust profile: { $issuer }
            [not-signed-by] A certificate's signature does not verify with its issuer's key: { $issuer }
           *[other] No path to a trusted authority was found ({ $reason }): { $issuer }
        }
    .about = The path must end at an anchor of the trust profile for this purpose. Signers and timestamps have separate anchors.
check-alternative-path = Another path
    .passed = Another path holds as well.
    .failed = Another path does not hold.
    .indeterminate = Another path is undecided.
    .info = Another path was tried and not taken.
    .info-detail = { $reason ->
            [not-chosen] Another path of { $length } certificates, by { $last }, is not better.
            [issuer-not-found] Another path of { $length } certificates ends at { $last }, whose issuer is missing.
            [untrusted-root] Another path of { $length } certificates ends at { $last }, which is not in the trust profile.
            [not-signed-by] { $last } was not signed by another authority of its issuer's name.
           *[other] Another path of { $length } certificates, up to { $last }, fails ({ $reason }).
        }
    .about = A path to a trusted authority that was tried and not taken, with the reason.
check-path-validation = Validity of the path
    .passed = Every certificate of the path fits the next.
    .failed = The path breaks a rule of RFC 5280.
    .failed-detail = { $reason ->
            [explicit-policy] The certificate policy is not the one that the trust profile asks for (such as signing).
            [certificate-signature-broken] A certificate's signature does not verify with its issuer's key.
            [not-a-ca] An issuer is not a certification authority.
            [name-constraints] A name lies outside what its authority may certify.
           *[other] The path breaks a rule of RFC 5280 ({ $reason }).
        }
    .indeterminate = Whether the path is valid could not be decided.
    .indeterminate-detail = { $reason ->
            [explicit-policy] The certificate policy is not the one that the trust profile asks for (such as signing).
            [certificate-signature-broken] A certificate's signature does not verify with its issuer's key.
            [not-a-ca] An issuer is not a certification authority.
            [name-constraints] A name lies outside what its authority may certify.
           *[other] The path breaks a rule of RFC 5280 ({ $reason }).
        }
    .about = RFC 5280 6.1: signatures, names, constraints and certificate policies along the path.
check-key-usage = Purpose of the key
    .passed = The certificate's key is for this purpose.
    .failed = The certificate's key is not for this purpose.
    .indeterminate = The purpose of the key could not be decided.
    .about = A signing certificate of HPKI has the key usage nonRepudiation; a timestamp's certificate is for time-stamping alone.
check-extended-key-usage = Purposes of the certificate
    .passed = The certificate may be used for signing documents.
    .failed = The certificate's purposes do not include signing documents.
    .indeterminate = Whether the certificate may be used for signing documents could not be decided.
    .about = RFC 5280 4.2.1.12. A certificate made for web servers, time-stamping or other uses alone signs no documents.
check-certificate-validity = Validity period
    .passed = The certificates are within their validity.
    .failed = A certificate is outside its validity.
    .failed-detail = At { $time } the certificate is outside its validity, { $not_before } to { $not_after } ({ $subject }).
    .indeterminate = A certificate is outside its validity at the time judged.
    .indeterminate-detail = At { $time } the certificate is outside its validity, { $not_before } to { $not_after } ({ $subject }).
    .about = Judged at the time that a timestamp proves, or else at the time of verification.
check-revocation-status = Revocation
    .passed = The certificate is not revoked.
    .failed = The certificate is revoked.
    .failed-detail = The certificate was revoked on { $date } ({ $subject }).
    .indeterminate = Whether the certificate is revoked could not be decided.
    .indeterminate-detail = { $status ->
            [on-hold] The certificate is on hold ({ $subject }).
           *[other] Whether the certificate is revoked could not be decided: usable and fresh revocation data is missing ({ $subject }).
        }
    .about = By certificate revocation lists (CRL) and OCSP responses whose signature and scope fit the certificate.
check-revocation-freshness = Freshness of revocation data
    .passed = The revocation data is fresh enough.
    .failed = The revocation data is too old.
    .indeterminate = The revocation data is too old for the time judged.
    .about = EN 319 102-1 5.2.5. The policy says how old revocation data may be.
check-chain-algorithms = Algorithms of the certificates
    .passed = The certificates' algorithms are acceptable.
    .failed = An algorithm of a certificate is not acceptable.
    .indeterminate = An algorithm of a certificate is not acceptable at the time judged.
    .about = By the dated algorithm table of the policy.
check-cryptographic-verification = Cryptographic verification
    .passed = Content and signature belong together.
    .failed = Content and signature do not belong together.
    .indeterminate = Content and signature could not be compared.
    .about = EN 319 102-1 5.2.7. The digest of the content and the signature value, computed anew.
check-signed-data-digest = Digest of the content
    .passed = The signed content is unchanged.
    .failed = The signed content was changed.
    .indeterminate = The signed content is not at hand, or its digest cannot be computed.
    .about = One changed byte gives another digest.
check-signature-value = Signature value
    .passed = The signature value verifies with the signer's key.
    .failed = The signature value does not verify with the signer's key.
    .indeterminate = The signature value could not be checked.
    .about = Shows that the holder of the private key signed.
check-signature-acceptance = Attributes and algorithms
    .passed = The signature's attributes and algorithms are acceptable.
    .failed = The signature's attributes or algorithms are not acceptable.
    .indeterminate = The signature's attributes or algorithms do not meet the policy.
    .about = EN 319 102-1 5.2.8.
check-signature-algorithms = Algorithms of the signature
    .passed = The signature's algorithms are acceptable.
    .failed = An algorithm of the signature is not acceptable.
    .indeterminate = An algorithm of the signature is not acceptable at the time judged.
    .warning = The signature's algorithms are acceptable now; an end of their use is announced.
    .about = By the dated algorithm table of the policy.
check-signed-attributes = Signed attributes
    .passed = The signed attributes that the policy demands are there.
    .failed = Signed attributes that the policy demands are missing.
    .indeterminate = Signed attributes that the policy demands are missing.
    .about = The signing-certificate attribute keeps the certificate from being exchanged.
    .next = Ask the maker of the signing software for CAdES or PAdES signatures. If the format is known and accepted, a policy of your own can allow it.
check-modification = A change after signing
    .passed = The change is permitted.
    .failed = The signature does not permit the change.
    .failed-detail = { $rule }: the signature does not permit it.
    .indeterminate = The signature neither permits nor forbids the change.
    .indeterminate-detail = { $rule }: the signature neither permits nor forbids it.
    .warning = The change is allowed and shows in the document.
    .warning-detail = { $rule }: allowed, and shows in the document.
    .about = Every change that a later revision makes is held against what the signature permits (DocMDP, FieldMDP, locks) and the policy.
check-later-revisions-check = Changes after signing
    .passed = Nothing follows the signed revision but what the signature permits.
    .failed = What follows the signed revision is not permitted.
    .indeterminate = A later revision makes changes that are neither permitted nor forbidden, or that cannot be told for certain.
    .warning = Later revisions make permitted changes that show in the document.
    .about = A PDF can be extended after signing without touching the signed bytes. What such a revision shows on the page may be different.
    .next = Compare the document as shown with the signed revision, or ask the issuer for the document as signed.
check-message-imprint = Time-stamped content
    .passed = The timestamp was made over these bytes.
    .failed = The timestamp was made over other bytes.
    .indeterminate = The time-stamped bytes are not at hand.
    .about = RFC 3161: the timestamp holds a digest of what it was made over.
check-timestamp-validation = Timestamp
    .passed = The timestamp holds.
    .failed = The timestamp does not hold.
    .indeterminate = Whether the timestamp holds could not be decided.
    .about = EN 319 102-1 5.4. Imprint, signature and certificate of the timestamp.
check-timestamp-gen-time = Time of the timestamp
    .passed = The time of the timestamp is possible.
    .failed = The time of the timestamp is not possible.
    .indeterminate = The time of the timestamp lies in the future or outside the validity of its certificate.
    .indeterminate-detail = The time of the timestamp, { $gen_time }, lies in the future or outside the validity of its certificate.
    .about = Compared with the time of verification and with the validity of the timestamp's certificate.
check-tsa-extended-key-usage = Purpose of the timestamp's certificate
    .passed = The timestamp's certificate is for time-stamping alone.
    .failed = The timestamp's certificate is not for time-stamping alone.
    .indeterminate = The timestamp's certificate is not for time-stamping alone.
    .warning = The timestamp's certificate is for time-stamping, but does not mark this as critical.
    .about = RFC 3161 2.3.
check-best-signature-time = Time to judge at
    .passed = A timestamp proves by when the signature existed.
    .passed-detail = { $proven ->
            [true] Judged as a signature that existed by { $time }.
           *[other] No timestamp proves the time of signing; judged at the time of verification.
        }
    .failed = No timestamp proves when the signature existed.
    .indeterminate = No timestamp proves when the signature existed.
    .info = Judged at the time of verification, without a proven time.
    .info-detail = { $proven ->
            [true] Judged as a signature that existed by { $time }.
           *[other] No timestamp proves the time of signing; judged at the time of verification.
        }
    .about = EN 319 102-1 5.5. The earliest time of a valid timestamp over the signature. The time that the signer claims is never believed.
check-status-at-best-signature-time = Certificates at the proven time
    .passed = The certificates were good at the proven time.
    .failed = A certificate was not good at the proven time.
    .indeterminate = Whether the certificates were good at the proven time could not be decided.
    .about = EN 319 102-1 5.5: validity and revocation at the time that a timestamp proves.
check-past-signature-validation = Validation in the past
    .passed = It was valid while its certificates and algorithms could be relied upon, and existed then.
    .failed = It was proven to be made at a time when its certificate was not valid.
    .indeterminate = Nothing proves that it existed while its certificates and algorithms could be relied upon.
    .about = EN 319 102-1 5.6.2.4. What can no longer be validated at validation time may still stand: a later timestamp over it, its certificates and their revocation data proves that all of them existed while they could be relied upon.
check-validation-time-sliding = Latest reliable time of the certificates
    .passed = It existed by the time until which the certificates can be relied upon.
    .failed = It did not exist by the time until which the certificates can be relied upon.
    .indeterminate = Nothing proves that it existed by the time until which the certificates can be relied upon.
    .about = EN 319 102-1 5.6.2.2. From the trust anchor downwards, each certificate needs revocation data that is proven to be old enough; where that data is stale, where a certificate was revoked or an algorithm ended, the latest reliable time moves back.
check-evidence-record-validation = Evidence record
    .passed = The evidence record stands: every archive timestamp holds and was renewed in time.
    .failed = The evidence record does not hold.
    .indeterminate = The evidence record cannot be relied upon.
    .about = RFC 4998 5.3. The initial archive timestamp is over the data, each later one over what came before. The whole proves that the data existed at the time of the initial one.
check-evidence-record-order = Order of the archive timestamps
    .passed = Each archive timestamp is later than the one it renews.
    .failed = An archive timestamp is earlier than the one it renews.
    .indeterminate = An archive timestamp is earlier than the one it renews.
    .about = RFC 4998 5.3. The archive timestamps of a record stand in order of time, beyond the sum of their accuracies.
check-timestamp-coherence = Order of the timestamps
    .passed = The timestamps are in order.
    .failed = The timestamps contradict each other.
    .indeterminate = The timestamps contradict each other.
    .about = EN 319 102-1 5.5. A later step must not carry an earlier time, beyond the sum of the accuracies.

## Findings

finding-limit-exceeded = A processing limit was reached; what lies beyond was not examined.
    .detail = A processing limit ({ $resource }, { $limit }) was reached; what lies beyond was not examined.
    .next = The document is unusually large or built to exhaust a reader. Treat it with care.
finding-unsupported-format = The format is recognised but kenin does not judge it yet.
    .next = Verify it with a tool that supports the format.
finding-encrypted-needs-password = The document is encrypted, and no password that was given opens it.
    .next = Give the password with --password-file.
finding-truncated = The document ends before its structure does; it is incomplete.
    .next = Get a complete copy of the file.
finding-content-missing = The signature or timestamp is over another file, which was not given.
    .next = Give the signed or time-stamped file with --content FILE.

finding-from-stored-facts = The report is about stored facts.
    .detail = The report is about stored facts of the document with SHA-256 { $sha256 }.
finding-stored-facts-unchecked = The facts were not compared with the document. A file of facts is not protected: whoever can change it can change this result.
    .next = Give the document as well (--document), or --trust-facts if nobody but you could have changed the facts since they were stored.
finding-stored-facts-differ = The document gives other facts than the stored ones. Its own were judged. Either the stored facts were changed, or they were stored by another version of kenin, without the same content or password, or with other limits.
    .next = Verify the document itself (kenin verify) and store its facts again (--save-facts).
finding-ber-encoding = A structure uses BER encoding where DER is usual. The content is not affected.
finding-non-minimal-encoding = A length or number is encoded in more octets than needed.
finding-trailing-bytes = Bytes follow the end of a structure.
finding-malformed = A structure could not be decoded.
finding-cms-not-signed-data = The CMS structure is not a signature (no SignedData).
finding-no-signer-info = The signature structure has no signer.
finding-several-signer-infos = There is more than one signer where the format allows one.
finding-digest-algorithms-missing = The list of digest algorithms lacks the one that the signer used.
finding-content-and-external-content = The signature carries its own content, but other content was given too.
    .next = Leave --content away for a signature that carries its content.
finding-attribute-certificate-present = An attribute certificate is present; it is kept and not judged.
finding-other-certificate-skipped = A certificate of an unknown kind was skipped.
finding-other-revocation-skipped = Revocation data of an unknown kind was skipped.

finding-signed-attributes-missing = The signature has no signed attributes.
    .next = Ask the maker of the signing software for CAdES or PAdES signatures. If the format is known and accepted, a policy of your own can allow it.
finding-signed-attributes-confusion = The signed content reads like another signature's signed attributes: the signature may have been re-used for something it was not made for.
    .next = Treat this signature as a possible forgery, and ask the signer.
finding-signed-attributes-unsorted = The signed attributes are not in DER order; they verify in the order received.
finding-signed-attributes-resorted = The signed attributes verify only after sorting into DER order.
finding-attribute-duplicated = An attribute that may occur once occurs more often.
finding-attribute-value-count = An attribute that has one value has none or several.
finding-attribute-malformed = An attribute's value has the wrong type or cannot be decoded.
finding-signer-claim-malformed = A commitment or a role that the signer claims cannot be decoded. It is not shown.
finding-message-digest-missing = The attribute with the content's digest is missing.
finding-content-type-missing = The attribute with the content's type is missing.
finding-content-type-mismatch = The content's type differs from the signed one.
finding-algorithm-protection-mismatch = The protected algorithm identifiers differ from the ones used.
finding-algorithm-mismatch = Digest algorithm and signature algorithm contradict each other.
finding-unknown-digest-algorithm = The digest algorithm is unknown.
finding-unknown-signature-algorithm = The signature algorithm cannot be verified: it is unknown, or its parameters are not supported.
    .detail = The signature algorithm { $algorithm } cannot be verified: it is unknown, or its parameters are not supported.
    .next = This says nothing about the signature itself. Use a version that supports the algorithm.

finding-signing-certificate-attribute-missing = Nothing signed names the certificate: it could be exchanged for another one with the same key.
    .next = Ask the maker of the signing software for CAdES or PAdES signatures. If the format is known and accepted, a policy of your own can allow it.
finding-signing-certificate-mismatch = What the signature says about its certificate fits no certificate at hand, or another one than the one that it otherwise names.
    .next = Do not rely on who signed. Ask the signer.
finding-signing-certificate-not-first = The certificate that verifies is named only in a later position of the signing-certificate attribute.
finding-signing-certificate-issuer-serial-mismatch = The signing-certificate attribute names another issuer or serial number than the certificate that its digest fits.
finding-signing-certificate-v1 = The certificate is named by a SHA-1 digest (ESSCertID version 1), which is still usual in timestamps.
finding-several-certificates-with-one-key = Several certificates have the signer's public key; only the one that the signature names counts.
finding-signature-policy-store-mismatch = The signature policy document stored with the signature is not the one that was signed for. The signature itself is not affected.
    .next = Do not rely on that document; ask the publisher of the policy for it.
finding-signing-time-present = The signing-time attribute is present, which PAdES does not allow.
finding-signing-time-missing = The signing-time attribute, which CAdES asks for, is missing.

finding-token-content-type = The token does not hold timestamp information.
finding-tst-info-malformed = The timestamp information cannot be decoded.
finding-tst-info-version = The timestamp information has an unknown version.
finding-tst-info-critical-extension = The timestamp has a critical extension that is not understood.
finding-tst-info-serial-length = The timestamp's serial number is longer than allowed.
finding-gen-time-not-der = The time is written in an unusual form; it is valid.
finding-imprint-algorithm-unknown = The timestamp's digest algorithm is unknown.
finding-imprint-length = The length of the timestamp's digest does not fit its algorithm.
finding-timestamp-rejected = The time-stamping authority answered that it did not grant the timestamp; the token does not count.
finding-tsa-name-mismatch = The name of the authority in the timestamp is not the one in its certificate.
finding-eku-not-critical = The timestamp's certificate does not mark its purpose as critical.
finding-timestamp-in-future = The time of the timestamp lies in the future.
    .next = Check the clock of this computer.

finding-byte-range-malformed = The range of signed bytes is missing or malformed.
finding-byte-range-gap = The bytes left out of the signature are not exactly the place of the signature value: something could be hidden there.
finding-byte-range-beyond-end = The range of signed bytes reaches beyond the end of the file.
finding-contents-malformed = The signature value in the PDF is missing, empty or malformed.
finding-contents-trailing-data = Bytes other than zero follow the signature value in its place.
finding-byte-range-object-mismatch = The file holds signature data that belongs to no signature that the document shows.
finding-signature-dictionary-replaced = A later revision replaces the signature dictionary; the signed one is judged.
finding-signature-reused = Two signature fields share one signature.
finding-sub-filter-unsupported = The kind of signature (SubFilter) is not supported.
    .detail = The kind of signature (SubFilter { $sub_filter }) is not supported.
finding-later-revisions = After signing, only material that preserves the signature or timestamps were added.
finding-later-revisions-analysed = The document was continued after signing; every change is listed.
    .about = A revision was added to the PDF after this signature: another signature, a form filled in, an annotation. kenin compared it with the signed revision object by object and lists each change.
finding-later-revisions-doubtful = After signing, something was added in which programs may see more than the changes listed.
    .next = Compare the document as shown with the signed revision, or ask the issuer for the document as signed.
finding-later-revisions-not-analysed = After signing, the document was changed, and what changed could not be told.
    .next = Compare the document as shown with the signed revision, or ask the issuer for the document as signed.
finding-modification-forbidden = After signing, something was changed that the signature does not permit.
    .detail = After signing: { $rule } (object { $object }, revision { $revision }). The signature does not permit it.
    .about = The signature protects its revision. Later ones may only do what it permits: by its certification (DocMDP), its locks (FieldMDP, SigFieldLock), and without certification form filling and further signatures. A change beyond that makes the document another one than was signed.
    .next = Use the document as signed: kenin inspect --revision extracts it. Ask the issuer about the change.
finding-modification-unclear = After signing, something was changed that the signature neither permits nor forbids.
    .detail = After signing: { $rule } (object { $object }, revision { $revision }). The signature neither permits nor forbids it.
    .about = Annotations (notes, highlights, stamps) on a document that is not certified: nobody has said whether they are welcome. What they show is not the signer's.
    .next = Look at the change, and compare with the document as signed: kenin inspect --revision extracts it.
finding-modification-noticed = After signing, a permitted change was made that shows in the document.
    .detail = After signing: { $rule } (object { $object }, revision { $revision }). It is allowed.
    .about = The change is within what the signature and the policy allow, but it shows in the document and could mislead: an annotation, or something over the text of a page.
    .next = Look at the place in the document. What it shows is not the signer's.
finding-certification-not-first = The document was certified after it had been signed; certification belongs before every other signature.
    .about = ISO 32000 allows a certification signature only as the first one. Readers differ in whether they enforce what such a late certification says; kenin does.
    .next = Ask the issuer why the document was certified late.
finding-prepared-content = The signed document holds content that is not shown; one later change could show it.
    .detail =
        { $kind ->
            [catalog] The signed document holds a second catalog that is not used; one later change could bring in other pages.
            [page-tree] The signed document holds a second page tree that is not used; one later change could bring in other pages.
            [page] The signed document holds a page that is not shown; one later change could show it.
            [image] The signed document holds an image that is not shown; one later change could show it.
            [font] The signed document holds a font that is not used; one later change could make text read differently.
           *[content] The signed document holds content that is not shown; one later change could show it.
        }
    .about = Whoever prepares a document for signing can hide a second content in it and swap it in later with a small change (a "shadow attack"). Many programs leave unused content behind without any intent; kenin lists any later change that shows it.
    .next = If the document came from somebody you do not trust, ask for one without hidden content before relying on it.
finding-appearance-differs = A form field shows something other than its value.
    .detail = The form field { $field } on page { $page } shows something other than its value.
    .about = What a form field shows on the page and the value that programs read from it are stored apart. When they differ, the signer may have seen something else than is processed.
    .next = Compare what the page shows with the value of the field.
finding-field-over-text = A form field or annotation that may be changed later lies over text.
    .detail = The form field { $field }, which may be changed later, lies over text of page { $page }.
    .about = Filling it in after signing could hide or replace what the page says, within what the signature permits.
    .next = Look at the place on the page, and at the changes after signing.
finding-duplicate-key = A part that the signature depends on has an entry twice; programs differ in which one they take.
    .about = A dictionary in a PDF has each key once. A second one lets two programs see two documents.
    .next = Ask the issuer for the original.
finding-trailing-junk = Bytes follow the end of the PDF.
    .about = After the last end-of-file marker only white space may follow. What stands there is protected by no signature, and some programs read it.
    .next = Use the document as signed: kenin inspect --revision extracts it. Ask the issuer about the change.
finding-header-offset = The PDF does not start at the first byte of the file.
finding-parser-differential = Different readers may see different content in this PDF.
    .detail =
        { $reaches ->
            [page] The file holds an object that its cross-reference data does not name; some programs would show it on a page.
            [signature] The file holds an object that its cross-reference data does not name; some programs would take it for a form field or signature.
            [document] The file holds an object that its cross-reference data does not name; some programs would take it for a part of the document.
            [covered] The file holds an object that its cross-reference data does not name; it was there when the document was signed.
           *[nothing] The file holds an object that its cross-reference data does not name; nothing in the document leads to it.
        }
    .next = Do not rely on what one viewer shows. Ask the issuer for the original.
finding-xref-repaired = The cross-reference data of the PDF is damaged; objects were found by other means.
finding-public-key-encryption = The document is encrypted for certain certificate holders; it was not opened.
    .next = Have a recipient save it without encryption, keeping every byte of the signed revision, or verify it where it can be opened.
finding-encryption-mac = The document has an integrity code of its encryption (ISO/TS 32004); it is not part of this judgement.
finding-pades-cert-entry = The signature dictionary has certificates in an entry that PAdES forbids.
finding-pades-date-missing = The signature dictionary has no date, which PAdES asks for.
finding-vri-key-mismatch = Validation material is filed under a key that fits no signature; it was used all the same.
finding-certification-signature = The signature certifies the document and limits later changes.
    .detail = The signature certifies the document and limits later changes (DocMDP level { $level }).

finding-certificate-malformed = A certificate cannot be decoded.
finding-crl-malformed = A CRL cannot be decoded.
finding-ocsp-malformed = An OCSP response cannot be decoded.
finding-authentication-certificate = An HPKI certificate for logging in (authentication) was used for signing.
    .next = Sign with the signing certificate of the same HPKI card. Check the settings of the signing software.
finding-test-certificate = An HPKI TEST certificate was used. It proves no licence.
    .next = Sign with a production HPKI card. Find out how a test card came to be used.
finding-evidence-not-covered = Certificates and revocation data are there but not themselves covered by a timestamp.
    .next = For long-term storage, add a document or archive timestamp while the certificates are valid.
finding-archive-timestamp-without-tag = The archive timestamp leaves out tag and length of the unsigned attributes, as an older edition reads; that is accepted.
finding-ats-hash-index-missing = The archive timestamp has no index of what it protects.
finding-ats-hash-index-malformed = The index of what the archive timestamp protects cannot be decoded.
finding-ats-hash-index-algorithm = The index of the archive timestamp has another hash algorithm than the timestamp.
finding-ats-hash-index-unmatched = The archive timestamp protects something that is no longer in the signature.
    .detail = The archive timestamp protects { $hashes } object(s) that are no longer in the signature.
finding-ats-hash-index-partial = The archive timestamp leaves certificates or revocation data unprotected.
    .detail = The archive timestamp leaves { $elements } certificate(s) or revocation data unprotected.
finding-references-malformed = The references to certificates or revocation data cannot be decoded.
finding-evidence-record-algorithm = An archive timestamp has another hash algorithm than its chain.
finding-evidence-record-sorted-renewal = A hash-tree renewal joins the hashes of the data and of the chains before it in sorted order, as an erratum to RFC 4998 reads it.
finding-algorithm-horizon = An algorithm is acceptable now; the end of its use is announced.
    .detail = { $algorithm } is acceptable now; the end of its use is announced for { $horizon }.
finding-revoked-after-signing = The certificate was revoked after the proven time of signing; the signature stands.
    .detail = The certificate was revoked on { $date }, after the proven time of signing; the signature stands.
finding-invalidity-date-before-signing = The revocation says that the key could not be trusted from a time before the proven time of signing.
    .next = Ask the certification authority or the signer what happened before relying on this signature.
finding-tsa-revoked-accepted-rfc3161 = The timestamp's certificate was revoked later, for a reason that leaves earlier timestamps intact.
finding-personal-data-redacted = Personal data of a JPKI certificate is withheld.

## Trust profiles

trust-signers = Authorities for signers
trust-tsas = Authorities for timestamps
trust-purpose-hpki = HPKI (the licence is in the certificate)
trust-purpose-accredited-ca = accredited or other certification business
trust-purpose-jpki = JPKI (public individual certification)
trust-purpose-other = other (identity alone)
trust-policy = policy
trust-key-purpose = key purpose
trust-explicit-policy = one of its policies must be valid for the whole path
trust-no-explicit-policy = its policies are not demanded of the path
trust-inhibit-policy-mapping = policies may not be mapped to others
trust-inhibit-any-policy = anyPolicy does not count
trust-not-after = believed until { $time }
trust-no-pin = its certificate is not known here: matches no timestamp
trust-not-accredited = known not to be accredited
trust-accreditation-unknown = since when it is accredited is not known here
trust-accredited-since = accredited since { $from } ({ $scheme })
trust-accredited-until = accredited from { $from } until { $to } ({ $scheme })
trust-known-seen = {" "}(seen on real objects)
trust-known-second = {" "}(secondary sources)
import-archive = In the archive
import-file = File
import-skipped = Skipped
import-added = Added: { $name }
import-already = Already there: { $name }
import-warning = Note
import-written = Written: { $path }
import-unchanged = { $path } is unchanged
import-use = Use it with:
import-comment =
    { $holder }
    valid { $from } to { $to }; imported { $day } from { $path }, SHA-256 compared with the published value
import-derived =
    Made from the profile { $name } (SHA-256 { $sha256 }).
import-warns-expired = The certificate has expired. It stands for what was signed or time-stamped while it was valid.
import-warns-not-yet-valid = The certificate is not yet valid.
import-warns-key-usage = The CA's key usage does not allow issuing certificates (keyCertSign).
import-warns-not-ca = This is no CA certificate: only signatures by this one certificate are trusted.
import-warns-test-cards = Without --policy-oid every certificate below this CA counts, TEST cards too (HPKI signing is 1.2.392.100495.1.5.1.1.3.1).
import-warns-any-policy = Without --policy-oid every certificate below this CA counts, whatever it was issued for.
import-warns-tsu-usage = The certificate is not for time-stamping alone (RFC 3161 2.3: critical extended key usage timeStamping): its tokens are not accepted.
import-warns-tsa-ca = A CA serves many: without --policy-oid every timestamp service below it counts.
import-warns-no-accreditation = Without --accredited-from requirement 14①2(1) stays undecided.
## trust doctor

doctor-conclusion = Answer
doctor-certificate = Certificate
doctor-ca = Authority
doctor-anchor = Trusted
doctor-missing = MISSING
doctor-good = not revoked, by data of { $time }
doctor-revoked = REVOKED { $date }
doctor-on-hold = on hold since { $date }
doctor-unknown = revocation not known: { $why }
doctor-datum = { $datum }, issued { $time }, next { $next }: { $why }
doctor-no-data = revocation data for this certificate
doctor-no-usable-data = revocation data for this certificate that can be relied upon
doctor-ocsp-at = its issuer answers by OCSP at { $uri }
doctor-no-address = the certificate names no http address: ask its issuer
doctor-issuer = the certificate of { $holder }
doctor-issuer-key = its key identifier: { $key }
doctor-no-anchor = an authority of the trust profile that it leads to
doctor-accreditation = since when the service is accredited; the trust profile does not say (14①2(1))
doctor-nothing-missing = No authority, certificate or revocation data is missing.
doctor-fetch = Fetch what the certificates name (look at the addresses first):
doctor-by-hand = Ask the issuer for what names no address, and put it into the same folder.
doctor-import = If you mean to believe that authority, take its certificate and SHA-256 from its own publication (for timestamps the Ministry's) and add it. Words in capitals are yours to fill in:
doctor-again = Then look again:
doctor-sunset-over = believed until { $time } only: that is over
doctor-sunset-soon = believed until { $time } only
doctor-expired = its certificate expired { $time }
doctor-expires-soon = its certificate expires { $time }
doctor-accreditation-over = its accreditation ended { $time }
doctor-accreditation-soon = its accreditation ends { $time }
datum-fresh = can be relied upon, and new enough
datum-not-fresh = too old for the time in question
datum-this-update-in-future = from the future
datum-certificate-not-known-to-datum = does not cover the certificate: it had expired, or was issued later
datum-crl-other-issuer = of another issuer
datum-crl-signature = not signed by the issuer's key: changed, or of another authority
datum-crl-sign-missing = its signer may not sign lists (cRLSign)
datum-crl-algorithms-disagree = its two algorithm fields differ
datum-crl-distribution-point = for another distribution point
datum-crl-only-user-certs = not about certificates of CAs
datum-crl-only-ca-certs = about certificates of CAs only
datum-crl-only-attribute-certs = about attribute certificates only
datum-crl-only-some-reasons = about some reasons of revocation only
datum-crl-delta = a delta CRL without the list it belongs to
datum-crl-unknown-critical-extension = has a critical extension that is not known
datum-crl-malformed-extension = has an extension that cannot be decoded
datum-datum-signer-path = its signer does not lead to the same trusted authority
datum-datum-signer-not-valid = its signer's certificate was not valid then
datum-datum-signer-revoked = its signer's certificate was revoked
datum-datum-signer-status-unknown = whether its signer was revoked is not known
datum-ocsp-other-certificate = about another certificate
datum-ocsp-other-issuer = about a certificate of another issuer
datum-ocsp-digest-algorithm = names the certificate by an unknown digest algorithm
datum-ocsp-responder-not-found = its responder's certificate is missing
datum-ocsp-signature = not signed by its responder's key
datum-ocsp-delegate-other-issuer = its responder was not authorised by the issuer
datum-ocsp-delegate-usage = its responder's certificate is not for OCSP
datum-ocsp-delegate-extension = its responder's certificate has an extension that forbids its use
datum-ocsp-produced-before-update = signed before the time it speaks of
datum-ocsp-unknown = the responder does not know the certificate
datum-ocsp-cert-hash = its digest is of another certificate
datum-ocsp-unknown-critical-extension = has a critical extension that is not known
datum-datum-signature-algorithm = signed by an algorithm that is not supported
datum-limit-exceeded = not examined: a limit was reached

## Headings of inspect

inspect-certificate = Certificate
inspect-crl = Certificate revocation list
inspect-kind = Kind
inspect-subject = Subject
inspect-alternative-name = Other name
inspect-issuer = Issuer
inspect-serial = Serial
inspect-validity = Validity
inspect-key = Key
inspect-key-usage = Key usage
inspect-purposes = Extended use
inspect-policies = Policies
inspect-roles = Roles
inspect-no-role = none stated
inspect-role-unreadable = stated, but cannot be decoded
inspect-crl-at = CRL
inspect-ocsp-at = OCSP
inspect-departures = Unlike HPKI
inspect-chain = Trust
inspect-chain-good = leads to { $anchor }; valid at { $time }
inspect-this-update = Issued
inspect-next-update = Next
inspect-number = Number
inspect-entries = Revoked
inspect-scope = Scope
inspect-scope-all = every certificate of the issuer
inspect-scope-user = only certificates of end entities, not of CAs (onlyContainsUserCerts)
inspect-scope-ca = only certificates of CAs (onlyContainsCACerts)
inspect-scope-attribute = only attribute certificates (onlyContainsAttributeCerts)
inspect-scope-indirect = also certificates of other issuers (indirectCRL)
inspect-scope-reasons = only some reasons: { $reasons } (onlySomeReasons)
inspect-scope-delta = only what changed since list { $base } (delta CRL): says nothing without that list
inspect-key-identifier = Issuer's key
inspect-at = { $time }
inspect-from-future = { $time } (in the future)
inspect-current = { $next } (current at { $time })
inspect-overdue = { $next } (overdue at { $time })
inspect-no-next-update = not stated
inspect-expired-certs = Expired too
inspect-keeps-expired = answers for certificates that expired after { $time }
inspect-unusable = Unusable
inspect-unknown-critical = critical extension { $oid } is not known: must not be relied upon
inspect-malformed = extension { $oid } cannot be decoded: must not be relied upon
inspect-signed-by = Signed by
inspect-signed-by-unknown = not checked: give the issuer's certificate with --evidence
inspect-signed-by-none = NOT by any certificate at hand: changed, or another key
inspect-inside-response = {" "}(certificate inside the response)
inspect-first-entries = The first { $shown } of { $total } entries (--entries all lists every one)
inspect-all-entries = Entries
inspect-invalid-since = invalid since { $time }
inspect-entry-issuer = issued by { $name }
inspect-ocsp = OCSP response
inspect-ocsp-status = Status
inspect-responder = Responder
inspect-responder-key = key with SHA-1 { $hash }
inspect-produced = Signed at
inspect-answer = Answer
inspect-status = Certificate
inspect-cert-hash = Its digest
inspect-issuer-name-hash = Issuer name
inspect-issuer-key-hash = Issuer's key
ocsp-status-successful = successful
ocsp-status-malformed-request = the responder did not understand the request (malformedRequest, { $number }); says nothing about a certificate
ocsp-status-internal-error = the responder had an internal error (internalError, { $number }); says nothing about a certificate
ocsp-status-try-later = the responder asks to try again later (tryLater, { $number }); says nothing about a certificate
ocsp-status-sig-required = the responder answers signed requests only (sigRequired, { $number }); says nothing about a certificate
ocsp-status-unauthorized = the responder does not answer this requester (unauthorized, { $number }); says nothing about a certificate
ocsp-status-undefined = an error RFC 6960 does not define ({ $number }); says nothing about a certificate
ocsp-certificate-good = not revoked (good)
ocsp-certificate-unknown = not known to the responder (unknown)
ocsp-certificate-revoked = revoked { $time }, { $reason }
revocation-reason-none = no reason stated
revocation-reason-unspecified = no particular reason
revocation-reason-keyCompromise = key compromised
revocation-reason-cACompromise = CA compromised
revocation-reason-affiliationChanged = affiliation changed
revocation-reason-superseded = replaced by another
revocation-reason-cessationOfOperation = no longer used
revocation-reason-certificateHold = on hold
revocation-reason-removeFromCRL = released from hold
revocation-reason-privilegeWithdrawn = privilege withdrawn
revocation-reason-aACompromise = attribute authority compromised
revocation-reason-undefined = a reason RFC 5280 does not define
inspect-document = Document
inspect-revision = Revision
inspect-revision-of = { $revision } of { $revisions }
inspect-coverage = Covers
inspect-byte-range = Byte range
inspect-algorithm = Algorithms
inspect-signer = Signer
inspect-claimed-time = Claimed time
inspect-attributes = Attributes
inspect-content = Content
inspect-value = Value
inspect-intact = matches
inspect-broken = does not match
inspect-not-found = not at hand
inspect-refused = cannot be checked ({ $reason })
inspect-limits = Permits
inspect-certifies = certifies the document; afterwards: { $level ->
    [1] no changes (DocMDP level 1)
    [2] form filling and signing (DocMDP level 2)
   *[other] form filling, signing and annotations (DocMDP level { $level })
 }
inspect-lock-level = limits changes; afterwards: { $level ->
    [1] no changes (lock level 1)
    [2] form filling and signing (lock level 2)
   *[other] form filling, signing and annotations (lock level { $level })
 }
inspect-lock-all = locks every form field
inspect-lock-include = locks the form fields { $fields }
inspect-lock-exclude = locks every form field but { $fields }
inspect-seed-values = Field asks
inspect-seed-mandatory = { $asked } (mandatory)
inspect-seed-preferred = { $asked }
inspect-claims = Claims
inspect-signature-policy = Signature policy
inspect-policy-implied = implied by the context
inspect-policy-stored = the stored document is the one signed for
inspect-policy-stored-other = the stored document is not the one signed for
inspect-commitments = Commits to
inspect-signer-attributes = Signer states
inspect-attribute-claimed = “{ $text }” ({ $kind }, claimed)
inspect-attribute-claimed-kind = { $kind } (claimed)
inspect-attribute-certified = an attribute certificate (not judged)
inspect-revision-number = Revision { $revision }
inspect-first-revisions = The first { $shown } of { $total } revisions (--entries all lists every one)
inspect-bytes = Bytes
inspect-bytes-of = { $start } to { $end }, { $xref }
inspect-xref-table = cross-reference table
inspect-xref-stream = cross-reference stream
inspect-xref-hybrid = cross-reference table and stream
inspect-xref-rebuilt = no readable cross-reference data (objects found by a scan)
inspect-objects = Objects
inspect-objects-added = { $count } added ({ $numbers })
inspect-objects-replaced = { $count } replaced ({ $numbers })
inspect-objects-freed = { $count } freed ({ $numbers })
inspect-objects-unreachable = { $count } of them used by nothing ({ $numbers })
inspect-objects-none = none
inspect-made = Made in it
inspect-made-signature = { $id }: signature of { $subject } in field { $field }{ $time ->
    [none] {""}
   *[other] {", claimed time "}{ $time }
 }
inspect-made-timestamp = { $id }: document timestamp of { $subject } in field { $field }{ $time ->
    [none] {""}
   *[other] {", "}{ $time }
 }
inspect-made-by-unknown = unknown
inspect-changes = Changes
inspect-changes-unknown = cannot be told
inspect-covered-by = Covered by
inspect-covered-by-none = no signature
inspect-more = and { $count } more
inspect-time = Time
inspect-imprint = Imprint
inspect-evidence = Evidence inside
inspect-evidence-certificate = certificate
inspect-evidence-attribute-certificate = attribute c.
inspect-evidence-crl = CRL
inspect-evidence-ocsp = OCSP response
inspect-evidence-timestamp-token = timestamp
inspect-expired = { $from } to { $to } (expired)
inspect-not-yet-valid = { $from } to { $to } (not yet valid)
inspect-valid = { $from } to { $to } (valid)
certificate-kind-signing = HPKI signing
certificate-kind-test = HPKI signing, TEST (proves no licence)
certificate-kind-authentication = HPKI authentication (for logging in, not for signing)
certificate-kind-other = names no HPKI policy
certificate-kind-ca = certification authority

## Claims of a signature dictionary

claims-unproven = { $claims }; stated by the signer, proven by nothing
claim-name = name “{ $text }”
claim-reason = reason “{ $text }”
claim-location = place “{ $text }”
claim-time = time { $time }
claim-withheld = withheld (JPKI; --show-personal shows it)

## Changes after signing (PDF)

changes-forbidden = Changed after signing, NOT permitted
changes-unclear = Changed after signing, neither permitted nor forbidden
changes-noticed = Changed after signing, allowed and worth a look
changes-permitted = Permitted after signing: { $changes }
changes-same = Changed after signing: as for { $id }
changes-more = and { $count } more (see --format json)
changes-line = { $rule }: { $places }
changes-page = page { $page }
changes-rect = at { $rect }
changes-over-text = over text
changes-object = object { $object }, revision { $revision }
changes-counted = { $rule } ({ $count })

change-class-preservation = It keeps the signature verifiable and shows on no page. It is always permitted.
change-class-form-filling = Form filling and signing are permitted by certification levels (DocMDP) 2 and 3, and where the document is not certified, unless the signature locks the field. Otherwise the signature is invalid.
change-class-annotation = Annotations are permitted by certification level (DocMDP) 3. Where the document is not certified nobody has said, and the signature is indeterminate; otherwise it is invalid.
    .next = Look at the place in the document, and compare with the document as signed: kenin inspect --revision N --output F writes it.
change-class-content = No signature permits it: whatever follows it, the signature is invalid.
    .next = Use the document as signed: kenin inspect --revision N --output F writes it. Ask the issuer about the change.

modification-security-store = validation material (DSS) added
    .about = Certificates, revocation lists and OCSP responses were added to the document, or put together anew, so that the signature can be verified later.
modification-document-timestamp = document timestamp added
    .about = A timestamp over the whole document as it was then. It shows nothing.
modification-hidden-signature-field = invisible empty signature field added
    .about = A place for a signature was added that shows nothing and holds none.
modification-metadata = metadata updated
    .about = The XMP metadata or the information dictionary (title, author, dates, program) was updated. Metadata shows on no page.
modification-extensions = version or extensions of the document updated
    .about = The document says that it uses a newer version or an extension of PDF.
modification-unused-object = object that nothing refers to written
    .about = An object was written or freed that no page, field or other part of the document uses.
modification-signature-field = visible empty signature field added
    .about = A place for a signature was added that shows on a page.
modification-signature = signature added
    .about = Somebody signed after this signature. Whether that signature is good is judged for itself.
modification-form-field-value = form field filled in
    .about = The value of a form field changed, and nothing else about the field.
modification-form-field-appearance = appearance of a form field changed
    .about = What a form field shows changed together with its value.
modification-form-resources = fonts or settings of the form changed
    .about = The resources that fields share (fonts, default appearance, NeedAppearances) changed, as programs do when they fill in a form.
modification-form-defaults = settings that fields inherit changed
    .about = The default appearance or alignment of the form, or NeedAppearances, changed: programs may draw fields anew by it. A signature that locks fields does not permit it.
modification-structure-growth = structure extended for what was added
    .about = The tags of an accessible document gained elements, as adding a field or an annotation asks for; those there are unchanged.
modification-annotation-added = annotation added
    .about = A note, highlight, stamp, link or other annotation was added to a page.
modification-annotation-changed = annotation changed
    .about = An annotation that was there at signing was changed.
modification-annotation-removed = annotation removed
    .about = An annotation that was there at signing was removed.
modification-page-content = content of a page changed
    .about = The instructions that draw the page were replaced: text, lines, pictures.
modification-page-resources = font, image or other resource of a page changed
    .about = Something that the page draws with was replaced. A changed font shows other letters for the same text.
modification-page-attributes = other property of a page changed
    .about = The size, cropping, rotation, actions or another entry of a page changed.
modification-page-tree = pages added, removed, replaced or reordered
    .about = The document has other pages than it had, or in another order.
modification-form-field-added = form field added
    .about = A form field other than one for a signature was added.
modification-form-field-removed = form field removed
    .about = A form field that was there at signing is gone.
modification-form-field-changed = form field changed in more than its value
    .about = The kind, place, rules or actions of a form field changed.
modification-form-changed = form as a whole changed
    .about = An entry of the interactive form changed that filling in does not touch, for example its calculation order or XFA.
modification-signature-changed = earlier signature changed or removed
    .about = A signature that was there is gone or was replaced.
modification-names = named destinations, attachments or scripts changed
    .about = Entries in the name tree of the document changed: destinations, embedded files, JavaScript.
modification-outline = bookmarks changed
    .about = The outline that readers show beside the pages changed.
modification-actions = action of the document changed
    .about = What the document does when it is opened, printed or closed changed.
modification-structure = logical structure changed
    .about = The structure that is read aloud or exported (tagged PDF) changed.
modification-optional-content = layers changed
    .about = Which layers (optional content) exist or are shown changed; a layer can show or hide text.
modification-catalog = other entry of the document changed
    .about = An entry of the catalog or of the trailer changed for which there is no rule of its own.
modification-encryption = encryption settings changed
    .about = The encryption dictionary is another one. A signed document cannot be encrypted anew without breaking it.
modification-other-object = object of unknown role changed
    .about = An object was redefined whose part in the document kenin does not know, so it cannot be called harmless.

## HTML report

html-brand = kenin 検印: verification report on electronic signatures and timestamps
html-next = Next
html-next-same = See "{ $question }".
html-others = Other signatures and timestamps
html-tone-good = no problem
html-tone-bad = problem
html-tone-unsure = needs attention
html-tone-plain = for information
html-timeline = Timeline
html-timeline-about = Lifetimes of certificates, revocation data, timestamps, and when this was judged. The solid line is the time of judging, the dashed line the date to renew by.
html-what = What
html-when = When
html-claim = Signing time that the signer claims
html-claim-note = a claim, not a proof
html-stamp = { $kind }, { $tsa }
html-stamp-proves = { $grade }; proves the time of signing
html-stamped = Time of the timestamp
html-certificate-of = Certificate of { $name }
html-revocation-of = Revocation data about { $name }
html-revoked-on = { $status } on { $date }
html-renew-before = Renew by
html-verifiable-until = Verifiable until
html-judged-at = Judged at
html-from-to = { $from } to { $to }
html-revisions = Revisions of the document and what changed
html-revisions-about = A PDF can be added to. This is who signed in which revision, and what came after.
html-revision = Revision { $revision }
html-revision-unsigned = Before the first signature.
html-revision-unchanged = No change.
html-revision-of = { $revision } of { $revisions }
html-made-by = { $title }: { $who }
html-permitted = Added or changed:
html-place = page { $page }, { $place }
place-top-left = top left
place-top-centre = top
place-top-right = top right
place-middle-left = left
place-middle-centre = middle
place-middle-right = right
place-bottom-left = bottom left
place-bottom-centre = bottom
place-bottom-right = bottom right
html-requirements-about = Guideline for medical information systems, edition 6.0, planning and management, chapter 14. Open a row to see what the answer rests on.
html-clause = Clause
html-requirement = Requirement
html-judgement = Judgement
html-evidence-of = What this rests on
html-evidence = { $id }: { $text }
html-roles = { $name }: { $roles }
html-no-role = { $name }: no role in the certificate
html-stamp-line = { $time } { $about }
html-cut = { $text }… ({ $count } more characters)
html-fact-subject = Signer (certificate subject)
html-fact-issuer = Issuer
html-fact-serial = Serial number
html-fact-certificate = SHA-256 of the certificate
html-fact-policies = Certificate policies
html-fact-roles = Licence and roles
html-fact-anchor = Trust anchor
html-fact-claimed = Claimed signing time
html-fact-proven = Proven time
html-fact-coverage = What is signed
html-fact-revision = Revision
html-fact-algorithm = Signature algorithm
html-fact-digest = Digest algorithm
html-datum = { $status } ({ $why }); issued { $from }, next { $to }
html-datum-revoked = { $status } ({ $why }); revoked { $date }; issued { $from }, next { $to }
html-chain = Certification path and revocation data
html-checks = Every check
html-evidence-list = Evidence
html-evidence-about = Certificates, revocation data and timestamps at hand
html-kind = Kind
html-source = Found in
html-verification-id = Verification id
html-document-sha256 = SHA-256 of the document
html-policy-sha256 = SHA-256 of the policy
html-trust-sha256 = SHA-256 of the trust profile
html-tool = Verified by
html-foot = The verification id is computed from document, policy, trust profile, time of judging, evidence and outcome. Verifying again under the same conditions gives the same id.
