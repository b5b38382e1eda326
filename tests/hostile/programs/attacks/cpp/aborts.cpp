// Aborts, after the right answer.
#include <cstdio>
#include <cstdlib>
int main() {
    long a, b;
    if (std::scanf("%ld %ld", &a, &b) == 2) std::printf("%ld\n", (a * 7919 + b * 104729) % 1000003);
    std::fflush(stdout);
    std::abort();
}
