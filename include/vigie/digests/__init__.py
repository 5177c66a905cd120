"""Alerts gathered: the Atom feed of them, and the digest of a day or a week.

    periods     which day or week is due, where it begins and ends
    movements   which known topics grow, fade or are back
    contents    a period's alerts and trends, in sections
    pictures    28 days of counts as a small PNG
    writing     a digest as text and as HTML
    atom        alerts as an Atom feed

Pure: what happened comes in as values, text and bytes go out. `templates/` is read as the code is.
"""
