"""The site that bench.crawl crawls: fictional pages of three page systems, some 40 KB each, a fifth of them in GBK.

    python -m bench.crawl_site PAGES     serves until its input ends; says `{"port": ...}` first

    /log                                 what was asked for since this was asked last, by kind, as JSON
    /0/list.html … /9/list.html          ten lists, fifty links a page, each with a pager
    /<n>/202601/t20260120_<id>.shtml     TRS (UTF-8), procuratorate platform (GBK, no charset in the header)
    /<n>/article/detail/2026/01/id/<id>.shtml    court group (UTF-8)

Pages are made when they are first asked for and the last thousand kept, so that this process stays small at any number.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from functools import lru_cache

from bench.reports import report
from tests.replicas.reply import Received, Reply
from tests.replicas.server import ReplicaServer

SITES = 10
ON_A_LIST = 50
PAGE_BYTES = 40_000
_TEXT = 2_400
# All pages of the usual measurement; of ten times as many, each is made when it is asked for.
REMEMBERED = 1000


def kind_of(number: int) -> str:
    """Which system page `number` is of: of five, two TRS, two courts', one procuratorate's (the fifth in GBK)."""
    return ("trs", "court", "trs", "court", "jcy")[number % 5]


def path_of(number: int) -> str:
    """Where page `number` lies on its site."""
    identity = 9_000_000 + number
    if kind_of(number) == "court":
        return f"/{number % SITES}/article/detail/2026/01/id/{identity}.shtml"
    return f"/{number % SITES}/202601/t20260120_{identity}.shtml"


@lru_cache(maxsize=REMEMBERED)
def page(number: int) -> Reply:
    """Article page `number`; made once, since who asks pays for the making where cores are few."""
    kind = kind_of(number)
    encoding = "gbk" if kind == "jcy" else "utf-8"
    body = _filled(_article(kind, number), encoding)
    return Reply(body, charset=None if kind == "jcy" else "utf-8", etag=f'"{number}"')


@lru_cache(maxsize=1000)
def list_page(site: int, part: int, pages: int) -> Reply:
    """Part `part` (from 0) of the list of a site."""
    numbers = range(site, pages, SITES)
    parts = -(-len(numbers) // ON_A_LIST)
    rows = "\n".join(
        f'<li><a href="{path_of(number)}" title="{_title(number)}">{_title(number)}</a><span>2026-01-20</span></li>'
        for number in numbers[part * ON_A_LIST : (part + 1) * ON_A_LIST]
    )
    following = f'<a href="/{site}/list_{part + 1}.html">下一页</a>' if part + 1 < parts else ""
    text = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>虚构站点{site}</title></head><body>{_NAVIGATION}'
        f'<ul class="list">{rows}</ul><div class="page">{following}</div></body></html>'
    )
    return Reply(text.encode(), charset="utf-8").with_etag()


def _period(number: int) -> str:
    """What page `number` covers: another span on each page of a site, so that no two speak of the same figures."""
    turn = number // SITES
    return f"{2001 + turn % 24}年1至{turn // 24 % 11 + 1}月"


def _title(number: int) -> str:
    return f"{_period(number)}全省情况通报（虚构{number}）"


def _article(kind: str, number: int) -> str:
    """The page without its side columns, which come where the zero byte stands. No two pages have the same text."""
    lines = report(_TEXT, number).strip().split("\n")
    text = f"<p>　　本文为虚构，编号{number}。{_period(number)}，全省各项工作平稳推进。</p>" + "\n".join(
        f"<p>　　{line}</p>" for line in lines
    )
    return _PAGES[kind].replace("[title]", _title(number)).replace("[text]", text)


_NAVIGATION = (
    '<div class="nav"><ul>'
    + "".join(f'<li class="i{n}"><a href="/column{n}/index.html" target="_blank">栏目{n}</a></li>' for n in range(60))
    + "</ul></div>"
)
_SIDE = "".join(
    f'<div class="side"><h3>专题{n}</h3><ul><li><a href="/topic/{n}.html" title="虚构专题第{n}期">虚构专题第{n}期</a>'
    f'<span class="date">01-{n % 28 + 1:02d}</span></li></ul>'
    f"<script>var hit{n}=function(a){{return a+{n};}};</script></div>"
    for n in range(400)
)
_END = "\x00</body></html>"
_PAGES = {
    "trs": '<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="ArticleTitle" content="[title]">'
    '<meta name="PubDate" content="2026-01-20 16:40"><title>[title] - 虚构站点</title></head>'
    f'<body>{_NAVIGATION}<h1 class="article-title">[title]</h1><div class="info">'
    "<span>发布时间：2026-01-20 16:40</span><span>来源：虚构日报</span></div>"
    f'<div class="TRS_Editor">[text]</div>{_END}',
    "court": '<!DOCTYPE html><html><head><meta charset="utf-8"><title>[title]</title></head>'
    f'<body>{_NAVIGATION}<div class="detail"><div class="detail_bigtitle">[title]</div><div class="detail_thr">'
    '<span class="writer">作者：某某</span><span class="time">发布时间：2026-01-20 10:29:11</span>'
    '<span class="source">来源：虚构高院</span></div>'
    f'<div class="detail_txt detail_general">[text]</div></div>{_END}',
    "jcy": '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>检察报告</title>'
    f'</head><body>{_NAVIGATION}<div class="detail_tit">[title]</div>'
    '<div class="detail_info">时间：2026-01-20　作者：　新闻来源：虚构日报　</div>'
    f'<div id="fontzoom">[text]</div>{_END}',
}


def _filled(text: str, encoding: str) -> bytes:
    """The page with side columns at its mark until it has its size, as real pages have."""
    body = text.encode(encoding)
    room = PAGE_BYTES - len(body)
    side = _SIDE.encode(encoding)[: max(room, 0)]
    return body.replace(b"\x00", side[: side.rfind(b"</div>") + 6])


def _log(server: ReplicaServer) -> Reply:
    asked = Counter(
        f"{_sort(request.path)} {'conditional' if request.conditional else 'plain'} {request.answered}"
        for request in server.requests
        if request.path != "/log"
    )
    server.requests.clear()
    return Reply(json.dumps(asked).encode(), content_type="application/json")


def _sort(path: str) -> str:
    return "list" if "/list" in path else "robots" if path == "/robots.txt" else "article"


def main() -> None:
    pages = int(sys.argv[1])

    def behave(request: Received) -> Reply:
        if request.path == "/log":
            return _log(server)
        name = request.path.rsplit("/", 1)[-1].split(".", 1)[0]
        if name.startswith("list"):
            part = int(name.partition("_")[2] or 0)
            return list_page(int(request.path.split("/")[1]), part, pages)
        return page(int(name.rpartition("_")[2]) - 9_000_000)

    with ReplicaServer({"/*": behave, "/robots.txt": Reply(b"", content_type="text/plain")}) as server:
        print(json.dumps({"port": server.port}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
