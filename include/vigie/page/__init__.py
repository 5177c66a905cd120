"""Vigie's page: what a desk reads in a browser, and a script as JSON at the same address.

    request --guard--> visitor --screen--> view --reply--> HTML or JSON

A screen is a module: a frozen view, a function that reads it from the stores, the routes, and a template of its name.
The page has no state of its own, and knows neither Airflow nor which engines it has.

    app         the screens behind one guard
    screens     a module a screen: routes, and the view they reply with
    searching   a search as an address has it          views     what screens show, and the reading of it
    serving     who asks, and how they are answered     drawing   languages, templates, charts, marked texts
    shapes      what several screens show the same way
"""
