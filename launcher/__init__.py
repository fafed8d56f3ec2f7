"""Starting and preparing the assistant on one machine: validate, train, run."""
