// The assembler writes eight gigabytes.
asm(".data\n.rept 1000000000\n.quad 1\n.endr\n");
int main() {}
