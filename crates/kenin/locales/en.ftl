# kenin's messages in English. Keys are the stable codes of the report; the texts are not a contract.
# A value says what is so. `.next` says what to do. `.about` is background for `kenin explain`.

## Answers

verdict-valid = VALID
    .about = Every signature passed, and the requirements that decide conformity with the guideline are shown to be met.
verdict-invalid = INVALID
    .about = A signature failed for good, or a requirement that decides conformity is shown not to be met.
    .explain-next = { advice-look-up }
    .ask = { ask-sender }; { ask-administrator }
verdict-indeterminate = INDETERMINATE
    .about = Nothing was shown to be wrong, but information needed for an answer is missing.
    .explain-next = { advice-look-up }
    .ask = { ask-sender }; { ask-administrator }
verdict-no-signature = NO SIGNATURE
    .about = The document has no signature that kenin can find.
    .explain-next = { error-not-signed.next }
    .ask = { ask-sender }
verdict-error = ERROR
    .about = The document could not be processed.
    .explain-next = Look up the code of the report's error with kenin explain.
    .ask = { ask-administrator }

headline-valid = VALID
headline-invalid = INVALID
headline-indeterminate = INDETERMINATE

conformity-conforming = CONFORMING
    .about = One signature over the whole document meets every requirement that decides conformity.
conformity-non-conforming = NOT CONFORMING
    .about = A requirement that decides conformity is shown to be met by no signature.
    .explain-next = { advice-look-up }
    .ask = { ask-sender }; { ask-administrator }
conformity-undetermined = INDETERMINATE
    .about = Information is missing on a requirement that decides conformity.
    .explain-next = { advice-look-up }
    .ask = { ask-sender }; { ask-administrator }
conformity-because = { $word } ({ $ids }). { $reason }
conformity-not-assessed = not assessed
    .about = The policy asks for no guideline, or there is no signature to assess.

indication-total-passed = TOTAL-PASSED
    .about = The signature passed every check of EN 319 102-1 that the policy asks for.
indication-total-failed = TOTAL-FAILED
    .about = A check failed for good: more information cannot turn this into a valid signature.
    .explain-next = { advice-look-up }
    .ask = { ask-sender }; { ask-administrator }
indication-indeterminate = INDETERMINATE
    .about = The information at hand does not decide whether the signature is valid. More evidence, such as revocation lists or certificates, may.
    .explain-next = { advice-look-up }
    .ask = { ask-sender }; { ask-administrator }

status-passed = ok
    .about = The check passed.
status-failed = failed
    .about = The check failed.
    .explain-next = { advice-look-up }
    .ask = { ask-sender }; { ask-administrator }
status-indeterminate = undecided
    .about = The information at hand does not decide the check.
    .explain-next = { advice-look-up }
    .ask = { ask-sender }; { ask-administrator }
status-warning = notice
    .about = The check passed, and there is something to know about.
status-info = info
    .about = A fact is shown; nothing is asked.
status-skipped = skipped
    .about = An earlier check had decided, so this one was not made.

requirement-status-satisfied = met
    .about = The requirement is shown to be met.
requirement-status-not-satisfied = NOT MET
    .about = The requirement is shown not to be met. Missing information alone never leads here.
    .explain-next = { explain-requirement.next }
    .ask = { ask-sender }; { ask-administrator }
requirement-status-undetermined = undecided
    .about = The information at hand does not decide whether the requirement is met.
    .explain-next = { explain-requirement.next }
    .ask = { ask-sender }; { ask-administrator }
requirement-status-not-applicable = n/a
    .about = The policy does not ask for it.
requirement-id-rule-1 = 14①{ $item }
requirement-id-rule-2 = 14②
requirement-by-route = { $title } ({ $route })
requirement-status-organisational = elsewhere

## Words of the text report

list-separator = { ", " }
sentence-separator = { " " }
text-headline-gap = { " / " }
text-signature-title = { $kind } { $id }
text-signature-headline = Signature
text-guideline-headline = Guideline
text-who = Who
    .question = Who (licence)
    .stamp-question = Who (authority)
text-when = When
    .question = When (proof)
    .stamp-question = When
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
text-label = { $label }:
text-checks-of = Checks: { $id }
text-check = { $message } [{ $rule }]
text-finding = { $message } [{ $code }]
    .subject = { $message } [{ $code }: { $subject }]
    .count = { $message } [{ $code } x{ $count }]
text-outcome = { $indication } / { $sub }
text-grade-outcome = { $grade } ({ $outcome })
text-stamp-unreadable = time unknown
text-document-sha256 = SHA-256: { $sha256 }
text-verification-id = Verification id: { $id }
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
    .about = It has the form of no level.
text-also = also: { $names }
text-file-error = could not be read
text-unsigned = no signature

text-level-names = Level names
text-next-level = For level { $level } the document lacks:

missing-signature-timestamp = a timestamp over the signature, made while the signer's certificate is valid
    .about = It shows by when the signature existed.
missing-signing-certificate = the certificate of the signer or of a timestamping authority
    .about = It is needed to tell later whose signature it is.
missing-certificate = a certificate of the path
    .detail = the certificate of { $subject }
    .about = It is needed to follow the path to a trusted authority later.
missing-revocation-data = usable revocation data (a CRL or an OCSP response)
    .detail = usable revocation data (a CRL or an OCSP response) for { $subject }
    .about = It is needed to tell later that the certificate was not revoked.
missing-security-store = a document security store (DSS) made after the signature
    .about = It is where a PDF keeps certificates and revocation data.
missing-complete-references = references to the certificates and to the revocation data
    .about = CAdES-C asks for these attributes.
missing-references-timestamp = a timestamp over those references
    .about = CAdES-X asks for this timestamp.
missing-archive-timestamp = an archive timestamp (in a PDF a document timestamp) over all of it
    .about = It keeps certificates and revocation data usable after they end.
missing-archive-timestamp-covering = an archive timestamp that covers the earlier timestamps
    .detail = an archive timestamp that covers the revocation data for { $subject }
    .about = What is not covered cannot be relied upon once its certificate ends.

kind-signature = Signature
    .about = A signature of a person or an organisation.
kind-document-timestamp = Document timestamp
    .about = A timestamp over the whole PDF as it then was.
kind-counter-signature = Counter-signature
    .about = A signature over another signature.
kind-timestamp = Timestamp
    .about = A timestamp on its own, token or response.
kind-evidence-record = Evidence record
    .about = An evidence record on its own (RFC 4998).

who-unknown = not identified: the signing certificate is missing or cannot be determined
who-licence = { $name }, { $roles }
who-short = { $name } ({ $role })
who-no-role = { $name } (the certificate names no licence)
who-not-trusted = { $who }; not confirmed, because the certificate could not be confirmed
who-unprotected = { $who }; but which certificate signed is not protected, it may be another one of the same key
who-not-shown = { $who }; but the signature does not hold, so it is not shown to be theirs
who-superseded = { $who }; signed revision { $revision } of { $revisions }, not the document as it is now
who-stamped-superseded = { $who }; stamped revision { $revision } of { $revisions }, not the document as it is now
who-stamp-not-shown = { $who }; but the timestamp does not hold, so it is not shown to be theirs
role-name = { $name }
role-short = { $name }
role-manager = { $name }: a manager role, not a licence
role-unrecognised = “{ $name }” (not in the licence table)
who-redacted = name withheld (JPKI; --show-personal shows it)

when-proven-accredited = existed by { $time }; proof: accredited timestamp of { $tsa }
when-proven-not-accredited = existed by { $time }; proof: trusted timestamp of { $tsa }, not from an accredited service
when-proven-trusted = existed by { $time }; proof: trusted timestamp of { $tsa }, accreditation not shown
when-proven = existed by { $time }; proof: a timestamp
when-claimed = not proven; the signer claims { $time }
when-unknown = not proven, and the signature claims no time
when-claimed-stamp-bad = not proven: there is a timestamp, but it proves nothing; the signer claims { $time }
when-claimed-stamp-open = not proven: whether the timestamp proves it is undecided; the signer claims { $time }
when-unknown-stamp-bad = not proven: there is a timestamp, but it proves nothing
when-unknown-stamp-open = not proven: whether the timestamp proves it is undecided
when-not-shown = not proven, because the signature does not hold
when-superseded = { $when }. This is about revision { $revision }, not the document as it is now
when-stamped = { $time } (grade: { $grade })
when-stamp-broken = proves nothing (it says { $time })
when-unreadable = the time cannot be read

grade-none = does not count
    .about = The timestamp's imprint or signature does not hold; it proves nothing.
    .explain-next = { sub-hash-failure.stamp-next }
    .ask = { ask-sender }; { ask-tsa }
grade-verified = matches only
    .about = Imprint and signature of the timestamp hold; its certificate is not shown to be trusted.
    .explain-next = { reason-timestamp-not-decided.next }
    .ask = { ask-tsa }; { ask-administrator }
grade-trusted = trusted
    .about = The timestamp's certificate leads to a time-stamping anchor of the trust profile and validates.
    .explain-next = { reason-tsa-accreditation-unknown.next }
    .ask = { ask-tsa }; { ask-administrator }
grade-accredited = accredited
    .about = The timestamp is trusted, and the trust profile shows that its service was accredited at that time.

tampering-elements = none: the signed elements are exactly as they were signed
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
tampering-changed-detached = the content does not match: it is another file than the one signed, or was changed after signing
    .next = Make sure that the file given is the one that was signed. If it is, do not rely on this document and ask the issuer for the original.
tampering-signature-broken = the signature value does not verify: content or signature was changed, or it is not of this certificate
tampering-unclear = cannot be decided: the structure of the signature is damaged
tampering-not-found = cannot be checked: the signed content is not at hand
tampering-unknown = cannot be decided
tampering-unprotected = the signed content matches, but the signature does not meet a condition of the policy
tampering-stamp-none = none: exactly as it was time-stamped
tampering-stamp-changed = YES: the time-stamped content is different
tampering-stamp-not-checked = cannot be checked: the time-stamped content is not at hand

certificate-good = valid at { $time }, leads to { $anchor }
certificate-good-revoked-later = valid at { $time }, leads to { $anchor }; revoked on { $date }, after signing
certificate-good-now = valid, leads to { $anchor }
certificate-missing = not identified
certificate-not-judged = not judged, because the signature does not hold
certificate-no-anchor = does not lead to a trusted authority
certificate-problem = { $problem }

coverage-entire-file = the whole file
    .about = Every byte of the file is signed but the signature value itself.
coverage-entire-revision = the whole revision it was made in
    .about = Every byte of the revision it was made in is signed; later revisions follow.
coverage-partial = a part of the document
    .about = A part of the document is not signed.
    .explain-next = { reason-not-whole-document.next }
    .ask = { ask-sender }
coverage-unclear = unclear
    .about = The range of signed bytes has an unusual form, or the structure around it is damaged.
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
coverage-elements = elements of the XML document
    .about = What is signed are the elements that the signature's references name. Other parts of the document are not signed.
coverage-detached = content held in another file
    .about = What is signed is held in a file of its own.
coverage-attached = content held inside the signature
    .about = What is signed is held inside the signature.

format-pdf = PDF
format-cms = CMS signature
format-timestamp-token = timestamp token
format-timestamp-response = timestamp response
format-xml = XML
format-asic = ASiC container
format-jades = JSON signature
format-evidence-record = evidence record
format-other = unrecognised format
    .explain-next = { error-not-signed.next }
    .ask = { ask-sender }

timestamp-kind-content = content timestamp
    .about = Made over the content before signing: it shows that the content is older, not when it was signed.
timestamp-kind-signature = signature timestamp
    .about = Made over the signature value: it shows that the signature existed by then.
timestamp-kind-cades-c = CAdES-C timestamp
    .about = Made over the signature, its timestamps and the references to certificates and revocation data.
timestamp-kind-certs-crls = timestamp over references
    .about = Made over the references to certificates and revocation data.
timestamp-kind-archive-v2 = archive timestamp (v2)
    .about = Made over the signature and all that its validation needs, so that it can be verified for long.
timestamp-kind-archive-v3 = archive timestamp (v3)
    .about = { timestamp-kind-archive-v2.about }
timestamp-kind-xades-archive = archive timestamp (XAdES)
    .about = { timestamp-kind-archive-v2.about }
timestamp-kind-evidence-record = evidence record
    .about = An archive timestamp of an evidence record.
timestamp-kind-document = document timestamp
    .about = Made over the whole PDF: it protects the signatures and validation material before it.

revocation-status-good = not revoked
    .about = Revocation data that counts says that the certificate is not revoked.
revocation-status-revoked = revoked
    .about = Revocation data says that the certificate is revoked. Once one says so, no other undoes it.
    .explain-next = { sub-revoked-no-poe.next }
    .ask = { ask-sender }; { ask-ca }
revocation-status-on-hold = on hold
    .about = Revocation data says that the certificate is on hold: the hold may be lifted or become a revocation.
    .explain-next = Ask the authority whether the hold was lifted or became a revocation.
    .ask = { ask-signer }; { ask-ca }
revocation-status-unknown = unknown
    .about = No revocation data that counts says whether the certificate is revoked.
    .explain-next = { sub-try-later.next }
    .ask = { ask-ca }

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
    .explain = The file could not be read.
    .about = It says nothing about the document.
    .next = Check that the file exists and that you may read it.
    .ask = { ask-administrator }
error-unsupported-format = The format is recognised but kenin does not judge it yet.
    .about = { about-not-supported }
    .next = Verify it with a tool that supports the format; kenin names what it supports in its README.
    .ask = { ask-sender }; { ask-administrator }
error-encrypted-needs-password = The document is encrypted, and no password that was given opens it.
    .about = { finding-encrypted-needs-password.about }
    .next = Give the password with --password-file.
    .ask = { ask-sender }
error-limit-exceeded = A processing limit was reached; what lies beyond was not examined.
    .about = { finding-limit-exceeded.about }
    .next = The document is unusually large or built to exhaust a reader. Treat it with care.
    .ask = { ask-sender }
error-usage = The command line cannot be used: { $reason }
    .explain = The command line cannot be used.
    .about = { error-io.about }
    .explain-next = See kenin --help for how to call it.
    .ask = { ask-administrator }
error-internal = kenin itself failed on this document. This is a bug, and no statement about the document.
    .about = { error-io.about }
    .next = Please report it. Do not attach documents with data of patients or other persons; attach a sample that fails in the same way if you have one.
    .ask = { ask-kenin }
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
usage-facts-large = { $path } cannot be used as stored facts: it is larger than { $limit } MiB.
usage-facts-evidence = { $path } was changed or damaged: the evidence under { $key } has SHA-256 { $actual }.
usage-facts-schema = { $path } follows { $found }. This version of kenin reads kenin-facts/1.
usage-facts-document = { $path } is another document than the facts are about: its SHA-256 is { $actual }, expected is { $expected }.
usage-output-is-input = { $path } is a document to verify. Give another --output, so that the report does not overwrite it.
usage-output-folder = In the format { $format } every document has a report of its own. Give a folder for them: --output DIR.
usage-output-no-folder = { $path } is a file. In the format { $format } several documents need a folder: --output DIR.
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
    .about = `code` among the `findings` of a document, signature or timestamp.
explain-check = check
    .about = `id` among the `checks`: one of the checks that the answer is made of.
explain-sub-indication = sub-indication (EN 319 102-1)
    .about = `sub_indication` of a signature or timestamp: why it did not pass.
explain-indication = indication (EN 319 102-1)
    .about = `indication` of a signature (TOTAL-PASSED, TOTAL-FAILED, INDETERMINATE) and of a timestamp (PASSED, FAILED, INDETERMINATE).
explain-requirement = requirement of the guideline
    .about = `id` among the `requirements`: chapter 14 of the guideline's planning volume.
    .next = If it is not met or undecided, look up the reason given with it with kenin explain.
    .ask = { ask-sender }; { ask-administrator }
explain-reason = reason for a requirement's status
    .about = `reason` among the `requirements`: why the requirement was judged as it was.
explain-verdict = overall verdict
    .about = `verdict` of a report: the worse of the signatures' answer and the guideline's.
explain-grade = timestamp grade
    .about = `grade` of a timestamp: how far it can be relied upon.
explain-modification = kind of change after signing
    .about = `rule` among the `modifications`: what changed in a PDF after signing.
explain-meaning = What it means
explain-background = Background
explain-next = What to do
explain-ask = Whom to ask
explain-list = Give a code to read about it, for example: kenin explain TRY_LATER

## Shared words of the explanations

ask-sender = whoever issued or sent the document
ask-signer = the signer
ask-ca = the authority that issued the certificate (for HPKI cards the Japan Medical Association, the Japan Pharmaceutical Association or MEDIS)
ask-tsa = the time-stamping service
ask-vendor = the maker of the software that signed, such as the electronic health record
ask-administrator = whoever runs your information systems
ask-kenin = the developers of kenin
nothing-to-do = Nothing needs to be done.
about-breaks-format = It breaks the format: the signature becomes invalid (FORMAT_FAILURE).
about-breaks-timestamp = It breaks the format: the timestamp proves no time.
about-profile = It departs from the profile of the signature's format, and does not decide whether the signature is valid.
about-not-supported = It says nothing about the signature: this version of kenin cannot judge it.
advice-look-up = Look up the sub-indication of each signature and the reasons of the requirements with kenin explain.
advice-children = Look up those of the checks it is made of that did not pass with kenin explain.
advice-reason = Look up the reason given with the check with kenin explain.
advice-tell-vendor = There is no hurry. Ask the maker of the signing software to follow the standard.

## Kinds of codes

explain-conformity = conformity with the guideline
    .about = `conformity` of a report.
explain-requirement-status = judgement of a requirement
    .about = `status` among the `requirements`.
explain-route = how the licence is shown
    .about = `route` among the `requirements`: by which way of 14-1-1(2).
explain-modification-status = whether a change is permitted
    .about = `status` among the `modifications`.
explain-severity = what becomes of a change
    .about = `severity` among the `modifications`: what the policy makes of the change.
explain-path-reason = why a certification path did not count
    .about = `reason` of the checks `certification-path`, `path-validation` and `alternative-path`.
    .next = Ask the authority whether its certificates and the path are right. If there are other ones, pass them with --evidence.
    .ask = { ask-ca }
explain-not-checked = why a signature value was not checked
    .about = `reason` of the check `signature-value`.
    .next = { finding-unknown-signature-algorithm.next }
    .ask = { ask-vendor }
explain-revocation-status = whether a certificate is revoked
    .about = `status` among the `revocation` data, and of the check `revocation-status`.
explain-datum = whether a revocation datum counts
    .about = `why` among the `revocation` data.
    .next = This datum does not count. Get newer revocation data for the certificate from its issuer and pass it with --evidence.
    .ask = { ask-ca }
explain-revocation-reason = why a certificate was revoked
    .about = The reason that the revocation states (RFC 5280): `reason` of the check `revocation-status`.
    .next = Ask the authority what happened, and since when the certificate must not be relied upon.
    .ask = { ask-ca }
explain-preservation = what ends the time of verifiability
    .about = `because` of `preservation`.
    .next = { reason-retention-not-covered.next }
    .ask = { ask-administrator }; { ask-vendor }
explain-missing = what the next level asks for
    .about = `what` of `next_level`.
    .next = If that level is needed, have it added by the signing software or the archive system.
    .ask = { ask-administrator }; { ask-vendor }
explain-level = level of a signature
    .about = `level` (by structure) and `reached_level` (as validated).
explain-axis = outcome on one of the four axes
    .about = `integrity`, `identity`, `profile` and `licence` of the `axes`.
explain-check-status = outcome of a check
    .about = `status` among the `checks`.
explain-signature-value = whether a signature value verifies
    .about = `signature_value` of `integrity`.
explain-signed-data = whether signed content is unchanged
    .about = `signed_data` of `integrity`.
explain-imprint = whether a timestamp fits its content
    .about = `imprint` of a timestamp.
explain-coverage = how much of the document is signed
    .about = `coverage` of `integrity`.
explain-signature-kind = what an entry among the signatures is
    .about = `kind` among the `signatures`.
explain-signature-format = format of a signature
    .about = `format` among the `signatures`, as its structure has it.
explain-timestamp-kind = what a timestamp was made over
    .about = `kind` among the `timestamps`.
explain-document-format = format of a document
    .about = `format` of the `document`, by its content.
explain-role-kind = what the licence table says of a role
    .about = `kind` among the `roles`.
explain-policy-form = how a signature names its policy
    .about = `form` of `signature_policy`.
explain-evidence-type = what an object of evidence is
    .about = `type` among the `evidence`.
explain-evidence-source = where an object of evidence was found
    .about = What stands before the colon of a `source`.
explain-time-source = where the time of the judgement came from
    .about = `time_source` of a report.
explain-error = error
    .about = `code` of the `error`.
explain-limit = processing limit
    .about = `resource` of the finding `limit-exceeded`: which limit was reached.
    .next = { finding-limit-exceeded.next }
    .ask = { ask-sender }

## Codes that only explanations name

indication-passed = PASSED
    .about = The timestamp passed its checks.
indication-failed = FAILED
    .about = The timestamp failed for good, and proves no time.
    .next = { sub-hash-failure.stamp-next }
    .ask = { ask-sender }; { ask-tsa }
route-a = (a) HPKI
    .about = The certificate of HPKI itself shows the national licence.
route-b = (b) an accredited or other certification business
    .about = The certificate names no licence; it has to be confirmed outside the document.
    .next = { reason-licence-route-needs-external-proof.next }
    .ask = { ask-ca }; { ask-administrator }
route-c = (c) JPKI (public individual certification)
    .about = The certificate names no licence; it has to be confirmed outside the document.
    .next = { reason-licence-route-needs-external-proof.next }
    .ask = { ask-ca }; { ask-administrator }
modification-status-allowed = permitted
    .about = It is within what the signatures permit (DocMDP, FieldMDP, locks).
modification-status-suspicious = not permitted, or nobody has said
    .about = It is beyond what the signatures permit, or nobody has said.
    .next = { finding-modification-forbidden.next }
    .ask = { ask-sender }
severity-allow = listed
    .about = It does not affect the answer.
severity-warn = noticed
    .about = The signature passes, with a notice.
    .next = { finding-modification-noticed.next }
    .ask = { ask-sender }
severity-indeterminate = indeterminate
    .about = The signature becomes indeterminate, SIG_CONSTRAINTS_FAILURE.
    .next = { finding-modification-unclear.next }
    .ask = { ask-sender }
severity-fail = failed
    .about = The signature becomes invalid, FORMAT_FAILURE.
    .next = { finding-modification-forbidden.next }
    .ask = { ask-sender }
path-reason-not-chosen = A better path was taken.
    .next = { nothing-to-do }
path-reason-anchor-sunset = The trust profile no longer believes this authority at that time.
    .next = { sub-no-certificate-chain-found-no-poe.next }
    .ask = { ask-sender }; { ask-administrator }
path-reason-untrusted-root = The path ends at a root that the trust profile does not name.
    .next = { reason-path-not-found.explain-next }
    .ask = { ask-ca }; { ask-administrator }
path-reason-issuer-not-found = The issuer's certificate is not at hand.
    .next = Get the issuer's certificate from the authority, for example its website, and pass it with --evidence.
    .ask = { ask-ca }
path-reason-not-signed-by = There is a certificate of the issuer's name, but its key did not sign this one.
path-reason-path-too-long = The path is longer than is searched.
path-reason-path-empty = The path has no certificate.
path-reason-certificate-signature-broken = A certificate's signature does not verify with its issuer's key.
    .about = It was changed, or it comes from another authority of that name.
    .next = Do not rely on signatures by this certificate; ask the authority.
    .ask = { ask-ca }
path-reason-certificate-signature-refused = A certificate's signature cannot be checked.
    .next = { finding-unknown-signature-algorithm.next }
    .ask = { ask-ca }
path-reason-certificate-signature-algorithm = A certificate's signature algorithm is not supported.
    .next = { finding-unknown-signature-algorithm.next }
    .ask = { ask-ca }
path-reason-certificate-algorithms-disagree = A certificate names two different signature algorithms for itself.
path-reason-certificate-key = A certificate's public key cannot be used: its kind is not supported, or its values are wrong.
path-reason-name-chaining = A certificate's issuer is not the name of the certificate above it.
path-reason-not-a-ca = An issuer's certificate is not one of a certification authority.
    .next = Do not rely on signatures by this certificate; ask the authority.
    .ask = { ask-ca }
path-reason-path-length = There are more authorities below than one of them permits.
path-reason-key-cert-sign-missing = An issuer's key may not sign certificates (no keyCertSign).
path-reason-unknown-critical-extension = A certificate has a critical extension that is not understood.
path-reason-malformed-extension = A certificate has an extension that cannot be decoded.
path-reason-duplicate-extension = A certificate has an extension more than once.
path-reason-name-constraints = A name lies outside what its authority may certify.
path-reason-name-constraints-unsupported = Name constraints of a kind apply that cannot be processed.
path-reason-name-constraints-too-large = There are too many names and constraints to compare.
path-reason-any-policy-mapped = A policy mapping names anyPolicy, which is forbidden.
path-reason-explicit-policy = No certificate policy that the trust profile asks for is valid for the whole path.
    .about = So it is when a certificate for another use signed, such as a TEST card or an authentication certificate.
    .next = { sub-chain-constraints-failure.next }
    .ask = { ask-signer }; { ask-ca }
path-reason-limit-exceeded = A limit was reached before the path was examined to the end.
    .next = { finding-limit-exceeded.next }
    .ask = { ask-sender }
unchecked-algorithm-mismatch = The digest algorithm contradicts the signature algorithm.
    .next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
unchecked-unsupported-algorithm = The signature algorithm is not supported.
unchecked-unsupported-key = The certificate's public key cannot be used: its kind is not supported, or its values are wrong.
unchecked-key-does-not-fit = The certificate's public key is of another kind than the signature algorithm.
    .next = { sub-no-signing-certificate-found.next }
    .ask = { ask-sender }; { ask-ca }
unchecked-key-parameters-missing = The key takes its parameters from its issuer's certificate, which is not at hand.
    .next = { sub-no-signing-certificate-found.next }
    .ask = { ask-sender }; { ask-ca }
unchecked-digest-unavailable = The digest algorithm cannot be computed.
unchecked-digest-length = The digest has another length than the signature algorithm asks for.
    .next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
unchecked-content-not-found = The signed content is not at hand.
    .next = { sub-signed-data-not-found.next }
    .ask = { ask-sender }
unchecked-needs-message = The signature algorithm needs the whole content, of which only the digest is known.
unchecked-not-checked = The value was not checked with this certificate's key.
    .next = { nothing-to-do }
unchecked-limit-exceeded = A limit was reached before the value was checked.
    .next = { finding-limit-exceeded.next }
    .ask = { ask-sender }
preservation-tsa-certificate-expiry = The timestamp's certificate expires.
preservation-ca-certificate-expiry = A certificate of a certification authority expires.
preservation-signer-certificate-expiry = The signer's certificate expires, and no timestamp takes its place.
preservation-algorithm-horizon = The use of an algorithm is to end.
preservation-anchor-sunset = The trust profile ends the trust in an authority.
preservation-missing-material = The document lacks certificates or revocation data that its validation needs.
    .next = Embed certificates and revocation data in the document, and time-stamp it.
    .ask = { ask-administrator }; { ask-vendor }
level-b = B, basic
    .about = The signature alone; nothing proves when it was made.
level-t = T, with a time
    .about = A timestamp shows by when the signature existed.
level-lt = LT, with validation material
    .about = It holds the certificates and revocation data that validation needs.
level-lta = LTA, archived
    .about = An archive timestamp protects the validation material, too: it can be verified for long.
level-c = C, with references
    .about = It holds references to the certificates and revocation data (an older form of CAdES).
level-x = X, with timestamped references
    .about = A timestamp protects those references (an older form of CAdES).
level-xl = XL, with validation values
    .about = It holds the certificates and revocation data themselves beside the references (an older form of CAdES).
level-a = A, archived
    .about = An archive timestamp protects all of it (an older form of CAdES).
axis-passed = nothing wrong
    .about = Nothing is wrong in this respect.
axis-failed = something wrong
    .about = Something is wrong in this respect.
    .next = { advice-look-up }
    .ask = { ask-sender }; { ask-administrator }
axis-indeterminate = indeterminate
    .about = Information is missing in this respect.
    .next = { advice-look-up }
    .ask = { ask-sender }; { ask-administrator }
axis-not-applicable = not applicable
    .about = The policy does not ask for it.
signature-value-intact = intact
    .about = The signature value verifies with the signer's key.
signature-value-broken = broken
    .about = The signature value does not verify with the signer's key.
    .next = { sub-sig-crypto-failure.next }
    .ask = { ask-sender }
signature-value-unknown = unknown
    .about = The signature value could not be checked.
    .next = { advice-reason }
    .ask = { ask-sender }; { ask-administrator }
signed-data-intact = intact
    .about = The signed content is unchanged.
signed-data-broken = broken
    .about = The signed content was changed.
    .next = { sub-hash-failure.next }
    .ask = { ask-sender }
signed-data-not-found = not found
    .about = The signed content is not at hand.
    .next = { sub-signed-data-not-found.next }
    .ask = { ask-sender }
imprint-intact = intact
    .about = The timestamp was made over this content.
imprint-broken = broken
    .about = The timestamp was made over other content.
    .next = { sub-hash-failure.stamp-next }
    .ask = { ask-sender }; { ask-tsa }
imprint-not-checked = not checked
    .about = The time-stamped content is not at hand, or its digest cannot be computed.
    .next = { sub-signed-data-not-found.stamp-next }
    .ask = { ask-sender }
signature-format-pades = PAdES
    .about = A PDF signature of EN 319 142-1 (SubFilter ETSI.CAdES.detached).
signature-format-pdf-cms = PDF signature (adbe)
    .about = The older PDF signature that Adobe defined (SubFilter adbe.*). Tools for HPKI use it, too.
signature-format-cades = CAdES
    .about = A CMS signature whose signed attributes name the signer's certificate (EN 319 122-1).
signature-format-cms = CMS
    .about = A CMS signature (RFC 5652) without signed attributes that name the certificate.
signature-format-xades = XAdES
    .about = An XML signature with qualifying properties (EN 319 132-1).
signature-format-xmldsig = XML-DSig
    .about = An XML signature (XMLDSig).
signature-format-rfc3161 = RFC 3161
    .about = A timestamp on its own.
signature-format-rfc4998 = RFC 4998
    .about = An evidence record.
signature-format-other = other
    .about = None of these.
    .next = { error-unsupported-format.next }
    .ask = { ask-sender }; { ask-administrator }
role-kind-national-licence = national licence
    .about = A national licence of the licence table.
role-kind-manager = manager role
    .about = A manager role such as director of a hospital; no national licence.
    .next = { reason-manager-role-only.next }
    .ask = { ask-signer }
role-kind-unrecognised = not in the licence table
    .about = Of another coding scheme, or a text that the table lacks; whether it is a licence cannot be decided.
    .next = { reason-licence-unrecognised.next }
    .ask = { ask-ca }
policy-form-implied = implied
    .about = The signature policy follows from the context and is not named.
policy-form-identified = identified
    .about = The signature names its policy by an identifier; kenin does not apply it.
evidence-type-certificate = certificate
    .about = A public-key certificate (X.509).
evidence-type-attribute-certificate = attribute certificate
    .about = It is kept and not judged.
evidence-type-crl = certificate revocation list
    .about = A list of revoked certificates that an authority issued.
evidence-type-ocsp = OCSP response
    .about = An answer on whether a certificate is revoked.
evidence-type-timestamp-token = timestamp token
    .about = A token of RFC 3161.
evidence-source-signed-data = inside the signature
    .about = It stood among the certificates or revocation data of a signature (SignedData).
evidence-source-key-info = the signature's KeyInfo
    .about = It stood among the key information of an XML signature.
evidence-source-unsigned-attribute = an unsigned attribute
    .about = It stood in an attribute added after signing.
evidence-source-dss = the PDF's document security store
    .about = The number is that of the first revision that has it.
evidence-source-supplied = given by the caller
    .about = It was given beside the document, for example with --evidence.
evidence-source-trust-profile = the trust profile
    .about = A certificate that the trust profile carries.
time-source-now = now
    .about = By the clock of the computer when verification began.
time-source-given = given
    .about = Given with --time; that everything existed then is the assertion of whoever gave it.
limit-asn1-depth = ASN.1 structures are nested too deeply.
limit-asn1-elements = There are too many ASN.1 elements.
limit-asn1-bytes = A CMS structure, certificate, CRL or OCSP response is too large.
limit-signatures = There are too many signatures and timestamps.
limit-certificates = There are too many certificates.
limit-revocation-data = There are too many revocation lists and OCSP responses.
limit-signature-checks = Too many signature values would have to be checked.
limit-signature-cost = Checking the signature values would take too much computing.
limit-path-signature-checks = Searching one certification path takes too many signature checks.
limit-path-candidates = Too many certificates could be an issuer.
limit-path-broken-links = Too many certificates have an issuer's name but not its key.
limit-policy-nodes = There are too many combinations of certificate policies.
limit-pdf-xref-sections = The PDF has too many cross-reference sections, which are its increments.
limit-pdf-objects = The PDF has too many objects.
limit-pdf-depth = Structures of the PDF are nested too deeply.
limit-pdf-decoded-bytes = The compressed data of the PDF is too large when decoded.
limit-pdf-comparisons = Comparing the revisions of the PDF takes too many steps.
limit-pdf-parsed-bytes = Too many bytes of the PDF would have to be parsed.
limit-archive-hashed-bytes = Too many bytes would have to be hashed for archive timestamps.
limit-covered-objects = The lists of what timestamps cover are too long.

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
    .about = { requirement-14-1-1-1.about }
reason-changed-after-signing = The document was changed after signing in a way that the signature does not permit.
    .about = { requirement-14-1-1-1.about }
    .next = Use the document as signed: kenin inspect --revision extracts it. Ask the issuer about the change.
    .ask = { ask-sender }
reason-signature-broken = The signature does not hold: the document or the signature was changed, or the signature breaks its format.
    .about = { requirement-14-1-1-1.about }
    .explain-next = { sub-hash-failure.next }
    .ask = { ask-sender }
reason-signature-not-decided = The signature is not shown to hold.
    .about = { requirement-14-1-1-1.about }
    .explain-next = { advice-look-up }
    .ask = { ask-sender }; { ask-administrator }
reason-signer-not-identified = Who signed cannot be established: the signer's certificate is missing, or is not the one that the signature names.
    .about = { requirement-14-1-1-1.about }
    .next = { sub-no-signing-certificate-found.next }
    .ask = { ask-sender }; { ask-ca }
reason-not-whole-document = No signature covers the whole document.
    .about = { requirement-14-1-1-1.about }
    .next = Ask the issuer whether something was added after signing, and have the final document signed.
    .ask = { ask-sender }
reason-elements-signed = The signature covers elements of the document; whether these are the record, only the system that uses it knows.
    .about = { requirement-14-1-1-1.about }
    .next = Compare the elements that the report lists as signed with those that your system reads.
    .ask = { ask-administrator }; { ask-vendor }
reason-licence-shown = The certificate shows the national licence under the HPKI signing policy.
    .about = { requirement-14-1-1-2.about }
reason-licence-missing = The certificate is a good HPKI certificate, but it names no licence.
    .about = { requirement-14-1-1-2.about }
    .next = Have the document signed by a holder of the licence, with the HPKI card that shows it.
    .ask = { ask-signer }
reason-licence-other = The certificate shows a national licence, but not the one this policy asks for.
    .about = { requirement-14-1-1-2.about }
    .next = Check that the right policy was used (required_roles), or have a holder of the licence sign.
    .ask = { ask-signer }; { ask-administrator }
reason-licence-unrecognised = The certificate names a role that is not in the licence table; whether it is a licence cannot be decided.
    .about = { requirement-14-1-1-2.about }
    .next = Read the role as written in the certificate and ask its issuer what it stands for.
    .ask = { ask-ca }
reason-manager-role-only = The certificate shows a manager role (such as director of a hospital), which is not a national licence.
    .about = { requirement-14-1-1-2.about }
    .next = Have the document signed by a holder of the licence, with the HPKI card that shows it.
    .ask = { ask-signer }
reason-test-certificate = The certificate is an HPKI TEST certificate. It proves no licence.
    .about = { finding-test-certificate.about }
    .next = Have the document signed again with a production HPKI card. Find out how a test card came to be used.
    .ask = { ask-sender }; { ask-signer }
reason-authentication-certificate = The certificate is for logging in (HPKI authentication), not for signing.
    .about = { finding-authentication-certificate.about }
    .next = Have the document signed again with the signing certificate of the same HPKI card. The settings of the signing software need a check, too.
    .ask = { ask-signer }; { ask-vendor }
reason-path-not-found = The certificate does not lead to an authority of the trust profile, or is not for this use; so it cannot be confirmed.
    .about = { requirement-14-1-1-1.about }
    .explain-next = Check which certification authority issued the signer's certificate. If your organisation trusts it, name it in a trust profile and pass it with --trust.
    .ask = { ask-ca }; { ask-administrator }
reason-licence-route-needs-external-proof = The signer is identified by a route (b or c) whose certificate holds no licence; a confirmation from outside the document is needed.
    .about = { requirement-14-1-1-2.about }
    .next = Confirm the licence by the service that goes with the certificate, and keep the result with the document.
    .ask = { ask-ca }; { ask-administrator }
reason-licence-not-required = The policy asks for no licence.
    .about = { requirement-14-1-1-2.about }
reason-timestamp-shown = A valid timestamp covers the whole document including the signature.
    .about = { requirement-14-1-2.about }
reason-timestamp-missing = There is no timestamp over the document and its signature.
    .about = { requirement-14-1-2.about }
    .next = If the signing certificate is still valid (neither expired nor revoked), add an accredited timestamp now. Otherwise the time of signing can no longer be proven by this document.
    .ask = { ask-sender }; { ask-vendor }
reason-timestamp-bad = The timestamp does not hold, so it proves no time.
    .about = { requirement-14-1-2.about }
    .next = Ask the issuer for the document with a sound timestamp, or have it signed and time-stamped again.
    .ask = { ask-sender }; { ask-tsa }
reason-timestamp-not-decided = Whether the timestamp holds cannot be decided: its certificate is not trusted, or revocation data for it is missing.
    .about = { requirement-14-1-2.about }
    .next = Supply the CRL of the timestamp authority with --evidence, or add the authority to your trust profile if your organisation trusts it.
    .ask = { ask-tsa }; { ask-administrator }
reason-timestamp-not-required = The policy asks for no timestamp.
    .about = { requirement-14-1-2.about }
reason-tsa-accredited = The trust profile shows that the time-stamping service was accredited at that time.
    .about = { requirement-14-1-2-1.about }
reason-tsa-not-accredited = The trust profile shows that the time-stamping service was not accredited at that time.
    .about = { requirement-14-1-2-1.about }
    .next = Have the document time-stamped by an accredited service while the signer's certificate is valid.
    .ask = { ask-tsa }; { ask-administrator }
reason-tsa-accreditation-unknown = The trust profile does not say whether the time-stamping service was accredited at that time.
    .about = { requirement-14-1-2-1.about }
    .next = Look the service up in the Ministry's publication of accredited services (or that of the Japan Data Communications Association, where it accredited the service), and add its interval to your trust profile.
    .ask = { ask-tsa }; { ask-administrator }
reason-retention-covered = By the evidence at hand the document can be verified until the end of the retention period.
    .about = { requirement-14-1-2-2.about }
reason-retention-not-covered = The document can be verified for less than the retention period; it needs a further timestamp in time.
    .about = { requirement-14-1-2-2.about }
    .next = Plan a further (archive) timestamp before the date shown.
    .ask = { ask-administrator }; { ask-vendor }
reason-retention-unknown = Until when the document can be verified is not known.
    .about = { requirement-14-1-2-2.about }
    .explain-next = First supply what keeps the signature from being valid, such as certificates and revocation data: kenin trust doctor names it.
    .ask = { ask-sender }; { ask-administrator }
reason-algorithms-acceptable = The algorithms are acceptable under the policy.
    .about = { requirement-14-1-2-3.about }
reason-algorithms-not-acceptable = An algorithm or key is not acceptable under the policy.
    .about = { requirement-14-1-2-3.about }
    .next = Look for evidence that the document existed while the algorithm was sound, such as an archive timestamp of that time.
    .ask = { ask-administrator }; { ask-vendor }
reason-certificate-good-at-timestamp = The certificate was within its validity and not revoked when the timestamp was applied.
    .about = { requirement-14-1-3.about }
reason-certificate-expired-at-timestamp = The certificate had expired, or was not yet valid, when the timestamp was applied.
    .about = { requirement-14-1-3.about }
    .next = Have the document signed again with a valid certificate, and time-stamped at once by an accredited service.
    .ask = { ask-signer }; { ask-vendor }
reason-certificate-revoked-at-timestamp = The certificate had been revoked when the timestamp was applied.
    .about = { requirement-14-1-3.about }
    .next = Ask the issuer to sign again with a valid card.
    .ask = { ask-sender }; { ask-signer }
reason-certificate-status-unknown = Whether the certificate was revoked at that time cannot be decided: usable and fresh revocation data is missing.
    .about = { requirement-14-1-3.about }
    .explain-next = { sub-try-later.next }
    .ask = { ask-ca }
reason-invalidity-date-before-timestamp = The certificate was revoked later, but the revocation says that the key could not be trusted from a time before the timestamp.
    .about = { requirement-14-1-3.about }
    .next = Ask the certification authority or the signer what happened before relying on this signature.
    .ask = { ask-ca }; { ask-signer }
reason-not-read-completely = A limit was reached before the whole document was read; what would satisfy this may be in the rest.
    .about = A signature or timestamp may be in the part that was not read, so the requirement is not said to be missed.
    .next = Ask the issuer about the document: documents of this kind are unusual. A program that uses kenin as a library can raise the limits.
    .ask = { ask-sender }
reason-organisational = This depends on how the organisation works and cannot be read from a document.
    .about = { requirement-14-2.about }
    .explain-next = Check that the organisation that signed keeps its private keys as the certificate policy of the authority demands.
    .ask = { ask-ca }; { ask-administrator }

## Sub-indications (EN 319 102-1)

sub-format-failure = The signature does not conform to its format.
    .about = A structure that decides what was signed is damaged, missing or contradictory. Such damage is also how forged signatures try to slip past a verifier. A change after signing that the signature does not permit counts as well.
    .next = Ask the issuer for the original file. If the file came by e-mail or a converter, get it another way.
    .stamp = The timestamp does not conform to its format.
    .stamp-next = Ask the system that applied the timestamp, or the issuer, for one with a sound timestamp.
    .ask = { ask-sender }; { ask-vendor }
sub-hash-failure = The signed content was changed after signing.
    .about = The digest of the content differs from the one that was signed. At least one byte is different. Where the signature is over another file, giving the wrong one with --content does the same.
    .next = Do not rely on this document. Ask the issuer for the original and compare.
    .stamp = The timestamp was made over other content.
    .stamp-next = This timestamp proves nothing here. Ask the issuer for the document with a sound timestamp.
    .ask = { ask-sender }
sub-sig-crypto-failure = The signature value does not verify with the signer's key.
    .about = The signature was damaged or does not belong to this content or certificate.
    .next = Do not rely on this document. Ask the issuer for the original.
    .stamp = The timestamp's signature value does not verify with the authority's key.
    .stamp-next = This timestamp proves nothing here. Ask the issuer for the document with a sound timestamp.
    .ask = { ask-sender }
sub-revoked = The certificate was revoked before the signature was made.
    .about = It is proven that the signature was made after the revocation.
    .next = Do not rely on this signature. Ask the signer to sign with a valid card.
    .ask = { ask-sender }; { ask-signer }
sub-expired = The signature was made after the certificate expired.
    .about = It is proven that the signature did not exist while the certificate was valid.
    .next = Have the document signed again with a valid certificate.
    .ask = { ask-sender }; { ask-signer }
sub-not-yet-valid = The signature was made before the certificate became valid.
    .about = The proven time lies before the first day of the certificate's validity.
    .next = Ask the authority from when the certificate is valid, and have the document signed again with a valid one.
    .ask = { ask-sender }; { ask-ca }
sub-sig-constraints-failure = The signature does not meet a condition of the policy.
    .about = For example, a signed attribute that protects the certificate is missing, or something was changed after signing that is neither permitted nor forbidden. The checks say which.
    .explain-next = See by the checks that did not pass which condition is meant. Where signed attributes are missing, ask for CAdES or PAdES signatures; where something was changed after signing, compare with the document as signed.
    .ask = { ask-sender }; { ask-vendor }
sub-chain-constraints-failure = The certificate is not of the kind that the policy accepts for this.
    .about = The chain is sound, but its certificate policy, key usage or purpose is another one: for example a TEST card or an authentication certificate.
    .next = See which certificate was used (kenin inspect) and have the document signed with the right one.
    .stamp = The certificate is not of the kind that may issue timestamps.
    .stamp-next = Ask the time-stamping authority, or have a sound timestamp applied.
    .ask = { ask-sender }; { ask-signer }; { ask-ca }
sub-certificate-chain-general-failure = The certificate chain does not validate.
    .about = A signature, name or constraint in the chain of certificates does not hold.
    .next = Check that the certificates come from the genuine authority; supply them with --evidence.
    .ask = { ask-ca }
sub-crypto-constraints-failure = An algorithm or key is not acceptable: weaker than the policy asks for, or none that this version verifies.
    .about = Signatures by weak algorithms or short keys could be forged; the dated table of the policy decides.
    .next = Have the document signed again with current algorithms (for example RSA 2048 with SHA-256).
    .ask = { ask-sender }; { ask-vendor }
sub-policy-processing-error = A signature policy named by the signature could not be processed.
    .about = A signer can say by a signature policy under which rules the signature was made.
    .next = Ask the signer which policy is meant.
    .ask = { ask-signer }
sub-signature-policy-not-available = The signature policy that the signature names is not at hand.
    .about = { sub-policy-processing-error.about }
    .next = Ask the signer for the policy document.
    .ask = { ask-signer }
sub-timestamp-order-failure = The times contradict each other.
    .about = A timestamp lies in the future, or an earlier step is stamped with a later time.
    .next = Check the clock of this computer first. If it is right, the timestamp is not to be relied upon.
    .ask = { ask-administrator }; { ask-tsa }
sub-no-signing-certificate-found = The signing certificate cannot be identified.
    .about = It is missing, or what the signature says about it fits no certificate at hand.
    .next = Get the signer's certificate from whoever issued the document or from the authority that issued the certificate, and pass it with --evidence. If it is there but does not match, do not rely on the signature.
    .ask = { ask-sender }; { ask-ca }
sub-no-certificate-chain-found = The certificate does not lead to an authority of the trust profile.
    .about = Either certificates in between are missing, or the authority is not one that the trust profile names. Carrying a root certificate inside the document does not make it trusted.
    .next = Check which authority issued the certificate. If your organisation trusts it, pass a trust profile with --trust; if certificates are missing, pass them with --evidence.
    .stamp = The timestamp does not lead to a time-stamping authority of the trust profile.
    .stamp-next = If your organisation trusts the authority, add its certificate to your trust profile.
    .ask = { ask-ca }; { ask-administrator }
sub-no-certificate-chain-found-no-poe = The trusted authority is no longer valid, and nothing proves that the signature is older.
    .about = A trust profile can say until when it believes an authority.
    .next = Look for a timestamp or archive record from while the authority was valid.
    .ask = { ask-sender }; { ask-administrator }
sub-revoked-no-poe = The certificate is revoked, and nothing proves that the signature is older than the revocation.
    .about = A valid timestamp before the revocation would settle it.
    .next = Do not rely on this signature unless another record proves that it is older than the revocation.
    .ask = { ask-sender }; { ask-ca }
sub-revoked-ca-no-poe = A certification authority's certificate is revoked, and nothing proves that the signature is older.
    .about = When an authority is revoked, the certificates that it issued cannot be relied upon either.
    .next = Ask the authority what happened and since when its certificates must not be relied upon.
    .ask = { ask-ca }
sub-out-of-bounds-not-revoked = The certificate is outside its validity at the time judged; it is known not to be revoked.
    .about = Even where it is not revoked, an expired certificate needs a proof of when the signature was made.
    .next = Without a timestamp from while the certificate was valid, the signature cannot be confirmed. Look for such a record.
    .ask = { ask-sender }; { ask-administrator }
sub-out-of-bounds-no-poe = A certificate is outside its validity, and nothing proves that the signature existed while it was valid.
    .about = When the signature was made is not proven by a valid timestamp, so it may have been made after the certificate expired.
    .next = Look for a timestamped copy. For documents to come: time-stamp at signing.
    .ask = { ask-sender }; { ask-administrator }
sub-revocation-out-of-bounds-no-poe = The certificate of the revocation data's issuer is outside its validity.
    .about = When the certificate that signed a CRL or an OCSP response expires, what it says cannot be checked either.
    .next = Get newer revocation data and pass it with --evidence.
    .ask = { ask-ca }
sub-crypto-constraints-failure-no-poe = An algorithm is no longer acceptable, and nothing proves that the material is older.
    .about = If it is known to have existed while the algorithm was acceptable, it still stands.
    .next = Look for an archive timestamp from while the algorithm was sound.
    .ask = { ask-sender }; { ask-administrator }
sub-no-poe = Proof that something existed at the right time is missing.
    .about = A valid timestamp has to show that the signature or the revocation data existed then.
    .next = Look for a timestamp from that time.
    .ask = { ask-sender }; { ask-administrator }
sub-try-later = Usable and fresh revocation data is missing.
    .about = Whether the certificate was revoked is not known. Some revocation data may be there but too old, for another scope or not verifiable.
    .next = Get the CRL of the certificate's issuer and pass it with --evidence. Right after signing: wait for the next CRL and verify again.
    .stamp = Usable and fresh revocation data for the time-stamping authority is missing.
    .stamp-next = Get the CRL of the time-stamping authority and pass it with --evidence.
    .ask = { ask-ca }
sub-signed-data-not-found = The signed content is not at hand.
    .about = The signature is detached: it signs another file.
    .next = Give the signed or time-stamped file with --content FILE.
    .stamp = The time-stamped content is not at hand.
    .stamp-next = Give the signed or time-stamped file with --content FILE.
    .ask = { ask-sender }

## Checks

check-format-checking = Structure of the signature
    .passed = The structure conforms to its format.
    .failed = The structure does not conform to its format.
    .indeterminate = The structure could not be examined to the end.
    .about = EN 319 102-1 5.2.2. Everything that decides which bytes were signed must be present and unambiguous.
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
check-signing-certificate-identification = Signing certificate
    .passed = The signing certificate is identified.
    .failed = What the signature says about its certificate fits none at hand.
    .indeterminate = The signing certificate cannot be identified.
    .about = EN 319 102-1 5.2.3. The signature itself names its certificate by a digest, so that it cannot be exchanged.
    .explain-next = { sub-no-signing-certificate-found.next }
    .ask = { ask-sender }; { ask-ca }
check-x509-certificate-validation = Certificate
    .passed = The certificate validates up to a trusted authority.
    .failed = The certificate does not validate.
    .indeterminate = Whether the certificate is good could not be decided.
    .about = EN 319 102-1 5.2.6. Path, validity, revocation and purpose of the certificate.
    .explain-next = { advice-children }
    .ask = { ask-sender }; { ask-ca }
check-certification-path = Path to a trusted authority
    .passed = The certificate leads to a trusted authority.
    .failed = The certificate does not lead to a trusted authority.
    .indeterminate = No path to a trusted authority was found.
    .indeterminate-detail = { $reason ->
            [issuer-not-found] The issuer's certificate is missing: { $issuer }
            [anchor-sunset] The trust profile believes this authority only until { $not_after }: { $issuer }
            [untrusted-root] The root is not in the trust profile: { $issuer }
            [not-signed-by] A certificate's signature does not verify with its issuer's key: { $issuer }
           *[other] No path to a trusted authority was found: { $issuer }. { $reason_words }
        }
    .about = The path must end at an anchor of the trust profile for this purpose. Signers and timestamps have separate anchors.
    .explain-next = { sub-no-certificate-chain-found.next }
    .ask = { ask-ca }; { ask-administrator }
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
           *[other] Another path of { $length } certificates, up to { $last }, fails. { $reason_words }
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
           *[other] The path breaks a rule of RFC 5280. { $reason_words }
        }
    .indeterminate = Whether the path is valid could not be decided.
    .indeterminate-detail = { $reason ->
            [explicit-policy] The certificate policy is not the one that the trust profile asks for (such as signing).
            [certificate-signature-broken] A certificate's signature does not verify with its issuer's key.
            [not-a-ca] An issuer is not a certification authority.
            [name-constraints] A name lies outside what its authority may certify.
           *[other] The path breaks a rule of RFC 5280. { $reason_words }
        }
    .about = RFC 5280 6.1: signatures, names, constraints and certificate policies along the path.
    .explain-next = { advice-reason }
    .ask = { ask-signer }; { ask-ca }
check-key-usage = Purpose of the key
    .passed = The certificate's key is for this purpose.
    .failed = The certificate's key is not for this purpose.
    .indeterminate = The purpose of the key could not be decided.
    .about = A signing certificate of HPKI has the key usage nonRepudiation; a timestamp's certificate is for time-stamping alone.
    .explain-next = { sub-chain-constraints-failure.next }
    .ask = { ask-signer }; { ask-ca }
check-extended-key-usage = Purposes of the certificate
    .passed = The certificate may be used for signing documents.
    .failed = The certificate's purposes do not include signing documents.
    .indeterminate = Whether the certificate may be used for signing documents could not be decided.
    .about = RFC 5280 4.2.1.12. A certificate made for web servers, time-stamping or other uses alone signs no documents.
    .explain-next = { sub-chain-constraints-failure.next }
    .ask = { ask-signer }; { ask-ca }
check-certificate-validity = Validity period
    .passed = The certificates are within their validity.
    .failed = A certificate is outside its validity.
    .failed-detail = At { $time } the certificate is outside its validity, { $not_before } to { $not_after } ({ $subject }).
    .indeterminate = A certificate is outside its validity at the time judged.
    .indeterminate-detail = At { $time } the certificate is outside its validity, { $not_before } to { $not_after } ({ $subject }).
    .about = Judged at the time that a timestamp proves, or else at the time of verification.
    .explain-next = { sub-out-of-bounds-no-poe.next }
    .ask = { ask-sender }; { ask-administrator }
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
    .explain-next = If the certificate is revoked, do not rely on the signature unless a timestamp proves that it is older than the revocation. If that is not known, get the CRL of the certificate's issuer and pass it with --evidence.
    .ask = { ask-sender }; { ask-ca }
check-revocation-freshness = Freshness of revocation data
    .passed = The revocation data is fresh enough.
    .failed = The revocation data is too old.
    .indeterminate = The revocation data is too old for the time judged.
    .about = EN 319 102-1 5.2.5. The policy says how old revocation data may be.
    .explain-next = { sub-try-later.next }
    .ask = { ask-ca }
check-chain-algorithms = Algorithms of the certificates
    .passed = The certificates' algorithms are acceptable.
    .failed = An algorithm of a certificate is not acceptable.
    .indeterminate = An algorithm of a certificate is not acceptable at the time judged.
    .about = By the dated algorithm table of the policy.
    .explain-next = { reason-algorithms-not-acceptable.next }
    .ask = { ask-ca }; { ask-administrator }
check-cryptographic-verification = Cryptographic verification
    .passed = Content and signature belong together.
    .failed = Content and signature do not belong together.
    .indeterminate = Content and signature could not be compared.
    .about = EN 319 102-1 5.2.7. The digest of the content and the signature value, computed anew.
    .explain-next = { sub-hash-failure.next }
    .ask = { ask-sender }
check-signed-data-digest = Digest of the content
    .passed = The signed content is unchanged.
    .failed = The signed content was changed.
    .indeterminate = The signed content is not at hand, or its digest cannot be computed.
    .about = One changed byte gives another digest.
    .explain-next = { sub-hash-failure.next }
    .ask = { ask-sender }
check-signature-value = Signature value
    .passed = The signature value verifies with the signer's key.
    .failed = The signature value does not verify with the signer's key.
    .indeterminate = The signature value could not be checked.
    .about = Shows that the holder of the private key signed.
    .explain-next = { sub-sig-crypto-failure.next }
    .ask = { ask-sender }
check-signature-acceptance = Attributes and algorithms
    .passed = The signature's attributes and algorithms are acceptable.
    .failed = The signature's attributes or algorithms are not acceptable.
    .indeterminate = The signature's attributes or algorithms do not meet the policy.
    .about = EN 319 102-1 5.2.8.
    .explain-next = { advice-children }
    .ask = { ask-sender }; { ask-vendor }
check-signature-algorithms = Algorithms of the signature
    .passed = The signature's algorithms are acceptable.
    .failed = An algorithm of the signature is not acceptable.
    .indeterminate = An algorithm of the signature is not acceptable at the time judged.
    .warning = The signature's algorithms are acceptable now; an end of their use is announced.
    .about = By the dated algorithm table of the policy.
    .explain-next = { sub-crypto-constraints-failure.next }
    .ask = { ask-sender }; { ask-vendor }
check-signed-attributes = Signed attributes
    .passed = The signed attributes that the policy demands are there.
    .failed = Signed attributes that the policy demands are missing.
    .indeterminate = Signed attributes that the policy demands are missing.
    .about = The signing-certificate attribute keeps the certificate from being exchanged.
    .next = Ask the maker of the signing software for CAdES or PAdES signatures. If your organisation knows and accepts the format, a policy of your own can allow it.
    .ask = { ask-vendor }
check-modification = A change after signing
    .passed = The change is permitted.
    .failed = The signature does not permit the change.
    .failed-detail = { $rule }: the signature does not permit it.
    .indeterminate = The signature neither permits nor forbids the change.
    .indeterminate-detail = { $rule }: the signature neither permits nor forbids it.
    .warning = The change is allowed and shows in the document.
    .warning-detail = { $rule }: allowed, and shows in the document.
    .about = Every change that a later revision makes is held against what the signature permits (DocMDP, FieldMDP, locks) and the policy.
    .explain-next = { finding-modification-forbidden.next }
    .ask = { ask-sender }
check-later-revisions-check = Changes after signing
    .passed = Nothing follows the signed revision but what the signature permits.
    .failed = What follows the signed revision is not permitted.
    .indeterminate = A later revision makes changes that are neither permitted nor forbidden, or that cannot be told for certain.
    .warning = Later revisions make permitted changes that show in the document.
    .about = A PDF can be extended after signing without touching the signed bytes. What such a revision shows on the page may be different.
    .next = Compare the document as shown with the signed revision, or ask the issuer for the document as signed.
    .ask = { ask-sender }
check-message-imprint = Time-stamped content
    .passed = The timestamp was made over these bytes.
    .failed = The timestamp was made over other bytes.
    .indeterminate = The time-stamped bytes are not at hand.
    .about = RFC 3161: the timestamp holds a digest of what it was made over.
    .explain-next = { sub-hash-failure.stamp-next }
    .ask = { ask-sender }; { ask-tsa }
check-timestamp-validation = Timestamp
    .passed = The timestamp holds.
    .failed = The timestamp does not hold.
    .indeterminate = Whether the timestamp holds could not be decided.
    .about = EN 319 102-1 5.4. Imprint, signature and certificate of the timestamp.
    .explain-next = { advice-children }
    .ask = { ask-sender }; { ask-tsa }
check-timestamp-gen-time = Time of the timestamp
    .passed = The time of the timestamp is possible.
    .failed = The time of the timestamp is not possible.
    .indeterminate = The time of the timestamp lies in the future or outside the validity of its certificate.
    .indeterminate-detail = The time of the timestamp, { $gen_time }, lies in the future or outside the validity of its certificate.
    .about = Compared with the time of verification and with the validity of the timestamp's certificate.
    .explain-next = { sub-timestamp-order-failure.next }
    .ask = { ask-administrator }; { ask-tsa }
check-tsa-extended-key-usage = Purpose of the timestamp's certificate
    .passed = The timestamp's certificate is for time-stamping alone.
    .failed = The timestamp's certificate is not for time-stamping alone.
    .indeterminate = The timestamp's certificate is not for time-stamping alone.
    .warning = The timestamp's certificate is for time-stamping, but does not mark this as critical.
    .about = RFC 3161 2.3.
    .explain-next = { sub-chain-constraints-failure.stamp-next }
    .ask = { ask-tsa }
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
    .explain-next = { reason-timestamp-missing.next }
    .ask = { ask-sender }; { ask-vendor }
check-status-at-best-signature-time = Certificates at the proven time
    .passed = The certificates were good at the proven time.
    .failed = A certificate was not good at the proven time.
    .indeterminate = Whether the certificates were good at the proven time could not be decided.
    .about = EN 319 102-1 5.5: validity and revocation at the time that a timestamp proves.
    .explain-next = { advice-children }
    .ask = { ask-sender }; { ask-ca }
check-past-signature-validation = Validation in the past
    .passed = It was valid while its certificates and algorithms could be relied upon, and existed then.
    .failed = It was proven to be made at a time when its certificate was not valid.
    .indeterminate = Nothing proves that it existed while its certificates and algorithms could be relied upon.
    .about = EN 319 102-1 5.6.2.4. What can no longer be validated at validation time may still stand: a later timestamp over it, its certificates and their revocation data proves that all of them existed while they could be relied upon.
    .explain-next = { sub-no-poe.next }
    .ask = { ask-sender }; { ask-administrator }
check-validation-time-sliding = Latest reliable time of the certificates
    .passed = It existed by the time until which the certificates can be relied upon.
    .failed = It did not exist by the time until which the certificates can be relied upon.
    .indeterminate = Nothing proves that it existed by the time until which the certificates can be relied upon.
    .about = EN 319 102-1 5.6.2.2. From the trust anchor downwards, each certificate needs revocation data that is proven to have existed by then; where that data is stale, where a certificate was revoked or an algorithm ended, the latest reliable time moves back.
    .explain-next = { sub-no-poe.next }
    .ask = { ask-sender }; { ask-administrator }
check-evidence-record-validation = Evidence record
    .passed = The evidence record stands: every archive timestamp holds and was renewed in time.
    .failed = The evidence record does not hold.
    .indeterminate = Whether the evidence record can be relied upon could not be decided.
    .about = RFC 4998 5.3. The initial archive timestamp is over the data, each later one over what came before. The whole proves that the data existed at the time of the initial one.
    .explain-next = { advice-children }
    .ask = { ask-administrator }; { ask-vendor }
check-evidence-record-order = Order of the archive timestamps
    .passed = Each archive timestamp is later than the one it renews.
    .failed = An archive timestamp is earlier than the one it renews.
    .indeterminate = An archive timestamp is earlier than the one it renews.
    .about = RFC 4998 5.3. The archive timestamps of a record stand in order of time; none is earlier than the one before by more than the sum of their accuracies.
    .explain-next = { sub-timestamp-order-failure.next }
    .ask = { ask-administrator }; { ask-vendor }
check-timestamp-coherence = Order of the timestamps
    .passed = The timestamps are in order.
    .failed = The timestamps contradict each other.
    .indeterminate = The timestamps contradict each other.
    .about = EN 319 102-1 5.5. A later step must not carry an earlier time, beyond the sum of the accuracies.
    .explain-next = { sub-timestamp-order-failure.next }
    .ask = { ask-administrator }; { ask-tsa }

## Findings

finding-limit-exceeded = A processing limit was reached; what lies beyond was not examined.
    .detail = A processing limit ({ $resource }, { $limit }) was reached; what lies beyond was not examined.
    .about = There are limits so that no document can be made to stop the verifier. What reaches one is indeterminate, not invalid.
    .next = The document is unusually large or built to exhaust a reader. Treat it with care.
    .ask = { ask-sender }
finding-unsupported-format = The format is recognised but kenin does not judge it yet.
    .about = { about-not-supported }
    .next = Verify it with a tool that supports the format.
    .ask = { ask-sender }; { ask-administrator }
finding-encrypted-needs-password = The document is encrypted, and no password that was given opens it.
    .about = The signatures cannot be read without decrypting the document.
    .next = Give the password with --password-file.
    .ask = { ask-sender }
finding-truncated = The document ends before its structure does; it is incomplete.
    .about = It was probably cut off while it was sent or stored; parts of what was signed may be missing.
    .next = Get a complete copy of the file.
    .ask = { ask-sender }
finding-content-missing = The signature or timestamp is over another file, which was not given.
    .about = Signature and content are two files; both are needed to tell whether the content was changed.
    .next = Give the signed or time-stamped file with --content FILE.
    .ask = { ask-sender }

finding-from-stored-facts = The report is about stored facts.
    .detail = The report is about stored facts of the document with SHA-256 { $sha256 }.
finding-stored-facts-unchecked = The facts were not compared with the document. A file of facts is not protected: whoever can change it can change this result.
    .about = So the result cannot be relied upon like one about the document itself.
    .next = Give the document as well (--document), or --trust-facts if nobody but you could have changed the facts since they were stored.
    .ask = { ask-administrator }
finding-stored-facts-differ = The document gives other facts than the stored ones. Its own were judged. Either the stored facts were changed, or they were stored by another version of kenin, without the same content or password, or with other limits.
    .about = The answer is about the document itself; the stored facts are of no use.
    .next = Verify the document itself (kenin verify) and store its facts again (--save-facts).
    .ask = { ask-administrator }
finding-ber-encoding = A structure uses BER encoding where DER is usual. The content is not affected.
finding-non-minimal-encoding = A length or number is encoded in more octets than needed.
    .about = { about-profile }
    .explain-next = { advice-tell-vendor }
    .ask = { ask-vendor }
finding-trailing-bytes = Bytes follow the end of a structure.
    .about = They are not part of what was signed, and something could be hidden there.
    .explain-next = Of a signature nothing needs to be done. A timestamp or an evidence record does not conform with it: ask the issuer for a sound one.
    .ask = { ask-sender }; { ask-vendor }
finding-malformed = A structure could not be decoded.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-cms-not-signed-data = The CMS structure is not a signature (no SignedData).
    .about = { about-breaks-format }
    .explain-next = { error-not-signed.next }
    .ask = { ask-sender }
finding-no-signer-info = The signature structure has no signer.
    .about = { about-breaks-format }
    .explain-next = { error-not-signed.next }
    .ask = { ask-sender }
finding-several-signer-infos = There is more than one signer where the format allows one.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-digest-algorithms-missing = The list of digest algorithms lacks the one that the signer used.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-content-and-external-content = The signature carries its own content, but other content was given too.
    .about = { about-breaks-format }
    .next = Leave --content away for a signature that carries its content.
    .ask = { ask-administrator }
finding-attribute-certificate-present = An attribute certificate is present; it is kept and not judged.
finding-other-certificate-skipped = A certificate of an unknown kind was skipped.
finding-other-revocation-skipped = Revocation data of an unknown kind was skipped.

finding-xml-dtd = The XML document has a document type declaration (DOCTYPE), and is not read.
    .about = It could define entities and attributes that change what a reader sees. Signed records do not need one.
    .next = Ask the sender for the document without a DOCTYPE.
    .ask = { ask-sender }; { ask-vendor }
finding-duplicate-id = Several elements have the identifier that is signed.
    .about = One of them was signed and another may be what your system reads: this is how signed documents are forged (signature wrapping).
    .explain-next = Do not use the document, and ask the sender for the original.
    .ask = { ask-sender }
finding-reference-not-found = The signature is over an element that is not in the document.
    .about = What was signed was taken out or moved into another document.
    .next = Get the document as it was signed.
    .ask = { ask-sender }
finding-reference-type-mismatch = A reference of the signature leads elsewhere than it says.
    .about = Something else than the expected part is under the signature: this is how signed documents are forged (signature wrapping).
    .explain-next = Do not use the document, and ask the sender for the original.
    .ask = { ask-sender }; { ask-vendor }
finding-transform-refused = The signature uses a transform that is not carried out.
    .detail = The signature uses a transform that is not carried out: { $transform }.
    .about = Transforms such as XSLT can make anything of what is signed, so that what you see is not what was signed.
    .next = Ask the maker of the signing software for signatures without such transforms.
    .ask = { ask-vendor }
finding-signed-properties-not-signed = The signed properties of XAdES are not under the signature, and were not used.
    .about = Whoever could change the file could have written them.
    .explain-next = { advice-tell-vendor }
    .ask = { ask-vendor }
finding-qualifying-properties-target = The properties of XAdES belong to another signature, and were not used.
    .about = They do not name the signature that they are in.
    .explain-next = { advice-tell-vendor }
    .ask = { ask-vendor }
finding-data-object-format-malformed = A description of signed data (DataObjectFormat) describes nothing that is signed.
    .about = { about-profile }
    .explain-next = { advice-tell-vendor }
    .ask = { ask-vendor }
finding-record-part-not-covered = The signature does not cover the part of the record that it stands for.
    .about = The prescription or the dispensed items that your system reads are not what was signed.
    .explain-next = Do not use the record, and ask the sender for the original.
    .ask = { ask-sender }; { ask-vendor }
finding-timestamp-format-unsupported = A timestamp in XML form was not judged.
    .about = Only timestamps of RFC 3161 are judged.

finding-signed-attributes-missing = The signature has no signed attributes.
    .about = Signed attributes put the signer's certificate and the kind of content under the signature. Without them the certificate, for one, could be exchanged.
    .next = Ask the maker of the signing software for CAdES or PAdES signatures. If your organisation knows and accepts the format, a policy of your own can allow it.
    .ask = { ask-vendor }
finding-signed-attributes-confusion = The signed content reads like another signature's signed attributes: the signature may have been re-used for something it was not made for.
    .about = Signatures can be made to look like those of other content by confusing signatures with and without signed attributes.
    .next = Treat this signature as a possible forgery, and ask the signer.
    .ask = { ask-sender }; { ask-signer }
finding-signed-attributes-unsorted = The signed attributes are not in DER order; they verify in the order received.
    .about = { about-profile }
    .explain-next = { advice-tell-vendor }
    .ask = { ask-vendor }
finding-signed-attributes-resorted = The signed attributes verify only after sorting into DER order.
    .about = { about-profile }
    .explain-next = { advice-tell-vendor }
    .ask = { ask-vendor }
finding-attribute-duplicated = An attribute that may occur once occurs more often.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-attribute-value-count = An attribute that has one value has none or several.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-attribute-malformed = An attribute's value has the wrong type or cannot be decoded.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-signer-claim-malformed = A commitment or a role that the signer claims cannot be decoded. It is not shown.
finding-message-digest-missing = The attribute with the content's digest is missing.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-content-type-missing = The attribute with the content's type is missing.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-content-type-mismatch = The content's type differs from the signed one.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-algorithm-protection-mismatch = The protected algorithm identifiers differ from the ones used.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-algorithm-mismatch = Digest algorithm and signature algorithm contradict each other.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-unknown-digest-algorithm = The digest algorithm is unknown.
    .about = { about-not-supported }
    .explain-next = { finding-unknown-signature-algorithm.next }
    .ask = { ask-vendor }
finding-unknown-signature-algorithm = The signature algorithm cannot be verified: it is unknown, or its parameters are not supported.
    .detail = The signature algorithm { $algorithm } cannot be verified: it is unknown, or its parameters are not supported.
    .about = { about-not-supported }
    .next = This says nothing about the signature itself. Use a version of kenin that supports the algorithm.
    .ask = { ask-vendor }

finding-signing-certificate-attribute-missing = Nothing signed names the certificate: it could be exchanged for another one with the same key.
    .about = CAdES and PAdES ask that the signature names its certificate by a digest.
    .next = Ask the maker of the signing software for CAdES or PAdES signatures. If your organisation knows and accepts the format, a policy of your own can allow it.
    .ask = { ask-vendor }
finding-signing-certificate-mismatch = What the signature says about its certificate fits no certificate at hand, or another one than the one that it otherwise names.
    .about = The certificate was exchanged, or the one that the signature names is not at hand.
    .next = Do not rely on the name shown. Ask the person who is said to have signed.
    .ask = { ask-signer }; { ask-ca }
finding-signing-certificate-not-first = The certificate that verifies is named only in a later position of the signing-certificate attribute.
finding-signing-certificate-issuer-serial-mismatch = The signing-certificate attribute names another issuer or serial number than the certificate that its digest fits.
    .about = { about-profile }
    .explain-next = { advice-tell-vendor }
    .ask = { ask-vendor }
finding-signing-certificate-v1 = The certificate is named by a SHA-1 digest (ESSCertID version 1), which is still usual in timestamps.
finding-several-certificates-with-one-key = Several certificates have the signer's public key; only the one that the signature names counts.
finding-signature-policy-store-mismatch = The signature policy document stored with the signature is not the one that was signed for. The signature itself is not affected.
    .about = The stored document is not under the signature and can be replaced.
    .next = Do not rely on that document; ask the publisher of the policy for it.
    .ask = { ask-signer }
finding-signing-time-present = The signing-time attribute is present, which PAdES does not allow.
    .about = { about-profile }
    .explain-next = { advice-tell-vendor }
    .ask = { ask-vendor }
finding-signing-time-missing = The signing-time attribute, which CAdES asks for, is missing.
    .about = { about-profile }
    .explain-next = { advice-tell-vendor }
    .ask = { ask-vendor }

finding-token-content-type = The token does not hold timestamp information.
    .about = { about-breaks-timestamp }
    .explain-next = { sub-format-failure.stamp-next }
    .ask = { ask-sender }; { ask-tsa }
finding-tst-info-malformed = The timestamp information cannot be decoded.
    .about = { about-breaks-timestamp }
    .explain-next = { sub-format-failure.stamp-next }
    .ask = { ask-sender }; { ask-tsa }
finding-tst-info-version = The timestamp information has an unknown version.
    .about = { about-breaks-timestamp }
    .explain-next = { sub-format-failure.stamp-next }
    .ask = { ask-sender }; { ask-tsa }
finding-tst-info-critical-extension = The timestamp has a critical extension that is not understood.
    .about = { about-breaks-timestamp }
    .explain-next = { sub-format-failure.stamp-next }
    .ask = { ask-sender }; { ask-tsa }
finding-tst-info-serial-length = The timestamp's serial number is longer than allowed.
finding-gen-time-not-der = The time is written in an unusual form; it is valid.
finding-imprint-algorithm-unknown = The timestamp's digest algorithm is unknown.
    .about = { about-breaks-timestamp }
    .explain-next = { sub-format-failure.stamp-next }
    .ask = { ask-sender }; { ask-tsa }
finding-imprint-length = The length of the timestamp's digest does not fit its algorithm.
    .about = { about-breaks-timestamp }
    .explain-next = { sub-format-failure.stamp-next }
    .ask = { ask-sender }; { ask-tsa }
finding-timestamp-rejected = The time-stamping authority answered that it did not grant the timestamp; the token does not count.
    .about = { about-breaks-timestamp }
    .explain-next = { sub-format-failure.stamp-next }
    .ask = { ask-sender }; { ask-tsa }
finding-tsa-name-mismatch = The name of the authority in the timestamp is not the one in its certificate.
finding-eku-not-critical = The timestamp's certificate does not mark its purpose as critical.
finding-timestamp-in-future = The time of the timestamp lies in the future.
    .about = It lies more than a minute after the time of verification. The timestamp does not count as a proof.
    .next = Check the clock of this computer.
    .ask = { ask-administrator }; { ask-tsa }

finding-byte-range-malformed = The range of signed bytes is missing or malformed.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-byte-range-gap = The bytes left out of the signature are not exactly the place of the signature value: something could be hidden there.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-byte-range-beyond-end = The range of signed bytes reaches beyond the end of the file.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-contents-malformed = The signature value in the PDF is missing, empty or malformed.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-contents-trailing-data = Bytes other than zero follow the signature value in its place.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-byte-range-object-mismatch = The file holds signature data that belongs to no signature that the document shows.
    .about = In forged PDF files the signatures that the structure shows and those written in the file may differ.
    .explain-next = A signature may have been removed or exchanged. Ask the issuer for the original and compare.
    .ask = { ask-sender }
finding-signature-dictionary-replaced = A later revision replaces the signature dictionary; the signed one is judged.
    .about = Later revisions of a PDF can replace its parts. Of a signature the part as signed is the right one.
    .explain-next = { finding-later-revisions-doubtful.next }
    .ask = { ask-sender }
finding-signature-reused = Two signature fields share one signature.
    .about = { about-breaks-format }
    .explain-next = { sub-format-failure.next }
    .ask = { ask-sender }; { ask-vendor }
finding-sub-filter-unsupported = The kind of signature (SubFilter) is not supported.
    .detail = The kind of signature (SubFilter { $sub_filter }) is not supported.
    .about = { about-not-supported }
    .explain-next = { finding-unsupported-format.next }
    .ask = { ask-vendor }
finding-later-revisions = After signing, nothing was added but timestamps and material that preserves the signature.
finding-later-revisions-analysed = The document was continued after signing; every change is listed.
    .about = A revision was added to the PDF after this signature: another signature, a form filled in, an annotation. kenin compared it with the signed revision object by object and lists each change.
finding-later-revisions-doubtful = After signing, something was added in which programs may see more than the changes listed.
    .about = What was added is damaged, or holds data that belongs to no object, so that programs may read it differently.
    .next = Compare the document as shown with the signed revision, or ask the issuer for the document as signed.
    .ask = { ask-sender }
finding-later-revisions-not-analysed = After signing, the document was changed, and what changed could not be told.
    .about = The signed revision and the later ones could not be compared; so the answer is indeterminate.
    .next = Compare the document as shown with the signed revision, or ask the issuer for the document as signed.
    .ask = { ask-sender }
finding-modification-forbidden = After signing, something was changed that the signature does not permit.
    .detail = After signing: { $rule } (object { $object }, revision { $revision }). The signature does not permit it.
    .about = The signature protects its revision. Later ones may only do what it permits: by its certification (DocMDP), its locks (FieldMDP, SigFieldLock), and without certification form filling and further signatures. A change beyond that makes the document another one than was signed.
    .next = Use the document as signed: kenin inspect --revision extracts it. Ask the issuer about the change.
    .ask = { ask-sender }
finding-modification-unclear = After signing, something was changed that the signature neither permits nor forbids.
    .detail = After signing: { $rule } (object { $object }, revision { $revision }). The signature neither permits nor forbids it.
    .about = Annotations (notes, highlights, stamps) on a document that is not certified: nobody has said whether they are welcome. What they show is not what was signed.
    .next = Look at the change, and compare with the document as signed: kenin inspect --revision extracts it.
    .ask = { ask-sender }
finding-modification-noticed = After signing, a permitted change was made that shows in the document.
    .detail = After signing: { $rule } (object { $object }, revision { $revision }). It is allowed.
    .about = The change is within what the signature and the policy allow, but it shows in the document and could mislead: an annotation, or something over the text of a page.
    .next = Look at the place in the document. What it shows is not what was signed.
    .ask = { ask-sender }
finding-certification-not-first = The document was certified after it had been signed; certification belongs before every other signature.
    .about = ISO 32000 allows a certification signature only as the first one. Readers differ in whether they enforce what such a late certification says; kenin judges by it.
    .next = Ask the issuer why the document was certified late.
    .ask = { ask-sender }
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
    .ask = { ask-sender }
finding-appearance-differs = A form field shows something other than its value.
    .detail = The form field { $field } on page { $page } shows something other than its value.
    .about = What a form field shows on the page and the value that programs read from it are stored apart. When they differ, the signer may have seen something else than is processed.
    .next = Compare what the page shows with the value of the field.
    .ask = { ask-sender }; { ask-signer }
finding-field-over-text = A form field or annotation that may be changed later lies over text.
    .detail = The form field { $field }, which may be changed later, lies over text of page { $page }.
    .about = Filling it in after signing could hide or replace what the page says, within what the signature permits.
    .next = Look at the place on the page, and at the changes after signing.
    .ask = { ask-sender }
finding-duplicate-key = A part that the signature depends on has an entry twice; programs differ in which one they take.
    .about = A dictionary in a PDF has each key once. A second one lets two programs see two documents.
    .next = Ask the issuer for the original.
    .ask = { ask-sender }
finding-trailing-junk = Bytes follow the end of the PDF.
    .about = After the last end-of-file marker only white space may follow. What stands there is protected by no signature, and some programs read it.
    .next = Use the document as signed: kenin inspect --revision extracts it. Ask the issuer about the change.
    .ask = { ask-sender }
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
    .about = A PDF can be made to look different to programs that follow its cross-reference data and to those that scan the whole file.
    .next = Do not rely on what one viewer shows. Ask the issuer for the original.
    .ask = { ask-sender }
finding-xref-repaired = The cross-reference data of the PDF is damaged; objects were found by other means.
    .about = The cross-reference data says where in the file each object is. Where it is damaged, programs may read the file differently.
    .explain-next = { finding-truncated.next }
    .ask = { ask-sender }
finding-public-key-encryption = The document is encrypted for certain certificate holders; it was not opened.
    .about = The signatures cannot be read without decrypting the document.
    .next = Have somebody who can open it verify it there, with a program that supports this. Saving it again without encryption may break the signature.
    .ask = { ask-sender }
finding-encryption-mac = The document has an integrity code of its encryption (ISO/TS 32004); it is not part of this judgement.
finding-pades-cert-entry = The signature dictionary has certificates in an entry that PAdES forbids.
    .about = { about-profile }
    .explain-next = { advice-tell-vendor }
    .ask = { ask-vendor }
finding-pades-date-missing = The signature dictionary has no date, which PAdES asks for.
    .about = { about-profile }
    .explain-next = { advice-tell-vendor }
    .ask = { ask-vendor }
finding-vri-key-mismatch = Validation material is filed under a key that fits no signature; it was used all the same.
    .about = { about-profile }
    .explain-next = { advice-tell-vendor }
    .ask = { ask-vendor }
finding-certification-signature = The signature certifies the document and limits later changes.
    .detail = The signature certifies the document and limits later changes (DocMDP level { $level }).

finding-certificate-malformed = A certificate cannot be decoded.
    .about = What cannot be read does not count.
    .explain-next = If the judgement needs it, get it anew from its issuer and pass it with --evidence.
    .ask = { ask-ca }
finding-crl-malformed = A CRL cannot be decoded.
    .about = What cannot be read does not count.
    .explain-next = { finding-certificate-malformed.explain-next }
    .ask = { ask-ca }
finding-ocsp-malformed = An OCSP response cannot be decoded.
    .about = What cannot be read does not count.
    .explain-next = { finding-certificate-malformed.explain-next }
    .ask = { ask-ca }
finding-authentication-certificate = An HPKI certificate for logging in (authentication) was used for signing.
    .about = An HPKI card holds a certificate for logging in and one for signing. The former shows that its holder uses the card; it does not sign documents.
    .next = Have the document signed again with the signing certificate of the same HPKI card. The settings of the signing software need a check, too.
    .ask = { ask-signer }; { ask-vendor }
finding-test-certificate = An HPKI TEST certificate was used. It proves no licence.
    .about = Certificates of test cards lead to the production root as well. Only the number of their certificate policy differs.
    .next = Have the document signed again with a production HPKI card. Find out how a test card came to be used.
    .ask = { ask-sender }; { ask-signer }
finding-evidence-not-covered = Certificates and revocation data are there but not themselves covered by a timestamp.
    .about = Once the certificates end, what no timestamp covers may no longer be relied upon.
    .next = For long-term storage, add a document or archive timestamp while the certificates are valid.
    .ask = { ask-administrator }; { ask-vendor }
finding-archive-timestamp-without-tag = The archive timestamp leaves out tag and length of the unsigned attributes, as an older edition reads; that is accepted.
finding-ats-hash-index-missing = The archive timestamp has no index of what it protects.
    .about = { about-breaks-timestamp }
    .explain-next = { sub-format-failure.stamp-next }
    .ask = { ask-administrator }; { ask-vendor }
finding-ats-hash-index-malformed = The index of what the archive timestamp protects cannot be decoded.
    .about = { about-breaks-timestamp }
    .explain-next = { sub-format-failure.stamp-next }
    .ask = { ask-administrator }; { ask-vendor }
finding-ats-hash-index-algorithm = The index of the archive timestamp has another hash algorithm than the timestamp.
    .about = { about-breaks-timestamp }
    .explain-next = { sub-format-failure.stamp-next }
    .ask = { ask-administrator }; { ask-vendor }
finding-ats-hash-index-unmatched = The archive timestamp protects something that is no longer in the signature.
    .detail = The archive timestamp protects { $hashes } object(s) that are no longer in the signature.
    .about = { about-breaks-timestamp }
    .explain-next = { sub-format-failure.stamp-next }
    .ask = { ask-administrator }; { ask-vendor }
finding-ats-hash-index-partial = The archive timestamp leaves certificates or revocation data unprotected.
    .detail = The archive timestamp leaves { $elements } certificate(s) or revocation data unprotected.
    .about = What is left out may no longer be relied upon once its certificates end.
    .explain-next = Add another archive timestamp that covers what is left out, too.
    .ask = { ask-administrator }; { ask-vendor }
finding-references-malformed = The references to certificates or revocation data cannot be decoded.
    .about = { about-profile }
    .explain-next = { advice-tell-vendor }
    .ask = { ask-vendor }
finding-evidence-record-algorithm = An archive timestamp has another hash algorithm than its chain.
    .about = { about-breaks-timestamp }
    .explain-next = { sub-format-failure.stamp-next }
    .ask = { ask-administrator }; { ask-vendor }
finding-evidence-record-sorted-renewal = A hash-tree renewal joins the hashes of the data and of the chains before it in sorted order, as an erratum to RFC 4998 reads it.
finding-algorithm-horizon = An algorithm is acceptable now; the end of its use is announced.
    .detail = { $algorithm } is acceptable now; the end of its use is announced for { $horizon }.
    .about = What a timestamp by stronger algorithms covers by then can be verified afterwards.
    .explain-next = Before that time, add an archive timestamp with stronger algorithms.
    .ask = { ask-administrator }; { ask-vendor }
finding-revoked-after-signing = The certificate was revoked after the proven time of signing; that alone does not undo the signature.
    .detail = The certificate was revoked on { $date }, after the proven time of signing; that alone does not undo the signature.
finding-invalidity-date-before-signing = The revocation says that the key could not be trusted from a time before the proven time of signing.
    .about = It is on record that the key could not be trusted before it was revoked, for example as it was stolen. Somebody else may have signed.
    .next = Ask the certification authority or the signer what happened before relying on this signature.
    .ask = { ask-ca }; { ask-signer }
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

doctor-timestamp = Timestamp { $id } ({ $kind })
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
    .explain-next = { nothing-to-do }
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
    .explain-next = { finding-limit-exceeded.next }
    .ask = { ask-sender }

## Headings of inspect

inspect-certificate = Certificate
inspect-crl = Certificate revocation list
inspect-known-ca = { $kind }: { $label }
inspect-placement = { $field } ({ $object } R, { $filter })
inspect-policy-id = { $id } ({ $digest })
inspect-imprint-fit = { $algorithm }: { $fit }
inspect-crl-of = { $holder } ({ $time })
inspect-unknown-algorithm = an unknown algorithm
inspect-changes-at = { $changes }: { $places }
inspect-reason = { $text } ({ $name })
import-validity = { $from } to { $to }
trust-profile = { $name }: { $description }
text-conclusion = { $outcome }: { $text }
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
    .ask = { ask-sender }
change-class-content = No signature permits it: whatever follows it, the signature is invalid.
    .next = Use the document as signed: kenin inspect --revision N --output F writes it. Ask the issuer about the change.
    .ask = { ask-sender }

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
html-guideline-by-other = { $text } (this signature alone; the document by { $id }: { $word })
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
html-stamp-proves = { $grade }; proves that the signature existed by then
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
html-requirements-about = Guideline for medical information systems, planning and management, chapter 14; the policy says which edition. Open a row to see what the answer rests on.
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
html-datum-note = { $status } ({ $why })
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

## Batch

batch-progress = { $done } documents ({ $rate }/s, { $found } found)
batch-progress-left = { $done } of { $found } documents ({ $rate }/s, about { $left } left)
batch-skipped = { $count ->
    [one] 1 document is unchanged and was
   *[other] { $count } documents are unchanged and were
 } not judged again.
batch-older = { $count ->
    [one] 1 document was changed last before the time given and was left alone.
   *[other] { $count } documents were changed last before the time given and were left alone.
}
batch-gone = { $count ->
    [one] 1 document of an earlier run is not there any more.
   *[other] { $count } documents of an earlier run are not there any more.
}
batch-rejudge-progress = { $done } documents judged again
batch-rejudge-interrupted = Interrupted. The results are as they were.
batch-without-facts = { $count ->
    [one] 1 document that could not be read keeps its row.
   *[other] { $count } documents that could not be read keep their rows.
}
usage-root = { $path } cannot be verified: { $reason }
usage-results = The results in { $path } cannot be used: { $reason }
usage-results-name = The results have no document { $path }. Names are as kenin batch was given them; kenin batch export lists them.
usage-results-no-facts = { $path } could not be read when it was judged last, so that there is no report: { $reason }
batch-part-there = { $file } is there already and was left as it is.
batch-part-interrupted = Interrupted. No part was written; run the same command again.
usage-part = The part in { $path } cannot be made: { $reason }
batch-troubles = { $count ->
    [one] 1 file or folder
   *[other] { $count } files or folders
 } could not be opened; documents in such a folder are not verified.
batch-interrupted = Interrupted. Run the same command with --resume to go on.
usage-batch-unfinished = { $path } has a run that was interrupted (policy { $policy }, judged at { $time }); pass --resume to go on with it.
usage-batch-other = The run interrupted in { $path } judged under other conditions ({ $what }) and cannot be gone on with; give the same ones.
usage-batch-not-results = { $path } is not a results file of kenin.
usage-batch-version = { $path } is a results file of another version of kenin.

## The report on an archive

archive-title = Verification report on an archive
archive-brand = kenin 検印: verification report on an archive of signed documents
archive-headline-none = No document has been verified
archive-headline-red = { $count ->
    [one] 1 document is invalid or could not be read
   *[other] { $number } documents are invalid or could not be read
 }
archive-headline-indeterminate = { $count ->
    [one] No document is invalid; 1 is indeterminate
   *[other] No document is invalid; { $number } are indeterminate
 }
archive-headline-incomplete = No document is invalid, but not everything was verified
archive-headline-good = Every signed document is valid
archive-steps = What to do next
archive-step-red = { $count ->
    [one] Look into the document that is invalid or could not be read
   *[other] Look into the { $number } documents that are invalid or could not be read
 }
archive-step-overdue = { $count ->
    [one] Stamp the overdue document again at once
   *[other] Stamp the { $number } overdue documents again at once, the oldest date first
 }
archive-step-year = { $count ->
    [one] Plan to stamp 1 more document again within 12 months, this month included
   *[other] Plan to stamp { $number } more documents again within 12 months, this month included
 }
archive-step-later = { $count ->
    [one] Nothing is to be stamped again within 12 months; 1 document is later
   *[other] Nothing is to be stamped again within 12 months; { $number } documents are later
 }
archive-step-indeterminate = { $count ->
    [one] Get what is missing for the indeterminate document
   *[other] Get what is missing for the { $number } indeterminate documents
 }
archive-step-unfinished = { $count ->
   *[other] Finish the run: kenin batch with --resume
 }
archive-step-troubles = { $count ->
    [one] Make the place accessible that could not be entered
   *[other] Make the { $number } places accessible that could not be entered
 }
archive-step-gone = { $count ->
    [one] Find out where the document is that was there before
   *[other] Find out where the { $number } documents are that were there before
 }
archive-about = What was verified
archive-unfinished = The last run was interrupted or is still going on. Documents that it has not come to are missing here, or stand as an earlier run judged them. The same command with --resume goes on with it.
archive-troubles = { $count ->
    [one] 1 place could not be entered or read. Documents in it were not verified.
   *[other] { $number } places could not be entered or read. Documents in them were not verified.
 }
archive-troubles-more = { $count ->
    [one] and 1 more
   *[other] and { $number } more
 }
archive-gone = { $count ->
    [one] 1 document that was verified before is not there any more. It is not counted below.
   *[other] { $number } documents that were verified before are not there any more. They are not counted below.
 }
archive-documents = Documents
archive-documents-value = { $total } ({ $signed } signed or unreadable, { $unsigned } without signature)
archive-last-run = Last run
archive-run-now = judged at { $time }
archive-run-given = judged as of { $time } (given)
archive-run-rejudged = judged again from stored facts, as of { $time }
archive-policy = Policy
archive-trust = Trust profile
archive-tool = kenin
archive-as-of = Date of this report
archive-judged = Judged at
archive-at = { $time }
archive-from-to = { $from } to { $to }
archive-conditions = Documents that have not changed keep the judgement of an earlier run:
archive-verdicts = Verdicts
archive-verdict-valid = Valid
archive-verdict-invalid = Invalid
archive-verdict-indeterminate = Indeterminate
archive-verdict-no-signature = Without signature
archive-verdict-error = Unreadable
archive-percent = { $percent }%
archive-percent-less = under { $percent }%
archive-red = Red list: invalid or could not be read
archive-red-about = Worst first: what was changed, then what was revoked, then the others. Each name leads to the full report on the document.
archive-red-none = No document is invalid, and every document could be read.
archive-no-documents = The results have no document yet.
archive-document = Document
archive-reason = Reason
archive-fold = { $count ->
    [one] 1 more document
   *[other] { $number } more documents
 }
archive-more = { $count ->
    [one] 1 more document is not listed here; --records lists more. All of them, as CSV, Parquet or JSON Lines: kenin batch export
   *[other] { $number } more documents are not listed here; --records lists more. All of them, as CSV, Parquet or JSON Lines: kenin batch export
 }
archive-reasons = Why documents are not valid
archive-reasons-none = Every document that is signed is valid.
archive-calendar = Renewal calendar: documents to be stamped again
archive-calendar-about = Before its date, a document needs another timestamp; afterwards it can no longer be shown to be valid by itself. Months are those of Japan Standard Time. Bars of months can be compared with each other, and so can bars of years.
archive-months-first = Overdue and 12 months
archive-months-next = Months 13 to 24
archive-years = Later
archive-month-column = Month
archive-year-column = Year
archive-count = Count
archive-records = { $count ->
    [one] 1 document
   *[other] { $number } documents
 }
archive-overdue = Overdue
archive-month = { $year }-{ $digits }
archive-year = { $year }
archive-year-from = { $year } from { $digits }
archive-year-and-later = { $year } and later
archive-undated = { $count ->
    [one] 1 valid document has no date: it lacks certificates or revocation data. Embed them and time-stamp it.
   *[other] { $number } valid documents have no date: they lack certificates or revocation data. Embed them and time-stamp them.
 }
archive-first = { $count ->
    [0] To be stamped again first
    [one] The document to be stamped again first
   *[other] The { $number } documents to be stamped again first
 }
archive-first-none = No document has a date by which it must be stamped again.
archive-renew-before = Stamp by
archive-left = Time left
archive-days-left = { $count ->
    [one] 1 day
   *[other] { $number } days
 }
archive-days-over = { $count ->
    [one] 1 day overdue
   *[other] { $number } days overdue
 }
archive-licences = Licences of the signers
archive-licences-about = As the certificates say; “passed” are the signatures that hold and whose certificate was confirmed.
archive-licence = National licence
archive-no-licence = The certificate names none
archive-signatures = Signatures
archive-passed = Passed
archive-stamps = Timestamping authorities
archive-stamps-about = Of each signature and document timestamp, its timestamp of the highest grade.
archive-tsa = Authority
archive-grade = Grade
archive-levels = Levels that signatures reach
archive-level = Level
archive-policy-sha256 = SHA-256 of the policy { $name }
archive-trust-sha256 = SHA-256 of the trust profile { $name }
archive-foot = This page was made from the stored results; no document was read for it. Whoever can change the results file can change what it says.
batch-report-written = The report is in { $path }
usage-report-no-folder = { $path } is a file. Give a folder for the report: --output FOLDER.
usage-report-foreign = { $path } was not written by kenin and is left alone. Give another --output.
