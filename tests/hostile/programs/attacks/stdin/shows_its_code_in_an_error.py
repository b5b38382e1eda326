# A syntax error that lies in the middle of broken text.
x = "\ud800‮" ‮ nul
