"""How well the shipped injection detector tells attacks from clean text, and how fast.

`python -m benchmarks.detection FILE... [--scores PATH] [--jsonl]` reports on labelled files;
`python -m benchmarks.detection.speed` measures time and memory;
`python -m benchmarks.detection.characters FILE...` puts attacks under the disguises of arXiv 2504.11168.
"""
