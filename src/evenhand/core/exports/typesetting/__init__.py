"""How a document is set on paper: the pattern of its pages, and the process that sets them."""
