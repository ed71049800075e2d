from __future__ import annotations

import re
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from scrapers.sources import CardError, SourceCard, load_cards, read_card
from scrapers.vocabulary import BodyKind
from scrapers.web.address import on_hosts
from scrapers.web.request import Hours
from tests.conftest import ROOT

GOOD = """
id = "62-zfw"
name = "甘肃政法"
region = "62"            # GB/T 2260
body = "政法委"           # 政法委 | 法院 | ...
list_urls = ["http://127.0.0.1:8000/62/list.html"]
enabled = true
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_smallest_card() -> None:
    card = read_card(GOOD, "62-zfw.toml")
    assert (card.id, card.body, card.enabled) == ("62-zfw", BodyKind.COMMITTEE, True)
    assert card.all_hosts == {"127.0.0.1:8000"}
    assert not card.title_patterns


def test_everything_a_card_may_say() -> None:
    text = GOOD + (
        'hosts = ["WWW.Example.gov.cn"]\nfamily = "trs_wcm"\nencoding = "gbk"\nrequired = true\nminimum_links = 3\n'
        'landmarks = ["工作报告"]\ntitle_patterns = ["报告$"]\nplatform = "jcy"\ncadence = "12h"\n'
        'tolerate_failures_for = "2w"\nnotes = "x"\n[headers]\nReferer = "http://x/"\n'
        '[season]\nmonths = [1, 2]\ncadence = "6h"\n[probed]\non = 2026-11-25\nlinks = 12\n'
    )
    card = read_card(text, "62-zfw.toml")
    assert card.cadence == timedelta(hours=12)
    assert card.tolerate_failures_for == timedelta(weeks=2)
    assert card.season is not None
    assert card.season.cadence == timedelta(hours=6)
    assert card.probed is not None
    assert card.probed.links == 12
    assert "www.example.gov.cn" in card.all_hosts
    assert tuple(card.title_patterns) == ("报告$",)


@pytest.mark.parametrize(
    ("text", "line", "field", "said"),
    [
        (GOOD.replace('"政法委" ', '"政法"'), 5, "body", "政法委 | 法院"),
        (GOOD.replace('region = "62"', "region = 62"), 4, "region", "double quotes"),
        (GOOD.replace('region = "62"', 'region = "甘肃"'), 4, "region", "GB/T 2260"),
        (GOOD.replace("http://127", "127"), 6, "list_urls", "is no address"),
        (
            GOOD.replace('list_urls = ["http://127.0.0.1:8000/62/list.html"]', ""),
            7,
            "list_urls",
            "name at least one list",
        ),
        (GOOD + "colour = 1\n", 8, "colour", "no card has this field"),
        (GOOD + 'title_patterns = ["("]\n', 8, "title_patterns", "no regular expression"),
        (GOOD + 'cadence = "often"\n', 8, "cadence", "36h"),
        (GOOD + "minimum_links = -1\n", 8, "minimum_links", "write 0 or more"),
        (GOOD + "[season]\nmonths = [13]\ncadence = '1d'\n", 8, "season.months.0", "write 12 or less"),
        (GOOD.replace('region = "62"', 'region = "99"'), 4, "region", "'99' is no region of GB/T 2260"),
        (GOOD.replace('region = "62"', 'region = "629901"'), 4, "region", "is no region"),
        (GOOD.replace('region = "62"', 'region = ""'), 4, "region", "is no region"),
        (GOOD + 'landmark = ["x"]\n', 8, "landmark", "did you mean landmarks?"),
        (GOOD + 'landmarks = [""]\n', 8, "landmarks", "found everywhere"),
        (GOOD + 'hours = "22-6"\n', 8, "hours", '"22:00-06:00"'),
        (GOOD + 'hours = "25:00-06:00"\n', 8, "hours", "no span of the day"),
        (GOOD + 'hours = "06:00-06:00"\n', 8, "hours", "two different times"),
        (GOOD + 'feeds = ["rss.xml"]\n', 8, "feeds", "write it in full"),
        (GOOD + 'feeds = "http://x/rss.xml"\n', 8, "feeds", "write a list"),
        (GOOD + 'encoding = "latin-1"\n', 8, "encoding", "write utf-8, gb18030 or big5"),
        (GOOD + 'hosts = ["http://www.example.gov.cn/"]\n', 8, "hosts", "the name alone"),
        (GOOD + "list_urls = 3\n".replace("list_urls", "home"), 8, "home", "double quotes"),
        (GOOD + "allow_http = false\n", 6, "list_urls", "write its address with https://"),
        (GOOD + 'hosts = ["www.example.gov.cn:port"]\n', 8, "hosts", "is no host name"),
        (GOOD + '[headers]\n"Re ferer" = "x"\n', 8, "headers", "is no header"),
        (GOOD + '[headers]\nReferer = "x\\ny"\n', 8, "headers", "write one line"),
        (GOOD + 'issues = "http://paper.example.cn/{yyyy}/node_2.htm"\n', 8, "issues", "{yyyy}-{mm}/{dd}"),
        (GOOD + 'issues = "http://paper.example.cn/{day}/{0}"\n', 8, "issues", "no address of a day"),
        (GOOD + 'issues = "{yyyy}{mm}{dd}"\n', 8, "issues", "no address of a day"),
        (GOOD + "season = 3\n", 8, "season", "[season]"),
        (GOOD + 'unclosed = "yes, sometimes"\n', 8, "unclosed", "true or false"),
        (GOOD.replace('name = "甘肃政法"', ""), None, "name", "add it"),
        (GOOD.replace('id = "62-zfw"', ""), None, "id", "begin with id"),
        (GOOD.replace('id = "62-zfw"', 'id = "62 ZFW"'), 2, "id", "the file's name says"),
        (GOOD.replace("true", "yes"), 7, "", "is no TOML"),
        (GOOD.replace('"甘肃政法"', '"甘肃政法'), 3, "", "is no TOML"),
    ],
)
def test_a_broken_card_names_file_line_field_and_fix(
    tmp_path: Path, text: str, line: int | None, field: str, said: str
) -> None:
    path = write(tmp_path, "62-zfw", text)
    with pytest.raises(CardError) as caught:
        read_card(text, path)
    error = caught.value
    assert (error.line, error.field) == (line, field)
    assert str(path) in str(error)
    assert said in f"{error} {error.hint}"
    assert error.hint


BAD = [
    "3",
    "-1",
    '"x"',
    '""',
    "true",
    "[3]",
    '["x"]',
    "{ a = 1 }",
    "2026-01-20",
    "2026-01-20T03:00:00Z",
    "1.5",
    "[[1]]",
]


@pytest.mark.parametrize("value", BAD)
@pytest.mark.parametrize("field", [name for name in SourceCard.model_fields if name not in {"id", "notes"}])
def test_no_fault_is_told_in_the_words_of_a_library(field: str, value: str) -> None:
    lines = [line for line in GOOD.splitlines() if not line.startswith(f"{field} =")]
    error = fault_of("\n".join([*lines[:2], f"{field} = {value}", *lines[2:]]))
    if error is not None:
        assert error.field.split(".")[0] in {field, "list_urls"}
        assert error.line
        assert error.hint
        told = f"{error.problem} {error.hint}".replace("list_urls", "")
        assert not re.search(r"Input|should|valid |Field|permitted|pydantic|_|not what belongs", told), told


def fault_of(text: str) -> CardError | None:
    try:
        read_card(text, "62-zfw.toml")
    except CardError as error:
        return error
    return None


def test_where_a_county_s_source_and_a_night_window_are_read() -> None:
    text = (
        GOOD.replace('region = "62"', 'region = "620102"')
        + 'hours = "22:00-06:30"\nfeeds = ["https://rss.example.gov.cn/a.xml"]\n'
    )
    card = read_card(text, "62-zfw.toml")
    assert (card.region, card.hours) == ("620102", Hours(time(22), time(6, 30)))
    assert "rss.example.gov.cn" in card.all_hosts
    assert SourceCard.model_validate(card.model_dump()) == card
    assert card.model_dump()["hours"] == "22:00-06:30"


def test_the_issue_of_a_day() -> None:
    template = "http://paper.example.cn/html/{yyyy}-{mm}/{dd}/node_{m}{d}{yy}.htm"
    card = read_card(GOOD.replace("list_urls", "#") + f'issues = "{template}"\n', "62-zfw.toml")
    assert card.issue_of(date(2026, 2, 7)) == "http://paper.example.cn/html/2026-02/07/node_2726.htm"
    assert card.all_hosts == {"paper.example.cn"}


def test_hosts_are_compared_as_addresses_are() -> None:
    card = read_card(GOOD + 'hosts = ["WWW.Example.gov.cn.", "xn--fiqs8s.cn", "a.cn:8080"]\n', "62-zfw.toml")
    assert card.all_hosts == {"127.0.0.1:8000", "www.example.gov.cn", "中国.cn", "a.cn:8080"}
    assert on_hosts("http://中国.cn/a", card.all_hosts)
    assert on_hosts("http://XN--FIQS8S.cn/a", card.all_hosts)
    assert not on_hosts("http://a.cn/", card.all_hosts)


def test_a_feed_alone_is_enough_to_be_switched_on() -> None:
    assert read_card(GOOD.replace("list_urls", "feeds"), "62-zfw.toml").enabled


def test_a_broken_card_does_not_hide_the_good_ones(tmp_path: Path) -> None:
    write(tmp_path, "62-zfw", GOOD)
    write(tmp_path, "63-zfw", GOOD.replace("62-zfw", "63-zfw").replace("政法委", "政法"))
    (tmp_path / "64-zfw.toml").write_bytes("id = '甘肃'".encode("gbk"))
    cards = load_cards(tmp_path)
    assert cards.get("62-zfw") is not None
    assert cards.get("63-zfw") is None
    assert sorted(Path(error.path).name for error in cards.broken) == ["63-zfw.toml", "64-zfw.toml"]


def test_a_user_card_lies_over_a_shipped_one(tmp_path: Path) -> None:
    shipped = next(card for card in load_cards() if card.list_urls)
    write(tmp_path, shipped.id, f'id = "{shipped.id}"\nenabled = true\n')
    card = load_cards(tmp_path).get(shipped.id)
    assert card is not None
    assert card.enabled
    assert (card.name, card.list_urls) == (shipped.name, shipped.list_urls)


def test_a_spoilt_user_card_leaves_the_shipped_one_and_says_so(tmp_path: Path) -> None:
    shipped = next(iter(load_cards()))
    path = write(tmp_path, shipped.id, f'id = "{shipped.id}"\nenabled = "perhaps"\n')
    cards = load_cards(tmp_path)
    assert cards.get(shipped.id) == shipped
    assert [(error.path, error.line, error.field) for error in cards.broken] == [(str(path), 2, "enabled")]


def test_a_card_is_read_again_when_its_text_has_changed(tmp_path: Path) -> None:
    write(tmp_path, "62-zfw", GOOD)
    first = load_cards(tmp_path).get("62-zfw")
    assert load_cards(tmp_path).get("62-zfw") is first
    write(tmp_path, "62-zfw", GOOD.replace("甘肃政法", "甘肃长安"))
    changed = load_cards(tmp_path).get("62-zfw")
    assert changed is not None
    assert changed.name == "甘肃长安"


def test_no_folder_is_no_error(tmp_path: Path) -> None:
    assert len(load_cards(tmp_path / "nowhere")) == len(load_cards())


def test_a_card_is_frozen() -> None:
    card = SourceCard(id="a", name="a", region="62", body=BodyKind.COURT)
    with pytest.raises(ValueError, match="frozen"):
        setattr(card, "name", "b")  # noqa: B010 - an assignment, which the type forbids


def test_every_key_of_a_card_is_explained() -> None:
    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    table = page.partition("## What a card may say")[2].partition("A card that says more")[0]
    assert {name for name in SourceCard.model_fields if f"`{name}`" not in table} == set()
