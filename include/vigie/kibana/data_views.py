"""Data views: what a field is called in French, and how its values are shown."""

from vigie.kibana.forms import DataViewForm, FieldForm
from vigie.kibana.objects import Object, as_text, make_object

_DURATION = {
    **{"inputFormat": "seconds", "outputFormat": "humanizePrecise", "outputPrecision": 1},
    **{"includeSpaceWithSuffix": True, "useShortSuffix": True},
}


def build_data_view(form: DataViewForm) -> Object:
    """The saved object; its id is the alias that it shows."""
    labels = {name: {"customLabel": field.label} for name, field in form.fields.items()}
    formats = {name: shown for name, field in form.fields.items() if (shown := _format(field))}
    attributes: Object = {
        "title": form.id,
        "name": form.name,
        "fieldAttrs": as_text(labels),
        "fieldFormatMap": as_text(formats),
        "fields": "[]",
        "runtimeFieldMap": "{}",
        "sourceFilters": "[]",
        "allowHidden": False,
    }
    return make_object("index-pattern", form.id, attributes | _time(form))


def _time(form: DataViewForm) -> Object:
    return {"timeFieldName": form.time} if form.time else {}


def _format(field: FieldForm) -> Object | None:
    if field.link:
        return {"id": "url", "params": {"type": "a", "labelTemplate": field.link}}
    if field.words:
        entries = [{"key": key, "value": word} for key, word in field.words.items()]
        return {"id": "static_lookup", "params": {"lookupEntries": entries, "unknownKeyValue": None}}
    if field.shown_as == "duration":
        return {"id": "duration", "params": _DURATION}
    return {"id": field.shown_as, "params": {}} if field.shown_as else None
