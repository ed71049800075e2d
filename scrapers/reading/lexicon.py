"""The words of the genre, by class: what bodies do, what they count, who acts.

A new verb or noun is added here and nowhere else.
"""

from __future__ import annotations

import re

_VERBS = """
受理 接收 新收 共收 办理 承办 办结 审结 审理 审执结 审(执)结 审、执结 审执结各类 执结 清结 立案侦查
立案审查 立案 初查 查处 查办 查获 查扣 查封 破获 侦破 告破 打掉 打击处理 打击 摧毁 铲除 捣毁 抓获
缉捕 缉拿 抓捕 缴获 收缴 追缴 清缴 追回 追赃 挽回 挽损 追赃挽损 冻结 止付 封堵 扣押 拦截 劝阻 处置
化解 排查 调处 调解 排查调处 排查化解 对接流转 判处 判决 惩处 惩治 严惩 宣告 发放 救助 制发 发出
提出 出台 印发 举办 召开 开展 组织 组织实施 实施 建设 建成 建立 设立 设置 命名 清理 整顿 整改
督促整改 检查 审批 销毁 行政处罚 处罚 遴选 选派 推出 签署 签订 协助 协作办理 支持 决定 监督 建议
纠正 提起 起诉 批捕 批准逮捕 逮捕 批准和决定逮捕 批准 不起诉 不批捕 不批准逮捕 不批准和不予决定逮捕
决定不起诉 提起公诉 决定起诉 移送 改变 追诉 追捕 抗诉 帮助 惠及 服务 累计服务 提供 解答 通报 解除
安置 盘活 回复 按时回复 收到 获评 获得 获 入选 出动 抢救疏散 抢救 接报 接处 接待 接访 处理 处分
发现 发现受理 新发现 抽查 复查 核查 巡查 侦办 审查 适用 采纳 纳入 追究 拘留 警告 否决 退还 退回
讨回 承担 担任 培训 宣传 发布 拍卖 送达 赔偿 减免 缓交 巡回审理 公开 上网 推送 组建 配备 招录 选任
表彰 撤并整合 整合 撤并 举行 完成 打造 评选 累计接收 治理 排查治理 督办 监测 复核 驳回 改判 维持
发回 受案 侦查终结 推动 推进 落实 搭建 聘请 聘任 覆盖 参与 吸纳 走访 帮扶 慰问 联系 评估 鉴定 出具
代理 执行 执行到位 划拨 查询 公布 限制 曝光 拘传 司法拘留 训诫 释放 减刑 假释 收监 特赦 审核 备案
制定 修订 清查 取缔 关停 巡逻 投入 安装 拦停 教育 劝返 遣返 引渡 押解 悬赏 移交 办理移交 受援 挽救
帮教 回访 调查 登记 批准和不批准 不予 不捕 不诉 请示报告 请示 报告 保障 兑付 执结到位
审查逮捕 审查起诉 补发 追加 追征 追收 捐款 捐赠 参训 入驻 进驻 下放 撤销 变更 确认 违反 查缴 抽检
约谈 检测 销案 回收 收治 收戒 提交 发生 立案办理 止付冻结 冻结止付 查封扣押冻结 侦办破获 判令 判决支持
接收安置 返还 撤案 刑拘 刑事拘留 遣散 侦结 传唤 追逃 救治 疏散 整治 摸排 签发 防止 避免 涉及 督促
恢复 督促恢复 解救 查结 附条件不起诉 接听 收押 关押 收教 直播 解决 追偿 修复 制作 拍摄
"""
_SORTED = sorted(set(_VERBS.split()), key=len, reverse=True)
# 立, 收, 接, 抓 alone are verbs before a kind of case only: 立刑事案件, but 收费, 接通.
# 帮助信息网络犯罪活动罪 is the name of a crime.
_NO_VERB = {"帮助": "(?!信息网络|毁灭|犯罪分子)"}
_VERB = (
    "|".join(re.escape(verb) + _NO_VERB.get(verb, "") for verb in _SORTED)
    + r"|[立收接抓](?=[各刑经民治案\"涉盗诈抢命毒八两行知执一二再电])"
)
_MANNER = r"(?:一审|二审|依法|集中|全面|及时|成功|主动|累计|新|从严|从快|联合|共同|直接|积极)*"
# Who acts in another's report; a verb must follow.
AGENT = re.compile(
    r"(?:法院|检察机关|公安机关|行政机关|司法机关|被监督单位|相关部门|律师|调解员|平台|中心|系统)(?:已|均|依法|主动)*"
)
CHAIN = re.compile(rf"(?:{_MANNER}(?:{_VERB})(?:、|和|并|或|及))*(?:{_MANNER}(?:{_VERB}))")
_ANY = re.compile(_VERB)

# Verbs that are nouns too: nothing is missing after them.
NOMINAL = re.compile(
    r"(?:追逃|追赃|追捕|追诉|不捕|不诉|收案|结案|发案|破案|立案|受案|批捕|逮捕|起诉|公诉|抗诉|撤案|审查|侦查|参训|入驻|捐款|执行到位|移交|服务|宣传|培训)$"
)
_ENDS = re.compile(
    r"(?:起诉|不诉|批捕|不捕|逮捕|立案|撤案|抗诉|监督|退回|收案|结案|发案|破案|审查|侦查|撤回|管辖|重报|和解|生效|拘留|处分|处理|处罚|调解|撤诉|成功|到位|查结|终结|受理|审结|办结|办案|未结|旧存|存案|在册|死亡|受伤|接听|呼入|接收|解除|矫正|援助)$"
)
# Kinds of cases that are verbs too: in a list of parts they are kinds (其中民商事49万件、执行26万件).
KINDS = frozenset({"执行", "赔偿", "仲裁", "调解", "救助", "行政处罚", "减刑", "假释", "监督"})
# Verbs that say what kind of case they close.
OWN_KIND = {"执结": "案件"}
CAUGHT = {"抓获", "抓捕", "刑拘", "刑事拘留", "缉捕"}
SUSPECTS = {"嫌疑人", "犯罪嫌疑人"}
OWN_PEOPLE = {"判处": "罪犯"}
# What a case is: results told after it are results of it.
EVENT = re.compile(
    r"(?:案件|(?<![收结立发破办受旧])案|犯罪|纠纷|事故|火灾|警情|诈骗|(?<!反)电诈|盗窃|抢劫|矫正|积案)(?=$|立案|发案|破案|收案|结案|受案|发$|破$|起数|件数|数|数量|总量|累计|接收|对象|在册)"
)
# What a crime is called without 罪: in a list of parts it replaces the kind of the whole.
CRIMES = re.compile(
    r"故意(?:伤害|杀人)|寻衅滋事|敲诈勒索|(?:入室|扒窃)?盗窃|(?:合同|电信网络)?诈骗|抢劫|抢夺|强奸|猥亵(?:儿童)?|聚众斗殴|开设赌场|赌博"
    r"|危险驾驶|交通肇事|非法(?:拘禁|集资|经营|采矿)|强迫交易|帮信|掩隐|贪污|受贿|行贿|绑架|放火|爆炸|涉枪|涉爆"
)
HEADS = re.compile(
    r"((?:犯罪)?(?:案件)?(?:起诉人数|立案数|破案数|发案数|收案数|结案数|案件数)|犯罪案件|犯罪人数|警情|案件|犯罪|人数|件数|起数|率|度|比|金额|律师|纠纷|事故"
    r"|批次|人次|件次|组织|团伙|集团|干部|罪犯|嫌疑人|被告人|人员|资金|损失|罪|调解员|公证员|法官|检察官|民警|志愿者|网格员|鉴定人|线索|建议|次数|数量|总量|数|量|额|所|机构|案)$"
)


def first_verb(words: str, start: int) -> int | None:
    """Where the first verb of two characters or more stands in `words` from `start`."""
    for found in _ANY.finditer(words, start):
        if len(found[0]) >= 2:
            return found.start()
    return None


def ends_in_verb(words: str) -> bool:
    """Whether words end in a verb that is said of a whole clause: 法定不起诉, 依职权监督."""
    return bool(_ENDS.search(words))


_ALIKE = ({"人", "名", "位", "人次"}, {"件", "起", "案", "宗", "例"}, {"个", "家", "处"}, {"元"})

_PAIRED = _ALIKE[0] | _ALIKE[1]


def same_unit(one: str, other: str) -> bool:
    """Whether two units count the same kind of thing."""
    return one == other or any(one in group and other in group for group in _ALIKE)


def counted_together(one: str, other: str) -> bool:
    """Whether two units may count one subject: the same kind of thing, or cases and their people (120件180人)."""
    return one == other or (one in _PAIRED and other in _PAIRED) or same_unit(one, other)
