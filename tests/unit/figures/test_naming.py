"""desktop/figures/naming.py: figures by the names that people give them."""

from __future__ import annotations

import pytest

from desktop.figures.declared import FIGURES
from desktop.figures.naming import declarable, figure_named, figure_unit, figure_words


@pytest.mark.parametrize("figure", declarable(), ids=lambda f: f.id)
def test_a_figure_is_known_by_its_id_its_name_and_with_its_unit(figure) -> None:
    assert figure_named(figure.id) == figure.id
    # Two figures of one name would be one choice too few; then the first is meant.
    first = next(f.id for f in declarable() if f.name == figure.name)
    assert figure_named(figure.name) == first
    assert figure_named(f" {figure.name}（{figure.unit}）") == first
    assert (figure_words(figure.id), figure_unit(figure.id)) == (figure.name, figure.unit)


def test_names_are_told_apart() -> None:
    names = [f.name for f in declarable()]
    assert len(names) == len(set(names))


def test_what_is_split_into_classes_is_no_one_number() -> None:
    split = [f for f in FIGURES if f.by]
    assert split
    assert not any(figure_named(f.id) for f in split)


def test_words_that_are_no_figure() -> None:
    assert figure_named("没有的数字") == ""
    assert figure_named("") == ""
    assert (figure_words("gone"), figure_unit("gone")) == ("gone", "")
