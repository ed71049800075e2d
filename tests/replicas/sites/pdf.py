"""A minimal PDF with Chinese text, written by hand: no font is embedded, the reader's own tables give the characters."""

from __future__ import annotations

from collections.abc import Sequence

_LEFT, _TOP, _LEADING, _SIZE = 72, 770, 24, 14
_CELL_WIDTH, _CELL_HEIGHT = 120, 24
_CID_FONT = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>"
)


def pdf_of(
    pages: Sequence[Sequence[str]],
    table: Sequence[Sequence[str]] = (),
    *,
    radicals: dict[str, str] | None = None,
) -> bytes:
    """Pages of lines, the first one with a ruled table below its lines. `radicals`: characters that read as others."""
    objects: list[bytes] = []
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    unicode_map = " /ToUnicode 5 0 R" if radicals else ""
    objects += [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        f"/DescendantFonts [4 0 R]{unicode_map} >>".encode(),
        _CID_FONT,
        _stream(_unicode_map(radicals or {})),
    ]
    for number, lines in enumerate(pages):
        drawn = [_text(line, _LEFT, _TOP - place * _LEADING) for place, line in enumerate(lines)]
        if number == 0 and table:
            drawn += _table(table, _TOP - len(lines) * _LEADING)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(_stream("\n".join(drawn)))
    return _assembled(objects)


def scanned_pdf() -> bytes:
    """One page with a grey box and no text, as a scan has."""
    return pdf_of([[]]).replace(b"\nendstream", b"0.5 g 50 50 400 600 re f\nendstream", 2)


def _text(line: str, x: float, y: float) -> str:
    return f"BT /F1 {_SIZE} Tf {x} {y} Td <{line.encode('utf-16-be').hex()}> Tj ET"


def _table(table: Sequence[Sequence[str]], top: float) -> list[str]:
    columns = max(len(row) for row in table)
    right, bottom = _LEFT + columns * _CELL_WIDTH, top - len(table) * _CELL_HEIGHT
    drawn = [f"{_LEFT} {top - n * _CELL_HEIGHT} m {right} {top - n * _CELL_HEIGHT} l S" for n in range(len(table) + 1)]
    drawn += [f"{_LEFT + n * _CELL_WIDTH} {top} m {_LEFT + n * _CELL_WIDTH} {bottom} l S" for n in range(columns + 1)]
    for down, row in enumerate(table):
        for across, cell in enumerate(row):
            drawn.append(_text(cell, _LEFT + across * _CELL_WIDTH + 4, top - (down + 1) * _CELL_HEIGHT + 6))
    return drawn


def _unicode_map(pairs: dict[str, str]) -> str:
    lines = "\n".join(f"<{ord(drawn):04x}> <{ord(read):04x}>" for drawn, read in pairs.items())
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /X def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{len(pairs)} beginbfchar\n{lines}\nendbfchar\nendcmap\nend\nend"
    )


def _stream(text: str) -> bytes:
    content = text.encode("latin-1")
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content) + 60, content + b" " * 60)


def _assembled(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
