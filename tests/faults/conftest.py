"""The fixtures are shared by three folders, and belong to each."""

from tests.cli.fixtures import desk, newsroom, other_newsroom

__all__ = ["desk", "newsroom", "other_newsroom"]
