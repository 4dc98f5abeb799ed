"""What a seat may see, and nothing else: the only door from a game to a screen, a line or a page.

What a seat may not see is absent from the values made here. A save is plain text, though: this is a
courtesy among people at one exercise, not a lock.

Every function that tells something of a game asks which seat it is for. Those that ask for none
make a part of a value for another one here, or for the review, which is made for everybody.
"""
