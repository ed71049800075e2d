"""Scrapy's part of bench.crawl, as one program of .venv-bench: fetch and parse with the families' own selectors.

    python peer_scrapy.py PORT PAGES SITES   ->  {"seconds", "cpu", "pages", "peak_kb", "characters"} on standard output

Follows the same lists to the same articles and takes the same parts from them: title, stamp, source, paragraphs. All
that slows Scrapy and that the task does not need is off; sixteen requests at a time, its default, served best.
"""

import json
import resource
import sys
import time

import scrapy  # type: ignore[import-not-found]
from scrapy.crawler import CrawlerProcess  # type: ignore[import-not-found]

SELECTORS = {
    "trs": (".article-title", ".info span", ".TRS_Editor p"),
    "court": (".detail_bigtitle", ".detail_thr span", ".detail_txt p"),
    "jcy": (".detail_tit", ".detail_info", "#fontzoom p"),
}
SETTINGS = {
    "LOG_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "ROBOTSTXT_OBEY": True,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "RETRY_ENABLED": True,
    "COOKIES_ENABLED": True,
}

got = {"pages": 0, "characters": 0}


class Reports(scrapy.Spider):  # type: ignore[misc]
    """List pages to articles."""

    name = "reports"

    def __init__(self, port: str, sites: str) -> None:
        super().__init__()
        self.start_urls = [f"http://127.0.0.1:{port}/{site}/list.html" for site in range(int(sites))]

    def parse(self, response):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, D102
        for row in response.css("ul.list li"):
            yield response.follow(
                row.css("a::attr(href)").get(), self.article, cb_kwargs={"listed": row.css("a::attr(title)").get()}
            )
        if following := response.css(".page a::attr(href)").get():
            yield response.follow(following, self.parse)

    def article(self, response, listed):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, D102
        kind = "court" if "/article/detail/" in response.url else "trs" if response.css(".TRS_Editor") else "jcy"
        title, stamp, body = SELECTORS[kind]
        paragraphs = ["".join(paragraph.css("::text").getall()) for paragraph in response.css(body)]
        item = {
            "title": response.css(title).xpath("string()").get(),
            "stamp": response.css(stamp).xpath("string()").getall(),
            "paragraphs": paragraphs,
        }
        assert item["title"] == listed
        got["pages"] += 1
        got["characters"] += sum(map(len, paragraphs))
        yield item


def main() -> None:
    port, _, sites = sys.argv[1:4]
    process = CrawlerProcess(SETTINGS)
    process.crawl(Reports, port=port, sites=sites)
    start = time.perf_counter()
    process.start()
    seconds = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu = usage.ru_utime + usage.ru_stime
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_kb": usage.ru_maxrss, **got}))


if __name__ == "__main__":
    main()
