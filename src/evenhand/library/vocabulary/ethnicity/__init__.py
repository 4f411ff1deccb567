"""Ethnic groups: classifications, and the crosswalks between them."""

from evenhand.library.vocabulary.errors import IllegalJoin, UnknownLabel
from evenhand.library.vocabulary.ethnicity.classification import (
    Basis,
    Classification,
    Group,
    UnknownClassification,
    classification,
    classifications,
)
from evenhand.library.vocabulary.ethnicity.crosswalk import Crosswalk, comparable, crosswalk, require_comparable
from evenhand.library.vocabulary.labels import NOT_A_PERSON, UNKNOWN

__all__ = [
    "NOT_A_PERSON",
    "UNKNOWN",
    "Basis",
    "Classification",
    "Crosswalk",
    "Group",
    "IllegalJoin",
    "UnknownClassification",
    "UnknownLabel",
    "classification",
    "classifications",
    "comparable",
    "crosswalk",
    "require_comparable",
]
