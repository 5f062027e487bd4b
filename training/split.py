"""Which rows are held out: whole sources of the pool, whole contrast pairs of the original texts."""

from zlib import crc32

from training.rows import Row

HELD_OUT_SOURCES = (
    "Lakera/gandalf_ignore_instructions",
    "salesforce/prompt-leakage",
    "sherdencooper/GPTFuzz",
    "microsoft/TaskTracker",
    "sierra-research/tau-bench",
    "cheat/cheatsheets",
    "LAION/OASST1",
    "PolyAI/banking77",
    "songys/Chatbot_data",
    "f/prompts.chat book",
    "jackhhao/jailbreak-classification",
    "PatrickJS/awesome-cursorrules",
    "Libr-AI/do-not-answer",
)
HELD_OUT_PAIRS = 10
"""Percent of the pairs of the original texts; a pair is never divided."""


def held_out(row: Row) -> bool:
    """True if no round may train on the row. A composed row is out if either of its parts is."""
    if row.own:
        return crc32(f"{row.source}/{row.pair or row.id}".encode()) % 100 < HELD_OUT_PAIRS
    return any(name in row.source for name in HELD_OUT_SOURCES)
