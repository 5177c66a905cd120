"""Watches: saved searches that alert. Pure.

watch     one watch, and what a person may write of it
file      the watches file
news      what a watch is told of an article, and when it stays silent
telling   the alert that a watch makes, and why
"""
