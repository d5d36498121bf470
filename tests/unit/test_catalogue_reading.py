"""Reading a catalogue: everything that is wrong is said at once, with file, line, key and remedy."""

from pathlib import Path

import pytest

from connectors.catalogue import read_directory
from streams.catalogue import Catalogue
from streams.catalogue.lines import line_of, lines
from streams.catalogue.problems import Problem, WrongCatalogue
from streams.catalogue.reading import read
from streams.catalogue.warnings import warnings
from streams.errors import WrongUse

AGENCY = """
[[agencies]]
code = "a"
name = "A"
"""
SYSTEM = """
[[systems]]
id = "{id}"
name = "S"
name_en = "S"
watch = ["reachability"]
checks = [{{ id = "http" }}]
"""
PROCEDURE = """
[[fields]]
code = "ho-tich"
title = "Hộ tịch"
[[procedures]]
code = "1.001193"
title = "Đăng ký khai sinh"
field = "ho-tich"
online_level = 4
working_days = 1
"""


def problems(*texts: str) -> list[Problem]:
    with pytest.raises(WrongCatalogue) as caught:
        read({f"{n}.toml": text for n, text in enumerate(texts, 1)})
    assert all(str(problem) in str(caught.value) for problem in caught.value.problems)
    return list(caught.value.problems)


def problem(*texts: str) -> Problem:
    """The only one there is."""
    (only,) = problems(*texts)
    return only


def test_files_make_one_catalogue_whatever_stands_in_which() -> None:
    assert read({"a": AGENCY, "b": PROCEDURE}) == read({"all": AGENCY + PROCEDURE})
    assert read({}) == Catalogue.default()


def test_an_unknown_key_is_named_with_what_was_meant() -> None:
    assert problem(AGENCY + 'sucessor = "b"\n') == (
        "1.toml", 5, 'agencies "a" sucessor', "nobody knows this key", "did you mean 'successor'?",
    )  # fmt: skip


def test_an_unknown_section_too() -> None:
    found = problem("[[agency]]\ncode = 1\n")
    assert (found.line, found.remedy) == (1, "did you mean 'agencies'?")


def test_an_unknown_key_of_a_check_stands_on_its_line() -> None:
    text = SYSTEM.format(id="lgsp").replace('checks = [{ id = "http" }]\n', "") + (
        '[[systems.checks]]\nid = "a"\n[[systems.checks]]\nid = "b"\ninterval = 60\n'
    )
    found = problem(text)
    assert (found.line, found.key) == (11, 'systems "lgsp" checks 1 interval')
    assert found.remedy == "did you mean 'interval_s'?"


def test_a_wrong_value_is_shown() -> None:
    found = problem(PROCEDURE.replace("online_level = 4", "online_level = 5"))
    assert found.line == 9
    assert "5" in found.message
    assert "'1'" in problem(PROCEDURE.replace("working_days = 1", "working_days = '1'")).message


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        (AGENCY + "duty_phone = 113\n", "write a text, in quotes"),
        (AGENCY + 'level = "districts"\n', "did you mean 'district'?"),
        (AGENCY + 'valid_to = 3\nsuccessor = "a"\n', "write a date like 2025-07-01"),
        (PROCEDURE.replace("online_level = 4", "online_level = 5"), "give 4 or less"),
        (PROCEDURE + 'fee = "free"\n', "write a whole number, without quotes"),
        (PROCEDURE + 'fee_pauses = "yes"\n', "write true or false"),
        (SYSTEM.format(id="a").replace('[{ id = "http" }]', "[]"), "give at least 1"),
        ("calendar = 1\n", "write a table"),
    ],
)
def test_what_to_write_instead_is_said(text: str, remedy: str) -> None:
    assert problem(text).remedy == remedy


def test_a_missing_key_and_a_procedure_without_a_length_are_found() -> None:
    assert problem('[[agencies]]\ncode = "a"\n').remedy == "add name = …"
    assert problem(PROCEDURE.replace("working_days = 1", "")).message == "give either working_days or working_hours"


def test_a_reference_to_nothing_says_what_was_meant() -> None:
    found = problem(PROCEDURE.replace('field = "ho-tich"', 'field = "ho-tch"'))
    assert (found.line, found.message) == (8, "'ho-tch' is not in [[fields]]")
    assert found.remedy == "did you mean 'ho-tich'?"


def test_a_reference_to_an_entry_that_is_wrong_itself_is_not_one_more_problem() -> None:
    assert problem(PROCEDURE.replace('title = "Hộ tịch"', "title = 1")).key == 'fields "ho-tich" title'


@pytest.mark.parametrize("key", ["parent", "successor"])
def test_a_circle_of_agencies_is_shown_once(key: str) -> None:
    text = "".join(
        f'[[agencies]]\ncode = "{code}"\nname = "N"\n{key} = "{other}"\n'
        for code, other in [("a", "b"), ("b", "c"), ("c", "b")]
    )
    found = problem(text)
    assert found.message == "b → c → b is a circle"
    assert found.line == 8


def test_a_circle_of_parents_among_systems_is_found() -> None:
    text = "".join(
        SYSTEM.format(id=id).replace("watch", f'parent = "{parent}"\nwatch', 1)
        for id, parent in [("sso", "mail"), ("mail", "sso")]
    )
    assert problem(text).message == "sso → mail → sso is a circle"


def test_validity_must_not_overlap() -> None:
    ended = AGENCY + "valid_to = 2025-07-01\nsuccessor = 'b'\n" + AGENCY.replace('"a"', '"b"')
    assert read({"x": ended + AGENCY + "valid_from = 2025-07-01\n"}).agencies[2].code == "a"
    found = problem(ended, AGENCY + "valid_from = 2025-06-30\n")
    assert (found.file, found.line) == ("2.toml", 2)
    assert found.message == "another entry of the same code holds until 2025-07-01 too"


def test_the_same_entry_twice_is_found() -> None:
    assert problem(AGENCY, AGENCY).message == "another entry of the same code holds too"
    assert problem(SYSTEM.format(id="a") * 2).message == "'a' stands twice"


def test_an_agency_that_ends_needs_a_successor_that_holds_then() -> None:
    without = problem(AGENCY + "valid_to = 2025-07-01\n")
    assert (without.message, without.remedy) == ("ends on 2025-07-01 without a successor", 'add successor = "…"')
    late = problem(
        AGENCY + 'valid_to = 2025-07-01\nsuccessor = "b"\n',
        AGENCY.replace('"a"', '"b"') + "valid_from = 2025-08-01\n",
    )
    assert late.message == "'b' does not hold on 2025-07-01, when this one ends"


def test_the_end_must_come_after_the_beginning() -> None:
    assert "after valid_from" in problem(AGENCY + "valid_from = 2025-07-01\nvalid_to = 2025-07-01\n").message


def test_an_instant_category_says_its_minutes() -> None:
    assert "in minutes" in problem('[[categories]]\ncode = "c"\ntitle = "C"\nkind = "instant"\n').message


def test_a_make_up_day_is_no_working_day() -> None:
    found = problem("[calendar]\n[[calendar.make_up_days]]\nday = 2026-11-23\nstands_for = 2026-11-20\n")
    assert (found.line, found.message) == (2, "2026-11-23 is a working day already")


def test_a_parameter_that_its_kind_of_rule_does_not_have_is_found() -> None:
    text = '[[rules]]\nname = "r"\nkind = "digest"\nseverity = "info"\ntitle = "R"\ntitle_en = "R"\n'
    found = problem(text + 'parameters = { at = ["07:15"], ta = "07:15" }\n')
    assert (found.key, found.remedy) == ('rules "r" parameters ta', "there are at, due_within_hours")


def test_a_rule_about_a_system_that_nobody_knows_is_found() -> None:
    rule = '[[rules]]\nname = "r"\nkind = "system_down"\nseverity = "info"\ntitle = "R"\ntitle_en = "R"\n'
    found = problem(SYSTEM.format(id="lgsp") + rule + 'parameters = { systems = ["lgps"] }\n')
    assert (found.line, found.remedy) == (14, "did you mean 'lgsp'?")


def test_what_is_not_toml_is_found_by_its_line_and_other_files_are_checked_too() -> None:
    found = problems("a = 1\nb = \n", '[[agencies]]\ncode = "a"\n')
    assert [(one.file, one.line) for one in found] == [("1.toml", 2), ("2.toml", 1)]


def test_an_unknown_key_hides_nothing_else_that_is_wrong_with_its_entry() -> None:
    found = problems(AGENCY + 'sucessor = "b"\nvalid_to = 2025-07-01\narea = "nowhere"\n')
    assert [one.message for one in found] == [
        "ends on 2025-07-01 without a successor",
        "nobody knows this key",
        "'nowhere' is not in [[areas]]",
    ]


def test_everything_is_listed_at_once() -> None:
    wrong = (
        AGENCY + 'sucessor = "b"\n' + PROCEDURE.replace('field = "ho-tich"', 'field = "x"') + "[[route]]\nname = 1\n"
    )
    assert len(problems(wrong, "name = 1\n")) == 4


def test_a_key_in_two_files_is_found() -> None:
    assert problem('name = "a"\n', 'name = "b"\n').message == "stands in 1.toml too"


def test_lines_are_found_past_texts_of_several_lines_comments_and_inline_tables() -> None:
    text = '# [[x]]\n[[a]]\nt = """\n[[a]]\n"""\nb = [\n  { c = 1 },\n]\n[a.d]\ne = 1\n[[a]]\nf.g = 2\n'
    found = lines(text)
    assert found == {
        ("a", 0): 2, ("a", 0, "t"): 3, ("a", 0, "b"): 6, ("a", 0, "d"): 9, ("a", 0, "d", "e"): 10, ("a", 1): 11,
        ("a", 1, "f", "g"): 12,
    }  # fmt: skip
    assert line_of(("a", 0, "b", 0, "c"), found) == 6


def test_a_directory_without_a_catalogue_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"holds no \*.toml files"):
        read_directory(tmp_path)
    (tmp_path / "a.toml").write_bytes('name = "Hậu Giang"'.encode("utf-16"))
    with pytest.raises(WrongUse, match="is not UTF-8"):
        read_directory(tmp_path)


def test_a_catalogue_keeps_its_version_wherever_it_was_and_changes_it_with_its_content() -> None:
    one = read({"a": AGENCY})
    assert Catalogue.model_validate_json(one.model_dump_json()) == one
    assert Catalogue.read_back("of-old", one.model_dump_json()).version == "of-old"
    assert len({one.version, read({"a": AGENCY.replace('"A"', '"B"')}).version, Catalogue.default().version}) == 3
    assert len({one, read({"b": AGENCY})}) == 1


RULE = """
[[rules]]
name = "r"
kind = "{kind}"
severity = "warning"
title = "R"
title_en = "R"
parameters = {{ {parameters} }}
"""


@pytest.mark.parametrize(
    ("kind", "parameters", "said"),
    [
        ("pipeline", "above = 1", "kind 'pipeline' needs 'of'"),
        ("pipeline", 'of = "weather"', "nothing that can be looked at: 'weather'"),
        ("threshold", "above = 1", "kind 'threshold' needs 'metric'"),
        ("threshold", 'metric = "queue_length"', "a threshold has a limit"),
        ("threshold", 'metric = "queue_length", above = "200"', "'200' is of the wrong kind; write a number"),
        ("certificate", 'days = ["30"]', "is of the wrong kind; write numbers, in brackets"),
        ("digest", 'at = ["07:15"]', "a digest is never a page"),
    ],
)
def test_a_rule_that_could_never_find_anything_is_refused(kind: str, parameters: str, said: str) -> None:
    assert said in str(problem(RULE.format(kind=kind, parameters=parameters)))


@pytest.mark.parametrize(
    ("at", "said"),
    [('["quarter past seven"]', "not times of the day"), ('["07:15", "08:15"]', "leave two hours between them")],
)
def test_a_digest_has_times_far_enough_apart(at: str, said: str) -> None:
    text = RULE.replace('"warning"', '"info"').format(kind="digest", parameters=f"at = {at}")
    assert said in str(problem(text))


def test_a_rule_of_volumes_names_ways_that_things_come_in_by() -> None:
    rule = RULE.format(kind="volume", parameters='flows = ["dossiers:onlin"]')
    assert "did you mean 'dossiers:online'?" in str(problem(rule))


def test_a_shift_that_stands_twice_is_refused() -> None:
    person = '[[people]]\nid = "lan"\nname = "Lan"\nphone = "0293 000 0101"\n'
    shift = '[[shifts]]\nname = "ioc"\npeople = ["lan"]\nfirst = 2026-01-05\n'
    assert "'ioc' stands twice" in str(problem(person + shift + shift))


ROUTE = '[[routes]]\nname = "r"\nrules = ["{rule}"]\nseverities = ["{severity}"]\nsteps = [{steps}]\n'
SHIFT = '[[shifts]]\nname = "{name}"\npeople = {people}\nfirst = 2026-01-05\n'
PEOPLE = "".join(f'[[people]]\nid = "{id}"\nname = "{id}"\nphone = "0293 000 0101"\n' for id in ("lan", "minh"))


def odd(*texts: str) -> list[str]:
    """What is warned about in a catalogue that can be put in force."""
    return [str(warning) for warning in warnings(read({"a.toml": "".join(texts)}))]


def test_alerts_that_no_route_takes_and_a_route_for_nothing_are_warned_about() -> None:
    rule = RULE.format(kind="threshold", parameters='metric = "queue_length", above = 1')
    step = '{ channel = "duty-chat" }'
    assert odd(rule, ROUTE.format(rule="r", severity="warning", steps=step)) == []
    found = odd(rule, ROUTE.format(rule="r", severity="critical", steps=step))
    assert [line.split(";")[0] for line in found] == [
        'warning: rules "r": no route takes its alerts: only the webhook and Alertmanager hear of them',
        'warning: routes "r": no rule has alerts for it',
    ]


def test_rotations_with_the_same_person_in_one_route_are_warned_about_and_shifts_that_nobody_asks() -> None:
    rule = RULE.format(kind="threshold", parameters='metric = "queue_length", above = 1')
    steps = '{ channel = "c", shift = "first" }, { after_s = 900, channel = "c", shift = "second" }'
    route = ROUTE.format(rule="r", severity="warning", steps=steps)
    shifts = SHIFT.format(name="first", people='["lan"]') + SHIFT.format(name="second", people='["minh"]')
    assert odd(PEOPLE, rule, route, shifts) == []
    both = SHIFT.format(name="first", people='["lan"]') + SHIFT.format(name="second", people='["minh", "lan"]')
    idle = SHIFT.format(name="third", people='["minh"]')
    found = odd(PEOPLE, rule, route, both, idle)
    assert "'lan' is on 'first' and on 'second'" in found[0]
    assert "no route asks who is on it" in found[1]


def test_a_threshold_of_a_number_that_no_system_reports_is_warned_about() -> None:
    rule = RULE.format(kind="threshold", parameters='metric = "queue_lenght", above = 1')
    assert "no system says that it reports 'queue_lenght'" in odd(SYSTEM.format(id="lgsp"), rule)[0]
