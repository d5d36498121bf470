"""The life of an alert under anything that may happen: looks, doubt, backlogs, people, time."""

from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from streams.alerts.audit import steps
from streams.alerts.finding import Finding, alert_id
from streams.alerts.life_cycle import BY_HAND, MOST_DAMPING, RELAPSE, SECOND, Alert, State, damping, step
from streams.alerts.notices import Notice, notice
from streams.catalogue.rules import Rule
from streams.words import Words
from tests.unit.alert_tools import by_hand

RULE = Rule(name="down", kind="system_down", severity="critical", title="t", title_en="t", for_s=60)
LABELS = {"system": "portal"}
NOW = 1_800_000_000 * SECOND


def found(**changes: Any) -> Finding:
    return replace(Finding(RULE, LABELS, Words("hỏng", "broken")), **changes)


def fired(now: int = NOW) -> Alert:
    """An alert that has just fired."""
    pending = step(None, found(), now - 60 * SECOND)
    alert = step(pending, found(), now)
    assert alert is not None
    assert alert.state is State.FIRING
    return alert


class Life(RuleBasedStateMachine):
    """One alert; what receivers believe is kept beside it from the notices alone."""

    @initialize(for_s=st.sampled_from([0, 60, 300]))
    def begin(self, for_s: int) -> None:
        self.rule = RULE.model_copy(update={"for_s": for_s})
        self.alert: Alert | None = None
        self.now = NOW
        self.believed = False
        self.changed: Alert | None = None

    def look(self, finding: Finding | None, blind: bool = False) -> None:
        before = self.alert
        self.alert = step(before, finding, self.now, blind=blind)
        again = step(self.alert, finding, self.now, blind=blind)
        assert again == self.alert, "the same look again changes nothing, and so tells nobody"
        if self.alert is not None and self.alert != before:
            said = notice(before, self.alert)
            worse = before is not None and self.alert.level > before.level
            assert said is not Notice.FIRING or worse or not self.believed
            assert said is not Notice.RESOLVED or self.believed
            self.believed = self.believed if said is None else said is Notice.FIRING
            assert not (blind and said is Notice.FIRING), "nobody is told of anything while Nhịp catches up"

    @rule(seconds=st.sampled_from([0, 1, 30, 61, 300, 601, 901, 4000]))
    def wait(self, seconds: int) -> None:
        self.now += seconds * SECOND

    @rule(seconds=st.sampled_from([1, 60]))
    def the_clock_jumps_back(self, seconds: int) -> None:
        self.now -= seconds * SECOND

    @rule(
        level=st.integers(0, 2),
        suppressed=st.sampled_from([None, None, "parent:data-centre"]),
        sure=st.sampled_from([True, True, False]),
        blind=st.sampled_from([False, False, True]),
        since=st.sampled_from([None, 0, 100]),
    )
    def it_is_wrong(self, level: int, suppressed: str | None, sure: bool, blind: bool, since: int | None) -> None:
        began = None if since is None else self.now - since * SECOND
        self.look(Finding(self.rule, LABELS, Words("hỏng", "broken"), began, sure, suppressed, level), blind)

    @rule(blind=st.sampled_from([False, False, True]))
    def it_is_well(self, blind: bool) -> None:
        self.look(None, blind)

    @precondition(lambda self: self.alert is not None and self.alert.is_open)
    @rule(action=st.sampled_from(["ack", "silence", "resolve"]))
    def somebody_acts(self, action: str) -> None:
        assert self.alert is not None
        self.alert = by_hand(self.alert, action, self.now)

    @invariant()
    def it_makes_sense(self) -> None:
        alert = self.alert
        if alert is None:
            return
        assert alert.id == alert_id("down", LABELS)
        if alert.is_open:
            assert alert.episode > 0
            assert alert.resolved_at is None
        if alert.state is State.FIRING:
            assert alert.told, "what fires was told"
        if alert.state is State.ACKNOWLEDGED:
            assert alert.acknowledged_by
        if alert.state is State.SUPPRESSED:
            assert alert.suppressed_by or alert.silenced_until or alert.silenced_by is None
        if alert.state is State.RESOLVED:
            assert alert.acknowledged_by is None, "an acknowledgement ends with the episode"

    def teardown(self) -> None:
        """Whatever happened: when it is well for long enough, it is over, and those who were told hear of it."""
        for _ in range(3):
            self.now += MOST_DAMPING + BY_HAND
            self.look(None)
        assert self.alert is None or self.alert.state is State.RESOLVED
        assert not self.believed


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=25)


def test_a_relapse_within_the_window_is_the_same_episode_and_afterwards_a_new_one() -> None:
    over = step(fired(), None, NOW)
    assert over is not None
    for wait, episode, relapses in ((RELAPSE - 1, 1, 1), (RELAPSE, 2, 0)):
        again = step(over, found(since=NOW), NOW + wait)
        assert again is not None
        assert (again.episode, again.relapses, again.state) == (episode, relapses, State.FIRING)


def test_it_must_be_quiet_the_longer_the_more_often_it_relapsed() -> None:
    assert [damping(n) // SECOND for n in (0, 1, 2, 3, 4, 5, 40)] == [0, 60, 120, 240, 480, 900, 900]


def test_worse_is_told_again_whoever_has_acknowledged_it() -> None:
    taken = by_hand(fired(), "ack", NOW)
    worse = step(taken, found(level=1), NOW)
    assert worse is not None
    assert (worse.state, worse.acknowledged_by) == (State.FIRING, None)
    assert notice(taken, worse) is Notice.FIRING
    assert list(steps(taken, worse)) == ["worse"]


def test_an_episode_within_a_backlog_is_recorded_and_not_told() -> None:
    begun = step(None, found(since=NOW - 1000 * SECOND), NOW, blind=True)
    assert begun is not None
    assert begun.state is State.PENDING
    over = step(begun, None, NOW + SECOND)
    assert over is not None
    assert (over.state, notice(begun, over), list(steps(begun, over))) == (State.RESOLVED, None, ["passed"])


def test_identity_is_the_rule_and_its_labels_in_any_order() -> None:
    assert alert_id("a", {"x": "1", "y": "2"}) == alert_id("a", {"y": "2", "x": "1"})
    others = [alert_id("a", {"x": "1"}), alert_id("b", {"x": "1"}), alert_id("a", {"x": "2"}), alert_id("a", {})]
    assert len(set(others)) == 4
