"""Nearly equal answers among 10,000, against datasketch's MinHash LSH; among 1,000 ours are those of the exhaustive comparison."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from environments import Place
from made import SEED, kept, sentences
from measuring import Case, Ended, WrongResult

_OURS = """
import sys
from ecocsme.language.letters import fold
from ecocsme.notes.duplicates import near_pairs
with open(sys.argv[1], encoding="utf-8") as file:
    texts = list(dict.fromkeys(map(fold, file.read().splitlines())))
print(len(texts), *(f"{first}-{second}" for first, second in near_pairs(texts)))
"""
_SEARCHED = """
import sys
from ecocsme.language.letters import fold
from ecocsme.notes.duplicates import _candidates, _verified
with open(sys.argv[1], encoding="utf-8") as file:
    texts = list(dict.fromkeys(map(fold, file.read().splitlines())))
print(len(texts), *(f"{first}-{second}" for first, second in _verified(texts, _candidates(texts, len(texts)))))
"""
_EXHAUSTIVE = """
import sys
from ecocsme.language.letters import fold
from rapidfuzz.fuzz import ratio
with open(sys.argv[1], encoding="utf-8") as file:
    texts = list(dict.fromkeys(map(fold, file.read().splitlines())))
pairs = ((first, second) for first in range(len(texts)) for second in range(first + 1, len(texts)))
print(len(texts), *(f"{first}-{second}" for first, second in pairs if ratio(texts[first], texts[second]) >= 90))
"""
_DATASKETCH = """
import sys
from datasketch import MinHash, MinHashLSH
with open(sys.argv[1], encoding="utf-8") as file:
    texts = list(dict.fromkeys(" ".join(line.casefold().split()) for line in file.read().splitlines()))
grams = [{text[place:place + 5].encode() for place in range(len(text) - 4)} for text in texts]
hashes = MinHash.bulk(grams, num_perm=128)
index = MinHashLSH(threshold=0.6, num_perm=128)
with index.insertion_session() as inserting:
    for number, one in enumerate(hashes):
        inserting.insert(number, one)
found = {tuple(sorted((number, other))) for number, one in enumerate(hashes) for other in index.query(one) if other != number}
print(len(texts), *(f"{first}-{second}" for first, second in sorted(found)))
"""
_PLANTED = 40  # of so many answers one says another one with a letter more, less, or changed
_LEAST = 0.9  # of our pairs that the peer must find, so that it does comparable work


def _answers(folder: Path, count: int) -> Path:
    """Different answers, some of them nearly equal: a letter is changed, left out or doubled, a word is added."""
    chance = random.Random(SEED + count)  # noqa: S311  # made-up text, no secret
    found: list[str] = []
    for text in dict.fromkeys(sentences(2 * count)):
        found.append(text)
        if chance.randrange(_PLANTED) == 0:
            at = chance.randrange(1, len(text))
            found.append(chance.choice((text[:at] + "x" + text[at:], text[:at] + text[at + 1 :], text[:at] + "x" + text[at + 1 :])))
    return kept(folder / f"answers-{count}.txt", lambda path: path.write_text("\n".join(found[:count]) + "\n", encoding="utf-8"))


def _pairs(said: str) -> set[str]:
    return set(said.split()[1:])


def cases(place: Place) -> Iterator[Case]:
    """The comparison of 1,000 is read back before 10,000 are timed."""
    few = _answers(place.folder, 1_000)
    wanted = _pairs(place.answer(place.python(_EXHAUSTIVE, few)))
    for script in (_OURS, _SEARCHED):
        if _pairs(place.answer(place.python(script, few))) != wanted or not wanted:
            raise WrongResult(f"among 1,000 answers the pairs are not the {len(wanted)} of the exhaustive comparison")
    many = _answers(place.folder, 10_000)
    ours = place.python(_OURS, many)
    found = _pairs(place.answer(ours))

    def peer_made(ended: Ended) -> None:
        both = len(found & _pairs(ended.out))
        if both < _LEAST * len(found):
            raise WrongResult(f"the peer finds {both} of {len(found)} pairs")

    yield Case(
        "near duplicates, 10,000 answers / datasketch LSH",
        ours,
        place.peer("python", "-c", _DATASKETCH, many),
        ratio=0.15,
        pairs=5,
        peer_made=peer_made,
    )
