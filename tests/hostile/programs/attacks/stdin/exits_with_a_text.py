# SystemExit with a text that looks like success.
raise SystemExit("0")
