"""What a page is built of: one kind of block a file."""

from evenhand.domains.publishing.blocks.action import ActionBlock
from evenhand.domains.publishing.blocks.contact import ContactBlock
from evenhand.domains.publishing.blocks.figure import FigureBlock
from evenhand.domains.publishing.blocks.file import FileBlock
from evenhand.domains.publishing.blocks.picture import PictureBlock
from evenhand.domains.publishing.blocks.quotation import QuotationBlock
from evenhand.domains.publishing.blocks.text import HeadingBlock, TextBlock
from evenhand.domains.publishing.blocks.timeline import TimelineBlock
from evenhand.domains.publishing.blocks.video import VideoBlock

# The name of a kind stands in every stored page, and never changes.
BODY = (
    ("heading", HeadingBlock()),
    ("text", TextBlock()),
    ("quotation", QuotationBlock()),
    ("figure", FigureBlock()),
    ("picture", PictureBlock()),
    ("action", ActionBlock()),
    ("file", FileBlock()),
    ("video", VideoBlock()),
    ("timeline", TimelineBlock()),
    ("contact", ContactBlock()),
)

__all__ = [
    "BODY",
    "ActionBlock",
    "ContactBlock",
    "FigureBlock",
    "FileBlock",
    "HeadingBlock",
    "PictureBlock",
    "QuotationBlock",
    "TextBlock",
    "TimelineBlock",
    "VideoBlock",
]
