"""The files of definitions: YAML texts in, forms out; what is wrong is said with its file and line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from vigie.errors import UsageError
from vigie.kibana.forms import (
    ChartPanel,
    DashboardForm,
    DataViewForm,
    DataViewsFile,
    Form,
    LinksForm,
    SearchesFile,
    SearchForm,
    SearchPanel,
)
from vigie.yaml_lines import read_yaml

DATA_VIEWS, SEARCHES, LINKS = "data_views.yml", "searches.yml", "links.yml"
"""Every other file is a dashboard."""

F = TypeVar("F", bound=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """All that is defined; dashboards in the order of the links to them."""

    data_views: tuple[DataViewForm, ...]
    searches: tuple[SearchForm, ...]
    links: LinksForm
    dashboards: tuple[DashboardForm, ...]


def read_definitions(texts: Mapping[str, str]) -> Definitions:
    """The definitions in these files, by file name. `UsageError` has a line for each thing that is wrong."""
    missing = sorted({DATA_VIEWS, SEARCHES, LINKS} - set(texts))
    if missing:
        raise UsageError(f"{_where(missing[0])}: is missing")
    links = _read(texts[LINKS], LinksForm, LINKS)
    names = sorted(set(texts) - {DATA_VIEWS, SEARCHES, LINKS})
    dashboards = {one.id: one for one in (_read(texts[name], DashboardForm, name) for name in names)}
    found = Definitions(
        data_views=_read(texts[DATA_VIEWS], DataViewsFile, DATA_VIEWS).data_views,
        searches=_read(texts[SEARCHES], SearchesFile, SEARCHES).searches,
        links=links,
        dashboards=tuple(dashboards[link.dashboard] for link in links.links if link.dashboard in dashboards),
    )
    problems = [*_unlinked(found, set(dashboards)), *_unknown_names(found)]
    if problems:
        raise UsageError("\n".join(problems))
    return found


def _read(text: str, form: type[F], name: str) -> F:
    value, lines = read_yaml(text, where=_where(name))
    problems = [(line, f"{key}: is written twice; keep one") for line, key in lines.repeated()]
    try:
        read = form.model_validate(value)
    except ValidationError as error:
        for fault in error.errors():
            path = _path(fault["loc"])
            said = f"{'.'.join(map(str, path))}: {fault['msg'].removeprefix('Value error, ')}"
            problems.append((lines.of(path), said))
    if problems:
        raise UsageError("\n".join(f"{_where(name)}:{line}: {said}" for line, said in sorted(problems)))
    return read


def _path(loc: tuple[Any, ...]) -> tuple[Any, ...]:
    """Where a fault stands in the file: pydantic puts the kind of a panel after its number."""
    return loc[:2] + loc[3:] if loc[:1] == ("panels",) else loc


def _unlinked(found: Definitions, there: set[str]) -> Iterator[str]:
    linked = {link.dashboard for link in found.links.links}
    yield from (f"{_where(LINKS)}: no dashboard has the id {name}" for name in sorted(linked - there))
    yield from (f"{_where(LINKS)}: no link leads to the dashboard {name}" for name in sorted(there - linked))


def _unknown_names(found: Definitions) -> Iterator[str]:
    views, searches = {view.id for view in found.data_views}, {search.id for search in found.searches}
    for search in found.searches:
        if search.of not in views:
            yield f"search {search.id}: of: no data view has the id {search.of}"
    for dashboard in found.dashboards:
        drawn = [(one.title, one.of) for one in dashboard.panels if isinstance(one, ChartPanel)]
        for title, view in (*drawn, *((one.title, one.of) for one in dashboard.controls)):
            if view not in views:
                yield f"dashboard {dashboard.id}: {title}: no data view has the id {view}"
        for panel in dashboard.panels:
            if isinstance(panel, SearchPanel) and panel.search not in searches:
                yield f"dashboard {dashboard.id}: {panel.title}: no search has the id {panel.search}"


def _where(name: str) -> str:
    return f"include/kibana/{name}"
