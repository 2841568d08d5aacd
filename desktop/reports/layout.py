"""Fills pages with strips: a stream of pieces in, a stream of finished pages out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.reports.compose import compose
from desktop.reports.document import Document
from desktop.reports.paper import Foot, Page, Piece, Strip, Turn, lowered


def pages(document: Document) -> Iterator[Page]:
    """The pages of a document, one at a time."""
    return fill(compose(document))


def fill(pieces: Iterable[Piece]) -> Iterator[Page]:
    """Place pieces on pages; a chain of kept strips is only torn if no page could hold it."""
    setter = _Filling()
    chain: list[Strip] = []
    for piece in pieces:
        if isinstance(piece, Strip):
            chain.append(piece)
            if piece.keep:
                continue
            yield from setter.place(chain)
            chain = []
            continue
        yield from setter.place(chain)
        chain = []
        if isinstance(piece, Turn):
            yield from setter.turn(piece.landscape)
        else:
            yield from setter.stand(piece)
    yield from setter.place(chain)
    yield from setter.last()


class _Filling:
    """The page in hand and how far it is filled."""

    def __init__(self) -> None:
        self.page = Page(1)
        self.y = 0.0
        self.previous: Strip | None = None

    def place(self, chain: list[Strip]) -> Iterator[Page]:
        """Put a chain on this page, else on a new one, else wherever its strips fit."""
        if not chain:
            return
        if self._height(chain) > self.page.height - self.y and self.y > 0:
            fresh = [strip for strip in chain if not strip.blank]
            if not fresh:
                return
            heads = sum(strip.height for strip in fresh[0].head)
            if self._height(fresh) + heads <= self.page.height:
                yield self._finish()
        for strip in chain:
            if strip.needed > self.page.height - self.y and self.y > 0:
                if strip.blank:
                    continue
                yield self._finish()
            self._put(strip)

    def turn(self, landscape: bool) -> Iterator[Page]:
        """Start a page, unless the one in hand is still empty."""
        if self.previous is not None:
            yield self._finish()
        self.page.landscape = landscape

    def stand(self, foot: Foot) -> Iterator[Page]:
        """Put a strip at the foot of the page, or of a page of its own, which has no number."""
        strip = foot.strip
        if strip.height > self.page.height - self.y and self.previous is not None:
            yield self._finish()
        if self.previous is None:
            self.page.landscape = self.page.numbered = False
        self._draw(strip, self.page.height - strip.height)
        self.previous = strip

    def last(self) -> Iterator[Page]:
        """The page in hand, if anything stands on it or it is the only one."""
        if self.previous is not None or self.page.number == 1:
            yield self._finish()

    @staticmethod
    def _height(chain: list[Strip]) -> float:
        return sum(strip.height for strip in chain[:-1]) + chain[-1].needed

    def _put(self, strip: Strip) -> None:
        if self.previous is None:
            if strip.blank:
                return
            for head in strip.head:
                self._draw(head, self.y)
                self.y += head.height
        self._draw(strip, self.y)
        if strip.outline:
            self.page.outlines.append((*strip.outline, self.y))
        self.y += strip.height
        self.previous = strip

    def _draw(self, strip: Strip, y: float) -> None:
        self.page.items += [lowered(item, y) for item in strip.items]

    def _finish(self) -> Page:
        done = self.page
        if self.previous is not None and self.previous.closing:
            top = self.y - self.previous.height
            done.items += [lowered(item, top) for item in self.previous.closing]
        self.page = Page(done.number + 1, landscape=done.landscape)
        self.y = 0.0
        self.previous = None
        return done
