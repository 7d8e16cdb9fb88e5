"""Where each message is carried, and where the articles drift from all of them: folds over the evidence of a run."""
