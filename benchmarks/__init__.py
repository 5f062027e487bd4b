"""Measurements that anyone can repeat.

`python -m benchmarks.overhead`, `.startup`, `.memory` and `.conversation`; docs/benchmarks.md says how.
"""
