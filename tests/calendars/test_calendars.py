"""Calendars read back by an independent library: Python's icalendar.

THREADMARK names the program; by default the release build.
"""

import os
import subprocess
import tempfile
import unittest
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from icalendar import Calendar

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("THREADMARK", str(ROOT / "target/release/threadmark"))

QUESTION = "Größe; a, b \\ c — 設計メモ " + "日本語" * 40 + "?"

CONFIG = """title: "Acme, Inc.; handbook"
base_url: https://acme.example/handbook/
timezone: Europe/Berlin
people: { ana: { name: Ana Souza }, bo: { name: Bo Li } }
"""

SPEC = """---
title: Queue
authors: [ana]
due: 2026-12-04
asks:
  - { id: berlin, question: '%s', of: [ana], due: 2026-03-29T02:30, options: ['a, b', 'c; d'], context: "One\\n\\nTwo" }
  - { id: chicago, question: Chicago?, of: [ana], due: '2026-11-01T01:30[America/Chicago]' }
  - { id: singapore, question: Singapore?, of: [ana], due: '2026-11-26T17:00[Asia/Singapore]' }
  - { id: day, question: Day?, of: [ana], due: 2026-10-25 }
  - { id: open, question: Open?, of: [ana] }
  - { id: done, question: Done?, of: [bo], due: 2026-11-26, outcome: { answer: Yes it is } }
---
# Queue
"""


class Calendars(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = Path(cls.folder.name)
        (root / "specs").mkdir()
        (root / "threadmark.yml").write_text(CONFIG, encoding="utf-8")
        (root / "specs/queue.md").write_text(SPEC % QUESTION, encoding="utf-8")
        command = [PROGRAM, "build", str(root), "--now", "2026-03-01", "--no-cache", "-q"]
        subprocess.run(command, check=True, capture_output=True)
        cls.site = root / "_site"

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def read(self, path):
        data = (self.site / path).read_bytes()
        for line in data.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)
            line.decode("utf-8")
        self.assertNotIn(b"\n", data.replace(b"\r\n", b""))
        calendar = Calendar.from_ical(data)
        self.assertEqual(calendar.errors, [])
        for event in calendar.walk("VEVENT"):
            self.assertEqual(event.errors, [])
        return calendar

    def events(self, path):
        return {str(event["SUMMARY"]): event for event in self.read(path).walk("VEVENT")}

    def test_what_was_written_is_read(self):
        calendar = self.read("deadlines.ics")
        # The library doesn't know that these are texts, and leaves them as they stand.
        for name in ("NAME", "X-WR-CALNAME"):
            self.assertEqual(str(calendar[name]), "Acme\\, Inc.\\; handbook: deadlines")
        events = self.events("deadlines.ics")
        self.assertEqual(set(events), {QUESTION, "Chicago?", "Singapore?", "Day?", "Due: Queue"})
        said = str(events[QUESTION]["DESCRIPTION"])
        self.assertIn("Options: a, b / c; d", said)
        self.assertIn("Waits for Ana Souza.", said)
        address = "https://acme.example/handbook/specs/queue/#ask-berlin"
        self.assertEqual(str(events[QUESTION]["URL"]), address)

    def test_deadlines_are_the_moments_that_were_meant(self):
        events = self.events("people/ana/deadlines.ics")
        # 02:30 doesn't exist in Berlin on that day; 01:30 comes twice in Chicago, and the first counts.
        ends = {
            QUESTION: datetime(2026, 3, 29, 1, 30, tzinfo=timezone.utc),
            "Chicago?": datetime(2026, 11, 1, 6, 30, tzinfo=timezone.utc),
            "Singapore?": datetime(2026, 11, 26, 9, 0, tzinfo=timezone.utc),
            "Day?": date(2026, 10, 26),
            "Due: Queue": date(2026, 12, 5),
        }
        self.assertEqual({name: event.decoded("DTEND") for name, event in events.items()}, ends)
        self.assertEqual(events["Day?"].decoded("DTSTART"), date(2026, 10, 25))
        for event in events.values():
            self.assertEqual(str(event["TRANSP"]), "TRANSPARENT")
            self.assertEqual(event.walk("VALARM"), [])
            self.assertEqual(event.decoded("DTSTAMP").utcoffset(), timedelta(0))

    def test_each_event_has_a_name_of_its_own_that_all_calendars_share(self):
        every = {name: str(event["UID"]) for name, event in self.events("deadlines.ics").items()}
        self.assertEqual(len(set(every.values())), len(every))
        own = {name: str(event["UID"]) for name, event in self.events("people/ana/deadlines.ics").items()}
        self.assertEqual(own, {name: every[name] for name in own})

    def test_an_empty_calendar_is_one(self):
        calendar = self.read("people/bo/deadlines.ics")
        self.assertEqual(calendar.walk("VEVENT"), [])
        self.assertEqual(len(calendar.walk("VTIMEZONE")), 1)


if __name__ == "__main__":
    unittest.main()
