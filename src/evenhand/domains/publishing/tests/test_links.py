"""Looking at other bodies' addresses: whatever one of them is, the others are looked at too."""

import pytest

from evenhand.domains.publishing.actions import links
from evenhand.domains.publishing.actions.links import answer_of


@pytest.mark.parametrize(
    "address", ["https://example.org:99999/", "https://example.org:8443/", "ftp://example.org/", "https://[::1/", "x"]
)
def test_what_is_no_plain_address_is_said_to_be_none(address):
    assert answer_of(address) == "it is no plain address of the open web"


@pytest.mark.parametrize("address", ["http://127.0.0.1/café?id=1", "https://[::1]/", "http://localhost/"])
def test_nothing_inward_is_asked(address):
    assert answer_of(address) == "it leads to no machine of the open web"


def test_a_path_in_any_letters_is_asked_for_with_its_question(monkeypatch):
    class Line:
        said = b""

        def sendall(self, content):
            Line.said += content

        def makefile(self, *_how):
            import io

            return io.BytesIO(b"HTTP/1.1 200 OK\r\n\r\n")

        def close(self):
            pass

    monkeypatch.setattr(links, "reach", lambda _host, _scheme: Line())
    assert answer_of("https://example.org/café?id=7") == ""
    assert Line.said.startswith(b"HEAD /caf%C3%A9?id=7 HTTP/1.1")
