"""The parts of an exercise by subject; their field texts are the authoring manual."""
