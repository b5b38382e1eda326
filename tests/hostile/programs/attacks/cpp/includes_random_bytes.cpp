// Includes a file without end or meaning.
#include "/dev/urandom"
int main() {}
