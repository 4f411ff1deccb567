"""The pages and files of the evidence, over HTTP."""
