"""Plots for tests: one ordinary of each kind."""

from evenhand.core.design.charts import (
    BarPart,
    BarPlot,
    DifferencePlot,
    DifferenceRow,
    DotPlot,
    DotRow,
    FunnelDot,
    FunnelLine,
    FunnelPlot,
    RankPlot,
    RankRow,
    SharePlot,
    ShareRow,
    Tile,
    TileMap,
    TrendPlot,
    TrendSeries,
    bar_with_unknowns,
    difference_bars,
    dot_and_interval,
    funnel,
    rank_plot,
    share_bars,
    tile_map,
    trend,
)

DOTS = DotPlot(
    "Counts for each resident",
    "",
    (
        DotRow("First", 8.0, 6.8, 9.4, "lead", "168 counts", "8.0", "6.8 to 9.4", benchmark=3.65),
        DotRow("Second", 1.3, 0.8, 2.0, "few", "18 counts", "1.3", "0.8 to 2.0", remark="no clear difference"),
        DotRow("Third", 2.1, 1.7, 2.4, shown="2.1", range_shown="1.7 to 2.4", span_of_doubt=(1.5, 6.0)),
        DotRow("Fourth", 1.2, kind="published", shown="1.2"),
        DotRow("Fifth", 6.5, kind="extreme", shown="6.5"),
        DotRow("Sixth", None, empty="withheld: too few to show"),
        DotRow("Base & all", 1.0, kind="reference", shown="1.0", range_shown="reference"),
    ),
    "same as the base",
    benchmark_label="The nation",
)
TREND = TrendPlot(
    "Five years",
    "",
    ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25"),
    (
        TrendSeries("Here", ((6.6, 5.8, 7.5), (6.2, 5.3, 7.2), None, (6.6, 5.7, 7.6), (8.0, 6.8, 9.4)), lead=True),
        TrendSeries("Everywhere", tuple((value, None, None) for value in (5.5, 4.8, 4.1, 3.6, 3.65))),
    ),
    "same as the base",
    breaks=(4,),
    break_note="counting changed",
)
BAR = BarPlot(
    "All 3,270",
    "",
    (BarPart("One", 2292, "2,292"), BarPart("Two", 171, "171"), BarPart("Three", 168, "168", lead=True)),
    BarPart("Not recorded", 541, "541"),
)
DIFFERENCES = DifferencePlot(
    "More and fewer than asked",
    "",
    (
        DifferenceRow("First", 6824.2, 6638.9, 7012.5, "+6,824", "6,639 to 7,012", lead=True),
        DifferenceRow("Second", -1056.9, -1211.8, -898.8, "−1,057", "−1,212 to −899"),
        DifferenceRow("Third", -168.2, -339.8, 6.0, "−168", "−340 to 6", "6,932 counts", "no clear difference"),
        DifferenceRow("Base & all", 0, shown="0", range_shown="compared with", reference=True),
        DifferenceRow("Fifth", None, empty="withheld: too few to show"),
    ),
    "more than now",
    "fewer than now",
    reference_label="Compared with",
)
TILES = TileMap(
    "Areas, one square each",
    "",
    (
        Tile("AAA", 1, 1, "1.6", 1, "/areas/a/", "Area A"),
        Tile("B&B", 2, 1, "8.5", 5, "/areas/b/", "Area B & B"),
        Tile("CCC", 2, 2, "n/a", 0, "/areas/c/", "Area C"),
    ),
    ("under 2", "2 to 3", "3 to 4", "4 to 6", "6 and over"),
)
RANKS = RankPlot(
    "Likely places",
    "",
    (
        RankRow("Area A", 2, 1, 3, "2 (1 to 3)"),
        RankRow("Area B", 1, 1, 2, "1 (1 to 2)", lead=True),
        RankRow("Area C", None, empty="not compared"),
        RankRow("Area D", 3, 2, 3, "3 (2 to 3)"),
    ),
    "widest",
    "narrowest",
)
FUNNEL = FunnelPlot(
    "Areas around the nation",
    "",
    (
        FunnelDot("Area A & all", 1.2, 2500, "outside", "1.2", named=True),
        FunnelDot("Area B", 7.5, 60, "outside", "7.5", named=True),
        FunnelDot("Area C", 3.4, 400, shown="3.4"),
        FunnelDot("Area D", 5.0, 90, shown="5.0", lead=True),
        FunnelDot("Area E", 2.0, 12, "few", "2.0"),
        FunnelDot("Area F", 0.01, 20, "few", "0.01"),
    ),
    (
        FunnelLine("inner", "By chance, 95 in 100", (10, 300, 3000), (1.5, 3.2, 3.5), (6.2, 4.1, 3.8)),
        FunnelLine("outer", "By chance, 998 in 1,000", (10, 300, 3000), (0.8, 2.9, 3.4), (8.4, 4.6, 3.9)),
        FunnelLine("widened", "As widely as areas vary", (10, 300, 3000), (0, 1.1, 3.0), (90, 9.0, 4.3)),
    ),
    3.65,
    "The nation 3.7",
    "same as the base",
    "How much the ratio rests on: little at the left and a great deal at the right",
    few_label="Under 30",
)
SHARES = SharePlot(
    "What nobody recorded",
    "",
    (
        ShareRow("2018/19", 0.04, 0.03, 0.06, "4.0%", "3.0% to 6.0%", "First source, with a long name of its own"),
        ShareRow("2019/20", 0.02, 0.01, 0.04, "2.0%", "1.0% to 4.0%", "Second & last"),
        ShareRow("2020/21", 0.0, 0.0, 0.01, "0.0%", "0.0% to 1.0%", "Second & last", lead=True),
    ),
)
CHARTS = {
    "dots": dot_and_interval(DOTS, name="dots"),
    "trend": trend(TREND, name="trend"),
    "bar": bar_with_unknowns(BAR, name="bar"),
    "differences": difference_bars(DIFFERENCES, name="differences"),
    "tiles": tile_map(TILES, name="tiles"),
    "ranks": rank_plot(RANKS, name="ranks"),
    "funnel": funnel(FUNNEL, name="funnel"),
    "shares": share_bars(SHARES, name="shares"),
}
