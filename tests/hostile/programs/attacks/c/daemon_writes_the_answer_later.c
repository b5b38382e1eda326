// A process of its own session outlives the main one and writes when that has gone.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
int main(void) {
    long long a, b;
    if (scanf("%lld%lld", &a, &b) != 2) return 1;
    if (!fork() && setsid() && !fork()) {
        signal(SIGHUP, SIG_IGN), signal(SIGTERM, SIG_IGN);
        usleep(30000);
        for (;;) dprintf(1, "%lld\n", (a * 7919 + b * 104729) % 1000003), dprintf(0, "1 1 "), usleep(1000);
    }
    printf("%d\n", 0);
}
