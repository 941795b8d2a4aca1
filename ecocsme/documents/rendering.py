"""Jinja to Markdown: shipped templates here, a user's templates in a worker that cannot outlive its limits."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ecocsme.documents.speech import Speech
from ecocsme.errors import InvalidFile, Problem
from ecocsme.files import sandbox
from ecocsme.files.places import Shelves

ROOM = "documents"
ENDING = ".md.j2"
_SECONDS = 8
_MEMORY = 400_000_000


@dataclass(frozen=True)
class Request:
    """All that is needed to render one document in one language; it travels to the worker and back as bytes."""

    kind: str
    speech: Speech
    shelves: Shelves
    values: Mapping[str, Any]
    template: Path | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The templates that may serve, the most special first."""
        if self.template is not None:
            return (self.template.name,)
        return (f"{self.kind}.{self.speech.words.lang}{ENDING}", f"{self.kind}{ENDING}")

    @property
    def foreign(self) -> bool:
        """Whether any template of somebody else could take part."""
        return self.template is not None or len(self.shelves.folders(ROOM)) > 1


def render(request: Request) -> str:
    """Render one document to Markdown with marks; raise InvalidFile naming template and line where it fails."""
    return _in_worker(request) if request.foreign else render_here(request)


def render_here(request: Request) -> str:
    """Render in this process, without limits of time and memory."""
    given = {request.template.name: request.template} if request.template else {}
    loader = sandbox.Shelf(request.shelves, ROOM, given)
    environment = sandbox.sandbox(loader, request.speech.finalize, request.speech.functions())
    return sandbox.render(environment, ROOM, request.names, {"lang": request.speech.words.lang, **request.values})


def _in_worker(request: Request) -> str:
    name = sandbox.shown_name(ROOM, request.names[-1])
    endless = InvalidFile([Problem(name, "this template never ends or fills the memory", "shorten its loops", code="template")])
    try:
        # -P: a file of the project folder must never be imported in place of a module
        command = [sys.executable, "-P", "-c", _WORKER, str(Path(__file__).resolve().parents[2]), str(_SECONDS), str(_MEMORY)]
        done = subprocess.run(command, input=pickle.dumps(request), capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise endless from None
    if done.returncode not in (0, 1) or b"MemoryError" in done.stderr:
        raise endless
    if done.returncode == 1:
        raise RuntimeError(f"the worker that renders templates has failed:\n{done.stderr.decode(errors='replace')}")
    reply = json.loads(done.stdout)
    if "problems" in reply:
        raise InvalidFile([Problem(**problem) for problem in reply["problems"]])
    return str(reply["markdown"])


_WORKER = """
import sys
sys.path.insert(0, sys.argv[1])
try:
    import resource
    seconds, memory = int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
except ImportError:
    pass  # Windows: the parent's clock is the only limit
from ecocsme.documents.rendering import answer
answer(sys.stdin.buffer, sys.stdout.buffer)
"""


def answer(request: BinaryIO, reply: BinaryIO) -> None:
    """Read a request from one stream and write the Markdown, or what is wrong, to the other."""
    asked: Request = pickle.load(request)  # noqa: S301  # written by our own parent
    try:
        outcome: dict[str, Any] = {"markdown": render_here(asked)}
    except InvalidFile as refused:
        outcome = {"problems": [asdict(problem) for problem in refused.problems]}
    reply.write(json.dumps(outcome).encode())
