"""ZHENGFA_HOME: the one folder that holds everything a user has.

zhengfa.toml   settings, receivers, routes        zhengfa.db   the record
sources/       his own cards, laid over ours      snapshots/   bytes as received, by SHA-256
indicators/    his own indicators                 briefing/    pages for the desk
templates/     his own messages                   prefect/     the Prefect server's home
robots/        robots.txt of each site            logs/
link.key       signs links in messages              serve.lock   held by the one `zhengfa serve`
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from flows.errors import HomeError

DEFAULT = "var"


@dataclass(frozen=True, slots=True)
class Home:
    """Where things lie. Nothing is created until `make` is called."""

    root: Path

    @classmethod
    def from_environment(cls) -> Home:
        """The folder that ZHENGFA_HOME names, or `var/` in the present folder."""
        return cls(Path(os.environ.get("ZHENGFA_HOME") or DEFAULT).expanduser().absolute())

    @property
    def settings_file(self) -> Path:
        """Settings, receivers and routes: one file."""
        return self.root / "zhengfa.toml"

    @property
    def sources(self) -> Path:
        """The user's own source cards."""
        return self.root / "sources"

    @property
    def indicators(self) -> Path:
        """The user's own indicators."""
        return self.root / "indicators"

    @property
    def templates(self) -> Path:
        """The user's own message templates."""
        return self.root / "templates"

    @property
    def database(self) -> Path:
        """The record, where it is embedded."""
        return self.root / "zhengfa.db"

    @property
    def snapshots(self) -> Path:
        """The archive of bytes as received."""
        return self.root / "snapshots"

    @property
    def robots(self) -> Path:
        """robots.txt of each site, asked for once a day."""
        return self.root / "robots"

    @property
    def briefing(self) -> Path:
        """Pages for the desk."""
        return self.root / "briefing"

    @property
    def link_key(self) -> Path:
        """What signs links in messages, where the settings hold no key."""
        return self.root / "link.key"

    @property
    def serve_lock(self) -> Path:
        """What the one `zhengfa serve` of this home holds; the number of its process stands in it."""
        return self.root / "serve.lock"

    @property
    def prefect(self) -> Path:
        """The home of the Prefect server."""
        return self.root / "prefect"

    @property
    def logs(self) -> Path:
        """Logs of servers and loops."""
        return self.root / "logs"

    def make(self) -> None:
        """Create the folder and its rooms, for the owner's eyes only (mode 0700). Raises HomeError where that fails."""
        rooms = (self.sources, self.indicators, self.templates, self.snapshots, self.briefing, self.prefect, self.logs)
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.root.chmod(0o700)
            for room in rooms:
                room.mkdir(exist_ok=True)
        except OSError as error:
            raise self._unusable(error) from None

    def _unusable(self, error: OSError) -> HomeError:
        # The language stands in this home's settings, so its module imports this one.
        from flows.language import say
        from flows.system import why

        return HomeError(
            say(
                f"{self.root} 不能用作数据目录: {why(error)} ({error.filename})",
                f"{self.root} cannot be the home: {why(error)} ({error.filename})",
            ),
            say("用 ZHENGFA_HOME 指定一个你能写入的文件夹", "name a folder that you may write to with ZHENGFA_HOME"),
        )
