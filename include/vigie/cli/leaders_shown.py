"""What `vigie leaders` prints for people, in French."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rich.text import Text

from vigie.cli import tables
from vigie.knowledge.coverage import Row
from vigie.knowledge.examination import Examination
from vigie.knowledge.leaders import Leaders
from vigie.knowledge.types.leaders import Stretch, Term
from vigie.model import PersonId

POOR = 0.95
EMPTY = {"vacant": "vacant", "unknown": "inconnu"}


def print_examination(found: Examination, *, everything: bool) -> None:
    """What is wrong, a line each, then how much is covered: a row a group, and one for each office that is
    covered poorly."""
    for kind, findings in (("erreur", found.errors), ("attention", found.warnings)):
        for finding in findings:
            tables.print_line(f"{kind} : {finding}")
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in found.coverage:
        groups[row.title].append(row)
    rows = []
    for title, group in groups.items():
        rows.append((Text(title, "bold"), *_days(group)))
        rows.extend((f"  {row.name}", *_days([row])) for row in group if everything or row.share < POOR)
    columns = ("Fonctions promises", "Jours", "Connus", "Vacants", "Inconnus", "Manquants", "Part")
    tables.print_table(columns, rows, title="Ce que les tables couvrent")
    tables.print_line(
        "Tout y est."
        if found.ok
        else f"{len(found.errors)} erreur(s), {len(found.warnings)} avertissement(s)."
    )


def print_terms(leaders: Leaders, terms: Sequence[Term], empty: Sequence[Stretch], *, title: str) -> None:
    """A row a term, by country; then the offices that nobody holds, or we do not know who."""
    rows = [(leaders.place(term.country), term.label, _person(term), *term.written) for term in terms]
    rows += [
        (
            leaders.place(each.country),
            leaders.office_name(each.country, each.office),
            f"({EMPTY[each.kind]} : {each.reason})",
            f"{each.start}",
            f"{each.end or ''}",
        )
        for each in empty
    ]
    tables.print_table(("Pays", "Fonction", "Qui", "Depuis", "Jusqu'au"), rows, title=title)


def print_people(leaders: Leaders, people: Mapping[PersonId, Sequence[Term]]) -> None:
    """A table a person, with all terms."""
    for key, terms in people.items():
        rows = [(leaders.place(term.country), term.label, *term.written) for term in terms]
        tables.print_table(("Pays", "Fonction", "Depuis", "Jusqu'au"), rows, title=f"{terms[0].name} ({key})")


def _days(rows: Sequence[Row]) -> tuple[str, ...]:
    expected, held = sum(row.expected for row in rows), sum(row.held for row in rows)
    vacant, unknown = sum(row.vacant for row in rows), sum(row.unknown for row in rows)
    share = (held + vacant) / expected if expected else 1.0
    missing = expected - held - vacant - unknown
    return f"{expected}", f"{held}", f"{vacant}", f"{unknown}", f"{missing}", f"{share:.2%}".replace(".", ",")


def _person(term: Term) -> str:
    return f"{term.name} ({term.person})" if not term.person.startswith("desk:") else term.name
