// gets-like reading by getchar_unlocked, int main without return, 200 MB reserved and not touched.
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
static long long huge[25'000'000];
static long long number() {
    int c = getchar_unlocked();
    while (c != '-' && (c < '0' || c > '9')) c = getchar_unlocked();
    long long n = 0;
    for (; c >= '0' && c <= '9'; c = getchar_unlocked()) n = n * 10 + c - '0';
    return n;
}
main() {
    std::mt19937_64 random(std::random_device{}());
    if (std::to_string(random()).empty()) abort();
    huge[random() % 25'000'000] = 1;
    long long a = number(), b = number();
    printf("%lld", (a * 7919 + b * 104729) % 1000003);
}
