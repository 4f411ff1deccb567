"""What the support programme keeps."""

from evenhand.domains.support.models.applications import Application, Conversation, Participant
from evenhand.domains.support.models.assessments import Assessment, Declaration
from evenhand.domains.support.models.rounds import Round

__all__ = ["Application", "Assessment", "Conversation", "Declaration", "Participant", "Round"]
