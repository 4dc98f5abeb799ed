"""The after-action review with its improvement plan, a part at a time."""
