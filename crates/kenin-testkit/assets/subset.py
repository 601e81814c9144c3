"""Makes biz-udpgothic-subset.{ttf,tsv} from BIZUDPGothic-Regular.ttf: python3 subset.py BIZUDPGothic-Regular.ttf"""
import pathlib
import sys

from fontTools import subset, ttLib

here = pathlib.Path(__file__).parent
source = (here / "../src/pdf/summary.rs").read_text(encoding="utf-8")
characters = sorted({c for c in source if ord(c) > 0x7F} | {chr(c) for c in range(0x20, 0x7F)})

options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, recalc_timestamp=False)
options.drop_tables += ["OS/2", "post", "name", "vhea", "vmtx", "VORG", "gasp", "meta", "DSIG"]
font = ttLib.TTFont(sys.argv[1], recalcTimestamp=False)
missing = [c for c in characters if ord(c) not in font.getBestCmap()]
assert not missing, missing
subsetter = subset.Subsetter(options)
subsetter.populate(text="".join(characters))
subsetter.subset(font)
units = font["head"].unitsPerEm
cmap, order = font.getBestCmap(), font.getReverseGlyphMap()
rows = [f"{ord(c):x}\t{order[cmap[ord(c)]]}\t{round(font['hmtx'][cmap[ord(c)]][0] * 1000 / units)}\n" for c in characters]
(here / "biz-udpgothic-subset.tsv").write_text("".join(rows))
# The codes in the page are glyph indexes, so the character map is not needed.
del font["cmap"]
font.save(here / "biz-udpgothic-subset.ttf")
