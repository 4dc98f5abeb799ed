"""Many runs: what two of them, or many, say beside each other."""
