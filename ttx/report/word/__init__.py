"""A document as a Word file: the same tree as HTML and Markdown, with real styles and sections."""
