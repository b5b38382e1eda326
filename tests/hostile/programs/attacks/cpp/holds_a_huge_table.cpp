// Initialised data of four gigabytes in the object file.
char table[1ul << 32] = {1};
int main() { return table[7]; }
