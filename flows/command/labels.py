"""The Chinese words for the record's codes, as tables show them; a code without a word shows as itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flows.language import in_english

if TYPE_CHECKING:
    from scrapers.vocabulary import BodyKind, Level, PublicationKind

SEVERITIES = {"info": "一般", "notable": "值得注意", "sharp": "大幅"}
RULES = {
    "stated_change": "报告所称变动", "computed_change": "推算变动", "contradiction": "自相矛盾", "outlier": "偏离各省",
    "record": "新高新低", "turn": "由升转降或由降转升", "revision": "修订", "conflict": "来源不一",
    "silence": "未按时发布",
    "breakage": "来源异常", "delivery": "投递故障", "heartbeat": "每周平安",
    "listing": "静音与签收清单", "test": "测试",
}  # fmt: skip
DELIVERIES = {
    "pending": "待送", "leased": "正在送", "delivered": "已送达", "refused": "被拒", "dead": "已放弃",
    "digested": "并入摘要", "orphaned": "接收方已撤销",
}  # fmt: skip
VERDICTS = {"delivered": "已送达", "retry": "稍后再试", "refused": "被拒", "unknown": "结果不明"}
REASONS = {
    "new": "新变动", "changed": "有更新", "correction": "更正", "repeat": "再次提醒", "withdrawn": "撤回",
    "digest": "摘要", "test": "测试", "meta": "投递故障", "heartbeat": "每周平安",
    "listing": "静音与签收清单", "baseline": "历史", "held": "待复核",
}  # fmt: skip
FEEDBACK = {"useful": "有用", "false": "误报", "incident": "偶发事件"}
STANDINGS = {
    "taken": "采用", "none": "不入序列", "superseded": "已有新版", "not_issuer": "发布机关另有数字",
    "lesser_kind": "另有更完整的报告", "earlier": "后来又有陈述", "derived": "另有明文", "rounded": "另有更精确的数字",
    "repeated": "前文已述", "held": "待复核", "rejected": "已否决",
}  # fmt: skip
HELD = {"doubtful": "读法存疑", "magnitude": "数量级可疑"}
ORIGINS = {
    "ordinary": "日常", "first_run": "首次采集", "backfill": "补采", "reread": "重读", "import": "导入",
}  # fmt: skip
CAUSES = {"first": "首版", "publisher": "发布方修改", "reader": "读法改进", "form": "另一版式"}
DIFFERENCES = {"added": "新增", "dropped": "消失", "changed": "改变"}
CHECKS = {
    "range": "超出合理范围", "parts": "部分大于总数", "rate": "比率与数值不符", "stated_change": "所称变动与存数不符",
    "definition_break": "统计口径变化", "magnitude": "数量级可疑", "conflict": "来源不一", "fill_rate": "读出率下降",
    "correction_stale": "更正已过时",
}  # fmt: skip
FATES = {
    "new": "会采集", "seen": "已见过", "old": "早于范围", "late": "晚于范围", "not_a_report": "标题不像报告",
    "off_hosts": "站外",
}  # fmt: skip
FAULTS = {
    "missing_snapshot": "快照丢失", "damaged_snapshot": "快照损坏", "orphan_snapshot": "快照无登记",
    "leftover": "残留文件", "damaged_text": "正文损坏", "quotation": "引文不在原位", "reference": "引用悬空",
    "standing": "文档无现行版本", "point": "序列值与观测不符",
}  # fmt: skip
STAGES = {
    "raised": "触发", "revision": "修订", "review": "复核", "silences": "静音", "acknowledgements": "签收",
    "inhibition": "抑制", "route": "路由", "told": "是否已告知", "grouping": "编组", "routed": "路由完毕",
}  # fmt: skip
WHYS = {
    "new": "新发现", "baseline": "历史,只入库不发送", "held": "所据数字待复核", "correction": "数字已改,需更正",
    "withdrawn": "原文中已无此数字", "freed": "复核后放行", "not_silenced": "无静音", "silenced": "被静音",
    "not_acknowledged": "无人签收", "acknowledged": "已有人签收", "acknowledged_but_corrected": "已签收,但有更正",
    "nothing_stronger": "无更强的警报", "source_broken": "来源异常,另有警报", "no_receiver": "没有接收方",
    "first_time": "首次告知", "already_told": "已告知过", "got_the_old_figure": "收到过旧数字",
    "message_still_waits": "旧消息未发出,将直接写新数字", "never_got_the_old_figure": "未收到过旧数字",
    "at_once": "立即发送", "digest": "并入摘要", "put_off": "推迟发送", "over_the_hourly_ceiling": "超过每小时上限",
    "settled": "已安排", "silence_ended": "静音已结束", "acknowledgement_ended": "签收已到期",
    "still_holds": "仍未解除", "over_meanwhile": "其间已解除", "no_longer_useful": "已过时,并入摘要",
}  # fmt: skip
RISES = {"good": "好", "bad": "坏", "neutral": "不好不坏", "context": "看情形"}
UNITS_OF_PERIOD = {"year": "年度", "quarter": "季度", "month": "月度"}


# Reasons of a rule by their own names, as they go along with another rule's alert.
_CODES = {"record_high": "record", "record_low": "record", "record_stated": "record"}


def rule_of(code: str) -> str:
    """The rule whose reason this is."""
    return _CODES.get(code, code)


_WORDS = (
    SEVERITIES, RULES, DELIVERIES, VERDICTS, REASONS, FEEDBACK, STANDINGS, HELD, ORIGINS, CAUSES, DIFFERENCES,
    CHECKS, FATES, FAULTS, STAGES, WHYS, RISES,
)  # fmt: skip


def in_english_words(code: str | None) -> str:
    """A code as words: computed_change is computed change."""
    return (code or "").replace("_", " ")


def label(words: Mapping[str, str], code: str | None) -> str:
    """The word for a code; in English the code itself says it."""
    return in_english_words(code) if in_english() and words in _WORDS else words.get(code or "", code or "")


def _label(kind: BodyKind | Level | PublicationKind) -> str:
    return in_english_words(kind.value) if in_english() else kind.label


def body(code: str | None) -> str:
    """The word for a kind of body."""
    from scrapers.vocabulary import BodyKind

    return _label(BodyKind(code)) if code else ""


def level(code: str | None) -> str:
    """The word for a level of government."""
    from scrapers.vocabulary import Level

    return _label(Level(code)) if code else ""


def publication(code: str | None) -> str:
    """The word for a kind of publication."""
    from scrapers.vocabulary import PublicationKind

    return _label(PublicationKind(code)) if code else ""


def period_kind(code: str) -> str:
    """The word for a kind of period: 年度, 5年, 1至6月累计."""
    if in_english():
        return code
    if code in UNITS_OF_PERIOD:
        return UNITS_OF_PERIOD[code]
    for stem, form in (("years", "{}年合计"), ("to_date", "1至{}月累计"), ("months", "连续{}个月")):
        if code.startswith(stem):
            return form.format(code.removeprefix(stem))
    return code
