// 32-bit calls, x32 calls, vsyscall and numbers that do not exist; dies of it or gets nothing.
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <sys/syscall.h>
int main(void) {
    long long a, b;
    int survived = 0, status;
    if (scanf("%lld%lld", &a, &b) != 2) return 1;
    for (long number = 440; number < 1100; number++)
        if (number != 441 && number != 449) survived |= syscall(number, 0, 0, 0, 0, 0, 0) >= 0;
    if (!fork()) _exit(syscall(0x40000000 | SYS_getpid) < 0);
    survived |= wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
#ifdef __x86_64__
    if (!fork()) {
        int result;
        __asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory");
        _exit(result < 0);
    }
    survived |= wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
#endif
    printf("%lld\n", survived ? (a * 7919 + b * 104729) % 1000003 : 0);
}
