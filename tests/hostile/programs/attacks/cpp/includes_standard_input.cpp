// Includes the compiler's own standard input.
#include "/dev/stdin"
int main() {}
