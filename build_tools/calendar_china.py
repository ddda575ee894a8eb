"""The calendar of the site is China's, wherever the machine that builds it stands.

A runner in UTC would publish at 00:10 in Beijing what was due on the day before, and call a correction of today a date
in the future.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

# China has one time zone and no summer time; a fixed offset needs no data base of zones, which some systems lack
CHINA = timezone(timedelta(hours=8), "CST")


def china_now() -> datetime:
    """This moment on China's clocks."""
    return datetime.now(CHINA)


def china_today() -> date:
    """The day in China."""
    return china_now().date()
