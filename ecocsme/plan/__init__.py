"""Action plans: the plan file, its evidence, a first draft from the themes."""
