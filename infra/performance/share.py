"""The share of a core that a 128 MB function has: 128/1769, by the kernel's CPU controller (cgroup version 1 or 2)."""

import os
from pathlib import Path

PERIOD_US = 20_000
QUOTA_US = PERIOD_US * 128 // 1769  # a function of 1769 MB has one core (AWS Lambda developer guide, "Memory")


class Share:
    """A control group of its own for each run: one that is used again starts with the debt of the run before."""

    def __init__(self, number: int):
        name = f"measure-{os.getpid()}-{number}"
        v1, v2 = Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup")
        self.directory = None
        try:
            if (v1 / "cpu.cfs_quota_us").exists() or (v1 / "cgroup.procs").exists():
                self._make(v1 / name, {"cpu.cfs_period_us": PERIOD_US, "cpu.cfs_quota_us": QUOTA_US,
                                       "cpu.shares": 262_144})
            elif "cpu" in (v2 / "cgroup.subtree_control").read_text().split():
                self._make(v2 / name, {"cpu.max": f"{QUOTA_US} {PERIOD_US}", "cpu.weight": 10_000})
        except OSError:
            self.directory = None  # not allowed here

    def _make(self, directory: Path, files: dict[str, object]) -> None:
        directory.mkdir()
        self.directory = directory
        for name, value in files.items():
            (directory / name).write_text(str(value))

    @property
    def held(self) -> bool:
        """Whether this machine lets us limit a process."""
        return self.directory is not None

    def take(self, pid: int) -> None:
        """From here on the process has its share and no more."""
        if self.directory:
            (self.directory / "cgroup.procs").write_text(str(pid))

    def end(self) -> None:
        """Removes the group; its processes must have ended."""
        if self.directory:
            self.directory.rmdir()
