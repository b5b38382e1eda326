// A table of a gigabyte that is no zero, and sections without end.
#define A 1, 1, 1, 1, 1, 1, 1, 1
char table[1 << 30] = {[(1 << 30) - 1] = 1};
__asm__(".section .rodata\n.fill 1 << 40, 8, 1\n.org 1 << 50\n");
int main(void) { return table[5]; }
