"""Fictional pages in the manner of portals and government sites that no family of ours knows.

Each has what surrounds a real article: menus, hot lists with summaries, comments, share buttons, disclaimers. The texts
are invented; only the way of the markup is real.
"""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "虚构市中级人民法院通报去年审判执行工作情况"
TEXTS = (
    "【虚构】本报讯（记者 虚构人）1月15日，虚构市中级人民法院召开新闻发布会，通报去年全市法院审判执行工作情况。",
    "去年，全市法院共受理各类案件12.35万件，审执结11.98万件，同比分别上升5.6%、3.9%，法定审限内结案率为98.7%。",
    "“我们把诉源治理摆在突出位置。”该院负责人介绍，诉前调解成功4.15万件，同比上升37.1%，一审服判息诉率达到九成以上。",
    "在刑事审判方面，审结一审刑事案件3872件，判处罪犯5120人；其中审结危害公共安全犯罪案件926件，同比下降12.4%。",
    "民商事审判方面，审结涉企合同纠纷案件1.86万件，为企业挽回经济损失23.4亿元，发出司法建议书87份，回复率为百分之百。",
    "执行工作方面，首次执行案件到位金额68.9亿元，平均用时由去年的98天缩短到81天，终本率下降到26.3%，创近五年新低。",
    "下一步，全市法院将继续深化改革，加强队伍建设，努力让人民群众在每一个司法案件中感受到公平正义。",
)
HOT = (
    (
        "虚构新闻一：某地举行普法宣传周活动，现场气氛热烈",
        "这是虚构的摘要，说的是另一件事情，与正文没有任何关系，只是长得像一段话。",
    ),
    (
        "虚构新闻二：高速公路今日恢复通行，提醒司机注意安全",
        "这也是虚构的摘要，同样与正文没有关系，写在这里是为了让页面像真的。",
    ),
    (
        "虚构新闻三：图书馆延长开放时间，读者纷纷表示欢迎",
        "又是一段虚构的摘要，字数不少，标点也有，可是不属于正文的内容。",
    ),
)
COMMENTS = (
    "写得不错，支持一下，希望以后多多报道这样的好消息！",
    "请问这个数据是从哪里来的，能不能给个出处，谢谢。",
    "路过，看看，顶一个。",
)


@dataclass(frozen=True)
class Portal:
    """One page: its name, its markup, and what must be read in it."""

    name: str
    html: str
    day: str = "2026-01-16"
    source: str | None = "虚构晚报"
    texts: tuple[str, ...] = TEXTS
    title: str = TITLE
    url: str = "http://www.portal.example/a/b.html"


def menu(names: str = "新闻 政务 法治 视频 财经 体育 娱乐 科技 教育 文化 旅游 健康") -> str:
    return "<ul>" + "".join(f'<li><a href="/{n}/">{name}</a></li>' for n, name in enumerate(names.split())) + "</ul>"


def hot(tag: str = "div") -> str:
    return "".join(
        f'<{tag}><h4><a href="/h/{n}.html">{title}</a></h4><p>{text}</p></{tag}>' for n, (title, text) in enumerate(HOT)
    )


def paragraphs(tag: str = "p", **attributes: str) -> str:
    extra = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return "\n".join(f"<{tag}{extra}>　　{text}</{tag}>" for text in TEXTS)


def page(head: str, body: str, title: str = f"{TITLE}_虚构网") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def comments() -> str:
    rows = "".join(
        f'<div class="item"><span>网友{n}</span><span>2026-02-0{n + 1} 10:00</span><p>{text}</p></div>'
        for n, text in enumerate(COMMENTS)
    )
    return f'<div class="comment-list"><h3>网友评论</h3>{rows}</div>'


FOOTER = '<div class="footer"><p>虚构网版权所有，未经书面授权，不得转载、摘编或利用其它方式使用上述作品。违法和不良信息举报电话：000-0000000。</p><p>虚构ICP备00000000号</p></div>'
DISCLAIMER = '<p class="statement">特别声明：以上内容为虚构平台用户上传并发布，本平台仅提供信息存储服务，不代表本平台的观点。</p>'

PORTALS = (
    Portal(
        "netease",
        page(
            '<meta property="og:title" content="虚构市中级人民法院通报去年审判执行工作情况"><meta property="article:published_time" content="2026-01-16T06:12:44+08:00">',
            f'<div class="N-nav-channel">{menu()}</div><div class="post_content_main" id="epContentLeft"><h1>{TITLE}</h1>'
            '<div class="post_time_source">2026-01-16 06:12:44　来源: <a href="#">虚构晚报</a><a class="post_jubao">举报</a></div>'
            f'<div class="post_body"><div class="post_text" id="endText"><p class="otitle">（原标题：{TITLE}）</p>{paragraphs()}'
            '<div class="ep-source cDGray"><span class="left">本文来源：虚构晚报</span><span class="ep-editor">责任编辑：虚构人_N00001</span></div></div></div>'
            f'<div class="post_next_wrap">{hot()}</div></div><div class="post_content_side">{hot("li")}</div>{FOOTER}',
        ),
    ),
    Portal(
        "sina",
        page(
            '<meta property="article:published_time" content="2026-01-16T09:06:53+08:00">',
            f'<div class="top-bar">{menu()}</div><div class="main-content w1240"><h1 class="main-title">{TITLE}</h1>'
            '<div class="top-bar-inner"><div class="date-source"><span class="date">2026年01月16日 09:06</span><a href="#" class="source ent-source">虚构晚报</a></div></div>'
            f'<div class="article-content clearfix"><div class="article" id="artibody">{paragraphs(cms_style="font-L")}<p class="show_author">责任编辑：虚构人 SN001</p></div>'
            f'<div class="article-content-right">{hot()}</div></div>{comments()}</div>{FOOTER}',
            f"{TITLE}|虚构|法院_新浪新闻",
        ),
    ),
    Portal(
        "thepaper, lines broken by br",
        page(
            "",
            f'<div class="head">{menu()}</div><div class="newscontent"><h1 class="news_title">{TITLE}</h1><div class="news_about"><p>虚构晚报 记者 虚构人</p>'
            f'<p>2026-01-16 10:20 <span>来源：虚构晚报</span></p></div><div class="news_txt">{"<br><br>".join(TEXTS)}<br></div>'
            '<div class="news_editor">责任编辑：虚构人</div><div class="news_tit2">报料热线：000-0000000</div></div>'
            f'<div class="ctread_bd">{hot()}</div>{comments()}{FOOTER}',
        ),
    ),
    Portal(
        "toutiao",
        page(
            "",
            f'<div class="header">{menu()}</div><div class="article-box"><h1 class="article-title">{TITLE}</h1><div class="article-sub"><span>虚构晚报</span><span>2026-01-16 08:00:09</span></div>'
            f'<div class="article-content"><div>{paragraphs()}</div></div></div><div id="comment">{comments()}</div><div class="right-recommend">{hot()}</div>',
            TITLE,
        ),
    ),
    Portal(
        "baijiahao, spans and JSON-LD, no year printed",
        page(
            '<script type="application/ld+json">{"@context": "https://ziyuan.example/c.jsonld", "title": "虚构市中级人民法院通报去年审判执行工作情况", "images": [], "pubDate": "2026-01-16T10:20:00"}</script>',
            f'<div class="article-title"><h2>{TITLE}</h2></div><div class="author-txt"><p class="author-name">虚构晚报</p><div class="article-source article-source-bjh"><span class="date">发布时间：01-16</span><span class="time">10:20</span></div></div>'
            f'<div class="article-content">{"".join(f"<p><span class=bjh-p>{text}</span></p>" for text in TEXTS)}</div>'
            f'<div class="right-container"><h2>作者最新文章</h2>{hot("li")}</div><div class="relateNews">{hot()}</div>',
            TITLE,
        ),
        source=None,
    ),
    Portal(
        "tables for layout",
        page(
            "",
            f'<table width="1000"><tr><td>{menu()}</td></tr></table><table><tr><td width="200">{hot()}</td><td><table><tr><td align="center"><font size="5"><b>{TITLE}</b></font></td></tr>'
            f'<tr><td align="center">http://www.portal.example 2026-01-16 来源：虚构晚报 阅读次数：4874268</td></tr><tr><td><div>{"<br>　　".join(TEXTS)}</div></td></tr>'
            '<tr><td>【<a href="#">打印此文</a>】【<a href="#">关闭窗口</a>】</td></tr></table></td></tr></table><table><tr><td>版权所有 虚构网 地址：虚构路1号 邮编：000000</td></tr></table>',
        ),
    ),
    Portal(
        "government site",
        page(
            '<meta name="SiteName" content="虚构市人民政府"><meta name="ArticleTitle" content="虚构市中级人民法院通报去年审判执行工作情况"><meta name="PubDate" content="2026-01-16 16:40"><meta name="ContentSource" content="虚构晚报">',
            f'<div class="header"><h1>虚构市人民政府</h1>{menu()}</div><div class="bread">当前位置：<a>首页</a> &gt; <a>政务动态</a></div><div class="xl-title">{TITLE}</div>'
            f'<div class="xl-info">发布时间：2026-01-16 16:40　来源：虚构晚报　字体：【大 中 小】 打印</div><div class="xl-body">{paragraphs(style="text-indent:2em")}</div>'
            '<div class="fenxiang">分享到：<a>微信</a><a>微博</a></div><div>上一篇：<a href="/1.html">虚构的上一篇文章标题</a></div><div>下一篇：<a href="/2.html">虚构的下一篇文章标题</a></div>'
            + FOOTER,
            "虚构市人民政府门户网站 政务动态 虚构市中级人民法院通报去年审判执行工作情况",
        ),
    ),
    Portal(
        "h1 is the logo",
        page(
            "",
            f'<h1><a href="/">虚构新闻网</a></h1><div class="nav">{menu()}</div><div class="con_left"><h2 id="title">{TITLE}</h2><div class="time_source"><span>2026/01/16 08:33</span> <span>稿源：虚构晚报</span></div><div class="con_text">{paragraphs()}</div>'
            f'<p>(责任编辑：虚构人)</p></div><div class="con_right"><h3>热点新闻</h3>{hot()}</div>{FOOTER}',
            f"{TITLE}-虚构新闻网",
        ),
    ),
    Portal(
        "divs instead of paragraphs",
        page(
            "",
            f'<div id="app"><div class="top">{menu()}</div><div class="wrap"><div class="hd"><div class="tit">{TITLE}</div><div class="meta">虚构晚报　2026.01.16</div></div><div class="cnt">{paragraphs("div")}</div></div><div class="list">{hot()}</div></div>',
        ),
    ),
    Portal(
        "sections and pictures",
        page(
            "",
            f'<header>{menu()}</header><article><header><h1>{TITLE}</h1><time datetime="2026-01-16T08:00:00+08:00">16日</time></header><section><img src="/a.jpg" alt="图"><p>图为发布会现场。虚构人 摄</p>{paragraphs()}</section></article><aside>{hot()}</aside><footer>版权所有，请勿转载。</footer>',
            f"{TITLE} - 虚构网",
        ),
        source=None,
        texts=("图为发布会现场。虚构人 摄", *TEXTS),
    ),
    Portal(
        "a long disclaimer and hot words",
        page(
            "",
            f'<div>{menu()}</div><div class="content"><h1>{TITLE}</h1><p class="info">来源：虚构晚报 | 2026-01-16 07:30:00 | 编辑：虚构人</p><div class="detail">{paragraphs()}</div>{DISCLAIMER}<div class="hotwords"><a>法院</a><a>审判</a><a>执行</a></div></div><div class="xgyd"><h3>相关阅读</h3>{hot("li")}</div>{FOOTER}',
        ),
    ),
    Portal(
        "text in the cell itself, two-digit year",
        page(
            "",
            f'<center><table><tr><td>{menu()}</td></tr><tr><td class="biaoti">{TITLE}</td></tr><tr><td>26-01-16 09:44　来源：虚构晚报</td></tr><tr><td class="neirong">{"<br>".join("　　" + text for text in TEXTS)}</td></tr></table></center>{FOOTER}',
        ),
    ),
    Portal(
        "a society's site: the document's title is the column's, the article's a small heading",
        page(
            "",
            f'<div class="header_nav">{menu()}</div><div class="se_nav"><div class="title_la"><h3>首页 - 新闻动态</h3></div></div><div class="news"><div class="news_left"><div class="xq_fonts"><h5>{TITLE}！</h5>'
            f'<div class="ly"><b title="发布时间">发布时间：2026-01-16</b> <i>来源：虚构晚报</i> </div><div class="detailCon">{paragraphs(style="text-indent: 2em;")}</div></div></div><div class="right">{hot("li")}</div></div>{FOOTER}',
            "新闻动态--虚构学会官网",
        ),
        title=f"{TITLE}！",
    ),
    Portal(
        "a site builder: two blanks in the document's title, everything in nested divs",
        page(
            "",
            f'<div id="loadingDiv"><div></div></div><div class="main_div_full"><ul class="nav">{menu()}</ul><div style="float:right"><table><tr><td>位置：<a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/t">新闻动态</a> </td></tr></table><div><div id="ArticleContentBlockTitle_1"><div class="title">【虚构 专题】{TITLE}     </div>'
            f'<div class="title_blow">来源：本站原创&nbsp;&nbsp;作者：虚构人<br>时间：2026年1月16日 23:00&nbsp;&nbsp;浏览：<span>33</span></div></div><div id="div_article_content"><div class="article_content_mix">{paragraphs()}<p><br></p></div></div></div></div></div>'
            "<table><tr><td>版权所有 虚构市医院　Copyright © 2018 All rights reserved.<br>医院地址：虚构路58号　24小时急救电话：0000-0000</td></tr></table>",
            f"【虚构 专题】{TITLE}  虚构市附属医院",
        ),
        title=f"【虚构 专题】{TITLE}",
        source="本站原创",
    ),
    Portal(
        "an old table page: the title in a span, the date at the foot, a date begins the body",
        page(
            "",
            f'<center><table><tr><td>&nbsp;　现在位置： <a href="/i">首页</a> &gt;&gt; <a href="/l">东区新闻</a> &gt;&gt; 正文</td></tr></table><table><tr><td><div align="center"><span class="Title"><b><!-- 文章标题 begin -->{TITLE}<!-- 文章标题 end --></b></span><br>'
            f'<table><tr><td height="6"></td></tr></table><font color="#C30000">　来源于：<!-- 文章来源 begin -->虚构晚报<!-- 文章来源 end --></font></div></td></tr><tr><td><!-- 文章正文 begin --><p>2026年1月15日下午，虚构市有关部门到基层开展调研，听取意见。</p>{paragraphs()}<!-- 文章正文 end --></td></tr>'
            '<tr><td align="center"><font>发布日期：2026-01-16 责任编辑：虚构人</font></td></tr><tr><td class="QuickButton">【<a href="#">打印本页</a>】【<a href="#">关闭窗口</a>】</td></tr></table></center>',
            f"{TITLE} 东区办事处_虚构网",
        ),
        texts=("2026年1月15日下午，虚构市有关部门到基层开展调研，听取意见。", *TEXTS),
    ),
    Portal(
        "a short notice among many links and summaries",
        page(
            "",
            f'<div class="top">{menu()}<div class="gzh"><p class="t2">扫描上方二维码关注微信公众号</p></div></div><div class="content"><div class="box_left"><div class="website">您所在的位置：<a href="/">首页</a> &gt; <a href="/k">快讯</a></div><div class="intal_tit"><h2>{TITLE}</h2>'
            f'<div class="info">2026-01-16 12:11<span>来源：虚构晚报</span><span>作者：虚构人</span></div></div><div class="txt_con">\n  {TEXTS[1]}  <p></p></div><div class="fenxiang"><a>分享：</a></div><div class="shenming"><p>声明：虚构晚报力求信息真实、准确，文章提及内容仅供参考，不构成实质性建议。</p></div>'
            + "".join(
                f'<dl><dt><a href="/n{n}"><img src="/i.jpg"></a></dt><dd class="tit"><a href="/n{n}">{title}</a></dd><dd class="exp">{text}</dd><dd class="sj">2026-01-15<span>07:42</span></dd></dl>'
                for n, (title, text) in enumerate(HOT)
            )
            + '</div><div class="box_maj"><ul class="list">'
            + "".join(f'<li>{n}、<a href="/r{n}">虚构的第{n}条排行新闻，标题也不短</a></li>' for n in range(12))
            + "</ul></div></div>",
            f"{TITLE}_虚构时报网 ",
        ),
        texts=(TEXTS[1],),
    ),
    Portal(
        "one paragraph, a linked h1, an author's notice beside it",
        page(
            "",
            f'<header><nav><h1><a href="/">虚构行情_虚构大盘_今日虚构 - 虚构大盘网，权威虚构行情资讯网站</a></h1>{menu()}</nav></header><div id="main-content"><div id="article-leftbar"><ul><li>上一篇 :<a href="/p">虚构行情分析--2025年8月19日</a></li></ul></div><div id="article-wrapper"><ul><li>当前位置：<a href="/">主页</a> &gt; <a href="/i">实时播报</a> &gt;</li></ul>'
            f'<div id="main"><div class="page-article"><div class="page_art_title"><div class="title-text">{TITLE}</div><div class="title-meta"><div class="title-meta-time">发布时间：2026-01-16 10:09:11</div><span>4</span></div></div><div class="page_art_content">{TEXTS[2]}</div><div class="page_art_meta"><div>20260116|法院|审判|执行</div></div></div><div class="related-posts"><div>相关新闻</div></div></div>'
            '<div id="article-rightbar"><div class="author-bio">虚构大盘行情实时播报栏目为广大读者提供及时资讯（请注意：播报内容均来自于网络采集，请广大读者甄别消息是否可靠！）。</div><div><a href="/a">虚构行情预测--2025年8月20日</a></div></div></div></div><footer><p class="statement">声明：未经许可，任何人不得复制、转载、或以其他方式使用本网站的内容。</p></footer>',
            f"虚构行情预测--{TITLE}",
        ),
        source=None,
        texts=(TEXTS[2],),
    ),
    Portal(
        "a blog: summaries inside links, the title in the breadcrumb, a hidden first line",
        page(
            '<script type="application/ld+json">{"title": "虚构市中级人民法院通报去年审判执行工作情况", "pubDate": "2026-01-16T02:46:57"}</script>',
            f'<div class="top">{menu()}</div><div class="left"><div class="here"><a href="/">首页</a> &gt; <a href="/p/1.html">{TITLE} </a></div><div class="post single"><h2 class="post-title">{TITLE}</h2><h6 class="post-footer"><a class="post-date">2026年01月16日</a> 虚构传媒 时政新闻 1665 0</h6>'
            f'<div class="post-body"><p style="display:none">原标题：{TITLE}</p>{paragraphs()}<p>责任编辑：<span></span></p></div></div><div class="relate"><span>相关文章</span>'
            + "".join(
                f'<div><a href="/h{n}">{title},<p>{text}{text}</p></a><span>2025年11月03日</span></div>'
                for n, (title, text) in enumerate(HOT)
            )
            + "</div></div>",
            f"{TITLE}-虚构传媒",
        ),
        source=None,
    ),
    Portal(
        "a header pasted in with an end of its own",
        page(
            '<meta name="firstpublishedtime" content="2026-01-16-23:59:59">',
            f'<div class="header">{menu()}</div><!--</body>--></html><div class="content"><p>来源：虚构晚报</p><div class="pages">{paragraphs()}</div></div>{FOOTER}',
        ),
    ),
    Portal(
        "spam that nobody sees, longer than the article",
        page(
            "",
            f'<h2>{TITLE}</h2><div>2026-01-16 10:00 来源：虚构晚报</div><div class="txt">{paragraphs()}</div><div style="display:none">{"虚构的博彩广告，欢迎访问，欢迎下载，虚构的电影。" * 80}<a href="/x">虚构</a></div>',
        ),
    ),
    Portal(
        "day and time in elements of their own, without a century",
        page(
            "",
            f'<h2>{TITLE}</h2><p class="author">虚构晚报</p><div><span>发布时间：26-01-16</span><span>23:16</span></div><div class="txt">{paragraphs()}</div>',
            TITLE,
        ),
    ),
    Portal(
        "a badge in the heading, sources of other articles in a list",
        page(
            "",
            f'<div class="box"><h2 class="title"><span>原创</span>{TITLE}</h2><p>2026-01-16 11:42:03 来源：<span>虚构晚报</span></p>{paragraphs()}</div><div class="feed"><a class="source" href="/u">虚构热线 ⋅</a>{hot()}</div>',
            TITLE,
        ),
    ),
    Portal(
        "the title as the first line of the text",
        page(
            '<meta name="PubDate" content="20260116"><meta name="ContentSource" content="虚构晚报">',
            f'<table><tr><td><div class="t"><p align="center"><strong>{TITLE}</strong></p>{paragraphs()}</div></td></tr></table>',
            "",
        ),
    ),
    Portal(
        "other articles under the text",
        page(
            "",
            f'<h1>{TITLE}</h1><p>2026年01月16日 09:05 虚构晚报</p><div class="article"><p>（原标题：{TITLE}）</p>{paragraphs()}<p>此前报道：<a href="/1.html">虚构的此前报道一则</a></p><div><div>延伸 · 推荐</div><div><a href="/2.html">虚构的另一篇文章</a></div><p>这是虚构的另一篇文章的摘要，说的是别的事情。</p></div></div>',
        ),
    ),
)
