// No main: the linker fails.
int answer() { return 547402; }
