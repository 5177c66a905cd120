"""What a person writes under `include/kibana/`: data views, searches, links, dashboards and their panels."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

COLUMNS = 48
"""Kibana's grid has so many; a row is about 20 pixels high."""


class Form(BaseModel):
    """A key that is not known is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldForm(Form):
    """How a field is called and shown. `link` is the text of a link, `words` say values in French."""

    label: str
    link: str | None = None
    words: dict[str, str] | None = None
    shown_as: Literal["duration", "number", "percent"] | None = None


class DataViewForm(Form):
    """What is drawn from one alias. Without `time` the clock of a dashboard does not touch it."""

    id: str
    name: str
    time: str | None = None
    fields: dict[str, FieldForm]


class SearchForm(Form):
    """A table of documents, the newest first or as `sort` says. `only` is KQL."""

    id: str
    title: str
    description: str = ""
    of: str
    only: str = ""
    columns: tuple[str, ...]
    widths: dict[str, int] = {}
    sort: dict[str, Literal["asc", "desc"]]


class LinkForm(Form):
    """A dashboard's id."""

    label: str
    dashboard: str


class LinksForm(Form):
    """The way from one dashboard to the others."""

    id: str
    title: str
    links: tuple[LinkForm, ...]


class GroupForm(Form):
    """What documents are grouped by: the values of a `field`, spans of a date (`every`), or KQL `cases` by their label.

    `by` orders values by the panel's first value, most first, or by name.
    """

    label: str
    field: str | None = None
    every: Literal["auto", "1h", "1d", "1w", "1M"] | None = None
    cases: dict[str, str] | None = None
    size: int = Field(default=10, ge=1, le=1000)
    by: Literal["value", "name"] = "value"

    @model_validator(mode="after")
    def _is_one_thing(self) -> "GroupForm":
        if (self.field is None) == (self.cases is None):
            raise ValueError("write either `field` or `cases`")
        return self


class ValueForm(Form):
    """What is computed of each group; documents are counted where nothing else is said. `only` is KQL."""

    label: str
    take: Literal["count", "unique_count", "sum", "average", "median", "min", "max", "percentile"] = "count"
    field: str | None = None
    percentile: int = Field(default=50, ge=1, le=99)
    type: Literal["number", "date"] = "number"
    only: str | None = None

    @model_validator(mode="after")
    def _has_its_field(self) -> "ValueForm":
        if (self.take == "count") != (self.field is None):
            raise ValueError("`field` goes with every `take` but count")
        return self


class PanelForm(Form):
    """`place` is x, y, width and height."""

    place: tuple[int, int, int, int]


class ChartPanel(PanelForm):
    """A chart that Kibana's Lens draws: a timeline's date is the group with `every`, another one splits it."""

    title: str
    chart: Literal["metric", "columns", "areas", "lines", "bars", "donut", "table", "cloud", "heatmap"]
    of: str
    only: str = ""
    groups: tuple[GroupForm, ...] = ()
    values: tuple[ValueForm, ...] = (ValueForm(label="Articles"),)


class NotePanel(PanelForm):
    """A text in Markdown."""

    chart: Literal["note"]
    text: str


class SearchPanel(PanelForm):
    """The table of a search of `searches.yml`, by its id."""

    chart: Literal["search"]
    title: str
    search: str


class LinksPanel(PanelForm):
    """The links of `links.yml`."""

    chart: Literal["links"]


class ControlForm(Form):
    """A list to choose from, above the panels. `chosen` is what is chosen when the dashboard opens."""

    title: str
    of: str
    field: str
    chosen: tuple[str, ...] = ()
    one: bool = False


class DashboardForm(Form):
    """`since` is how far back it looks when it opens, as Kibana writes it: now-7d."""

    id: str
    title: str
    description: str
    since: str
    controls: tuple[ControlForm, ...] = ()
    panels: tuple[
        Annotated[ChartPanel | NotePanel | SearchPanel | LinksPanel, Field(discriminator="chart")], ...
    ]


class DataViewsFile(Form):
    """`data_views.yml`."""

    data_views: tuple[DataViewForm, ...]


class SearchesFile(Form):
    """`searches.yml`."""

    searches: tuple[SearchForm, ...]
