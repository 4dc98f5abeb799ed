"""Every number of an exercise that a study may vary, found part by part."""
