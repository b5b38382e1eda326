"""Whatever an item does to its evaluator, every item is answered, and the neighbours truly."""

import pytest

from adjudge.v1.task_pb2 import Candidate, Task
from adjudge.v1.verifier_service_pb2 import VerifyCandidatesRequest
from adjudge_verifiers.contract import MIB, Budget, Outcome

pytestmark = pytest.mark.jail


def test_verdicts_come_in_order_one_each(judge):
    answer = judge("a", "wrong", "b", "wrong")
    assert answer.outcomes == ["CORRECT", "INCORRECT", "CORRECT", "INCORRECT"]
    assert [verdict.answer for verdict in answer.verdicts] == ["a", "", "b", ""]
    assert {verdict.verifier for verdict in answer.verdicts} == {"hostile"}
    assert {verdict.verifier_version for verdict in answer.verdicts} == {"1.0.0"}


def test_an_empty_chunk_has_an_empty_answer(judge):
    assert judge().verdicts == []


def test_a_chunk_larger_than_any_socket_buffer_is_judged(judge):
    answer = judge(*["x" * 1_000_000] * 12, "wrong")
    assert answer.outcomes == ["CORRECT"] * 12 + ["INCORRECT"]
    assert len(answer.verdicts[0].answer) == 1024


def test_many_items_are_judged_in_one_chunk(judge):
    assert judge(*["a", "wrong"] * 2000).outcomes == ["CORRECT", "INCORRECT"] * 2000


@pytest.mark.parametrize(("act", "reason"), [("burn", "cpu_time"), ("sleep", "wall_time")])
def test_a_hanging_item_is_killed_within_its_budget_and_the_slot_answers_on(judge, act, reason):
    budget_seconds = {"burn": 0.2, "sleep": 0.4}[act]
    late = []
    for _ in range(10):  # the machine may be shared: one good try proves it
        judge("warm")
        answer = judge("a", act, "b")
        assert answer.outcomes == ["CORRECT", "TIME_LIMIT", "CORRECT"]
        usage = answer.verdicts[1].usage
        wall_seconds = usage.wall_time.ToTimedelta().total_seconds()
        cpu_seconds = usage.cpu_time.ToTimedelta().total_seconds()
        spent_seconds = cpu_seconds if act == "burn" else wall_seconds
        assert spent_seconds >= budget_seconds
        # What the item used beyond its budget, and all that was not the item: kill, fork, answer.
        late.append(spent_seconds - budget_seconds + answer.seconds - wall_seconds)
        if answer.reasons[1] == reason and late[-1] < 0.05:
            return
    pytest.fail(f"{min(late):.3f} s more than the budget at best, or for another reason")


def test_every_hanging_item_of_a_chunk_is_blamed_alone(judge):
    answer = judge("burn", "a", "burn", "sleep", "wrong")
    assert answer.outcomes == ["TIME_LIMIT", "CORRECT", "TIME_LIMIT", "TIME_LIMIT", "INCORRECT"]


@pytest.mark.parametrize("act", ["segfault", "leave", "abort"])
def test_an_item_that_kills_its_evaluator_twice_is_blamed_alone(judge, act):
    answer = judge("a", act, "b", "wrong")
    assert answer.outcomes == ["CORRECT", "RUNTIME_ERROR", "CORRECT", "INCORRECT"]
    assert answer.reasons[1] == "evaluator_crashed"
    assert answer.verdicts[1].reward == 0


def test_an_item_that_eats_memory_is_stopped_at_its_budget(judge):
    answer = judge("a", "eat", "b")
    assert answer.outcomes == ["CORRECT", "MEMORY_LIMIT", "CORRECT"]
    assert answer.verdicts[1].usage.peak_memory_bytes < 400 * MIB


def test_each_item_has_the_memory_of_its_own_task(jail):
    request = VerifyCandidatesRequest(
        tasks=[
            Task(verifier="hostile", parameters_json=text) for text in ("{}", ' {"budget":null}')
        ],
        candidates=[Candidate(task_index=n, completion="keep") for n in (0, 1, 0)],
    )
    budgets = [Budget(memory_bytes=16 * MIB), Budget(memory_bytes=256 * MIB)]
    response = jail.evaluators.judge(request, budgets, lambda: None)
    outcomes = [v.outcome for v in type_of_response().FromString(response).verdicts]
    assert outcomes == [Outcome.MEMORY_LIMIT, Outcome.CORRECT, Outcome.MEMORY_LIMIT]


def type_of_response():
    from adjudge.v1.verifier_service_pb2 import VerifyCandidatesResponse

    return VerifyCandidatesResponse


def test_a_recursion_without_end_is_an_invalid_answer(judge):
    assert judge("recurse", "a").outcomes == ["INVALID_ANSWER", "CORRECT"]


def test_a_verifier_that_raises_is_our_error_and_bears_no_reward(judge):
    answer = judge("a", "raise_error")
    assert answer.outcomes == ["CORRECT", "INTERNAL_ERROR"]
    assert not answer.verdicts[1].HasField("reward")


@pytest.mark.parametrize(
    ("act", "outcome"),
    [("burn", "TIME_LIMIT"), ("segfault", "RUNTIME_ERROR"), ("eat", "MEMORY_LIMIT")],
)
def test_the_rewards_of_the_task_apply_to_what_the_slot_decides(judge, act, outcome):
    answer = judge(act, tasks=({"rewards": {outcome: -0.5}},))
    assert (answer.outcomes, answer.verdicts[0].reward) == ([outcome], -0.5)


@pytest.mark.parametrize("act", ["burn", "sleep", "eat", "segfault"])
def test_a_task_that_cannot_be_prepared_is_bad_and_the_others_go_on(judge, act):
    answer = judge("a", "b", "wrong", "c", tasks=({}, {"prepare": act}), task_of=(0, 1, 0, 1))
    assert answer.outcomes == ["CORRECT", "BAD_TASK", "INCORRECT", "BAD_TASK"]
    assert answer.reasons[1] == answer.reasons[3] == "reference_budget"


def test_bad_parameters_are_a_bad_task_that_names_the_field(judge):
    answer = judge("a", tasks=({"reference": 1},))
    assert answer.outcomes == ["BAD_TASK"]
    assert "reference" in answer.verdicts[0].message


def test_an_unknown_verifier_is_unavailable(judge):
    answer = judge("a", verifier="hostil")
    assert answer.outcomes == ["UNAVAILABLE"]
    assert "Did you mean 'hostile'" in answer.verdicts[0].message


def test_a_passed_deadline_answers_all_that_is_left(judge):
    calls = []

    def stop():
        calls.append(1)
        return Outcome.DEADLINE_EXCEEDED if len(calls) > 2 else None

    answer = judge("a", "sleep", "b", budget=Budget(wall_seconds=30), stop=stop)
    assert answer.outcomes[1:] == ["DEADLINE_EXCEEDED"] * 2
    assert answer.seconds < 2
    assert judge("a").outcomes == ["CORRECT"]


def test_as_many_budgets_as_tasks_are_required(jail):
    with pytest.raises(ValueError, match="1 tasks with 0 budgets"):
        jail.evaluators.judge(VerifyCandidatesRequest(tasks=[Task()]), [], lambda: None)


def test_a_candidate_that_points_at_no_task_is_our_error(judge):
    answer = judge("a", "b", task_of=(0, 7))
    assert answer.outcomes == ["CORRECT", "INTERNAL_ERROR"]
    assert answer.reasons[1] == "malformed_chunk"


def test_an_evaluator_that_has_grown_is_replaced(jail, judge, monkeypatch):
    judge("a")
    first = jail.evaluators.warm().serial
    monkeypatch.setattr("adjudge_worker.evaluators._INSPECT_SECONDS", 0.0)
    monkeypatch.setattr("adjudge_worker.evaluators.RENEW_AFTER_GROWTH_BYTES", 16 * MIB)
    assert judge("keep", budget=Budget(memory_bytes=256 * MIB)).outcomes == ["CORRECT"]
    assert judge("a").outcomes == ["CORRECT"]
    assert jail.evaluators.warm().serial > first
