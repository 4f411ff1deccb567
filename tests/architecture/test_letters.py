"""What stands in the subject of a letter to an address that nobody has confirmed: words of ours, and no one else's."""

import ast
import re
from pathlib import Path

from evenhand.core.accounts.adapter import LETTERS

SOURCE = Path(__file__).parents[2] / "src" / "evenhand"
OURS = re.compile(r"\{% (if [\w.]+|else|endif|translate \"[^\"]*\") %\}|[^{}]")


def to_strangers():
    """Every letter that may go to an address that somebody only typed."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())) if "tests" not in path.parts else ():
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "post"):
                continue
            told = {one.arg: one.value for one in node.keywords}
            stranger = told.get("stranger")
            if isinstance(stranger, ast.Constant) and stranger.value and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value
    yield from (template for template, stranger in LETTERS.values() if stranger)
    # Whoever keeps a listing types the address to which these go.
    yield from (f"directory/{path.name}" for path in SOURCE.glob("domains/directory/emails/directory/*.txt"))


def subject_of(template):
    (path,) = SOURCE.rglob(f"emails/{template}")
    return re.search(r"\{% block subject %\}(.*?)\{% endblock %\}", path.read_text(), re.DOTALL)[1]


def test_a_letter_to_a_stranger_has_no_words_in_its_subject_that_anybody_else_chose():
    letters = sorted(set(to_strangers()))
    assert len(letters) >= 12
    assert {"directory/settled.txt", "organisations/claim.txt", "support/invitation.txt"} <= set(letters)
    assert not {one: subject_of(one) for one in letters if OURS.sub("", subject_of(one))}


def test_the_eye_of_this_test_sees_a_name():
    assert OURS.sub("", "{% blocktranslate with name=service.title %}“{{ name }}” is shown{% endblocktranslate %}")
    assert not OURS.sub("", '{% if step %}{% translate "Once more" %}{% else %}Is it right?{% endif %}')
