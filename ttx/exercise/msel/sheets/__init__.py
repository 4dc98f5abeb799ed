"""Reads a sheet of injects however a spreadsheet has saved it; of exercises it knows nothing."""
