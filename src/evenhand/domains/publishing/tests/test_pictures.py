"""Pictures: what is kept of them, what is said of them, and who sees them when."""

import io

import html5lib
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, ReferenceIndex

from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.domains.publishing.blocks import PictureBlock
from evenhand.domains.publishing.queries.language import findings
from evenhand.domains.publishing.tests.make import article

# Wagtail leaves a file of its own open while it makes a size.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photograph(size=(900, 600)):
    """A JPEG that says where it was taken."""
    told = Image.Exif()
    told[0x010F] = "A telephone"
    told.get_ifd(0x8825).update({1: "N", 2: (52.0, 28.0, 0.0)})
    out = io.BytesIO()
    Image.new("RGB", size, "#5b1f56").save(out, "JPEG", exif=told, comment=b"of somebody")
    return out.getvalue()


def form(content, name="Mum's photo.jpg"):
    given = {"file": SimpleUploadedFile(name, content, content_type="image/jpeg")}
    said = {"title": "A photograph", "collection": Collection.get_first_root_node().pk}
    return get_image_form(get_image_model())(said, given)


def picture():
    made = form(photograph())
    assert made.is_valid(), made.errors
    return made.save()


def block(image, **said):
    return {"image": image.pk, "alternative": "", "decorative": False, "caption": "", "credit": "", **said}


def test_a_picture_is_drawn_anew_and_says_no_more_of_where_it_was_taken():
    before = Image.open(io.BytesIO(photograph()))
    assert before.getexif()
    image = picture()
    with Image.open(image.file.path) as after:
        assert not after.getexif()
        assert "comment" not in after.info
        assert (after.width, after.height) == (before.width, before.height) == (image.width, image.height)
    with image.get_rendition("width-400").file.open("rb") as file:
        assert not Image.open(file).getexif()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "picture.svg"),
        (b"<html><script>alert(1)</script>", "picture.jpg"),
        (b"GIF89a" + b"\0" * 40, "picture.gif"),
        (b"%PDF-1.4 %%EOF", "picture.png"),
        (photograph()[:300], "cut.jpg"),
        (photograph(), "photo.jpg.exe"),
    ],
)
def test_what_is_no_picture_or_not_what_it_is_called_is_refused(content, name):
    assert "file" in form(content, name).errors


def test_a_picture_has_words_or_says_that_it_needs_none_and_never_both():
    image = picture()
    kind = PictureBlock()
    for wrong, field in (({}, "alternative"), ({"alternative": "  "}, "alternative")):
        with pytest.raises(ValidationError) as refusal:
            kind.clean(kind.to_python(block(image, **wrong)))
        assert list(refusal.value.block_errors) == [field]
    with pytest.raises(ValidationError) as refusal:
        kind.clean(kind.to_python(block(image, alternative="A court", decorative=True)))
    assert list(refusal.value.block_errors) == ["decorative"]
    kind.clean(kind.to_python(block(image, alternative="A court")))
    kind.clean(kind.to_python(block(image, decorative=True)))


def test_what_was_said_of_a_picture_when_it_was_handed_in_is_not_asked_for_again():
    image = picture()
    image.description = "A court seen from the street"
    image.save()
    kind = PictureBlock()
    assert kind.clean(kind.to_python(block(image)))["alternative"] == "A court seen from the street"
    assert kind.clean(kind.to_python(block(image, alternative="A door")))["alternative"] == "A door"
    assert not kind.clean(kind.to_python(block(image, decorative=True)))["alternative"]


def test_a_page_offers_a_picture_in_several_sizes_with_its_words_and_only_while_it_is_public(planted, client):
    image = picture()
    said = block(
        image, alternative='A court, "seen" from <the> street', caption="The court.", credit="A. Maker, CC BY 4.0"
    )
    page = article(
        "With a picture", slug="with-picture", blocks=[("picture", said), ("picture", block(image, decorative=True))]
    )
    ReferenceIndex.create_or_update_for_object(page)  # which the worker does
    tree = html5lib.HTMLParser(strict=True).parse(client.get(page.get_url()).content.decode())
    shown, plain = tree.iter(f"{XHTML}img")
    assert shown.get("alt") == 'A court, "seen" from <the> street'
    assert plain.get("alt") == ""
    assert shown.get("width")
    assert shown.get("height")
    sizes = [part.split() for part in shown.get("srcset").split(", ")]
    assert {wide for _url, wide in sizes} >= {"400w", "800w"}
    urls = [url for url, _wide in sizes]
    for url in urls:
        answer = client.get(url)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert b"".join(answer.streaming_content)[:3] == b"\xff\xd8\xff"
    assert client.get(f"/media/{image.file.name}").status_code == 404  # as it was brought, nobody gets it
    assert client.get("/media/../evenhand.sqlite3").status_code == 404
    page.unpublish()
    assert client.get(urls[0]).status_code == 404
    assert signed_in(person("content-editor")).get(urls[0]).status_code == 200
    assert signed_in(person("directory-editor")).get(urls[0]).status_code == 404
    assert not findings(page)
