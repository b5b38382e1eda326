class Broken { int f() { return "no number"; } }
