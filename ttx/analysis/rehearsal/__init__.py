"""An exercise played by its robots before anybody sits down: what shows only in play."""
