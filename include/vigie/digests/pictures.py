"""A topic's last 28 days as a small PNG: a bar a day, the last one in another colour.

Mails show no SVG. The ground is transparent and both colours keep a contrast of 3 to 1 or more with white and with
the dark grey of mail clients; there are no letters in it, its words are the `alt` text.
"""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from vigie.digests.phrases import count_of

WIDTH, HEIGHT = 240, 48
"""As shown. The file has twice as many pixels each way, for dense screens."""
SCALE = 2
BAR, LAST, GROUND = (74, 127, 193, 255), (217, 98, 43, 255), (128, 128, 128, 255)


def draw_days(counts: Sequence[int]) -> bytes:
    """The PNG; the same bytes for the same counts."""
    image = Image.new("RGBA", (WIDTH * SCALE, HEIGHT * SCALE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    floor = HEIGHT * SCALE - 1
    step, most = WIDTH * SCALE / max(len(counts), 1), max(counts, default=0) or 1
    for place, count in enumerate(counts):
        left = round(place * step)
        right = max(left, round((place + 1) * step) - 2 * SCALE)
        height = round(count / most * (floor - SCALE))
        if count > 0:  # one article among hundreds is still seen
            colour = LAST if place == len(counts) - 1 else BAR
            pen.rectangle((left, floor - max(height, 2 * SCALE), right, floor), fill=colour)
    pen.rectangle((0, floor - 1, WIDTH * SCALE, floor), fill=GROUND)
    out = io.BytesIO()
    image.quantize(8, method=Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
    return out.getvalue()


def describe_days(counts: Sequence[int]) -> str:
    """What the picture shows, in words."""
    return (
        f"{count_of(len(counts), 'jour')} : {count_of(max(counts, default=0), 'article')} par jour au plus, "
        f"{counts[-1] if counts else 0} le dernier"
    )
