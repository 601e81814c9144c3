//! The sample: a one-page 退院時サマリー (discharge summary) of an invented patient, marked DEMO.

use std::collections::BTreeMap;

use super::{Document, Layout, Pdf};

/// Glyph index and advance width (1/1000 em) of every character in the embedded font subset; see
/// `assets/README.md`.
const GLYPHS: &str = include_str!("../../assets/biz-udpgothic-subset.tsv");
const FONT: &[u8] = include_bytes!("../../assets/biz-udpgothic-subset.ttf");

const LEFT: f32 = 48.0;
const RIGHT: f32 = 547.0;
const NAVY: &str = "0.11 0.23 0.42";
const RED: &str = "0.75 0.10 0.12";
const INK: &str = "0.10 0.10 0.12";
const GREY: &str = "0.40 0.42 0.46";
const PALE: &str = "0.92 0.94 0.97";

/// Patient and stay, two columns of label and value.
const FACTS: &[[&str; 4]] = &[
    ["患者番号", "DEMO-0000123", "診療科", "呼吸器内科"],
    ["氏名", "見本 花子 様（ミホン ハナコ）", "主治医", "見本 太郎"],
    ["生年月日", "1951年 4月 2日（73歳）", "入院日", "2024年 5月 7日"],
    ["性別", "女性", "退院日", "2024年 5月20日（14日間）"],
];

/// Where the cells of a line with `|` begin.
const STOPS: [f32; 5] = [LEFT + 12.0, 240.0, 300.0, 360.0, 430.0];

/// Sections in order: heading and lines; `|` goes to the next of [`STOPS`].
const SECTIONS: &[(&str, &[&str])] = &[
    ("診断名", &["主病名　市中肺炎（右下葉）", "併存症　2型糖尿病、高血圧症"]),
    (
        "入院までの経過",
        &[
            "4日前からの発熱、咳、膿性痰のため当院を受診。胸部X線写真で右下肺野に浸潤影を認めた。",
            "SpO2 91%（室内気）、CRP 14.2 mg/dL、尿中肺炎球菌抗原陽性。同日、入院となった。",
        ],
    ),
    (
        "入院後の経過",
        &[
            "アンピシリン・スルバクタム点滴静注と酸素投与を開始。第3病日に解熱し、第5病日に酸素を終了。",
            "第8病日に内服へ切り替えた。血糖は食事療法と内服で安定。第12病日の画像で浸潤影は改善。",
            "退院時　体温 36.4℃、血圧 128/74 mmHg、SpO2 97%（室内気）、CRP 0.3 mg/dL。",
        ],
    ),
    (
        "退院時処方",
        &[
            "1. メトホルミン錠 250 mg|1回1錠|1日2回|朝夕食後|14日分",
            "2. アムロジピン錠 5 mg|1回1錠|1日1回|朝食後|14日分",
            "3. カルボシステイン錠 500 mg|1回1錠|1日3回|毎食後|7日分",
        ],
    ),
    ("アレルギー・注意事項", &["薬剤アレルギーなし。肺炎球菌ワクチンの接種を説明し、外来で予定する。"]),
    (
        "退院後の方針",
        &[
            "2024年 6月 3日（月）午前10時　呼吸器内科外来。胸部X線写真と採血を行う。",
            "糖尿病と高血圧は、かかりつけ医で継続して治療をお願いする。",
        ],
    ),
];

/// The discharge summary, unsigned, in the given layout.
#[must_use]
pub fn discharge_summary(layout: Layout) -> Document {
    let glyphs = Glyphs::load();
    let content = draw(&glyphs);
    Document::new(layout, content.as_bytes(), |pdf| glyphs.embed(pdf))
}

fn draw(glyphs: &Glyphs) -> String {
    let mut page = Canvas { glyphs, operators: String::new() };

    page.fill(RED, 0.0, 818.0, 595.0, 24.0);
    page.text("1 1 1", 10.0, LEFT, 826.0, "DEMO 見本　架空の患者による試験用文書です。診療には使えません。");

    page.text(NAVY, 11.0, LEFT, 788.0, "デモ総合病院");
    page.text(GREY, 8.0, LEFT, 775.0, "DEMO General Hospital　東京都見本区架空町1-2-3");
    page.text(GREY, 8.0, 414.0, 788.0, "文書番号　DEMO-2024-0520-01");
    page.text(GREY, 8.0, 414.0, 775.0, "作成日　　2024年 5月20日");
    page.heavy(NAVY, 22.0, 224.0, 738.0, "退院時サマリー");
    page.fill(NAVY, LEFT, 728.0, RIGHT - LEFT, 1.5);

    let mut y = 704.0;
    for [label, value, second_label, second_value] in FACTS {
        page.fill(PALE, LEFT, y - 6.0, 70.0, 20.0);
        page.fill(PALE, 312.0, y - 6.0, 62.0, 20.0);
        page.text(NAVY, 9.0, LEFT + 6.0, y, label);
        page.text(INK, 10.0, LEFT + 78.0, y, value);
        page.text(NAVY, 9.0, 318.0, y, second_label);
        page.text(INK, 10.0, 382.0, y, second_value);
        page.rule(y - 7.0);
        y -= 22.0;
    }

    y -= 12.0;
    for (heading, lines) in SECTIONS {
        page.fill(NAVY, LEFT, y - 3.0, 3.5, 14.0);
        page.heavy(NAVY, 11.5, LEFT + 10.0, y, heading);
        y -= 19.0;
        for line in *lines {
            for (cell, x) in line.split('|').zip(STOPS) {
                page.text(INK, 10.0, x, y, cell);
            }
            y -= 16.5;
        }
        y -= 9.0;
    }

    page.fill(PALE, LEFT, 66.0, RIGHT - LEFT, 44.0);
    page.heavy(NAVY, 10.0, LEFT + 12.0, 92.0, "電子署名");
    page.text(
        INK,
        9.0,
        LEFT + 80.0,
        92.0,
        "医師　見本 太郎（Taro DEMO）　署名・タイムスタンプはこのファイルに含まれます。",
    );
    page.text(GREY, 8.0, LEFT + 80.0, 77.0, "検証　kenin verify discharge-summary.pdf --trust demo-trust.toml");
    page.text(GREY, 7.5, 262.0, 40.0, "DEMO　1 / 1 ページ");
    page.operators
}

/// Drawing operators of one page.
struct Canvas<'a> {
    glyphs: &'a Glyphs,
    operators: String,
}

impl Canvas<'_> {
    fn fill(&mut self, colour: &str, x: f32, y: f32, width: f32, height: f32) {
        self.operators.push_str(&format!("{colour} rg {x} {y} {width} {height} re f\n"));
    }

    fn rule(&mut self, y: f32) {
        self.operators.push_str(&format!("0.80 0.83 0.88 RG 0.5 w {LEFT} {y} m {RIGHT} {y} l S\n"));
    }

    fn text(&mut self, colour: &str, size: f32, x: f32, y: f32, text: &str) {
        let codes = self.glyphs.codes(text);
        self.operators.push_str(&format!("BT {colour} rg /F1 {size} Tf {x} {y} Td <{codes}> Tj ET\n"));
    }

    /// Text with its outline stroked: the one embedded weight serves for headings too.
    fn heavy(&mut self, colour: &str, size: f32, x: f32, y: f32, text: &str) {
        let codes = self.glyphs.codes(text);
        self.operators.push_str(&format!(
            "BT {colour} rg {colour} RG 2 Tr {} w /F1 {size} Tf {x} {y} Td <{codes}> Tj 0 Tr ET\n",
            size * 0.03
        ));
    }
}

/// The characters of the embedded font.
struct Glyphs(BTreeMap<char, (u16, u16)>);

impl Glyphs {
    fn load() -> Glyphs {
        let parse = |line: &str| {
            let mut fields = line.split('\t');
            let code = u32::from_str_radix(fields.next().unwrap(), 16).unwrap();
            let mut number = || fields.next().unwrap().parse().unwrap();
            (char::from_u32(code).unwrap(), (number(), number()))
        };
        Glyphs(GLYPHS.lines().map(parse).collect())
    }

    fn codes(&self, text: &str) -> String {
        let code = |character| {
            let (glyph, _) = self.0.get(&character).unwrap_or_else(|| panic!("{character} is not in the font subset"));
            format!("{glyph:04x}")
        };
        text.chars().map(code).collect()
    }

    /// Adds the font as a Type 0 font with Identity-H encoding and a ToUnicode map; returns the resource entries.
    fn embed(&self, pdf: &mut Pdf) -> String {
        let file = pdf.add_stream(&format!("/Length1 {}", FONT.len()), FONT);
        let descriptor = pdf.add(format!(
            "<< /Type /FontDescriptor /FontName /DEMOAA+BIZUDPGothic /Flags 4 /FontBBox [-200 -300 1200 1000] \
             /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 740 /StemV 80 /FontFile2 {file} 0 R >>"
        ));
        let widths: BTreeMap<u16, u16> = self.0.values().copied().collect();
        let widths: Vec<String> = widths.iter().map(|(glyph, width)| format!("{glyph} [{width}]")).collect();
        let descendant = pdf.add(format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /DEMOAA+BIZUDPGothic /CIDToGIDMap /Identity /DW 1000 \
             /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> \
             /FontDescriptor {descriptor} 0 R /W [{}] >>",
            widths.join(" ")
        ));
        let unicode = pdf.add_stream("", self.to_unicode().as_bytes());
        let font = pdf.add(format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /DEMOAA+BIZUDPGothic /Encoding /Identity-H \
             /DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>"
        ));
        format!("/Font << /F1 {font} 0 R >>")
    }

    fn to_unicode(&self) -> String {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
             /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n\
             1 begincodespacerange <0000> <ffff> endcodespacerange\n",
        );
        let entries: Vec<String> = self
            .0
            .iter()
            .map(|(character, (glyph, _))| {
                let units: String =
                    character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04x}")).collect();
                format!("<{glyph:04x}> <{units}>\n")
            })
            .collect();
        // A bfchar block holds at most 100 entries (Adobe Technical Note 5014).
        for block in entries.chunks(100) {
            map.push_str(&format!("{} beginbfchar\n{}endbfchar\n", block.len(), block.concat()));
        }
        map.push_str("endcmap CMapName currentdict /CMap defineresource pop end end\n");
        map
    }
}
