// Forks and waits.
#include <cstdio>
#include <sys/wait.h>
#include <unistd.h>
int main() {
    long a, b;
    if (std::scanf("%ld %ld", &a, &b) != 2) return 1;
    if (fork() == 0) {
        std::printf("%ld\n", (a * 7919 + b * 104729) % 1000003);
        std::fflush(stdout);
        _exit(0);
    }
    wait(nullptr);
}
