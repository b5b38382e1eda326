// Forty megabytes of stack.
#include <cstdio>
long down(long n) {
    volatile char block[380];
    block[n % 380] = 1;
    return n == 0 ? 0 : down(n - 1) + block[n % 380];
}
int main() {
    long a, b;
    if (std::scanf("%ld %ld", &a, &b) != 2) return 1;
    std::printf("%ld\n", (a * 7919 + b * 104729 + down(100000) - 100000) % 1000003);
}
