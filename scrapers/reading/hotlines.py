"""A hotline and what is told of it: its rates stand after other figures, and of nothing else.

12348热线受理咨询12.5万人次,办理法律援助案件2.1万件,接通率98.2%     12348热线接通率: only a line is answered
12348热线接听来电2.2万通,接通率94.5%,满意率99.2%                  12348热线满意率, while nothing else was told
"""

from __future__ import annotations

import re

_NUMBERS = "12348|12368|12309|12345|12337|12389|12315"
_SERVICE = "(?:公共)?法律服务|检察服务|诉讼服务|司法服务|便民|服务|咨询"
_LINE = rf'(?P<name>"?(?:{_NUMBERS})"?(?:{_SERVICE})?(?:(?:热线)?平台|热线))'
_NAME = re.compile(_LINE)
_WORDS = re.compile(r"热\s*线|平\s*台")
_PROMISED = re.compile(rf"(?:推进|加强|深化|优化|建强|做优|做强|用好|升级|完善|依托)+{_LINE}")
_ANSWERED = re.compile(r"(?:一次|首次|人工|平均)?(?:接通|接听|应答|接起)率")
_PLEASED = re.compile(r"(?:群众|来电人|服务|服务对象|当事人)?满意[率度]|平均每通(?:通话)?时长")


def may_be_in(text: str) -> bool:
    """Whether a text, blanks inside its words and all, can name a hotline: few do."""
    return _WORDS.search(text) is not None


def named(words: str) -> str:
    """The hotline that words begin with or promise: 12348热线 of 12348热线接听来电, of 推进12348热线建设; "" for none.

    设在中心的12348热线坐席 tells of seats.
    """
    if "热线" not in words and "平台" not in words:
        return ""
    found = _NAME.match(words) or _PROMISED.match(words)
    return found["name"].replace('"', "") if found else ""


def is_answered(words: str) -> bool:
    """Whether words are the rate at which calls are answered, and name no line."""
    return bool(_ANSWERED.fullmatch(words))


def may_be_of(words: str) -> bool:
    """Whether words tell of a hotline that was just spoken of: 满意率, 平均每通时长."""
    return bool(_PLEASED.fullmatch(words))
