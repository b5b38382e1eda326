"""A few seconds of the fuzzer of tests/fuzz/mathematics.py, the same ones every time."""

import random

from tests.fuzz import trial
from tests.fuzz.mathematics import Note, run_trials
from tests.fuzz.mutations import Mutator

from adjudge_verifiers.mathematics.decision import Decision

SEED = 20_261_124
TRIALS = 120


def test_no_mutated_answer_gets_anything_but_a_verdict_in_time():
    assert run_trials(SEED, seconds=60.0, most=TRIALS) == []


def test_a_seed_repeats_its_trials():
    runs = []
    for _ in range(2):
        dice = random.Random(SEED)
        mutator = Mutator(dice)
        runs.append([trial.make_trial(mutator, dice) for _ in range(50)])
    assert runs[0] == runs[1]


def test_the_fuzzer_finds_a_comparison_of_one_direction(monkeypatch):
    # Given a ladder that takes the shorter reference for right
    def one_way(reference, answer, _):
        return Decision(len(reference.text) <= len(answer.text), "broken")

    monkeypatch.setattr(trial, "equivalent", one_way)
    found = trial.failures(trial.Trial("1", "1.0", {}))
    assert found == ["one direction is True, the other False"]


def test_the_fuzzer_finds_what_is_raised(monkeypatch):
    def broken(*_):
        raise AttributeError("no such thing")

    monkeypatch.setattr(trial, "equivalent", broken)
    assert any("AttributeError" in line for line in trial.failures(trial.Trial("1", "2", {})))


def test_the_fuzzer_finds_what_takes_too_long_but_for_sympy(monkeypatch):
    def endless(*_):
        while True:
            pass

    monkeypatch.setattr(trial, "CPU_SECONDS", 0.05)
    monkeypatch.setattr(trial, "equivalent", endless)
    assert any("CPU time" in line for line in trial.failures(trial.Trial("1", "2", {})))
    endless.__globals__["__name__"], name = "sympy.core", endless.__globals__["__name__"]
    try:
        assert trial.failures(trial.Trial("1", "2", {})) == []
    finally:
        endless.__globals__["__name__"] = name


def test_a_note_outlives_its_writer(tmp_path):
    path = tmp_path / "note"
    path.write_bytes(bytes(1 << 16))
    Note(str(path)).write(7, 2, "½" * 40_000)
    trials, findings, line = Note(str(path)).read()
    assert (trials, findings, line[:3]) == (7, 2, "½½½")
