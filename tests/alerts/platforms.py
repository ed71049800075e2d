"""Fake robots of DingTalk, WeCom and Feishu, with the refusals that the real ones give: HTTP 200 and a code."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from tests.alerts.servers import Got, Json, Reply, answering

Clock = Callable[[], datetime]


@dataclass
class Robot:
    """What all have: a rate, and what was taken."""

    clock: Clock
    per_minute: int = 20
    secret: str = ""
    keyword: str = ""
    taken: list[str] = field(default_factory=list)
    at: list[datetime] = field(default_factory=list)

    def too_fast(self) -> bool:
        now = self.clock()
        self.at = [moment for moment in self.at if moment > now - timedelta(minutes=1)]
        return len(self.at) >= self.per_minute

    def __call__(self, got: Got) -> Reply:
        raise NotImplementedError

    def take(self, text: str) -> None:
        self.at.append(self.clock())
        self.taken.append(text)


@dataclass
class DingTalk(Robot):
    """errcode 310000 for signature and keyword, 130101 too fast, 460101 over 20,000 bytes, 300001 for the token."""

    per_minute: int = 20
    muted_until: datetime = datetime(2000, 1, 1, tzinfo=UTC)

    def __call__(self, got: Got) -> Reply:
        query = parse_qs(urlsplit(got.path).query)
        refused = self._refusal(got, query)
        if refused:
            return answering({"errcode": refused[0], "errmsg": refused[1]})
        self.take(got.json["markdown"]["text"])
        return answering({"errcode": 0, "errmsg": "ok"})

    def _refusal(self, got: Got, query: dict[str, list[str]]) -> tuple[int, str] | None:
        if query.get("access_token") != ["good-token"]:
            return 300001, "token is not exist"
        if self.secret and not self._signed(query):
            return 310000, "sign not match, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]"
        if len(got.body) > 20_000:
            return 460101, "message too long, exceed 20000 bytes"
        if self.keyword and self.keyword not in json.dumps(got.json, ensure_ascii=False):
            return 310000, "keywords not in content"
        if self.too_fast() or self.clock() < self.muted_until:
            self.muted_until = self.clock() + timedelta(minutes=10)
            return 130101, "send too fast, exceed 20 times per minute"
        return None

    def _signed(self, query: dict[str, list[str]]) -> bool:
        stamp = query.get("timestamp", ["0"])[0]
        if abs(self.clock().timestamp() * 1000 - int(stamp)) > 3_600_000:
            return False
        text = f"{stamp}\n{self.secret}".encode()
        wanted = base64.b64encode(hmac.new(self.secret.encode(), text, hashlib.sha256).digest()).decode()
        return query.get("sign", [""])[0] == wanted


@dataclass
class WeCom(Robot):
    """errcode 93000 for the key, 40058 over 4,096 bytes, 45009 too fast."""

    per_minute: int = 20

    def __call__(self, got: Got) -> Reply:
        content: str = got.json["markdown"]["content"]
        if parse_qs(urlsplit(got.path).query).get("key") != ["good-key"]:
            return answering({"errcode": 93000, "errmsg": "invalid webhook url, hint: [1]"})
        if len(content.encode()) > 4096:
            return answering({"errcode": 40058, "errmsg": "markdown.content exceed max length 4096"})
        if self.too_fast():
            return answering({"errcode": 45009, "errmsg": "api freq out of limit"})
        self.take(content)
        return answering({"errcode": 0, "errmsg": "ok"})


@dataclass
class Feishu(Robot):
    """code 19001 for the address, 19021 signature, 19024 keyword, 9499 over 20 KB; too fast is HTTP 400 with 9499.

    As alerts/channels/feishu.py cites them.
    """

    per_minute: int = 100

    def __call__(self, got: Got) -> Reply:
        refused = self._refusal(got)
        if refused:
            return answering({"code": refused[0], "msg": refused[1], "data": {}}, 400 if self.too_fast() else 200)
        self.take(got.json["card"]["elements"][0]["text"]["content"])
        return answering({"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"})

    def _refusal(self, got: Got) -> tuple[int, str] | None:
        if not got.path.endswith("/hook/good-token"):
            return 19001, "param invalid: incoming webhook access token invalid"
        if self.secret and not self._signed(got.json):
            return 19021, "sign match fail or timestamp is not within one hour from current time"
        if len(got.body) > 20_000:
            return 9499, "Bad Request"
        if self.keyword and self.keyword not in json.dumps(got.json, ensure_ascii=False):
            return 19024, "Key Words Not Found"
        return (9499, "too many request") if self.too_fast() else None

    def _signed(self, body: Json) -> bool:
        stamp = str(body.get("timestamp", "0"))
        if abs(self.clock().timestamp() - int(stamp)) > 3600:
            return False
        digest = hmac.new(f"{stamp}\n{self.secret}".encode(), b"", hashlib.sha256).digest()
        return bool(body.get("sign") == base64.b64encode(digest).decode())
