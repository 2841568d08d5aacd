"""Speed, as ratios measured in one run: `python -m tests.bench` (make bench).

A ratio compares two things on the same machine in the same minute, so it means something on any PC;
the milliseconds beside it only on the one that printed them.
"""
