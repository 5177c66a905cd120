"""How what is known is said and drawn: languages, templates, charts, marked texts."""
