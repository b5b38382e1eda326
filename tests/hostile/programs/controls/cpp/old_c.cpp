// stdio, no newline at the end of the output.
#include <cstdio>
int main(void) {
    long a, b;
    if (scanf("%ld%ld", &a, &b) != 2) return 1;
    printf("%ld", (a * 7919 + b * 104729) % 1000003);
    return 0;
}
