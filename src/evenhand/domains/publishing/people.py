"""Who is who in publishing."""

from evenhand.core.access import role

editor = role("content-editor")
administrator = role("administrator")
may_publish = editor | administrator
