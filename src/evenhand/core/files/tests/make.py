"""Files as people hand them in, and as attackers do."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CSV = b"Name,Amount\r\nMade up,-5\r\n"
TYPES = b'<?xml version="1.0"?><Types/>'


def upload(name, content):
    return SimpleUploadedFile(name, content)


def picture(form="PNG", size=(40, 20), exif=None, **more):
    out = io.BytesIO()
    options = {"exif": exif} if exif is not None else {}
    Image.new("RGB", size, (91, 31, 86)).save(out, form, **options, **more)
    return out.getvalue()


def photo_with_place():
    """A picture that says where it was taken and by what, and is turned by what it says."""
    exif = Image.Exif()
    exif[0x010F] = "Made-up Camera"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    return picture("JPEG", exif=exif, comment=b"taken at home")


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def docx(*more):
    return zipped([("[Content_Types].xml", TYPES), ("word/document.xml", b"<w:document/>"), *more])


def xlsx(*more):
    return zipped([("[Content_Types].xml", TYPES), ("xl/workbook.xml", b"<workbook/>"), *more])


def odt(*more):
    return zipped([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<office/>"), *more])
