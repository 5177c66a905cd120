"""Audit: does it all add up?"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from vigie.adapters.ledger import accounts, operations
from vigie.adapters.ledger.accounts import EntryCounts
from vigie.adapters.ledger.findings import read_findings
from vigie.alerts.operations import judge_audit
from vigie.errors import PermanentError, TransientError
from vigie.model import Sums
from vigie.search.findings import DECIDED_KINDS, STANDING_KINDS, DecidedKind
from vigie.steps.publishing import build_finding
from vigie.steps.standings import find_strange_standings
from vigie.stores import Stores


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveCounts:
    """Files, and records in them; those that the ledger refers to, and those of them that cannot be read.

    `unreferred` records are no problem: a worker that died had written them, and not yet said so.
    """

    files: int
    records: int
    referred: int
    unreferred: int
    unreadable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexCounts:
    """Documents in the index, those that should be there, and those that are not."""

    documents: int
    expected: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The proof of conservation: counts that add up across ledger, archive and index."""

    entries: EntryCounts
    archive: ArchiveCounts
    index: IndexCounts
    problems: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """True when nothing is lost, doubled or unexplained."""
        return not self.problems


def audit(stores: Stores) -> Audit:
    """Compare the three stores; reads everything, changes nothing."""
    counts = accounts.count_entries(stores.ledger)
    problems = list(accounts.ledger_problems(stores.ledger))
    if not counts.adds_up:
        problems.insert(0, f"ledger: {counts.total} entries, and their states do not sum to that")
    archive, unreadable = _examine_archive(stores)
    index, differences = _compare_index(stores)
    return Audit(
        entries=counts,
        archive=archive,
        index=index,
        problems=(*problems, *unreadable, *differences),
    )


def require_audit(stores: Stores) -> Sums:
    """The audit as a task: `PermanentError` names what does not add up, and operators are told when it begins and ends.

    The alert is written before the task fails; `notify_channels` sends it.
    """
    found = audit(stores)
    channels = stores.channels_for("operator")
    operations.tell_operators(stores.ledger, [judge_audit(found.problems)], channels, stores.now())
    if not found.ok:
        raise PermanentError(f"audit: {len(found.problems)} problems: {'; '.join(found.problems[:20])}")
    return Sums(taken=found.entries.total, done=found.entries.total)


def _examine_archive(stores: Stores) -> tuple[ArchiveCounts, tuple[str, ...]]:
    found = stores.archive.examine(accounts.archive_references(stores.ledger))
    counts = ArchiveCounts(
        files=found.files,
        records=found.records,
        referred=found.referred,
        unreferred=found.unreferred,
        unreadable=found.unreadable,
    )
    return counts, found.problems


def _compare_index(stores: Stores) -> tuple[IndexCounts, list[str]]:
    expected = accounts.expected_documents(stores.ledger)
    due = sum(1 for item in expected.values() if item.indexed)
    try:
        held = dict(stores.index.versions())
        findings = [problem for kind in DECIDED_KINDS for problem in _compare_findings(stores, kind)]
        findings += _strange_standings(stores)
    except (TransientError, PermanentError) as error:
        return IndexCounts(documents=0, expected=due, missing=due), [f"index: {error}"]
    problems = [f"index: {i} version {v} is in no ledger row" for i, v in held.items() if i not in expected]
    missing = 0
    for article_id, item in expected.items():
        if not item.allows(held.get(article_id)):
            missing += article_id not in held
            problems.append(
                f"index: article {article_id} should be there at version {item.indexed}, "
                f"it is {'missing' if article_id not in held else f'at {held[article_id]}'}"
            )
    return IndexCounts(documents=len(held), expected=due, missing=missing), [*problems, *findings]


def _compare_findings(stores: Stores, kind: DecidedKind) -> Iterator[str]:
    """Every alert or topic that was published is in the index as the ledger has it, and nothing else is.

    The index is read first: what comes into it meanwhile has its row in the ledger already.
    """
    held = dict(stores.index.findings(kind).digests())
    for finding in read_findings(stores.ledger, kind):
        digest = held.pop(finding.body.id, None)
        if finding.published and digest != build_finding(finding)["digest"]:
            found = "is there, but not as the ledger has it" if digest else "is missing"
            yield f"index: {kind}: {finding.body.id} {found}"
    yield from (f"index: {kind}: {finding_id} is in no ledger row" for finding_id in held)


def _strange_standings(stores: Stores) -> list[str]:
    return [
        f"index: {kind}: {finding_id} is in no ledger row"
        for kind in STANDING_KINDS
        for finding_id in find_strange_standings(stores, kind)
    ]
