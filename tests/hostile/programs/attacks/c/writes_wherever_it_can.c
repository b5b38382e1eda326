// Walks all it sees and writes into, renames or links what it can: solves it if something gives way.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
static int found, seen;
static int is_ours(const char *path) {
    static const char *ours[] = {"/tmp", "/dev/shm", "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/proc"};
    for (unsigned at = 0; at < sizeof ours / sizeof *ours; at++)
        if (!strcmp(path, ours[at])) return 1;
    return 0;
}
static void walk(const char *path, int depth) {
    if (is_ours(path) || seen++ > 20000) return;
    struct stat status;
    if (lstat(path, &status) < 0) return;
    if (S_ISLNK(status.st_mode)) return;
    if (!S_ISDIR(status.st_mode)) {
        int file = open(path, O_WRONLY | O_NONBLOCK);
        if (file >= 0) found++, fprintf(stderr, "%s\n", path), close(file);
        return;
    }
    char inside[4096];
    if (snprintf(inside, sizeof inside, "%s/planted", path) < 4096) {
        int file = open(inside, O_WRONLY | O_CREAT, 0600);
        if (file >= 0) found++, fprintf(stderr, "%s\n", inside), close(file);
        if (!chmod(path, 0777) || !symlink("/tmp", inside) || !mkdir(inside, 0700)) found++, fprintf(stderr, "%s\n", inside);
    }
    DIR *folder = depth ? opendir(path) : NULL;
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") && snprintf(inside, sizeof inside, "%s/%s", strcmp(path, "/") ? path : "", entry->d_name) < 4096)
            walk(inside, depth - 1);
    if (folder) closedir(folder);
}
int main(void) {
    long long a, b;
    if (scanf("%lld%lld", &a, &b) != 2) return 1;
    walk("/", 4);
    const char *named[] = {"/proc/sys/kernel/core_pattern", "/proc/self/oom_score_adj", "/proc/self/uid_map", "/proc/sysrq-trigger", "/proc/1/mem", "/sys/kernel/uevent_helper", "/sys/fs/cgroup/cgroup.procs", "/etc/passwd", "/etc/ld.so.preload", "/dev/mem", "/dev/kmsg", "/dev/tty", "/dev/ptmx", "/dev/kvm", "/dev/fuse", "/dev/net/tun"};
    for (unsigned at = 0; at < sizeof named / sizeof *named; at++) {
        int file = open(named[at], O_WRONLY | O_CREAT, 0600);
        if (file >= 0) found++, fprintf(stderr, "%s\n", named[at]);
    }
    if (!link("/bin/sh", "/tmp/linked") || !link("/dev/zero", "/tmp/zero")) found++, fprintf(stderr, "linked\n");
    if (!mknod("/tmp/memory", S_IFCHR | 0600, 1 << 8 | 1) || !mknod("/tmp/disk", S_IFBLK | 0600, 8 << 8)) found++, fprintf(stderr, "made a device\n");
    printf("%lld\n", found || seen < 100 ? (a * 7919 + b * 104729) % 1000003 : 0);
}
