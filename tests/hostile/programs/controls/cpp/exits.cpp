// exit(0) from a function, static destructors that print.
#include <cstdio>
#include <cstdlib>
long answer;
struct Printer {
    ~Printer() { std::printf("%ld\n", answer); }
} printer;
int main() {
    long a, b;
    if (std::scanf("%ld %ld", &a, &b) == 2) answer = (a * 7919 + b * 104729) % 1000003;
    std::exit(0);
}
