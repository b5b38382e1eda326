"""The jail: nsjail around everything that touches a candidate's text."""
