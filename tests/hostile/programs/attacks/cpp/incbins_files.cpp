// Lets the assembler put files of the machine into the program, which then prints them.
#include <cstdio>
asm(".globl stolen\nstolen: .incbin \"/etc/passwd\"\n.byte 0\n");
extern "C" const char stolen[];
int main() { std::puts(stolen); }
