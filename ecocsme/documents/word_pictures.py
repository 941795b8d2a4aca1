"""The pictures of one Word document: each is kept once, however often it is shown."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from ecocsme.documents.pictures import MILLIMETRE, Picture
from ecocsme.documents.word_xml import text

Find = Callable[[str], Picture]

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_PLACE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


class Pictures:
    """Writes pictures into lines; `parts` and `related` are what the rest of the package must hold and declare."""

    def __init__(self, find: Find) -> None:
        """Begin a document; `find` makes a picture of what a template names."""
        self._find = find
        self._known: dict[str, tuple[str, Picture]] = {}
        self._shown = 0

    @property
    def parts(self) -> Mapping[str, bytes]:
        """The files, by their name in the package."""
        return {f"word/{_file(picture)}": picture.data for _, picture in self._known.values()}

    @property
    def related(self) -> Mapping[str, tuple[str, str]]:
        """The relationships of the document to the files, by ID: their kind and their name."""
        return {key: ("image", _file(picture)) for key, picture in self._known.values()}

    def written(self, source: str, says: str) -> str:
        """Write a picture as a run; `says` is read out to those who do not see it."""
        if source not in self._known:
            self._known[source] = (f"picture{len(self._known) + 1}", self._find(source))
        key, picture = self._known[source]
        self._shown += 1
        size = f'cx="{round(picture.width * MILLIMETRE)}" cy="{round(picture.height * MILLIMETRE)}"'
        named = f'id="{self._shown}" name="{key}" descr="{text(says)}"'
        return (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{_PLACE}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr {named}/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}">'
            f'<pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{key}"/>'
            f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )


def _file(picture: Picture) -> str:
    return f"media/{hashlib.sha256(picture.data).hexdigest()[:16]}.png"
