"""Work that is due by the clock: declared with its rhythm beside what it serves, and done once each time."""

from evenhand.core.jobs.rhythms import Daily, Every, Job, job

__all__ = ["Daily", "Every", "Job", "job"]
