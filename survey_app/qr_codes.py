"""QR codes as pictures in SVG, to be printed or shown.

Drawn by segno, compared with qrcode in November 2026: segno is one pure Python package without
dependencies, typed, and makes the drawing as one path without a style, as the pages' policy asks;
qrcode needs Pillow or lxml for its pictures, and draws a rectangle for each square.
"""

import segno

_QUIET_ZONE = 4
"""Squares left white around the code, as ISO/IEC 18004 asks."""


def draw_qr(text: str) -> str:
    """Return the code of a text as an <svg>, without a size of its own, black on white.

    With error correction M (15 %), so that a fold or a stain does no harm.
    """
    code = segno.make_qr(text, error="m")
    drawn: str = code.svg_inline(
        border=_QUIET_ZONE, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    return drawn
