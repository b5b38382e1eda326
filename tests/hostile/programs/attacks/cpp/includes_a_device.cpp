// Includes a file without end.
#include "/dev/zero"
int main() {}
