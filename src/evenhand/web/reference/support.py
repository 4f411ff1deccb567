"""The reference page of programmes of support: what each file declares, and the lives that its applications lead."""

from evenhand.domains.support.lifecycle import APPLICATION, ASSESSMENT, ROUND
from evenhand.domains.support.rules.programmes import Programme
from evenhand.domains.support.rules.programmes import programmes as declared
from evenhand.web.reference.markdown import block, facts, joined, table, yes


def programmes() -> str:
    """Every programme, and the states and steps that rounds, applications and assessments go through."""
    parts = ["# Programmes", "What is on offer. `evenhand show programmes` lists the same."]
    for one in declared():
        parts += _programme(one)
    for life, heading in ((ROUND, "Rounds"), (APPLICATION, "Applications"), (ASSESSMENT, "Assessments")):
        steps = [
            (move.label, ", ".join(move.start), move.end, move.who.name, ", ".join(move.needs)) for move in life.moves
        ]
        parts += [
            f"## {heading}",
            table(("Step", "From", "To", "Who", "Needs"), steps),
            block("mermaid", life.mermaid()),
        ]
    return joined(*parts)


def _programme(one: Programme) -> list[str]:
    clocks = one.clocks
    said = (
        ("Funder", f"{one.funder} ({one.funder_id})"),
        ("Gives", f"up to {one.award.most:g} {one.award.kind}, in steps of {one.award.step:g}"),
        ("Decision", f"{clocks.decision} working days, from when it is {clocks.counts_from}"),
        ("Query of an ineligible decision", f"within {clocks.query} days"),
        ("Assessors", f"{one.assessment.assessors}, moderated beyond {one.assessment.gap} points of 100"),
        ("Blind", yes(one.assessment.blind)),
        ("Topics", ", ".join(one.topics)),
        ("Checked", one.checked),
        ("Look again", one.look_again.isoformat()),
    )
    rules = [(rule.slug, rule.title) for rule in one.rules]
    questions = [(each.slug, each.label, each.kind, yes(each.required)) for each in one.questions]
    criteria = [(each.slug, each.label, str(each.weight), ", ".join(each.questions)) for each in one.criteria]
    return [
        f"## {one.slug}",
        f"{one.title}. {one.summary}",
        facts(said),
        table(("Rule", "What it asks for"), rules),
        table(("Question", "Words", "Kind", "Required"), questions),
        table(("Criterion", "Words", "Weight", "Evidence"), criteria),
    ]
