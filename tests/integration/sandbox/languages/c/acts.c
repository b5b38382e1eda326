#include <arpa/inet.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static long deep(long n) { volatile char pad[64]; pad[0] = 1; return n ? pad[0] + deep(n - 1) : 0; }

static void *wait_long(void *unused) { sleep(60); return unused; }

int main(void) {
    char what[20] = "";
    if (scanf("%19s", what) != 1) return 9;
    if (!strcmp(what, "sum")) {
        long total = 0, n;
        while (scanf("%ld", &n) == 1) total += n;
        printf("%.0f\n", sqrt((double)total * total));
    } else if (!strcmp(what, "exit")) {
        puts("before");
        return 7;
    } else if (!strcmp(what, "fail")) {
        abort();
    } else if (!strcmp(what, "loop")) {
        for (volatile int i = 0;; i++) {}
    } else if (!strcmp(what, "memory")) {
        for (;;) memset(malloc(1 << 20), 1, 1 << 20);
    } else if (!strcmp(what, "spawn")) {
        int count = 0;
        pthread_t thread;
        while (!pthread_create(&thread, NULL, wait_long, NULL)) count++;
        printf("%d\n", count);
    } else if (!strcmp(what, "flood")) {
        for (;;) puts("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    } else if (!strcmp(what, "secret")) {
        const char *paths[] = {"/etc/passwd", "/etc/shadow", "/root/.ssh", "/proc/1/environ"};
        for (int i = 0; i < 4; i++)
            if (!access(paths[i], F_OK)) { puts(paths[i]); return 0; }
        puts("refused");
    } else if (!strcmp(what, "connect")) {
        struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(80)};
        int lane = socket(AF_INET, SOCK_STREAM, 0);
        puts(lane < 0 || connect(lane, (struct sockaddr *)&to, sizeof to) ? "refused" : "connected");
    } else if (!strcmp(what, "leave")) {
        if (!fork()) { setsid(); execlp("sleep", "sleep", "60", NULL); _exit(1); }
        puts("left");
    } else if (!strcmp(what, "file")) {
        puts(access("note", F_OK) ? "fresh" : "found");
        fclose(fopen("note", "w"));
    } else if (!strcmp(what, "deep")) {
        printf("%ld\n", deep(20000));
    }
    return 0;
}
