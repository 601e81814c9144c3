"""Validates PAdES signatures at given times as AdES with long-term material (EN 319 102-1 5.6.3) with pyHanko.

Reads one JSON object per line on standard input: pdf, time (RFC 3339), roots, tsa_roots, crls (paths of DER files);
writes one per line: the indication and sub-indication of the first signature. Run by tests/differential/main.rs.
"""

import asyncio
import json
import logging
import sys
from datetime import datetime, timedelta
from pathlib import Path

from asn1crypto import crl as asn1_crl
from asn1crypto import x509
from freezegun import freeze_time
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import ades, policy_decl
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer


def certificate(path):
    return x509.Certificate.load(Path(path).read_bytes())


def policy(roots):
    """Revocation data for every certificate, as old as kenin accepts it for CAs and time-stamping authorities."""
    checked = RevocationCheckingPolicy(
        ee_certificate_rule=RevocationCheckingRule.CRL_OR_OCSP_REQUIRED,
        intermediate_ca_cert_rule=RevocationCheckingRule.CRL_OR_OCSP_REQUIRED,
    )
    return CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=[certificate(path) for path in roots]),
        revinfo_policy=CertRevTrustPolicy(
            revocation_checking_policy=checked,
            freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
            freshness=timedelta(days=120),
        ),
    )


def validate(case):
    time = datetime.fromisoformat(case["time"].replace("Z", "+00:00"))
    spec = policy_decl.PdfSignatureValidationSpec(
        policy_decl.SignatureValidationSpec(
            cert_validation_policy=policy(case["roots"]),
            ts_cert_validation_policy=policy(case["tsa_roots"]),
            revinfo_gathering_policy=policy_decl.RevocationInfoGatheringSpec(
                online_fetching_rule=policy_decl.RevinfoOnlineFetchingRule.LOCAL_ONLY
            ),
            local_knowledge=policy_decl.LocalKnowledge(
                known_crls=[
                    CRLContainer(asn1_crl.CertificateList.load(Path(path).read_bytes())) for path in case["crls"]
                ]
            ),
        ),
        # What a new security store changes in the file is another question.
        diff_policy=None,
    )
    # Proofs of existence "now" are made by the clock, whatever time is asked about: it is set to that time.
    with freeze_time(time), open(case["pdf"], "rb") as file:
        signature = PdfFileReader(file).embedded_regular_signatures[0]
        result = asyncio.run(ades.ades_lta_validation(signature, spec))
    sub = result.ades_subindic
    return {"indication": sub.status.name, "sub_indication": getattr(sub, "name", None), "best_signature_time": str(result.best_signature_time)}


logging.disable(logging.CRITICAL)
for line in sys.stdin:
    try:
        print(json.dumps(validate(json.loads(line))), flush=True)
    except Exception as error:  # a case that cannot be validated is an answer of its own
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
