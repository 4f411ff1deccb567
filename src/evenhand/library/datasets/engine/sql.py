"""Every statement that the engine runs, in DuckDB's dialect."""

OBSERVATION = """
CREATE TABLE observation (
    dataset VARCHAR, version VARCHAR, series VARCHAR, period VARCHAR, place VARCHAR, classification VARCHAR,
    grp VARCHAR, value DOUBLE, state VARCHAR, row_number INTEGER, column_name VARCHAR, source_title VARCHAR,
    source_url VARCHAR, source_table VARCHAR, source_licence VARCHAR, detail VARCHAR, sex VARCHAR, age VARCHAR,
    note VARCHAR DEFAULT ''
)
"""

# By name: releases written before a column was added have none of it.
INSERT_FILE = "INSERT INTO observation BY NAME SELECT ? AS dataset, ? AS version, * FROM read_parquet(?)"

# What a figure is added up from. Nothing is, where the source itself gives the sum; and rates are never added up.
GROUP_PART = """
CREATE TABLE group_part AS
SELECT DISTINCT o.dataset, o.version, o.series, c.target AS classification, c.target_grp AS grp,
    c.source AS part_classification, c.source_grp AS part_grp
FROM observation o
JOIN crosswalk c ON c.source = o.classification AND c.source_grp = o.grp
JOIN added USING (series)
WHERE NOT EXISTS (
    SELECT 1 FROM observation p
    WHERE (p.dataset, p.version, p.series, p.classification) = (o.dataset, o.version, o.series, c.target)
        -- Rows that count everyone stand under "any" too, and say nothing of the unknown.
        AND (c.target <> 'any' OR p.grp = c.target_grp)
)
"""
PLACE_PART = """
CREATE TABLE place_part AS
SELECT DISTINCT o.dataset, o.version, o.series, n.outer_place AS place, n.inner_place AS part_place
FROM observation o
JOIN nesting n ON n.inner_place = o.place
JOIN added USING (series)
WHERE NOT EXISTS (
    SELECT 1 FROM observation p
    WHERE (p.dataset, p.version, p.series, p.place) = (o.dataset, o.version, o.series, n.outer_place)
)
"""

# A group rolls up only when every part has a value; a place rolls up over the places that have a row, and counts
# those that have none.
FIGURE = """
CREATE TABLE figure AS
WITH grouped AS (
    SELECT dataset, version, series, period, place, classification, grp, detail, sex, age, value, state
    FROM observation
    UNION ALL
    SELECT o.dataset, o.version, o.series, o.period, o.place, p.classification, p.grp, o.detail, o.sex, o.age,
        CASE WHEN count(o.value) = count(*) THEN sum(o.value) END,
        CASE
            WHEN count(o.value) = count(*) THEN 'present'
            WHEN bool_or(o.state IN ('suppressed', 'small')) THEN 'suppressed'
            ELSE 'not-available'
        END
    FROM observation o
    JOIN group_part p ON (p.dataset, p.version, p.series, p.part_classification, p.part_grp)
        = (o.dataset, o.version, o.series, o.classification, o.grp)
    GROUP BY ALL
)
SELECT *, 0 AS gaps FROM grouped
UNION ALL
SELECT g.dataset, g.version, g.series, g.period, p.place, g.classification, g.grp, g.detail, g.sex, g.age,
    CASE WHEN bool_and(g.state IN ('present', 'revised', 'provisional', 'no-row')) THEN sum(g.value) END,
    CASE
        WHEN bool_and(g.state = 'no-row') THEN 'no-row'
        WHEN bool_and(g.state IN ('present', 'revised', 'provisional', 'no-row')) THEN 'present'
        WHEN bool_or(g.state IN ('suppressed', 'small')) THEN 'suppressed'
        ELSE 'not-available'
    END,
    count_if(g.state = 'no-row')
FROM grouped g
JOIN place_part p ON (p.dataset, p.version, p.series, p.part_place) = (g.dataset, g.version, g.series, g.place)
GROUP BY ALL
"""

FIGURES = """
SELECT period, place, grp, detail, value, state, gaps
FROM figure
WHERE dataset = $dataset AND version = $version AND series = $series AND classification = $classification
    AND sex = $sex AND age = $age AND ($detail IS NULL OR detail = $detail)
    AND ($period IS NULL OR period = $period) AND ($places IS NULL OR place IN (SELECT unnest($places::VARCHAR[])))
ORDER BY period, place, grp, detail
"""

REMARKS = """
SELECT DISTINCT place, period, grp, state, note FROM observation
WHERE dataset = $dataset AND version = $version AND series = $series AND classification = $classification
    AND sex = $sex AND age = $age AND ($detail IS NULL OR detail = $detail)
    AND (state IN ('provisional', 'revised') OR starts_with(note, $unsafe))
ORDER BY ALL
"""

PERIODS = """
SELECT DISTINCT period FROM figure
WHERE dataset = $dataset AND version = $version AND series = $series AND classification = $classification
ORDER BY period
"""

PLACES = """
SELECT DISTINCT place FROM figure
WHERE dataset = $dataset AND version = $version AND series = $series AND classification = $classification
"""

PARTS_OF_GROUPS = "SELECT dataset, version, series, classification, grp, part_classification, part_grp FROM group_part"
PARTS_OF_PLACES = "SELECT dataset, version, series, place, part_place FROM place_part"

# What was read from cells of the source. No order: the few that come back are put in that of the file afterwards.
OBSERVED = """
SELECT series, period, place, classification, grp, detail, sex, age, value, state, row_number, column_name, note,
    source_title, source_url, source_table, source_licence
FROM observation
WHERE dataset = $dataset AND version = $version
"""
TABLE = f"{OBSERVED} AND series = $series AND place = $place AND classification IN $schemes"
ROW = f"{OBSERVED} AND row_number = $row"
CELLS = f"""{OBSERVED}
    AND series = $series AND period = $period AND detail = $detail AND sex = $sex AND age = $age
    AND grp IN $groups AND place IN $places
"""

SERIES = "SELECT DISTINCT series FROM observation"

SOURCES = """
SELECT DISTINCT dataset, version, source_title, source_url, source_table, source_licence FROM observation
ORDER BY ALL
"""

# The observations of one release, as they were kept.
KEPT = "SELECT * REPLACE (CASE WHEN isnan(value) THEN NULL ELSE value END AS value) FROM read_parquet(?)"
RENAMED = {"grp": "group", "row_number": "row", "column_name": "column"}  # what SQL would not have as it is
