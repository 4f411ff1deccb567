"""What the support programme keeps."""

from evenhand.domains.support.models.applications import Application, Conversation, Participant
from evenhand.domains.support.models.assessments import Assessment, Declaration
from evenhand.domains.support.models.consultants import Consultant, Invoice
from evenhand.domains.support.models.engagements import (
    Agreement,
    CapacityCheck,
    DayEntry,
    DayLink,
    Engagement,
    Shortlisted,
)
from evenhand.domains.support.models.reports import FunderReport, ReportQuestion
from evenhand.domains.support.models.rounds import Round

__all__ = [
    "Agreement",
    "Application",
    "Assessment",
    "CapacityCheck",
    "Consultant",
    "Conversation",
    "DayEntry",
    "DayLink",
    "Declaration",
    "Engagement",
    "FunderReport",
    "Invoice",
    "Participant",
    "ReportQuestion",
    "Round",
    "Shortlisted",
]
