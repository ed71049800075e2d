"""A block is told from a page by what stands in it, and an honest page that speaks of such things is none."""

from __future__ import annotations

import pytest

from scrapers.web.blocked import sign_of, soft_missing, visible_text
from scrapers.web.outcomes import BlockSign

NOTICE = "<html><head><title>{title}</title></head><body><p>{text}</p>{more}</body></html>"


def notice(text: str, title: str = "提示", more: str = "") -> str:
    return NOTICE.format(title=title, text=text, more=more)


@pytest.mark.parametrize(
    ("status", "text", "sign"),
    [
        (403, "", BlockSign.STATUS),
        (401, notice("请登录"), BlockSign.LOGIN),
        (405, notice("您的请求被云防护拦截"), BlockSign.STATUS),
        (403, notice("请输入验证码"), BlockSign.CAPTCHA),
        (412, "<script>$_ts=window['$_ts'];</script>", BlockSign.COOKIE_SCRIPT),
        (521, "<script>document.cookie='__jsl_clearance=1'</script>", BlockSign.COOKIE_SCRIPT),
        (500, notice("系统维护中,请稍后访问"), BlockSign.MAINTENANCE),
        (503, notice("网站正在升级维护"), BlockSign.MAINTENANCE),
        (500, notice("Internal Server Error"), None),
        (502, "", None),
        (404, notice("验证码"), None),
        (200, "", BlockSign.EMPTY),
        (200, " \r\n ", BlockSign.EMPTY),
        (200, "<html><body><script src='/x.js'></script></body></html>", BlockSign.EMPTY),
        (200, notice("您的访问过于频繁"), BlockSign.TOO_OFTEN),
        (200, notice("当前环境异常,完成验证后即可继续访问", more="<script src=a.js></script>"), BlockSign.TOO_OFTEN),
        (200, notice("请拖动滑块完成验证", more="<canvas></canvas>"), BlockSign.CAPTCHA),
        (200, notice("用户登录", more="<form><input type=password></form>"), BlockSign.LOGIN),
        (202, "<script>document.cookie='C3VK=1';location.reload()</script>", BlockSign.COOKIE_SCRIPT),
        (
            200,
            f"<script>$_ts={{}};{'a' * 200_000};location.href='x';document.cookie=1</script>",
            BlockSign.COOKIE_SCRIPT,
        ),
        (200, notice("很抱歉,由于您访问的URL有可能对网站造成安全威胁,您的访问被阻断。"), BlockSign.STATUS),
        (200, notice("当前访问疑似黑客攻击,已被网站管理员设置为拦截"), BlockSign.STATUS),
        (200, notice("网站已关闭"), BlockSign.MAINTENANCE),
        (200, notice("虚构栏目" * 200, title="访问被拦截 - 某某云"), BlockSign.STATUS),
        (200, notice("虚构栏目" * 200, title="安全验证"), BlockSign.CAPTCHA),
        (200, notice("虚构栏目" * 200, title="403 Forbidden"), BlockSign.STATUS),
        (200, notice("虚构栏目" * 20_000, title="系统维护中"), BlockSign.MAINTENANCE),
        (200, notice("虚构正文" * 200, title="访问被拦截怎么办?省公安厅解答"), None),
        (200, notice("虚构正文" * 200, title="安全验证码骗局"), None),
        (200, notice("某某省高级人民法院工作报告" * 40), None),
        (200, notice("全省公安机关坚决维护社会大局稳定,维护中华民族共同体。"), None),
        (200, notice("防范诈骗:不要把短信验证码告诉任何人。" * 20), None),
        (200, notice("本院通知公告栏目更新。"), None),
    ],
)
def test_signs(status: int, text: str, sign: BlockSign | None) -> None:
    found = sign_of(status, text)
    assert (found.sign if found else None) is sign, found


def test_a_short_article_about_codes_is_a_page_where_its_landmarks_are_found() -> None:
    text = notice("民警提醒:验证码不要告诉他人。", more="<div class=TRS_Editor><img src=a.png></div>")
    assert sign_of(200, text) is not None
    assert sign_of(200, text, landmarks_found=True) is None


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (notice("您访问的页面不存在或已删除"), True),
        (notice("x" * 5000, title="页面没有找到 - 某某网"), True),
        (notice("该信息已被删除"), True),
        (notice("404 Not Found", title="404"), True),
        (notice("某某省高级人民法院工作报告"), False),
        (notice("监督删除违法信息8.2万条,内容不存在的问题得到纠正。" * 20), False),
    ],
)
def test_a_good_status_may_hide_that_there_is_no_page(text: str, *, missing: bool) -> None:
    assert soft_missing(text) is missing


def test_what_is_visible() -> None:
    assert visible_text("<style>p{}</style><p>一 <b>二</b>&nbsp;三</p><!-- 四 --><script>五</script>") == "一二三"


@pytest.mark.parametrize("opening", ["<!--", "<script>", "<a ", "<", "<style><!--"])
def test_what_never_closes_is_looked_through_once(opening: str) -> None:
    # Quadratic, a page of 2 MB of this took minutes; the test would run into its time limit.
    assert visible_text(opening * (2_000_000 // len(opening))) == ""
