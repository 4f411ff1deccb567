from fractions import Fraction

import numpy as np
import pytest

from evenhand.library.statistics import rate, rate_ratio
from evenhand.library.statistics.errors import numbers, whole


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (-3, "events must be whole numbers, 0 or more; got -3"),
        ([1, 2.5], "events must be whole numbers, 0 or more; got 2.5"),
        (np.inf, "events must be finite; got inf"),
        ("5", "events must be numbers; got '5'"),
        (["5", None], "events must be numbers; got '5'"),
        (True, "events must be numbers; got True"),
        ([None, True], "events must be numbers; got True"),
        (1j, "events must be numbers; got 1j"),
        (np.datetime64("2026-01-01"), "events must be numbers; got"),
        ([[1], [1, 2]], "events must be numbers, in rows of equal length"),
        ([10**400], "events must be numbers; got 1000"),
        ({"a": 1}, "events must be numbers; got"),
    ],
)
def test_a_wrong_count_is_refused_in_words(wrong, message):
    with pytest.raises(ValueError, match=r"^events") as refusal:
        rate(wrong, 100)
    assert str(refusal.value).startswith(message)


def test_each_argument_is_refused_by_its_own_name():
    with pytest.raises(ValueError, match=r"ref_population must be whole numbers, 0 or more; got 0\.5"):
        rate_ratio(1, 2, 3, 0.5)


def test_shapes_that_do_not_fit_are_refused_in_words():
    with pytest.raises(ValueError, match=r"do not fit together: events \(2,\), population \(3,\)"):
        rate([1, 2], [1, 2, 3])


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, float("nan")])
def test_a_confidence_outside_0_to_1_is_refused(confidence):
    with pytest.raises(ValueError, match="confidence must lie between 0 and 1"):
        rate(1, 2, confidence=confidence)


@pytest.mark.parametrize("per", [0, -1, float("nan")])
def test_a_scale_must_be_more_than_0(per):
    with pytest.raises(ValueError, match="per must be more than 0"):
        rate(1, 2, per=per)


def test_missing_is_nan_or_none_or_a_mask_and_the_value_beneath_a_mask_stays_hidden():
    masked = np.ma.MaskedArray([1, 99, 3], mask=[False, True, False])
    for values in ([1, None, 3], [1, np.nan, 3], masked):
        np.testing.assert_array_equal(numbers("events", values), [1, np.nan, 3])


def test_every_kind_of_whole_number_is_a_count():
    for values in ([1, 2], [1.0, 2.0], (1, 2), np.array([1, 2], np.uint8), [Fraction(1), np.int64(2)]):
        np.testing.assert_array_equal(whole("events", values), [1, 2])


def test_the_input_is_left_as_it_was():
    events = np.array([1.0, 2.0, 3.0])
    rate_ratio(events, 10, 5, 10)
    np.testing.assert_array_equal(events, [1, 2, 3])
