"""What every statistic asks of its input, refused in the same words everywhere."""

import reprlib
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


def numbers(name: str, values: ArrayLike) -> Floats:
    """Give finite numbers as floats, with NaN for what is missing: NaN, None, or hidden by a mask."""
    try:
        array = np.asanyarray(values)
    except ValueError:
        raise ValueError(f"{name} must be numbers, in rows of equal length") from None
    strangers = [] if array.dtype.kind in "iuf" else [each for each in array.ravel().tolist() if not _is_number(each)]
    if strangers:
        raise ValueError(f"{name} must be numbers; got {reprlib.repr(strangers[0])}")
    # DuckDB hands a NULL over as a mask; np.asarray alone would bring the value beneath it back to life.
    floats = array.astype(np.float64)
    floats = floats.filled(np.nan) if isinstance(floats, np.ma.MaskedArray) else np.asarray(floats)
    return refuse(name, "finite", floats, np.isinf(floats))


def whole(name: str, values: ArrayLike) -> Floats:
    """Check one array of counts."""
    floats = numbers(name, values)
    wrong = (floats < 0) | (floats > np.floor(floats))
    return refuse(name, "whole numbers, 0 or more", floats, wrong)


def counts(**named: ArrayLike) -> tuple[Floats, ...]:
    """Check several arrays of counts, each under its own name, and broadcast them together."""
    return together(**{name: whole(name, values) for name, values in named.items()})


def positive(name: str, values: ArrayLike) -> Floats:
    """Check one array of weights or scales, none of which may be missing."""
    floats = numbers(name, values)
    return refuse(name, "more than 0", floats, ~(floats > 0))


def together(**named: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    """Broadcast arrays together, or say which shapes do not fit."""
    try:
        return np.broadcast_arrays(*named.values())
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in named.items())
        raise ValueError(f"these shapes do not fit together: {shapes}") from None


def listed(of: str, array: Floats) -> Floats:
    """Check that an array has a last axis with something on it."""
    if not array.ndim or not array.shape[-1]:
        raise ValueError(f"a list of {of} is needed; got the shape {array.shape}")
    return array


def position(name: str, index: int, length: int) -> int:
    """Check that an index, counted from 0, lies inside a list."""
    if not 0 <= index < length:
        raise ValueError(f"{name} must be a position from 0 to {length - 1}; got {index}")
    return index


def tail(confidence: float) -> float:
    """Give the probability beyond each limit of a two-sided interval."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1; got {confidence}")
    return (1 - confidence) / 2


def refuse(name: str, wanted: str, array: Floats, wrong: Booleans) -> Floats:
    """Pass an array on, or refuse it by its first wrong value."""
    if wrong.any():
        raise ValueError(f"{name} must be {wanted}; got {array[wrong][0]:.15g}")
    return array


def _is_number(value: object) -> bool:
    if isinstance(value, bool):
        return False
    if not isinstance(value, Real):
        return value is None
    try:
        float(value)
    except OverflowError:
        return False
    return True
