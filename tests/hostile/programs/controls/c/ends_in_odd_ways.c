// Handlers, long jumps, an unflushed buffer at exit(), a ragged alloca, a signal that it catches.
#include <alloca.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
static jmp_buf back;
static long long result;
static void caught(int number) { siglongjmp(back, number); }
static void last(void) { printf("%lld", result); }
int main(int count, char **arguments) {
    long long a, b;
    static char buffer[1 << 16];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    atexit(last);
    if (scanf("%lld%lld", &a, &b) != 2) abort();
    volatile char *room = alloca(8 << 20);
    for (int at = 0; at < 8 << 20; at += 4096) room[at] = 1;
    signal(SIGSEGV, caught);
    if (!sigsetjmp(back, 1)) *(volatile int *)(count - 1) = 1;
    result = (a * 7919 + b * 104729) % 1000003;
    exit(EXIT_SUCCESS);
}
