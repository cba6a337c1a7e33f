"""The file of the invented newsletter: a PDF of one page, written by hand."""

from __future__ import annotations

from nejat_crawler.urls import SITE

_LEFT, _RIGHT = 40, 315
#: x, y, size and text of each line; the text runs through two columns.
_LINES = (
    (_LEFT, 740, 28, "Nejat Newsletter"),
    (_LEFT, 712, 12, "March 2016"),
    (_LEFT, 696, 12, "No. {number}"),
    (_LEFT, 640, 15, "The hut below the glacier is open again"),
    (_LEFT, 624, 10, "by Valley Courier"),
    (_LEFT, 612, 10, "March 3, 2016"),
    (_LEFT, 594, 10, "The hut below the glacier was opened on Thursday."),
    (_LEFT, 582, 10, "It has eleven beds, a stove and a telephone, and was"),
    (_LEFT, 570, 10, "carried up by the volunteers of the associ-"),
    (_RIGHT, 594, 10, "ation in the course of two summers. Whoever"),
    (_RIGHT, 582, 10, "comes last in the evening keeps the fire."),
    (_LEFT, 548, 10, SITE + "/en/posts/{number}01"),
    (_LEFT, 500, 15, "A new rope for the northern face"),
    (_LEFT, 484, 10, "by Rescue Bloggers"),
    (_LEFT, 472, 10, "March 9, 2016"),
    (_LEFT, 454, 10, "The old rope had been there for twenty years. The"),
    (_LEFT, 442, 10, "new one is forty metres longer."),
    (_LEFT, 420, 10, SITE + "/en/posts/{number}02"),
)


def issue_pdf(number: int) -> bytes:
    """Give the file of the issue with this number."""
    drawn = "".join(f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in _LINES)
    stream = drawn.format(number=number).encode("ascii")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    file, places = b"%PDF-1.4\n", []
    for place, content in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj%s\nendobj\n" % (place, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 6\n0000000000 65535 f \n" + rows
    return file + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(file)
