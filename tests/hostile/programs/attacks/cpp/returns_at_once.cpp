// Ends with 0 and no output.
int main() { return 0; }
