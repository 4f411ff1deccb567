"""Counting the entries with each of many tags, place by place, in one question."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from evenhand.domains.directory.queries.index.facets import any_of, bits_of


def counted(tags: Sequence[str], areas: Sequence[Iterable[str]]) -> Mapping[str, tuple[int, ...]]:
    """How many entries have each tag and name a place of each area, in the order of the areas.

    An area is the codes of its places; an entry that names two of them is counted once. The tags are of the kinds that
    stand as bits beside each entry.
    """
    bits = bits_of(tags)
    held = [each for each in tags if each in bits]
    none = dict.fromkeys(tags, (0,) * len(areas))
    pairs = [(number, code) for number, codes in enumerate(areas) for code in codes]
    if not held or not pairs:
        return none
    sums = ", ".join(f"sum(CASE WHEN {any_of([bits[each]])} THEN 1 ELSE 0 END)" for each in held)
    sql = f"""
        WITH area (number, code) AS (VALUES {", ".join(["(%s, %s)"] * len(pairs))}),
        naming AS (
            SELECT DISTINCT area.number, entry.id FROM area
            JOIN directory_coverage AS coverage ON coverage.code = area.code
            JOIN directory_entry AS entry ON entry.service_id = coverage.service_id
        ),
        spot AS (
            SELECT entry_id, min(facets_0) AS facets_0, min(facets_1) AS facets_1, min(facets_2) AS facets_2
            FROM directory_spot GROUP BY entry_id
        )
        SELECT naming.number, {sums} FROM naming JOIN spot ON spot.entry_id = naming.id GROUP BY naming.number
    """  # noqa: S608  (names and numbers of ours; values apart)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for pair in pairs for value in pair])
        rows = {number: sums_ for number, *sums_ in cursor.fetchall()}
    nothing = [0] * len(held)
    return none | {
        each: tuple(int(rows.get(number, nothing)[at]) for number in range(len(areas))) for at, each in enumerate(held)
    }
