"""A small catalogue and the provinces, as flows would sync them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from storage import Store
from storage.catalogue import sync_indicators, sync_regions, sync_sources
from storage.inputs import IndicatorInput, RegionInput, SourceInput

PROVINCES = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁", "22": "吉林", "23": "黑龙江",
    "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西", "37": "山东", "41": "河南",
    "42": "湖北", "43": "湖南", "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川", "52": "贵州",
    "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃", "63": "青海", "64": "宁夏", "65": "新疆",
}  # fmt: skip

# id: label, body, measure, unit, rise, key, thresholds
_INDICATORS = {
    "crime": ("刑事案件立案数", "police", "cases", "起", "bad", True, {}),
    "public_order": ("治安案件数", "police", "cases", "起", "bad", True, {}),
    "homicide": ("命案发案数", "police", "cases", "起", "bad", True, {}),
    "fraud_losses": ("电信诈骗损失", "police", "yuan", "元", "bad", True, {}),
    "disputes": ("排查调处矛盾纠纷", "committee", "cases", "件", "good", True, {}),
    "petitions": (
        "信访总量",
        "committee",
        "cases",
        "件",
        "bad",
        True,
        {"percent": Decimal(30), "percent_down": Decimal(15)},
    ),
    "filing_supervision": ("监督立案撤案", "procuratorate", "cases", "件", "", True, {}),
    "prosecuted": ("提起公诉", "procuratorate", "persons", "人", "", True, {}),
    "received": ("受理案件数", "court", "cases", "件", "", True, {}),
    "closed": ("审结案件数", "court", "cases", "件", "good", True, {}),
    "in_time": ("审限内结案率", "court", "rate", "%", "good", True, {}),
    "days": ("平均审理天数", "court", "days", "天", "bad", True, {}),
    "lectures": ("普法讲座", "justice", "events", "场", "", False, {}),
}


def sync(store: Store, now: datetime) -> None:
    """Regions, indicators, and a source per province for its committee."""
    regions = [RegionInput(code="00", name="全国", short_name="全国", level="nation")]
    regions += [RegionInput(code=c, name=n, short_name=n, level="province", parent="00") for c, n in PROVINCES.items()]
    with store.write() as session:
        sync_regions(session, regions)
        sync_indicators(
            session,
            (
                IndicatorInput(id=i, label=label, body=body, measure=m, unit=u, rise=rise, key=key, thresholds=limits)  # type: ignore[arg-type]
                for i, (label, body, m, u, rise, key, limits) in _INDICATORS.items()
            ),
        )
        sync_sources(
            session,
            (
                SourceInput(id=f"{code}-zfw", name=f"{name}政法", region=code, body="committee")
                for code, name in PROVINCES.items()
            ),
            now=now,
        )


def label_of(indicator: str) -> str:
    return _INDICATORS[indicator][0]


def unit_of(indicator: str) -> str:
    return _INDICATORS[indicator][3]


def body_of(indicator: str) -> str:
    return _INDICATORS[indicator][1]
