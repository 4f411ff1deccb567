"""A real server and a real browser: the site as `make run` serves it, and Chromium looking at it."""

import os
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, sync_playwright

from evenhand.core.accounts.demonstration import PASSWORD
from evenhand.domains.evidence.tests.make import NEXT_DAY, SEARCHES, release, revised, store_at
from evenhand.library.datasets.catalogue import counted, loader
from evenhand.library.datasets.store import release_name, shipped_content, version_of
from evenhand.library.places import places

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
WEST_MERCIA = "E23000016"
YEARS = ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25")
SEARCH = "/evidence/stop-and-search"
COUNTERFACTUAL = "/evidence/counterfactual/"
AS_SHIPPED = version_of(loader(SEARCHES), shipped_content(loader(SEARCHES)))

# Every template in every state, by what is to be seen there. `{earlier}` is a release that has been superseded, of
# searches, and `{together}` one of all counterfactuals.
PAGES = {
    "front page": "/",
    "journey": "/evidence/",
    "method": "/evidence/method/",
    "nation": f"{SEARCH}/",
    "nation, an earlier year": f"{SEARCH}/?period=2021/22",
    "nation, led by another group": f"{SEARCH}/?group=Asian",
    "nation, compared with Black": f"{SEARCH}/?reference=Black",
    "nation, 19 groups": f"{SEARCH}/?groups=19",
    "nation, 19 groups compared with a whole": f"{SEARCH}/?groups=19&reference=White",
    "nation, 19 groups compared with a small one": f"{SEARCH}/?groups=19&reference=Arab",
    "arrests": "/evidence/arrests/",
    "arrests, 19 groups": "/evidence/arrests/?groups=19",
    "arrests, compared with Other": "/evidence/arrests/?reference=Other",
    "people in prison": "/evidence/prison-population/",
    "counts of two kinds": "/evidence/child-remand/",
    "rates without counts": "/evidence/prison-self-harm/",
    "rates of two groups only": "/evidence/homicide-victims/",
    "ratios without counts": "/evidence/custodial-sentences/",
    "an unsafe figure": "/evidence/conviction-ratio/",
    "a survey, 18 groups": "/evidence/crime-victims/?groups=18",
    "shares, counted": "/evidence/prison-pava/",
    "shares, published": "/evidence/judiciary/",
    "shares of one area": "/evidence/police-use-of-force/E23000032/",
    "provisional shares": "/evidence/youth-custody/",
    "small numbers": "/evidence/child-custody/",
    "no open count": "/evidence/prosecutions/",
    "counterfactuals": COUNTERFACTUAL,
    "counterfactuals, one stage": f"{COUNTERFACTUAL}?measure=stop-and-search",
    "counterfactuals, small numbers": f"{COUNTERFACTUAL}?measure=child-custody",
    "counterfactuals, years together": f"{COUNTERFACTUAL}?measure=child-custody&period=2022/23+to+2024/25",
    "counterfactuals, compared with Black": f"{COUNTERFACTUAL}?reference=Black",
    "counterfactuals, an earlier release": f"{COUNTERFACTUAL}?release={{together}}",
    "place, clear": f"{SEARCH}/{WEST_MERCIA}/",
    "place, an earlier year": f"{SEARCH}/{WEST_MERCIA}/?period=2021/22",
    "place, compared with Black": f"{SEARCH}/{WEST_MERCIA}/?reference=Black",
    "place, a small base leads": f"{SEARCH}/W15000001/",
    "place, no clear difference": f"{SEARCH}/E23000008/?period=2020/21",
    "place, a group with no row": f"{SEARCH}/W15000004/?period=2020/21",
    "place, a group with no row compared with": f"{SEARCH}/W15000004/?period=2020/21&reference=Other",
    "place, not compared": f"{SEARCH}/E23000034/",
    "region": f"{SEARCH}/E12000007/",
    "claims": "/evidence/claims/",
    "claims, filtered": "/evidence/claims/?stage=prison&source=lammy-2017",
    "claims, none of all these": "/evidence/claims/?stage=remand&agreement=alike",
    "progress": "/progress/",
    "progress, filtered": "/progress/?status=stalled&theme=prisons",
    "review, at a glance": "/progress/lammy-2017/",
    "recommendation": "/progress/lammy-2017/13/",
    "recommendation, not checked": "/progress/lammy-2017/6/",
    "recommendation, whose number moved": "/progress/casey-2023/paragraph-10/",
    "bodies that were asked": "/progress/bodies/",
    "body that ended": "/progress/bodies/offender-management-service/",
    "claim of ours": "/evidence/claims/evenhand-stop-and-search-black/",
    "claim of ours, of what is unknown": "/evidence/claims/evenhand-arrests-not-recorded/",
    "claim quoted, of a counterfactual": "/evidence/claims/lammy-2017-fewer-people-in-prison/",
    "claim quoted, group by group": "/evidence/claims/hmicfrs-2021-searches-minority-ethnic/",
    "claim quoted, with no figure of ours": "/evidence/claims/lammy-2017-cost/",
    "corrections": "/evidence/corrections/",
    "correction written down": "/evidence/corrections/search-rates-2022-23-north-yorkshire-and-surrey/",
    "correction worked out": "/evidence/corrections/stop-search-by-police-force-release-2/",
    "a number": f"{SEARCH}/{WEST_MERCIA}/trace/?group=Black",
    "a number, of every area": f"{SEARCH}/K04000001/trace/?figure=indirect&group=Black",
    "a number, added up": f"{SEARCH}/K04000001/trace/?figure=events&group=Other&period=2020/21",
    "a number, published without counts": "/evidence/charge-rate/K04000001/trace/?group=Black",
    "a number that has changed": f"{SEARCH}/{WEST_MERCIA}/trace/?group=Black&period=2024/25&release={{earlier}}",
    "a row of a file": f"/evidence/data/{SEARCHES}/{AS_SHIPPED}/row/1058/?column=searches",
    "an earlier release": f"{SEARCH}/{WEST_MERCIA}/?period=2024/25&groups=5&reference=White&release={{earlier}}",
    "places": "/places/",
    "all of a force area": f"/places/{WEST_MERCIA}/",
    "all of a place that is not compared": "/places/E23000034/",
    "all of a region": "/places/E12000007/",
    "all of the nation": "/places/K04000001/",
    "all of a council": "/places/E08000025/",
    "all of a prison": "/places/BMI/",
    "all of a body without residents": "/places/BTP/",
    "groups": "/groups/",
    "a broad group": "/groups/black/",
    "a group within another": "/groups/mixed-white-and-black-caribbean/",
    "a group seldom recorded apart": "/groups/roma/",
    "the group compared with": "/groups/white/",
    "stages": "/stages/",
    "a stage": "/stages/arrest/",
    "a stage without open counts": "/stages/prosecution/",
    "a stage beside the journey": "/stages/victims/",
    "a page with a figure that keeps its release": "/about/what-we-think/",
    "a list of pages": "/about/other-support/",
    "a source of support": "/about/other-support/young-review/",
    "contacts": "/about/contact/",
    "what is new": "/news/",
    "what is new about a topic": "/news/?topic=data-and-research",
    "asking for e-mail": "/news/alerts/",
    "a search, a slip mended": "/search/?q=prisn",
    "a search, nothing found": "/search/?q=qqqqqq",
    "finding help": "/find/",
    "help near a postcode, for a need": "/find/?near=B21+9QY&need=mentoring&who=community%3Afive%2Fblack",
    "help, a prison misspelt": "/find/?near=Birmingam+prison",
    "help that is far away": "/find/?near=Truro&need=housing",
    "help, nothing found": "/find/?need=restorative-justice&stage=prison&language=cy",
    "help, no such place": "/find/?near=Brimminham",
    "help for somebody in danger": "/find/?q=he+hits+me",
    "a service": "/services/gateway-mentoring/",
    "a service, not checked for long": "/services/court-friends/",
    "a service that may have to be hidden": "/services/safe-house/",
    "a service, embedded": "/services/gateway-mentoring/embed/",
    "what is wrong with a service": "/services/gateway-mentoring/report/",
    "an organisation": "/organisations/gateway-mentors/",
    "an organisation, embedded": "/organisations/gateway-mentors/embed/",
    "a shortlist": "/directory/shortlist/?s=gateway-mentoring.court-friends.gone",
    "a shortlist in large print": "/directory/shortlist/?s=gateway-mentoring&size=large",
    "a shortlist, nothing on it": "/directory/shortlist/",
    "a booklet for a prison": "/directory/booklets/BMI/",
    "where the gaps are": "/directory/gaps/",
    "topics": "/topics/",
    "support on offer": "/support/",
    "a programme of days": "/support/consultancy/",
    "a programme of money": "/support/small-grants/",
    "a check of eligibility": "/support/consultancy/check/",
    "a check, answered": "/support/consultancy/check/?asked=yes&form=cio&nations=scotland&income=251000&interest=works",
    "asking to be rung": "/support/consultancy/ring/",
    "commitments, none yet": "/progress/commitments/",
    "a template to copy": "/progress/commitments/template/",
    "the register, nothing on it yet": "/progress/explain-or-reform/",
    "sending evidence": "/progress/evidence/",
    "what is overdue": "/progress/overdue/",
    "a topic": "/topics/anti-racism/",
    "not yet in Welsh": "/cy/about/",
    "the data": "/evidence/data/",
    "the data, searched": "/evidence/data/?q=prison+faith",
    "the data, nothing found": "/evidence/data/?q=zebra",
    "a dataset": "/evidence/data/stop-search-by-police-force/",
    "a dataset with notes and withheld cells": "/evidence/data/prison-pava-by-faith/",
    "a dataset of many series": "/evidence/data/child-decision-points/",
}
REFUSALS = {
    "nothing here": ("/nothing-here/", 404),
    "unknown measure": ("/evidence/stop-and-serch/", 404),
    "unknown place, near a known one": (f"{SEARCH}/?place=Kant", 404),
    "unknown place, near none": (f"{SEARCH}/?place=qqqqqqq", 404),
    "unknown code": (f"{SEARCH}/E23000099/", 404),
    "not published for this place": (f"{SEARCH}/E23000016/?groups=19", 404),
    "unknown period": (f"{SEARCH}/?period=2019/20", 404),
    "unknown reference": (f"{SEARCH}/?reference=Blck", 404),
    "unknown release": (f"{SEARCH}/?release=0123456789", 404),
    "unknown exhibit": (f"{SEARCH}/K04000001/ranking.csv", 404),
    "no chart for this exhibit": (f"{SEARCH}/K04000001/outcomes.svg", 404),
    "unknown dataset": ("/evidence/data/prison-populatoin/", 404),
    "unknown release of a dataset": ("/evidence/data/prison-population/000000000000/source.csv", 404),
    "unknown name of a place": ("/places/?name=Kant", 404),
    "postcode that cannot be placed": ("/places/?name=AB10+1AA", 404),
    "unknown group": ("/groups/blak/", 404),
    "unknown stage": ("/stages/prisn/", 404),
    "unknown number of groups": (f"{SEARCH}/?groups=7", 400),
    "unknown question of counterfactuals": (f"{COUNTERFACTUAL}?scenario=swop", 404),
    "unknown confidence": (f"{SEARCH}/?confidence=0.5", 404),
    "no number of groups": (f"{SEARCH}/?groups=%3Cb%3Efive", 400),
    "unknown claim": ("/evidence/claims/lammy-2017-costs/", 404),
    "unknown filter of progress": ("/progress/?theme=prison", 404),
    "unknown recommendation": ("/progress/lammy-2017/36/", 404),
    "unknown filter of claims": ("/evidence/claims/?stage=prisons", 404),
    "unknown correction": ("/evidence/corrections/conviction-ratio-2010/", 404),
    "counterfactual of what has no counts": (f"{COUNTERFACTUAL}?measure=custodial-sentences", 404),
    "unknown service": ("/services/gateway-mentorin/", 404),
    "wrong method": ("POST /evidence/", 405),
}
_areas = [(force.code, year) for force in places("police-force") if force.has_residents for year in YEARS]
EVERYWHERE = [f"{SEARCH}/{code}/?period={year}" for code, year in _areas]
SAMPLE = random.Random(2026).sample(EVERYWHERE, 6)  # noqa: S311  (a choice of pages is no secret)


# One page of each template, as it is most often met. Every other state is looked at by the long run.
QUICK = {
    "front page",
    "journey",
    "method",
    "nation, 19 groups",
    "arrests",
    "people in prison",
    "rates without counts",
    "shares, published",
    "no open count",
    "counterfactuals, one stage",
    "place, clear",
    "place, a small base leads",
    "claims, none of all these",
    "claim of ours",
    "corrections",
    "correction worked out",
    "a number",
    "a row of a file",
    "an earlier release",
    "places",
    "all of a force area",
    "a broad group",
    "a stage",
    "a page with a figure that keeps its release",
    "what is new",
    "a search, a slip mended",
    "help near a postcode, for a need",
    "a service that may have to be hidden",
    "where the gaps are",
    "the data, nothing found",
    "a dataset with notes and withheld cells",
    "nothing here",
    "unknown place, near a known one",
    "unknown period",
    "wrong method",
}


def pytest_generate_tests(metafunc):
    """`page_at`, `refusal`, `sampled` and `anywhere` run a test once for each address."""
    long = [pytest.mark.long] if "opened" in metafunc.fixturenames else []
    for name, every in (("page_at", PAGES), ("refusal", REFUSALS)):
        if name in metafunc.fixturenames:
            marked = [pytest.param(one, id=said, marks=[] if said in QUICK else long) for said, one in every.items()]
            metafunc.parametrize(name, marked)
    for name, values, ids in (
        ("sampled", SAMPLE, SAMPLE),
        ("anywhere", EVERYWHERE, EVERYWHERE),
    ):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, values, ids=ids)


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """A store whose searches were released twice: first with one other count, then as shipped."""
    store = store_at(tmp_path_factory.mktemp("served") / "evidence")
    store.load(SEARCHES, revised(add=1000), on=NEXT_DAY)
    earlier, together = release(store), release_name(counted(), store.current())
    store.load(SEARCHES, shipped_content(loader(SEARCHES)), on=NEXT_DAY)
    return SimpleNamespace(folder=store.folder, earlier=earlier, together=together)


@pytest.fixture(scope="session")
def site(store, tmp_path_factory, gathered_styles, furnished_database):
    """The address of the site, served by granian in a process of its own."""
    with serving(tmp_path_factory.mktemp("server"), store.folder, furnished_database) as served:
        yield served.address


@contextmanager
def serving(folder, evidence, database, made=(), **settings):
    """Serve a site of its own from a folder, once these commands were run there: its address, and a way to run more."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DEBUG": "true",
        "SITE_URL": address,
        "PORT": str(port),
        "EVIDENCE_URL": f"duckdb://{evidence}",
        "DATABASE_URL": f"sqlite://{folder / 'evenhand.sqlite3'}",
        **settings,
    }
    shutil.copy(database, folder / "evenhand.sqlite3")

    def manage(*command):
        subprocess.run([sys.executable, str(ROOT / "manage.py"), *command], cwd=ROOT, env=environment, check=True)

    for command in made:
        manage(*command)
    granian = Path(sys.executable).with_name("granian")
    command = [granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "2", "--log-level", "warning", "evenhand.web.wsgi:application"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"{address}/health/", server, folder / "log")
            yield SimpleNamespace(address=address, manage=manage)
        finally:
            server.terminate()
            server.wait(20)


def wait_for(address, server, log):
    """Until the server answers; a server that has ended says why."""
    for _ in range(300):
        if server.poll() is not None:
            pytest.fail(f"the server ended: {log.read_text()}")
        try:
            with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310  (our own server)
                response.read()
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server does not answer: {log.read_text()}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this machine."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pdftotext() -> str:
    """The program that reads the text of a PDF."""
    found = shutil.which("pdftotext")
    if found is None:
        pytest.skip("no pdftotext on this machine: install the package poppler-utils")
    return found


@pytest.fixture
def opened(chromium, site, store):
    """Open an address in a window of its own, its letters so many times as large: `with opened("/") as page`."""

    @contextmanager
    def open_(path, *, width=1280, height=900, text=1, **context):
        method, _, rest = path.rpartition(" ")
        window = chromium.new_context(viewport={"width": width, "height": height}, base_url=site, **context)
        try:
            page = window.new_page()
            if method:
                page.route("**" + rest, lambda route: route.continue_(method=method))
            if text != 1:
                sizes = {"standard": round(16 * text), "fixed": round(13 * text)}
                window.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})
            page.answer = page.goto(rest.format(earlier=store.earlier, together=store.together))
            yield page
        finally:
            window.close()

    return open_


@pytest.fixture(scope="session")
def serving_of_its_own():
    """For a walk that writes: a site that no other test sees."""
    return serving


@pytest.fixture(scope="session")
def sign_in():
    """Sign in to a demonstration with one of its roles: `sign_in(page, "coordinator", "/staff/")`."""
    return signing_in


@pytest.fixture
def as_role(served, chromium, sign_in):
    """A telephone for each role, signed in to the site that the test has `served`: `as_role("consultant")`."""
    held = {}
    with ExitStack() as windows:

        def telephone(role):
            if role not in held:
                window = chromium.new_context(base_url=served.address, viewport={"width": 360, "height": 800})
                windows.callback(window.close)
                held[role] = sign_in(window.new_page(), role)
            return held[role]

        yield telephone


def signing_in(page, who, then="/account/"):
    """As anybody would who reads the sign-in page of a demonstration, with the one-time code where one is asked for."""
    page.goto(f"/account/sign-in/?next={then}")
    page.get_by_label("E-mail").fill(f"{who}@demo.invalid")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    if "factor" in page.url:
        page.get_by_label("code").fill(page.locator(".code-inline").first.inner_text())
        page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{then}")
    return page
