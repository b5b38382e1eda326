// Prints without end.
#include <cstdio>
int main() {
    while (true) std::puts("0000000000000000000000000000000000000000000000000000000000000000");
}
