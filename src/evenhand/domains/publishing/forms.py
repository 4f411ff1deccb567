"""The shape of what is asked of visitors, and of pictures that editors bring."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from evenhand.core.errors import Refused
from evenhand.core.files.kinds import LARGEST, clean_name, kept
from evenhand.core.terms import topic_choices


class AlertForm(forms.Form):
    """An address, and the topics of interest."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=topic_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none to hear of everything new."),
    )


class FollowForm(forms.Form):
    """An address, where what is to be followed is said by the address of the page."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class DocumentForm(BaseDocumentForm):  # type: ignore[misc]  # Wagtail ships no types
    """A file beside a page: it is what its name says, and holds nothing that runs, as any file handed in."""

    def clean_file(self) -> Any:
        """The bytes that are kept of it."""
        given = self.cleaned_data["file"]
        return _kept(given)[1] if "file" in self.changed_data else given


class TermForm(forms.Form):
    """Words for the language check."""

    words = forms.CharField(
        label=_("The words to look for"),
        min_length=3,
        max_length=80,
        help_text=_("As they are written, in small letters. A * at the end means any ending."),
    )
    instead = forms.CharField(label=_("What to write instead"), max_length=300)
    why = forms.CharField(label=_("Why, in one sentence"), max_length=400)


class PictureField(WagtailImageField):  # type: ignore[misc]  # Wagtail ships no types
    """A file that is asked whether it is a picture, and may be cut short."""

    def to_python(self, data: Any) -> Any:
        """The picture; a fault for one that cannot be read to its end."""
        try:
            return super().to_python(data)
        except (OSError, Image.DecompressionBombWarning):
            raise ValidationError(_("The picture cannot be read. Save it again.")) from None


class PictureForm(BaseImageForm):  # type: ignore[misc]  # Wagtail ships no types
    """A picture as it is kept: drawn anew, so that it says no more of where and by what it was taken."""

    file = PictureField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])

    def clean_file(self) -> Any:
        """The picture without whatever was hung on to it; a fault for what is none, or too large."""
        given = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return given
        given.seek(0)
        kind, content = _kept(given)
        if kind not in {"png", "jpeg"}:
            raise ValidationError(_("Choose a picture: PNG or JPEG."))
        return content


def _kept(given: Any) -> tuple[str, ContentFile[bytes]]:
    """What a file is, and the bytes that are kept of it under a name that is safe."""
    try:
        kind, content = kept(given.read(LARGEST + 1), given.name or "")
    except Refused as refusal:
        raise ValidationError(refusal.message) from refusal
    return kind, ContentFile(content, clean_name(given.name or "", kind))
