"""The screens, one a room."""
