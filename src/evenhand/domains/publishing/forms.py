"""The shape of what is asked of visitors."""

from django import forms
from django.utils.translation import gettext_lazy as _

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
