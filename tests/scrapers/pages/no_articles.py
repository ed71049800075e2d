"""Fictional pages that are no article, in the manner of real ones (FAMILIES.md): lists, portals, forms, refusals.

Each stands in what surrounds it on a site: menus, a search box, friendly links, a footer.
"""

from __future__ import annotations

from dataclasses import dataclass

from scrapers.pages import PageKind
from tests.scrapers.pages.portals import FOOTER, menu

SUMMARIES = (
    "【虚构】1月15日，虚构市中级人民法院召开新闻发布会，通报去年全市法院审判执行工作情况，并介绍三起典型案例的裁判要旨……",
    "【虚构】虚构县人民检察院检察长带队走访企业，听取意见建议，现场解答企业在经营中遇到的法律问题，受到欢迎……",
    "【虚构】为提升群众防骗意识，虚构区公安分局组织民警走进社区，讲解常见的电信网络诈骗手法，发放资料二千余份……",
    "【虚构】省司法厅召开全省公共法律服务工作推进会，总结前三季度工作，部署下一阶段的任务，各市代表作了交流发言……",
    "【虚构】虚构市人大常委会组成人员视察法院执行工作，观看了执行指挥中心的运行，提出了五个方面的意见和建议……",
    "【虚构】虚构法院少年法庭法官走进中学课堂，以案释法，为三百余名同学上了一堂生动的法治课，同学们踊跃提问……",
)
NAMES = (
    "虚构市中院召开新闻发布会通报审判工作", "虚构县检察院走访企业问需于企解难题", "虚构区公安分局反诈宣传进社区暖民心",
    "全省公共法律服务工作推进会在虚构市召开", "市人大常委会视察法院执行工作提出建议", "虚构法院少年法庭法官走进中学课堂讲法",
    "虚构市司法局开展人民调解员业务培训班", "虚构县法院巡回审判走进偏远山区的村寨",
)  # fmt: skip
FRIENDS = "".join(f'<a href="http://www.f{n}.example/">虚构网站之{n}</a>' for n in range(1, 13))
SEARCH = '<form action="/s"><input name="q"><button>搜索</button></form>'


@dataclass(frozen=True)
class NoArticle:
    """One page, and which kinds it may fairly be called."""

    name: str
    html: str
    kinds: tuple[PageKind, ...]
    url: str = "http://www.portal.example/a/b.html"


def site(title: str, body: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<div class="top">{SEARCH}</div><div class="nav">{menu()}</div>{body}<div class="friend">{FRIENDS}</div>{FOOTER}</body></html>'
    )


def bare(title: str, body: str, head: str = "") -> str:
    return f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def rows(form: str, count: int = 8) -> str:
    return "".join(
        form.format(n=n, day=f"2026-01-{20 - n}", short=f"01-{20 - n}", name=NAMES[n % 8], text=SUMMARIES[n % 6])
        for n in range(count)
    )


CRUMB = '<div class="crumb">您当前的位置：<a href="/">首页</a> &gt; <a href="/gzbg/">工作报告</a></div>'
LIST = (PageKind.LIST,)
REFUSED = (PageKind.BLOCKED, PageKind.LOGIN, PageKind.MISSING, PageKind.EMPTY, PageKind.SHELL)
TERMS = "".join(
    f"<p>{n}、用户在使用本平台服务之前，应当仔细阅读并理解本协议的全部内容，尤其是以加粗形式提示的条款，如有疑问应当向平台咨询。</p>"
    for n in range(1, 9)
)

NO_ARTICLES = (
    NoArticle("trs list", site("工作报告 - 虚构省司法厅", f'{CRUMB}<ul class="list">{rows("<li><a href=./202601/t2026011{n}_50{n}.html title={name}>{name}</a><span>{day}</span></li>")}</ul><script>createPageHTML(3, 0, "index", "html")</script>'), LIST),
    NoArticle("court list", site("法院新闻 - 虚构市中级人民法院", f'{CRUMB}<div class="font14"><ul>{rows("<li><span class=left><a href=/article/detail/2026/01/id/923000{n}.shtml>{name}</a></span><span class=right>{day}</span></li>")}</ul></div>'), LIST),
    NoArticle("nested tables", site("检察报告_虚构省人民检察院", f'<table><tr><td><table>{rows("<tr><td><a class=b16 href=./202601/t2026012{n}_755000{n}.shtml>{name}</a></td><td><span class=h12>{day}</span></td></tr>")}</table></td></tr></table>'), LIST),
    NoArticle("list of summaries with days", site("法治要闻_虚构长安网", f'<h1>法治要闻</h1><div class="list">{rows("<div class=item><h3><a href=/c/{n}.html>{name}</a></h3><p>{text}</p><span class=time>{day}</span></div>")}</div>'), LIST),
    NoArticle("list of summaries without days", site("法治要闻_虚构长安网", f'<div class="list">{rows("<dl><dt><a href=/c/{n}.html>{name}</a></dt><dd>{text}</dd></dl>")}</div>'), LIST),
    NoArticle("summaries with 详细", site("工作动态-虚构市公安局", f'<ul class="news">{rows("<li><a href=/c/{n}.html><b>{name}</b></a><p>{text}<a href=/c/{n}.html>[详细]</a></p><i>{short}</i></li>")}</ul>'), LIST),
    NoArticle("cards all of whose text is a link", site("图说检察-虚构检察网", f'<div class="cards">{rows("<a class=card href=/p/{n}.html><img src=/{n}.jpg><h4>{name}</h4><p>{text}</p></a>")}</div>'), LIST),
    NoArticle("home page with a headline", site("虚构市政法网", f'<div class="top1"><h1><a href="/t/1.html">{NAMES[0]}</a></h1><p>{SUMMARIES[0]}<a href="/t/1.html">[详细]</a></p></div><div class="c1"><h2>要闻</h2><ul>{rows("<li><a href=/a/{n}.html>{name}</a></li>")}</ul></div><div class="c2"><h2>公告</h2><ul>{rows("<li><a href=/b/{n}.html>{name}</a><span>{short}</span></li>")}</ul></div><div class="c3"><h2>案例</h2><ul>{rows("<li><a href=/d/{n}.html>{name}</a></li>")}</ul></div>'), LIST),
    NoArticle("search results", site("工作报告 - 站内搜索", f'<p>共找到约 1,203 条结果，用时 0.012 秒</p><div class="results">{rows("<div class=result><a href=/r/{n}.html>{name}</a><p>{text}</p><cite>http://www.portal.example/r/{n}.html {day}</cite></div>")}</div><div class="pages"><a href="?p=2">下一页</a></div>'), LIST),
    NoArticle("newspaper page", bare("虚构日报-第01版：头版", f'<div>虚构日报 2026年01月28日 星期三</div><map><area href="c_1.htm"></map><ul>{rows("<li><a href=content_177400{n}.htm?div=-1>{name}</a></li>")}</ul><ul><li><a href="node_2.htm">第01版：头版</a></li><li><a href="node_3.htm">第02版：要闻</a></li></ul>'), LIST),
    NoArticle("letters answered", site("来信选登-虚构省高级人民法院", f'<table class="letters"><tr><th>编号</th><th>标题</th><th>状态</th><th>日期</th></tr>{rows("<tr><td>2026000{n}</td><td><a href=/l/{n}>关于咨询立案材料的来信之{n}</a></td><td>已答复</td><td>{day}</td></tr>")}</table>'), LIST),
    NoArticle("open-government directory", site("政府信息公开目录", f'<table>{rows("<tr><td>00000{n}-2026-0000{n}</td><td><a href=/x/{n}.html>{name}的通知（虚构〔2026〕{n}号）</a></td><td>{day}</td></tr>")}</table>'), LIST),
    NoArticle("site map", site("网站地图", f'<div class="map">{menu()}{menu("机构 领导 法规 文件 规划 统计 人事 财政 采购 建议 提案 问答")}</div>'), (PageKind.LIST, PageKind.EMPTY)),
    NoArticle("videos", site("视频中心_虚构网", f'<ul class="videos">{rows("<li><a href=/v/{n}.html><img src=/{n}.jpg></a><a href=/v/{n}.html>{name}</a><em>03:2{n}</em></li>")}</ul>'), LIST),
    NoArticle("forum", site("虚构论坛 - Powered by 虚构", f'<div class="threads">{rows("<div class=thread><a href=/t/{n}>{name}，大家怎么看</a><span><a href=/u/{n}>网友甲{n}</a></span><p>{text}</p><span>回复 1{n} 16:0{n}</span></div>")}</div>'), LIST),
    NoArticle("tag page", site("标签：法院_虚构网", f'<h1>标签：法院</h1>{rows("<article><h2><a href=/p/{n}>{name}</a></h2><div class=meta>{day} 虚构网</div><p>{text}</p></article>")}'), LIST),
    NoArticle("a list of three", site("工作报告 - 虚构法院", f'{CRUMB}<ul>{rows("<li><a href=./202601/t2026011{n}_50{n}.html>{name}</a><span>{day}</span></li>", 3)}</ul>'), (*LIST, PageKind.EMPTY)),
    NoArticle("an empty list", site("工作报告 - 虚构法院", f"{CRUMB}<div class='list'><p>暂无相关信息！</p></div>"), (*LIST, PageKind.EMPTY, PageKind.MISSING)),
    NoArticle("a leader's list", site("院领导-虚构法院", f'<ul>{rows("<li><a href=/ld/{n}.html>虚构人{n}</a><p>党组成员、副院长</p></li>")}</ul>'), (*LIST, PageKind.EMPTY)),
    NoArticle("login", bare("用户登录", '<form><h2>用户登录</h2><p>账号</p><input name="u"><p>密码</p><input type="password"><button>登录</button></form>'), (PageKind.LOGIN,)),
    NoArticle("login with terms", bare("统一身份认证平台", f'<h1>统一身份认证平台</h1><form><input name="u"><input type="password"></form><div class="terms"><h3>用户协议</h3>{TERMS}</div>'), (PageKind.LOGIN,)),
    NoArticle("login by code", bare("虚构省政务服务网-登录", '<div><h1>欢迎登录</h1><p>请使用手机扫描二维码登录，或者输入手机号码获取验证码。</p><form><input name="phone"><input name="captcha"><button>获取验证码</button></form></div>'), REFUSED),
    NoArticle("wall", bare("网站防火墙", "<h1>您的请求可能存在安全威胁，已被拦截</h1><p>如果您是网站管理员，请登录控制台查看详情。事件编号：0000-虚构</p><p>您的地址：203.0.113.7</p><p>触发时间：2026-01-16 09:06:53</p>"), REFUSED),
    NoArticle("wall in a region", bare("访问受限", "<h1>访问受限</h1><p>抱歉，根据相关规定，您所在的地区暂时无法访问本网站。如有疑问，请与网站管理员联系，电话：000-0000000。</p><p>时间：2026-01-16 09:06</p>"), REFUSED),
    NoArticle("challenge", bare("请稍候", '<p>正在检查您的浏览器，请稍候……</p><script>document.cookie="__jsl_clearance=1";location.href=location.href</script>'), REFUSED),
    NoArticle("script alone", "<html><head><script>document.cookie='a=1';location.href='/x';</script></head><body></body></html>", (*REFUSED, PageKind.REDIRECT)),
    NoArticle("too often", bare("提示信息", "<div class='msg'><h1>提示信息</h1><p>您的访问过于频繁，为保证其他用户的正常使用，请于10分钟后再试。</p><p><a href='/'>返回首页</a></p></div>"), REFUSED),
    NoArticle("404 in the site's dress", site("页面不存在_虚构省司法厅", "<div class='err'><h1>抱歉，您访问的页面不存在或已删除！</h1><p>可能的原因：您输入的网址有误；该页面已经被移动或者删除；服务器暂时繁忙，请稍后再试。</p><p>5秒后自动返回<a href='/'>首页</a></p></div>"), (PageKind.MISSING,)),
    NoArticle("404 with a plain title", site("虚构省司法厅", "<div class='err'><img src='/404.png'><p>很抱歉，您要访问的页面找不到了！</p><p>您可以返回<a href='/'>首页</a>或者联系管理员。</p></div>"), (PageKind.MISSING, PageKind.EMPTY)),
    NoArticle("taken down", bare("虚构公众号", "<div><h2>该内容已被发布者删除</h2><p>此内容因违规无法查看</p></div>", ""), REFUSED),
    NoArticle("wechat wall", bare("", "<div><h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p><a>去验证</a></div>"), REFUSED, "https://mp.weixin.qq.com/s/虚构"),
    NoArticle("maintenance", bare("系统维护", "<h1>系统维护公告</h1><p>尊敬的用户：为了给您提供更好的服务，本网站正在进行升级维护，暂时无法访问，给您带来不便敬请谅解。</p><p>2026年1月16日</p>"), REFUSED),
    NoArticle("server error", bare("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>"), REFUSED),
    NoArticle("shell", bare("虚构省人大", '<noscript>您需要允许 JavaScript 才能运行这个应用。</noscript><div id="app"></div><script src="/js/app.1a2b3c.js"></script>'), REFUSED),
    NoArticle("shell with a loading line", bare("虚构省人大", '<div id="root"><div class="loading">加载中，请稍候…</div></div><script src="/static/js/main.js"></script>'), REFUSED),
    NoArticle("frames", "<html><head><title>虚构县政府</title></head><frameset rows='90,*'><frame src='/top.htm'><frame src='/main.htm'></frameset></html>", (*REFUSED, PageKind.REDIRECT)),
)  # fmt: skip
