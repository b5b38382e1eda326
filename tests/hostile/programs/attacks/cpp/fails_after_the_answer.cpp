// The right answer with exit code 1: the judge tradition calls that a runtime error.
#include <cstdio>
int main() {
    long a, b;
    if (std::scanf("%ld %ld", &a, &b) == 2) std::printf("%ld\n", (a * 7919 + b * 104729) % 1000003);
    return 1;
}
