"""Measures what the flagship promises of itself: is its question open, do its answers matter?

Each room measures some of the properties P1 to P10 over worlds of several seeds, on the same dice
for all that is compared; `python -m tests.properties` prints them all.
"""
