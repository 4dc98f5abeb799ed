"""Regions that several screens share, as rows of text made from views."""
