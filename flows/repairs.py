"""What is wrong with a card or an indicator of the user's own, and its repair, in the user's language.

    …/62-zfw.toml:5: list_urls: 'x' 不是网址            写完整,以 http:// 或 https:// 开头
    …/62-zfw.toml:5: list_urls: 'x' is no address     write it in full, with http:// or https://

The place stays as it is; `tests/flows/test_repairs.py` walks every such sentence of `scrapers`.
"""

from __future__ import annotations

import re

from flows.language import in_english

# {0} is what the first group holds.
_PROBLEMS = (
    # cards
    (r"is missing", "缺少"),
    (r"is missing or no text", "缺少,或不是文字"),
    (r"no card has this field", "卡片没有这个字段"),
    (r"is no text", "应为文字"),
    (r"is empty", "是空的"),
    (r"is neither true nor false", "应为 true 或 false"),
    (r"is no list", "应为列表"),
    (r"is no whole number", "应为整数"),
    (r"is no table", "应为一张表"),
    (r"is no date", "不是日期"),
    (r"is no date but a moment", "不是日期,而是时刻"),
    (r"is not what belongs there", "不是该写在这里的"),
    (r"is not UTF-8", "不是 UTF-8 编码"),
    (r"is no TOML: (.+)", "不合 TOML 的写法: {0}"),
    (r"cannot be read: (.+)", "读不了: {0}"),
    (r"is (.+), the file's name says (.+)", "写的是 {0},文件名却是 {1}"),
    (r"holds an empty text, which is found everywhere", "含有空的文字,那在哪里都找得到"),
    (r"an enabled card needs list_urls", "启用的卡片要有 list_urls"),
    (r"(.+) is too small", "{0} 太小"),
    (r"(.+) is too large", "{0} 太大"),
    (r"(.+) is no length of time", "{0} 不是时长"),
    (r"(.+) is no span of the day", "{0} 不是一天中的时段"),
    (r"(.+) is no kind of body", "{0} 不是机关类别"),
    (r"(.+) is no region of GB/T 2260", "GB/T 2260 中没有地区 {0}"),
    (r"(.+) is no address of a day's issue", "{0} 不是每日一期的网址"),
    (r"(.+) is no address", "{0} 不是网址"),
    (r"(.+) is no host name", "{0} 不是主机名"),
    (r"(.+) is no charset that is read here", "{0} 不是能读的编码"),
    (r"(.+) is no header", "{0} 不是请求头"),
    (r"(.+) is no regular expression", "{0} 不是正则表达式"),
    (r"(.+) is plain http, which allow_http = false forbids", "{0} 是不加密的 http,而 allow_http = false"),
    # indicators
    (r"stands outside every table", "不在任何一张表里"),
    (r"is no id", "不能作编号"),
    (r"(.+) is no id", "{0} 不能作编号"),
    (r"has a key (.+) that is not known", "没有 {0} 这个键"),
    (r"lacks (.+)", "缺少 {0}"),
    (r"has no owner", "没有写归谁"),
    (r"(\w+) is no text", "{0} 应为文字"),
    (r"(\w+) is no list of texts", "{0} 应为文字的列表"),
    (r"bodies: (.+) is none of (.+)", "bodies: {0} 不是其中之一: {1}"),
    (r"rise = (.+) is none of (.+)", "rise = {0} 不是其中之一: {1}"),
    (r"key = (.+) is neither true nor false", "key = {0} 应为 true 或 false"),
    (r"range = (.+) is no range", "range = {0} 不是范围"),
    (r"range: (.+) is no share in per cent", "range: {0} 不是百分比"),
    (r"holds what is no number: (.+)", "有的不是数: {0}"),
    (r"holds a number below zero: (.+)", "有的数小于零: {0}"),
    (r"unit (.+) has no measure", "不认识单位 {0}"),
    (r"(\w+) = (.+) is no other indicator", "{0} = {1} 不是另一个指标"),
    (r"is a rate but is told in (.+)", "是比率,单位却是 {0}"),
    (r"no rule looks up a threshold (.+)", "没有规则用阈值 {0}"),
    (r"wording (.+) also belongs to (.+) of (.+)", "说法 {0} 也属于 {2} 的 {1}"),
    (r"wordings: (.+) comes to (\d+) wordings; split it \((\d+) at most\)",
     "wordings: {0} 展开成 {1} 种说法,请拆开(至多 {2} 种)"),
    (r"wordings: (.+): expected (.+) at character (\d+)", "wordings: {0}: 第 {2} 个字应为 {1}"),
    (r"wordings: (.+): no word (<.+>) in words.toml", "wordings: {0}: words.toml 中没有 {1}"),
    (r"wordings: (.+): (<.+>) stands within itself", "wordings: {0}: {1} 套着自己"),
)  # fmt: skip
_FIXES = (
    # cards
    (r"add it; a card needs (.+) and (\w+)", "补上;卡片要有 {0} 和 {1}"),
    (r"take it out; (docs/sources\.md) lists the names there are", "删掉它;{0} 列出可用的字段"),
    (r"did you mean (\w+)\? (docs/sources\.md) lists the names there are", "是不是 {0}?{1} 列出可用的字段"),
    (r"see (docs/sources\.md)", "见 {0}"),
    (r"write it in double quotes", "写在双引号里"),
    (r"write something, or take the key out", "写上内容,或删掉这个键"),
    (r"write a text, or take the key out", "写上文字,或删掉这个键"),
    (r"write true or false without quotes", "写 true 或 false,不加引号"),
    (r"write a list, such as (.+)", "写成列表,如 {0}"),
    (r"write digits without quotes", "写数字,不加引号"),
    (r"write it without quotes, such as (.+)", "不加引号,如 {0}"),
    (r"write the day alone, such as (.+)", "只写日期,如 {0}"),
    (r"write it as a table: its name in brackets on a line of its own, such as (\S+), its keys below",
     "写成一张表: 方括号中的表名独占一行,如 {0},各键写在下面"),
    (r"write a number with s, m, h, d or w, such as (.+)", "写数字加 s、m、h、d 或 w,如 {0}"),
    (r"write (\S+) or more", "写 {0} 或更大的"),
    (r"write (\S+) or less", "写 {0} 或更小的"),
    (r"write two different times, such as (.+)", "写两个不同的时刻,如 {0}"),
    (r"write one of (.+)", "用其中之一: {0}"),
    (r"use lower-case letters, digits and single hyphens, as in (\S+)", "用小写字母、数字和单个连字符,如 {0}"),
    (r"write the code of the nation (\(.+?\)), a province (\(.+?\)), a city (\(.+?\)) or a county (\(.+?\))",
     "写全国{0}、省{1}、市{2}或县{3}的代码"),
    (r"write it in full, with http:// or https://", "写完整,以 http:// 或 https:// 开头"),
    (r"write year, month and day as in (.+)", "年、月、日写成 {0} 这样"),
    (r"write the name alone, with a port if need be, such as (.+)", "只写主机名,需要时加端口,如 {0}"),
    (r"write utf-8, gb18030 or big5", "写 utf-8、gb18030 或 big5"),
    (r"write one line, such as (.+)", "写成一行,如 {0}"),
    (r"mend it \((.+)\); \\ stands before a sign that is meant as such", "改正它({0});要按字面理解的符号前加 \\"),
    (r"name at least one list page \(or a feed under `feeds`, or `issues`\), or set enabled = false",
     "至少写一个列表页(或在 feeds 中写订阅地址,或写 issues),否则 enabled = false"),
    (r"write its address with https://, or take allow_http = false out", "网址改用 https://,或删掉 allow_http = false"),
    (r"save the file as UTF-8", "把文件存成 UTF-8"),
    (r"check its permissions", "检查它的权限"),
    (r"check quotes and brackets on that line", "检查那一行的引号和括号"),
    (r"begin with (.+)", "开头写 {0}"),
    (r"give both the same name", "两者写成一样"),
    # indicators
    (r"correct the line that it names", "改正它所指的那一行"),
    (r"only topic and bodies may stand there", "那里只能写 topic 和 bodies"),
    (r"write small letters, digits and single underscores", "用小写字母、数字和单个下划线"),
    (r"known: (.+)", "可用的: {0}"),
    (r"an indicator needs (.+)", "指标要有 {0}"),
    (r"write bodies, one or more of (.+)", "写 bodies,其中一个或几个: {0}"),
    (r"one or more of (.+)", "其中一个或几个: {0}"),
    (r"write \[lowest, highest\] of a province's year", "写一省一年的 [最低, 最高]"),
    (r"write the highest plausible percentage", "写可能的最高百分比"),
    (r"see measures\.py", "见 scrapers/indicators/measures.py"),
    (r"write a form, a basis and a direction, such as (\w+)", "写形式、基期和方向,如 {0}"),
    (r"take it out of one of the two", "从其中一个里删掉"),
    (r"install the program again", "重新安装本程序"),
)  # fmt: skip


def told(error: Exception) -> str:
    """What is wrong, with its place; what no card and no indicator says stays as it is."""
    text, problem = str(error), getattr(error, "problem", "")
    if in_english() or not problem:
        return text
    return text.removesuffix(problem) + (problem_in_chinese(problem) or problem)


def way_out(error: Exception) -> str:
    """How it is mended; empty where the error does not say."""
    hint = str(getattr(error, "hint", ""))
    if in_english() or not hasattr(error, "problem"):
        return hint
    return fix_in_chinese(hint) or hint


def problem_in_chinese(sentence: str) -> str | None:
    """The Chinese of what is wrong, None where there is none."""
    return _put(sentence, _PROBLEMS)


def fix_in_chinese(sentence: str) -> str | None:
    """The Chinese of a repair, None where there is none."""
    return _put(sentence, _FIXES)


def _put(sentence: str, words: tuple[tuple[str, str], ...]) -> str | None:
    for pattern, chinese in words:
        if found := re.fullmatch(pattern, sentence, flags=re.DOTALL):
            return chinese.format(*found.groups())
    return None
