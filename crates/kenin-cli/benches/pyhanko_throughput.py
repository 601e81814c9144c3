"""Times pyHanko's validation of PAdES-T files: the signature and its timestamp, with their chains, without revocation data.

Reads one JSON object on standard input: files, time (RFC 3339), runs, root, intermediate, tsa_root (paths of DER
certificates); writes one: the seconds of each run over all files, and how many of them are valid. Run by throughput.rs.
"""

import json
import logging
import sys
import time
from datetime import datetime
from pathlib import Path

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


def certificate(path):
    return x509.Certificate.load(Path(path).read_bytes())


def validate(path, moment, root, intermediate, tsa_root):
    def context(anchor, others):
        return ValidationContext(
            trust_roots=[anchor], other_certs=others, moment=moment, allow_fetching=False, revocation_mode="soft-fail"
        )

    with open(path, "rb") as file:
        signature = PdfFileReader(file).embedded_regular_signatures[0]
        status = validate_pdf_signature(
            signature,
            signer_validation_context=context(root, [intermediate]),
            ts_validation_context=context(tsa_root, []),
        )
    stamp = status.timestamp_validity
    return status.bottom_line and stamp is not None and stamp.valid and stamp.trusted


logging.disable(logging.CRITICAL)
question = json.load(sys.stdin)
moment = datetime.fromisoformat(question["time"].replace("Z", "+00:00"))
anchors = [certificate(question[name]) for name in ("root", "intermediate", "tsa_root")]
seconds, valid = [], 0
for _ in range(question["runs"]):
    began = time.perf_counter()
    valid = sum(bool(validate(path, moment, *anchors)) for path in question["files"])
    seconds.append(time.perf_counter() - began)
print(json.dumps({"seconds": seconds, "valid": valid}))
