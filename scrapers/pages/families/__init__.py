"""The page systems we know, one module each (FAMILIES.md); a module that defines FAMILY is registered by being here."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from scrapers.pages.family import NONE, Family
from scrapers.pages.model import GENERIC
from scrapers.pages.tree import Tree, path_of

_FEW_LINKS = 2


@cache
def families() -> tuple[Family, ...]:
    """Every family, in the order of its fingerprints."""
    modules = [import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
    found: list[Family] = [module.FAMILY for module in modules]
    return tuple(sorted(found, key=lambda family: (family.order, family.name)))


def named(name: str | None) -> Family | None:
    """The family of that name; None for a name that no module has."""
    return NONE if name == GENERIC else next((family for family in families() if family.name == name), None)


def family_of(tree: Tree, hint: str | None = None, *, of_list: bool = False) -> Family:
    """The family that a page tells; where a list tells none, that of most of its links; last the card's `hint`."""
    told = next((family for family in families() if family.fits(tree)), None)
    return told or (_by_links(tree) if of_list else None) or named(hint) or NONE


def _by_links(tree: Tree) -> Family | None:
    """A list page seldom tells its system otherwise than by the addresses it leads to."""
    paths = [path_of(tree.absolute(link.get("href") or "") or "") for link in tree.every("a[href]")]
    counts: dict[str, int] = {}
    known = [(one, one.article_path.search) for one in families() if one.article_path]
    for path in set(filter(None, paths)):
        family = next((one for one, fits in known if fits(path)), None)
        if family is not None:
            counts[family.name] = counts.get(family.name, 0) + 1
    name = max(counts, key=lambda one: counts[one], default=None)
    return named(name) if name is not None and counts[name] >= _FEW_LINKS else None
