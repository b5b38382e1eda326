// A compiler message that quotes broken text.
#error ‮ � \ud800 [2J
int main() { return "���"; }
