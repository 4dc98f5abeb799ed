"""An exercise as a picture: when injects can come, on what condition, and what influences what."""
