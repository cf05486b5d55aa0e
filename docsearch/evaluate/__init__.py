"""Question sets → measures."""

from docsearch.evaluate.gold import GoldQuestion, read_gold
from docsearch.evaluate.measure import Evaluation, Outcome, Summary, evaluate

__all__ = ["Evaluation", "GoldQuestion", "Outcome", "Summary", "evaluate", "read_gold"]
