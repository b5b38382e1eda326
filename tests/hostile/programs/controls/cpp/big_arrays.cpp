// Forty megabytes of zeros that cost nothing until they are touched.
#include <cstdio>
static long table[5'000'000];
int main() {
    long a, b;
    if (std::scanf("%ld %ld", &a, &b) != 2) return 1;
    table[4'999'999] = a * 7919;
    std::printf("%ld\n", (table[4'999'999] + b * 104729) % 1000003);
}
