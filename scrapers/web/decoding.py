"""From bytes to text without a guess and without a loss, or not at all.

    BOM ── else UTF-8, if the bytes are UTF-8 ── else what header, page and card claim, in that order ── else Undecoded

UTF-8 is tried on the bytes before any claim is believed: text in a Chinese legacy encoding is not UTF-8 by accident,
while UTF-8 text often is valid gb18030 and comes out as another text (pages that declare gb2312 and are UTF-8:
PITFALLS 5.2). gb2312 and gbk mean gb18030. A codec that takes any byte (latin-1) is never allowed. Nothing is
replaced; U+FFFD or private-use characters in the body mean that something was lost before, and the page is refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# What a claim may mean. Anything else (iso-8859-1 is what a server says that does not know) is no claim.
_MEANT = {
    "utf-8": ("utf-8", "utf8", "utf_8", "unicode-1-1-utf-8", "x-unicode20utf8"),
    "gb18030": (
        *("gb2312", "gb-2312", "gb_2312", "gb2312-80", "gb_2312-80", "csgb2312", "iso-ir-58", "csiso58gb231280"),
        *(
            "gbk",
            "x-gbk",
            "cp936",
            "ms936",
            "windows-936",
            "936",
            "gb18030",
            "gb-18030",
            "gb18030-2000",
            "gb18030-2005",
        ),
        *("gb18030-2022", "euc-cn", "x-euc-cn", "euccn", "chinese"),
    ),
    "big5hkscs": ("big5", "big5-hkscs", "big5hkscs", "cn-big5", "x-x-big5", "csbig5", "cp950", "ms950"),
}
_ALLOWED = {name: codec for codec, names in _MEANT.items() for name in names}

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# Lenient on purpose: misspelt attributes (httpequiv) are common. The head of a page may be long before it says so
# (PITFALLS 5.2).
_CLAIM = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_.:-]{3,20})""")
_CLAIM_WITHIN = 8192
_CLAIM_FARTHEST = 128 * 1024

# In UTF-8, U+F000..U+F8FF and U+FFFD; U+E000..U+EFFF begin with EE, which Chinese text never holds. Looked for in
# bytes, since a class of characters takes six times as long.
_LOST_BYTES = re.compile(rb"\xef(?:[\x80-\xa3]|\xbf\xbd)")
_DAMAGE = re.compile("[\ufffd\ue000-\uf8ff]")

# Where damage does no harm: a description cut by bytes, a comment, and an icon font's glyph alone in its element.
# What never closes runs to the end: else a page of openings is looked through again for each.
_HARMLESS = re.compile(
    r"<meta\b[^>]*(?:>|\Z)|<!--.*?(?:-->|\Z)|>\s*[\ue000-\uf8ff]{1,2}\s*<", re.DOTALL | re.IGNORECASE
)

# What GB 18030 makes of A3 A0, and after it many a converter to UTF-8: the wide blank that browsers show for it (WHATWG
# Encoding, index gb18030), with which paragraphs of these sites begin.
_WIDE_BLANK = ("\ue5e5", "\u3000")
_IN_UTF8 = "\ue5e5".encode()

_HAN_RUNS = re.compile("[\u4e00-\u9fff]+")
_HAN_LOOKED_AT = 1000
_HAN_ENOUGH = 20
# Characters looked at in one go: a page is seldom needed to its end.
_STRETCH = 4096
_ASCII = bytes(range(128))

# Level 1 of GB 2312 (3,755 characters) makes up more than 97 % of report prose; of UTF-8 read as gb18030 less than
# half.
_COMMON = frozenset(
    bytes(
        byte
        for row in range(0xB0, 0xD8)
        for column in range(0xA1, 0xFF)
        if (row, column) <= (0xD7, 0xF9)
        for byte in (row, column)
    ).decode("gb2312")
)
_COMMON_SHARE = 0.7


class EncodingFrom(StrEnum):
    """Where the encoding that decoded a page was found."""

    BOM = "bom"
    HEADER = "header"
    META = "meta"
    CARD = "card"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a page was decoded: a Python codec name, and what told us.

    `declared` is what the header or, failing that, the page itself claimed, as written there (None: nothing).
    `mismatch` is true where that claim is wrong; gb2312 and gbk count as gb18030 (PITFALLS 5.1).
    """

    name: str
    found: EncodingFrom
    declared: str | None = None
    mismatch: bool = False


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page and how it was come by."""

    text: str
    encoding: Encoding


@dataclass(frozen=True, slots=True)
class Undecoded:
    """Why there is no text, and the codecs that were tried."""

    why: str
    tried: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    codec: str
    found: EncodingFrom
    written: str


def decode(content: bytes, header: str | None = None, card: str | None = None) -> Decoded | Undecoded:
    """Decodes `content` strictly; `header` is the charset of Content-Type, `card` the one on the source card."""
    # Where the header says UTF-8 and the bytes agree, what the page says of itself changes nothing.
    by_header = codec_of(header) == "utf-8"
    text = _utf8(content)
    said = [] if by_header and text is not None else _claimed(content[:_CLAIM_WITHIN])
    if text is None and not said:
        # What stands further down counts only where the beginning says nothing: scripts name charsets as well.
        said = _claimed(content[:_CLAIM_FARTHEST])
    claims = list(_claims(said, header, card))
    declared = next((claim.written for claim in claims if claim.found is not EncodingFrom.CARD), None)
    for mark, codec in _BOMS:
        if content.startswith(mark):
            marked = _finished(content[len(mark) :], _Claim(codec, EncodingFrom.BOM, codec), declared, ())
            if isinstance(marked, Decoded) or codec != "utf-8":
                return marked
            # An editor's mark before a page of another charset: the mark is no text in any.
            content, text = content[len(mark) :], None
    if text is not None:
        return _as_utf8(content, text, claims, declared)
    tried = ["utf-8"]
    for claim in claims:
        if claim.codec in tried:
            continue
        result = _finished(content, claim, declared, tuple(tried))
        if isinstance(result, Decoded):
            return result
        tried.append(claim.codec)
    why = "no allowed charset is declared; name it on the card" if len(tried) == 1 else "no declared charset fits"
    return Undecoded(why, tuple(tried))


def known_charset(name: str) -> bool:
    """Whether a charset of this name, as pages and cards write it, is one that is decoded here."""
    return codec_of(name) is not None


def codec_of(name: str | None) -> str | None:
    """The codec that a claimed charset means; None for what is no claim."""
    return _ALLOWED.get((name or "").strip().lower())


def charset_of(content_type: str) -> str | None:
    """The charset that a Content-Type header names, as written; None where it names none."""
    match = re.search(r"""charset\s*=\s*["']?([\w.:-]+)""", content_type, re.IGNORECASE)
    return match[1] if match else None


def _claims(said: list[str], header: str | None, card: str | None) -> Iterator[_Claim]:
    written = [(header, EncodingFrom.HEADER)]
    written += [(claim, EncodingFrom.META) for claim in said]
    written.append((card, EncodingFrom.CARD))
    for name, found in written:
        if name and (codec := codec_of(name)):
            yield _Claim(codec, found, name)


def _claimed(head: bytes) -> list[str]:
    """The charsets that the beginning of a page names and that are read here, as written."""
    claims = (head[found.start(1) : found.end(1)].decode("ascii") for found in _CLAIM.finditer(head.lower()))
    return [claim for claim in claims if known_charset(claim)]


def _utf8(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _as_utf8(content: bytes, text: str, claims: list[_Claim], declared: str | None) -> Decoded | Undecoded:
    if _IN_UTF8 in content:
        text = text.replace(*_WIDE_BLANK)
        content = text.encode()
    if why := _damage(text, content):
        return Undecoded(why, ("utf-8",))
    fitting = next((claim for claim in claims if claim.codec == "utf-8"), None)
    # Bytes below 128 say the same in every allowed charset: whoever claimed another was not wrong.
    mismatch = declared is not None and codec_of(declared) != "utf-8" and not content.isascii()
    return Decoded(text, Encoding("utf-8", fitting.found if fitting else EncodingFrom.CONTENT, declared, mismatch))


def _finished(content: bytes, claim: _Claim, declared: str | None, tried: tuple[str, ...]) -> Decoded | Undecoded:
    tried = (*tried, claim.codec)
    try:
        text = content.decode(claim.codec).replace(*_WIDE_BLANK)
    except UnicodeDecodeError as error:
        return Undecoded(f"byte {error.start} is not {claim.codec}", tried)
    if why := _damage(text, text.encode()):
        return Undecoded(why, tried)
    if claim.codec == "gb18030" and not _plausible(text):
        return Undecoded("read as gb18030 it is no Chinese text", tried)
    mismatch = declared is not None and codec_of(declared) != claim.codec
    return Decoded(text, Encoding(claim.codec, claim.found, declared, mismatch))


def _damage(text: str, utf8: bytes) -> str | None:
    """What in the text, which is `utf8` in bytes, shows that characters were lost before it reached us."""
    if b"\xee" not in utf8 and not _LOST_BYTES.search(utf8):
        return None
    found = _DAMAGE.search(_HARMLESS.sub("><", text))
    return f"damaged before it reached us: U+{ord(found[0]):04X} in the text" if found else None


def _plausible(text: str) -> bool:
    """Whether the Chinese characters are mostly common ones; too few of them prove nothing."""
    han = ""
    for start in range(0, len(text), _STRETCH):
        # Without its markup, which is most of a page and goes quickest as bytes.
        other = text[start : start + _STRETCH].encode().translate(None, _ASCII).decode()
        han += "".join(_HAN_RUNS.findall(other))
        if len(han) >= _HAN_LOOKED_AT:
            break
    han = han[:_HAN_LOOKED_AT]
    return len(han) < _HAN_ENOUGH or sum(map(_COMMON.__contains__, han)) >= _COMMON_SHARE * len(han)
