"""The pipeline: load, apply a rule, store, one transaction a step; the run, the daemon, and the workers they use."""
