"""The terms that publishers write beside their figures, as marks and addresses that machines know."""

from evenhand.core.exports import Licence

OPEN_GOVERNMENT = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
OPEN_PARLIAMENT = "https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/"
# Only what is one licence and nothing else; of mixtures and of quoted facts, the words are all that can be said.
KNOWN = {
    "OGL v3.0": ("OGL-UK-3.0", OPEN_GOVERNMENT),
    "Open Parliament Licence v3.0": ("", OPEN_PARLIAMENT),
    "Open Parliament Licence v3.0 (contains Crown copyright MoJ figures)": ("", OPEN_PARLIAMENT),
}


def licence(words: str) -> Licence:
    """A licence as its publisher writes it, with its mark and address where it has one."""
    return Licence(words, *KNOWN.get(words, ("", "")))
