// A floating point exception.
#include <cstdio>
int main() {
    volatile int zero = 0;
    std::printf("%d\n", 547402 / zero);
}
