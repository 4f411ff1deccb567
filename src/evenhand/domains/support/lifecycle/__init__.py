"""The lives of rounds, applications and assessments: where each can stand, and who may move it on."""

from evenhand.domains.support.lifecycle.applications import APPLICATION
from evenhand.domains.support.lifecycle.assessments import ASSESSMENT
from evenhand.domains.support.lifecycle.consultants import CONSULTANT, INVOICE
from evenhand.domains.support.lifecycle.engagements import ENGAGEMENT
from evenhand.domains.support.lifecycle.reports import REPORT
from evenhand.domains.support.lifecycle.rounds import ROUND

__all__ = ["APPLICATION", "ASSESSMENT", "CONSULTANT", "ENGAGEMENT", "INVOICE", "REPORT", "ROUND"]
