"""Takes runs and studies away, into the forms that the tools of the trade read."""
