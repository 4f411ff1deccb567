"""What may be typed into the forms of the directory."""

from evenhand.domains.directory.forms.listing import ListingForm
from evenhand.domains.directory.forms.short import AnswerForm, OutcomeForm, ReportForm, WhyForm

__all__ = ["AnswerForm", "ListingForm", "OutcomeForm", "ReportForm", "WhyForm"]
