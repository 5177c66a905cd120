"""An alert as a person reads it: a title and a body in plain French."""

from vigie.model import Alert, Passage

MAX_TITLE_CHARS = 120


def alert_text(alert: Alert) -> tuple[str, str]:
    """Title and body of a message. Plain text, no control or bidirectional characters of other people's."""
    lines = [alert.reason, ""]
    lines += [line for passage in alert.passages for line in _passage_lines(passage)]
    if len(alert.terms) > 1:
        lines.append(f"Termes : {', '.join(alert.terms)}")
    if alert.kind == "topic":
        lines.append(f"Sources : {', '.join(alert.sources)}")
    lines.append(f"Alerte {alert.id}, {alert.fired_at:%d/%m/%Y à %H:%M} UTC")
    head = "Nouveau sujet" if alert.kind == "topic" else "Vigie, exploitation"
    title = clean_text(f"{head} : {alert.topic}")[:MAX_TITLE_CHARS]
    return title, "\n".join(clean_text(line) for line in lines)


def _passage_lines(passage: Passage) -> list[str]:
    head = f"• {passage.title} ({passage.source})"
    said = [f"  {passage.text}"] if passage.text and passage.text != passage.title else []
    return [head, *said, *([f"  {passage.url}"] if passage.url else []), ""]


def clean_text(text: str) -> str:
    """One line without what a terminal or a chat would obey: controls, bidirectional marks, private characters."""
    return "".join(c if c.isprintable() else " " for c in text).rstrip()
