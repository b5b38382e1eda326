"""The slot reads the page as it was shown, or not at all."""

import mmap

import pytest

from adjudge_worker.guest.page import PAGE_BYTES, Page, Phase, Sight, look


@pytest.fixture
def memory():
    with mmap.mmap(-1, PAGE_BYTES) as shared:
        yield shared


def test_what_is_shown_is_seen(memory):
    page = Page(memory)
    page.show(Phase.PREPARING, 0, 5, 6)
    page.show(Phase.JUDGING, 7, 8, 9)
    assert look(memory) == Sight(2, Phase.JUDGING, 7, 8, 9)


def test_a_fresh_page_shows_an_evaluator_at_rest(memory):
    assert look(memory) == Sight(0, Phase.IDLE, 0, 0, 0)


def test_a_half_written_page_is_not_believed(memory):
    Page(memory).show(Phase.JUDGING, 7, 8, 9)
    memory[0] = 2  # the first ticket of the next change, not yet the last
    assert look(memory) is None
