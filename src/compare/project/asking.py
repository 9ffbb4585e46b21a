"""Asking a project again what a report once asked it, to see whether the answers are still the same."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from compare.errors import CompareError
from compare.project.contents import Contents
from compare.project.digests import NoDigestError, digest
from compare.project.named import hash_place, is_place
from compare.project.reads import describe_error


class Answers:
    """Hashes of what a project answers now; each question is asked once.

    Args:
        project: opened anew, so that it reads what the folder holds now.
    """

    def __init__(self, project: Contents) -> None:
        self._project = project
        self._hashes: dict[str, str] = {}
        self._values: dict[str, Any] = {}

    def changes(self, reads: Mapping[str, str]) -> list[str]:
        """Which of the things that a report has read are others now, by their names."""
        return [name for name, hashed in reads.items() if self.hash_now(name) != hashed]

    def hash_now(self, name: str) -> str:
        """Hash of a thing read as it is now; a text that is no hash where it can no longer be told."""
        if name not in self._hashes:
            self._hashes[name] = self._hash(name)
        return self._hashes[name]

    def _hash(self, name: str) -> str:
        if is_place(name):
            return hash_place(self._project.root, name)
        try:
            return digest(self._answer(ast.parse(name, mode="eval").body))
        except CompareError as error:
            return digest(describe_error(error))
        except (NoDigestError, SyntaxError, ValueError, AttributeError, TypeError):
            return "cannot be asked"  # noted by another version of the library: counts as changed

    def _answer(self, node: ast.expr) -> Any:
        """The value of a name: attributes, calls and entries of the project, with literals as arguments."""
        match node:
            case ast.Name(id=name):
                return getattr(self._project, _public(name))
            case ast.Attribute(value=inner, attr=name):
                return getattr(self._answer(inner), _public(name))
            case ast.Call(func=function, args=arguments, keywords=options):
                given = {option.arg: ast.literal_eval(option.value) for option in options if option.arg}
                return self._answer(function)(*map(ast.literal_eval, arguments), **given)
            case ast.Subscript(value=inner, slice=key):
                return self._whole(inner).get(ast.literal_eval(key))
        raise ValueError(ast.unparse(node))

    def _whole(self, node: ast.expr) -> Any:
        """An answer of which entries are asked for, kept: there are many."""
        question = ast.unparse(node)
        if question not in self._values:
            self._values[question] = self._answer(node)
        return self._values[question]


def _public(name: str) -> str:
    if name.startswith("_"):
        raise ValueError(name)
    return name
