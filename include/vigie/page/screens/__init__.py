"""The screens, in the order of the navigation. A new one is a module with `routes` and a row here."""

from vigie.page.screens import alerts, article, atom, feeds, leaders, search, today, topics, watches

SCREENS = (today, alerts, topics, search, article, leaders, watches, feeds, atom)
