"""A first visit costs little: bytes over the wire, and requests."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.crawl(5)
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 60_000),
        ("/evidence/stop-and-search/E23000016/", 60_000),
        ("/evidence/arrests/?groups=19", 60_000),
        ("/evidence/stop-and-search/", 60_000),
        ("/evidence/", 60_000),
        ("/evidence/claims/", 60_000),
        ("/evidence/counterfactual/", 60_000),
        ("/places/", 60_000),
        ("/places/E23000016/", 60_000),
        ("/places/K04000001/", 60_000),
        ("/groups/black/", 60_000),
        ("/stages/sentence/", 60_000),
        ("/nothing-here/", 60_000),
        ("/find/", 60_000),
        ("/find/?near=B21+9QY&need=mentoring", 60_000),
        ("/services/gateway-mentoring/", 60_000),
        ("/organisations/gateway-mentors/", 60_000),
        ("/directory/shortlist/?s=gateway-mentoring.court-friends", 60_000),
        ("/directory/gaps/", 60_000),
        ("/progress/", 60_000),
        ("/support/", 60_000),
        ("/news/", 60_000),
        ("/evidence/stop-and-search/K04000001/trace/?group=Black", 60_000),
        ("/evidence/stop-and-search/K04000001/trace/?figure=indirect&group=Black", 60_000),
    ],
)
def test_a_first_visit_is_under_sixty_thousand_bytes_in_a_few_requests(path, most, opened):
    with opened("about:blank") as page:
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        sizes, asked = [], []
        wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
        page.goto(path)
        page.wait_for_timeout(200)
        assert 2 <= len(asked) <= 15
        assert len(sizes) >= 2
        assert 5_000 < sum(sizes) < most


def test_styles_are_compressed_and_kept_by_the_browser_for_ever(opened):
    with opened("about:blank") as page:
        answers = {}
        page.on("response", lambda answer: answers.setdefault(answer.url.rsplit(".", 1)[-1], answer))
        page.goto("/")
        headers = answers["css"].all_headers()
        assert headers["content-encoding"] in {"br", "gzip"}
        assert "immutable" in headers["cache-control"]
        assert "max-age=" in headers["cache-control"]
