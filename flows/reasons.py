"""What a fetch, a walk or a page came to, in the language of the settings.

`scrapers` and the record keep one line: the Chinese label of an outcome, then an English detail. Here such a line is
said in one language; names, addresses and what a site itself wrote stay as they are.

    超时: no read within 30 s     zh  超时: 30 秒内无应答     en  timed out: no read within 30 s
"""

from __future__ import annotations

import re
from functools import cache

from flows.language import in_english, say

_LABELS = {
    "页面标志缺失": "landmarks missing", "取得": "fetched", "未变": "not modified", "已迁移": "moved",
    "页面不存在": "no such page", "被拦截": "blocked", "限流": "throttled", "无法连接": "unreachable",
    "超时": "timed out",
    "内容不完整": "truncated", "超出大小限制": "too large", "无法解码": "undecodable", "类型不符": "of the wrong type",
    "不予抓取": "not asked for",
}  # fmt: skip

# Where one phrase holds another, the longer comes first.
_PHRASES = {
    # scrapers.web
    r"robots\.txt cannot be read \(\w+\)": "读不到 robots.txt",
    r"(\S+) refused (\d+) requests in a row": r"\1 连续拒绝了 \2 次请求",
    r"off the card's hosts": "不在卡片所列的站点上",
    r"without an address": "没有给出地址",
    r"more than (\d+) redirects": r"转向超过 \1 次",
    r"sets cookies and redirects in a circle": "设置 cookie 后循环转向",
    r"redirects in a circle": "循环转向",
    r"no scheme: only http and https are fetched": "没有协议名,只抓取 http 和 https",
    r"(\w+): only http and https are fetched": r"\1: 只抓取 http 和 https",
    r"(\S+) is (?:no|on no) host of the card": r"\1 不是卡片所列的站点",
    r"plain http, which the card does not allow": "不加密的 http,卡片不允许",
    r"no address: ": "不是网址: ",
    r"outside the hours allowed by the card": "不在卡片所许的时段",
    r"; a browser is told the same": ";浏览器所得也一样",
    r"; a browser is served": ";浏览器却能打开",
    r"304, though nothing was held": "304,而本地并无存档",
    r"status (\d+) and nothing in it": r"状态码 \1,内容为空",
    r"status (\d+) with a script that sets a cookie and comes back": r"状态码 \1,脚本设置 cookie 后重来",
    r"status (\d+) with a script that sets a cookie": r"状态码 \1,脚本设置 cookie",
    r"status (\d+)": r"状态码 \1",
    r", again at ([\d: -]+ UTC)": r",\1 之后再试",
    r"hardly any text but: ": "几乎只有: ",
    r"nothing to be seen without scripts": "没有脚本就看不到内容",
    r"packed as (\S+), which was not asked for": r"以 \1 压缩,并非所求",
    r"begins with (?=b['\"]|\d)": "开头是 ",
    r"a gzip file that is damaged or larger than a site map may be": "gzip 文件损坏,或大过站点地图应有的大小",
    r"a web page in its place": "来的是网页",
    r"the page says so itself": "页面自己这样说",
    r"the page is called ": "页面的标题是 ",
    r"sent to its page for what is missing": "转到了该站的缺页提示",
    r"sent to the first page of the site": "转到了该站首页",
    r"sent to its error page": "转到了该站的出错页面",
    r"none of the landmarks is there: ": "标志一个也没有: ",
    r"no allowed charset is declared; name it on the card": "没有声明可用的编码,请在卡片上写明",
    r"no declared charset fits": "所声明的编码都不合",
    r"read as gb18030 it is no Chinese text": "按 gb18030 读出来不是中文",
    r"byte (\d+) is not (\S+)": r"第 \1 字节不合 \2",
    r"damaged before it reached us: (U\+\w+) in the text": r"到达之前已经损坏: 正文中有 \1",
    r"\(tried ([^)]*)\)": r"(试过 \1)",
    r"a web page under the address of a document": "文件地址下是网页",
    r"a web page under the address of a feed": "订阅地址下是网页",
    r"no web page": "不是网页",
    r"no markup in it": "没有网页标记",
    r"the page does not end in </html>": "页面没有以 </html> 结束",
    r"\(declared nothing\)": "(未声明类型)",
    r"\(declared ([^)]*)\)": r"(声明为 \1)",
    r"no connect within ([\d.]+) s\b": r"\1 秒内没有连上",
    r"no whole within ([\d.]+) s\b": r"\1 秒内没有收完",
    r"no (?:read|answer) within ([\d.]+) s\b": r"\1 秒内无应答",
    r"the compressed stream does not end": "压缩流没有结束",
    r"(\S+) leads to (\S+) \(([^)]*)\)": r"\1 指向 \2 (\3)",
    r"no answer about the name (\S+)": r"域名 \1 无应答",
    r"(?:ConnectError: )?cannot resolve (\S+): (?:\[Errno -?\d+\] )?": r"域名 \1 无法解析: ",
    r"ConnectError: All connection attempts failed": "连接被拒",
    r"no address for (\S+)": r"\1 没有地址",
    r"unpacks to more than (\d+) times its size": r"解压后超过原来的 \1 倍",
    r"more than (\d+) bytes": r"超过 \1 字节",
    # scrapers.discovery
    r"no issue of (\d+) days is there": r"\1 天里没有一期",
    r"stopped after (\d+) pages": r"看了 \1 页后停止",
    r"nothing is dated: ": "没有日期: ",
    r"(\d+) links, none of them on a host of the card": r"\1 个链接,没有一个在卡片所列的站点上",
    r"(\d+) links, at least (\d+) expected": r"\1 个链接,至少应有 \2 个",
    r"; the page claims (\S+)": r";页面自称 \1",
    r"\(told by (\w+)": r"(据 \1",
    r"no well-formed XML: ": "不是合式的 XML: ",
    r"(<[^>]*>) is no feed and no site map": r"\1 不是订阅,也不是站点地图",
    r"; if that is the list now, probe it with --list ": ";若那就是现在的列表,用 --list 探测: ",
    r'; encoding = ("[^"]*") in the card would read it': r";卡片中写 encoding = \1 即可读出",
    r"; if it never does, write unclosed = true in the card": ";若从来如此,在卡片中写 unclosed = true",
    # scrapers.pages
    r"lists headlines with summaries and has no article": "是带摘要的标题列表,没有正文",
    r"lists (\d+) dated links and has no article": r"列出 \1 个带日期的链接,没有正文",
    r"is mostly links and has no article": "多半是链接,没有正文",
    r"asks for a password or a code and has no article": "要密码或验证码,没有正文",
    r"asks for a password and has no article": "要密码,没有正文",
    r"is a refusal(?: \((\w+)\))?": "是拒绝访问的页面",
    r"says that there is no such page": "说没有这个页面",
    r"is a shell that a script fills; its data is behind a JSON address": "是由脚本填充的空壳,数据在 JSON 地址上",
    r"has no prose, no pictures and no attachment": "没有文字、图片和附件",
    r"sends its reader to (\S+)": r"转向 \1",
    r"has a tag of more than (\d+) attributes": r"一个标签有 \1 个以上的属性",
    r"cannot be decoded without a loss": "无法完整解码",
    r"cannot be decoded: ": "无法解码: ",
    # scrapers.documents
    r"unread: no text layer": "未读: 没有文字层",
    r"unread: empty": "未读: 空文件",
    r"unread: unknown kind": "未读: 类型不明",
    r"unread: unsupported kind": "未读: 不支持的类型",
    r"unread: a web page under a document's address": "未读: 文件地址下是网页",
    r"unread: encrypted": "未读: 已加密",
    r"unread: broken": "未读: 已损坏",
    r"unread: too large": "未读: 太大",
    r"unread: took too long": "未读: 用时太长",
    r"unread: needed too much memory or crashed": "未读: 内存不足或崩溃",
    r"unread: needs LibreOffice": "未读: 需要 LibreOffice",
    r"install libreoffice-writer to read \.doc files": "安装 libreoffice-writer 才能读 .doc",
    r"LibreOffice could not convert it": "LibreOffice 无法转换",
    # flows.ingest
    r"part (\d+) is missing: ": r"缺第 \1 部分: ",
    r"part (\d+) is no article: ": r"第 \1 部分不是正文: ",
    r"no report by its title: ": "看标题不是报告: ",
    r"no figure, and no word of what was linked: ": "没有数据,也没有链接标题中的字样: ",
    r"no text layer": "没有文字层",
    r"two requests in a row gave two texts": "接连两次请求得到两种文字",
    r"\bno text\b": "没有文字",
    # flows.rereading
    r"its source (\S+) has no card any more": r"来源 \1 已经没有卡片",
    r"no article: ": "没有正文: ",
    r"no page is among its snapshots": "快照中没有网页",
    # storage.checks
    r"(\S+) figures where (\S+) are usual": r"读出 \1 个数字,通常为 \2 个",
    r"outside (\S+) … (\S+)": r"不在 \1 … \2 之间",
    r"larger than (.+), of which it is a part": r"大于所属的总数 \1",
    r"(\S+) over (\S+) gives another rate": r"按 \1 与 \2 算出的比率不同",
    r"the stated change leads back to (\S+), ": r"按所称变动倒推为 \1,",
    r"the base in the same text is ": "同文中的基数为 ",
    r"the base as stored is ": "库中的基数为 ",
    r"(\S+) times the latest points; a stated change supports it": r"为近期数值的 \1 倍;报告所称变动与之相符",
    r"(\S+) times the latest points; no stated change supports it": r"为近期数值的 \1 倍;没有所称变动与之相符",
    # alerts.trying and alerts.channels
    r"apprise does not know such an address": "apprise 不认识这种地址",
    r"apprise: not accepted": "apprise: 未被接受",
    r"apprise: accepted": "apprise: 已被接受",
    r"(\S+) is not sent through apprise: use (kind = .+)": r"\1 不经 apprise 发送: 请用 \2",
    r"not sent: a silence fits tests, see (`[^`]*`)": r"未发送: 有一项静音也管测试,见 \1",
    r"not tried: the platform's rate is used up for now": "未尝试: 平台的发送次数暂时用完",
    r"sent, but no answer: ": "已发出,没有回应: ",
    r"no connection: ": "连不上: ",
    r"no session: ": "没有连上邮件服务器: ",
    r"no code in the answer: ": "回应中没有结果代码: ",
    r"all parts were there already": "各部分先前都已送到",
    r"redirects are not followed": "不跟随转向",
    r"login not accepted: ": "登录未被接受: ",
    r"the server cannot do what tls and user ask for: ": "服务器做不到 tls 和 user 所要求的: ",
    r"taken for all readers before": "收件人先前都已送到",
    r"\breader (\d+) of (\d+)": r"第 \1 位收件人(共 \2 位)",
    r"taken for (.+?) by (\S+)": r"\2 已收下: \1",
    r"taken for (.+?)(?=; |$)": r"\1已收下",
    r"\breader (\d+) refused: ": r"第 \1 位收件人被拒: ",
    r"the host's name is not found ": "域名无法解析 ",
    r"Name or service not known": "没有这个域名",
    r"Temporary failure in name resolution": "域名服务暂时无应答",
    r"No address associated with hostname": "域名没有地址",
    r"connection refused: nothing listens at that host and port": "连接被拒: 该主机的这个端口没有服务",
    r"TLS: the certificate is not trusted ": "TLS: 证书不可信 ",
    r"TLS: no agreement, perhaps the wrong port ": "TLS: 握手失败,可能端口不对 ",
    r"no answer within the time limit": "限时内无应答",
    r"the other side closed the connection": "对方断开了连接",
    r"the host cannot be reached ": "到不了该主机 ",
}  # fmt: skip
# What a robot's code means, as its platform's table says it.
_HINTS = {
    "system busy": "系统繁忙", "over 20 messages a minute": "一分钟超过 20 条",
    "over the robot's rate": "超过机器人的频率", "over the tenant's rate": "超过租户的频率",
    "webhook over limit": "超过限额", "too many at once": "一次太多",
    "too many requests": "请求太多", "unknown code": "未知代码", "internal error": "平台内部错误",
    "keyword, signature or address of the sender not accepted": "关键词、签名或发送方地址不符",
    "token does not exist": "没有这个 token", "group was dissolved": "群已解散", "robot is stopped": "机器人已停用",
    "the robot was stopped": "机器人已停用", "the robot was disabled": "机器人已被禁用",
    "robot does not exist": "没有这个机器人", "kind of message not supported": "不支持这种消息",
    "parameters not accepted": "参数不对", "parameters not accepted, or over 4,096 bytes": "参数不对,或超过 4096 字节",
    "content type not accepted": "内容类型不对", "over 20,000 bytes": "超过 20000 字节", "content is empty": "内容为空",
    "content too long": "内容太长", "key not valid, or robot removed": "key 无效,或机器人已移除",
    "not in the group": "不在群里", "body not accepted: its form, or over 20 KB": "正文格式不对,或超过 20 KB",
    "address not valid": "地址无效", "card not accepted": "卡片不合要求", "keyword missing": "缺少关键词",
    "signature not accepted, or the clock is over an hour off": "签名不符,或本机时钟相差一小时以上",
    "sender's address not allowed": "发送方地址不在允许之列",
}  # fmt: skip
# What a receiver's status means, where the number alone tells a newcomer nothing.
_STATUS = {
    "401": ("密钥或口令未被接受", "key or password not accepted"),
    "403": ("不许发送", "not allowed"),
    "404": ("没有这个地址", "no such address"),
    "429": ("发送太快", "too fast"),
}

_STATUS_LINE = re.compile(rf"^HTTP ({'|'.join(_STATUS)})\b(?! \()")


def in_words(reason: str) -> str:
    """A reason as this user reads it; saying it twice changes nothing."""
    reason = _STATUS_LINE.sub(lambda found: f"{found[0]} ({say(*_STATUS[found[1]])})", reason)
    if in_english():
        return _labels().sub(lambda label: _LABELS[label[0]], reason)
    if reason.isascii() and " " not in reason:
        return reason
    for phrase, chinese in _phrases():
        reason = phrase.sub(chinese, reason)
    return reason


@cache
def _labels() -> re.Pattern[str]:
    # Only as a label: at the beginning of a line or of what follows a name, never inside a title.
    return re.compile(rf"(?:(?<=: )|(?<=; )|^)(?:{'|'.join(_LABELS)})(?=: |; |$)")


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    hints = {rf"(?<=\d )\({re.escape(hint)}\)": f"({chinese})" for hint, chinese in _HINTS.items()}
    return tuple((re.compile(phrase), chinese) for phrase, chinese in (_PHRASES | hints).items())
