"""What the command `adjudge` offers where the server is installed: `doctor`, `verifiers`."""
