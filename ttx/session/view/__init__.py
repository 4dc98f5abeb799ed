"""What a seat may see, and nothing else: the only door from a game to a screen, a line or a page.

What a seat may not see is absent from the values made here. A save is plain text, though: this is a
courtesy among people at one exercise, not a lock.
"""
