"""What all pages are made of: lists, tables, forms, places, and the line that asks."""
