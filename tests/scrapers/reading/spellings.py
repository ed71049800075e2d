"""How an integer is spelled in Chinese text, for tests that read spellings back."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_SCALES = ("", "万", "亿", "万亿")
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_TRADITIONAL = str.maketrans("万亿两贰陆", "萬億兩貳陸")
_FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


def _section(value: int) -> str:
    """Below ten thousand: 一千零五."""
    signs, zero = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            signs += ("零" if zero and signs else "") + _DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = True
    return signs


def chinese(value: int) -> str:
    """The standard spelling; 10 to 19 begin with 十."""
    if value == 0:
        return "零"
    signs, gap = "", False
    for scale in (2, 1, 0):
        section = value // 10 ** (4 * scale) % 10**4 if scale < 2 else value // 10**8
        if scale == 2 and section >= 10**4:
            signs += chinese(section) + "亿"
            continue
        if section:
            if signs and (gap or section < 1000):
                signs += "零"
            signs += _section(section) + _SCALES[scale]
            gap = False
        else:
            gap = bool(signs)
    return signs.removeprefix("一") if signs.startswith("一十") else signs


def spellings(value: int) -> list[str]:
    """The usual spellings of a positive integer."""
    plain = chinese(value)
    spelled = [plain, plain.translate(_FORMAL), plain.translate(_TRADITIONAL), str(value), f"{value:,}"]
    spelled += [f"{value:,}".translate(_FULL_WIDTH), f"{value:,}".replace(",", " ")]
    for place in "百千万亿":
        spelled.append(plain.replace(f"二{place}", f"两{place}"))
    for scale, sign in ((10**4, "万"), (10**8, "亿")):
        if value >= scale:
            whole, rest = divmod(value, scale)
            decimals = f"{rest:0{len(str(scale)) - 1}d}".rstrip("0")
            spelled.append(f"{whole}.{decimals}{sign}" if decimals else f"{whole}{sign}")
    if value >= 10**8 and value % 10**4 == 0 and value % 10**8:
        spelled.append(f"{value // 10**8}亿{value % 10**8 // 10**4}万")
    return spelled
