"""Walking list pages: what is new, when to stop, and what is no "nothing new"."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from scrapers import pages
from scrapers.discovery.addresses import canonical_key
from scrapers.discovery.places import Issues, LinkLike, Listing, Place, PlaceKind, of_page
from scrapers.discovery.walk import Discovery, Fate, Policy, WalkResult, discover
from scrapers.discovery.windows import Window
from scrapers.web.outcomes import Blocked, BlockSign, Missing, NotModified, Outcome, Unreachable

NOW = datetime(2026, 1, 20, tzinfo=UTC)
BASE = "http://zfw.example.gov.cn"
HOSTS = frozenset({"zfw.example.gov.cn"})
WINDOW = Window(date(2024, 12, 17))


@dataclass(frozen=True)
class Link:
    url: str
    title: str = "某某省政法工作报告"
    published: date | None = None


def listed(links: tuple[LinkLike, ...], next_url: str | None = None) -> Listing:
    return Listing(links, Place(next_url) if next_url else None)


@dataclass
class Site:
    """A list of reports, one a day, ten on a page; `asked` remembers which pages were."""

    pages: Mapping[str, Listing | Outcome]
    asked: list[str] = field(default_factory=list)

    async def ask(self, place: Place) -> Listing | Outcome:
        self.asked.append(place.url)
        return self.pages[place.url]

    def walk(self, policy: Policy, *urls: str | Place) -> Discovery:
        places = [url if isinstance(url, Place) else Place(url) for url in urls or (f"{BASE}/list.html",)]
        return asyncio.run(discover(places, self.ask, policy))


def address(page: int) -> str:
    return f"{BASE}/list.html" if page == 0 else f"{BASE}/list_{page}.html"


def report(number: int, *, dated: bool = True) -> Link:
    return Link(f"{BASE}/a/{number}.html", published=date(2026, 1, 20) - timedelta(days=number) if dated else None)


def daily(pages: int, *, endless: bool = False, dated: bool = True) -> Site:
    found: dict[str, Listing | Outcome] = {}
    for page in range(pages):
        last = page == pages - 1
        following = address(page + 1) if not last else (f"{BASE}/again.html" if endless else None)
        found[address(page)] = listed(tuple(report(page * 10 + n, dated=dated) for n in range(10)), following)
    if endless:
        last_page = found[address(pages - 1)]
        assert isinstance(last_page, Listing)
        found[f"{BASE}/again.html"] = listed(last_page.links, f"{BASE}/again2.html")
    return Site(found)


def keys(*numbers: int) -> frozenset[str]:
    return frozenset(canonical_key(report(number).url) for number in numbers)


def test_a_first_run_goes_back_to_the_edge_of_its_window() -> None:
    site = daily(60)
    found = site.walk(Policy(HOSTS, WINDOW))
    assert found.result is WalkResult.OK
    assert len(found.new) == 400
    assert found.fates["old"] == 10
    assert len(site.asked) == 41


def test_an_ordinary_run_stops_where_it_was_before() -> None:
    site = daily(60)
    found = site.walk(Policy(HOSTS, WINDOW, seen=keys(*range(3, 400))))
    assert [link.url for link in found.new] == [report(number).url for number in (0, 1, 2)]
    assert len(site.asked) == 1


def test_after_an_outage_pages_are_turned_until_a_known_one() -> None:
    site = daily(60)
    found = site.walk(Policy(HOSTS, WINDOW, seen=keys(*range(34, 400))))
    assert len(found.new) == 34
    assert len(site.asked) == 4


def test_a_pinned_old_link_does_not_end_the_walk() -> None:
    site = daily(60)
    first = site.pages[address(0)]
    assert isinstance(first, Listing)
    site.pages = {**site.pages, address(0): Listing((report(500), *first.links), first.following)}
    found = site.walk(Policy(HOSTS, WINDOW, seen=keys(*range(15, 600))))
    assert len(found.new) == 15


def test_links_that_are_no_reports_tell_where_to_stop_if_they_are_kept() -> None:
    notices = {
        address(page): listed(
            tuple(Link(f"{BASE}/n/{page * 10 + n}.html", "招聘公告", date(2026, 1, 20)) for n in range(10)),
            address(page + 1),
        )
        for page in range(30)
    }
    passed = frozenset(canonical_key(f"{BASE}/n/{number}.html") for number in range(4, 300))
    site = Site(notices)
    site.walk(Policy(HOSTS, WINDOW, seen=keys(1), passed=passed))
    assert len(site.asked) == 1
    forgetful = Site(notices)
    forgetful.walk(Policy(HOSTS, WINDOW, seen=keys(1)))
    assert len(forgetful.asked) == 3


def test_a_walk_that_broke_off_is_taken_up_again() -> None:
    site = daily(60)
    seen = keys(*range(20))
    assert not site.walk(Policy(HOSTS, WINDOW, seen=seen)).new
    resumed = Policy(HOSTS, WINDOW, seen=seen, resume=True)
    assert resumed.whole
    assert len(site.walk(resumed).new) == 380


def test_nothing_new_is_said_only_of_a_list_in_order() -> None:
    site = daily(3)
    assert site.walk(Policy(HOSTS, WINDOW, seen=keys(*range(30)))).result is WalkResult.NOTHING_NEW


@pytest.mark.parametrize("links", [(), tuple(report(n) for n in range(4)), (report(1),) * 10])
def test_a_list_with_too_few_links_is_broken(links: tuple[Link, ...]) -> None:
    site = Site({address(0): listed(links)})
    found = site.walk(Policy(HOSTS, WINDOW, minimum=5, seen=keys(*range(10))))
    assert found.result is WalkResult.BROKEN
    assert not found.new
    assert "at least 5" in found.notes[0]


def test_a_list_whose_links_all_lead_off_the_hosts_is_broken() -> None:
    """A site that moved, or was taken over: it would be "nothing new" for ever."""
    links = tuple(Link(f"https://new.example.gov.cn/a/{number}.html") for number in range(8))
    found = Site({address(0): listed(links)}).walk(Policy(HOSTS, WINDOW, minimum=5))
    assert found.result is WalkResult.BROKEN
    assert found.notes == (f"{address(0)}: 8 links, none of them on a host of the card",)
    one = Site({address(0): listed((*links, report(1)))}).walk(Policy(HOSTS, WINDOW, minimum=5))
    assert (one.result, one.fates) == (WalkResult.OK, {"off_hosts": 8, "new": 1})


def rising(pages: int, newest: int) -> Site:
    """The same list, the oldest first, up to so many days ago."""
    last = newest + pages * 10 - 1
    return Site(
        {
            address(page): listed(
                tuple(report(last - page * 10 - n) for n in range(10)), address(page + 1) if page < pages - 1 else None
            )
            for page in range(pages)
        }
    )


@pytest.mark.parametrize("seen", [frozenset(), keys(*range(7, 60))], ids=["first run", "later run"])
def test_a_list_that_grows_at_its_end_is_walked_to_its_end(seen: frozenset[str]) -> None:
    site = rising(pages=6, newest=0)
    found = site.walk(Policy(HOSTS, Window(date(2026, 1, 1)), seen=seen))
    assert [link.url for link in found.new] == [report(number).url for number in reversed(range(7 if seen else 20))]
    assert len(site.asked) == 6
    # What its first page says of being unchanged is nothing to go by.
    assert address(0) in found.unfit


def test_a_rising_list_of_one_page_is_a_list_like_others() -> None:
    site = rising(pages=1, newest=0)
    found = site.walk(Policy(HOSTS, WINDOW, seen=keys(*range(1, 10))))
    assert ([link.url for link in found.new], found.unfit) == ([report(0).url], frozenset())


def test_a_pager_that_repeats_its_last_page_for_ever_is_left() -> None:
    site = daily(2, endless=True)
    found = site.walk(Policy(HOSTS, Window(date(2000, 1, 1), asked=True)))
    assert len(found.new) == 20
    assert len(site.asked) == 3


def test_a_pager_in_a_circle_is_left() -> None:
    site = Site({address(0): listed((report(0),), address(0))})
    assert len(site.walk(Policy(HOSTS, WINDOW)).new) == 1
    assert len(site.asked) == 1


def test_asked_days_are_reached_through_pages_seen_before() -> None:
    site = daily(60)
    since, until = date(2025, 6, 1), date(2025, 6, 30)
    found = site.walk(Policy(HOSTS, Window(since, until, asked=True), seen=keys(*range(100))))
    assert {link.published for link in found.new} == {since + timedelta(days=n) for n in range(30)}
    assert found.fates["late"] > 0


def test_an_undated_list_is_not_read_to_its_end_on_a_first_run() -> None:
    site = daily(60, dated=False)
    found = site.walk(Policy(HOSTS, WINDOW))
    assert len(site.asked) == 3
    assert found.notes


def test_the_most_pages_are_a_limit_that_is_told() -> None:
    site = daily(60)
    found = site.walk(Policy(HOSTS, Window(date(2000, 1, 1), asked=True), most_pages=7))
    assert len(site.asked) == 7
    assert "7 pages" in found.notes[0]


@pytest.mark.parametrize(
    "outcome",
    [
        Blocked(url=address(0), fetched_at=NOW, sign=BlockSign.COOKIE_SCRIPT),
        Unreachable(url=address(0), fetched_at=NOW),
    ],
)
def test_what_came_instead_of_the_list_is_the_result(outcome: Outcome) -> None:
    found = Site({address(0): outcome}).walk(Policy(HOSTS, WINDOW))
    assert found.result is WalkResult.FAILED
    assert found.failures == (outcome,)


def test_what_was_found_before_a_failure_stays() -> None:
    site = daily(60)
    site.pages = {**site.pages, address(2): Unreachable(url=address(2), fetched_at=NOW)}
    found = site.walk(Policy(HOSTS, WINDOW))
    assert found.result is WalkResult.PARTIAL
    assert len(found.new) == 20
    assert found.broke_off
    assert found.unfit == {address(0), address(1), address(2)}


def test_one_list_of_two_may_be_broken() -> None:
    site = daily(1)
    site.pages = {**site.pages, f"{BASE}/other.html": listed(())}
    found = site.walk(Policy(HOSTS, WINDOW), f"{BASE}/other.html", address(0))
    assert found.result is WalkResult.PARTIAL
    assert len(found.new) == 10
    assert not found.broke_off
    assert found.unfit == {f"{BASE}/other.html"}


def test_a_list_that_did_not_change_holds_nothing_new() -> None:
    site = Site({address(0): NotModified(url=address(0), fetched_at=NOW)})
    assert site.walk(Policy(HOSTS, WINDOW)).result is WalkResult.NOTHING_NEW


def test_every_link_has_its_fate_and_the_same_page_is_one_link() -> None:
    links = (
        report(0),
        Link("https://www.zfw.example.gov.cn/a/0.html?from=singlemessage"),
        Link(f"{BASE}/a/1.html", "招聘公告", date(2026, 1, 19)),
        Link("http://elsewhere.example/a/2.html", published=date(2026, 1, 18)),
        Link(f"{BASE}/a/3.html", published=date(2019, 1, 1)),
        Link(f"{BASE}/202001/t20200105_44.html"),
        report(7),
    )
    found = Site({address(0): listed(links)}).walk(Policy(HOSTS, WINDOW, seen=keys(7)))
    assert [link.fate for link in found.links] == [
        Fate.NEW,
        Fate.NOT_A_REPORT,
        Fate.OFF_HOSTS,
        Fate.OLD,
        Fate.OLD,
        Fate.SEEN,
    ]


FEED = Place(f"{BASE}/feed.xml", PlaceKind.FEED)


def test_a_feed_is_walked_as_a_list_and_needs_one_link_only() -> None:
    feed = Site({FEED.url: listed((report(0),))})
    assert [link.url for link in feed.walk(Policy(HOSTS, WINDOW, minimum=5), FEED).new] == [report(0).url]
    assert Site({FEED.url: listed(())}).walk(Policy(HOSTS, WINDOW), FEED).result is WalkResult.BROKEN


def test_the_same_article_in_a_list_and_in_a_feed_is_one() -> None:
    twin = Link(f"{BASE}/a/0.html?from=rss&utm_source=x")
    site = Site({address(0): listed((report(0),)), FEED.url: listed((twin,))})
    found = site.walk(Policy(HOSTS, WINDOW), address(0), FEED)
    assert [link.url for link in found.new] == [report(0).url]


def test_a_site_map_s_links_are_chosen_by_their_address() -> None:
    nameless = tuple(Link(f"{BASE}{path}", "", date(2026, 1, 2)) for path in ("/a/1.html", "/about/", "/a/2.html"))
    site = Site({FEED.url: listed(nameless)})
    assert not site.walk(Policy(HOSTS, WINDOW), FEED).new
    found = site.walk(Policy(HOSTS, WINDOW, article_pattern=r"/a/\d+\.html"), FEED)
    assert [link.url for link in found.new] == [f"{BASE}/a/1.html", f"{BASE}/a/2.html"]


def test_parts_are_asked_once_each_one_level_deep() -> None:
    parts = tuple(Place(f"{BASE}/part{n}") for n in range(3))
    pages: dict[str, Listing | Outcome] = {
        place.url: Listing((report(n),), parts=(*parts, Place(f"{BASE}/deeper"))) for n, place in enumerate(parts)
    }
    site = Site({address(0): Listing((report(9),), parts=(*parts, *parts)), **pages})
    found = site.walk(Policy(HOSTS, WINDOW, minimum=4))
    assert (found.result, len(found.new)) == (WalkResult.OK, 4)
    assert site.asked == [address(0), *(place.url for place in parts)]


def test_a_part_that_did_not_come_makes_the_walk_partial_and_not_broken() -> None:
    gone = Unreachable(url=f"{BASE}/part", fetched_at=NOW)
    site = Site({address(0): Listing((report(0),), parts=(Place(gone.url),)), gone.url: gone})
    found = site.walk(Policy(HOSTS, WINDOW, minimum=5))
    assert (found.result, len(found.new)) == (WalkResult.PARTIAL, 1)


def test_an_issue_with_too_few_links_in_all_its_parts_is_broken() -> None:
    site = Site({address(0): Listing((), parts=(Place(address(1)),)), address(1): listed((report(0),))})
    assert site.walk(Policy(HOSTS, WINDOW, minimum=2)).result is WalkResult.BROKEN


def test_parts_count_among_the_most_pages() -> None:
    parts = tuple(Place(f"{BASE}/part{n}") for n in range(99))
    site = Site({address(0): Listing((), parts=parts), **{place.url: listed((report(1),)) for place in parts}})
    found = site.walk(Policy(HOSTS, WINDOW, most_pages=7))
    assert len(site.asked) == 7
    assert "7 pages" in found.notes[0]


def test_a_page_that_only_sends_on_is_followed_twice_at_most() -> None:
    hops = {address(n): Listing(instead=Place(address(n + 1))) for n in range(5)}
    site = Site({**hops, address(2): listed((report(0),))})
    assert site.walk(Policy(HOSTS, WINDOW)).result is WalkResult.OK
    farther = Site(hops)
    assert farther.walk(Policy(HOSTS, WINDOW)).result is WalkResult.BROKEN
    assert len(farther.asked) == 3
    circle = Site({address(0): Listing(instead=Place(address(0)))})
    assert circle.walk(Policy(HOSTS, WINDOW)).result is WalkResult.BROKEN
    assert len(circle.asked) == 1


def test_a_page_that_leads_off_the_hosts_is_told_and_not_asked() -> None:
    site = Site({address(0): Listing((report(0),), Place("http://elsewhere.example/2.html"))})
    found = site.walk(Policy(HOSTS, WINDOW))
    assert (found.result, site.asked) == (WalkResult.OK, [address(0)])
    assert "elsewhere.example" in found.notes[0]


def test_the_same_address_with_other_fields_is_another_page() -> None:
    async def ask(place: Place) -> Listing | Outcome:
        number = int(dict(place.form).get("page", 0))
        form = (("page", str(min(number + 1, 3))),)
        return Listing((report(number),), Place(f"{BASE}/proxy", PlaceKind.DATA, form, (("Referer", str(number)),)))

    found = asyncio.run(discover([Place(f"{BASE}/list.html")], ask, Policy(HOSTS, WINDOW)))
    assert len(found.new) == 4


def test_a_link_that_cannot_be_asked_for_does_not_end_the_walk() -> None:
    links = tuple(
        pages.Link(url, "某省工作报告", date(2026, 1, 19)) for url in (f"{BASE}/1.html", f"{BASE}:99999/2.html")
    )
    site = Site({address(0): of_page(pages.ListPage("generic", links))})
    assert [link.url for link in site.walk(Policy(HOSTS, WINDOW)).new] == [f"{BASE}/1.html"]


ISSUES = tuple(Place(f"{BASE}/paper/{day}.html", PlaceKind.ISSUE) for day in range(1, 9))


def newspaper(*printed: int) -> Site:
    """A paper of which only the issues so many days ago are there."""
    return Site({
        place.url: listed((report(day),)) if day in printed else Missing(url=place.url, fetched_at=NOW, status=404)
        for day, place in enumerate(ISSUES, start=1)
    })  # fmt: skip


def walked(site: Site, due: int) -> Discovery:
    return asyncio.run(discover((), site.ask, Policy(HOSTS, WINDOW), Issues(ISSUES, due)))


def test_the_issues_that_are_due_are_looked_through() -> None:
    site = newspaper(1, 2, 3, 4)
    assert (walked(site, 3).result, len(site.asked)) == (WalkResult.OK, 3)


def test_days_without_an_issue_are_quiet_while_an_earlier_one_is_there() -> None:
    site = newspaper(6)
    found = walked(site, 2)
    assert (found.result, len(found.new), len(site.asked)) == (WalkResult.OK, 1, 6)


def test_a_paper_of_which_no_issue_is_there_is_broken() -> None:
    found = walked(newspaper(), 2)
    assert found.result is WalkResult.BROKEN
    assert "no issue of 8 days is there" in found.notes[0]


def test_an_issue_that_is_unchanged_or_out_of_reach_is_there() -> None:
    site = newspaper()
    site.pages = {**site.pages, ISSUES[0].url: NotModified(url=ISSUES[0].url, fetched_at=NOW)}
    assert (walked(site, 1).result, len(site.asked)) == (WalkResult.NOTHING_NEW, 1)
    site.pages = {**site.pages, ISSUES[0].url: Unreachable(url=ISSUES[0].url, fetched_at=NOW)}
    assert walked(site, 1).result is WalkResult.FAILED
