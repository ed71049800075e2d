from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from scrapers.sources import CardError, SourceCard, load_cards, read_card
from scrapers.vocabulary import BodyKind

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
    assert card.wants("什么标题都要")


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
    assert card.wants("法院工作报告")
    assert not card.wants("会议通知")


@pytest.mark.parametrize(
    ("text", "line", "field", "said"),
    [
        (GOOD.replace('"政法委" ', '"政法"'), 5, "body", "政法委 | 法院"),
        (GOOD.replace('region = "62"', "region = 62"), 4, "region", "string"),
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
        (GOOD + "minimum_links = -1\n", 8, "minimum_links", "greater than or equal to 0"),
        (GOOD + "[season]\nmonths = [13]\ncadence = '1d'\n", 8, "season.months.0", "less than or equal to 12"),
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


def test_no_folder_is_no_error(tmp_path: Path) -> None:
    assert len(load_cards(tmp_path / "nowhere")) == len(load_cards())


def test_a_card_is_frozen() -> None:
    card = SourceCard(id="a", name="a", region="62", body=BodyKind.COURT)
    with pytest.raises(ValueError, match="frozen"):
        setattr(card, "name", "b")  # noqa: B010 - an assignment, which the type forbids
