//! Expected octets are written by hand from the rules and the classes of examples of Canonical XML 1.0 (3.1 to 3.7), 1.1
//! (3.8) and Exclusive XML Canonicalization (2.2), never from what was printed.

use kenin_base::{Limits, Resource};

use super::*;

const INC: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const INC11: &str = "http://www.w3.org/2006/12/xml-c14n11";
const EXC: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

fn method(uri: &str) -> Canonicalization {
    Canonicalization::from_uri(uri).unwrap()
}

/// The first element of a name.
fn element(document: &XmlDocument<'_>, name: &str) -> NodeId {
    document.tree().descendants().find(|node| node.tag_name().name() == name).unwrap().id()
}

fn canonical(text: &str, method: &Canonicalization, set: impl FnOnce(&XmlDocument<'_>) -> NodeSet) -> String {
    let document = XmlDocument::parse(&Budget::default(), text).unwrap();
    let mut octets = Vec::new();
    let mut sink = |piece: &[u8]| octets.extend_from_slice(piece);
    canonicalize(&document, &set(&document), method, &Budget::default(), &mut sink).unwrap();
    String::from_utf8(octets).unwrap()
}

fn whole(text: &str, uri: &str) -> String {
    canonical(text, &method(uri), |_| NodeSet::document())
}

fn subtree(text: &str, uri: &str, name: &str) -> String {
    canonical(text, &method(uri), |document| NodeSet::subtree(element(document, name)))
}

#[test]
fn methods_are_known_by_uri() {
    for uri in [INC, INC11, EXC] {
        assert_eq!(method(uri).uri(), uri);
        let separator = if uri == EXC { "" } else { "#" };
        let with_comments = format!("{uri}{separator}WithComments");
        assert_eq!(method(&with_comments).uri(), with_comments);
    }
    assert_eq!(Canonicalization::inclusive(), method(INC));
    assert_eq!(Canonicalization::from_uri("http://www.w3.org/2001/10/xml-exc-c14n"), None);
}

/// What every method does alike with a whole document.
#[test]
fn whole_documents() {
    for (id, text, expected) in [
        // C14N 1.0, 3.1: line ends beside the document element.
        ("declaration", "<?xml version=\"1.0\"?>\n\n<a/>\n\n", "<a></a>"),
        ("declaration over lines", "<?xml\nversion=\"1.0\"?><?p?><a/>", "<?p?>\n<a></a>"),
        ("outside", "<?p  q?>\r\n<!--c--><a>b</a><?r?><?s t?>\n", "<?p q?>\n<a>b</a>\n<?r?>\n<?s t?>"),
        ("instruction", "<a><?p  q  ?><?r?></a>", "<a><?p q  ?><?r?></a>"),
        ("a line end in an instruction", "<?p q\r\nr\rs?><a/>", "<?p q\nr\ns?>\n<a></a>"),
        // 3.2: white space in content stays.
        ("space", "<a>\n <b>  </b> c <d/>\t</a>", "<a>\n <b>  </b> c <d></d>\t</a>"),
        // 3.3: start and end tags.
        ("empty", "<a ><b   /><c\n></c ></a>", "<a><b></b><c></c></a>"),
        ("attributes by name", "<a  c = 'd'\n b=\"e\" B='f'/>", "<a B=\"f\" b=\"e\" c=\"d\"></a>"),
        (
            "attributes by namespace, then name",
            "<a xmlns:y='urn:1' xmlns:x='urn:2' x:a='' y:b='' y:a='' z='' xml:lang='ja'><b x:c='' y:d=''/></a>",
            "<a xmlns:x=\"urn:2\" xmlns:y=\"urn:1\" z=\"\" xml:lang=\"ja\" y:a=\"\" y:b=\"\" x:a=\"\"><b y:d=\"\" x:c=\"\"></b></a>",
        ),
        ("names beyond ASCII", "<検 印='1' é='2' 𠮷='3'/>", "<検 é=\"2\" 印=\"1\" 𠮷=\"3\"></検>"),
        ("superfluous", "<a xmlns='urn:a'><b xmlns='urn:a'/></a>", "<a xmlns=\"urn:a\"><b></b></a>"),
        (
            "two prefixes of one namespace",
            "<p:a xmlns:p='urn:a' xmlns:q='urn:a'><q:b/><p:b/></p:a>",
            "<p:a xmlns:p=\"urn:a\" xmlns:q=\"urn:a\"><q:b></q:b><p:b></p:b></p:a>",
        ),
        ("no default namespace to undo", "<a xmlns=''><b xmlns=''/></a>", "<a><b></b></a>"),
        (
            "default namespace undone",
            "<a xmlns='urn:a'><b xmlns=''><c/></b><d/></a>",
            "<a xmlns=\"urn:a\"><b xmlns=\"\"><c></c></b><d></d></a>",
        ),
        ("the prefix xml", "<a xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:id='i'/>", "<a xml:id=\"i\"></a>"),
        // 3.4 and 3.5: characters.
        ("text", "<a>&lt;&#38;&gt;>\"'&quot;&apos;&#13;&#x9;&#10;</a>", "<a>&lt;&amp;&gt;&gt;\"'\"'&#xD;\t\n</a>"),
        ("value", "<a b='&lt;&amp;>&gt;\"&quot;&apos;'/>", "<a b=\"&lt;&amp;>>&quot;&quot;'\"></a>"),
        ("space in a value", "<a b='1\t2\n3\r\n4\r5 &#9;&#10;&#13; '/>", "<a b=\"1 2 3 4 5 &#x9;&#xA;&#xD; \"></a>"),
        ("CDATA", "<a>1<![CDATA[<&>]]]]>2<![CDATA[]]><![CDATA[\r\n&lt;]]></a>", "<a>1&lt;&amp;&gt;]]2\n&amp;lt;</a>"),
        ("line ends", "<a>\r\n\r\r\n1\r&#65;\r&#10;&#13;\r\n&amp;\r</a>", "<a>\n\n\n1\nA\n\n&#xD;\n&amp;\n</a>"),
        ("beyond the BMP", "<a>&#x20BB7;𠮷&#8364;</a>", "<a>𠮷𠮷€</a>"),
        ("markup in comments", "<a><!-- <b> & --></a>", "<a></a>"),
    ] {
        for uri in [INC, INC11, EXC] {
            // What exclusive rules do differently is not of interest here.
            let method = method(uri).with_prefixes(["p", "q", "x", "y", "#default"]);
            assert_eq!(canonical(text, &method, |_| NodeSet::document()), expected, "{id}, {uri}");
        }
    }
}

#[test]
fn comments() {
    let text = "<!--a--><b><!--c\r\nd--></b><!----><?e?>";
    let expected = "<!--a-->\n<b><!--c\nd--></b>\n<!---->\n<?e?>";
    for uri in [format!("{INC}#WithComments"), format!("{INC11}#WithComments"), format!("{EXC}WithComments")] {
        assert_eq!(whole(text, &uri), expected);
        // A reference that drops comments drops them for any method.
        assert_eq!(canonical(text, &method(&uri), |_| NodeSet::document().keep_comments(false)), "<b></b>\n<?e?>");
    }
    assert_eq!(whole(text, INC), "<b></b>\n<?e?>");
}

/// C14N 1.0, 2.3 and 2.4: namespaces and attributes `xml:...` that an apex has from its ancestors.
#[test]
fn an_apex_and_its_ancestors() {
    let text = "<a xmlns='urn:a' xmlns:p='urn:p' xmlns:q='urn:q' xml:lang='en' xml:space='preserve' xml:id='i' xml:x='1'>\
                <b xmlns:q='urn:r' xml:lang='ja' xml:x='2'><p:c xml:space='default' q:d=''><e/></p:c></b></a>";
    assert_eq!(
        subtree(text, INC, "c"),
        "<p:c xmlns=\"urn:a\" xmlns:p=\"urn:p\" xmlns:q=\"urn:r\" xml:id=\"i\" xml:lang=\"ja\" xml:space=\"default\" \
         xml:x=\"2\" q:d=\"\"><e></e></p:c>"
    );
    assert_eq!(
        subtree(text, INC11, "c"),
        "<p:c xmlns=\"urn:a\" xmlns:p=\"urn:p\" xmlns:q=\"urn:r\" xml:lang=\"ja\" xml:space=\"default\" q:d=\"\">\
         <e></e></p:c>"
    );
    assert_eq!(
        subtree(text, EXC, "c"),
        "<p:c xmlns:p=\"urn:p\" xmlns:q=\"urn:r\" xml:space=\"default\" q:d=\"\"><e xmlns=\"urn:a\"></e></p:c>"
    );
    // An apex with no default namespace below one that has: none was rendered, so none is undone.
    let undone = "<a xmlns='urn:a'><b xmlns=''><c/></b></a>";
    for uri in [INC, INC11, EXC] {
        assert_eq!(subtree(undone, uri, "b"), "<b><c></c></b>");
    }
}

/// C14N 1.1, 2.4 and 3.8.
#[test]
fn xml_base_is_joined() {
    let text = "<a xml:base='http://a.example/x/y'><b xml:base='../z/'><c><d xml:base='e' xml:id='i'/></c><f/></b></a>";
    for (name, expected) in [
        ("b", "<b xml:base=\"http://a.example/z/\"><c><d xml:base=\"e\" xml:id=\"i\"></d></c><f></f></b>"),
        ("d", "<d xml:base=\"http://a.example/z/e\" xml:id=\"i\"></d>"),
        ("f", "<f xml:base=\"http://a.example/z/\"></f>"),
    ] {
        assert_eq!(subtree(text, INC11, name), expected);
    }
    assert_eq!(subtree(text, INC, "f"), "<f xml:base=\"../z/\"></f>");
    assert_eq!(subtree(text, EXC, "f"), "<f></f>");
    // Nothing of it was left out, so it stays as it is, even empty.
    assert_eq!(subtree("<a><b xml:base='x#y'/></a>", INC11, "b"), "<b xml:base=\"x#y\"></b>");
    assert_eq!(subtree("<a><b xml:base=''/></a>", INC11, "b"), "<b xml:base=\"\"></b>");
    // An empty result is not rendered.
    assert_eq!(subtree("<a xml:base='x/'><b xml:base='../'/></a>", INC11, "b"), "<b></b>");
    // Only what lies between the element and the nearest in the set.
    let gap =
        |document: &XmlDocument<'_>| NodeSet::document().without(element(document, "b")).with(element(document, "d"));
    assert_eq!(
        canonical(text, &method(INC11), gap),
        "<a xml:base=\"http://a.example/x/y\"><d xml:base=\"../z/e\" xml:id=\"i\"></d></a>"
    );
}

/// The namespaces of Exclusive XML Canonicalization, 2.2 and 3.
#[test]
fn exclusive_renders_what_is_visibly_utilized() {
    // 2.2: the same element in two envelopes.
    let inner = "<n1:elem2 xmlns:n1=\"http://example.net\" xml:lang=\"en\"><n3:stuff xmlns:n3=\"ftp://example.org\"></n3:stuff></n1:elem2>";
    for envelope in [
        "<n0:local xmlns:n0='foo:bar' xmlns:n3='ftp://example.org'>{}</n0:local>",
        "<n2:pdu xmlns:n1='http://example.com' xmlns:n2='http://foo.example' xml:lang='fr' xml:space='retain'>{}</n2:pdu>",
    ] {
        let text = envelope.replace("{}", inner);
        assert_eq!(subtree(&text, EXC, "elem2"), inner);
    }
    for (id, text, prefixes, expected) in [
        (
            "once for siblings, not for an unused ancestor",
            "<a xmlns:p='urn:p'><p:b><p:c/></p:b><p:d/></a>",
            vec![],
            "<a><p:b xmlns:p=\"urn:p\"><p:c></p:c></p:b><p:d xmlns:p=\"urn:p\"></p:d></a>",
        ),
        (
            "an attribute's prefix, but no default namespace for an attribute",
            "<p:a xmlns='urn:d' xmlns:p='urn:p' xmlns:q='urn:q' b='' q:c=''/>",
            vec![],
            "<p:a xmlns:p=\"urn:p\" xmlns:q=\"urn:q\" b=\"\" q:c=\"\"></p:a>",
        ),
        (
            "a prefix that changes",
            "<p:a xmlns:p='urn:1'><b xmlns:p='urn:2'><p:c/></b><p:d/></p:a>",
            vec![],
            "<p:a xmlns:p=\"urn:1\"><b><p:c xmlns:p=\"urn:2\"></p:c></b><p:d></p:d></p:a>",
        ),
        (
            "the default namespace undone where it is utilized",
            "<a xmlns='urn:a'><p:b xmlns:p='urn:p' xmlns=''><c/></p:b></a>",
            vec![],
            "<a xmlns=\"urn:a\"><p:b xmlns:p=\"urn:p\"><c xmlns=\"\"></c></p:b></a>",
        ),
        (
            "a listed prefix as inclusive rules do",
            "<a xmlns:p='urn:p' xmlns:q='urn:q'><p:b/></a>",
            vec!["p", "unknown"],
            "<a xmlns:p=\"urn:p\"><p:b></p:b></a>",
        ),
        (
            "the listed default namespace",
            "<p:a xmlns='urn:a' xmlns:p='urn:p'><p:b xmlns=''><c/></p:b></p:a>",
            vec!["#default"],
            "<p:a xmlns=\"urn:a\" xmlns:p=\"urn:p\"><p:b xmlns=\"\"><c></c></p:b></p:a>",
        ),
    ] {
        assert_eq!(canonical(text, &method(EXC).with_prefixes(prefixes), |_| NodeSet::document()), expected, "{id}");
    }
    let listed = method(EXC).with_prefixes(["p"]);
    let apex = |document: &XmlDocument<'_>| NodeSet::subtree(element(document, "b"));
    let text = "<a xmlns:p='urn:p' xmlns:q='urn:q'><b><c/></b></a>";
    assert_eq!(canonical(text, &listed, apex), "<b xmlns:p=\"urn:p\"><c></c></b>");
}

/// Subtrees taken out, put back and cut down to (XPath Filter 2.0, 2).
#[test]
fn sets_of_subtrees() {
    let text = "<a xmlns:p='urn:p' xml:lang='ja'>1<b xmlns:p='urn:q' xmlns:r='urn:r'>2<c>3<d/></c>4<p:e/></b>5<f/></a>";
    type Set = fn(&XmlDocument<'_>) -> NodeSet;
    let cases: [(&str, Set, &str); 9] = [
        (
            "all but one",
            |d| NodeSet::document().without(element(d, "b")),
            "<a xmlns:p=\"urn:p\" xml:lang=\"ja\">15<f></f></a>",
        ),
        (
            "all but several",
            |d| NodeSet::document().without(element(d, "f")).without(element(d, "c")).without(element(d, "d")),
            "<a xmlns:p=\"urn:p\" xml:lang=\"ja\">1<b xmlns:p=\"urn:q\" xmlns:r=\"urn:r\">24<p:e></p:e></b>5</a>",
        ),
        (
            "below what is out",
            |d| NodeSet::document().without(element(d, "b")).with(element(d, "c")).without(element(d, "d")),
            "<a xmlns:p=\"urn:p\" xml:lang=\"ja\">1<c xmlns:p=\"urn:q\" xmlns:r=\"urn:r\" xml:lang=\"ja\">3</c>5<f></f></a>",
        ),
        (
            "beside an apex",
            |d| NodeSet::subtree(element(d, "f")).with(element(d, "d")),
            "<d xmlns:p=\"urn:q\" xmlns:r=\"urn:r\" xml:lang=\"ja\"></d><f xmlns:p=\"urn:p\" xml:lang=\"ja\"></f>",
        ),
        (
            "cut down twice",
            |d| NodeSet::document().without(element(d, "c")).only(element(d, "b")).only(element(d, "e")),
            "<p:e xmlns:p=\"urn:q\" xmlns:r=\"urn:r\" xml:lang=\"ja\"></p:e>",
        ),
        ("nothing in common", |d| NodeSet::subtree(element(d, "f")).only(element(d, "b")), ""),
        ("cut down to nothing", |_| NodeSet::document().only_in(Vec::new()), ""),
        (
            "cut down to several",
            |d| {
                NodeSet::document()
                    .only_in(vec![element(d, "f"), element(d, "c"), element(d, "d")])
                    .without(element(d, "d"))
            },
            "<c xmlns:p=\"urn:q\" xmlns:r=\"urn:r\" xml:lang=\"ja\">3</c><f xmlns:p=\"urn:p\" xml:lang=\"ja\"></f>",
        ),
        ("taken out later", |d| NodeSet::subtree(element(d, "c")).without(element(d, "b")), ""),
    ];
    for (id, set, expected) in cases {
        assert_eq!(canonical(text, &method(INC), set), expected, "{id}");
    }
}

/// XMLDSig 1.1, 6.6.4: the signature goes, what surrounds it stays.
#[test]
fn an_enveloped_signature() {
    let text =
        "<a>\n  <ds:Signature xmlns:ds='http://www.w3.org/2000/09/xmldsig#'><ds:SignedInfo/></ds:Signature>\n</a>";
    let set = |document: &XmlDocument<'_>| NodeSet::document().without(element(document, "Signature"));
    assert_eq!(canonical(text, &method(EXC), set), "<a>\n  \n</a>");
}

#[test]
fn relative_namespaces_are_an_error() {
    for (text, offset, uri) in
        [("<a xmlns='../b'/>", 3, "../b"), ("<a><b xmlns:p='c'/></a>", 6, "c"), ("<a xmlns='1:b'/>", 3, "1:b")]
    {
        let document = XmlDocument::parse(&Budget::default(), text).unwrap();
        let result = canonicalize(&document, &NodeSet::document(), &method(INC), &Budget::default(), &mut |_| ());
        assert_eq!(result, Err(XmlError::RelativeNamespace { offset, uri: uri.to_owned() }));
    }
}

#[test]
fn output_comes_in_pieces_and_is_paid_for() {
    let text = format!("<a>{}{}</a>", "<b c='d'/>".repeat(50_000), "e".repeat(200_000));
    let document = XmlDocument::parse(&Budget::default(), &text).unwrap();
    let octets = "<a></a>".len() + "<b c=\"d\"></b>".len() * 50_000 + 200_000;
    let budget = Budget::default();
    let mut pieces = Vec::new();
    let mut sink = |piece: &[u8]| pieces.push(piece.len());
    canonicalize(&document, &NodeSet::document(), &method(INC), &budget, &mut sink).unwrap();
    assert_eq!(pieces.iter().sum::<usize>(), octets);
    assert!(pieces.len() < 20, "{} pieces", pieces.len());
    // The set itself counts, too.
    assert_eq!(budget.spent(Resource::XmlCanonicalBytes), u64::try_from(octets + super::LEAST_OF_SET).unwrap());

    let small = Budget::new(&Limits { xml_canonical_bytes: 100_000, ..Limits::default() });
    let result = canonicalize(&document, &NodeSet::document(), &method(INC), &small, &mut |_| ());
    assert!(matches!(result, Err(XmlError::Limit(limit)) if limit.resource == Resource::XmlCanonicalBytes));
}

#[test]
fn depth_costs_no_stack() {
    let deep = || {
        let text = format!("{}{}", "<a>".repeat(1_000_000), "</a>".repeat(1_000_000));
        let raised = Budget::new(&Limits { xml_depth: 1_000_000, ..Limits::default() });
        let document = XmlDocument::parse(&raised, &text).unwrap();
        for uri in [INC, INC11, EXC] {
            let mut octets = 0;
            let mut sink = |piece: &[u8]| octets += piece.len();
            canonicalize(&document, &NodeSet::document(), &method(uri), &raised, &mut sink).unwrap();
            assert_eq!(octets, text.len());
        }
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(deep).unwrap().join().unwrap();
}
