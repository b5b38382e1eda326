/* Ends, burns, sleeps, forks and prints in the way that its first word of input names. */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORK = 60 * 1000 * 1000, STACK_BYTES = 60 * 1024 * 1024, FRAME_BYTES = 1024 };

static void burn(void)
{
    for (volatile long at = 0; at < WORK; at++) {}
}

static void *burns(void *nothing)
{
    burn();
    return nothing;
}

static void *sleeps(void *nothing)
{
    usleep(200000);
    return nothing;
}

static void threads(void *(*body)(void *))
{
    pthread_t all[4];
    for (int at = 0; at < 4; at++)
        pthread_create(&all[at], NULL, body, NULL);
    for (int at = 0; at < 4; at++)
        pthread_join(all[at], NULL);
}

static int depth(int left)
{
    volatile char frame[FRAME_BYTES];
    frame[0] = 1;
    return left ? frame[0] + depth(left - 1) : 0;
}

static void children(void (*body)(void), int is_waited_for)
{
    for (int at = 0; at < 4; at++)
        if (fork() == 0) {
            body();
            _exit(0);
        }
    while (is_waited_for && wait(NULL) > 0) {}
}

static void nothing(void) {}

static void flood(FILE *stream, long bytes)
{
    for (; bytes > 0; bytes -= 1000)
        fprintf(stream, "%0999d\n", 0);
}

int main(void)
{
    char word[40];
    int number = 0;
    if (scanf("%39s%d", word, &number) < 1)
        return 9;
#define IS(name) (strcmp(word, name) == 0)
    if (IS("exit"))
        return printf("right\n"), fflush(stdout), number;
    if (IS("signal"))
        return printf("right\n"), fflush(stdout), signal(number, SIG_DFL), raise(number);
    if (IS("divide"))
        return printf("%d\n", 7 / *(volatile int *)&number);
    if (IS("burn-threads"))
        threads(burns);
    if (IS("sleep-threads"))
        threads(sleeps);
    if (IS("burn-children"))
        children(burn, 1);
    if (IS("burn-orphans"))
        children(burn, 0), usleep(100000);
    if (IS("zombies"))
        children(nothing, 0), usleep(10000);
    if (IS("daemon") && fork() == 0) {
        setsid();
        if (fork() == 0)
            for (;;)
                usleep(1000), (void)!write(1, "late\n", 5);
        _exit(0);
    }
    if (IS("deep"))
        printf("%d\n", depth(STACK_BYTES / (FRAME_BYTES + 64)));
    if (IS("errors"))
        flood(stderr, number);
    if (IS("prints"))
        return flood(stdout, number), 0;
    if (IS("closes"))
        return close(1), printf("lost\n") > 0 && fflush(stdout) == 0;
    if (IS("order"))
        return printf("a\n"), fflush(stdout), fprintf(stderr, "b\n"), (void)!write(1, "c\n", 2), printf("d"), 0;
    if (IS("pipe")) {
        int ends[2];
        if (pipe(ends) == 0)
            close(ends[0]), (void)!write(ends[1], "x", 1);
    }
    if (IS("core"))
        setrlimit(RLIMIT_CORE, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY}), abort();
    if (IS("past"))
        return scanf("%39s", word), clearerr(stdin), printf("%d %d\n", scanf("%39s", word), getchar()), 0;
    printf("end\n");
}
