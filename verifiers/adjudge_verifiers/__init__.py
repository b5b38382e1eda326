"""What completions are worth: pure judgement, and the contract that every verifier fulfils."""
