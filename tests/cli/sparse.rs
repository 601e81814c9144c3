//! A signed PDF of more than 3 GiB, nearly all of it a hole: it verifies in little memory, whatever its size.

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use kenin_base::DigestAlgorithm;
use kenin_crypto::MultiDigest;
use kenin_testkit::cms::{self, SignedData, Signer};
use kenin_testkit::tokens::TokenSpec;
use kenin_testkit::{TSA_POLICY, World};

use crate::program::{Folder, command};

/// Side of a square image of three octets a pixel: 3 GiB.
const SIDE: u64 = 32_768;
/// Octets set aside for the signature.
const RESERVE: usize = 10_000;
/// What the program may take at its peak, in KiB.
const MEMORY: u64 = 64 << 10;

#[test]
fn a_signed_pdf_of_3_gib_verifies_in_little_memory() {
    let folder = Folder::new("sparse");
    let path = folder.0.join("scan.pdf");
    if !write_document(&path) {
        eprintln!("skipped: the temporary folder is on a file system without sparse files");
        return;
    }
    let arguments = ["verify", "--policy", "signature", "--trust", "testdata/demo-trust.toml"];
    let mut command = command();
    command.args(arguments).args(["--time", "2024-05-21T00:00:00Z", "--format", "json"]).arg(&path);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let peak = peak_memory(&mut child);
    let output = child.wait_with_output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let signature = &report["signatures"][0];
    assert_eq!(signature["integrity"]["signed_data"], "intact", "{report}");
    assert_eq!(signature["integrity"]["signature_value"], "intact");
    assert_eq!(signature["integrity"]["coverage"], "entire-file");
    assert_eq!(report["verdict"], "valid", "{report}");
    assert_eq!(output.status.code(), Some(0));
    if let Some(peak) = peak {
        println!("peak memory: {peak} KiB");
        assert!(peak < MEMORY, "{peak} KiB at the peak");
    }
}

/// The greatest resident set of a running program in KiB, as Linux counts it; `None` elsewhere.
fn peak_memory(child: &mut Child) -> Option<u64> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(kibibytes);
        std::thread::sleep(Duration::from_millis(5));
    }
    peak
}

/// Writes a page with a scan as its image and a signature over all of it. Whether the scan's octets, all zero, take no
/// room.
fn write_document(path: &Path) -> bool {
    let hole = SIDE * SIDE * 3;
    let mut head = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for body in [
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[6 0 R]>>>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[6 0 R]/Resources<</XObject<</Scan 5 0 R>>>>>>",
        "<</Length 29>>\nstream\nq 595 0 0 842 0 0 cm /Scan Do\nendstream",
    ] {
        offsets.push(head.len() as u64);
        head.push_str(&format!("{} 0 obj\n{body}\nendobj\n", offsets.len()));
    }
    offsets.push(head.len() as u64);
    let image = "/Type/XObject/Subtype/Image/ColorSpace/DeviceRGB/BitsPerComponent 8";
    head.push_str(&format!("5 0 obj\n<<{image}/Width {SIDE}/Height {SIDE}/Length {hole}>>\nstream\n"));

    let start = head.len() as u64 + hole;
    let mut tail = String::from("\nendstream\nendobj\n");
    offsets.push(start + tail.len() as u64);
    let field = "<</FT/Sig/T(Signature1)/V 7 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132/P 3 0 R>>";
    tail.push_str(&format!("6 0 obj\n{field}\nendobj\n"));
    offsets.push(start + tail.len() as u64);
    let empty = " ".repeat(44);
    let dictionary = "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:20240520103000+09'00')";
    tail.push_str(&format!("7 0 obj\n{dictionary}/ByteRange[{empty}]/Contents "));
    let contents = tail.len();
    tail.push_str(&format!("<{}>>>\nendobj\n", "0".repeat(2 * RESERVE)));
    let xref = start + tail.len() as u64;
    tail.push_str("xref\n0 8\n0000000000 65535 f \n");
    tail.extend(offsets.iter().map(|offset| format!("{offset:010} 00000 n \n")));
    tail.push_str(&format!("trailer\n<</Size 8/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n"));

    let after = contents + 2 * RESERVE + 2;
    let range = format!("0 {} {} {}", start + contents as u64, start + after as u64, tail.len() - after);
    tail = tail.replacen(&empty, &format!("{range:44}"), 1);
    let mut digest = MultiDigest::new(&[DigestAlgorithm::Sha256].into());
    digest.update(head.as_bytes());
    let zeros = vec![0; 1 << 20];
    (0..hole >> 20).for_each(|_| digest.update(&zeros));
    digest.update(&tail.as_bytes()[..contents]);
    digest.update(&tail.as_bytes()[after..]);
    let signature = signature(digest.finish().get(DigestAlgorithm::Sha256).unwrap());
    assert!(signature.len() <= RESERVE, "{} octets", signature.len());
    let digits: String = signature.iter().map(|octet| format!("{octet:02x}")).collect();
    tail.replace_range(contents + 1..contents + 1 + digits.len(), &digits);

    let mut file = File::create(path).unwrap();
    file.write_all(head.as_bytes()).unwrap();
    file.seek(SeekFrom::Start(start)).unwrap();
    file.write_all(tail.as_bytes()).unwrap();
    file.sync_all().unwrap();
    file.metadata().unwrap().blocks() * 512 < hole / 8
}

/// PAdES with a signature timestamp over content of this digest, chains and revocation lists inside.
fn signature(digest: &[u8]) -> Vec<u8> {
    let world = World::build();
    let signer = Signer::of_data(world.identity("doctor"));
    let [content_type, _, certificate] = &signer.attributes(b"")[..] else { panic!("three attributes") };
    let info = signer.sign(vec![content_type.clone(), cms::message_digest(digest), certificate.clone()]);
    let token = TokenSpec::over(&info.signature, world.identity("tsu-a"), TSA_POLICY, "20240520013005Z").to_der();
    let certificates = ["doctor", "signing-ca", "root"].map(|name| world.certificate(name));
    let crls = ["signing", "sarl"].map(|name| world.crl(name));
    SignedData::detached(info.with_timestamp(&token)).carrying(&certificates, &crls).to_der()
}
