import dataclasses
import inspect
from pathlib import Path

import numpy as np
import pytest

from evenhand.library import statistics

HEADINGS = ["Shape", "Units", "Missing", "Errors", "Source"]
PUBLIC = {name: getattr(statistics, name) for name in statistics.__all__}
FUNCTIONS = [each for each in PUBLIC.values() if inspect.isfunction(each)]
RESULTS = [each for each in PUBLIC.values() if inspect.isclass(each)]


def test_there_are_public_statistics_and_each_is_a_function_or_a_result():
    assert len(FUNCTIONS) + len(RESULTS) == len(PUBLIC) == len(set(statistics.__all__)) > 20


@pytest.mark.parametrize("statistic", FUNCTIONS, ids=lambda each: each.__name__)
def test_every_public_statistic_says_what_it_promises_under_the_five_headings(statistic):
    first, *rest = inspect.getdoc(statistic).split("\n\n")
    assert first.endswith(".")
    assert "\n" not in first
    assert len(rest) == 1
    lines = rest[0].split("\n")
    assert [line for line in lines if not line.startswith(" ")] == HEADINGS
    for heading, following in zip(lines, [*lines[1:], ""], strict=True):
        if heading in HEADINGS:
            assert following.startswith("    ")
    assert all(line.startswith("    ") and not line.startswith("     ") for line in lines if line not in HEADINGS)


@pytest.mark.parametrize("result", RESULTS, ids=lambda each: each.__name__)
def test_every_result_is_a_frozen_dataclass_with_one_sentence(result):
    assert result.__doc__.endswith(".")
    assert "\n" not in result.__doc__
    assert result.__dataclass_params__.frozen
    assert not hasattr(result(*[np.zeros(1)] * len(dataclasses.fields(result))), "__dict__")


def test_every_module_opens_with_one_sentence():
    for module in Path(statistics.__file__).parent.glob("*.py"):
        opening = module.read_text(encoding="utf-8").partition("\n")[0]
        assert opening.startswith('"""')
        assert opening.endswith('."""'), module.name
