"""Tables in spreadsheets: one sheet as rows of text, read in a process of its own, whatever the file holds."""
