"""What is wrong in zhengfa.toml, all of it at once: the line, whose it is, the key, and what is expected there.

    第 12 行  接收方 mail: smtp: 地址应以 smtp:// 或 smtps:// 开头
    line 12  receiver mail: smtp: an address begins with smtp:// or smtps://

The shapes of receivers tell what is wrong in words of their own; what pydantic says is put into ours.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from alerts.receivers import settings as shapes
from flows.language import say

_HEADER = re.compile(r"\s*\[\[?\s*(?P<name>[\w.\-]+)\s*\]\]?")
_KEY = re.compile(r"\s*[\"']?(?P<name>[\w\-]+)[\"']?\s*[.=]")
_OWNER = re.compile(r"(?:receiver|route) '[^']*'|a route")
# What pydantic says of a key that its table does not have.
UNKNOWN = "Extra inputs are not permitted"
# pydantic's sentences and the shapes' own, in the user's words; {0} is what the pattern holds.
_WORDS = (
    (r"Field required", "缺少", "missing"),
    (r"Input should be a valid string", "应为文字,要加引号", "must be a text, in quotation marks"),
    (r"Input should be a valid integer.*", "应为整数", "must be a whole number"),
    (r"Input should be a valid boolean.*", "应为 true 或 false", "must be true or false"),
    (r"Input should be a valid (?:list|tuple)", '应为列表:["…", "…"]', 'must be a list: ["…", "…"]'),
    (r"Input should be a valid dictionary.*", '应为表:{ 名 = "值" }', 'must be a table: { name = "value" }'),
    (r"Input should be greater than or equal to (\S+)", "至少为 {0}", "must be {0} at least"),
    (r"Input should be less than or equal to (\S+)", "至多为 {0}", "must be {0} at most"),
    (r"Input should be (.+)", "应为 {0}", "must be {0}"),
    (r"Input tag '(.*)' found using 'kind' .*: (.+)", '没有 kind = "{0}",应为 {1} 之一', "no kind {0!r}: {1}"),
    (r"Unable to extract tag using discriminator 'kind'", "缺少 kind", "kind is missing"),
    (r"String should match pattern .*", "写法不对", "is not written as it must be"),
    (r"(?:Tuple|List) should have at least 1 item.*", "至少要有一项", "needs one item at least"),
    (r"no duration: .*", "不是时长:写成 30m、12h、7d", "no duration: write it as 30m, 12h, 7d"),
    (r"a duration needs a unit: write (.+), or .*", "时长要带单位:写成 {0}(天)、12h、30m",
     "a duration needs a unit: write {0}, or 12h, 30m"),
    (r"no cron line: .*", "不是 cron 写法:写成五段,如 15 7,12,18 * * *",
     "no cron line: write five fields, such as 15 7,12,18 * * *"),
    (r"no span of the day: .*", "不是一天中的时段:写成 22:00-07:00", "no span of the day, such as 22:00-07:00"),
    (r"no mail address: .*", "不是邮件地址:写成 desk@example.org", "no mail address: write it as desk@example.org"),
    (r"an address begins with (.+)", "地址应以 {0} 开头", "an address begins with {0}"),
    (r"this is no address: .*", "不是完整的地址", "no whole address"),
    (r"must not be empty nor .*", "不能为空,首尾不能有空格", "must not be empty, nor begin or end with a space"),
    (r"user and password belong together", "user 和 password 要一起写", "user and password belong together"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend. `line` is None where it stands in no line of the file (a missing key, a variable)."""

    line: int | None
    place: str
    says: str

    def __str__(self) -> str:
        """As a person reads it."""
        at = say(f"第 {self.line} 行 ", f"line {self.line}: ") if self.line else ""
        return f"{at}{self.place}: {self.says}"


def faults(error: ValidationError, text: str, model: type[BaseModel]) -> list[Fault]:
    """Everything that `error` says of the settings `model`, in the order of the file's lines."""
    lines = _Lines(text)
    found: list[Fault] = []
    for one in error.errors(include_url=False, include_input=False):
        found.extend(_faults_of(one["loc"], str(one["msg"]).removeprefix("Value error, "), lines, model))
    # A list of which every item is refused is empty to pydantic as well: the items say it.
    found = [one for one in found if not any(other.place.startswith(f"{one.place}.") for other in found)]
    return sorted(found, key=lambda fault: (fault.line is None, fault.line or 0))


def _faults_of(loc: Sequence[int | str], message: str, lines: _Lines, model: type[BaseModel]) -> Iterator[Fault]:
    table, *rest = map(str, loc)
    if table not in ("receivers", "routes") or not rest:
        variable = f"ZHENGFA_{table.upper()}"
        if variable in os.environ:
            yield Fault(None, variable, _worded(message))
        else:
            yield Fault(lines.of(table), ".".join((table, *rest)), _worded(message, table, model.model_fields))
        return
    number = int(rest[0])
    owner = _owner(table, number, lines.name_of(table, number))
    for part in _OWNER.sub("", message, count=1).removeprefix(": ").split("\n"):
        key, colon, reason = part.partition(": ")
        named = bool(colon) and re.fullmatch(r"[\w.\-]+", key) is not None
        place = key.split(".") if named else []
        line = lines.of(table, number, *place) or lines.of(table, number, *place[:1]) or lines.of(table, number)
        if named and reason == UNKNOWN and place[-1] in model.model_fields:
            words = _misplaced(table, lines.first_table)
        else:
            words = _worded(reason, key, [*_keys(table), *model.model_fields]) if named else _worded(part)
        yield Fault(line, f"{owner}: {key}" if named else owner, words)


def _misplaced(table: str, first: int | None) -> str:
    """What to say of a setting below a table's header: TOML makes it that table's, which hardly anybody knows."""
    at = say(f"(第 {first} 行)", f" (line {first})") if first else ""
    return say(
        f"这是顶层设置,写在 [[{table}]] 下面就成了它的;请移到第一个 [[…]] 之前{at}",
        f"a setting of the whole file; below [[{table}]] it becomes that table's: move it above the first [[…]]{at}",
    )


def _owner(table: str, number: int, name: str) -> str:
    one = say("接收方", "receiver") if table == "receivers" else say("路由", "route")
    return f"{one} {name}" if name else say(f"第 {number + 1} 个{one}", f"{one} {number + 1}")


def _worded(message: str, key: str = "", known: Mapping[str, object] | Sequence[str] = ()) -> str:
    if message == UNKNOWN:
        near = get_close_matches(key, list(known), n=1)
        meant = say(f",是不是 {near[0]}?", f"; do you mean {near[0]}?") if near else ""
        return say("没有这个键", "there is no such key") + meant
    for pattern, chinese, english in _WORDS:
        if found := re.fullmatch(pattern, message):
            groups = [group.replace(" or ", say(" 或 ", " or ")) for group in found.groups()]
            return say(chinese, english).format(*groups)
    return message


def _keys(table: str) -> list[str]:
    kinds = [kind for kind in vars(shapes).values() if isinstance(kind, type) and issubclass(kind, BaseModel)]
    wanted = [kind for kind in kinds if (kind is shapes.RouteSettings) == (table == "routes")]
    return sorted({name for kind in wanted for name in kind.model_fields})


class _Lines:
    """Where tables and keys of a TOML file stand. Reads what people write; an odd spelling gives no line."""

    def __init__(self, text: str) -> None:
        self._places: dict[tuple[Any, ...], int] = {}
        self._names: dict[tuple[str, int], str] = {}
        latest: dict[str, int] = {}
        self.first_table: int | None = None
        table: tuple[Any, ...] = ()
        for line, words in enumerate(text.splitlines(), start=1):
            if header := _HEADER.match(words):
                name, *below = header["name"].split(".")
                # [receivers.headers] belongs to the last of [[receivers]].
                if not below:
                    latest[name] = latest.get(name, -1) + 1
                table = (name, latest.get(name, 0), *below)
                self._places.setdefault(table, line)
                self.first_table = self.first_table or line
            elif key := _KEY.match(words):
                self._places.setdefault((*table, key["name"]), line)
                value = re.search(r"=\s*[\"']([^\"']*)[\"']", words)
                if key["name"] == "name" and table and value:
                    self._names[table] = value[1]

    def of(self, *place: str | int) -> int | None:
        """The line of a key or of the n-th table of a name."""
        return self._places.get(place)

    def name_of(self, table: str, number: int) -> str:
        """The `name` that stands in the n-th table; empty for none."""
        return self._names.get((table, number), "")
