"""Studies: many runs as folders that are kept, with the workers and libraries that make them."""
