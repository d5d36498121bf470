"""Who is told, as a catalogue is read: steps out of order and two on one shift are refused, with file, line, remedy."""

from tests.unit.test_catalogue_reading import problem

RULE = """
[[rules]]
name = "down"
kind = "system_down"
severity = "critical"
title = "Ngừng"
title_en = "Down"
"""
ROUTE = """
[[routes]]
name = "{name}"
severities = ["{severity}"]
steps = [{steps}]
"""
PEOPLE = """
[[people]]
id = "an"
name = "An"
phone = "0293 000 0101"
[[people]]
id = "binh"
name = "Bình"
phone = "0293 000 0102"
[[shifts]]
name = "ioc"
people = ["an", "binh"]
first = 2026-11-02
overrides = [
    { person = "binh", begins = 2026-11-03T07:00:00+07:00, ends = 2026-11-05T07:00:00+07:00 },
    { person = "an", begins = 2026-11-04T07:00:00+07:00, ends = 2026-11-06T07:00:00+07:00 },
]
"""


def test_steps_stand_in_the_order_in_which_they_come() -> None:
    steps = '{ after_s = 900, channel = "phone" }, { after_s = 60, channel = "chat" }'
    found = problem(RULE + ROUTE.format(name="pages", severity="critical", steps=steps))
    assert found.message == "comes 60 s after the alert, and the step before it 900 s"
    assert (found.line, found.remedy) == (12, "put the steps in the order of after_s")


def test_one_shift_has_one_person_at_a_time() -> None:
    found = problem(PEOPLE)
    assert found.message == "'an' and 'binh' stand in at the same time"
    assert found.remedy == "let this one begin at 2026-11-05 07:00:00+07:00 or later"
    unknown = PEOPLE.replace('person = "an", begins = 2026-11-04', 'person = "chi", begins = 2026-11-05')
    assert problem(unknown).message == "'chi' is not in [[people]]"
