"""How people write dates, as regular expressions: days, months, clocks and zones in the languages of our feeds."""

import re

_MONTH_NAMES = (
    "janvier janv jan january januar jänner enero ene gennaio gen janeiro januari",
    "février fevrier févr fevr fév fev february feb februar febrero febbraio fevereiro februari",
    "mars mar march märz maerz mrz marzo março maart",
    "avril avr april apr abril abr aprile",
    "mai may mayo maggio mag maio mei",
    "juin jun june juni junio giugno giu junho",
    "juillet juil jul july juli julio luglio lug julho",
    "août aout aoû aou august aug agosto ago augustus",
    "septembre sept sep september septiembre setiembre settembre set setembro",
    "octobre oct october oktober okt octubre ottobre ott outubro out",
    "novembre nov november noviembre novembro",
    "décembre decembre déc dec december dezember dez diciembre dic dicembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
"""Names and usual short forms, in lower case, without the dot: French, English, German, Spanish, Italian, Portuguese."""
# Minutes east of Greenwich: the names that RFC 822 knows, and those of the countries that French feeds come from.
ZONES = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0),
    **dict.fromkeys(("cet", "met", "mez", "bst", "west", "wat", "hnec"), 60),
    **dict.fromkeys(("cest", "mest", "mesz", "eet", "cat", "haec"), 120),
    **{"eest": 180, "msk": 180, "eat": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300},
    **{"mst": -420, "mdt": -360, "pst": -480, "pdt": -420},
}
LOWER_CASE_ZONES = frozenset(("z", "ut", "utc", "gmt"))
"""Other names are words as well ("est", "met", "cat"), and count in capitals only."""

_MONTH = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_DAY = r"(?P<day>[0-3]?[0-9])(?:er|st|nd|rd|th|[º°ª.])?"
_TIME = (
    r"(?P<hour>[0-2]?[0-9])(?=\s*(?::|h|[ap]\.?m))"
    r"(?:\s*(?::|h(?:eures?|rs?)?(?![a-z]))\s*(?P<minute>[0-5][0-9])?"
    r"(?:\s*(?::|min|mn|m)\s*(?P<second>[0-6][0-9])?(?:[.,:][0-9]+)?s?)?)?(?:\s*(?P<half>[ap]\.?m\b\.?))?"
)
_OFFSET = r"[+-]\s?[0-9]{1,2}:?[0-9]{2}|[+-][0-9]{1,2}"
_ZONE = (
    rf"(?:\s*[(\[]?\s*(?:(?:GMT|UTC)(?=\s?[+-]))?(?P<zone>{_OFFSET}|[A-Za-z]{{1,5}}\b))?"
    r"(?:\s*[(\[]?[^()\[\]]{0,40}[)\]])?"
)
_AT = r"(?:(?:à|at|um|om|kl|a\s+las?|alle(?:\s+ore)?|ore|às|uhr|h)\.?\s+)?"
_CLOCK = rf"(?:[T\s,;|/à@–—·•:-]*{_AT}{_TIME}{_ZONE})?"
_LEAD = r"(?:[A-Za-zÀ-ÿ]{1,12}\.?\s?[,:]?\s+){0,4}"
_OF = r"(?:(?:de|del|di|of)\s+)?"

_ISO = r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"
_COMPACT = r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
_NUMBERS = (
    r"(?P<day>[0-9]{1,2})\s?[/.-]\s?(?P<month>[0-9]{1,2})\s?[/.-]\s?(?P<year>[0-9]{4}|[0-9]{2}(?![0-9:h]))"
)
_DAY_MONTH = rf"{_DAY}[\s-]*{_OF}{_MONTH}(?![A-Za-zÀ-ÿ])\.?,?[\s-]+{_OF}(?P<year>[0-9]{{4}}|[0-9]{{2}}(?=\s))"
_MONTH_DAY = rf"{_MONTH}\.?\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{{4}})"

WHOLE_FORMS = tuple(
    re.compile(form + _CLOCK, re.IGNORECASE)
    for form in (_ISO, _COMPACT, _LEAD + _NUMBERS, _LEAD + _DAY_MONTH, _LEAD + _MONTH_DAY)
)
"""A date and nothing else, with its clock where it has one; words may lead ("Publié le vendredi")."""
FORMS_IN_TEXT = tuple(
    re.compile(rf"(?<![\w/.:-]){form}(?![\w/-]|\.[0-9]){_CLOCK}", re.IGNORECASE)
    for form in (_ISO, _NUMBERS, _DAY_MONTH, _MONTH_DAY)
)
"""A date somewhere in a line."""
COMPACT_TIME_RE = re.compile(r"([0-9]{8}T[0-9]{2})([0-9]{2})([0-9]{2})?")
DOTTED_TIME_RE = re.compile(r"\b([0-2]?[0-9])\.([0-5][0-9])(?=\s?(?:Uhr|h)\b)")
PARTIAL_RE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2}))?")
EPOCH_RE = re.compile(r"(?P<seconds>[0-9]{9,10})(?P<milliseconds>[0-9]{3})?(?:\.[0-9]+)?")
URL_RES = tuple(
    re.compile(rf"{before}(?P<year>20[0-9]{{2}}|199[0-9]){gap}(?P<month>0[1-9]|1[0-2]){gap}"
               rf"(?P<day>0[1-9]|[12][0-9]|3[01]){after}")
    for before, gap, after in ((r"[/_-]", r"[/_-]", r"(?=[/_.?-]|$)"), (r"[/_.-]", "", r"(?=[/_.-]|$)"))
)  # fmt: skip
"""/2026/11/23/ and -2026-11-23-, then -20261123-."""
