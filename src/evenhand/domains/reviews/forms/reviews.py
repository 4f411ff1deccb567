"""Forms about recommendations and assessments: capturing, verifying, answering, assessing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.terms import KINDS, TermsChoice
from evenhand.domains.reviews.forms.commitments import day
from evenhand.domains.reviews.models import Asking, Assessment, Body, Recommendation, Review
from evenhand.domains.reviews.queries import words

TALL = {"rows": 3}
MANY = 2
ANSWERS = (
    *("accepted", "accepted-in-part", "accepted-in-principle", "alternative", "rejected", "in-progress", "completed"),
)


class ReviewForm(forms.ModelForm[Review]):
    """A review that is to be kept."""

    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: list(words.KINDS.items()))

    class Meta:
        """What its page says."""

        model = Review
        fields = ("title", "short", "slug", "kind", "chair", "published", "in_all", "answered", "url")
        help_texts = {  # noqa: RUF012  (Django's way)
            "slug": _("Small letters, digits and hyphens, such as lammy-2017. It stays for ever."),
            "published": _("A year, a month or a day: 2017, 2017-09 or 2017-09-08."),
        }


class CaptureForm(forms.ModelForm[Recommendation]):
    """What a review asked for."""

    bodies = forms.ModelMultipleChoiceField(label=_("Bodies"), queryset=Body.objects.all(), required=False)

    class Meta:
        """What is written down first; how far it was seen, a second person says."""

        model = Recommendation
        fields = (
            *("review", "slug", "number", "summary", "addressed_to", "bodies", "theme", "topics", "stages", "groups"),
            *("quotation", "page", "url", "notes"),
        )
        widgets = {"summary": forms.Textarea(attrs=TALL), "notes": forms.Textarea(attrs=TALL)}  # noqa: RUF012  (as above)
        help_texts = {  # noqa: RUF012  (as above)
            "slug": _("The number as it stands in the address, such as 13 or 1a. It stays for ever."),
            "summary": _("In our own words, not the report’s."),
            "quotation": _("Leave it empty until the words were seen in the report."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With the words of our lists to tick."""
        super().__init__(*args, **kwargs)
        for kind in ("topics", "stages", "groups"):
            self.fields[kind] = TermsChoice(
                choices=KINDS[kind],
                label=self.fields[kind].label,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        # Nothing is quoted before a second person has seen it.
        del self.fields["quotation"]


class SeenForm(forms.Form):
    """How far it was seen in the source."""

    verification = forms.ChoiceField(
        label=_("What you saw"), choices=lambda: [(key, words.VERIFICATIONS[key]) for key in ("text-seen", "gist-seen")]
    )
    seen = forms.CharField(label=_("Where you saw it: which copy of the report"), max_length=300)
    page = forms.CharField(label=_("Page"), max_length=20, required=False)


class OnForm(forms.Form):
    """A day."""

    on = day(_("On which day"), initial=timezone.localdate)


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=_("Why"), max_length=200, widget=forms.Textarea(attrs=TALL))


class AskingForm(forms.ModelForm[Asking]):
    """That an answer was asked for."""

    on = day(_("On which day it was sent"), initial=timezone.localdate)

    class Meta:
        """Each body that it asks gets a clock of its own."""

        model = Asking
        fields = ("on", "words")
        widgets = {"words": forms.Textarea(attrs=TALL)}  # noqa: RUF012  (as above)


class AnswerForm(forms.ModelForm[Assessment]):
    """What a body that was asked answered."""

    body = forms.ModelChoiceField(label=_("Which body answers"), queryset=Body.objects.none())
    on = day(_("On which day"), initial=timezone.localdate)
    position = forms.ChoiceField(
        label=_("What it comes to"), choices=lambda: [(key, words.POSITIONS[key]) for key in ANSWERS]
    )
    basis = forms.ChoiceField(label=_("On which basis"), choices=lambda: list(words.BASES.items()), initial="intent")
    rationale = forms.CharField(label=_("What was answered, in our words"), widget=forms.Textarea(attrs=TALL))

    class Meta:
        """A claim of the body that was asked, like any other that it makes."""

        model = Assessment
        fields = ("body", "on", "position", "basis", "rationale", "quotation", "url", "further")
        widgets = {"further": forms.Textarea(attrs=TALL)}  # noqa: RUF012  (as above)
        help_texts = {  # noqa: RUF012  (as above)
            "quotation": _("At most 25 words, exactly as they were said."),
            "url": _("Where the answer can be read."),
        }

    def __init__(self, *args: Any, asked: Iterable[Body] = (), **kwargs: Any) -> None:
        """With the bodies that it asks, and those that took over from them."""
        super().__init__(*args, **kwargs)
        every = {heir.pk for body in asked for heir in (body, *body.heirs)}
        self.fields["body"].queryset = Body.objects.filter(pk__in=every)  # type: ignore[attr-defined]

    def clean_on(self) -> str:
        """A day, as the record keeps days."""
        return str(self.cleaned_data["on"].isoformat())


class ReplyForm(OnForm):
    """What a body replied to an assessment."""

    body = forms.ModelChoiceField(
        label=_("Which body replies"),
        queryset=Body.objects.none(),
        required=False,
        help_text=_("Each body that was sent it has its own time."),
    )
    reply = forms.CharField(label=_("What the body replies, in its own words"), widget=forms.Textarea(attrs=TALL))

    def __init__(self, *args: Any, asked: Iterable[Body] = (), **kwargs: Any) -> None:
        """With the bodies whose reply is awaited; no choice where there is one."""
        super().__init__(*args, **kwargs)
        some = [one.pk for one in asked]
        self.fields["body"].queryset = Body.objects.filter(pk__in=some)  # type: ignore[attr-defined]
        if len(some) < MANY:
            del self.fields["body"]


class AssessmentForm(forms.ModelForm[Assessment]):
    """Our assessment, or what somebody else said."""

    capacity = forms.ChoiceField(label=_("Who says so"), choices=lambda: list(reversed(words.CAPACITIES.items())))
    position = forms.ChoiceField(
        label=_("What is said"),
        choices=lambda: [
            (_("What we say"), list(words.LABELS.items())),
            (_("What others say"), [one for one in words.POSITIONS.items() if one[0] not in words.LABELS]),
        ],
    )
    basis = forms.ChoiceField(label=_("On which basis"), choices=lambda: list(words.BASES.items()))

    class Meta:
        """Everything that is published of it."""

        model = Assessment
        fields = ("capacity", "assessor", "position", "basis", "on", "rationale", "quotation", "url", "further")
        widgets = {"rationale": forms.Textarea(attrs=TALL), "further": forms.Textarea(attrs=TALL)}  # noqa: RUF012  (as above)
        help_texts = {  # noqa: RUF012  (as above)
            "assessor": _("A body or an office; for what we say ourselves, leave it empty."),
            "on": _("A year, a month or a day; for what we say ourselves, today unless you say."),
            "quotation": _("At most 25 words, exactly as they were said."),
            "url": _("Where the evidence can be read."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Without a name for what is ours."""
        super().__init__(*args, **kwargs)
        self.fields["assessor"].required = False

    def clean(self) -> dict[str, Any]:
        """A name for what is not ours."""
        said = super().clean() or {}
        if said.get("capacity") == "us":
            self.instance.assessor = said["assessor"] = "Evenhand"
        elif not said.get("assessor"):
            self.add_error("assessor", _("Say which body or office said it."))
        return said
