"""What the record and the alerting say is wrong, in the user's language; they themselves say it in English.

    文档 12 不存在
    there is no document 12

`tests/flows/test_mistakes.py` walks every such sentence of `storage` and `alerts`: a new one needs its Chinese here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from flows import repairs
from flows.language import in_english

_THINGS: Mapping[str, str] = {
    "alert": "警报", "delivery": "投递", "series": "序列", "document": "文档", "figure": "数字", "correction": "更正",
    "silence": "静音", "edition": "版本", "text": "正文", "backup": "备份", "read": "读取", "written": "写入",
    "listed": "列出", "reached": "访问", "none": "无",
}  # fmt: skip
# {0} is what the first group holds; a word of `_THINGS` is put into Chinese.
_WORDS = (
    (
        r"there is no (alert|delivery|series|document|figure|correction|silence|edition|text|backup) (.+)",
        "{0} {1} 不存在",
    ),
    (r"(.+) names several alerts; zhengfa alerts list shows them", "{0} 对应多条警报;zhengfa alerts list 可查"),
    (r"(.+) names no alert; zhengfa alerts list shows them", "没有警报 {0};zhengfa alerts list 可查"),
    (
        r"no document is known at (.+); zhengfa show new lists what came in",
        "{0} 没有对应的文档;zhengfa show new 列出新入库的",
    ),
    (r"delivery (.+) is no longer leased to (.+)", "投递 {0} 已不归 {1}"),
    (r"an acknowledgement must end in the future", "签收的截止时间必须在将来"),
    (r"a silence needs at least one matcher, such as region=62", "静音至少要有一个条件,例如 region=62"),
    (r"a silence must end after it starts, in the future", "静音必须在开始之后、在将来结束"),
    (r"figure (.+) belongs to an edition that no longer stands", "数字 {0} 属于已被取代的版本"),
    (r"give a value to correct a figure, and none to accept or reject it", "更正数字要给出数值,采用或否决则不要给"),
    (
        r"SDMX-CSV is for series; export observations and changes as csv, jsonl or parquet",
        "SDMX-CSV 只用于序列;数字和变动请导出为 csv、jsonl 或 parquet",
    ),
    (
        r"(.+); Parquet holds no such number exactly, export csv or jsonl",
        "Parquet 不能精确存放这样的数,请导出 csv 或 jsonl({0})",
    ),
    (r"(.+) exists; name a file that does not", "{0} 已存在;请另取文件名"),
    (
        r"the record to copy into is not empty \(table (.+)\); name an empty one",
        "要复制到的库不是空的(表 {0});请给一个空库",
    ),
    (r"table (.+) did not arrive whole; nothing was copied", "表 {0} 没有完整复制;未做任何改动"),
    (r"indicator (.+) is not in the record; sync the catalogue first", "库中没有指标 {0};请先同步指标目录"),
    (r"a snapshot of the capture is not noted; keep and note it before recording", "采集的快照尚未登记;请先保存并登记"),
    (r"text (.+) cannot be unpacked; run zhengfa verify", "正文 {0} 无法解压;请运行 zhengfa verify"),
    (r"text (.+) is not what was stored; run zhengfa verify", "正文 {0} 与存入时不符;请运行 zhengfa verify"),
    (r"snapshot (.+) is not in the archive (.+)", "快照 {0} 不在存档 {1} 中"),
    (r"snapshot (.+) cannot be unpacked; run zhengfa verify", "快照 {0} 无法解压;请运行 zhengfa verify"),
    (
        r"snapshot (.+) holds other bytes than were stored; run zhengfa verify",
        "快照 {0} 与存入时不符;请运行 zhengfa verify",
    ),
    (r"snapshots cannot lie at (.+?): (.+)", "快照不能放在 {0}:{1}"),
    (r"the archive (.+) cannot be (\w+): (.+)", "存档 {0} 无法{1}:{2}"),
    (
        r"with PostgreSQL say where snapshots are kept: a folder or s3://bucket/prefix",
        "用 PostgreSQL 时要说明快照放在哪里:一个文件夹,或 s3://bucket/prefix",
    ),
    (
        r"the database is at revision (.+), this program at (.+); run zhengfa db upgrade",
        "数据库版本为 {0},程序版本为 {1};请运行 zhengfa db upgrade",
    ),
    (
        r"(.+) holds tables of something else \((.+) …\); name another database",
        "{0} 里是别的程序的表({1} 等);请换一个数据库",
    ),
    (
        r"(.+) has revision (.+), which a newer program wrote; update this program",
        "{0} 的版本 {1} 是较新的程序写的;请更新本程序",
    ),
    (
        r"upgrading would leave a broken reference in table (.+); restore a backup and report this",
        "升级会使表 {0} 的引用断裂;请恢复备份并报告此事",
    ),
    (
        r"(.+)://… is no database address; give a path or postgresql://user@host/name",
        "{0}://… 不是数据库地址;请写路径或 postgresql://user@host/name",
    ),
    (
        r"(.+) is not supported; give a path for SQLite or postgresql://user@host/name",
        "不支持 {0};SQLite 请写路径,或写 postgresql://user@host/name",
    ),
    (r"(.+) cannot be reached \((.*)\); is the server running\?", "无法连接 {0}({1});服务器是否在运行?"),
    (r"(.+) is held by another process; wait until it is done and try again", "{0} 正被别的进程占用;请等它完成再试"),
    (
        r"(.+) is no sound database; restore a backup, or name another file",
        "{0} 不是完好的数据库;请恢复备份,或换一个文件",
    ),
    (
        r"(.+) cannot be written \((.*)\); look at the folder, its rights and the disk",
        "{0} 无法写入({1});请检查文件夹、权限和磁盘",
    ),
    (r"receiver (.+): name: two receivers have it; each needs its own", "接收方 {0}:有两个接收方同名;名称不能重复"),
    (
        r"(?:route )?(.+): receivers: there is no receiver (.+) \(known: (.+)\)",
        "路由 {0}:receivers:没有接收方 {1}(已有:{2})",
    ),
    (
        r"(.+) goes by the clock, and has no past to run over; the rules are (.+)",
        "规则 {0} 看的是时钟,没有可以试运行的历史;可用的规则: {1}",
    ),
    (r"there is no rule (.+?); the rules are (.+)", "没有规则 {0};可用的规则: {1}"),
    (r"there is no receiver (.+) \(known: (.+)\)", "没有接收方 {0}(已有:{1})"),
    (r"(?:route )?(.+): bodies: (.+) is none of (.+)", "路由 {0}:bodies:{1} 不是 {2} 之一"),
    (r"template (.+?): (\w+): (.+)", "模板 {0} 无法使用:{1}: {2}"),
)


def told(error: Exception) -> str:
    """What the error says, in the user's language; a sentence that nobody put into Chinese stays as it is."""
    text = repairs.told(error)
    return text if in_english() else in_chinese(text) or text


def in_chinese(sentence: str) -> str | None:
    """The Chinese of a sentence of ours, None where there is none."""
    for pattern, chinese in _WORDS:
        if found := re.fullmatch(pattern, sentence, flags=re.DOTALL):
            return chinese.format(*(_THINGS.get(group, group) for group in found.groups()))
    return None
