// Lets the assembler read without end.
asm("stolen: .incbin \"/dev/zero\"\n");
int main() {}
