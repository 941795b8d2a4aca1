"""Makes templates/emblems/eu.png, the European emblem: `python tests/make_emblem.py` after a change here.

Its geometry is public (Council of Europe and European Commission, graphics guide to the European emblem): a rectangle of 2 to 3 in
Reflex Blue (#003399), twelve stars of yellow (#FFCC00) on a circle whose radius is a third of the height; each star has its points
on an unseen circle of an eighteenth of the height, one point upwards.
"""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image, ImageDraw

PATH = Path(__file__).resolve().parents[1] / "templates" / "emblems" / "eu.png"
HEIGHT, FINER = 360, 4
BLUE, YELLOW = (0, 51, 153), (255, 204, 0)
_INNER = math.sin(math.pi / 10) / math.sin(7 * math.pi / 10)  # of a star whose edges run from point to point


def _star(across: float, down: float, radius: float) -> list[tuple[float, float]]:
    points = []
    for corner in range(10):
        angle = math.pi * corner / 5
        reach = radius if corner % 2 == 0 else radius * _INNER
        points.append((across + reach * math.sin(angle), down - reach * math.cos(angle)))
    return points


def made() -> Image.Image:
    """The emblem, drawn larger and made smaller, so that its edges are smooth."""
    high = HEIGHT * FINER
    drawn = Image.new("RGB", (high * 3 // 2, high), BLUE)
    pen = ImageDraw.Draw(drawn)
    for hour in range(12):
        angle = math.pi * hour / 6
        pen.polygon(_star(high * 0.75 + math.sin(angle) * high / 3, high / 2 - math.cos(angle) * high / 3, high / 18), fill=YELLOW)
    small = drawn.resize((HEIGHT * 3 // 2, HEIGHT), Image.Resampling.LANCZOS)
    return small.quantize(32)


if __name__ == "__main__":
    PATH.parent.mkdir(parents=True, exist_ok=True)
    made().save(PATH, optimize=True)
