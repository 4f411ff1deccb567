"""The page of counterfactuals: the named questions of one measure, and one stage at a time for all."""
