"""The verifier ``molecules``: is this text a molecule, and is it the one that was asked for?"""
