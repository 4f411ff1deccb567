"""When a job is due: plain arithmetic over a moment that is given, the same however often it is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
Work = Callable[[datetime], object]


@dataclass(frozen=True)
class Every:
    """Due again each so many minutes, counted from midnight in UTC."""

    minutes: int

    def __post_init__(self) -> None:
        """A rhythm that divides a day, so that the days are alike."""
        if self.minutes < 1 or 24 * 60 % self.minutes:
            raise ValueError(f"{self.minutes} minutes do not divide a day")

    def turn(self, now: datetime) -> str:
        """The name of the turn that is due: the same until the next one is."""
        utc = now.astimezone(UTC)
        minute = (utc.hour * 60 + utc.minute) // self.minutes * self.minutes
        return f"{utc:%Y-%m-%d} {minute // 60:02}:{minute % 60:02}"

    def __str__(self) -> str:
        return "every minute" if self.minutes == 1 else f"every {self.minutes} minutes"


@dataclass(frozen=True)
class Daily:
    """Due once a day at a time in London, whatever the clocks there do."""

    at: time

    def turn(self, now: datetime) -> str:
        """The day whose turn it is: today from that time on, yesterday before it."""
        local = now.astimezone(LONDON)
        day = local.date() if local.time() >= self.at else local.date() - timedelta(days=1)
        return day.isoformat()

    def __str__(self) -> str:
        return f"daily at {self.at:%H:%M}"


@dataclass(frozen=True)
class Job:
    """Something to be done at each turn of a rhythm; called with the moment for which it is done."""

    name: str
    says: str
    rhythm: Every | Daily
    work: Work
    longest: timedelta = timedelta(hours=1)  # after which whoever was at it is taken for dead

    def __call__(self, now: datetime) -> object:
        """Do it now."""
        return self.work(now)


def job(rhythm: Every | Daily, *, longest: timedelta = timedelta(hours=1)) -> Callable[[Work], Job]:
    """Declare a function of an app's `tasks.py` as a job; it must be safe to be done again after it failed halfway."""

    def declare(work: Work) -> Job:
        app = work.__module__.split(".")[-2]
        says = (work.__doc__ or "").strip().split("\n")[0]
        return Job(f"{app}.{work.__name__}", says, rhythm, work, longest)

    return declare
