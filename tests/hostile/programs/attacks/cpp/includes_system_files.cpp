// Includes a file of the system, so that the compiler's message or the program shows it.
#include "/etc/passwd"
int main() {}
