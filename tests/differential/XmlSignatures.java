// Random XML documents, signed by the JDK's XML Digital Signature API (JSR 105), half of them changed afterwards, with
// what the JDK says of each when it reads it back: NAME.xml beside NAME.intact or NAME.broken. What the JDK cannot read
// is not written.
//
//     java XmlSignatures.java KEYSTORE... FOLDER NUMBER SEED

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.crypto.AlgorithmMethod;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.KeySelectorResult;
import javax.xml.crypto.XMLCryptoContext;
import javax.xml.crypto.XMLStructure;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLObject;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.X509Data;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.ExcC14NParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

public class XmlSignatures {
    static final String[] CANONICALIZATIONS = {
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
        "http://www.w3.org/2006/12/xml-c14n11",
        "http://www.w3.org/2006/12/xml-c14n11#WithComments",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
    };
    static final String[] DIGESTS = {
        "http://www.w3.org/2001/04/xmlenc#sha256",
        "http://www.w3.org/2001/04/xmlenc#sha512",
        "http://www.w3.org/2001/04/xmldsig-more#sha384",
        "http://www.w3.org/2007/05/xmldsig-more#sha3-256",
    };
    static final String[] RSA = {
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
        "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
        "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1",
    };
    static final String[] ECDSA = {
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
    };
    static final String[] NAMESPACES = {"urn:a", "urn:b", "http://example.jp/c?x=1&amp;y=2", ""};
    static final String[] TEXTS = {
        "a", "  ", "\n", "\r\n", "\t", "&amp;", "&lt;", "&gt;", "&#13;", "&#x9;", "&#10;", "]]&gt;", "\"", "'", "&quot;",
        "漢字", "𠮷野", "é", "e\u0301", "&#x20BB7;", "\u0085", "\u2028", "<![CDATA[<x>&]]>", "<!--c-->", "<?pi data?>", "<?pi?>",
    };
    static final String[] VALUES = {
        "v", " v  w ", "&amp;", "&lt;", "&#13;", "&#10;", "&#9;", "\n", "\t", "\r\n", "漢", "&quot;", ">", "'", "\u0085",
    };
    static final String[] BASES = {"http://h/a/b/", "../c", "d/e", "/f", "", "..", "http://h/x?q", "./g#h"};
    static final String[] INSERTIONS = {
        " ", "\n", "\t", "\r", "<!--x-->", "<?x?>", "&#32;", "&amp;", " xmlns:p=\"urn:z\"", " a=\"b\"", "<![CDATA[]]>",
        "\u3000", "<x/>",
    };
    /// What readers of base64 forgive is another matter.
    static final Pattern BASE64 = Pattern.compile(">[A-Za-z0-9+/=\\s&#;]{20,}<");
    static final XMLSignatureFactory FACTORY = XMLSignatureFactory.getInstance("DOM");
    static final String PLACE = "<place/>";

    final Random random;
    /// The JDK changes xml:base in its document as it canonicalizes with 1.1, and digests that for the next reference.
    final boolean bases;

    XmlSignatures(long seed) {
        random = new Random(seed);
        bases = random.nextBoolean();
    }

    public static void main(String[] arguments) throws Exception {
        int stores = arguments.length - 3;
        Path folder = Path.of(arguments[stores]);
        int number = Integer.parseInt(arguments[stores + 1]);
        long seed = Long.parseLong(arguments[stores + 2]);
        for (int at = 0; at < number; at++) {
            XmlSignatures one = new XmlSignatures(seed * 1_000_003 + at);
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (FileInputStream file = new FileInputStream(one.one(Arrays.copyOf(arguments, stores)))) {
                store.load(file, "differential".toCharArray());
            }
            byte[] signed = one.changed(one.signed(store));
            Boolean intact = intact(signed);
            if (intact != null) {
                Files.write(folder.resolve(at + ".xml"), signed);
                Files.write(folder.resolve(at + (intact ? ".intact" : ".broken")), new byte[0]);
            }
        }
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T one(T[] of) {
        return of[below(of.length)];
    }

    String some(String[] of) {
        StringBuilder some = new StringBuilder();
        for (int left = below(4); left > 0; left--) some.append(one(of));
        return some.toString();
    }

    /// An element with whatever namespaces, attributes and content, in which these prefixes are bound.
    String element(int depth, Set<String> bound, String id) {
        Set<String> prefixes = new TreeSet<>(bound);
        Set<String> taken = new HashSet<>();
        List<String> attributes = new ArrayList<>();
        for (int left = below(3); left > 0; left--) {
            String prefix = one(new String[] {"p", "q", "z"});
            if (taken.add(prefix)) attributes.add("xmlns:" + prefix + "=\"" + NAMESPACES[below(3)] + '"');
            prefixes.add(prefix);
        }
        if (below(4) == 0) attributes.add("xmlns=\"" + one(NAMESPACES) + '"');
        for (int left = below(4); left > 0; left--) {
            String local = one(new String[] {"x", "y", "Z"});
            if (taken.add(local)) attributes.add(prefixed(prefixes, local) + "=\"" + some(VALUES) + '"');
        }
        if (below(5) == 0) attributes.add("xml:lang=\"ja\"");
        if (below(6) == 0) attributes.add("xml:space=\"preserve\"");
        if (bases && below(4) == 0) attributes.add("xml:base=\"" + one(BASES) + '"');
        if (id != null) attributes.add("Id=\"" + id + '"');
        Collections.shuffle(attributes, random);
        String name = prefixed(prefixes, one(new String[] {"r", "s", "t-1", "要素"}));
        StringBuilder element = new StringBuilder("<").append(name);
        for (String attribute : attributes) element.append(one(new String[] {" ", "  ", "\n"})).append(attribute);
        if (depth == 0 && id == null && random.nextBoolean()) return element.append("/>").toString();
        element.append('>');
        for (int left = depth > 0 ? below(4) : 0; left > 0; left--) {
            element.append(some(TEXTS)).append(element(depth - 1, prefixes, null));
        }
        return element.append(some(TEXTS)).append("</").append(name).append('>').toString();
    }

    String prefixed(Set<String> prefixes, String local) {
        boolean prefix = !prefixes.isEmpty() && below(3) == 0;
        return prefix ? one(prefixes.toArray(new String[0])) + ':' + local : local;
    }

    /// A signed document, as the JDK wrote it or with the signature put into the text that was signed.
    byte[] signed(KeyStore store) throws Exception {
        String alias = store.aliases().nextElement();
        PrivateKey key = (PrivateKey) store.getKey(alias, "differential".toCharArray());
        X509Certificate certificate = (X509Certificate) store.getCertificate(alias);
        String text = (below(3) == 0 ? "<!--before-->\n<?p q?>\n" : "")
            + "<root xmlns=\"" + one(new String[] {"urn:r", ""}) + "\" xmlns:o=\"urn:o\" o:of=\"1\""
            + (bases ? " xml:base=\"http://h/a/\"" : "") + ">" + some(TEXTS)
            + "<within xmlns:w=\"urn:w\" xml:lang=\"en\"><!--c-->" + element(2, new TreeSet<>(), "T1") + some(TEXTS)
            + element(1, new TreeSet<>(), "T2") + "</within>" + PLACE + some(TEXTS) + "</root>"
            + (below(3) == 0 ? "<!--after--><?z?>" : "");
        Document document = parsed(text.getBytes(StandardCharsets.UTF_8));
        List<XMLObject> objects = new ArrayList<>();
        SignedInfo signedInfo = FACTORY.newSignedInfo(
            canonicalizationMethod(),
            FACTORY.newSignatureMethod(one(key.getAlgorithm().equals("RSA") ? RSA : ECDSA), null),
            references(objects));
        var keyInfos = FACTORY.getKeyInfoFactory();
        KeyInfo keyInfo = keyInfos.newKeyInfo(List.of(keyInfos.newX509Data(List.of(certificate))));
        Node place = document.getElementsByTagName("place").item(0);
        Node parent = place.getParentNode();
        Node next = place.getNextSibling();
        parent.removeChild(place);
        DOMSignContext context =
            next == null ? new DOMSignContext(key, parent) : new DOMSignContext(key, parent, next);
        String prefix = random.nextBoolean() ? one(new String[] {"ds", "dsig", "p"}) : null;
        if (prefix != null) context.setDefaultNamespacePrefix(prefix);
        FACTORY.newXMLSignature(signedInfo, keyInfo, objects, "S", null).sign(context);
        String written = written(document);
        if (random.nextBoolean()) return written.getBytes(StandardCharsets.UTF_8);
        String name = prefix == null ? "Signature" : prefix + ":Signature";
        String end = "</" + name + ">";
        String signature =
            written.substring(written.indexOf("<" + name + " "), written.lastIndexOf(end) + end.length());
        return text.replace(PLACE, signature).getBytes(StandardCharsets.UTF_8);
    }

    List<Reference> references(List<XMLObject> objects) throws Exception {
        List<Reference> references = new ArrayList<>();
        int form = below(4);
        if (form == 0 || form == 3 && !bases) {
            List<Transform> transforms = new ArrayList<>();
            transforms.add(FACTORY.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null));
            if (random.nextBoolean()) transforms.add(canonicalization());
            references.add(reference(one(new String[] {"", "#xpointer(/)"}), transforms));
        }
        if (form == 2 || form == 3) {
            for (String id : new String[] {"T1", "T2"}) {
                List<Transform> transforms = below(4) == 0 ? List.of() : List.of(canonicalization());
                String uri = below(3) == 0 ? "#xpointer(id('" + id + "'))" : "#" + id;
                references.add(reference(uri, transforms));
            }
        }
        if (form == 1) {
            String held = "<held>" + some(TEXTS) + element(2, new TreeSet<>(), null) + "</held>";
            List<XMLStructure> content = new ArrayList<>();
            NodeList nodes = parsed(held.getBytes(StandardCharsets.UTF_8)).getDocumentElement().getChildNodes();
            for (int at = 0; at < nodes.getLength(); at++) content.add(new DOMStructure(nodes.item(at)));
            objects.add(FACTORY.newXMLObject(content, "O", null, null));
            references.add(reference("#O", below(3) == 0 ? List.of() : List.of(canonicalization())));
        }
        if (below(5) == 0) {
            Document document = parsed("<o/>".getBytes(StandardCharsets.UTF_8));
            String base64 = Base64.getMimeEncoder().encodeToString(new byte[100]);
            XMLStructure held = new DOMStructure(document.createTextNode(base64));
            objects.add(FACTORY.newXMLObject(List.of(held), "B", null, null));
            references.add(
                reference("#B", List.of(FACTORY.newTransform(Transform.BASE64, (TransformParameterSpec) null))));
        }
        Collections.shuffle(references, random);
        return references;
    }

    Reference reference(String uri, List<Transform> transforms) throws Exception {
        return FACTORY.newReference(uri, FACTORY.newDigestMethod(one(DIGESTS), null), transforms, null, null);
    }

    Transform canonicalization() throws Exception {
        String algorithm = one(CANONICALIZATIONS);
        return FACTORY.newTransform(algorithm, inclusive(algorithm));
    }

    CanonicalizationMethod canonicalizationMethod() throws Exception {
        String algorithm = one(CANONICALIZATIONS);
        return FACTORY.newCanonicalizationMethod(algorithm, (C14NMethodParameterSpec) inclusive(algorithm));
    }

    /// Now and then prefixes that exclusive canonicalization treats as inclusive.
    ExcC14NParameterSpec inclusive(String algorithm) {
        if (!algorithm.contains("exc") || random.nextBoolean()) return null;
        return new ExcC14NParameterSpec(List.of(one(new String[] {"p", "q", "#default", "w", "o"}), "z"));
    }

    String written(Document document) throws Exception {
        Transformer transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, random.nextBoolean() ? "yes" : "no");
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        transformer.transform(new DOMSource(document), new StreamResult(octets));
        return octets.toString(StandardCharsets.UTF_8);
    }

    /// Half of the documents with one change, anywhere but in base64.
    byte[] changed(byte[] octets) {
        if (random.nextBoolean()) return octets;
        // One char an octet, so that positions are those of octets.
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        int at = below(octets.length);
        for (Matcher spans = BASE64.matcher(text); spans.find(); ) {
            if (spans.start() < at && at < spans.end()) return octets;
        }
        switch (below(3)) {
            case 0: {
                byte[] flipped = octets.clone();
                flipped[at] ^= (byte) (1 << below(7));
                return flipped;
            }
            case 1:
                String more = new String(one(INSERTIONS).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                return (text.substring(0, at) + more + text.substring(at)).getBytes(StandardCharsets.ISO_8859_1);
            default:
                int rest = Math.min(octets.length, at + 1 + below(3));
                return (text.substring(0, at) + text.substring(rest)).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /// What the JDK says of a signed document; nothing if it cannot read it.
    static Boolean intact(byte[] octets) throws Exception {
        Document document;
        try {
            document = parsed(octets);
        } catch (SAXException | IOException error) {
            return null;
        }
        NodeList signatures = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
        if (signatures.getLength() != 1) return null;
        DOMValidateContext context = new DOMValidateContext(new FirstCertificate(), signatures.item(0));
        context.setProperty("org.jcp.xml.dsig.secureValidation", false);
        try {
            return FACTORY.unmarshalXMLSignature(context).validate(context);
        } catch (Exception error) {
            return null;
        }
    }

    static Document parsed(byte[] octets) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new DefaultHandler());
        Document document = builder.parse(new ByteArrayInputStream(octets));
        NodeList elements = document.getElementsByTagName("*");
        for (int at = 0; at < elements.getLength(); at++) {
            Element element = (Element) elements.item(at);
            if (element.hasAttribute("Id")) element.setIdAttribute("Id", true);
        }
        return document;
    }

    static class FirstCertificate extends KeySelector {
        @Override
        public KeySelectorResult select(KeyInfo info, Purpose purpose, AlgorithmMethod method, XMLCryptoContext context) {
            X509Data data = (X509Data) info.getContent().get(0);
            X509Certificate certificate = (X509Certificate) data.getContent().get(0);
            return certificate::getPublicKey;
        }
    }
}
