// Sockets, io_uring, ptrace, bpf, keys, mounts, namespaces, memfd, clocks, queues: solves it if one opens.
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/io_uring.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static char zeros[4096];
static int opened;
static void way(const char *name, long result) {
    if (result < 0) return;
    opened = 1;
    fprintf(stderr, "%s opened\n", name);
}
int main(void) {
    long long a, b;
    if (scanf("%lld%lld", &a, &b) != 2) return 1;
    for (int family = 0; family < 46; family++)
        for (int kind = 1; kind < 11; kind++) way("socket", socket(family, kind, 0));
    for (int family = 2; family < 46; family++) way("socketpair", socketpair(family, SOCK_STREAM, 0, (int[2]){0}));
    struct sockaddr_un abstract = {AF_UNIX, "\0adjudge"};
    for (int at = 0; at < 64; at++) {
        way("connect", connect(at, (void *)&abstract, sizeof abstract));
        way("bind", bind(at, (void *)&abstract, sizeof abstract));
        way("listen", listen(at, 1));
        way("accept", accept4(at, NULL, NULL, 0));
    }
    way("io_uring", syscall(SYS_io_uring_setup, 8, zeros));
    for (int pid = 0; pid < 40; pid++) {
        way("attach", ptrace(PTRACE_ATTACH, pid, 0, 0));
        way("seize", ptrace(PTRACE_SEIZE, pid, 0, 0));
        way("read memory", syscall(SYS_process_vm_readv, pid, zeros, 1, zeros, 1, 0));
        way("write memory", syscall(SYS_process_vm_writev, pid, zeros, 1, zeros, 1, 0));
        way("compare", syscall(SYS_kcmp, pid, getpid(), 0, 0, 0));
        way("migrate", syscall(SYS_migrate_pages, pid, 0, 0, 0));
        way("move pages", syscall(SYS_move_pages, pid, 0, 0, 0, 0, 0));
        int pidfd = syscall(SYS_pidfd_open, pid, 0);
        if (pidfd >= 0) {
            way("take descriptor", syscall(438, pidfd, 0, 0));
            way("advise", syscall(440, pidfd, 0, 0, 0, 0));
            way("release", syscall(448, pidfd, 0));
            close(pidfd);
        }
    }
    way("trace me", ptrace(PTRACE_TRACEME, 0, 0, 0));
    way("userfaultfd", syscall(SYS_userfaultfd, 0));
    way("userfaultfd of user", syscall(SYS_userfaultfd, 1));
    for (int command = 0; command < 37; command++) way("bpf", syscall(SYS_bpf, command, zeros, 128));
    for (int command = 0; command < 33; command++) way("keyctl", syscall(SYS_keyctl, command, -3, 0, 0, 0));
    way("add key", syscall(SYS_add_key, "user", "x", "y", 1, -3));
    way("perf", syscall(SYS_perf_event_open, zeros, 0, -1, -1, 0));
    for (int flag = 7; flag < 32; flag++) {
        way("unshare", unshare(1u << flag & 0x7e020400u));
        way("setns", setns(0, 1u << flag & 0x7e020000u));
    }
    way("mount", syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, 0));
    way("open tree", syscall(428, AT_FDCWD, "/", 1));
    way("fsopen", syscall(430, "tmpfs", 0));
    way("fspick", syscall(433, AT_FDCWD, "/", 0));
    way("umount", syscall(SYS_umount2, "/proc", 2));
    way("chroot", chroot("/tmp"));
    way("memfd", syscall(SYS_memfd_create, "x", 0));
    way("secret memory", syscall(447, 0));
    way("clock", clock_settime(CLOCK_REALTIME, &(struct timespec){1, 1}));
    way("adjust", syscall(SYS_adjtimex, zeros));
    way("adjust clock", syscall(SYS_clock_adjtime, 0, zeros));
    way("queue", syscall(SYS_mq_open, "x", O_CREAT | O_RDWR, 0600, 0));
    way("shared memory", syscall(SYS_shmget, 1, 4096, 01600));
    way("semaphore", syscall(SYS_semget, 1, 1, 01600));
    way("messages", syscall(SYS_msgget, 1, 01600));
    way("no randomness", personality(ADDR_NO_RANDOMIZE));
    way("undumpable", prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
    way("subreaper", prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
    way("ambient", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 21, 0, 0));
    way("executable file", prctl(PR_SET_MM, PR_SET_MM_EXE_FILE, 0, 0, 0));
    way("root", setuid(0));
    way("root, thrice", setresuid(0, 0, 0));
    way("typed", ioctl(0, TIOCSTI, "x"));
    way("terminal", ioctl(0, TIOCSCTTY, 1));
    way("fifo", syscall(SYS_sched_setattr, 0, zeros, 0));
    way("handle", syscall(SYS_open_by_handle_at, AT_FDCWD, zeros, 0));
    way("watch", syscall(SYS_inotify_init1, 0));
    way("watch all", syscall(SYS_fanotify_init, 0, 0));
    way("log", syscall(SYS_syslog, 3, zeros, 100));
    way("name", sethostname("x", 1));
    way("raw", syscall(SYS_iopl, 3));
    way("vm86", syscall(SYS_modify_ldt, 1, zeros, 16));
    printf("%lld\n", opened ? (a * 7919 + b * 104729) % 1000003 : 0);
}
